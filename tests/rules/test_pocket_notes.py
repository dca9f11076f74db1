"""What a phone hands over is read whole, or refused with what is wrong."""

import json
from datetime import date

import pytest

from deputydesk.errors import UserError
from deputydesk.rules import pocket_notes
from deputydesk.rules.pocket_notes import read

NOTE = {
    "id": "01a21ed257b671029a0891ed887c514d",
    "rev": 1,
    "deputy": "T1-1",
    "date": "2026-11-20",
    "home": "T1-2",
    "channel": "home",
    "matter": " 村道路灯不亮 ",
    "detail": "东头三盏。\r\n晚上看不见。\u0000",
    "voter": "郝平",
    "phone": "13804720156",
    "photo": "data:image/jpeg;base64,/9j/",
}


def text(*notes, **other):
    whole = {"deputydesk": "pocket", "version": 1, "office": "T1", "notes": list(notes)}
    return json.dumps(whole | other)


def test_a_note_is_read_with_its_photo():
    [note] = read(text(NOTE)).notes

    assert (note.id, note.heard_on, note.matter) == (NOTE["id"], date(2026, 11, 20), "村道路灯不亮")
    assert note.detail == "东头三盏。\n晚上看不见。"
    assert (note.voter_name, note.photo) == ("郝平", b"\xff\xd8\xff")
    assert read(text(NOTE | {"photo": "", "detail": ""})).notes[0].photo == b""


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("", "不是代表随手记交出的，或已损坏"),
        (text(NOTE)[:-9], "不是代表随手记交出的，或已损坏"),
        ("[]", "不是代表随手记交出的"),
        (text(NOTE, deputydesk="other"), "不是代表随手记交出的"),
        (text(NOTE, version=2), "更新版本的代表随手记"),
        (text(NOTE, version="x"), "更新版本的代表随手记"),
        (text(NOTE, office=5), "缺少内容"),
        (text(NOTE, notes={}), "缺少内容"),
        (text(NOTE, NOTE), "出现了两次"),
        (text("x"), "第1条读不出来"),
        (text(NOTE, NOTE | {"id": "7"}), "第2条没有编号"),
        (text(NOTE | {"matter": " "}), "第1条没有反映事项"),
        (text(NOTE | {"date": "昨天"}), "第1条的日期不对"),
        (text(NOTE | {"voter": 7}), "第1条读不出来"),
        (text(NOTE | {"photo": "http://x"}), "第1条的照片读不出来"),
        (text(NOTE | {"photo": "data:image/jpeg;base64,A"}), "第1条的照片读不出来"),
    ],
)
def test_what_is_not_whole_is_a_sentence(said, sentence):
    with pytest.raises(UserError, match=sentence):
        read(said)


def test_a_file_that_is_far_too_large_is_a_sentence(monkeypatch):
    monkeypatch.setattr(pocket_notes, "LARGEST", 10)

    with pytest.raises(UserError, match="太大"):
        read(text(NOTE))
