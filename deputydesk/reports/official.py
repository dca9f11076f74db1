"""The page of an official paper (GB/T 9704-2012): 22 lines of 28 characters, and what stands on it.

Characters stand `ADVANCE` apart whatever the size of the letter, so that 28 make a line.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from deputydesk.reports import fonts
from deputydesk.reports.fonts import Typeface
from deputydesk.reports.kit import FOOT_CODE, Flow, Footer, qr_code
from deputydesk.reports.lines import Line, break_lines
from deputydesk.reports.page import GREY, INK, MM, Page, fitting_size
from deputydesk.reports.wording import date_text

LEFT, RIGHT, TOP, BOTTOM = 28.0, 26.0, 37.0, 35.0
"""Margins in mm: what is between them is the 156 × 225 mm of the standard."""
LINES, CHARACTERS = 22, 28
TITLE, BODY, FOLIO = 22.0, 16.0, 14.0
"""二号, 三号 and 四号 in points."""
WIDTH, HEIGHT = 210 - LEFT - RIGHT, 297 - TOP - BOTTOM
ADVANCE = WIDTH * MM / CHARACTERS
"""Points from one character to the next: a little under the letter's size, so that 28 fit."""
LEAD = HEIGHT / LINES
"""Mm from one line to the next."""
_TITLE_LEAD = 12.5
HEADINGS: dict[str, Typeface] = {"heading": "Hei", "subheading": "Kai"}
"""Kinds of paragraphs that stay with the next one, and their typefaces."""
_SEAL_LINES = 2
"""Empty lines above a sealed signature: a seal of 42 mm over organ and date then ends within one
line of the text."""
_COPIES_LEAD = 7.2
_ONE = FOLIO / MM
_THICK, _THIN = 0.35, 0.25
"""Rules of the imprint in mm: first and last, and those between."""
_WHOLE = re.compile(
    r"第?[0-9—－-]+[年号]?|[（《“][^）》”]{0,6}[）》”]"
    r"|[一二三四五六七八九十]+(?:届|次会议)|人民代表大会|常务委员会|人大(?:代表|常委会)?"
    r"|委员会|主席团|关于|会议|代表|建议|办理|答复|交办|督促|通知|公告|接待|选民|报告|."
)
"""What is not parted in a title."""
_SHORT = 3
"""Lines of a text that is kept whole unless that leaves the head alone."""
_LONG_COPIES = 8
"""More lines of 抄送 than this need not stand on the page of the signature."""


@dataclass(frozen=True)
class Block:
    """A paragraph: heading 一、, subheading （一）, text, or greeting, which is not indented."""

    kind: str
    text: Annotated[str, "正文"]


@dataclass(frozen=True)
class Signature:
    """Who signs, and when; `note` stands below in brackets."""

    organ: Annotated[str, "落款"] = ""
    day: date | None = None
    note: Annotated[str, "附注"] = ""
    is_sealed: bool = True

    @property
    def lines(self) -> float:
        """How many lines it takes, with those left empty above it."""
        if not self.organ:
            return 0
        return self.empty_lines + len(_organ_lines(self.organ)) + 1 + len(_note_lines(self.note))

    @property
    def empty_lines(self) -> int:
        """How many lines above it are left empty, for the seal."""
        return _SEAL_LINES if self.is_sealed else 1


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs of a text that somebody typed; lines numbered 一、 or （一） are headings."""
    return tuple(_block_of(line.strip()) for line in fonts.clean(text).split("\n") if line.strip())


def _block_of(line: str) -> Block:
    is_short = len(line) <= CHARACTERS and not line.endswith(("。", "；", "："))
    if is_short and re.match(r"[一二三四五六七八九十]+、", line):
        return Block("heading", line)
    if is_short and re.match(r"（[一二三四五六七八九十]+）", line):
        return Block("subheading", line)
    return Block("text", line)


def new_flow(footer: Footer | None = None) -> Flow:
    """Pages with the margins of the standard."""
    return Flow(footer or folio, left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM)


def folio(page: Page, number: int, total: int) -> None:
    """The page number as official papers have it: odd pages right, even pages left."""
    del total
    y = 297 - BOTTOM + 7 + FOLIO * 0.36 / MM
    one = FOLIO / MM
    text = f"— {number} —"
    if number % 2:
        page.text(210 - RIGHT - one, y, text, "Song", FOLIO, align="right")
    else:
        page.text(LEFT + one, y, text, "Song", FOLIO)


def record_mark(page: Page, number: str, code: str) -> None:
    """The record's number and QR code below the text of a first page; nothing without a code."""
    if code:
        qr_code(page, LEFT, 280, FOOT_CODE, code, error="m")
        page.text(LEFT + FOOT_CODE + 2, 290, number, "Song", 7.5, color=GREY)


def marked_folio(number: str, code: str) -> Footer:
    """A foot with page numbers, and with the record's number and code on the first page."""

    def foot(page: Page, at: int, total: int) -> None:
        folio(page, at, total)
        if at == 1:
            record_mark(page, number, code)

    return foot


def balanced(title: str, most: float) -> list[str]:
    """A title on as few lines of `most` letters as it needs, nearly alike; years stay whole."""
    pieces = _WHOLE.findall(title)
    sizes = [fonts.width(piece, "BiaoSong") / 1000 for piece in pieces]
    count = max(1, math.ceil(sum(sizes) / most))
    lines: list[str] = [""]
    used, spent = 0.0, 0.0
    for piece, size in zip(pieces, sizes, strict=True):
        share = (sum(sizes) - spent) / (count - len(lines) + 1)
        is_better_below = used + size - share > share - used and piece not in "》）”、，的"
        if lines[-1] and len(lines) < count and is_better_below:
            spent += used
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += size
    return lines


def title(flow: Flow, text: str) -> None:
    """The title, centred; below it one line is left empty."""
    most = WIDTH * MM / TITLE - 1
    for line in balanced(fonts.clean(text).replace("\n", ""), most):
        flow.need(_TITLE_LEAD)
        flow.y += _TITLE_LEAD
        flow.page.text(LEFT + WIDTH / 2, flow.y - 3, line, "BiaoSong", TITLE, align="center")
    used = -(-(flow.y - TOP) // LEAD) + 1  # an empty line below, and the grid again
    flow.y = TOP + used * LEAD


def body(flow: Flow, blocks: Sequence[Block], *, tail: float = 0) -> None:
    """Paragraphs on the grid.

    A heading stays with two lines, no paragraph leaves one line alone, and the last two lines of
    all stand on the page of the `tail` lines that follow: a signature never stands alone.
    """
    found = _lines_of(blocks)
    if not found:
        return
    if tail:
        _part_short(found, blocks)
    number = 0
    while number < len(found):
        end = number
        while end + 1 < len(found) and found[end].is_glued:
            end += 1
        wanted = end - number + 1 + (tail if end + 1 == len(found) else 0)
        flow.need(min(wanted * LEAD, flow.page_room) - 0.1)
        for one in found[number : end + 1]:
            flow.need(LEAD - 0.1)
            _draw(flow, one.line, one.face)
        number = end + 1


def placed(signed: Signature) -> list[tuple[str, float]]:
    """The lines of organ and date, and how many characters are free at the right of each.

    With a seal the date is four characters from the right and the organ centred over it; an organ
    too long for that takes the date with it to the left. Without one the organ is two characters
    from the right and the date begins two after it; a date longer than the organ is itself two
    from the right (GB/T 9704 7.3.5).
    """
    organ, day = _organ_lines(signed.organ), date_text(signed.day)
    lines = [*organ, day]
    wide = [fonts.width(line, "Fang") * BODY / 1000 / ADVANCE for line in lines]
    widest, last = max(wide[:-1]), wide[-1]
    if signed.is_sealed:
        middle = max(4 + last / 2, 1 + widest / 2)
        return [(line, middle - width / 2) for line, width in zip(lines, wide, strict=True)]
    begins = 2 + (last + 2 if last > widest else widest)
    found = [(line, begins - width) for line, width in zip(organ, wide, strict=False)]
    return [*found, (day, begins - 2 - last)]


def signature(flow: Flow, signed: Signature) -> None:
    """Organ and date at their places, and the note in brackets below them."""
    if not signed.organ:
        return
    flow.need(signed.lines * LEAD - 0.1)
    flow.y += LEAD * signed.empty_lines
    for text, free in placed(signed):
        right = 210 - RIGHT - free * ADVANCE / MM
        face = fonts.for_name(text, "Fang")
        flow.page.text(right, _base(flow), text, face, BODY, align="right")
        flow.y += LEAD
    for line in _note_lines(signed.note):
        _draw(flow, line, "Fang")


def organ_size(organ: str, most: float) -> float:
    """The size in points at which the red name of an organ fits one line, if it can."""
    return fitting_size(organ, "BiaoSong", most, 150, 24)


def annex_note(names: Sequence[str]) -> tuple[Block, ...]:
    """附件说明, one line below the text: without a full stop, numbered when there are several."""
    if not names:
        return ()
    if len(names) == 1:
        listed = [f"附件：{names[0]}"]
    else:
        listed = [f"附件：1.{names[0]}"]
        listed += [f"　　　{n}.{name}" for n, name in enumerate(names[1:], start=2)]
    return (Block("text", ""), *(Block("text", line) for line in listed))


def annex_head(flow: Flow, name: str, *, number: int | None = None) -> None:
    """Begins an annex on a new page, with its name as the annex note has it."""
    flow.turn()
    flow.page.text(LEFT, _base(flow), f"附件{number or ''}", "Hei", BODY)
    flow.y += LEAD * 1.5
    title(flow, name)


@dataclass(frozen=True)
class Imprint:
    """What stands at the foot of the last page: who gets a copy, and who printed it, when.

    A letter has 抄送 alone (GB/T 9704 10.1); a paper with a red head has printer and date below it,
    with rules of the text's width above, between and below (7.4).
    """

    copies: Annotated[str, "抄送"] = ""
    printed_by: Annotated[str, "印发机关"] = ""
    day: date | None = None

    @property
    def height(self) -> float:
        """Mm that it needs on the page of the signature; none if it may stand on the next one."""
        count = len(_copy_lines(self.copies))
        if count > _LONG_COPIES:
            return 0
        return (count + bool(self.printed_by)) * _COPIES_LEAD + (2 if self.is_any else 0)

    @property
    def is_any(self) -> bool:
        """Whether there is something to print."""
        return bool(self.copies or self.printed_by)

    def draw(self, flow: Flow) -> None:
        """Draws it at the foot of this page, or of the next one where it does not fit."""
        if not self.is_any:
            return
        if self.height:
            flow.need(self.height - 0.1)
            flow.y = max(flow.y, flow.bottom - self.height + 2)
        else:
            flow.y += LEAD / 2
        if self.printed_by:
            self._rule(flow, _THICK)
        self._copies(flow)
        if self.printed_by:
            self._printer(flow)

    def _copies(self, flow: Flow) -> None:
        for number, line in enumerate(_copy_lines(self.copies)):
            flow.need(_COPIES_LEAD - 0.1)
            base = flow.y + _COPIES_LEAD / 2 + FOLIO * 0.36 / MM
            if number == 0:
                flow.page.text(LEFT + _ONE, base, "抄送：", "Fang", FOLIO)
            room = WIDTH - 5 * _ONE
            flow.page.run(LEFT + 4 * _ONE, base, line, room, "Fang", size=FOLIO)
            flow.y += _COPIES_LEAD

    def _printer(self, flow: Flow) -> None:
        flow.need(_COPIES_LEAD - 0.1)
        if self.copies:
            self._rule(flow, _THIN)
        base = flow.y + _COPIES_LEAD / 2 + FOLIO * 0.36 / MM
        day = f"{date_text(self.day)}印发"
        wide = flow.page.text(210 - RIGHT - _ONE, base, day, "Fang", FOLIO, align="right")
        room = WIDTH - 3 * _ONE - wide
        flow.page.fit(LEFT + _ONE, base, self.printed_by, room, "Fang", FOLIO)
        flow.y += _COPIES_LEAD
        self._rule(flow, _THICK)

    def _rule(self, flow: Flow, weight: float) -> None:
        flow.page.line(LEFT, flow.y, LEFT + WIDTH, flow.y, weight=weight * MM, color=INK)


@dataclass(frozen=True)
class _Set:
    """A line ready to stand on the page, and whether the next one must stand there too."""

    line: Line
    face: Typeface
    is_glued: bool


def _lines_of(blocks: Sequence[Block]) -> list[_Set]:
    found: list[_Set] = []
    for block in blocks:
        face = HEADINGS.get(block.kind, "Fang")
        indent = 0.0 if block.kind == "greeting" else 2 * ADVANCE
        text = fonts.clean(block.text).strip(" \n")
        lines = break_lines(text, face, ADVANCE, WIDTH * MM + 0.01, indent=indent)
        is_heading = block.kind in HEADINGS
        for number, line in enumerate(lines):
            left = len(lines) - number - 1
            is_first = number == 0 and left > 0
            found.append(_Set(line, face, is_first or left == 1 or (is_heading and left == 0)))
    if len(found) > 1:
        found[-2] = _Set(found[-2].line, found[-2].face, is_glued=True)
    return found


def _part_short(found: list[_Set], blocks: Sequence[Block]) -> None:
    """Let a text of three lines be parted: kept whole, it would leave a head alone on its page."""
    greeting = len(_lines_of([block for block in blocks if block.kind == "greeting"]))
    is_plain = all(block.kind in ("greeting", "text") for block in blocks)
    if is_plain and len(found) - greeting == _SHORT:
        first = found[greeting]
        found[greeting] = _Set(first.line, first.face, is_glued=False)


def _draw(flow: Flow, line: Line, face: Typeface) -> None:
    natural = line.width * BODY / ADVANCE  # as wide as it is at the letter's own size
    room = WIDTH * MM - line.indent
    gaps = max(1, len(line.text) - 1)
    spacing = (line.width - natural) / gaps if line.is_last else (room - natural) / gaps
    flow.page.text(LEFT + line.indent / MM, _base(flow), line.text, face, BODY, spacing=spacing)
    flow.y += LEAD


def _base(flow: Flow) -> float:
    return flow.y + LEAD / 2 + BODY * 0.36 / MM


def _organ_lines(organ: str) -> list[str]:
    """A long organ on several lines of like length."""
    return balanced(fonts.clean(organ).replace("\n", ""), 20)


def _note_lines(note: str) -> list[Line]:
    if not note:
        return []
    text = f"（{fonts.clean(note)}）"
    return break_lines(text, "Fang", ADVANCE, WIDTH * MM + 0.01, indent=2 * ADVANCE)


def _copy_lines(copies: str) -> list[Line]:
    if not copies:
        return []
    room = WIDTH * MM - 5 * FOLIO  # a character free at each side, and the word before it
    return break_lines(fonts.clean(f"{copies}。"), "Fang", FOLIO, room)
