"""The number on a deputy's card: digits only, since a scanner types it through any input method.

`29 vv oooooooooooooooooooooo mmm…(39) cccc`: what it is, its version, the office that printed the
card, the mandate, and a check against a torn scan. It holds nothing personal.
"""

import re
import unicodedata
from dataclasses import dataclass

from deputydesk.errors import UserError
from deputydesk.rules.choices import Choice

MAGIC, VERSION = "29", "01"
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OFFICE, _MANDATE, _CHECK = 22, 39, 4
LENGTH = len(MAGIC) + len(VERSION) + _OFFICE + _MANDATE + _CHECK
_PRIME = 9973
_BASE = len(_LETTERS) + 1
_RUN = re.compile(rf"(?<!\d){MAGIC}\d{{{LENGTH - len(MAGIC)}}}(?!\d)")
_PIECE = re.compile(rf"{MAGIC}\d{{12,}}")
_VCARD = re.compile(
    r"(BEGIN|END|VERSION|N|FN|ORG|TITLE|TEL|ADR|NOTE|URL|EMAIL|REV)\b.*:", re.IGNORECASE
)


class Payload(Choice):
    """What the QR code of a card holds."""

    CODE = "code", "代表编码"
    VCARD = "vcard", "电子名片"
    URL = "url", "网址"


@dataclass(frozen=True)
class CardCode:
    """What a card says: the office that printed it, and whose it is."""

    office: str
    mandate: str
    """The 32 hexadecimal digits at the end of the mandate's id."""


def code_of(office: str, mandate_id: str) -> str:
    """The number of a deputy's card.

    Args:
        office: code of the office that prints it, 1 to 12 letters and digits.
        mandate_id: the record's id.
    """
    number = 0
    for letter in office:
        number = number * _BASE + _LETTERS.index(letter) + 1
    mandate = int(mandate_id.rpartition("-")[2], 16)
    body = f"{MAGIC}{VERSION}{number:0{_OFFICE}d}{mandate:0{_MANDATE}d}"
    return body + _check(body)


def parse(text: str) -> CardCode:
    """What was scanned: the number alone, or within a card or an address that holds it.

    Raises:
        UserError: it is no deputy's card, was not scanned whole, or is of a newer kind.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = _RUN.search(plain)
    if found is None:
        if _PIECE.search(plain):
            raise UserError("没有扫完整。", hint="请把卡片放平，再扫一次。")
        raise UserError("这不是代表卡的二维码。", hint="请扫代表卡，或输入姓名。")
    code = found.group()
    if code[2:4] != VERSION:
        raise UserError("这张代表卡由更新版本的程序印制。", hint="请升级本程序，或输入姓名签到。")
    if _check(code[:-_CHECK]) != code[-_CHECK:]:
        raise UserError("扫到的数字有错。", hint="请再扫一次；卡片磨损的，请输入姓名。")
    middle = 4 + _OFFICE
    return CardCode(_office(int(code[4:middle])), f"{int(code[middle:-_CHECK]):032x}")


def looks_scanned(text: str) -> bool:
    """Whether a text comes from a scanner and not from somebody who types a name."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(_PIECE.search(plain)) or "://" in plain


def is_card_line(text: str) -> bool:
    """Whether a line is one of an electronic card that says nothing of whose it is."""
    return bool(_VCARD.match(unicodedata.normalize("NFKC", text).strip()))


def vcard(*, name: str, organ: str, title: str, phone: str, note: str, code: str) -> str:
    """An electronic card as phones read it; its UID is the number of the card."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_escaped(name)};;;;", f"FN:{_escaped(name)}"]
    lines += [f"ORG:{_escaped(organ)}", f"TITLE:{_escaped(title)}"]
    if phone:
        lines.append(f"TEL;TYPE=WORK:{phone}")
    if note:
        lines.append(f"NOTE:{_escaped(note)}")
    return "\r\n".join([*lines, f"UID:{code}", "END:VCARD"])


def _escaped(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\n", r"\n")


def _office(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number, _BASE)
        letters = (_LETTERS[place - 1] if place else "?") + letters
    return letters


def _check(body: str) -> str:
    # The remainder by a prime tells every wrong digit.
    return f"{int(body) % _PRIME:0{_CHECK}d}"
