"""What an office may write here, be told and be given; what the office keeps to itself."""

import hashlib
import json
import zlib
from datetime import timedelta

import pytest
import zstandard
from sqlalchemy import select, update

from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import attachments, backup, cards, device, receiving, sending
from deputydesk.journal import capture
from deputydesk.journal.intake import Outcome
from deputydesk.journal.tables import SyncHold, SyncPeer
from deputydesk.journal.values import models
from deputydesk.models import Unit
from deputydesk.office import Office, Right, Tx, operation
from deputydesk.operations import partners, units
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch
from tests.journal import samples


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def offices(tmp_path):
    """A township, another one, their district."""
    made = [carriers.created(tmp_path / code, code) for code in ("T1", "T2", "D")]
    for child in made[:2]:
        carriers.introduce(child, made[2])
    yield made
    for office in made:
        office.close()


@operation(Right.HANDLE, "彻底删除", can_undo=False)
def expunge(tx: Tx, record_id: str) -> None:
    capture.expunge(tx.session, Unit, record_id)


def pc(office):
    return office.ask(partners.myself)[1]


def outcomes(received):
    return [one.outcome for one in received.taken]


def names(office):
    return sorted(row.name for row in office.ask(units.rows))


def asking(office, to, path, header):
    """A bundle by hand that carries nothing but a header."""
    told = {"feeds": [], "have": {}, "want": [], "keys": {}} | header
    return forged(
        office, to, path, [], packed=zstandard.compress(json.dumps(told).encode() + b"\n")
    )


def attached(office, folder, text):
    """A content that belongs to a record of an office; its SHA-256."""
    file = folder / f"{text}.txt"
    file.write_text(text, encoding="utf-8")
    unit = office.do(units.add, name=text)
    attachments.attach(office, Unit, unit, [file], confidential=True)
    return hashlib.sha256(file.read_bytes()).hexdigest()


# ---------------------------------------------------------------- whose feed it is
@pytest.mark.parametrize("before", [False, True], ids=["present name", "name it had before"])
def test_nobody_else_can_write_under_the_name_of_this_pc(offices, stick, before):
    t1, _, d = offices
    name = pc(d)
    if before:
        d.do(device.renew)

    received = receiving.receive(
        d, forged(t1, d, stick / "a.ddb", [stretch(t1, f"{name}.T1", [line(1, "T1-0001")])])
    )

    assert outcomes(received) == [Outcome.HELD]
    assert names(d) == []


def test_nobody_else_can_write_under_the_name_of_another_pc_of_this_office(
    offices, stick, tmp_path
):
    t1, _, d = offices
    second = carriers.second_pc(tmp_path / "D2", d)
    receiving.receive(d, sending.send(second, "D", stick).path)
    made = stretch(t1, f"{pc(second)}.T1", [line(1, "T1-0001")])

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))

    assert outcomes(received) == [Outcome.HELD]
    second.close()


def test_a_township_that_takes_the_name_of_another_s_pc_shuts_it_out_of_nothing(offices, stick):
    t1, t2, d = offices
    made = stretch(t1, f"{pc(t2)}.T1", [line(1, "T1-0001")])
    receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))  # before anybody has heard of it
    t2.do(units.add, name="城建局")

    received = receiving.receive(d, sending.send(t2, "D", stick).path)

    assert outcomes(received) == [Outcome.NEW]
    assert names(d) == ["城建局", "水务局"]
    assert d.check() == []


# ---------------------------------------------------------------- what is asked for
def test_an_attachment_is_given_only_to_whom_its_record_goes(offices, stick, tmp_path):
    t1, t2, d = offices
    digest = attached(t1, tmp_path, "秘密")
    receiving.receive(d, sending.send(t1, "D", stick).path)
    receiving.receive(d, asking(t2, d, stick / "a.ddb", {"want": [digest]}))
    receiving.receive(d, asking(t1, d, stick / "b.ddb", {"want": [digest]}))

    assert sending.send(d, "T2", stick).files == 0
    assert sending.send(d, "T1", stick).files == 1


def test_an_office_is_asked_only_for_what_it_may_have(offices, stick, tmp_path):
    t1, t2, d = offices
    digests = {"T1": attached(t1, tmp_path, "甲"), "T2": attached(t2, tmp_path, "乙")}
    for township in (t1, t2):
        receiving.receive(d, sending.send(township, "D", stick).path)
    store = attachments.store_of(d)
    for digest in digests.values():
        store.path(digest).unlink()

    for township in (t1, t2):
        receiving.receive(township, sending.send(d, township.code, stick).path)

        found = township.ask(lambda session: session.scalars(select(SyncPeer)).one().want)
        assert found == [digests[township.code]]


def test_a_bundle_takes_along_only_as_many_attachments_as_a_reader_takes(
    offices, stick, tmp_path, monkeypatch
):
    t1, _, d = offices
    monkeypatch.setattr("deputydesk.exchange.bundle_file.MOST_MEMBERS", 4)
    for number in range(4):
        attached(t1, tmp_path, f"{number}")

    first = sending.send(t1, "D", stick)
    receiving.receive(d, first.path)
    receiving.receive(t1, sending.send(d, "T1", stick).path)
    second = sending.send(t1, "D", stick)
    received = receiving.receive(d, second.path)

    assert (first.files, first.left) == (2, 2)
    assert (second.files, second.left) == (2, 0)
    assert received.files == 2
    assert d.ask(sending.lacking, attachments.store_of(d), lambda _scope: True) == []


# ---------------------------------------------------------------- PCs of an office
def test_two_offices_may_name_a_pc_alike(offices, stick):
    t1, t2, d = offices
    receiving.receive(d, forged(t2, d, stick / "a.ddb", [], manifest={"device": pc(t1)}))
    t1.do(units.add, name="水务局")

    receiving.receive(d, sending.send(t1, "D", stick).path)

    assert names(d) == ["水务局"]
    assert d.ask(partners.partner, "T1").seen == d.ask(partners.partner, "T2").seen != ""


def test_a_pc_that_was_scrapped_is_not_waited_for(offices, stick, tmp_path):
    t1, _, d = offices
    second = carriers.second_pc(tmp_path / "T1b", t1)
    receiving.receive(d, sending.send(second, "D", stick).path)
    for office in (d, t1):
        office.clock = carriers.clock(timedelta(days=400))
    t1.do(units.add, name="水务局")
    receiving.receive(d, sending.send(t1, "D", stick).path)
    d.do(samples.batch, {"common-0001": (Unit, {"name": "财政局"})}, {}, {})
    receiving.receive(t1, sending.send(d, "T1", stick).path)
    receiving.receive(d, sending.send(t1, "D", stick).path)

    assert sending.send(d, "T1", stick).changes == 0

    receiving.receive(d, sending.send(second, "D", stick).path)  # it was only in a drawer

    assert sending.send(d, "T1", stick).changes == 2
    second.close()


# ---------------------------------------------------------------- keys
def secrets_of(office):
    [key] = office.ask(partners.keys)
    return [key.secret.sign.encode(), key.secret.seal.encode()]


def test_neither_a_bundle_nor_a_backup_nor_the_data_holds_a_private_key(offices, stick):
    t1, _, _ = offices
    t1.do(units.add, name="水务局")
    files = [sending.send(t1, "D", stick).path, backup.back_up(t1), t1.data.path]

    for file in files:
        assert not any(secret in file.read_bytes() for secret in secrets_of(t1))


def test_on_another_pc_the_keys_do_not_open_and_new_ones_are_made_by_a_person(
    offices, stick, tmp_path, monkeypatch
):
    t1, _, d = offices
    path = sending.send(d, "T1", stick).path
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path / "other"))

    for work in (
        lambda: cards.own(t1),
        lambda: sending.send(t1, "D", stick),
        lambda: receiving.receive(t1, path),
    ):
        with pytest.raises(UserError, match="在另一台电脑上封存"):
            work()
    assert t1.ask(partners.keys) == []

    t1.do(partners.make_keys)

    assert cards.own(t1).sign != d.ask(partners.partner, "T1").sign
    assert (tmp_path / "other" / "pc.key").stat().st_mode & 0o077 == 0


def test_an_office_without_keys_is_told_to_make_them(tmp_path, stick):
    bare = Office.create(tmp_path / "x.db", code="T9", clock=carriers.clock(), user=samples.ZHANG)

    with pytest.raises(UserError, match="还没有密钥"):
        sending.send(bare, "D", stick)

    bare.close()


def test_a_township_whose_pc_died_gets_all_back_with_new_keys(offices, stick, tmp_path):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    receiving.receive(d, sending.send(t1, "D", stick).path)
    new = carriers.created(tmp_path / "new", "T1")
    carriers.introduce(new, d)

    received = receiving.receive(new, sending.send(d, "T1", stick).path)

    assert outcomes(received) == [Outcome.NEW]
    assert names(new) == ["水务局"]
    receiving.receive(new, sending.send(d, "T1", stick).path)
    assert len(new.ask(partners.former_keys)) == 1
    new.do(units.add, name="城建局")
    receiving.receive(d, sending.send(new, "D", stick).path)
    assert names(d) == ["城建局", "水务局"]
    new.close()


def test_an_office_below_cannot_say_what_we_signed_with(offices, stick):
    t1, t2, d = offices
    key = carriers.card(t2).sign

    receiving.receive(d, asking(t1, d, stick / "a.ddb", {"keys": {"D": [key]}}))
    receiving.receive(t1, asking(d, t1, stick / "b.ddb", {"keys": {"T1": ["no key"]}}))

    assert d.ask(partners.former_keys) == t1.ask(partners.former_keys) == []


# ---------------------------------------------------------------- older and newer programs


def test_a_table_that_an_older_program_did_not_know_is_passed_on_and_there_after_the_upgrade(
    offices, stick, tmp_path, monkeypatch
):
    t1, _, d = offices
    t1.do(units.add, name="水务局")
    path = sending.send(t1, "D", stick).path
    second = carriers.second_pc(tmp_path / "second", t1)
    asks = sending.send(second, "D", stick).path

    with monkeypatch.context() as older:
        older.delitem(models(), "unit")
        receiving.receive(d, path)
        receiving.receive(d, asks)
        on = sending.send(d, "T1", stick).path
    before = names(d)
    d.rebuild()  # as every upgrade does
    receiving.receive(second, on)

    assert before == []
    assert names(d) == names(second) == ["水务局"]
    assert d.check() == second.check() == []
    second.close()


# ---------------------------------------------------------------- what must be forgotten
def held(office):
    def lines(session):
        return [zlib.decompress(one.lines).decode() for one in session.scalars(select(SyncHold))]

    return office.ask(lines)


def clone_s_branch(t1, d, stick, number):
    """A second PC under one name: the district cannot tell whose change is right."""
    made = stretch(
        t1,
        "clone.T1",
        [line(1, "T1-0001", {"name": f"葛某某{number}"}), line(2, "T1-0009", {"name": "水务局"})],
    )
    return receiving.receive(d, forged(t1, d, stick / f"{number}.ddb", [made]))


def test_what_is_expunged_is_in_nothing_that_was_put_aside(offices, stick):
    t1, _, d = offices
    clone_s_branch(t1, d, stick, 1)
    received = clone_s_branch(t1, d, stick, 2)
    before = held(d)

    d.do(expunge, "T1-0001")

    assert outcomes(received) == [Outcome.FORK]
    assert "葛某某2" in before[0]
    assert "葛某某" not in "".join(held(d))
    assert "水务局" in "".join(held(d))
    assert d.check() == []


def test_what_was_meddled_with_where_it_lies_aside_stays_as_it_is(offices, stick):
    t1, _, d = offices
    clone_s_branch(t1, d, stick, 1)
    clone_s_branch(t1, d, stick, 2)
    with d.data.engine.begin() as behind:
        behind.execute(update(SyncHold).values(lines=zlib.compress(b"?\n[]\n")))

    d.do(expunge, "T1-0001")

    assert held(d) == ["?\n[]\n"]


def test_what_was_expunged_is_not_put_aside_when_it_comes_later(offices, stick):
    t1, _, d = offices
    clone_s_branch(t1, d, stick, 1)
    d.do(expunge, "T1-0001")

    received = clone_s_branch(t1, d, stick, 2)

    assert outcomes(received) == [Outcome.FORK]
    assert "葛某某" not in "".join(held(d))
    assert "水务局" in "".join(held(d))


# ---------------------------------------------------------------- codes
@pytest.mark.parametrize("code", ["common", "COMMON", "local", "CON", "nul", "Aux", "prn", "com1"])
def test_a_code_that_means_something_else_is_no_office(tmp_path, stick, code):
    card = carriers.Card(code, "单位", "age-ed25519", "0" * 64, "age1x")
    path = stick / "x.ddcard"
    path.write_text(card.to_text(), encoding="utf-8")

    with pytest.raises(UserError, match="不是单位名片"):
        cards.read(path)
    with pytest.raises(FieldError, match="单位代码"):
        Office.create(tmp_path / "x.db", code=code, clock=carriers.clock(), user=samples.ZHANG)
