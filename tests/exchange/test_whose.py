"""A backup of another office does not take the place of ours; a new PC's empty data gives way."""

import shutil
import sqlite3
from datetime import timedelta

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import backup, setting_back, whose
from deputydesk.models.choices import OfficeKind
from deputydesk.office import Office, User
from deputydesk.operations import offices, units
from tests.exchange import carriers


def made(folder, code, name):
    office = carriers.empty(folder, code, User("乌兰"), timedelta())
    office.do(offices.set_profile, kind=OfficeKind.TOWN, name=name, district="石拐区")
    return office


@pytest.fixture
def ours(tmp_path):
    office = made(tmp_path / "ours", "T1", "五当召镇")
    yield office
    office.close()


@pytest.fixture
def theirs(tmp_path):
    """The path of another office's backup; it has a name as our own would."""
    office = made(tmp_path / "theirs", "T2", "国庆乡")
    office.do(units.add, name="国庆乡水利站")
    saved = backup.back_up(office)
    office.close()
    return saved


def put_back(office, saved):
    path = office.data.path
    office.close()
    backup.restore(path, saved, clock=office.clock, user=office.user)
    return Office.open(path, clock=office.clock, user=office.user)


def test_another_office_s_backup_is_refused_and_nothing_is_touched(ours, theirs):
    ours.do(units.add, name="水务局")
    path = ours.data.path
    ours.close()
    before = path.read_bytes()

    with pytest.raises(UserError) as refused:
        backup.restore(path, theirs, clock=ours.clock, user=ours.user)

    assert "另一个单位“国庆乡”（T2）的，不是本单位“五当召镇”（T1）的" in str(refused.value)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if "restore" in p.name] == []
    assert not (path.parent / "backups").exists()


def test_keys_alone_are_enough_to_refuse_another_office_s_backup(tmp_path, theirs):
    office = carriers.created(tmp_path / "T1", "T1")
    path = tmp_path / "T1" / "office.db"
    office.close()

    with pytest.raises(UserError, match="本单位“T1”（T1）"):
        backup.restore(path, theirs, clock=office.clock, user=office.user)


def test_on_a_new_pc_the_backup_comes_in_whatever_code_the_empty_office_got(ours, theirs):
    again = put_back(ours, theirs)

    assert again.code == "T2"
    assert [row.name for row in again.ask(units.rows)] == ["国庆乡水利站"]
    again.close()


def test_our_own_backup_of_any_time_comes_in(ours):
    saved = backup.back_up(ours)
    ours.do(units.add, name="水务局")

    again = put_back(ours, saved)

    assert again.ask(units.rows) == []
    again.close()


def test_of_damaged_data_the_newest_backup_beside_says_whose_it_was(ours, theirs):
    ours.do(units.add, name="水务局")
    own = backup.back_up(ours)
    path = ours.data.path
    ours.close()
    path.write_bytes(b"no data any more" * 900)

    with pytest.raises(UserError, match="不是本单位“五当召镇”"):
        backup.restore(path, theirs, clock=ours.clock, user=ours.user)

    assert backup.restore(path, own, clock=ours.clock, user=ours.user)


def test_another_office_s_file_among_the_backups_is_not_offered(ours, theirs):
    ours.do(units.add, name="水务局")
    own = backup.back_up(ours)
    path = ours.data.path
    ours.close()
    shutil.copy(theirs, own.with_name("office-20270101-090000-close.db"))

    row = setting_back.newest_good(path, clock=ours.clock, user=ours.user)

    assert row
    assert row.path == own


def test_what_it_would_take_away_is_not_reckoned_of_another_office_s_backup(ours, theirs):
    ours.do(units.add, name="水务局")
    row = backup.beside(theirs.parent.parent / "office.db")[0]

    with pytest.raises(UserError, match="是另一个单位“国庆乡”"):
        setting_back.lost(ours, row)


@pytest.mark.parametrize("told", ["update sync_self set id = id", "delete from sync_self"])
def test_a_file_that_does_not_say_is_nobody_s(ours, told):
    path = ours.data.path
    ours.close()
    with sqlite3.connect(path) as there:
        there.execute(told)
    there.close()

    assert bool(whose.owner(path)) == told.startswith("update")
    assert whose.owner(path.with_name("gone.db")) is None
