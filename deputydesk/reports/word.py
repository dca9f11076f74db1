"""A Word file in the style of official papers (GB/T 9704-2012), for texts that people work on.

`word_file` opens one; what it is filled with stands in it from top to bottom as on our own paper:
the same grid, sizes and distances. The typefaces are named as offices have them; Word takes
another where one is missing.
"""

import re
import zipfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from deputydesk.database import disk_faults
from deputydesk.reports import fonts, official
from deputydesk.reports.official import (
    ADVANCE,
    BODY,
    BOTTOM,
    FOLIO,
    LEAD,
    LEFT,
    RIGHT,
    TITLE,
    TOP,
    WIDTH,
    Block,
    Signature,
)  # fmt: skip
from deputydesk.reports.page import MM
from deputydesk.reports.tables import Column

Docx = Any
"""A document, a paragraph or an element of python-docx, which types only half of what it has."""
Side = Literal["left", "center", "right", "justify"]

SONG_TITLE, FANG, KAI, HEI, SONG = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "楷体_GB2312",
    "黑体",
    "宋体",
)
_TWIPS = 20  # in a point
_GRID = 4096  # parts of a point in which Word counts the space between characters
_STYLES = {
    "title": ("Title", SONG_TITLE, TITLE),
    "heading": ("Heading 1", HEI, BODY),
    "subheading": ("Heading 2", KAI, BODY),
}
_SCARLET = "E3000F"
_LABEL, _ROW_TWIPS = 26.0, 620  # mm; about 11 mm
_PARTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_DAWN = (1980, 1, 1, 0, 0, 0)
"""The time that each part of the file bears: the same content is the same file."""


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
    _describe(made, title, author, day)
    _lay_out(made, numbered)
    yield paper
    packed = BytesIO()
    made.save(packed)
    part = to.with_name(f"{to.name}.part")
    with disk_faults(to):
        try:
            part.write_bytes(_settled(packed))
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
        self._line(text, style="title", align="center")
        self._line("")

    def greeting(self, text: str) -> None:
        """To whom it goes, not indented: 各位选民：."""
        self._line(text)

    def body(self, blocks: Sequence[Block]) -> None:
        """Paragraphs; those of `official.blocks_of` for a text that somebody typed."""
        for block in blocks:
            paragraph = self._line(block.text, style=block.kind, align="justify")
            if block.kind != "greeting":
                _indent(paragraph)
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
            _indent(self._line(f"（{signed.note}）"))

    def annex(self, name: str, *, number: int | None = None) -> None:
        """Begins an annex on a new page."""
        self.new_page()
        self._line(f"附件{number or ''}", face=HEI)
        self.title(name)

    def note(self, text: str, size: float = 10.5) -> None:
        """A small line, as above a table."""
        self._line(text, face=SONG, size=size)

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 10.5
    ) -> None:
        """A ruled table; its head is said again on each page, and no row is parted."""
        table = self.made.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.autofit = False
        _add(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001 - no name for it
        for number, cells in enumerate(([c.title for c in columns], *rows)):
            row = table.rows[0] if not number else table.add_row()
            _add(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - as above
            for cell, text, column in zip(row.cells, cells, columns, strict=True):
                _fill(cell, text, column, size, is_head=not number)

    def copies(self, text: str) -> None:
        """抄送, in 四号, with a character free at each side."""
        from docx.shared import Pt

        if not text:
            return
        line = self._line(f"抄送：{text}。", size=FOLIO)
        line.paragraph_format.space_before = Pt(LEAD * MM)
        line.paragraph_format.left_indent = Pt(FOLIO * 4)
        line.paragraph_format.first_line_indent = Pt(-FOLIO * 3)
        line.paragraph_format.right_indent = Pt(FOLIO)

    def cells(self, rows: Sequence[Sequence[tuple[str, str]]], size: float = 12) -> None:
        """A ruled form: rows of labels with what stands beside them, or room to write."""
        most = max(len(row) for row in rows)
        table = self.made.add_table(rows=0, cols=most * 2, style="Table Grid")
        table.autofit = False
        rest = (WIDTH - _LABEL * most) / most
        for row in rows:
            cells = table.add_row().cells
            for number, (label, value) in enumerate(row):
                _fill(cells[number * 2], label, Column("", _LABEL), size, is_head=True)
                last = cells[number * 2 + 1]
                if number + 1 == len(row) < most:
                    last = last.merge(cells[-1])
                _fill(last, value, Column("", rest, "left"), size)
        for row in table.rows:
            _add(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - no name for it
            _add(row._tr.trPr, "w:trHeight", val=str(_ROW_TWIPS), hRule="atLeast")  # noqa: SLF001 - as above

    def heading(self, text: str, size: float = 16) -> None:
        """A smaller title in the middle, as above a slip."""
        line = self._line(text, face=SONG_TITLE, size=size, align="center")
        line.paragraph_format.space_before = line.paragraph_format.space_after = _points(6)
        line.paragraph_format.keep_with_next = True

    def new_page(self) -> None:
        """What comes next begins a page."""
        self._turns = True

    def organ(self, name: str, *, style: Literal["letter", "red"], top: float) -> None:
        """The organ's name in red, `top` mm below the text's upper edge; a letter's double rule."""
        from docx.shared import Mm, Pt, RGBColor

        size = official.organ_size(name, 38 if style == "letter" else 50)
        line = self._line(name, face=SONG_TITLE, size=size, align="center")
        line.paragraph_format.space_before = Mm(max(0.0, top))
        line.paragraph_format.line_spacing = Pt(size * 1.2)
        line.runs[0].font.color.rgb = RGBColor.from_string(_SCARLET)
        if style == "letter":
            line.paragraph_format.left_indent = Mm(20 - LEFT)
            line.paragraph_format.right_indent = Mm(20 - RIGHT)
            _border(line, "bottom", "thickThinSmallGap", size=24, space=11)

    def number(
        self,
        code: str,
        *,
        style: Literal["letter", "red"],
        mark: str = "",
        is_ruled: bool = True,
    ) -> None:
        """The document's number under its head, and the red rule of a head in red."""
        align: Side = "right" if style == "letter" else "center"
        if mark:
            self._line(mark, face=HEI, align="right")
        line = self._line(code, align=align)
        if style == "red" and is_ruled:
            _border(line, "bottom", "single", size=12, space=11)
        self._line("")

    def record(self, number: str, code: str) -> None:
        """The record's number and QR code at the foot of the first page."""
        import segno
        from docx.shared import Mm, Pt

        section = self.made.sections[0]
        section.different_first_page_header_footer = True
        line = section.first_page_footer.paragraphs[0]
        image = BytesIO()
        segno.make_qr(code, error="q", mask=4, boost_error=False).save(
            image, kind="png", scale=8, border=0
        )
        image.seek(0)
        line.add_run().add_picture(image, width=Mm(12))
        run = line.add_run(f"　{number}")
        run.font.size = Pt(7.5)
        _face(run._r, SONG)  # noqa: SLF001 - eastAsia has no name in python-docx

    def _line(
        self, text: str, *, style: str = "", face: str = "", size: float = 0, align: Side = "left"
    ) -> Docx:
        from docx.shared import Pt

        named = _STYLES.get(style, ("Normal",))[0]
        paragraph: Docx = self.made.add_paragraph(style=named)
        if self._turns:
            paragraph.paragraph_format.page_break_before = True
            self._turns = False
        _align(paragraph, align)
        run = paragraph.add_run(_plain(text).replace("\n", ""))
        if size:
            run.font.size = Pt(size)
        if face:
            _face(run._r, face)  # noqa: SLF001 - eastAsia has no name in python-docx
        return paragraph


def _describe(made: Docx, title: str, author: str, day: date) -> None:
    from datetime import datetime, time

    properties = made.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = author
    properties.language = "zh-CN"
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(day, time())


def _lay_out(made: Docx, numbered: str) -> None:
    """Page, margins, grid, styles and page numbers of GB/T 9704."""
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 7 - FOLIO / MM)
    for old in section._sectPr.xpath("w:docGrid"):  # noqa: SLF001 - as below
        section._sectPr.remove(old)  # noqa: SLF001 - as below
    _add(
        section._sectPr,  # noqa: SLF001 - python-docx has no name for the grid
        "w:docGrid",
        type="linesAndChars",
        linePitch=str(round(LEAD * MM * _TWIPS)),
        charSpace=str(round((ADVANCE - BODY) * _GRID)),
    )
    made.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = numbered == "later"
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _number(footer.paragraphs[0], side)
    for name, face, size in (("Normal", FANG, BODY), *_STYLES.values()):
        _style(made.styles[name], face, size)


def _points(size: float) -> Docx:
    from docx.shared import Pt

    return Pt(size)


def _style(style: Docx, face: str, size: float) -> None:
    """Our letters and distances in one of Word's own styles; those have colours and rules."""
    from docx.shared import Pt, RGBColor

    style.font.size = Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    for pair in ("w:spacing", "w:kern"):
        for old in style.element.rPr.xpath(pair):
            style.element.rPr.remove(old)
    for old in style.element.xpath("w:pPr/w:pBdr | w:pPr/w:contextualSpacing"):
        old.getparent().remove(old)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1.0
    shape.widow_control = True
    _face(style.element, face)


def _plain(text: str) -> str:
    """The text without what a Word file cannot hold."""
    return _UNWRITABLE.sub("", fonts.clean(text))


def _face(element: Docx, face: str) -> None:
    """Name a face for Chinese and for Latin letters; Word takes the one for each."""
    from docx.oxml.ns import qn

    named = element.get_or_add_rPr().get_or_add_rFonts()
    for part in _PARTS:
        named.set(qn(part), face)
        named.attrib.pop(qn(f"{part}Theme"), None)  # it would count before the face
    named.attrib.pop(qn("w:cstheme"), None)


def _align(paragraph: Docx, align: Side) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    if align != "left":
        paragraph.alignment = {
            "center": ALIGN.CENTER, "right": ALIGN.RIGHT, "justify": ALIGN.JUSTIFY,
        }[align]  # fmt: skip


def _indent(paragraph: Docx) -> None:
    """Two characters, as Word counts them: it stays two when the size changes."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
    indent = paragraph._p.pPr.find(qn("w:ind"))  # noqa: SLF001 - no name for it
    indent.set(qn("w:firstLineChars"), "200")


def _border(paragraph: Docx, side: str, kind: str, *, size: int, space: int) -> None:
    """A red rule beside a paragraph; `size` is in eighths of a point."""
    parent = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no name for borders
    borders = parent.makeelement(_qn("w:pBdr"))
    # The schema wants borders before what says distances.
    at = next((n for n, e in enumerate(parent) if not e.tag.endswith("}pStyle")), len(parent))
    parent.insert(at, borders)
    _add(borders, f"w:{side}", val=kind, sz=str(size), space=str(space), color=_SCARLET)


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)


def _add(parent: Docx, name: str, **values: str) -> Docx:
    """Put an element of Word's own behind the others; returns it."""
    made = parent.makeelement(_qn(name))
    for key, value in values.items():
        made.set(_qn(f"w:{key}"), value)
    parent.append(made)
    return made


def _number(paragraph: Docx, side: str) -> None:
    """— 1 —, counted by Word."""
    from docx.shared import Pt

    _align(paragraph, "right" if side == "right" else "left")
    indent = paragraph.paragraph_format
    if side == "right":
        indent.right_indent = Pt(FOLIO)
    else:
        indent.left_indent = Pt(FOLIO)
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if text == "PAGE" else text)
        run.font.size = Pt(FOLIO)
        _face(run._r, SONG)  # noqa: SLF001 - as above
        if text == "PAGE":
            _add(run._r, "w:fldChar", fldCharType="begin")  # noqa: SLF001 - as above
            _add(run._r, "w:instrText").text = text  # noqa: SLF001 - as above
            _add(run._r, "w:fldChar", fldCharType="end")  # noqa: SLF001 - as above


def _fill(cell: Docx, text: str, column: Column, size: float, *, is_head: bool = False) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
    from docx.shared import Mm, Pt

    cell.width = Mm(column.width)
    cell.vertical_alignment = VERTICAL.CENTER
    for number, line in enumerate(_plain(text).split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _align(paragraph, "center" if is_head else column.align)
        run = paragraph.add_run(line)
        _face(run._r, HEI if is_head else SONG)  # noqa: SLF001 - as above
        run.font.size = Pt(size)


def _settled(packed: BytesIO) -> bytes:
    """The same parts without the time at which they were packed."""
    settled = BytesIO()
    with (
        zipfile.ZipFile(packed) as source,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _DAWN)
            info.compress_type = zipfile.ZIP_DEFLATED
            to.writestr(info, source.read(name))
    return settled.getvalue()
