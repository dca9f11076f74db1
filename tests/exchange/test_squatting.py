"""An office below writes under the name of our second PC before we have heard of that PC."""

import pytest

from deputydesk.exchange import receiving, sending, squatting
from deputydesk.journal import held, segments
from deputydesk.journal.intake import Outcome
from deputydesk.models import Unit
from deputydesk.models.base import new_id
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import partners, search, units
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch


@operation(Right.REGISTER, "答复")
def reply(tx: Tx, name: str) -> None:
    """A record of the township's that the district writes."""
    tx.session.add(Unit(id=new_id("T1"), name=name))


@operation(Right.SETUP, "下发", can_undo=False)
def give_out(tx: Tx, number: int) -> None:
    """Records that the district gives out to all."""
    for one in range(number):
        tx.session.add(Unit(id=new_id("common"), name=f"下发{one}"))


def names(office):
    return sorted(row.name for row in office.ask(units.rows))


def outcomes(received):
    return [one.outcome for one in received.taken]


def device(office):
    return office.ask(partners.myself)[1]


def give(sender, receiver, stick):
    return receiving.receive(receiver, sending.send(sender, receiver.code, stick).path)


@pytest.fixture
def second(offices, tmp_path):
    """The second PC of the district, whose stick the township has seen."""
    office = carriers.second_pc(tmp_path / "D2", offices[2])
    yield office
    office.close()


@pytest.fixture
def squatted(offices, second, stick):
    """The first PC of the district, where the township wrote three units under that name."""
    t1, _, d = offices
    lines = [line(seq, f"T1-000{seq}", {"name": f"冒名{seq}"}) for seq in (1, 2, 3)]
    made = stretch(t1, f"{device(second)}.T1", lines)
    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))
    assert outcomes(received) == [Outcome.NEW]
    return d


def test_what_our_second_pc_writes_comes_in_all_the_same(squatted, second, stick):
    second.do(reply, "水务局")

    received = give(second, squatted, stick)

    assert outcomes(received) == [Outcome.NEW]
    assert names(squatted) == ["水务局"]
    assert squatted.ask(search.find, "冒名1") == []
    assert squatted.check() == []


def test_what_was_written_under_the_name_is_put_aside_whole(offices, squatted, second, stick):
    second.do(reply, "水务局")
    give(second, squatted, stick)

    [kept] = squatted.ask(standing_aside)

    assert (kept.office, kept.why) == ("T1", squatting.WHY)
    assert b"".join(held.unpack(kept.lines)).count("冒名".encode()) == 3
    lines = [line(4, "T1-0004", {"name": "冒名4"})]
    before = kept.segment["end"]
    more = stretch(offices[0], kept.feed, lines, before=before)
    again = receiving.receive(squatted, forged(offices[0], squatted, stick / "b.ddb", [more]))
    assert outcomes(again) == [Outcome.HELD]
    assert names(squatted) == ["水务局"]


def standing_aside(session):
    from deputydesk.journal.tables import SyncHold

    return session.query(SyncHold).all()


def test_a_pc_that_begins_late_gets_the_feed_from_its_beginning(squatted, second, stick):
    for number in range(5):
        second.do(reply, f"单位{number}")
    feed = f"{device(second)}.T1"
    made = segments.Segment(feed, 1, 5, "", "", "D", "")
    lines = list(second.ask(segments.lines, made))[3:]
    before = second.ask(segments.hash_at, feed, 3)
    late = stretch(second, feed, lines, before=before)

    first = receiving.receive(squatted, forged(second, squatted, stick / "late.ddb", [late]))
    give(squatted, second, stick)
    then = give(second, squatted, stick)

    assert outcomes(first) == [Outcome.GAP]
    assert outcomes(then) == [Outcome.NEW]
    assert names(squatted) == [f"单位{number}" for number in range(5)]
    assert squatted.check() == []


def test_our_second_pc_does_not_take_what_was_squatted_for_its_own(squatted, second, stick):
    """The first PC says that it has three changes of the feed: they are not ours."""
    second.do(reply, "水务局")
    given = give(squatted, second, stick)

    received = give(second, squatted, stick)

    assert outcomes(given) == [Outcome.HELD]
    assert outcomes(received) == [Outcome.NEW]
    assert names(squatted) == names(second) == ["水务局"]


def test_nothing_gives_way_on_a_false_word(squatted, second, offices, stick):
    feed = f"{device(second)}.T1"
    lines = [line(1, "T1-0009", {"name": "假的"})]
    made = stretch(second, feed, lines, signature="00" * 64)

    # the township brings it: it has our second PC's stick, but not our key
    received = receiving.receive(squatted, forged(offices[0], squatted, stick / "b.ddb", [made]))

    assert outcomes(received) == [Outcome.HELD]
    assert names(squatted) == ["冒名1", "冒名2", "冒名3"]


def test_a_look_at_the_stick_changes_nothing(squatted, second, stick):
    second.do(reply, "水务局")

    receiving.preview(squatted, sending.send(second, "D", stick).path)

    assert names(squatted) == ["冒名1", "冒名2", "冒名3"]


def test_more_than_can_be_put_aside_is_let_go(squatted, second, stick, monkeypatch):
    monkeypatch.setattr(held, "LARGEST", 10)
    second.do(reply, "水务局")

    give(second, squatted, stick)

    assert names(squatted) == ["水务局"]
    assert squatted.ask(standing_aside) == []


def test_one_forged_line_of_a_township_does_not_fill_the_sticks_of_another(offices, stick):
    t1, t2, d = offices
    d.do(give_out, 5)
    give(d, t2, stick)
    give(t2, d, stick)
    made = stretch(t1, f"{device(d)}.common", [line(1, "common-1")])

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))

    assert outcomes(received) == [Outcome.HELD]
    assert sending.send(d, "T2", stick).changes == 0
    sent = sending.send(d, "T1", stick)
    assert sent.changes == 5
    receiving.receive(t1, sent.path)  # it follows the feed, and says so
    give(t1, d, stick)
    assert sending.send(d, "T1", stick).changes == 0


def test_a_third_pc_that_took_what_was_squatted_gets_the_feed_of_the_second(
    squatted, second, stick, tmp_path
):
    """It says that it has three changes of the feed, as many as the second PC wrote."""
    third = carriers.second_pc(tmp_path / "D3", squatted)
    give(squatted, third, stick)
    give(third, squatted, stick)
    for number in range(3):
        second.do(reply, f"单位{number}")
    give(second, squatted, stick)

    give(squatted, third, stick)

    assert names(third) == [f"单位{number}" for number in range(3)]
    assert third.check() == []
    third.close()
