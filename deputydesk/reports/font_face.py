"""A font file, of which no more is read than is asked for.

reportlab reads the widths and places of all glyphs into lists of numbers: ten megabytes and a
twelfth of a second for each of our typefaces, of which a paper draws some hundred characters.

Loading this module loads reportlab: it is imported when something is printed, not before.
"""

import mmap
from collections.abc import Callable
from pathlib import Path
from struct import iter_unpack, unpack_from
from typing import Any, Literal, cast

from reportlab.pdfbase.ttfonts import TTFontFace
from typing_extensions import override

_WHOLE_UNICODE = (3, 10)  # the table that has characters above U+FFFF: Windows, UCS-4
_SEGMENTS = 12  # its usual form: runs of characters whose glyphs follow each other

Segments = list[tuple[int, int, int]]
Data = Any  # the file in memory: bytes, or mapped; reportlab brings no types


class FontFace(TTFontFace):
    """The font file of a typeface."""

    _ttf_data: Data
    _pdfScale: Callable[[float], float]  # noqa: N815 - the name that reportlab gave it

    def __init__(self, file: Path) -> None:
        super().__init__(cast("Any", _Mapped(file)))

    @override
    def extractInfo(self, charInfo: bool | Literal[0, 1] = 1) -> None:
        """Reads what is said of the whole font, and the glyph of each character."""
        segments = self._segments()
        if not segments:
            super().extractInfo(charInfo)  # an older kind of file: as reportlab reads it
            return
        super().extractInfo(0)
        glyphs: dict[int, int] = {}
        for start, end, glyph in segments:
            glyphs.update(zip(range(start, end + 1), range(glyph, 0x10000), strict=False))
        for blank, other in ((0x20, 0xA0), (0xA0, 0x20)):  # both blanks are drawn alike
            if blank in glyphs:
                glyphs[other] = glyphs[blank]
        data: Data = self._ttf_data
        full = unpack_from(">H", data, self._start("hhea") + 34)[0]
        self.charToGlyph = glyphs
        self.hmetrics: Any = _Metrics(data, self._start("hmtx"), full)
        long_places = unpack_from(">H", data, self._start("head") + 50)[0]
        self.glyphPos: Any = _Places(data, self._start("loca"), long_places)
        self.charWidths: Any = _Widths(self)
        self.defaultWidth = self.width_of(0)

    @override
    def get_table(self, tag: str) -> Any:
        """A table of the file; that of the outlines is not copied."""
        start, length = self.get_table_pos(tag)
        if tag == "glyf":
            return _Glyphs(self._ttf_data, start)
        return self._ttf_data[start : start + length]

    def width_of(self, glyph: int) -> float:
        """The width of a glyph in thousandths of an em."""
        return self._pdfScale(self.hmetrics[glyph][0])

    def _segments(self) -> Segments:
        """Runs of characters with the glyph of the first; none if the file has no such table."""
        data: Data = self._ttf_data
        start = self._start("cmap")
        (count,) = unpack_from(">H", data, start + 2)
        for number in range(count):
            *kind, offset = unpack_from(">HHL", data, start + 4 + 8 * number)
            if tuple(kind) == _WHOLE_UNICODE:
                table = start + offset
                form, length = unpack_from(">HxxL", data, table)
                if form == _SEGMENTS:
                    return list(iter_unpack(">LLL", data[table + 16 : table + length]))
        return []

    def _start(self, tag: str) -> int:
        return self.get_table_pos(tag)[0]


class _Widths(dict[int, float]):
    """The widths of characters, each looked up when it is first wanted."""

    def __init__(self, face: FontFace) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: int) -> float:
        self[char] = width = self._face.width_of(self._face.charToGlyph[char])
        return width

    @override
    def get(self, key: int, default: Any = None, /) -> Any:
        return self[key] if key in self._face.charToGlyph else default


class _Metrics:
    """Width and left bearing of a glyph; the last ones share the width of the last that has one."""

    def __init__(self, data: Data, start: int, full: int) -> None:
        self._data, self._start, self._full = data, start, full

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self._full:
            width, bearing = unpack_from(">HH", self._data, self._start + 4 * glyph)
            return width, bearing
        (width,) = unpack_from(">H", self._data, self._start + 4 * (self._full - 1))
        place = self._start + 4 * self._full + 2 * (glyph - self._full)
        return width, unpack_from(">H", self._data, place)[0]


class _Places:
    """Where the outline of a glyph begins."""

    def __init__(self, data: Data, start: int, is_long: int) -> None:
        self._data, self._start, self._is_long = data, start, is_long

    def __getitem__(self, glyph: int) -> int:
        if self._is_long:
            return unpack_from(">L", self._data, self._start + 4 * glyph)[0]
        return unpack_from(">H", self._data, self._start + 2 * glyph)[0] << 1


class _Mapped:
    """A font file for reportlab: what is not drawn is not read into memory."""

    def __init__(self, file: Path) -> None:
        self.name = str(file)

    def read(self) -> mmap.mmap:
        """The file, as if it stood in memory."""
        with Path(self.name).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class _Glyphs:
    """The outlines of a font: those that are wanted are cut out of its file.

    reportlab copies all ten megabytes of them for each part of each file that it writes.
    """

    def __init__(self, data: Data, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, wanted: slice) -> bytes:
        return bytes(self._data[self._start + wanted.start : self._start + wanted.stop])
