"""A judge of printed PDFs that knows nothing of how they were made."""

import bisect
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
from fontTools.ttLib import TTFont
from pdfminer.layout import LTAnno, LTChar, LTContainer

MM = 72 / 25.4
SIZES = {(210, 297), (297, 210), (420, 297), (297, 420), (105, 148), (148, 210)}
NOT_FIRST = set("，。、；：？！）》〕】”’")
NOT_LAST = set("（《〔【“‘")
_BAND = 8.0
"""Points: letters that lie on each other share a band of this height, or its neighbour."""

Char = dict[str, Any]
Body = tuple[float, float, float, float]


def text_of(path: Path) -> list[str]:
    """What a reader copies from each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [document[n].get_textpage().get_text_range() for n in range(len(document))]
    finally:
        document.close()


def faults(
    path: Path, *, expect: Iterable[str] = (), header: Iterable[str] = (), margin: float = 5
) -> list[str]:
    """Everything that is wrong with this PDF, in words; nothing if it is well printed."""
    found = [*_file(path), *_fonts(path)]
    pages = text_of(path)
    found += [f"page {n}: empty" for n, text in enumerate(pages, start=1) if not text.strip()]
    everything = _bare("".join(pages))
    found += [f"missing text {words!r}" for words in expect if _bare(words) not in everything]
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages, start=1):
            found += [f"page {number}: {fault}" for fault in _page(page, margin, tuple(header))]
            page.close()
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\s\u3000\ufffe]+", "", text)


def _file(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as document:
        for key in ("/Title", "/Author", "/Subject"):
            if not str(document.docinfo.get(key, "")):
                yield f"no {key}"
        if str(document.Root.get("/Lang", "")) != "zh-CN":
            yield "language is not zh-CN"
        if "Helvetica" in str(document.pages[0].resources):
            yield "names Helvetica"


def _fonts(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as document:
        shown: dict[Any, set[int]] = defaultdict(set)
        fonts: dict[Any, Any] = {}
        for page in document.pages:
            current = None
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) == "Tf":
                    current = page.resources.Font[str(step.operands[0])]
                    fonts[current.objgen] = current
                elif str(step.operator) == "Tj":
                    assert current is not None
                    shown[current.objgen].update(bytes(step.operands[0]))
        for key, font in fonts.items():
            yield from _font(font, shown[key])


def _font(font: Any, codes: set[int]) -> Iterator[str]:
    name = str(font.BaseFont)
    if not re.fullmatch(r"/[A-Z]{6}\+.+", name):
        yield f"{name}: not subset"
    if "/FontFile2" not in font.FontDescriptor:
        yield f"{name}: not embedded"
        return
    if "/ToUnicode" not in font:
        yield f"{name}: cannot be searched"
        return
    table = font.ToUnicode.read_bytes().decode("latin-1")
    means = {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>\n", table)
    }
    with TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes())) as file:
        outlines, glyphs = file["glyf"], file["cmap"].tables[0].cmap
        for code in codes:
            char = means.get(code, "\0")
            if char == "\0":
                yield f"{name}: code {code} has no character"
            elif glyphs.get(code, ".notdef") == ".notdef" and char.strip():
                yield f"{name}: {char} has no glyph"
            elif char.strip() and not outlines[glyphs[code]].numberOfContours:
                yield f"{name}: {char} is drawn as nothing"


def _take_objects(page: Any) -> None:
    """Give the page its objects, of letters only what is asked here: half the time of a judgement.

    pdfplumber looks into thirty attributes of each letter, and a page has a thousand letters.
    """
    high, left, top = float(page.height), *map(float, page.mediabox[:2])
    objects: dict[str, list[Char]] = defaultdict(list)
    for item in _drawn(page.layout):
        if isinstance(item, LTChar):
            letter = {
                "object_type": "char",
                "text": item.get_text(),
                "x0": item.x0 + left,
                "x1": item.x1 + left,
                "top": high - item.y1 + top,
                "bottom": high - item.y0 + top,
                "size": item.size,
            }
            objects["char"].append(letter)
        elif not isinstance(item, LTAnno):
            made = page.process_object(item)
            objects[made["object_type"]].append(made)
    page._objects = dict(objects)  # where pdfplumber keeps what it has made


def _drawn(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, LTContainer):
            yield from _drawn(item)
        else:
            yield item


def _page(page: Any, margin: float, header: tuple[str, ...]) -> Iterator[str]:
    _take_objects(page)
    width, height = float(page.width), float(page.height)
    if (round(width / MM), round(height / MM)) not in SIZES:
        yield "neither A4 nor A3, nor a card of A5 or A6"
    chars = [char for char in page.chars if char["text"].strip()]
    edge = margin * MM - 0.5
    outside = [
        char["text"]
        for char in chars
        if char["x0"] < edge or char["x1"] > width - edge
        or char["top"] + 1 < edge or char["bottom"] - 1 > height - edge
    ]  # fmt: skip
    if outside:
        yield f"too near to the edge: {''.join(outside)[:20]}"
    if lying := _overlaps(chars):
        yield f"lie on each other: {' '.join(lying[:8])}"
    yield from _kinsoku(chars)
    if cut := _cut(page, chars):
        yield f"a rule runs through: {''.join(cut)[:20]}"
    if header:
        words = _bare("".join(char["text"] for char in page.chars))
        wide = [t for t in page.find_tables() if len(t.rows[0].cells) == len(header)]
        if wide and not all(_bare(title) in words for title in header):
            yield "the table's head is missing"


def _body(char: Char) -> Body:
    """The ink of a character, less its side bearings."""
    wide, high = char["x1"] - char["x0"], char["bottom"] - char["top"]
    return (
        char["x0"] + wide * 0.12,
        char["top"] + high * 0.22,
        char["x1"] - wide * 0.12,
        char["bottom"] - high * 0.22,
    )


def _overlaps(chars: list[Char]) -> list[str]:
    """Letters that lie on each other: looked for from left to right, in each band by itself."""
    bodies = sorted(((_body(char), char["text"]) for char in chars), key=lambda pair: pair[0][0])
    found: list[str] = []
    bands: dict[int, list[tuple[Body, str]]] = defaultdict(list)
    for body, text in bodies:
        first, last = int(body[1] // _BAND), int(body[3] // _BAND)
        for band in range(first, last + 1):
            bands[band] = [other for other in bands[band] if other[0][2] > body[0]]
            found += [
                other_text + text
                for other, other_text in bands[band]
                if band == max(first, int(other[1] // _BAND)) and _lie(body, other)
            ]
            bands[band].append((body, text))
    return found


def _lie(one: Body, other: Body) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and down > 0 and across * down > 0.2 * min(_area(one), _area(other))


def _area(body: Body) -> float:
    return (body[2] - body[0]) * (body[3] - body[1])


def _rows(chars: list[Char]) -> Iterator[list[Char]]:
    """Runs of letters that stand on one line without a gap."""
    lines: dict[tuple[int, float], list[Char]] = defaultdict(list)
    for char in chars:
        lines[round((char["top"] + char["bottom"]) / 4), round(char["size"], 1)].append(char)
    for line in lines.values():
        run: list[Char] = []
        for char in sorted(line, key=lambda char: char["x0"]):
            if run and char["x0"] - run[-1]["x1"] > 1.2 * char["size"]:
                yield run
                run = []
            run.append(char)
        yield run


def _kinsoku(chars: list[Char]) -> Iterator[str]:
    for run in _rows(chars):
        if len(run) >= 8 and run[0]["text"] in NOT_FIRST:
            yield f"a line begins with {run[0]['text']}"
        if len(run) >= 8 and run[-1]["text"] in NOT_LAST:
            yield f"a line ends with {run[-1]['text']}"


def _cut(page: Any, chars: list[Char]) -> list[str]:
    """Characters that a rule runs through."""
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for edge in page.edges:
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 8:
            upright.append((edge["x0"], edge["top"], edge["bottom"]))
        elif edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 8:
            level.append((edge["top"], edge["x0"], edge["x1"]))
    upright, level = sorted(set(upright)), sorted(set(level))
    found: list[str] = []
    for char in chars:
        x0, top, x1, bottom = _body(char)
        wide, high = x1 - x0, bottom - top
        if _crosses(upright, x0 + 0.15 * wide, x1 - 0.15 * wide, (top + bottom) / 2) or _crosses(
            level, top + 0.2 * high, bottom - 0.2 * high, (x0 + x1) / 2
        ):
            found.append(char["text"])
    return found


def _crosses(
    rules: list[tuple[float, float, float]], low: float, high: float, middle: float
) -> bool:
    first = bisect.bisect_left(rules, (low,))
    last = bisect.bisect_right(rules, (high, float("inf")))
    return any(start < middle < end for _, start, end in rules[first:last])
