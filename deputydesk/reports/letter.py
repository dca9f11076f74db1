"""An official letter: its head in red or left to the pre-printed paper, text, seal, copies, annex.

Measures of GB/T 9704-2012: 10.1 for the 信函格式, 7.2 for the paper with a red head.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Protocol

from deputydesk.errors import UserError
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, official
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, document, form_code, form_name
from deputydesk.reports.official import BODY, LEAD, LEFT, RIGHT, TOP, WIDTH, Block, Signature
from deputydesk.reports.page import MM, Page, fitting_size, text_width
from deputydesk.reports.slip import Slip

SCARLET = "#E3000F"
"""The red of official heads."""
_LETTER_TOP, _RED_TOP = 30.0, TOP + 35.0
"""Upper edge of the organ's name in mm."""
_RULE, _RULE_LEFT = 170.0, 20.0
_FOOT_RULE = 277.0
_ORGAN = {"letter": 38.0, "red": 50.0}
_BELOW = 4.0
_INK_TOP, _INK_BOTTOM = 0.86, 0.1
"""How far the ink of a hanzi reaches above and below its baseline, in ems."""


@dataclass(frozen=True)
class Letterhead:
    """Whose letter it is, its number, and how its head is made.

    Args:
        organ: the name in red.
        number: 文号, as 石人办函〔2026〕3号.
        style: `letter` for the 信函格式, `red` for a head with one line below.
        is_preprinted: the paper has the head already; it is left blank.
        moved: mm to the right and down by which the first page is moved on such paper.
        mark: class of an answer, at the upper right.
        record: number of the record, small at the foot.
        code: what the QR code beside it holds.
    """

    organ: Annotated[str, "发文机关"]
    number: Annotated[str, "发文字号"] = ""
    style: Literal["letter", "red"] = "letter"
    is_preprinted: bool = False
    moved: tuple[float, float] = (0.0, 0.0)
    mark: Annotated[str, "类别"] = ""
    record: Annotated[str, "编号"] = ""
    code: str = ""


class Annex(Protocol):
    """What comes after the signature: a dataclass, so that its texts are checked too."""

    def draw(self, flow: Flow) -> None:
        """Draws it, as a rule on a new page."""


@dataclass(frozen=True)
class Letter:
    """A letter; without a title it is the head alone, to write on."""

    head: Letterhead
    title: Annotated[str, "标题"] = ""
    to: Annotated[str, "主送"] = ""
    blocks: Annotated[tuple[Block, ...], "正文"] = ()
    annexes: Annotated[tuple[str, ...], "附件"] = ()
    signed: Annotated[Signature, "落款"] = field(default_factory=Signature)
    copies: Annotated[str, "抄送"] = ""
    printed_by: Annotated[str, "印发机关"] = ""
    """Who prints a paper with a red head, in its last line; letters have none."""
    annex: Annotated[Annex | None, "附件"] = None
    bookmark: str = ""


def write(
    letters: Iterable[Letter],
    to: Path,
    *,
    title: str,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the letters into one file; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, the file cannot be written, or there is
            nothing to print on paper that has its head already.
    """
    letters = list(letters)
    if any(letter.head.is_preprinted and not letter.title for letter in letters):
        raise UserError("红头纸上没有要印的内容。", hint="请先登记要印的文书，或选白纸印空白红头。")
    fonts.check_printable([*_texts(letters), *fonts.texts_of(office)])
    name = letters[0].title if len(letters) == 1 and letters[0].title else title
    with document(to, title=name, subject=title, office=office, printed_on=printed_on) as making:
        for done, letter in enumerate(letters):
            progress.step(done, len(letters), letter.bookmark or letter.title)
            shown = letter.bookmark or letter.title or letter.head.organ
            flow = draw(letter, (form_name(office), form_code(office, printed_on)))
            making.add(flow, bookmark=shown, odd=len(letters) > 1)
        return making.pages


def draw(letter: Letter, form: tuple[str, str] = ("", "")) -> Flow:
    """The letter's pages; `form` is name and code at the foot of a letter without a record."""
    head = letter.head
    flow = official.new_flow(_footer(head, form))
    if head.is_preprinted:
        flow.page.moved = head.moved
    (_red_head if head.style == "red" else _letter_head)(flow, head)
    if not letter.title:
        return flow
    official.title(flow, letter.title)
    greeting = [Block("greeting", f"{letter.to}：")] if letter.to else []
    blocks = [*greeting, *letter.blocks, *official.annex_note(letter.annexes)]
    imprint = official.Imprint(letter.copies, letter.printed_by, letter.signed.day)
    below = imprint.height if letter.annex is None else 0
    if isinstance(letter.annex, Slip):
        below = letter.annex.height  # it stands on the page of the signature, never alone
    official.body(flow, blocks, tail=letter.signed.lines + below / LEAD)
    official.signature(flow, letter.signed)
    if letter.annex:
        letter.annex.draw(flow)
    imprint.draw(flow)
    return flow


def organ_name(page: Page, organ: str, top: float, most: float) -> float:
    """The name of the organ in red, its upper edge at `top`; returns the lower edge in mm.

    A long name becomes smaller, and stands on two lines before it becomes too small to be seen
    from afar.
    """
    room = 150.0
    lines = [fonts.clean(organ).replace("\n", "")]
    size = fitting_size(lines[0], "BiaoSong", most, room, 10)
    if size < 24:
        lines = official.balanced(lines[0], sum(fonts.width(c, "BiaoSong") for c in organ) / 1990)
        widest = max(lines, key=lambda line: fonts.width(line, "BiaoSong"))
        size = fitting_size(widest, "BiaoSong", 26, room, 10)
    y = top
    for line in lines:
        natural = text_width(line, "BiaoSong", size)
        gaps = max(1, len(line) - 1)
        spare = min(room - natural, natural * 0.35) if len(lines) == 1 else 0.0
        page.text(
            105, y + _INK_TOP * size / MM, line, "BiaoSong", size,
            align="center", color=SCARLET, spacing=max(0.0, spare) * MM / gaps,
        )  # fmt: skip
        y += size * 1.15 / MM
    return y - (1.15 - _INK_TOP - _INK_BOTTOM) * size / MM


def _letter_head(flow: Flow, head: Letterhead) -> None:
    page = flow.page
    below = _LETTER_TOP + _ORGAN["letter"] * 0.96 / MM
    if not head.is_preprinted:
        below = organ_name(page, head.organ, _LETTER_TOP, _ORGAN["letter"])
        rule = below + _BELOW
        _double(page, rule, is_thick_first=True)
        _double(page, _FOOT_RULE - 1.9, is_thick_first=False)
    if head.mark:
        page.text(210 - RIGHT, _LETTER_TOP - 6, head.mark, "Hei", BODY, align="right")
    y = below + _BELOW + 1.9 + BODY * 7 / 8 / MM + BODY * _INK_TOP / MM
    flow.y = below + _BELOW + 1.9 + 2 * LEAD
    if head.number:
        page.fit(210 - RIGHT, y, head.number, WIDTH * 0.7, "Fang", BODY, align="right")
        flow.y = y + 2 * LEAD


def _red_head(flow: Flow, head: Letterhead) -> None:
    page = flow.page
    below = _RED_TOP + _ORGAN["red"] * 0.96 / MM
    if not head.is_preprinted:
        below = organ_name(page, head.organ, _RED_TOP, _ORGAN["red"])
    y = below + 2 * LEAD + BODY * _INK_TOP / MM
    if head.number:
        page.fit(LEFT + WIDTH / 2, y, head.number, WIDTH, "Fang", BODY, align="center")
    if head.mark:
        page.text(210 - RIGHT, TOP + 6, head.mark, "Hei", BODY, align="right")
    rule = y + BODY * _INK_BOTTOM / MM + _BELOW
    if not head.is_preprinted:
        page.line(LEFT, rule, LEFT + WIDTH, rule, weight=1.6, color=SCARLET)
    flow.y = rule + 2 * LEAD


def _double(page: Page, y: float, *, is_thick_first: bool) -> None:
    """Two red rules of 170 mm, `y` the upper edge of the upper one."""
    thick, thin = 2.6, 0.9
    first, second = (thick, thin) if is_thick_first else (thin, thick)
    right = _RULE_LEFT + _RULE
    upper, lower = y + first / 2 / MM, y + 1.9 - second / 2 / MM
    page.line(_RULE_LEFT, upper, right, upper, weight=first, color=SCARLET)
    page.line(_RULE_LEFT, lower, right, lower, weight=second, color=SCARLET)


def _footer(head: Letterhead, form: tuple[str, str]) -> Callable[[Page, int, int], None]:
    def foot(page: Page, number: int, total: int) -> None:
        """The page number, on the first page of a letter none; there the record's number."""
        if number > 1 or (head.style == "red" and total > 1):
            official.folio(page, number, total)
        if number == 1:
            official.record_mark(page, *((head.record, head.code) if head.code else form))

    return foot


def _texts(letters: Sequence[Letter]) -> Iterator[tuple[str, str]]:
    for letter in letters:
        yield from fonts.texts_of(letter, letter.bookmark)
