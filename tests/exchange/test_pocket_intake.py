"""Notes come in as files, pictures of codes, or what a scanner types; photos come along."""

import base64
import io
import json
from pathlib import Path

import pytest
import segno
from PIL import Image

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import attachments, pocket_intake
from deputydesk.exchange.pocket_intake import Inbox
from deputydesk.operations import attachments as records
from deputydesk.operations import opinions
from deputydesk.operations.pocket_notes import NoteState
from deputydesk.rules import pocket_codes
from tests import make

ID = "01a21ed257b671029a0891ed887c514d"


@pytest.fixture
def note(office):
    home = make.home(office)
    deputy = make.deputy(office, name="王伟", home_id=home)
    return {
        "id": ID,
        "rev": 1,
        "deputy": deputy,
        "date": "2026-11-20",
        "home": home,
        "channel": "home",
        "matter": "路灯不亮",
        "detail": "东头三盏。" * 60,
        "voter": "郝平",
        "phone": "",
    }


def photo(colour="#336699") -> str:
    packed = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(packed, "JPEG")
    return "data:image/jpeg;base64," + base64.b64encode(packed.getvalue()).decode()


def whole(*notes, office="T1") -> str:
    said = {"deputydesk": "pocket", "version": 1, "office": office, "notes": list(notes)}
    return json.dumps(said, ensure_ascii=False)


def file_of(folder: Path, *notes, name="代表随手记-王伟.json", **other) -> Path:
    path = folder / name
    path.write_text(whole(*notes, **other), encoding="utf-8")
    return path


def pictures_of(folder: Path, text: str) -> list[Path]:
    found = []
    for number, code in enumerate(pocket_codes.encode(text.encode()), start=1):
        path = folder / f"{number}.png"
        segno.make_qr(code, error="m").save(str(path), scale=5, border=4)
        found.append(path)
    return found


def matters(office):
    return [row.matter for row in office.ask(opinions.rows, today=make.TODAY)]


def test_a_file_is_looked_at_and_taken_in_with_its_photo(office, note, tmp_path):
    inbox = Inbox("T1")

    said = inbox.add_file(file_of(tmp_path, note | {"photo": photo()}))

    [row] = pocket_intake.preview(office, inbox.whole())
    assert said == "“代表随手记-王伟.json”有 1 条。"
    assert (row.state, row.has_photo) == (NoteState.NEW, True)
    outcome = pocket_intake.take(office, inbox.whole())
    assert (outcome.added, outcome.photos) == (1, 1)
    [kept] = office.ask(records.rows, "opinion", f"T1-{ID}")
    assert (kept.name, kept.media) == ("现场照片 2026-11-20.jpg", "image/jpeg")
    assert (attachments.read(office, kept) or b"").startswith(b"\xff\xd8")


def test_pictures_of_codes_are_taken_in_whatever_their_order(office, note, tmp_path):
    inbox = Inbox("T1")
    pictures = pictures_of(tmp_path, whole(note))

    for path in reversed(pictures[1:]):
        inbox.add_file(path)
    assert inbox.whole() == []
    assert inbox.gaps() == [f"共 {len(pictures)} 张，还缺第 1 张。"]

    assert inbox.add_file(pictures[0]) == f"{len(pictures)} 张都收到了。"
    assert pocket_intake.take(office, inbox.whole()).added == 1
    assert matters(office) == ["路灯不亮"]


def test_a_scanner_types_the_codes_and_it_is_said_how_far_it_is(office, note):
    inbox = Inbox("T1")
    codes = pocket_codes.encode(whole(note).encode())

    assert inbox.add_scan(codes[0]) == f"第 1 张，已收 1 / {len(codes)} 张。"
    assert inbox.add_scan(codes[0]) == f"第 1 张，已收 1 / {len(codes)} 张。"
    with pytest.raises(UserError, match="再扫一次这一张"):
        inbox.add_scan(codes[1][:50])
    for code in codes[1:]:
        inbox.add_scan(code)

    assert len(pocket_intake.preview(office, inbox.whole())) == 1


def test_a_text_file_of_scanned_lines_is_read(office, note, tmp_path):
    path = tmp_path / "扫描.txt"
    path.write_text("\n".join(pocket_codes.encode(whole(note).encode())), encoding="utf-8")
    inbox = Inbox("T1")

    inbox.add_file(path)

    assert len(inbox.whole()) == 1


def test_the_photo_comes_later_by_file_and_nothing_is_doubled(office, note, tmp_path):
    by_codes = Inbox("T1")
    for code in pocket_codes.encode(whole(note).encode()):
        by_codes.add_scan(code)
    pocket_intake.take(office, by_codes.whole())
    by_file = Inbox("T1")
    by_file.add_file(file_of(tmp_path, note | {"photo": photo()}))

    first = pocket_intake.take(office, by_file.whole())
    again = pocket_intake.take(office, by_file.whole())

    assert (first.added, first.same, first.photos) == (0, 1, 1)
    assert (again.added, again.photos) == (0, 0)
    assert len(office.ask(records.rows, "opinion", f"T1-{ID}")) == 1
    assert matters(office) == ["路灯不亮"]


def test_of_a_note_handed_over_twice_at_once_the_later_counts(office, note, tmp_path):
    inbox = Inbox("T1")
    inbox.add_file(file_of(tmp_path, note))
    inbox.add_file(file_of(tmp_path, note | {"rev": 2, "matter": "路灯坏了"}, name="2.json"))

    assert [row.matter for row in pocket_intake.preview(office, inbox.whole())] == ["路灯坏了"]
    pocket_intake.take(office, inbox.whole())

    assert matters(office) == ["路灯坏了"]


def test_a_photo_that_is_none_is_told_and_nothing_is_kept(office, note, tmp_path):
    fake = "data:image/jpeg;base64," + base64.b64encode(b"no picture at all").decode()
    inbox = Inbox("T1")
    inbox.add_file(file_of(tmp_path, note | {"photo": fake}))

    with pytest.raises(UserError, match="“路灯不亮”：.*不是图片"):
        pocket_intake.take(office, inbox.whole())

    assert matters(office) == []
    assert attachments.store_of(office).digests() == []


def test_the_photo_of_a_note_that_cannot_be_registered_is_not_kept(office, note, tmp_path):
    inbox = Inbox("T1")
    inbox.add_file(file_of(tmp_path, note | {"deputy": "T1-x", "photo": photo()}))

    assert pocket_intake.take(office, inbox.whole()).unfit == 1
    assert attachments.store_of(office).digests() == []


def test_a_cancelled_intake_leaves_nothing(office, note, tmp_path):
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done:
                raise Cancelled

    inbox = Inbox("T1")
    second = note | {"id": "2" * 32, "photo": photo("#ff0000")}
    inbox.add_file(file_of(tmp_path, note | {"photo": photo()}, second))

    with pytest.raises(Cancelled):
        pocket_intake.take(office, inbox.whole(), progress=Impatient())

    assert matters(office) == []
    assert attachments.store_of(office).digests() == []


def test_what_cannot_be_taken_is_a_sentence(office, note, tmp_path, monkeypatch):
    inbox = Inbox("T1")
    blank = tmp_path / "空白.png"
    Image.new("RGB", (50, 50), "white").save(blank)
    fake = tmp_path / "假.jpg"
    fake.write_bytes(b"no picture")
    letter = tmp_path / "信.docx"
    letter.write_bytes(b"PK\x03\x04\xff\xfe")
    for path, sentence in (
        (blank, "没有认出代表随手记的二维码"),
        (fake, "读不出来"),
        (letter, "不是代表随手记交出的文件"),
        (tmp_path / "没有.json", "读不出来"),
        (file_of(tmp_path, note | {"matter": ""}, name="坏.json"), "第1条没有反映事项"),
    ):
        with pytest.raises(UserError, match=sentence):
            inbox.add_file(path)
    monkeypatch.setattr(pocket_intake, "LARGEST", 10)
    with pytest.raises(UserError, match="太大"):
        inbox.add_file(file_of(tmp_path, note, name="大.json"))
    monkeypatch.setattr(pocket_intake, "PIXELS", 10)
    with pytest.raises(UserError, match="尺寸太大"):
        inbox.add_file(blank)
    assert inbox.whole() == []


def test_another_offices_notes_are_refused_whole(office, note, tmp_path):
    inbox = Inbox("T1")
    codes = pocket_codes.encode(whole(note, office="T2").encode())

    with pytest.raises(UserError, match="其他单位（代码 T2）"):
        inbox.add_file(file_of(tmp_path, note, office="T2"))
    for code in codes[:-1]:
        inbox.add_scan(code)
    with pytest.raises(UserError, match="其他单位（代码 T2）"):
        inbox.add_scan(codes[-1])

    assert (inbox.whole(), inbox.gaps()) == ([], [])
    by_mistake = Inbox("T2")
    by_mistake.add_file(file_of(tmp_path, note, office="T2"))
    with pytest.raises(UserError, match="其他单位（代码 T2）"):
        pocket_intake.take(office, by_mistake.whole())


def test_a_file_that_somebody_edited_by_hand_is_refused_or_shown_as_a_change(
    office, note, tmp_path
):
    inbox = Inbox("T1")
    inbox.add_file(file_of(tmp_path, note))
    pocket_intake.take(office, inbox.whole())
    path = file_of(tmp_path, note | {"matter": "路灯全不亮", "rev": 2})
    text = path.read_text(encoding="utf-8")

    for wrong in (
        text[: len(text) // 2],
        text.replace('"2026-11-20"', '"二十号"'),
        text.replace('"pocket"', '"other"'),
    ):
        (tmp_path / "改过.json").write_text(wrong, encoding="utf-8")
        with pytest.raises(UserError) as caught:
            Inbox("T1").add_file(tmp_path / "改过.json")
        assert not caught.value.message.isascii()
    again = Inbox("T1")
    for _ in range(2):
        again.add_file(path)
    assert {row.state for row in pocket_intake.preview(office, again.whole())} == {
        NoteState.CHANGED
    }
    assert pocket_intake.take(office, again.whole()).changed == 0
    assert matters(office) == ["路灯不亮"]
