"""Backups are proved before they get a name; the old ones go, one of each span stays."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk import database
from deputydesk.database import Why
from deputydesk.database.engines import data_engine
from deputydesk.errors import UserError
from deputydesk.exchange import backup
from deputydesk.office import Office
from tests.disks import small_disk
from tests.journal import samples

__all__ = ["small_disk"]


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = samples.NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(empty_file, tmp_path, clock) -> Iterator[Office]:
    path = Path(shutil.copy(empty_file, tmp_path / "office.db"))
    opened = Office.open(path, clock=clock, user=samples.ZHANG)
    samples.visit(opened, "道路")
    yield opened
    opened.close()


def topics_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as copy:
        return [topic for (topic,) in copy.execute("select topic from visit order by id")]


def test_a_backup_holds_everything_and_can_be_opened(office, tmp_path):
    made = backup.back_up(office)

    assert made == tmp_path / "backups" / "office-20261123-090000-hand.db"
    with samples.opened(made) as opened:
        assert opened.ask(samples.topics) == ["道路"]
        assert opened.check() == []


def test_no_backup_replaces_another(office):
    first = backup.back_up(office)
    samples.visit(office, "饮水")

    second = backup.back_up(office)

    assert second.name == "office-20261123-090000-hand-2.db"
    assert (topics_in(first), topics_in(second)) == (["道路"], ["道路", "饮水"])
    assert [row.path for row in backup.rows(office)] == [second, first]


def test_backups_are_listed_newest_first_with_what_they_were_made_for(office, clock):
    backup.back_up(office)
    clock.now += timedelta(hours=1)
    backup.at_close(office)
    clock.now += timedelta(hours=1)
    office.rebuild()
    folder = office.data.path.parent / "backups"
    for name in ("其他.db", "other-20261123-090000-hand.db", "office-20261399-090000-hand.db"):
        shutil.copy(office.data.path, folder / name)
    shutil.copy(office.data.path, folder / "office-20261123-090000-else.db")

    found = backup.rows(office)

    assert [(row.why.label, row.at.hour) for row in found] == [
        ("重建前", 11),
        ("退出时", 10),
        ("手动", 9),
    ]
    assert all(row.size == row.path.stat().st_size for row in found)


def test_a_second_folder_gets_a_copy_of_its_own(office, tmp_path):
    also = tmp_path / "disk"
    also.mkdir()

    backup.at_close(office, also=also)

    assert [topics_in(row.path) for row in backup.rows(office, also)] == [["道路"]]
    assert len(backup.rows(office)) == 1


def test_without_the_second_folder_the_first_copy_is_kept_and_it_is_said(office, tmp_path):
    with pytest.raises(UserError, match="本机备份已完成，第二份没有做成：找不到文件夹"):
        backup.at_close(office, also=tmp_path / "missing")

    assert len(backup.rows(office)) == 1


def test_of_the_backups_at_closing_days_weeks_and_months_stay(office, clock):
    for _ in range(40):
        clock.now += timedelta(days=1, hours=1)
        backup.at_close(office)
        backup.at_close(office)

    found = backup.rows(office)

    assert len({row.at for row in found}) <= backup.DAYS + backup.WEEKS + backup.MONTHS
    assert [row.at.date() for row in found[:2]] == [clock.now.date()] * 2
    assert found[-1].at < clock.now - timedelta(days=35)


def test_backups_made_by_hand_are_never_removed(office, clock):
    backup.back_up(office)
    for _ in range(20):
        clock.now += timedelta(days=1)
        backup.at_close(office)

    assert backup.rows(office)[-1].why == Why.HAND


moments = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)), unique=True, max_size=80
)


@given(moments)
def test_the_newest_is_kept_and_no_more_than_the_spans(times):
    stays = backup.kept(times)

    assert stays <= set(times)
    assert not times or max(times) in stays
    assert len(stays) <= backup.DAYS + backup.WEEKS + backup.MONTHS
    days = sorted({at.date() for at in times})[-backup.DAYS :]
    assert {max(at for at in times if at.date() == day) for day in days} <= stays


@given(moments)
def test_keeping_again_removes_nothing_more(times):
    stays = backup.kept(times)

    assert backup.kept(stays) == stays


def test_a_full_disk_leaves_nothing_of_the_backup(office, small_disk):
    room = office.data.path.stat().st_size - 100_000
    (small_disk / "fill").write_bytes(os.urandom(max(1, (3 << 20) - room)))

    with pytest.raises(UserError, match="第二份没有做成：.*磁盘已满"):
        backup.back_up(office, also=small_disk)

    assert [path.name for path in small_disk.iterdir()] == ["fill"]
    assert office.ask(samples.topics) == ["道路"]


def test_a_copy_that_does_not_pass_the_check_is_not_kept(office, tmp_path):
    """A page in the middle is lost: what is copied is damaged too."""
    for number in range(400):
        samples.visit(office, f"第{number}件" * 20)
    office.close()
    path = office.data.path
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(data)

    assert_not_copied(path, tmp_path / "copy.db")


def test_a_copy_that_breaks_its_own_rules_is_not_kept(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as tool:
        tool.execute("create table t (a)")
        tool.execute("insert into t values (null)")
        tool.execute("pragma writable_schema = 1")
        tool.execute("update sqlite_master set sql = 'create table t (a not null)'")
        tool.commit()

    assert_not_copied(path, tmp_path / "copy.db")


def assert_not_copied(path: Path, to: Path) -> None:
    engine = data_engine(path)
    with pytest.raises(UserError, match="没有通过检查|已损坏"):
        database.copy_to(engine, to)
    engine.dispose()
    assert not list(to.parent.glob("copy*"))
