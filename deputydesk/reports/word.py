"""A Word file in the style of official papers (GB/T 9704-2012), for texts that people work on.

`word_file` opens one; what it is filled with stands in it from top to bottom as on our own paper:
the same grid, sizes and distances. The typefaces are named as offices have them; Word takes
another where one is missing.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Literal

from deputydesk.database import disk_faults
from deputydesk.reports import official
from deputydesk.reports import word_parts as parts
from deputydesk.reports.official import (
    ADVANCE,
    BODY,
    FOLIO,
    LEFT,
    TITLE,
    TOP,
    WIDTH,
    Block,
    Signature,
)  # fmt: skip
from deputydesk.reports.page import GREY, MM
from deputydesk.reports.tables import Column
from deputydesk.reports.word_parts import HEI, SCARLET, SONG, SONG_TITLE, STYLES, Docx, Side

_LABEL, _ROW_TWIPS = 26.0, 620  # mm; about 11 mm
_TITLE_LEAD, _COPIES_LEAD = 12.5, 7.2  # mm
_ORGAN_ROOM, _ORGAN_SPREAD = 150.0, 0.35  # mm; the most that its letters stand apart
_ORGAN_LEAD, _INK_TOP = 1.2, 0.1  # of a head's letters: the line, and what is free above its ink
_LETTER_TOP, _RED_TOP = 30.0, TOP + 35.0  # mm: upper edge of the organ's name
_MARK_TOP = {"letter": 18.5, "red": TOP}
_NUMBER_BELOW = {"letter": 13.4, "red": 69.0}
"""Mm of the number's line below the upper edge of the text: the organ's name stands between."""
_TITLE_BELOW = 11.8
"""The same of the two empty lines above the title of a letter without a number."""
_FOOT_RULE, _RECORD_TOP = 275.0, 279.5


@contextmanager
def word_file(
    to: Path, *, title: str, author: str, day: date, numbered: Literal["all", "later"] = "all"
) -> "Generator[WordPaper]":
    """Makes the .docx `to` beside it, and puts it in place when all of it is written.

    Args:
        to: the file.
        title: what it is called in its properties.
        author: the organ or person whose paper it is.
        day: its day.
        numbered: whether the first page of it has a page number too.

    Raises:
        UserError: the file cannot be written; nothing is left of it.
    """
    import docx

    made = docx.Document()
    paper = WordPaper(made)
    parts.describe(made, title, author, day)
    parts.lay_out(made, numbered)
    yield paper
    packed = BytesIO()
    made.save(packed)
    part = to.with_name(f"{to.name}.part")
    with disk_faults(to):
        try:
            part.write_bytes(parts.settled(packed))
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)


class WordPaper:
    """The paper being filled, from top to bottom."""

    def __init__(self, made: Docx) -> None:
        self.made = made
        """The document of python-docx, for what has no name here."""
        self._turns = False

    def title(self, text: str) -> None:
        """The title in the middle, and an empty line below it."""
        most = WIDTH * MM / TITLE - 1
        lines = official.balanced(parts.plain(text).replace("\n", ""), most)
        line = self._line("", style="title", align="center")
        parts.lead(line, _TITLE_LEAD * MM)
        for number, words in enumerate(lines):
            if number:
                line.runs[-1].add_break()
            line.add_run(words)
        self._line("")

    def greeting(self, text: str) -> None:
        """To whom it goes, not indented: 各位选民：."""
        self._line(text)

    def body(self, blocks: Sequence[Block]) -> None:
        """Paragraphs; those of `official.blocks_of` for a text that somebody typed."""
        for block in blocks:
            paragraph = self._line(block.text, style=block.kind, align="justify")
            if block.kind != "greeting":
                parts.indent(paragraph)
            paragraph.paragraph_format.keep_with_next = block.kind in official.HEADINGS

    def text(self, text: str) -> None:
        """A text that somebody typed, over several paragraphs; 一、 and （一） make headings."""
        self.body(official.blocks_of(text))

    def annex_note(self, names: Sequence[str]) -> None:
        """附件说明 below the text."""
        self.body(official.annex_note(names))

    def signature(self, signed: Signature) -> None:
        """Who signs and when, at the right; it takes the last line of the text with it."""
        from docx.shared import Pt

        if not signed.organ:
            return
        if self.made.paragraphs:
            self.made.paragraphs[-1].paragraph_format.keep_with_next = True
        for _ in range(signed.empty_lines):
            self._line("").paragraph_format.keep_with_next = True
        placed = official.placed(signed)
        for text, right in placed:
            line = self._line(text, align="right")
            line.paragraph_format.right_indent = Pt(right * ADVANCE)
            line.paragraph_format.keep_with_next = text != placed[-1][0] or bool(signed.note)
        if signed.note:
            parts.indent(self._line(f"（{signed.note}）"))

    def annex(self, name: str, *, number: int | None = None) -> None:
        """Begins an annex on a new page."""
        self.new_page()
        self._line(f"附件{number or ''}", face=HEI)
        self.title(name)

    def note(self, text: str, size: float = 10.5) -> None:
        """A small line, as above a table."""
        parts.lead(self._line(text, face=SONG, size=size), size * 1.6)

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 10.5
    ) -> None:
        """A ruled table; its head is said again on each page, and no row is parted."""
        table = self.made.add_table(rows=1, cols=len(columns), style="Table Grid")
        share = WIDTH / sum(column.width for column in columns)
        columns = [replace(column, width=column.width * share) for column in columns]
        parts.widths(table, [column.width for column in columns])
        parts.add(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001 - no name for it
        for number, cells in enumerate(([c.title for c in columns], *rows)):
            row = table.rows[0] if not number else table.add_row()
            parts.add(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - as above
            for cell, text, column in zip(row.cells, cells, columns, strict=True):
                parts.fill(cell, text, column, size, is_head=not number)

    def copies(self, text: str) -> None:
        """抄送, in 四号, with a character free at each side."""
        from docx.shared import Pt

        if not text:
            return
        line = self._line(f"抄送：{text}。", size=FOLIO)
        parts.lead(line, _COPIES_LEAD * MM)
        line.paragraph_format.space_before = Pt(_COPIES_LEAD * MM)
        line.paragraph_format.left_indent = Pt(FOLIO * 4)
        line.paragraph_format.first_line_indent = Pt(-FOLIO * 3)
        line.paragraph_format.right_indent = Pt(FOLIO)

    def cells(self, rows: Sequence[Sequence[tuple[str, str]]], size: float = 12) -> None:
        """A ruled form: rows of labels with what stands beside them, or room to write."""
        most = max(len(row) for row in rows)
        table = self.made.add_table(rows=0, cols=most * 2, style="Table Grid")
        rest = (WIDTH - _LABEL * most) / most
        parts.widths(table, [_LABEL, rest] * most)
        for row in rows:
            cells = table.add_row().cells
            for number, (label, value) in enumerate(row):
                parts.fill(cells[number * 2], label, Column("", _LABEL), size, is_head=True)
                last = cells[number * 2 + 1]
                if number + 1 == len(row) < most:
                    last = last.merge(cells[-1])
                parts.fill(last, value, Column("", rest, "left"), size)
        for number, row in enumerate(table.rows, start=1):
            if number < len(rows):
                parts.keep(row)
            parts.add(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - no name for it
            parts.add(row._tr.trPr, "w:trHeight", val=str(_ROW_TWIPS), hRule="atLeast")  # noqa: SLF001 - as above

    def cut(self) -> None:
        """A line to cut along, above a slip."""
        line = self._line("")
        line.paragraph_format.keep_with_next = True
        parts.lead(line, BODY)
        parts.border(line, "bottom", "dashed", size=4, space=1, color=GREY.removeprefix("#"))

    def heading(self, text: str, size: float = 16) -> None:
        """A smaller title in the middle, as above a slip."""
        from docx.shared import Pt

        line = self._line(text, face=SONG_TITLE, size=size, align="center")
        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(6)
        line.paragraph_format.keep_with_next = True

    def new_page(self) -> None:
        """What comes next begins a page."""
        self._turns = True

    def new_letter(self) -> None:
        """What comes next is a letter of its own: on a new page, with page numbers of its own."""
        section = self.made.add_section()
        section.different_first_page_header_footer = self.made.sections[
            0
        ].different_first_page_header_footer
        parts.add(section._sectPr, "w:pgNumType", start="1")  # noqa: SLF001 - no name for it

    def organ(self, name: str, *, style: Literal["letter", "red"]) -> None:
        """The organ's name in red where the standard wants it; a letter's double rules."""
        from docx.shared import RGBColor

        size = official.organ_size(name, 38 if style == "letter" else 50)
        line = self._line(name, face=SONG_TITLE, size=size, align="center")
        parts.lead(line, size * _ORGAN_LEAD)
        line.runs[0].font.color.rgb = RGBColor.from_string(SCARLET)
        above = size * _INK_TOP / MM
        natural = size * len(name)
        spare = max(0.0, min(_ORGAN_ROOM * MM - natural, natural * _ORGAN_SPREAD))
        parts.spread(line.runs[0], spare / max(1, len(name) - 1))
        if style == "red":
            parts.frame(line, (LEFT, _RED_TOP - above, WIDTH))
            return
        parts.border(line, "bottom", "thickThinSmallGap", size=24, space=4)
        parts.frame(line, (20, _LETTER_TOP - above, 170))
        foot = self._first_foot()
        rule = foot.insert_paragraph_before()
        parts.lead(rule, 1)
        parts.border(rule, "top", "thinThickSmallGap", size=24, space=0)
        parts.frame(rule, (20, _FOOT_RULE, 170))

    def number(
        self,
        code: str,
        *,
        style: Literal["letter", "red"],
        mark: str = "",
        has_head: bool = True,
    ) -> None:
        """The document's number under its head, and the red rule of a head in red.

        Paper with a head printed before has both already: `has_head` is false.
        """
        from docx.shared import Mm

        align: Side = "right" if style == "letter" else "center"
        if mark:
            parts.frame(self._line(mark, face=HEI, align="right"), (LEFT, _MARK_TOP[style], WIDTH))
        if code or style == "red":
            line = self._line(code, align=align)
            line.paragraph_format.space_before = Mm(_NUMBER_BELOW[style])
            if style == "red" and has_head:
                parts.border(line, "bottom", "single", size=12, space=7)
        for number in range(2):
            above = self._line("")
            if not number and not code and style == "letter":
                above.paragraph_format.space_before = Mm(_TITLE_BELOW)

    def record(self, number: str, code: str) -> None:
        """The record's number and QR code at the foot of the first page."""
        import segno
        from docx.shared import Mm, Pt

        line = self._first_foot().insert_paragraph_before()
        parts.frame(line, (LEFT, _RECORD_TOP, WIDTH))
        line.paragraph_format.line_spacing = 1.0  # as high as the code
        image = BytesIO()
        segno.make_qr(code, error="q", mask=4, boost_error=False).save(
            image, kind="png", scale=8, border=0
        )
        image.seek(0)
        line.add_run().add_picture(image, width=Mm(11))
        run = line.add_run(f"　{number}")
        run.font.size = Pt(7.5)
        parts.face(run._r, SONG)  # noqa: SLF001 - eastAsia has no name in python-docx

    def _first_foot(self) -> Docx:
        """The last line of the first page's foot; it has the page number where others have it."""
        section = self.made.sections[0]
        foot = section.first_page_footer
        if not section.different_first_page_header_footer:
            section.different_first_page_header_footer = True
            parts.number(foot.paragraphs[0], "right")
        return foot.paragraphs[-1]

    def _line(
        self, text: str, *, style: str = "", face: str = "", size: float = 0, align: Side = "left"
    ) -> Docx:
        from docx.shared import Pt

        named = STYLES.get(style, ("Normal",))[0]
        paragraph: Docx = self.made.add_paragraph(style=named)
        if self._turns:
            paragraph.paragraph_format.page_break_before = True
            self._turns = False
        parts.align(paragraph, align)
        run = paragraph.add_run(parts.plain(text).replace("\n", ""))
        if size:
            run.font.size = Pt(size)
        if face:
            parts.face(run._r, face)  # noqa: SLF001 - eastAsia has no name in python-docx
        return paragraph
