"""Who finds a stick cannot prove that a file they know is in it; its readers find each content."""

import io
import zipfile
from hashlib import sha256

import pytest

from deputydesk.exchange import attachments, blob_names, payload, receiving, sending
from deputydesk.exchange.bundle_file import Refused
from deputydesk.models import Unit
from deputydesk.operations import erasing, units
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch

LETTER = "葛某某的来信".encode()
DIGEST = sha256(LETTER).hexdigest()


@pytest.fixture
def town(offices, tmp_path):
    """A township with a letter."""
    file = tmp_path / "letter.txt"
    file.write_bytes(LETTER)
    offices[0].do(units.add, name="水务局")
    attachments.attach(offices[0], Unit, offices[0].ask(units.rows)[0].id, [file])
    return offices[0]


def sealed_for(office):
    sealed = io.BytesIO()
    carriers.SUITE.seal(io.BytesIO(LETTER), sealed, [carriers.card(office).seal])
    return sealed.getvalue()


def named(seq=1):
    values = {"digest": DIGEST, "name": "来信", "owner_id": "T1-1", "owner_kind": "unit"}
    return line(seq, "T1-0001", values, tab="attachment")


def test_no_byte_of_a_bundle_tells_the_content_of_an_attachment(town, offices, stick):
    paths = [sending.send(town, code, stick).path for code in ("D", "D")]
    names = [set(zipfile.ZipFile(path).namelist()) for path in paths]

    assert all(DIGEST.encode() not in path.read_bytes() for path in paths)
    assert [sum(name.startswith("blob/") for name in some) for some in names] == [1, 1]
    assert names[0] != names[1]
    for path in paths:
        receiving.receive(offices[2], path)
    assert attachments.store_of(offices[2]).digests() == [DIGEST]


@pytest.mark.parametrize(("few", "times"), [(0, 1), (1, 2)])
def test_of_many_contents_those_that_are_here_are_not_opened_again(
    town, offices, stick, monkeypatch, few, times
):
    monkeypatch.setattr(receiving, "FEW", few)
    first, second = (sending.send(town, "D", stick).path for _ in range(2))
    opened = []
    unseal = receiving._unseal
    monkeypatch.setattr(
        receiving, "_unseal", lambda b, name, *rest: opened.append(name) or unseal(b, name, *rest)
    )

    got = [receiving.receive(offices[2], path).files for path in (first, second)]

    assert got == [1, 0]
    assert sum(name.startswith("blob/") for name in opened) == times


def test_a_bundle_of_an_earlier_version_names_contents_plainly_and_is_read(offices, stick):
    t1, _, d = offices
    made = stretch(t1, "dev.T1", [named()])
    members = {f"blob/{DIGEST}": sealed_for(d)}

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made], members=members))

    assert received.files == 1
    assert attachments.store_of(d).digests() == [DIGEST]


@pytest.mark.parametrize("key", ["", "ab" * 32])
def test_a_content_under_another_name_than_its_own_is_not_kept(offices, stick, tmp_path, key):
    t1, _, d = offices
    made = stretch(t1, "dev.T1", [named()])
    packed = tmp_path / "packed"
    payload.write(packed, payload.Header((made[0],), {}, (), {}, naming=key), made[1])
    name = blob_names.blob_name(key, "0" * 64)
    bundle = forged(
        t1,
        d,
        stick / "a.ddb",
        [made],
        packed=packed.read_bytes(),
        members={f"blob/{name}": sealed_for(d)},
    )

    assert receiving.receive(d, bundle).files == 0
    assert attachments.store_of(d).digests() == []


def test_a_key_of_another_form_refuses_the_bundle(offices, stick, tmp_path):
    t1, _, d = offices
    packed = tmp_path / "packed"
    payload.write(packed, payload.Header((), {}, (), {}, naming="x"), [])

    with pytest.raises(Refused, match="不是交换文件"):
        receiving.receive(d, forged(t1, d, stick / "a.ddb", [], packed=packed.read_bytes()))


def test_an_old_bundle_does_not_bring_back_the_file_of_what_was_erased(town, offices, stick):
    d, old = offices[2], sending.send(town, "D", stick).path
    receiving.receive(d, old)
    [row] = d.ask(attachments.attachments.rows, "unit", town.ask(units.rows)[0].id)
    town.do(erasing.erase, table="attachment", record_id=row.id)
    receiving.receive(d, sending.send(town, "D", stick).path)
    assert attachments.store_of(d).digests() == []

    receiving.receive(d, old)

    assert attachments.store_of(d).digests() == []
    assert d.check() == []


def test_a_content_whose_bundle_is_refused_in_the_end_is_not_kept(offices, stick):
    t1, _, d = offices
    segment, lines = stretch(t1, "dev.T1", [named()])
    members = {f"blob/{DIGEST}": sealed_for(d)}
    path = forged(t1, d, stick / "a.ddb", [(segment, lines * 2)], members=members)

    with pytest.raises(Refused):
        receiving.receive(d, path)

    assert attachments.store_of(d).digests() == []
