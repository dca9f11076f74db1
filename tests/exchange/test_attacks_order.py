"""What comes in another order, at another time, half-way, or with no room for it."""

import errno
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import attachments, receiving, sending
from deputydesk.journal import history
from deputydesk.journal.intake import Outcome
from deputydesk.journal.segments import signed_text
from deputydesk.models import Unit
from deputydesk.office import Office, User
from deputydesk.operations import conflicts, partners, units
from deputydesk.search import index
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch
from tests.exchange.looking import logged, names, outcomes, state
from tests.exchange.test_attacks_lines import expunge, phone
from tests.journal import samples


def test_an_edit_that_comes_after_the_expunging_brings_no_value_back(offices, stick, tmp_path):
    t1, _, d = offices
    second = carriers.second_pc(tmp_path / "second", t1)
    t1.do(samples.batch, {"T1-0001": (Unit, {"name": "张某某"})}, {}, {})
    receiving.receive(second, sending.send(t1, "T1", stick).path)
    phone(second, "T1-0001", "13800000000")
    t1.do(expunge, Unit, "T1-0001")
    receiving.receive(d, sending.send(t1, "D", stick).path)

    receiving.receive(d, sending.send(second, "D", stick).path)
    receiving.receive(t1, sending.send(second, "T1", stick).path)

    for office in (d, t1):
        assert not [
            row for row in office.ask(logged) if "张某某" in row[-1] or "13800000000" in row[-1]
        ]
        assert names(office) == []
        assert office.check() == []
    second.close()


def test_a_change_that_comes_before_its_record_waits_and_is_then_shown(offices, stick):
    t1, _, d = offices
    born = stretch(t1, "first.T1", [line(1, "T1-0001", {"name": "水务局"})])
    base = '["first.T1:1"]'
    later = line(1, "T1-0001", {"name": "水利局"}, lam=2, kind="U", base=base)
    received = receiving.receive(
        d, forged(t1, d, stick / "a.ddb", [stretch(t1, "other.T1", [later])])
    )
    assert outcomes(received) == [Outcome.NEW]
    assert names(d) == []
    assert d.check() == []

    receiving.receive(d, forged(t1, d, stick / "b.ddb", [born]))

    assert names(d) == ["水利局"]
    assert d.check() == []


def test_an_import_that_is_cut_off_half_way_brings_nothing(offices, stick, monkeypatch):
    t1, _, d = offices
    t1.do(samples.batch, {f"T1-{n:04}": (Unit, {"name": f"单位{n}"}) for n in range(9)}, {}, {})
    path = sending.send(t1, "D", stick).path
    before = state(d)
    monkeypatch.setattr("deputydesk.journal.intake.AT_ONCE", 2)
    calls = iter(range(9))
    renew = index.renew

    def cut_off(session, written):
        if next(calls) == 3:
            raise KeyboardInterrupt
        renew(session, written)

    monkeypatch.setattr(index, "renew", cut_off)
    with pytest.raises(KeyboardInterrupt):
        receiving.receive(d, path)

    assert state(d) == before
    monkeypatch.setattr(index, "renew", renew)
    assert receiving.receive(d, path).new == 9
    assert d.check() == []


def test_attachments_that_find_no_room_go_the_next_time(offices, stick, monkeypatch):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    for number, size in enumerate((10_000, 30_000, 50_000)):
        photo = stick / f"{number}.txt"
        photo.write_bytes(bytes([number]) * size)
        attachments.attach(t1, Unit, t1.ask(units.rows)[0].id, [photo])
    monkeypatch.setattr(sending, "LARGEST_FILE", 70_000)

    told: list[tuple[int, int]] = []
    for _ in range(3):
        sent = sending.send(t1, "D", stick)
        told.append((sent.files, sent.left))
        receiving.receive(d, sent.path)
        receiving.receive(t1, sending.send(d, "T1", stick).path)

    assert told == [(2, 1), (1, 0), (0, 0)]


def test_an_attachment_too_big_for_the_stick_waits_for_one_with_room(offices, stick, monkeypatch):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    film = stick / "film.txt"
    film.write_bytes(b"f" * 90_000)
    attachments.attach(t1, Unit, t1.ask(units.rows)[0].id, [film])
    usage = shutil.disk_usage(stick)

    with monkeypatch.context() as small:
        little = usage._replace(free=sending.SPARE + 50_000)
        small.setattr(shutil, "disk_usage", lambda _: little)
        first = sending.send(t1, "D", stick)
    receiving.receive(d, first.path)
    receiving.receive(t1, sending.send(d, "T1", stick).path)
    second = sending.send(t1, "D", stick)

    assert (first.files, first.left) == (0, 1)
    assert (second.files, second.left) == (1, 0)
    assert receiving.receive(d, second.path).files == 1


def test_a_form_that_was_open_while_a_stick_came_in_overwrites_nothing_unseen(
    offices, stick, tmp_path
):
    t1, _, _ = offices
    second = carriers.second_pc(tmp_path / "second", t1)
    t1.do(samples.batch, {"T1-0001": (Unit, {"name": "水务局"})}, {}, {})
    receiving.receive(second, sending.send(t1, "T1", stick).path)
    phone(second, "T1-0001", "2")
    seen = t1.ask(history.seen, ("unit", "T1-0001"))
    receiving.receive(t1, sending.send(second, "T1", stick).path)

    t1.do_seen(seen, samples.batch, {}, {"T1-0001": (Unit, {"phone": "3"})}, {})

    assert t1.ask(history.conflicts) == [("unit", "T1-0001", "phone")]
    assert t1.ask(history.values_in_conflict, "unit", "T1-0001") == {"phone": ["2", "3"]}
    second.close()


def test_a_stick_from_ten_years_ago_comes_in(offices, stick, tmp_path):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    path = sending.send(t1, "D", stick).path
    d.close()
    folder = Path(d.data.path).parent
    shutil.copytree(folder, tmp_path / "later")
    later = carriers.clock(timedelta(days=3652))
    district = Office.open(tmp_path / "later" / "office.db", clock=later, user=User("D"))

    received = receiving.receive(district, path)

    assert (received.new, received.oldest[:4]) == (1, "2026")
    assert names(district) == ["水务局"]
    district.close()


def test_what_a_township_writes_as_the_district_s_by_itself_goes_nowhere(offices, stick, tmp_path):
    t1, t2, d = offices
    forging = {"common-0001": (Unit, {"name": "冒名"})}
    with pytest.raises(UserError, match="上级下发的"):
        t1.do(samples.batch, forging, {}, {})
    t1._is_given_to = False  # a program that does not refuse
    t1.do(samples.batch, forging, {}, {})

    received = receiving.receive(d, sending.send(t1, "D", stick).path)
    receiving.receive(t2, sending.send(d, "T2", stick).path)

    assert Outcome.NEW not in outcomes(received)
    assert names(d) == names(t2) == []


def test_a_signature_over_something_else_proves_nothing(offices, stick):
    t1, _, d = offices
    key = t1.ask(partners.keys)[0].secret.sign
    wrong = carriers.SUITE.sign(key, signed_text("dev.T1", 2, "0" * 64))
    made = stretch(t1, "dev.T1", [line(1, "T1-0001")], signature=wrong)

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))

    assert outcomes(received) == [Outcome.HELD]
    with pytest.raises(UserError):
        receiving.receive(d, stick / "none.ddb")


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "已满"), (errno.EIO, "磁盘出错"), (errno.ENODEV, "出错")]
)
def test_a_stick_that_is_full_or_pulled_out_keeps_its_older_bundles_and_nothing_half_written(
    offices, stick, monkeypatch, number, words
):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    older = sending.send(t1, "D", stick).path
    content = older.read_bytes()
    t1.do(units.add, name="城建局")

    sync = os.fsync

    def fail(descriptor):
        if [*stick.glob("*.part")]:
            raise OSError(number, "")
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(UserError, match=words):
            sending.send(t1, "D", stick)

    assert [*stick.iterdir()] == [older]
    assert older.read_bytes() == content
    receiving.receive(d, sending.send(t1, "D", stick).path)
    assert names(d) == ["城建局", "水务局"]


def test_changes_that_replace_each_other_in_a_ring_are_shown_and_can_be_settled(offices, stick):
    """None of ours names a later one; a forged stretch may."""
    t1, _, d = offices
    feed = "aaaaaaaaaa.T1"

    def change(number, value, *base):
        replaced = json.dumps([f"{feed}:{n}" for n in base], separators=(",", ":"))
        kind = "U" if base else "I"
        return line(number, "T1-1", {"name": value}, kind=kind, base=replaced)

    ring = [
        change(1, "甲"),
        change(2, "乙", 3),
        change(3, "丙", 2, 4),
        change(4, "丁", 1),
        change(5, "乙", 3),
        change(6, "戊", 1),
    ]
    receiving.receive(d, forged(t1, d, stick / "ring.ddb", [stretch(t1, feed, ring)]))

    [row] = d.ask(conflicts.rows)
    assert [said.text for said in row.said] == ["乙", "戊"]
    found = {"table": row.table, "record_id": row.record_id, "field": row.field}
    d.do(conflicts.settle, **found, value="戊")

    assert d.ask(conflicts.rows) == []
