"""Single lines and numbers that would stop a feed, a counter or the reader for ever."""

import json
from dataclasses import replace

import pytest
import zstandard

from deputydesk.errors import UserError
from deputydesk.exchange import payload, receiving, sending
from deputydesk.exchange.payload import BadPayload, Payload
from deputydesk.journal.intake import Outcome
from deputydesk.journal.log import body_hash
from deputydesk.journal.segments import signed_text
from deputydesk.journal.values import text_of
from deputydesk.models import Activity, Training, Unit
from deputydesk.office import Right, Tx, User, operation
from deputydesk.operations import conflicts, partners, units
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch
from tests.exchange.looking import names, outcomes, refused
from tests.journal import samples


@operation(Right.SETUP, "清除")
def expunge(tx: Tx, model: type[Unit], record_id: str) -> None:
    from deputydesk.journal import capture

    capture.expunge(tx.session, model, record_id)


def phone(office, record_id, number):
    office.do(samples.batch, {}, {record_id: (Unit, {"phone": number})}, {})


# ---------------------------------------------------------------- what is typed here
def test_what_looks_like_a_nul_but_is_six_letters_travels(offices, stick):
    t1, _, d = offices
    t1.do(units.add, name="JSON里的\\u0000")
    t1.do(units.add, name="后来的")

    received = receiving.receive(d, sending.send(t1, "D", stick).path)

    assert outcomes(received) == [Outcome.NEW]
    assert names(d) == ["JSON里的\\u0000", "后来的"]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Unit, {"name": "a\0b"}),
        (Unit, {"name": "a\ud800b"}),
        (Unit, {"name": "长" * 1_000_001}),
        (Activity, {"topics": ["a\0b"]}),
        (Activity, {"topics": ["a\ud800b"]}),
    ],
)
def test_what_other_pcs_could_not_keep_is_refused_where_it_is_typed(offices, stick, kind, values):
    t1, _, d = offices

    with pytest.raises(UserError, match="没有保存"):
        t1.do(samples.add, kind, **values)
    t1.do(units.add, name="后来的")

    assert outcomes(receiving.receive(d, sending.send(t1, "D", stick).path)) == [Outcome.NEW]
    assert names(d) == ["后来的"]


def test_the_longest_text_that_can_be_typed_travels(offices, stick):
    t1, _, d = offices
    name = "“𬱖”\n\\" * 100_000
    t1.do(units.add, name=name)

    receiving.receive(d, sending.send(t1, "D", stick).path)

    assert names(d) == [name]


@pytest.mark.parametrize("name", ["a\0b", "x" * 201])
def test_a_user_whose_name_the_log_cannot_keep_writes_nothing(offices, name):
    t1 = offices[0]
    t1.user = User(name)

    with pytest.raises(UserError, match="用户名中有不能保存的内容"):
        t1.do(units.add, name="水务局")

    assert names(t1) == []


def test_a_number_that_only_some_databases_keep_is_refused_where_it_is_typed(offices):
    with pytest.raises(UserError, match="不能保存的内容"):
        offices[0].do(samples.add, Training, hours=1 << 31)


def test_a_conflict_is_settled_only_by_what_the_field_can_hold(offices, stick, tmp_path):
    t1, _, d = offices
    second = carriers.second_pc(tmp_path / "second", t1)
    t1.do(samples.batch, {"T1-0001": (Unit, {"name": "水务局"})}, {}, {})
    receiving.receive(second, sending.send(t1, "T1", stick).path)
    phone(t1, "T1-0001", "2")
    phone(second, "T1-0001", "3")
    receiving.receive(t1, sending.send(second, "T1", stick).path)
    one = {"table": "unit", "record_id": "T1-0001", "field": "phone"}

    for wrong in (13800000000, None, ["3"], {"a": "3"}, True, "3\0"):
        with pytest.raises(UserError, match="不能保存的内容，没有裁定"):
            t1.do(conflicts.settle, **one, value=wrong)
    t1.do(conflicts.settle, **one, value="13800000000")

    assert set(outcomes(receiving.receive(d, sending.send(t1, "D", stick).path))) == {Outcome.NEW}
    assert d.check() == []
    second.close()


# ---------------------------------------------------------------- numbers and names
@pytest.mark.parametrize("seq", [True, 1.0])
def test_a_number_that_only_equals_one_is_none(offices, stick, seq):
    t1, _, d = offices
    made, lines = stretch(t1, "dev.T1", [line(1, "T1-0001")._replace(seq=seq)])
    key = t1.ask(partners.keys)[0].secret.sign
    signature = carriers.SUITE.sign(key, signed_text("dev.T1", 1, made.end))
    made = replace(made, first=1, last=1, signature=signature)

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [(made, lines)]))

    assert outcomes(received) == [Outcome.HELD]
    assert d.check() == []
    d.rebuild()


def test_a_counter_far_ahead_of_all_that_was_written_is_kept_aside(offices, stick, tmp_path):
    t1, _, d = offices
    made = stretch(t1, "dev.T1", [line(1, "T1-0001", lam=(1 << 48) - 1)])

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))
    d.do(units.add, name="财政局")
    second = carriers.second_pc(tmp_path / "second", d)
    receiving.receive(second, sending.send(d, "D", stick).path)

    assert outcomes(received) == [Outcome.HELD]
    assert names(second) == ["财政局"]
    second.close()


GOOD = ["dev.T1", 1, 1, "", "0" * 64, "T1", ""]


@pytest.mark.parametrize(
    "header",
    [
        {"have": {"x.T1": "1"}},
        {"have": {"x": 1}},
        {"have": {"x.T1": -1}},
        {"have": {"x.T1": True}},
        {"have": {"x.T1": 1e999}},
        {"have": {"x.T1": 1 << 53}},
        {"want": ["../../etc/passwd"]},
        {"want": [7]},
        {"keys": {"../x": []}},
        {"keys": {"T1": ["ключ"]}},
        {"keys": {"T1": 7}},
        {"retired": ["a.b"]},
        {"retired": ["a\0"]},
        *(
            {"feeds": [[*GOOD[:n], bad, *GOOD[n + 1 :]]]}
            for n, bad in (
                (0, "a-b.T1"),
                (0, "dev"),
                (0, "d" * 17 + ".T1"),
                (0, "dev.T1\n"),
                (0, 7),
                (1, True),
                (1, 0),
                (1, 2),
                (1, 1.0),
                (2, 1 << 53),
                (2, "1"),
                (3, "x"),
                (3, "0" * 63),
                (4, ""),
                (4, "G" * 64),
                (5, "T-1"),
                (5, None),
                (6, "x" * 2001),
                (6, "\0"),
            )
        ),
        {"feeds": [GOOD[:6]]},
        {"feeds": [GOOD, GOOD]},
        {"feeds": {"a": 1}},
    ],
)
def test_a_header_of_another_form_is_refused_with_the_whole_bundle(offices, stick, header):
    t1, _, d = offices
    told = {"feeds": [], "have": {}, "want": [], "keys": {}} | header
    text = json.dumps(told).encode() + b"\n" + json.dumps(line(1, "T1-0001")).encode() + b"\n"
    packed = zstandard.compress(text if "feeds" in header else text.splitlines()[0] + b"\n")
    changes = len(told["feeds"]) if "feeds" in header else 0

    path = forged(t1, d, stick / "a.ddb", [], packed=packed, manifest={"changes": changes})

    refused(d, path, "没有收入任何内容")


@pytest.mark.parametrize("last", [2, 1 << 52])
def test_a_stretch_that_claims_more_lines_than_there_are_is_refused_at_once(offices, stick, last):
    t1, _, d = offices
    made, lines = stretch(t1, "dev.T2", [line(1, "T2-0001")])
    longer = (replace(made, last=last), lines)

    refused(d, forged(t1, d, stick / "a.ddb", [longer]), "没有收入任何内容")
    refused(
        d,
        forged(t1, d, stick / "b.ddb", [longer], manifest={"changes": last}),
        "没有收入任何内容",
    )


def test_lines_that_end_too_early_are_no_stretch(offices, tmp_path):
    made, lines = stretch(offices[0], "dev.T1", [line(1, "T1-0001")])
    told = payload.Header((replace(made, last=3),), {}, (), {})
    payload.write(tmp_path / "payload", told, lines)

    with Payload(tmp_path / "payload", 3) as opened, pytest.raises(BadPayload, match="fewer"):
        list(opened.lines_of(opened.header.segments[0]))


# ---------------------------------------------------------------- what was left out
def test_what_somebody_wrote_cannot_be_left_out_by_who_carries_it(offices, stick):
    t1, _, d = offices
    segment, (one,) = stretch(d, "olddev.D", [line(1, "D-0001", {"name": "财政局"})])
    cut = one._replace(body=text_of(body_hash(one.body)))

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [(segment, [cut])]))
    assert outcomes(received) == [Outcome.HELD]
    received = receiving.receive(d, forged(t1, d, stick / "b.ddb", [(segment, [one])]))

    assert outcomes(received) == [Outcome.NEW]
    assert names(d) == ["财政局"]
    assert d.check() == []


def test_two_pcs_that_expunged_what_the_other_wrote_are_taken_in_together(offices, stick, tmp_path):
    t1, _, d = offices
    second = carriers.second_pc(tmp_path / "second", t1)
    t1.do(samples.batch, {"T1-0001": (Unit, {"name": "张某"})}, {}, {})
    second.do(samples.batch, {"T1-0002": (Unit, {"name": "李某"})}, {}, {})
    swap = [(t1, second), (second, t1)]
    for one, other in swap:
        receiving.receive(other, sending.send(one, "T1", stick).path)
    t1.do(expunge, Unit, "T1-0002")
    second.do(expunge, Unit, "T1-0001")
    t1.do(units.add, name="水务局")
    for one, other in swap:
        receiving.receive(other, sending.send(one, "T1", stick).path)

    received = receiving.receive(d, sending.send(t1, "D", stick).path)

    assert outcomes(received) == [Outcome.NEW, Outcome.NEW]
    assert (received.new, received.deleted) == (3, 2)
    assert names(d) == ["水务局"]
    assert d.check() == []
    second.close()


def test_a_name_or_a_body_of_another_form_is_kept_aside(offices, stick):
    t1, _, d = offices
    deep = "[" * 60 + "]" * 60
    bodies = [
        '[{"id":"T1-0009"},"s"]',
        f'[{{"{"f" * 65}":1}},"s"]',
        '[{"Größe":1}, "s"]',
        f'[{{"newer":{deep}}},"s"]',
        '[{"newer":"\\u0000"},"s"]',
        '[{"newer":{"\\u0000":[]}},"s"]',
        '[{"newer":["\\u0000"]},"s"]',
        '[{"newer":1e999},"s"]',
        '[{"newer":99999999999999999999},"s"]',
        f' "{"0" * 64}"',
        "7",
    ]

    for number, body in enumerate(bodies):
        good = line(1, "T1-0001")
        segment, _ = stretch(t1, f"dev{number}.T1", [good])
        path = forged(t1, d, stick / f"{number}.ddb", [(segment, [good._replace(body=body)])])
        assert outcomes(receiving.receive(d, path)) == [Outcome.HELD], body

    assert names(d) == []
    assert d.check() == []


@pytest.mark.parametrize("other", [{"usr": "a\0b"}, {"ts": "2026\0"}, {"ts": "2" * 33}])
def test_a_writer_or_a_time_that_no_database_keeps_is_kept_aside(offices, stick, other):
    t1, _, d = offices
    made = stretch(t1, "dev.T1", [line(1, "T1-0001", **other)])

    assert outcomes(receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))) == [Outcome.HELD]
