"""A stick with several bundles is looked at whole and taken in whole."""

import pytest

from deputydesk.database import Why
from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import backup, sending, stick
from deputydesk.exchange.payload import BadPayload
from deputydesk.models import Unit
from deputydesk.operations import units
from tests.exchange import carriers


@pytest.fixture
def pair(tmp_path):
    town, district = carriers.created(tmp_path / "T1", "T1"), carriers.created(tmp_path / "D", "D")
    carriers.introduce(town, district)
    yield town, district
    town.close()
    district.close()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def two(town, folder):
    """Two bundles of which the second holds what the first holds, and more."""
    town.do(units.add, name="水务局")
    first = sending.send(town, "D", folder).path
    town.do(units.add, name="城建局")
    return first, sending.send(town, "D", folder).path


def names(office):
    return sorted(row.name for row in office.ask(units.rows))


def test_what_two_bundles_bring_is_told_once_and_nothing_is_changed(pair, folder):
    town, district = pair
    two(town, folder)

    first, second = stick.on_stick(district, folder)

    assert [one.received.new for one in (first, second)] == [1, 1]
    [count] = second.received.counted
    assert (count.kind, count.new, count.changed, count.deleted) == (Unit, 1, 0, 0)
    assert names(district) == []
    assert not first.is_taken
    assert first.id != second.id


def test_all_are_taken_after_a_backup_and_a_bad_one_holds_nothing_up(pair, folder):
    town, district = pair
    first, second = two(town, folder)
    bad = folder / "坏.ddb"
    bad.write_bytes(b"PK" * 900)

    found = stick.take(district, [first, bad, second])

    assert [one.is_taken for one in found] == [True, False, True]
    assert "没有收入任何内容" in found[1].refused
    assert names(district) == ["城建局", "水务局"]
    assert [row.why for row in backup.rows(district)] == [Why.RECEIVE]
    assert len(found[0].received.fresh) == 1


def test_a_bad_bundle_is_told_of_when_it_is_looked_at(pair, folder):
    _, district = pair
    (folder / "坏.ddb").write_bytes(b"PK" * 900)

    [seen] = stick.on_stick(district, folder)

    assert seen.received is None
    assert "不是交换文件" in seen.refused


def test_a_bundle_whose_lines_are_bad_is_refused_in_the_preview_alone(pair, folder, monkeypatch):
    from deputydesk.exchange import receiving

    town, district = pair
    first, second = two(town, folder)
    whole = receiving._merge

    def bad(opened, tx, **other):
        if opened.bundle.path.name == first.name:
            raise BadPayload
        return whole(opened, tx, **other)

    monkeypatch.setattr(receiving, "_merge", bad)

    seen = stick.look(district, [first, second])

    assert "不是交换文件" in seen[0].refused
    assert seen[1].received.new == 2


def test_a_stick_without_a_bundle_says_so(pair, folder):
    with pytest.raises(UserError, match="没有给本单位的交换文件"):
        stick.on_stick(pair[1], folder)


class Stops:
    """Somebody who presses 取消 at a file."""

    def __init__(self, at):
        self.at = at

    def step(self, done, total, what=""):
        if what == self.at:
            raise Cancelled


def test_cancelled_between_two_the_first_stays_and_the_second_is_told_as_left(pair, folder):
    town, district = pair
    first, second = two(town, folder)

    found = stick.take(district, [first, second], Stops(second.name))

    assert found[0].is_taken
    assert found[1].refused == stick.STOPPED
    assert names(district) == ["水务局"]


def test_cancelled_before_the_first_nothing_is_told(pair, folder):
    town, district = pair
    first, second = two(town, folder)

    with pytest.raises(Cancelled):
        stick.take(district, [first, second], Stops(first.name))

    assert names(district) == []
