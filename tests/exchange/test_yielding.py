"""Two PCs that did not know of each other wrote on under one name: nothing of either is lost."""

import shutil

import pytest
from sqlalchemy import select, update

from deputydesk.exchange import device, receiving, sending, yielding
from deputydesk.journal import segments
from deputydesk.journal.intake import Outcome
from deputydesk.journal.tables import SyncHold
from deputydesk.models import Unit
from deputydesk.office import Office
from deputydesk.operations import partners, units
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch
from tests.journal import samples


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def three(tmp_path):
    """A PC of a township, its disk image on another, and the district."""
    t1, d = (carriers.created(tmp_path / code, code) for code in ("T1", "D"))
    carriers.introduce(t1, d)
    t1.do(units.add, name="水务局")
    (tmp_path / "image").mkdir()
    assert t1.data.path
    copy = tmp_path / "image" / "office.db"
    shutil.copyfile(t1.data.path, copy)
    image = Office.open(copy, clock=t1.clock, user=samples.LI)
    yield t1, image, d
    for office in (t1, image, d):
        office.close()


def carry(giver, taker, stick):
    return receiving.receive(taker, sending.send(giver, taker.code, stick).path)


def names(office):
    return sorted(row.name for row in office.ask(units.rows))


def pc(office):
    return office.ask(partners.myself)[1]


def waiting(office):
    return office.ask(lambda session: len(session.scalars(select(SyncHold)).all()))


def rename(office, before, after):
    [record] = [row.id for row in office.ask(units.rows) if row.name == before]
    office.do(samples.edit, Unit, record, name=after)


@pytest.mark.parametrize("is_common", [True, False], ids=["after a time", "from the beginning"])
def test_the_one_whose_branch_was_put_aside_writes_it_again_under_a_new_name(
    three, stick, is_common
):
    t1, image, d = three
    if is_common:
        carry(t1, d, stick)
    t1.do(units.add, name="城建局")
    image.do(units.add, name="财政局")
    rename(image, "财政局", "财政和审计局")
    carry(t1, d, stick)

    told = carry(image, d, stick)
    received = carry(d, image, stick)
    carry(image, d, stick)
    carry(d, t1, stick)

    assert [one.outcome for one in told.taken] == [Outcome.FORK]
    assert received.waiting == []
    assert pc(image) != pc(t1)
    everything = ["城建局", "水务局", "财政和审计局"]
    assert names(t1) == names(image) == names(d) == everything
    assert waiting(d) == waiting(image) == waiting(t1) == 0
    assert t1.check() == image.check() == d.check() == []


def test_both_changed_one_field_and_a_person_is_asked(three, stick):
    t1, image, d = three
    rename(t1, "水务局", "水利局")
    rename(image, "水务局", "水政局")

    carry(t1, d, stick)
    carry(image, d, stick)
    received = carry(d, image, stick)

    assert received.conflicts == 1
    assert image.check() == []


def test_undo_still_takes_back_what_was_written_again(three, stick):
    t1, image, d = three
    t1.do(units.add, name="城建局")
    image.do(units.add, name="财政局")
    for giver, taker in ((t1, d), (image, d), (d, image)):
        carry(giver, taker, stick)

    image.undo()

    assert names(image) == ["城建局", "水务局"]
    assert image.check() == []


def test_what_others_already_build_on_stays_as_it_is_and_is_told(three, stick):
    t1, image, d = three
    t1.do(units.add, name="城建局")
    image.do(units.add, name="财政局")
    image.do(device.renew)
    rename(image, "财政局", "审计局")  # names a change of the branch
    carry(t1, d, stick)
    carry(image, d, stick)
    before = image.ask(samples.everything)

    received = carry(d, image, stick)

    assert [one.outcome for one in received.waiting] == [Outcome.FORK]
    assert image.ask(samples.everything) == before
    assert image.check() == []


def test_two_that_have_nothing_in_common_both_keep_what_they_wrote(tmp_path, stick):
    t1, d = (carriers.created(tmp_path / code, code) for code in ("T1", "D"))
    carriers.introduce(t1, d)
    (tmp_path / "image").mkdir()
    copy = tmp_path / "image" / "office.db"
    assert t1.data.path
    shutil.copyfile(t1.data.path, copy)
    image = Office.open(copy, clock=t1.clock, user=samples.LI)
    t1.do(units.add, name="城建局")
    image.do(units.add, name="财政局")

    for giver, taker in ((t1, d), (image, d), (d, image), (image, d), (d, t1)):
        carry(giver, taker, stick)

    assert names(t1) == names(image) == names(d) == ["城建局", "财政局"]
    assert t1.check() == image.check() == d.check() == []
    for office in (t1, image, d):
        office.close()


def by_another_pc(t1, d, stick):
    receiving.receive(
        t1, forged(d, t1, stick / "x.ddb", [stretch(t1, "pc.T1", [line(1, "T1-0002")])])
    )
    return stretch(t1, "pc.T1", [line(1, "T1-0003")])


def same_lines(t1, _d, _stick):
    feed = f"{pc(t1)}.T1"
    [made] = [s for s in t1.ask(segments.missing, {}, lambda _scope: True) if s.feed == feed]
    lines = t1.ask(lambda session: list(segments.lines(session, made)))
    return stretch(t1, feed, lines, end="0" * 64)


def own(**other):
    def made(t1, _d, _stick):
        return stretch(t1, f"{pc(t1)}.T1", [line(1, "T1-0001")], **other)

    return made


def no_line(t1, _d, _stick):
    made, _ = stretch(t1, f"{pc(t1)}.T1", [line(1, "T1-0001")])
    return made, [line(1, "T1-0001", body=5)]


@pytest.mark.parametrize(
    "made",
    [
        own(signature="0" * 128),
        own(end="0" * 64),
        own(first=2, last=2, before="f" * 64),
        no_line,
        by_another_pc,
        same_lines,
    ],
    ids=["not signed", "false end", "parted before", "no line", "another PC", "no branch"],
)
def test_nothing_is_written_again_on_a_false_word(three, stick, made):
    t1, _, d = three
    t1.do(units.add, name="城建局")
    brought = made(t1, d, stick)
    name, before = pc(t1), names(t1)

    received = receiving.receive(t1, forged(d, t1, stick / "a.ddb", [brought]))

    assert [one.outcome for one in received.taken] == [Outcome.FORK]
    assert (pc(t1), names(t1)) == (name, before)
    assert t1.check() == []


def test_what_is_no_branch_of_ours_or_was_meddled_with_stays_aside(three, stick):
    t1, image, d = three
    t1.do(units.add, name="城建局")
    image.do(units.add, name="财政局")
    carry(t1, d, stick)
    carry(image, d, stick)
    with d.data.engine.begin() as behind:
        behind.execute(update(SyncHold).values(lines=b"?"))

    carry(t1, d, stick)

    assert waiting(d) == 1
    assert d.ask(yielding.forked, "T1") == {f"{pc(t1)}.T1"}
    assert d.ask(yielding.forked, "T2") == set()
