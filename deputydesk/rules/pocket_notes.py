"""Notes that a deputy wrote on the phone, read from the file or the codes of the pocket page."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from deputydesk.errors import UserError

KIND, VERSION = "pocket", 1
LARGEST = 30 << 20
"""Characters of a file; some hundred notes with photos."""
_ID = re.compile(r"[0-9a-f]{32}")
_PHOTO = re.compile(r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)")
_AGAIN = "请在手机上重新交一次。"


@dataclass(frozen=True)
class Note:
    """One reception as the deputy noted it."""

    id: str
    """32 hexadecimal digits that the phone made; the record takes them over."""
    deputy_id: str
    heard_on: date
    home_id: str
    channel: str
    matter: str
    detail: str = ""
    voter_name: str = ""
    voter_phone: str = ""
    photo: bytes = b""


@dataclass(frozen=True)
class Bundle:
    """What a phone handed over at once."""

    office: str
    """Code of the office whose page it was."""
    notes: tuple[Note, ...]


def read(text: str) -> Bundle:
    """What a file or a series of codes says.

    Raises:
        UserError: it is nothing of ours, damaged, or of a newer kind.
    """
    if len(text) > LARGEST:
        raise UserError("这个文件太大，不是代表随手记交出的文件。", hint="请选择正确的文件。")
    try:
        said = json.loads(text)
    except ValueError as error:
        raise UserError("这个文件不是代表随手记交出的，或已损坏。", hint=_AGAIN) from error
    if not isinstance(said, dict):
        raise UserError("这个文件不是代表随手记交出的。", hint="请选择正确的文件。")
    bundle = cast("dict[str, Any]", said)  # Any: whatever JSON holds
    if bundle.get("deputydesk") != KIND:
        raise UserError("这个文件不是代表随手记交出的。", hint="请选择正确的文件。")
    version = bundle.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise UserError("这是更新版本的代表随手记交出的。", hint="请升级本程序。")
    notes = bundle.get("notes")
    if not isinstance(notes, list) or not isinstance(bundle.get("office"), str):
        raise _damaged("缺少内容")
    listed = cast("list[Any]", notes)  # Any: whatever JSON holds
    read_notes = tuple(_note(number, one) for number, one in enumerate(listed, start=1))
    if len({note.id for note in read_notes}) < len(read_notes):
        raise _damaged("同一条记录出现了两次")
    return Bundle(bundle["office"], read_notes)


def _note(number: int, said: Any) -> Note:  # Any: whatever JSON holds
    if not isinstance(said, dict):
        raise _damaged(f"第{number}条读不出来")
    note = cast("dict[str, Any]", said)  # Any: as above
    texts = {name: _text(number, note, name) for name in _TEXTS}
    if not _ID.fullmatch(texts["id"]):
        raise _damaged(f"第{number}条没有编号")
    if not texts["matter"]:
        raise _damaged(f"第{number}条没有反映事项")
    try:
        heard_on = date.fromisoformat(_text(number, note, "date"))
    except ValueError as error:
        raise _damaged(f"第{number}条的日期不对") from error
    return Note(
        id=texts["id"],
        deputy_id=texts["deputy"],
        heard_on=heard_on,
        home_id=texts["home"],
        channel=texts["channel"],
        matter=texts["matter"],
        detail=texts["detail"],
        voter_name=texts["voter"],
        voter_phone=texts["phone"],
        photo=_photo(number, _text(number, note, "photo")),
    )


_TEXTS = ("id", "deputy", "home", "channel", "matter", "detail", "voter", "phone")


def _text(number: int, note: dict[str, Any], name: str) -> str:  # Any: whatever JSON holds
    value = note.get(name, "")
    if not isinstance(value, str):
        raise _damaged(f"第{number}条读不出来")
    kept = "".join(char for char in value if char in "\n\t" or char.isprintable())
    return kept.replace("\r", "").strip()


def _photo(number: int, said: str) -> bytes:
    if not said:
        return b""
    found = _PHOTO.fullmatch(said)
    try:
        return base64.b64decode(found[1], validate=True) if found else _no_photo(number)
    except binascii.Error:
        return _no_photo(number)


def _no_photo(number: int) -> bytes:
    raise _damaged(f"第{number}条的照片读不出来")


def _damaged(what: str) -> UserError:
    return UserError(f"代表随手记的内容不完整：{what}。什么都没有登记。", hint=_AGAIN)
