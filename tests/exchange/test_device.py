"""A copy of the data that is not the one that was here takes a new name in the log."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from deputydesk.database import copies, driver
from deputydesk.errors import UserError
from deputydesk.exchange import backup, device, receiving, sending
from deputydesk.operations import partners, units
from tests.exchange import carriers
from tests.journal import samples


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The folder in which this PC remembers."""
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path / "here"))
    return tmp_path / "here"


@pytest.fixture
def office(tmp_path, here):
    made = carriers.created(tmp_path / "T1", "T1")
    made.do(units.add, name="水务局")
    yield made
    made.close()


def name(office):
    return office.ask(partners.myself)[1]


def names(office):
    return sorted(row.name for row in office.ask(units.rows))


def reopened(office, path=None):
    office.close()
    return carriers.Office.open(path or office.data.path, clock=office.clock, user=office.user)


def test_the_same_file_on_the_same_machine_keeps_its_name(office, here):
    device.recognise(office, here)
    first = name(office)
    office.do(units.add, name="城建局")
    device.remember(office, here)
    again = reopened(office)

    assert not device.recognise(again, here)
    assert name(again) == first
    again.close()


def test_a_power_cut_before_it_was_written_down_does_not_change_the_name(office, here):
    device.recognise(office, here)
    office.do(units.add, name="城建局")

    assert not device.recognise(office, here)


def test_a_file_that_was_set_back_takes_a_new_name(office, here, tmp_path):
    device.recognise(office, here)
    first = name(office)
    shutil.copyfile(office.data.path, tmp_path / "old.db")
    office.do(units.add, name="城建局")
    device.remember(office, here)
    path = office.data.path
    office.close()
    shutil.copyfile(tmp_path / "old.db", path)
    again = reopened(office)

    assert device.recognise(again, here)
    assert name(again) != first
    assert again.ask(partners.retired) == [first] or first in again.ask(partners.retired)
    again.close()


def test_a_copy_in_another_folder_or_on_another_machine_takes_a_new_name(
    office, here, tmp_path, monkeypatch
):
    device.recognise(office, here)
    first = name(office)
    copy = Path(shutil.copyfile(office.data.path, tmp_path / "copy.db"))
    other = carriers.Office.open(copy, clock=office.clock, user=office.user)

    assert device.recognise(other, here)
    assert name(other) != first
    other.close()
    monkeypatch.setattr(device, "machine", lambda: "another")
    assert device.recognise(office, here)


def test_a_file_set_back_after_a_stick_went_out_takes_a_new_name_even_after_a_power_cut(
    office, here, tmp_path
):
    d = carriers.created(tmp_path / "D", "D")
    carriers.introduce(office, d)
    (tmp_path / "stick").mkdir()
    device.recognise(office)
    path, first = office.data.path, name(office)
    shutil.copyfile(path, tmp_path / "old.db")
    office.do(units.add, name="城建局")
    receiving.receive(d, sending.send(office, "D", tmp_path / "stick").path)
    office.close()  # as if the power went: nothing is written down at the end
    shutil.copyfile(tmp_path / "old.db", path)
    again = reopened(office, path)
    assert device.recognise(again)
    again.do(units.add, name="财政局")

    received = receiving.receive(d, sending.send(again, "D", tmp_path / "stick").path)

    assert received.waiting == []
    assert name(again) != first
    assert names(d) == ["城建局", "水务局", "财政局"]
    again.close()
    d.close()


def test_without_the_note_of_this_pc_no_stick_goes_out(office, here, tmp_path):
    d = carriers.created(tmp_path / "D", "D")
    carriers.introduce(office, d)
    (tmp_path / "stick").mkdir()
    (here / "device.json").mkdir()

    with pytest.raises(UserError, match="不能写入"):
        sending.send(office, "D", tmp_path / "stick")

    assert list((tmp_path / "stick").iterdir()) == []
    assert device.recognise(office)  # but one can work
    d.close()


def test_restored_data_takes_one_new_name_and_not_another_when_it_is_opened(office, here):
    saved, path = backup.back_up(office), office.data.path
    office.close()
    backup.restore(path, saved, clock=office.clock, user=office.user)
    again = reopened(office, path)
    restored = name(again)

    assert not device.recognise(again)
    assert name(again) == restored
    again.close()


def test_a_server_s_data_keeps_its_name_until_it_is_put_back(office, here, tmp_path, monkeypatch):
    monkeypatch.setattr(office.data, "path", None)  # as data on a server has none

    assert not device.recognise(office)
    office.do(units.add, name="城建局")
    device.remember(office)
    assert not device.recognise(office)
    assert not device.recognise(office, tmp_path / "another PC")

    before = name(office)
    with monkeypatch.context() as put_back:
        put_back.setattr(device, "_known", lambda _session: (before, {f"{before}.T1": 1}))
        assert device.recognise(office)
    assert name(office) != before
    assert not device.recognise(office)
    assert office.check() == []


@pytest.mark.parametrize("told", ["", "[]", '{"x": 1}', "{"])
def test_a_broken_note_costs_a_new_name_and_nothing_else(office, here, told):
    device.recognise(office, here)
    (here / "device.json").write_text(told, encoding="utf-8")

    assert device.recognise(office, here)
    assert json.loads((here / "device.json").read_text(encoding="utf-8"))
    assert office.check() == []


def test_a_machine_has_a_name_of_its_own():
    assert device.machine() == device.machine() != ""


# ---------------------------------------------------------------- restoring
def test_after_a_restore_the_district_gives_everything_back(office, tmp_path):
    d = carriers.created(tmp_path / "D", "D")
    carriers.introduce(office, d)
    stick = tmp_path / "stick"
    stick.mkdir()
    saved = backup.back_up(office)
    office.do(units.add, name="城建局")
    receiving.receive(d, sending.send(office, "D", stick).path)
    path, first = office.data.path, name(office)
    office.close()

    kept = backup.restore(path, saved, clock=office.clock, user=office.user)
    again = reopened(office, path)
    before = names(again)
    receiving.receive(d, sending.send(again, "D", stick).path)
    receiving.receive(again, sending.send(d, "T1", stick).path)

    assert before == ["水务局"]
    assert names(again) == ["城建局", "水务局"]
    assert name(again) != first
    assert kept.exists()
    assert d.ask(partners.partner, "T1").seen
    assert again.check() == d.check() == []
    again.close()
    d.close()


def test_a_damaged_backup_is_not_put_back(office, tmp_path):
    bad = tmp_path / "bad.db"
    bad.write_bytes(Path(office.data.path).read_bytes()[:5000])
    path = office.data.path
    office.close()
    before = path.read_bytes()

    with pytest.raises(UserError):
        backup.restore(path, bad, clock=office.clock, user=office.user)

    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if "restore" in p.name] == []


def test_a_backup_that_was_meddled_with_is_not_put_back(office, tmp_path):
    saved = backup.back_up(office)
    with samples.opened(saved) as meddled, meddled.data.engine.begin() as connection:
        connection.exec_driver_sql("update unit set name = '别的'")
    path = office.data.path
    office.close()

    with pytest.raises(UserError, match="与它的日志不一致"):
        backup.restore(path, saved, clock=office.clock, user=office.user)


def test_data_that_is_open_is_not_restored(office):
    saved = backup.back_up(office)

    with pytest.raises(UserError, match="已在别处打开"):
        backup.restore(office.data.path, saved, clock=office.clock, user=office.user)


def test_a_lost_file_is_restored_where_it_was(office):
    saved, path = backup.back_up(office), office.data.path
    office.close()
    path.unlink()

    assert backup.restore(path, saved, clock=office.clock, user=office.user) is None

    again = reopened(office, path)
    assert names(again) == ["水务局"]
    again.close()


WRITES_AND_DIES = """
import os, sqlite3, sys
data = sqlite3.connect(sys.argv[1], isolation_level=None)
data.execute("pragma cache_size=2")
data.execute("begin")
data.execute("update sync_change set usr = hex(randomblob(3000))")
os.kill(os.getpid(), 9)
"""
"""A program that the power left in the middle of a transaction: pages of it are in the file."""


def left_in_the_middle(office):
    for number in range(60):
        office.do(units.add, name=f"单位{number}")
    path = office.data.path
    office.close()
    subprocess.run([sys.executable, "-c", WRITES_AND_DIES, str(path)], check=False)
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size > 0
    return path, journal


def test_what_the_power_left_half_written_does_not_come_into_the_restored_data(office):
    saved = backup.back_up(office)
    path, journal = left_in_the_middle(office)

    kept = backup.restore(path, saved, clock=office.clock, user=office.user)

    assert kept
    assert not journal.exists()
    again = reopened(office, path)
    assert names(again) == ["水务局"]
    assert again.check() == []
    again.close()
    with sqlite3.connect(kept) as old:  # what was there is kept whole: it can be rolled back
        assert old.execute("select count(*) from unit").fetchone() == (61,)
        assert old.execute("select count(*) from sync_change where usr != 'T1'").fetchone() == (0,)


def refuse_to_replace(monkeypatch, data):
    """A scanner holds the data: nothing takes its name."""
    real = Path.replace

    def replace(self, to):
        if Path(to) == data:
            raise PermissionError(13, "held", str(to))
        return real(self, to)

    monkeypatch.setattr(Path, "replace", replace)


def test_a_restore_that_the_disk_refuses_leaves_what_the_power_left_to_be_rolled_back(
    office, monkeypatch
):
    saved = backup.back_up(office)
    path, _ = left_in_the_middle(office)
    with monkeypatch.context() as patch:
        refuse_to_replace(patch, path)
        with pytest.raises(UserError):
            backup.restore(path, saved, clock=office.clock, user=office.user)

    again = reopened(office, path)
    assert len(names(again)) == 61
    assert again.check() == []
    assert [row.path for row in backup.rows(again)] == [saved]
    again.close()


@pytest.mark.parametrize("is_damaged", [False, True])
def test_to_try_a_key_touches_neither_the_data_nor_its_journal(office, is_damaged):
    path, journal = left_in_the_middle(office)
    if is_damaged:
        path.write_bytes(b"no data any more" * 900)
    before = path.read_bytes(), journal.read_bytes()

    assert not driver.opens(driver.cipher(b"k" * 32), path)

    assert (path.read_bytes(), journal.read_bytes()) == before


def test_damaged_data_keeps_its_journal_when_a_restore_is_refused(office, monkeypatch):
    saved = backup.back_up(office)
    path, journal = left_in_the_middle(office)
    damaged, left = b"no data any more" * 900, journal.read_bytes()
    path.write_bytes(damaged)
    monkeypatch.setattr(backup, "_roll_back", lambda data: None)
    with monkeypatch.context() as patch:
        refuse_to_replace(patch, path)
        with pytest.raises(UserError):
            backup.restore(path, saved, clock=office.clock, user=office.user)
    assert (path.read_bytes(), journal.read_bytes()) == (damaged, left)

    assert backup.restore(path, saved, clock=office.clock, user=office.user)

    again = reopened(office, path)
    assert names(again) == ["水务局"]
    again.close()
    assert list(path.parent.glob("*-journal")) == []


def test_what_is_kept_only_in_part_does_not_stay(office, monkeypatch):
    saved, path = backup.back_up(office), office.data.path
    office.close()
    before, real = path.read_bytes(), copies.copy_bytes

    def copy(source, to):
        real(source, to)
        if to.parent.name == "backups":
            raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(copies, "copy_bytes", copy)
        with pytest.raises(UserError):
            backup.restore(path, saved, clock=office.clock, user=office.user)

    assert path.read_bytes() == before
    assert list((path.parent / "backups").iterdir()) == [saved]


def test_data_that_was_kept_half_written_can_be_restored_too(office):
    saved = backup.back_up(office)
    path, _ = left_in_the_middle(office)
    kept = backup.restore(path, saved, clock=office.clock, user=office.user)
    assert kept

    backup.restore(path, kept, clock=office.clock, user=office.user)

    again = reopened(office, path)
    assert len(names(again)) == 61
    assert again.check() == []
    again.close()


def test_a_rehearsal_tells_what_a_backup_would_give_back_and_leaves_nothing(office):
    backup.back_up(office)
    office.do(units.add, name="城建局")
    [row] = backup.rows(office)
    before = sorted(row.path.parent.iterdir())

    told = backup.rehearse(office, row)

    assert (told.records, told.now, told.faults) == (1, 2, ())
    assert sorted(row.path.parent.iterdir()) == before


def test_a_machine_without_a_number_of_its_own_is_known_by_its_network_card(monkeypatch):
    def nothing(_path, **_how):
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", nothing)

    assert int(device.machine(), 16) > 0
