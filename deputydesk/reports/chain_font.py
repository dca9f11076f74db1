"""A reportlab typeface that hands rare characters on, and whose text copies as it was typed.

Loading this module loads reportlab: it is imported when something is printed, not before.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.pdfbase import ttfonts
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont
from typing_extensions import override

from deputydesk.reports.font_face import FontFace

rl_config.useA85 = 0  # streams as they are: smaller and faster than their form for old mail

_PLACE = 20  # bits below which a number tells the part of a font, above which font of the chain

Document = Any  # reportlab brings no types for what it is writing
Runs = list[tuple[int, bytes]]


class ChainFont(TTFont):
    """A typeface; what it lacks is drawn by the first of `others` that has it."""

    def __init__(
        self, name: str, file: Path, others: Sequence[str], find: Callable[[str], "ChainFont"]
    ) -> None:
        # What reportlab's own does, but for the face: it reads all of the file.
        self.fontName = name
        self.face = FontFace(file)
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Document, TTFont.State] = WeakKeyDictionary()
        self.shapable = False
        self._asciiReadable = 0
        self._others = others
        self._find = find

    @property
    def characters(self) -> dict[int, int]:
        """The glyph of each character that this file itself has."""
        return self.face.charToGlyph

    def width_of(self, char: str) -> int:
        """The width of one of its own characters in thousandths of an em."""
        return round(self.face.charWidths[ord(char)])

    @override
    def splitString(self, text: str, doc: Document, encoding: str = "utf-8") -> Runs:
        """The text as codes of the fonts' parts, each with the number of its part."""
        runs: Runs = []
        for place, chars in groupby(text, self._bearer):
            parts = TTFont.splitString(self._at(place), "".join(chars), doc)
            runs += [(part + (place << _PLACE), codes) for part, codes in parts]
        return runs

    @override
    def getSubsetInternalName(self, subset: int, doc: Document) -> str:
        """The name in the file of the part that `splitString` told."""
        font, part = self._at(subset >> _PLACE), subset & ((1 << _PLACE) - 1)
        return TTFont.getSubsetInternalName(font, part, doc)

    @override
    def addObjects(self, doc: Document) -> None:
        """Embeds the font, with a table of characters that holds above U+FFFF too."""
        parts = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, codes in enumerate(parts):
            tag: bytes = ttfonts.SUBSETN(number)
            name = (tag + b"+" + self.face.name + self.face.subfontNameX).decode()
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(name, codes)

    def _bearer(self, char: str) -> int:
        """0 for a character of its own, else the place of the first of the chain that has it."""
        if ord(char) in self.characters:
            return 0
        others = enumerate(self._others, start=1)
        return next(n for n, name in others if ord(char) in self._find(name).characters)

    def _at(self, place: int) -> "ChainFont":
        return self._find(self._others[place - 1]) if place else self


def _to_unicode(name: str, codes: Sequence[int]) -> str:
    """Which character each code stands for; reportlab's own is right up to U+FFFF only."""
    rows = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>"
        for code, char in enumerate(codes)
    ]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(codes) - 1:02X}>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
