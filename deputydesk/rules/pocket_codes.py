"""Notes of a phone as a series of QR codes: digits only, since a scanner types them anywhere.

`28 vv ssssssssss ttt nnn ddd… cccc`: what it is, its version, the series (the CRC-32 of the whole),
how many codes it has, which one this is, the bytes, and a check. Six bytes are fifteen digits.
`resources/web/pocket.js` writes them, this module reads them; `encode` is the reference.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deputydesk.errors import UserError

MAGIC, VERSION = "28", "01"
PIECE = 300
"""Bytes in one code: cheap scanners and small screens still read it."""
MOST = 999
_PRIME = 9973
_HEAD = 20
_DIGITS = {1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15}
_BYTES = {digits: size for size, digits in _DIGITS.items()}
_RUN = re.compile(rf"(?<!\d){MAGIC}\d{{{_HEAD + 2},}}(?!\d)")


@dataclass(frozen=True)
class Piece:
    """What one code of a series holds."""

    series: str
    total: int
    number: int
    data: bytes


@dataclass
class Series:
    """The codes of one series, as far as they were read."""

    total: int
    pieces: dict[int, bytes] = field(default_factory=dict[int, bytes])

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the codes that were not read yet."""
        return tuple(n for n in range(1, self.total + 1) if n not in self.pieces)

    def whole(self, name: str) -> bytes:
        """What the codes of a series say together.

        Raises:
            UserError: the parts do not make the whole that the series is named by.
        """
        joined = b"".join(self.pieces[n] for n in range(1, self.total + 1))
        if f"{zlib.crc32(joined):010d}" != name:
            raise UserError("二维码的内容拼不起来。", hint="请在手机上重新显示，从头扫。")
        return joined


@dataclass
class Collector:
    """Puts series together, in whatever order their codes come, and however often."""

    series: dict[str, Series] = field(default_factory=dict[str, Series])

    def add(self, text: str) -> Piece:
        """Take what was scanned.

        Raises:
            UserError: it is no such code, was not scanned whole, or is of a newer kind.
        """
        piece = decode(text)
        kept = self.series.setdefault(piece.series, Series(piece.total))
        if kept.total != piece.total:
            raise UserError("这张二维码与前面的对不上。", hint="请在手机上重新显示，从头扫。")
        kept.pieces[piece.number] = piece.data
        return piece

    def complete(self) -> list[bytes]:
        """What the series say of which every code was read.

        Raises:
            UserError: the parts do not make the whole that they promise.
        """
        return [series.whole(name) for name, series in self.series.items() if not series.missing]

    def gaps(self) -> list[str]:
        """For each series that is not whole, a sentence with the numbers that are missing."""
        return [
            f"共 {series.total} 张，还缺第 {'、'.join(map(str, series.missing))} 张。"
            for series in self.series.values()
            if series.missing
        ]


def encode(data: bytes, piece: int = PIECE) -> list[str]:
    """The codes of a series, in order.

    Raises:
        UserError: it is too much for a series.
    """
    parts = [data[at : at + piece] for at in range(0, len(data), piece)] or [b""]
    if len(parts) > MOST:
        raise UserError("内容太多，二维码放不下。", hint="请改用文件，或分几次交。")
    series = f"{zlib.crc32(data):010d}"
    bodies = (
        f"{MAGIC}{VERSION}{series}{len(parts):03d}{number:03d}{''.join(_digits(part))}"
        for number, part in enumerate(parts, start=1)
    )
    return [body + _check(body) for body in bodies]


def decode(text: str) -> Piece:
    """What one code holds.

    Raises:
        UserError: it is no such code, was not scanned whole, or is of a newer kind.
    """
    found = _RUN.search(unicodedata.normalize("NFKC", text))
    if found is None:
        raise UserError(
            "这不是代表随手记的二维码。", hint="请在手机上点“显示二维码”，扫屏幕上的码。"
        )
    code = found.group()
    if code[2:4] != VERSION:
        raise UserError("这是更新版本的代表随手记。", hint="请升级本程序。")
    if _check(code[:-4]) != code[-4:]:
        raise UserError("没有扫完整，或扫到的数字有错。", hint="请再扫一次这一张。")
    total, number = int(code[14:17]), int(code[17:20])
    if not 1 <= number <= total:
        raise UserError("二维码的序号不对。", hint="请在手机上重新显示，从头扫。")
    return Piece(code[4:14], total, number, b"".join(_bytes(code[_HEAD:-4])))


def looks_like(text: str) -> bool:
    """Whether a text holds such a code, whole or not."""
    return bool(
        re.search(rf"(?<!\d){MAGIC}{VERSION}\d{{10,}}", unicodedata.normalize("NFKC", text))
    )


def collect(texts: Iterable[str]) -> Collector:
    """What a heap of scanned texts makes together; texts that are none of ours are left out."""
    collector = Collector()
    for text in texts:
        if looks_like(text):
            collector.add(text)
    return collector


def _digits(part: bytes) -> Iterator[str]:
    for at in range(0, len(part), 6):
        group = part[at : at + 6]
        yield f"{int.from_bytes(group, 'big'):0{_DIGITS[len(group)]}d}"


def _bytes(digits: str) -> Iterator[bytes]:
    for at in range(0, len(digits), 15):
        group = digits[at : at + 15]
        size, number = _BYTES.get(len(group), 0), int(group)
        if not size or number >= 256**size:
            raise UserError("二维码的内容有错。", hint="请再扫一次这一张。")
        yield number.to_bytes(size, "big")


def _check(body: str) -> str:
    return f"{int(body) % _PRIME:04d}"
