"""What is refused in a sentence of its own: sticks that lie, cards that are none, later files."""

import errno
import json
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import attachments, bundle_file, cards, holding, receiving, sending
from deputydesk.exchange.bundle_file import Manifest
from deputydesk.journal.intake import Outcome
from deputydesk.models import Unit
from deputydesk.operations import partners
from deputydesk.security.suite import SUITE
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch
from tests.exchange.looking import names, outcomes, refused
from tests.journal import samples


def told(office, to) -> Manifest:
    device = office.ask(partners.myself)[1]
    return Manifest(
        suite=SUITE.name,
        id="0" * 32,
        device=device,
        office=office.code,
        to=to.code,
        at="2026-11-23T09:00:00",
        changes=0,
        app="test",
    )


def signer(office):
    return partial(SUITE.sign, office.ask(partners.keys)[0].secret.sign)


def test_a_name_that_is_taken_on_the_stick_is_not_written_over(offices, stick):
    t1, _, d = offices
    path = stick / "a.ddb"
    path.write_bytes(b"older")

    with pytest.raises(UserError):
        bundle_file.write(path, told(t1, d), {}, signer(t1))

    assert path.read_bytes() == b"older"
    assert [p.name for p in stick.iterdir()] == ["a.ddb"]


def test_a_stick_that_gives_back_something_else_keeps_no_file(offices, stick, monkeypatch):
    t1, _, _ = offices
    plain = bundle_file._write

    def lying(part, *rest):
        whole = plain(part, *rest)
        written = bytearray(part.read_bytes())
        written[len(written) // 2] ^= 1
        part.write_bytes(written)
        return whole

    monkeypatch.setattr(bundle_file, "_write", lying)
    samples.visit(t1)

    with pytest.raises(UserError, match="读出来不一样"):
        sending.send(t1, "D", stick)

    assert list(stick.iterdir()) == []


def test_a_stick_that_is_gone_when_it_should_be_tidied_says_what_was_wrong_first(
    offices, stick, monkeypatch
):
    t1, _, _ = offices

    def full(*_rest):
        raise OSError(errno.ENOSPC, "full")

    def gone(_path, **_how):
        raise OSError(errno.ENODEV, "gone")

    monkeypatch.setattr(bundle_file, "_write", full)
    monkeypatch.setattr(Path, "unlink", gone)
    try:
        with pytest.raises(UserError, match="已满"):
            sending.send(t1, "D", stick)
    finally:
        monkeypatch.undo()


def test_a_bundle_without_its_payload_or_with_an_endless_manifest_is_none(
    offices, stick, monkeypatch
):
    t1, _, d = offices
    bundle_file.write(stick / "a.ddb", told(t1, d), {}, signer(t1))
    refused(d, stick / "a.ddb", "不是交换文件")
    whole = forged(t1, d, stick / "b.ddb", [])
    monkeypatch.setattr(bundle_file, "LARGEST_MANIFEST", 10)

    refused(d, whole, "不是交换文件")


def test_a_bundle_in_a_way_of_sealing_of_later_days_is_refused_for_its_age(offices, stick):
    t1, _, d = offices

    refused(d, forged(t1, d, stick / "a.ddb", [], manifest={"suite": "sm"}), "更新版本")


def test_of_many_scans_those_that_are_here_already_are_not_opened_again(
    offices, stick, tmp_path, monkeypatch
):
    monkeypatch.setattr(receiving, "FEW", 0)
    t1, _, d = offices
    unit = t1.do(samples.add, Unit, name="水务局")
    scan = tmp_path / "函.pdf"
    scan.write_bytes(b"%PDF-1.7 " + b"x" * 500)
    attachments.attach(t1, Unit, unit, [scan])
    first, second = (sending.send(t1, "D", stick).path for _ in range(2))
    assert receiving.receive(d, first).files == 1
    opened = []
    monkeypatch.setattr(
        receiving,
        "_unseal",
        lambda bundle, name, to, trusted, plain=receiving._unseal: (
            opened.append(name),
            plain(bundle, name, to, trusted),
        )[1],
    )

    assert receiving.receive(d, second).files == 0

    assert opened == [bundle_file.PAYLOAD]


def test_nobody_goes_on_with_the_feed_of_another_office(offices, stick):
    t1, t2, d = offices
    feed = f"{t1.ask(partners.myself)[1]}.T1"
    t1.do(samples.add, Unit, name="水务局")
    receiving.receive(d, sending.send(t1, "D", stick).path)
    segment, lines = stretch(t2, feed, [line(2, "T1-0002", {"name": "冒名"})], before="0" * 64)

    received = receiving.receive(d, forged(t2, d, stick / "x.ddb", [(segment, lines)]))

    assert outcomes(received) == [Outcome.HELD]
    assert "应由“T1”写" in received.taken[0].why
    assert names(d) == ["水务局"]


@pytest.mark.parametrize(
    ("values", "tab"),
    [({"held_on": "2026-13-01"}, "visit"), ({"held_on": "20261101"}, "visit")],
)
def test_a_day_that_is_none_is_kept_aside(offices, stick, values, tab):
    t1, _, d = offices
    made = stretch(t1, "dev.T1", [line(1, "T1-0001", values, tab=tab)])

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))

    assert outcomes(received) == [Outcome.HELD]


def test_a_line_that_is_none_leads_nowhere(offices):
    segment, _ = stretch(offices[0], "dev.T1", [line(1, "T1-0001")])

    assert holding._linked(segment, "", b"null") == "-"
    assert holding._linked(segment, "", b"[1]") == "-"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "读不出来"),
        ("{", "不是单位名片"),
        ("[]", "不是单位名片"),
        ({"name": 5}, "不是单位名片"),
        ({"fmt": 2}, "更新版本"),
        ({"suite": "sm"}, "更新版本"),
        ({"sign": "00"}, "不是单位名片"),
    ],
)
def test_what_is_no_card_is_said_to_be_none(offices, stick, content, words):
    path = cards.write(carriers.card(offices[0]), stick)
    if isinstance(content, dict):
        content = json.dumps(json.loads(path.read_text(encoding="utf-8")) | content)
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")

    with pytest.raises(UserError, match=words):
        cards.read(path)


def test_a_card_that_is_one_is_read(offices, stick):
    own = carriers.card(offices[0])

    assert cards.read(cards.write(own, stick)) == own
    assert cards.read(cards.write(replace(own, name="新名"), stick)).name == "新名"
    with suppress(FileNotFoundError):
        (stick / "T1.ddcard.part").unlink()
        pytest.fail("a half-written card was left")
