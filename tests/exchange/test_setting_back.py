"""What a backup would take away, and which is the newest good one."""

from datetime import timedelta

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import backup, receiving, sending, setting_back
from deputydesk.operations import units
from tests.exchange import carriers


@pytest.fixture
def pair(tmp_path):
    town, district = carriers.created(tmp_path / "T1", "T1"), carriers.created(tmp_path / "D", "D")
    carriers.introduce(town, district)
    yield town, district
    town.close()
    district.close()


def test_what_others_have_got_comes_back_and_the_rest_is_lost(pair, tmp_path):
    town, district = pair
    town.do(units.add, name="水务局")
    backup.back_up(town)
    town.do(units.add, name="城建局")
    receiving.receive(district, sending.send(town, "D", tmp_path).path)
    receiving.receive(town, sending.send(district, "T1", tmp_path).path)
    town.do(units.add, name="教育局")

    [row] = backup.rows(town)
    found = setting_back.lost(town, row)

    assert (found.changes, found.elsewhere, found.only_here) == (2, 1, 1)
    assert found.first == "2026-11-23T09:00:00"


def test_a_backup_of_now_takes_nothing_away(pair):
    town, _ = pair
    town.do(units.add, name="水务局")
    backup.back_up(town)

    [row] = backup.rows(town)
    found = setting_back.lost(town, row)

    assert (found.changes, found.only_here, found.first) == (0, 0, "")


def test_a_backup_that_is_no_database_is_told_of(pair):
    town, _ = pair
    backup.back_up(town)
    [row] = backup.rows(town)
    row.path.write_bytes(b"nothing" * 1000)

    with pytest.raises(UserError, match="不是数据文件"):
        setting_back.lost(town, row)


def test_the_newest_backup_that_opens_and_agrees_with_its_log_is_found(pair):
    town, _ = pair
    made = []
    for days in range(4):
        town.clock = carriers.clock(timedelta(days=days))
        town.do(units.add, name=f"{days}")
        made.append(backup.back_up(town))
    made[3].write_bytes(b"nothing" * 1000)
    _meddle(made[2])
    made[1].write_bytes(b"")

    found = setting_back.newest_good(town.data.path, clock=town.clock, user=town.user)

    assert found
    assert found.path == made[0]


def test_no_backup_is_no_backup(pair):
    town, _ = pair

    found = setting_back.newest_good(town.data.path, clock=town.clock, user=town.user)

    assert found is None


def _meddle(path):
    import sqlite3

    with sqlite3.connect(path) as there:
        there.execute("update unit set name = 'x'")
    there.close()
