"""Files and lines that this program never writes: what is in them is refused, or kept aside."""

import zipfile
from dataclasses import replace

import pytest
import zstandard

from deputydesk.errors import UserError
from deputydesk.exchange import cards, payload, receiving, sending
from deputydesk.journal.intake import Outcome
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch
from tests.exchange.looking import outcomes, refused
from tests.journal import samples


# ---------------------------------------------------------------- 8 to 10: bombs and paths
def test_a_bomb_is_refused_before_it_fills_the_disk(offices, stick, monkeypatch):
    t1, _, d = offices
    monkeypatch.setattr(payload, "LARGEST", 1 << 20)
    header = b'{"feeds":[],"have":{},"want":[],"keys":{},"retired":[]}\n'
    packed = zstandard.compress(header + b"[]\n" * (1 << 20))
    plain = stick / "plain"
    plain.write_bytes(packed)

    refused(d, forged(t1, d, stick / "a.ddb", [], packed=packed), "没有收入任何内容")

    got: list[bytes] = []  # of 3 MB
    with payload.Payload(plain, 0) as opened, pytest.raises(payload.BadPayload, match="too large"):
        got.extend(opened._unpacked())
    assert sum(map(len, got)) <= (1 << 20) + (1 << 18)


@pytest.mark.parametrize("name", ["../../evil", "C:\\evil", "blob/../x", "blob/" + "0" * 63, "x"])
def test_a_member_that_has_no_place_in_a_bundle_is_refused_and_no_file_is_made(
    offices, stick, name, tmp_path
):
    t1, _, d = offices
    path = forged(t1, d, stick / "a.ddb", [], members={name: b"evil"})
    before = sorted(tmp_path.rglob("*"))  # of all offices, and what lies beside them

    refused(d, path, "不是交换文件")

    assert sorted(tmp_path.rglob("*")) == before


def test_members_that_are_larger_than_the_file_are_refused(offices, stick):
    """As where several lie in one another: so few bytes that unpack to very many."""
    t1, _, d = offices
    path = forged(t1, d, stick / "a.ddb", [])
    with zipfile.ZipFile(path) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, told in inside.items():
            archive.writestr(name, told)
        archive.filelist[2].file_size = archive.filelist[2].compress_size = 10**6

    refused(d, path, "不是交换文件")


def test_an_attachment_that_is_not_in_the_signed_list_is_refused(offices, stick):
    t1, _, d = offices
    path = forged(t1, d, stick / "a.ddb", [])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("blob/" + "0" * 64, b"evil")

    refused(d, path, "不是交换文件")


def test_an_attachment_whose_content_is_not_what_its_name_says_is_not_kept(offices, stick):
    t1, _, d = offices
    sealed = stick / "sealed"
    with sealed.open("wb") as target, (stick / "plain").open("wb+") as plain:
        plain.write(b"evil")
        plain.seek(0)
        carriers.SUITE.seal(plain, target, [carriers.card(d).seal])
    path = forged(t1, d, stick / "a.ddb", [], members={"blob/" + "0" * 64: sealed.read_bytes()})

    assert receiving.receive(d, path).files == 0


def test_an_attachment_named_by_a_path_is_never_read(offices, stick):
    t1, _, d = offices
    values = {"digest": "../../../etc/passwd", "name": "照片", "owner_id": "T1-1"}
    made = stretch(t1, "dev.T1", [line(1, "T1-0001", values, tab="attachment")])

    received = receiving.receive(d, forged(t1, d, stick / "a.ddb", [made]))
    sent = sending.send(d, "T1", stick)

    assert received.new == 1
    assert sent.files == 0


# ---------------------------------------------------------------- 33 to 36: files and lines
def test_two_members_of_one_name_are_refused(offices, stick):
    t1, _, d = offices
    path = forged(t1, d, stick / "a.ddb", [])
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("manifest.json", b"{}")

    refused(d, path, "不是交换文件")


@pytest.mark.parametrize(("count", "is_taken"), [(19_999, True), (20_000, False)])
def test_twenty_thousand_and_one_members_are_refused(offices, stick, count, is_taken):
    t1, _, d = offices
    blobs = {f"blob/{number:064x}": b"" for number in range(count)}  # and the payload
    path = forged(t1, d, stick / "a.ddb", [], members=blobs)

    if is_taken:
        assert receiving.preview(d, path).taken == ()
    else:
        refused(d, path, "不是交换文件")


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"no zstd",
        zstandard.compress(b"[" * 100_000),
        zstandard.compress(b"{}\n"),
        zstandard.compress(
            b'{"feeds":[["a.T1",1,NaN,"","","T1",""]],"have":{},"want":[],"keys":{}}\n'
        ),
        zstandard.compress(b'{"feeds":[],"have":{},"want":[],"keys":{}}\n[1]\n'),
        zstandard.compress(b'{"feeds":[],"have":{},"want":[],"keys":{}}'),
        zstandard.compress(b'{"feeds":[],"have":[],"want":[],"keys":{}}\n'),
    ],
)
def test_a_payload_that_is_none_is_refused_in_a_sentence(offices, stick, packed):
    t1, _, d = offices

    refused(d, forged(t1, d, stick / "a.ddb", [], packed=packed), "没有收入任何内容")


@pytest.mark.parametrize(
    "other",
    [
        {"body": "[" * 100_000},
        {"body": '[{"name":NaN},"s"]'},
        {"body": '[{"name":"\\ud800"},"s"]'},
        {"body": '[{"name":"\\u0000"},"s"]'},
        {"body": '[{"name":1},"s"]'},
        {"body": '[{"name":null},"s"]'},
        {"body": '[{"size":99999999999999999999},"s"]'},
        {"body": '[{"size":1e400},"s"]'},
        {"body": '["values"]'},
        {"body": '"short"'},
        {"body": "a" * 4_000_001},
        {"base": '{"a":1}'},
        {"base": '["../x"]'},
        {"base": "[ ]"},
        {"kind": "Z"},
        {"kind": "D"},
        {"tab": "sqlite_master; drop"},
        {"tab": "../x"},
        {"pk": "T1"},
        {"pk": "T1-" + "0" * 70},
        {"usr": "x" * 300},
        {"usr": 7},
        {"lam": True},
        {"lam": 0},
        {"lam": "1"},
        {"seq": 7},
    ],
)
def test_a_line_that_this_program_never_writes_is_kept_aside_and_changes_nothing(
    offices, stick, other
):
    t1, _, d = offices
    good = line(1, "T1-0001")
    segment, _ = stretch(t1, "dev.T1", [good])
    before = d.ask(samples.everything)

    received = receiving.receive(
        d, forged(t1, d, stick / "a.ddb", [(segment, [good._replace(**other)])])
    )

    assert outcomes(received) == [Outcome.HELD]
    assert d.ask(samples.everything) == before
    assert d.check() == []


@pytest.mark.parametrize("code", ["../x", "T1.common", "", "T 1", "T1\n"])
def test_a_card_with_a_code_that_is_none_is_refused(offices, stick, code):
    card = replace(carriers.card(offices[0]), office=code)
    (stick / "x.ddcard").write_text(card.to_text(), encoding="utf-8")

    with pytest.raises(UserError, match="不是单位名片"):
        cards.read(stick / "x.ddcard")


def test_a_newer_bundle_is_refused_for_its_age_alone(offices, stick):
    t1, _, d = offices

    refused(d, forged(t1, d, stick / "a.ddb", [], manifest={"fmt": 2}), "请先升级本程序")


def test_header_of_a_bundle_cannot_name_a_feed_twice(offices, stick):
    t1, _, d = offices
    made = stretch(t1, "dev.T1", [line(1, "T1-0001")])

    refused(d, forged(t1, d, stick / "a.ddb", [made, made]), "没有收入任何内容")


@pytest.mark.parametrize("place", [-3, -4, -5, -6])
def test_a_list_of_members_that_begins_elsewhere_than_the_file_has_it_is_refused(
    offices, stick, place
):
    t1, _, d = offices
    path = sending.send(t1, "D", stick).path
    content = bytearray(path.read_bytes())
    content[place] ^= 0x40
    path.write_bytes(content)

    refused(d, path, "不是交换文件")
