"""What an office sees of those that it exchanges sticks with."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from deputydesk.errors import UserError
from deputydesk.exchange import proving, receiving, sending, standing
from deputydesk.exchange.bundle_file import Refused
from deputydesk.exchange.standing import Way
from deputydesk.journal.tables import SyncPeer
from deputydesk.journal.values import table_of
from deputydesk.office import Right, operation
from deputydesk.operations import units
from tests.exchange import carriers


@pytest.fixture
def pair(tmp_path):
    town = carriers.created(tmp_path / "T1", "T1", skew=timedelta(days=3))
    district = carriers.created(tmp_path / "D", "D")
    carriers.introduce(town, district)
    yield town, district
    town.close()
    district.close()


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def one(office):
    return office.ask(standing.rows)[0]


def carry(source, to, stick):
    sent = sending.send(source, to.code, stick)
    receiving.receive(to, sent.path)
    return sent


def test_an_office_that_nobody_heard_from_has_got_nothing(pair):
    town, _ = pair
    town.do(units.add, name="水务局")

    found = one(town)

    assert (found.id, found.heard, found.pcs, found.off) == ("D", "", 0, None)
    assert (found.sent, found.acknowledged, found.waiting) == (1, 0, 1)
    assert found.since == "2026-11-26T09:00:00"


def test_what_the_other_side_says_it_has_is_acknowledged(pair, stick):
    town, district = pair
    town.do(units.add, name="水务局")
    carry(town, district, stick)
    assert one(town).acknowledged == 0

    carry(district, town, stick)

    found = one(town)
    assert (found.sent, found.acknowledged, found.waiting, found.since) == (1, 1, 0, "")
    assert (found.heard, found.pcs) == ("2026-11-26T09:00:00", 1)


def test_a_pc_that_is_three_days_ahead_is_told_of(pair, stick):
    town, district = pair
    town.do(units.add, name="水务局")
    carry(town, district, stick)

    assert one(district).off == timedelta(days=3)


def test_a_pc_that_is_behind_is_known_by_what_it_already_has(pair, stick):
    town, district = pair
    town.do(units.add, name="水务局")
    carry(town, district, stick)
    carry(district, town, stick)

    assert one(town).off == timedelta(days=-3)


def test_a_clock_that_cannot_be_read_says_nothing(pair, stick):
    town, district = pair
    carry(town, district, stick)
    district.do(unreadable)

    assert one(district).off is None


def test_a_pc_whose_clock_is_right_is_not_told_of(tmp_path, stick):
    town, district = carriers.created(tmp_path / "T1", "T1"), carriers.created(tmp_path / "D", "D")
    carriers.introduce(town, district)
    carry(town, district, stick)

    assert one(district).off is None
    town.close()
    district.close()


def test_what_another_pc_has_and_we_do_not_is_missing(pair, stick, tmp_path):
    town, district = pair
    second = carriers.second_pc(tmp_path / "T1b", town)
    second.do(units.add, name="城建局")
    carry(second, town, stick)
    town.do(units.add, name="水务局")

    carry(town, district, stick)

    ours = town.ask(standing.rows)[-1]
    assert (ours.partner.name, ours.pcs) == ("本单位的另一台电脑", 1)
    assert one(district).missing == 0
    second.do(units.add, name="教育局")
    carry(second, district, stick)
    carry(town, second, stick)
    assert second.ask(standing.rows)[-1].missing == 0
    assert one(district).pcs == 2
    second.close()


def test_where_the_keys_do_not_open_the_other_offices_are_listed_all_the_same(
    pair, stick, tmp_path, monkeypatch
):
    town, _ = pair
    second = carriers.second_pc(tmp_path / "T1b", town)
    receiving.receive(town, sending.send(second, "T1", stick).path)
    second.close()
    before = [row.id for row in town.ask(standing.rows)]
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path / "another PC"))

    assert before == ["D", "T1"]
    assert [row.id for row in town.ask(standing.rows)] == ["D"]


def test_a_stretch_that_was_lost_on_the_way_is_counted_as_missing(pair, stick):
    town, district = pair
    town.do(units.add, name="水务局")
    carry(town, district, stick)
    carry(district, town, stick)
    town.do(units.add, name="城建局")
    town.do(units.add, name="教育局")
    sending.send(town, "D", stick).path.unlink()
    district.do(less, number=5)

    assert one(district).missing == 4


def test_what_went_and_came_is_listed_newest_first(pair, stick):
    town, district = pair
    sent = carry(town, district, stick)
    carry(district, town, stick)

    found = town.ask(standing.carried)

    assert [(row.way, row.name) for row in found] == [(Way.IN, "D单位"), (Way.OUT, "D单位")]
    assert found[1].file == sent.path.name
    assert found[0].id != found[1].id


def test_a_bundle_is_proved_once_more_when_the_stick_is_put_in_again(pair, stick):
    town, _ = pair
    sent = sending.send(town, "D", stick)

    assert proving.prove(town, sent.path).to == "D"


def test_a_bundle_of_somebody_else_or_none_is_not_ours(pair, stick):
    town, district = pair
    theirs = sending.send(district, "T1", stick)

    with pytest.raises(Refused, match="不是本单位写出的"):
        proving.prove(town, theirs.path)
    with pytest.raises(UserError, match="没有找到"):
        proving.prove(town, stick / "无.ddb")


@operation(Right.SETUP, "改时间", can_undo=False)
def unreadable(tx):
    tx.session.execute(update(table_of(SyncPeer)).values(at="昨天"))


@operation(Right.SETUP, "改进度", can_undo=False)
def less(tx, *, number):
    [peer] = tx.session.query(SyncPeer).all()
    feed = next(feed for feed in peer.have if feed.endswith(".T1"))
    peer.have = {**peer.have, feed: number}
