"""What somebody may bring on a stick, by mistake or with intent; numbers as in the design."""

import contextlib
from pathlib import Path

import pytest

from deputydesk.exchange import receiving, sending
from deputydesk.exchange.bundle_file import Refused
from deputydesk.journal import history
from deputydesk.journal.intake import Outcome
from deputydesk.journal.tables import SyncFeed
from deputydesk.journal.values import text_of
from deputydesk.models import Unit
from deputydesk.office import Office
from deputydesk.operations import conflicts, partners, units
from deputydesk.operations.partners import Role
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch
from tests.exchange.looking import logged, names, outcomes, refused, state
from tests.journal import samples


# ---------------------------------------------------------------- 1, 2: bytes, repeats
def test_a_bundle_with_any_bit_turned_or_cut_off_anywhere_is_refused_or_says_the_same(
    offices, stick, pytestconfig
):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    path = sending.send(t1, "D", stick).path
    whole = path.read_bytes()
    step = 3 if pytestconfig.getoption("--long") else 23
    bad = stick / "bad.ddb"
    expected = receiving.preview(d, path)
    before = state(d)

    for place in range(0, len(whole), step):
        turned = bytearray(whole)
        turned[place] ^= 1 << (place % 8)
        for content in (bytes(turned), whole[:place]):
            bad.write_bytes(content)
            with contextlib.suppress(Refused):
                assert receiving.preview(d, bad) == expected

    assert state(d) == before


def test_the_same_bundle_five_times_and_an_old_one_after_a_new_one_bring_nothing_twice(
    offices, stick
):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    old = sending.send(t1, "D", stick).path
    t1.do(units.add, name="城建局")
    new = sending.send(t1, "D", stick).path
    receiving.receive(d, new)

    for path in (new, old, old, new, old):
        assert outcomes(receiving.receive(d, path)) == [Outcome.KNOWN]

    assert names(d) == ["城建局", "水务局"]
    assert d.check() == []


# ---------------------------------------------------------------- 3 to 7: who may write what
def test_a_bundle_for_another_office_is_refused(offices, stick):
    t1, t2, d = offices

    refused(t1, sending.send(d, "T2", stick).path, "不是给本单位的")
    refused(t2, sending.send(d, "T1", stick).path, "不是给本单位的")


def test_a_bundle_of_an_office_that_nobody_enrolled_is_refused_and_names_it(
    offices, stick, tmp_path
):
    stranger = carriers.created(tmp_path / "X9", "X9")
    carriers.enrol(stranger, carriers.card(offices[2]), Role.PARENT)

    refused(offices[2], sending.send(stranger, "D", stick).path, "没有登记的单位“X9”")
    stranger.close()


def test_a_bundle_signed_by_another_office_is_refused(offices, stick):
    t1, t2, d = offices
    made = stretch(t1, "dev.T1", [line(1, "T1-0001")])

    refused(d, forged(t1, d, stick / "a.ddb", [made], sign_with=t2), "签名不是")


@pytest.mark.parametrize("kind", ["I", "U", "X"])
@pytest.mark.parametrize(
    ("feed", "pk"),
    [
        ("dev.T2", "T2-0001"),
        ("dev.T2", "T2-0002"),
        ("dev.T1", "T2-0001"),
        ("dev.common", "common-0001"),
        ("dev.D", "D-0001"),
    ],
)
def test_a_township_cannot_write_what_is_not_its_own(offices, stick, feed, pk, kind):
    t1, t2, d = offices
    t2.do(samples.batch, {"T2-0001": (Unit, {"name": "财政局"})}, {}, {})
    receiving.receive(d, sending.send(t2, "D", stick).path)
    d.do(
        samples.batch,
        {f"{scope}-0001": (Unit, {"name": "区政府办"}) for scope in ("common", "D")},
        {},
        {},
    )
    before = d.ask(samples.everything)
    [base] = [f"{row[0]}:{row[1]}" for row in d.ask(logged) if row[7] == pk] or [""]
    forging = line(1, pk, {"name": "冒名"}, kind=kind, lam=9)
    if kind != "I":
        forging = forging._replace(base=text_of([base] if base else []))

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [stretch(t1, feed, [forging])]))

    assert outcomes(received) == [Outcome.HELD]
    assert d.ask(samples.everything) == before
    assert d.check() == []


def test_a_township_cannot_write_on_in_the_district_s_feed_with_any_signature(offices, stick):
    t1, _, d = offices
    d.do(samples.batch, {"common-0001": (Unit, {"name": "区政府办"})}, {}, {})
    feed = f"{d.ask(partners.myself)[1]}.common"
    row = d.ask(logged)[0]
    one = carriers.line_of(row)
    more = line(2, "common-0002")
    real = sending.send(d, "T1", stick).path
    receiving.receive(t1, real)
    old = t1.ask(lambda session: session.get_one(SyncFeed, feed).sig)
    assert old
    for number, signature in enumerate(("", "00" * 64, old, None)):  # None: signed by T1 itself
        other = {"author": "D"} | ({} if signature is None else {"signature": signature})
        made = stretch(t1, feed, [one, more], **other)

        received = receiving.receive(d, forged(t1, d, stick / f"{number}.ddb", [made]))

        assert outcomes(received) == [Outcome.HELD]
    assert names(d) == ["区政府办"]


# ---------------------------------------------------------------- 11 to 15
def test_a_cloned_pc_is_told_as_a_fork_and_its_changes_are_kept_aside(offices, stick, tmp_path):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    clone = tmp_path / "clone"
    clone.mkdir()
    (clone / "office.db").write_bytes(Path(t1.data.path).read_bytes())
    twin = carriers.Office.open(clone / "office.db", clock=t1.clock, user=t1.user)
    t1.do(units.add, name="城建局")
    twin.do(units.add, name="教育局")
    receiving.receive(d, sending.send(t1, "D", stick).path)

    received = receiving.receive(d, sending.send(twin, "D", stick).path)

    assert outcomes(received) == [Outcome.FORK]
    assert len(received.waiting) == 1
    assert names(d) == ["城建局", "水务局"]
    assert d.check() == []
    twin.close()


def test_a_lost_stick_leaves_a_gap_that_is_told_and_the_next_whole_bundle_heals_it(offices, stick):
    t1, _, d = offices
    path = Path(d.data.path)
    old = path.read_bytes()
    t1.do(units.add, name="水务局")
    receiving.receive(d, sending.send(t1, "D", stick).path)
    receiving.receive(t1, sending.send(d, "T1", stick).path)
    d.close()
    path.write_bytes(old)  # a district set back: what it had told the township is no longer so
    back = Office.open(path, clock=d.clock, user=d.user)
    back.do(carriers.renew)
    t1.do(units.add, name="城建局")

    received = receiving.receive(back, sending.send(t1, "D", stick).path)
    told = names(back)
    receiving.receive(t1, sending.send(back, "T1", stick).path)
    healed = receiving.receive(back, sending.send(t1, "D", stick).path)

    assert outcomes(received) == [Outcome.GAP]
    assert received.gaps[0].why == "缺第1至1条"
    assert told == []
    assert outcomes(healed) == [Outcome.NEW]
    assert names(back) == ["城建局", "水务局"]
    assert back.check() == []
    back.close()


def test_deleted_here_and_changed_there_the_record_stays_and_is_shown(offices, stick, tmp_path):
    t1, _, _ = offices
    second = carriers.second_pc(tmp_path / "second", t1)
    t1.do(samples.batch, {"T1-0001": (Unit, {"name": "水务局"})}, {}, {})
    receiving.receive(second, sending.send(t1, "T1", stick).path)
    t1.do(samples.batch, {}, {}, {"T1-0001": Unit})
    second.do(samples.batch, {}, {"T1-0001": (Unit, {"name": "水利局"})}, {})

    receiving.receive(second, sending.send(t1, "T1", stick).path)
    receiving.receive(t1, sending.send(second, "T1", stick).path)

    assert names(t1) == names(second) == ["水利局"]
    assert t1.check() == second.check() == []
    second.close()


# ---------------------------------------------------------------- 20 to 23: clocks, counters
@pytest.mark.parametrize(("first", "later"), [(2099, 2026), (2026, 1980), (2099, 1980)])
def test_a_later_edit_wins_whatever_the_clocks_say(offices, stick, tmp_path, first, later):
    t1, _, _ = offices
    t1.clock = lambda: carriers.NOW.replace(year=later)
    ahead = carriers.second_pc(tmp_path / "second", t1)
    ahead.clock = lambda: carriers.NOW.replace(year=first)
    ahead.do(samples.batch, {"T1-0001": (Unit, {"name": "先写的"})}, {}, {})
    receiving.receive(t1, sending.send(ahead, "T1", stick).path)
    t1.do(samples.batch, {}, {"T1-0001": (Unit, {"name": "后来改的"})}, {})

    receiving.receive(ahead, sending.send(t1, "T1", stick).path)

    assert names(ahead) == names(t1) == ["后来改的"]
    assert ahead.ask(history.conflicts) == []
    ahead.close()


def test_a_counter_that_nobody_can_have_reached_is_refused(offices, stick):
    t1, _, d = offices
    made = stretch(t1, "dev.T1", [line(1, "T1-0001", lam=2**53 - 1)])

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))
    d.do(units.add, name="财政局")

    assert outcomes(received) == [Outcome.HELD]
    assert d.check() == []


@pytest.mark.parametrize(("second", "left"), [("水利局", 0), ("水政局", 1)])
def test_two_pcs_settle_a_conflict_alike_or_not(offices, stick, tmp_path, second, left):
    t1, _, _ = offices
    other = carriers.second_pc(tmp_path / "second", t1)
    t1.do(samples.batch, {"T1-0001": (Unit, {"name": "水务局"})}, {}, {})
    receiving.receive(other, sending.send(t1, "T1", stick).path)
    for office, name in ((t1, "甲"), (other, "乙")):
        office.do(samples.batch, {}, {"T1-0001": (Unit, {"name": name})}, {})
    swap(t1, other, stick)
    assert len(t1.ask(history.conflicts)) == len(other.ask(history.conflicts)) == 1
    one = {"table": "unit", "record_id": "T1-0001", "field": "name"}
    t1.do(conflicts.settle, **one, value="水利局")
    other.do(conflicts.settle, **one, value=second)
    assert len(t1.ask(history.conflicts)) == len(other.ask(history.conflicts)) == 0

    swap(t1, other, stick)

    assert len(t1.ask(history.conflicts)) == len(other.ask(history.conflicts)) == left
    assert names(t1) == names(other)
    other.close()


def swap(one, other, stick):
    there, back = sending.send(one, "T1", stick).path, sending.send(other, "T1", stick).path
    receiving.receive(other, there)
    receiving.receive(one, back)


# ---------------------------------------------------------------- 16, 31, 40
def test_what_a_newer_program_wrote_is_kept_and_passed_on_whole(offices, stick, tmp_path):
    t1, _, d = offices
    body = {"name": "水务局", "height": 7}
    made = stretch(
        t1, "dev.T1", [line(1, "T1-0001", body), line(2, "T1-0002", {"a": 1}, tab="unheard_of")]
    )
    receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))
    second = carriers.second_pc(tmp_path / "second", t1)

    receiving.receive(second, sending.send(d, "T1", stick).path)

    assert names(d) == names(second) == ["水务局"]
    assert [row[-1] for row in second.ask(logged)] == [line.body for line in made[1]]
    assert d.check() == second.check() == []
    second.close()


def test_a_bundle_of_the_old_key_is_refused_and_what_it_wrote_before_still_counts(
    offices, stick, tmp_path
):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    old = sending.send(t1, "D", stick).path
    receiving.receive(d, old)
    t1.do(partners.make_keys)
    carriers.enrol(d, carriers.card(t1), Role.CHILD)

    refused(d, old, "签名不是")
    second = carriers.second_pc(tmp_path / "second", t1)
    receiving.receive(d, sending.send(second, "D", stick).path)
    receiving.receive(second, sending.send(d, "T1", stick).path)

    assert names(second) == ["水务局"]
    second.close()


def test_a_bundle_says_who_wrote_even_if_nobody_knows_them_any_more(offices, stick):
    t1, _, d = offices
    t1.user = carriers.User("早已调走的人")
    t1.do(units.add, name="水务局")

    receiving.receive(d, sending.send(t1, "D", stick).path)

    assert {row[5] for row in d.ask(logged)} == {"早已调走的人"}
