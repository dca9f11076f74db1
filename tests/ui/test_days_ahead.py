"""The first page of the days to come, kept at closing, holds until anything is written."""

import json
from datetime import datetime, timedelta
from shutil import copyfile

import pytest

from deputydesk import app
from deputydesk.errors import UserError
from deputydesk.late import asdict
from deputydesk.office import Office
from deputydesk.ui import days_ahead
from deputydesk.ui.pages import today
from tests import make


def at(office, days):
    moment = office.clock() + timedelta(days=days)
    return lambda: moment


def reopened(office, days=0):
    clock, path = at(office, days), office.data.path
    office.close()
    return Office.open(path, clock=clock, user=make.CLERK)


def plain(snapshot):
    return json.loads(json.dumps(asdict(snapshot)))


def arrived(office, folder):
    found = app._read(office, folder)
    assert not isinstance(found, UserError)
    return found[1]


@pytest.mark.parametrize("days", [0, 1, 4])
def test_what_is_kept_is_what_reading_gives_on_that_day(demo_office, tmp_path, days):
    before = today.read(demo_office)
    days_ahead.keep(demo_office, tmp_path)
    assert today.read(demo_office) == before  # the clock goes right again

    opened = reopened(demo_office, days)
    kept = days_ahead.recall(opened, tmp_path)

    assert kept == plain(today.read(opened))
    assert (kept == plain(before)) == (days == 0)
    opened.close()


def test_any_change_of_the_data_ends_it(demo_office, tmp_path):
    days_ahead.keep(demo_office, tmp_path)
    assert days_ahead.recall(demo_office, tmp_path)

    make.unit(demo_office, name="镇畜牧站")
    assert days_ahead.recall(demo_office, tmp_path) is None
    demo_office.undo()

    assert days_ahead.recall(demo_office, tmp_path) is None


def test_other_data_in_the_same_place_are_not_taken_for_these(demo_office, tmp_path):
    path = demo_office.data.path
    days_ahead.keep(demo_office, tmp_path)
    demo_office.close()
    copyfile(path, tmp_path / "copy.db")
    copyfile(tmp_path / "copy.db", path)

    opened = Office.open(path, clock=demo_office.clock, user=make.CLERK)

    assert days_ahead.recall(opened, tmp_path) is None
    opened.close()


def test_later_days_half_written_data_and_a_damaged_file_are_read_anew(demo_office, tmp_path):
    days_ahead.keep(demo_office, tmp_path)
    clock, path = demo_office.clock, demo_office.data.path
    demo_office.clock = at(demo_office, days_ahead.DAYS)
    assert days_ahead.recall(demo_office, tmp_path) is None
    demo_office.clock = clock

    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(b"x")
    assert days_ahead.recall(demo_office, tmp_path) is None
    days_ahead.keep(demo_office, tmp_path)  # keeps nothing then
    journal.unlink()
    assert days_ahead.recall(demo_office, tmp_path)

    (tmp_path / days_ahead.FILE).write_text("[1", encoding="utf-8")
    assert days_ahead.recall(demo_office, tmp_path) is None
    (tmp_path / days_ahead.FILE).write_text("[1]", encoding="utf-8")
    assert days_ahead.recall(demo_office, tmp_path) is None
    assert days_ahead.mark(tmp_path / "nothing.db") is None


def test_a_folder_that_takes_no_file_and_a_slow_pc_only_cost_a_reading(
    demo_office, tmp_path, monkeypatch
):
    days_ahead.keep(demo_office, tmp_path / "nowhere")
    assert days_ahead.recall(demo_office, tmp_path / "nowhere") is None

    monkeypatch.setattr(days_ahead, "LONGEST", -1)
    days_ahead.keep(demo_office, tmp_path)

    assert days_ahead.recall(demo_office, tmp_path)
    demo_office.clock = at(demo_office, 1)
    assert days_ahead.recall(demo_office, tmp_path) is None


def test_a_start_shows_what_was_kept_without_reading_and_reads_where_nothing_was(
    demo_office, tmp_path, monkeypatch
):
    days_ahead.keep(demo_office, tmp_path)
    expected = plain(today.read(demo_office))
    asked = []
    monkeypatch.setattr(today, "read", asked.append)

    first = arrived(demo_office, tmp_path)
    assert (first, asked) == (expected, [])

    days_ahead.forget(tmp_path)
    days_ahead.forget(tmp_path)
    monkeypatch.undo()
    first = arrived(demo_office, tmp_path)
    assert json.loads(json.dumps(first)) == expected


def test_nothing_is_kept_where_one_signs_in(demo_office, tmp_path, monkeypatch):
    from deputydesk.operations import accounts
    from deputydesk.ui import closing

    closing.keep_days(tmp_path, demo_office)
    assert (tmp_path / days_ahead.FILE).exists()
    monkeypatch.setattr(accounts, "is_on", lambda _session: True)

    closing.keep_days(tmp_path, demo_office)

    assert not (tmp_path / days_ahead.FILE).exists()
    assert isinstance(demo_office.clock(), datetime)
