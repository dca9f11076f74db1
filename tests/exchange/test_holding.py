"""What could not be taken is kept aside: once, bounded, and taken when it can be."""

import tempfile
import zlib
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import insert, select

from deputydesk.exchange import attachments, holding, payload, receiving, sending
from deputydesk.exchange.bundle_file import Refused
from deputydesk.journal.intake import Outcome
from deputydesk.journal.tables import SyncHold
from deputydesk.models import Unit
from deputydesk.operations import partners, units
from deputydesk.operations.partners import Role
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch
from tests.exchange.looking import names, outcomes


def held(session):
    return [(row.segment["first"], row.segment["last"], row.why) for row in session.scalars(SELECT)]


SELECT = select(SyncHold).order_by(SyncHold.id)


def branch(office, last, feed="dev.X9"):
    """A feed that the district does not believe, so far; `feed` as well as its name may vary."""
    return stretch(office, feed, [line(n, f"X9-{n:04}") for n in range(1, last + 1)])


@pytest.fixture
def bring(offices, stick):
    """Bring stretches to the district as a township."""
    t1, _, d = offices
    count = iter(range(1000))
    return lambda *made: receiving.receive(d, forged(t1, d, stick / f"{next(count)}.ddb", [*made]))


def test_the_same_stretch_is_kept_once_and_a_longer_one_takes_its_place(offices, bring):
    t1, _, d = offices

    for last in (2, 2, 3, 2):
        bring(branch(t1, last))

    assert [(first, last) for first, last, _ in d.ask(held)] == [(1, 3), (1, 2)]


def test_two_branches_that_begin_alike_are_both_kept(offices, bring):
    t1, _, d = offices
    other = stretch(t1, "dev.X9", [line(1, "X9-0001"), line(2, "X9-9999")])

    bring(branch(t1, 3))
    bring(other)

    assert [(first, last) for first, last, _ in d.ask(held)] == [(1, 3), (1, 2)]


def test_what_waits_is_taken_once_its_office_is_enrolled(offices, bring, stick, tmp_path):
    _, _, d = offices
    ninth = carriers.created(tmp_path / "X9", "X9")
    carriers.enrol(ninth, carriers.card(d), Role.PARENT)
    ninth.do(units.add, name="水务局")
    segment, lines = stretch(ninth, "dev.X9", [line(1, "X9-0001")])
    assert outcomes(bring((segment, lines))) == [Outcome.HELD]

    carriers.enrol(d, carriers.card(ninth), Role.CHILD)
    received = bring()

    assert outcomes(received) == [Outcome.NEW]
    assert names(d) == ["水务局"]
    assert d.ask(held) == []
    ninth.close()


def test_an_office_cannot_fill_the_disk_with_what_is_kept_aside(offices, bring, monkeypatch):
    t1, _, d = offices
    monkeypatch.setattr(holding, "MOST", 3)

    bring(*(branch(t1, 1, f"dev{n}.X9") for n in range(5)))
    bring(branch(t1, 2, "dev0.X9"))

    assert [last for _, last, _ in d.ask(held)] == [1, 1, 2]


def test_a_stretch_too_large_to_be_kept_comes_again_with_the_next_bundle(
    offices, bring, monkeypatch
):
    t1, _, d = offices
    monkeypatch.setattr("deputydesk.journal.held.LARGEST", 300)

    received = bring(branch(t1, 5))

    assert outcomes(received) == [Outcome.HELD]
    assert d.ask(held) == []


def test_a_line_that_is_none_is_kept_aside_all_the_same(offices, bring):
    t1, _, d = offices
    segment, lines = branch(t1, 1)

    bring((segment, [lines[0]._replace(body=7)]))

    assert len(d.ask(held)) == 1


@pytest.mark.parametrize("lines", [b"not packed", zlib.compress(b"{}\n"), b""])
def test_what_is_kept_and_cannot_be_read_any_more_goes_on_waiting(offices, bring, lines):
    t1, _, d = offices
    segment, _ = stretch(t1, "dev.T1", [line(1, "T1-0001")])
    d.do(_put, {"segment": segment, "lines": lines})

    assert bring().taken == ()
    assert len(d.ask(held)) == 1


@carriers.operation(carriers.Right.SETUP, "放", can_undo=False)
def _put(tx, row):
    values = {"segment": vars(row["segment"]), "lines": row["lines"], "feed": "dev.T1", "why": ""}
    tx.session.execute(
        insert(SyncHold).values(end="", outcome="held", office="T1", ts="", **values)
    )


# ---------------------------------------------------------------- files that are let go of
def test_no_file_is_open_any_more_when_the_working_folder_goes(offices, stick, monkeypatch):
    t1, _, d = offices
    made = stretch(t1, "dev.T1", [line(1, "T1-0001")])
    text = zstandard.compress(
        zstandard.ZstdDecompressor().decompressobj().decompress(_packed(stick, made)) + b"{}\n"
    )
    path = forged(t1, d, stick / "a.ddb", [], packed=text, manifest={"changes": 1})
    left: list[str] = []
    leave = tempfile.TemporaryDirectory.__exit__

    def leaving(self, *error):
        links = [_target(link) for link in Path("/proc/self/fd").iterdir()]
        left.extend(target for target in links if target.startswith(self.name))
        leave(self, *error)

    monkeypatch.setattr(tempfile.TemporaryDirectory, "__exit__", leaving)

    with pytest.raises(Refused, match="没有收入任何内容"):
        receiving.receive(d, path)

    assert left == []


def _packed(stick, made):
    payload.write(stick / "payload", payload.Header((made[0],), {}, (), {}), made[1])
    return (stick / "payload").read_bytes()


def _target(link):
    try:
        return str(link.readlink())
    except OSError:
        return ""


# ---------------------------------------------------------------- many attachments
def test_more_attachments_than_a_bundle_may_have_go_in_several(offices, stick, monkeypatch):
    t1, _, d = offices
    monkeypatch.setattr("deputydesk.exchange.bundle_file.MOST_MEMBERS", 4)
    t1.do(units.add, name="水务局")
    for number in range(5):
        file = Path(stick) / f"{number}.txt"
        file.write_text(str(number))
        attachments.attach(t1, Unit, t1.ask(units.rows)[0].id, [file])

    first = sending.send(t1, "D", stick)
    got = receiving.receive(d, first.path)
    receiving.receive(t1, sending.send(d, "T1", stick).path)
    second = sending.send(t1, "D", stick)

    assert (first.files, first.left, got.files) == (2, 3, 2)
    assert (second.files, second.left) == (2, 1)
    assert t1.ask(partners.rows)[0].code == "D"
