"""Two users of one PC who open the same data file: it keeps its name, and both open the keys."""

from datetime import timedelta

import pytest

from deputydesk import paths
from deputydesk.exchange import backup, device
from deputydesk.office import Office, User
from deputydesk.operations import partners, pc_secret, units
from tests.exchange import carriers
from tests.journal import samples


@pytest.fixture
def sign_on(tmp_path, monkeypatch):
    """Be another user of the PC: with a folder of one's own, and one that all share."""
    monkeypatch.setenv("DEPUTYDESK_SHARED", str(tmp_path / "shared"))

    def be(name):
        monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path / "users" / name))
        return tmp_path / "users" / name

    return be


@pytest.fixture
def path(tmp_path, sign_on):
    """A data file in a folder that both can open, as the first of them left it."""
    sign_on("甲")
    office = carriers.empty(tmp_path / "T1", "T1", User("甲"), timedelta())
    device.recognise(office)
    office.do(partners.make_keys)
    office.do(units.add, name="水务局")
    device.note(office)
    office.close()
    return tmp_path / "T1" / "office.db"


def work(path, unit):
    """Open the file, write something; its name, and whether it was a new one."""
    office = Office.open(path, clock=carriers.clock(), user=samples.ZHANG)
    try:
        is_new = device.recognise(office)
        office.do(units.add, name=unit)
        device.note(office)
        return device.name(office), is_new, len(office.ask(partners.keys))
    finally:
        office.close()


def test_each_keeps_the_name_that_the_file_has_and_opens_the_keys(path, sign_on):
    first = work(path, "城建局")
    sign_on("乙")
    second = work(path, "教育局")
    sign_on("甲")
    third = work(path, "民政局")

    assert first == second == third
    assert first[1:] == (False, 1)


def test_a_file_that_one_set_back_takes_a_new_name_at_the_other_s(path, sign_on, tmp_path):
    old = path.read_bytes()
    name, _, _ = work(path, "城建局")
    sign_on("乙")
    path.write_bytes(old)

    again, is_new, _ = work(path, "教育局")

    assert is_new
    assert again != name


def test_a_backup_that_one_put_back_is_no_other_file_to_the_other(path, sign_on):
    office = Office.open(path, clock=carriers.clock(), user=samples.ZHANG)
    saved = backup.back_up(office)
    office.close()
    backup.restore(path, saved, clock=carriers.clock(), user=samples.ZHANG)
    sign_on("乙")

    _, is_new, keys = work(path, "教育局")

    assert not is_new
    assert keys == 1


def test_what_lies_in_one_s_own_folder_is_nobody_else_s(sign_on, tmp_path):
    own = sign_on("甲")
    office = carriers.empty(own / "T1", "T1", User("甲"), timedelta())
    device.recognise(office)
    office.do(partners.make_keys)
    office.close()

    assert (own / device.FILE).exists()
    assert (own / pc_secret.FILE).stat().st_mode & 0o077 == 0
    assert not (tmp_path / "shared").exists()


def test_all_users_may_write_to_what_they_share(path, tmp_path):
    assert (tmp_path / "shared").stat().st_mode & 0o777 == 0o777
    assert (tmp_path / "shared" / pc_secret.FILE).stat().st_mode & 0o044 == 0o044


def test_where_nothing_can_be_shared_each_remembers_alone(path, sign_on, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DEPUTYDESK_SHARED", str(tmp_path / "file" / "shared"))

    own = sign_on("乙")

    assert paths.memory_of(path) == own
    office = Office.open(path, clock=carriers.clock(), user=samples.ZHANG)
    assert office.ask(partners.keys_elsewhere)
    office.close()


def test_a_system_without_such_a_folder_remembers_for_its_user(path, sign_on, monkeypatch):
    own = sign_on("乙")
    monkeypatch.delenv("DEPUTYDESK_SHARED")
    monkeypatch.setattr("sys.platform", "linux")

    assert paths.shared_folder() is None
    assert paths.memory_of(path) == own
