"""What a Word file like an official paper is made of, where python-docx has no name for it.

What LibreOffice and Word take alike is used: 22 lines of 28 letters come from the distances of the
style, not from the page's grid. LibreOffice begins it half a line lower and gives two of its cells
to a letter that is wider than one.
"""

import re
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any, Literal

from deputydesk.reports import fonts
from deputydesk.reports.official import BODY, BOTTOM, FOLIO, LEAD, LEFT, RIGHT, TITLE, TOP
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
_CLOSER = -5  # twentieths of a point between letters: so 28 of them stand on a line
STYLES = {
    "title": ("Title", SONG_TITLE, TITLE),
    "heading": ("Heading 1", HEI, BODY),
    "subheading": ("Heading 2", KAI, BODY),
}
SCARLET = "E3000F"
_CELL_LEAD = 1.35
_PARTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_DAWN = (1980, 1, 1, 0, 0, 0)
"""The time that each part of the file bears: the same content is the same file."""


def describe(made: Docx, title: str, author: str, day: date) -> None:
    """What the file says of itself."""
    from datetime import datetime, time

    properties = made.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = author
    properties.language = "zh-CN"
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(day, time())


def lay_out(made: Docx, numbered: str) -> None:
    """Page, margins, grid, styles and page numbers of GB/T 9704."""
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 7 - FOLIO / MM)
    for grid in section._sectPr.xpath("w:docGrid"):  # noqa: SLF001 - no name for it
        section._sectPr.remove(grid)  # noqa: SLF001 - as above
    made.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = numbered == "later"
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        number(footer.paragraphs[0], side)
    for name, letters, size in (("Normal", FANG, BODY), *STYLES.values()):
        set_style(made.styles[name], letters, size)
    normal = made.styles["Normal"].element.rPr
    closer = normal.makeelement(qn("w:spacing"))
    closer.set(qn("w:val"), str(_CLOSER))
    normal.find(qn("w:color")).addnext(closer)
    shape = made.styles["Normal"].element.pPr
    for spaced in ("w:autoSpaceDE", "w:autoSpaceDN"):  # beside Latin letters and figures
        off = shape.makeelement(qn(spaced))
        off.set(qn("w:val"), "0")
        shape.find(qn("w:spacing")).addprevious(off)


def set_style(style: Docx, letters: str, size: float) -> None:
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
    shape.line_spacing = Pt(LEAD * MM)
    shape.widow_control = True
    face(style.element, letters)


def plain(text: str) -> str:
    """The text without what a Word file cannot hold."""
    return _UNWRITABLE.sub("", fonts.clean(text))


def face(element: Docx, letters: str) -> None:
    """Name a face for Chinese and for Latin letters; Word takes the one for each."""
    named = element.get_or_add_rPr().get_or_add_rFonts()
    for part in _PARTS:
        named.set(qn(part), letters)
        named.attrib.pop(qn(f"{part}Theme"), None)  # it would count before the face
    named.attrib.pop(qn("w:cstheme"), None)


def align(paragraph: Docx, side: Side) -> None:
    """How the lines of a paragraph stand."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    if side != "left":
        paragraph.alignment = {
            "center": ALIGN.CENTER, "right": ALIGN.RIGHT, "justify": ALIGN.JUSTIFY,
        }[side]  # fmt: skip


def indent(paragraph: Docx) -> None:
    """Two characters, as Word counts them: it stays two when the size changes."""
    from docx.shared import Pt

    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
    indent = paragraph._p.pPr.find(qn("w:ind"))  # noqa: SLF001 - no name for it
    indent.set(qn("w:firstLineChars"), "200")


def spread(run: Docx, points: float) -> None:
    """Letters so far apart, as in the name of an organ."""
    shape = run._r.get_or_add_rPr()  # noqa: SLF001 - python-docx has no name for it
    spaced = shape.makeelement(qn("w:spacing"))
    spaced.set(qn("w:val"), str(round(points * _TWIPS)))
    at = shape.find(qn("w:color"))
    at.addnext(spaced)


def frame(paragraph: Docx, place: tuple[float, float, float]) -> None:
    """Where a line stands on its page whatever the text does: left, top, width in mm."""
    left, top, wide = map(_twips, place)
    parent = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no name for frames
    framed = parent.makeelement(qn("w:framePr"))
    said = {"w": wide, "wrap": "through", "vAnchor": "page", "hAnchor": "page"}
    for key, value in (said | {"x": left, "y": top}).items():
        framed.set(qn(f"w:{key}"), str(value))
    parent.insert(_after(parent, "pStyle", "keepNext", "keepLines", "pageBreakBefore"), framed)


def lead(paragraph: Docx, points: float) -> None:
    """Lines of exactly so many points."""
    from docx.shared import Pt

    paragraph.paragraph_format.line_spacing = Pt(points)


def border(
    paragraph: Docx, side: str, kind: str, *, size: int, space: int, color: str = SCARLET
) -> None:
    """A rule beside a paragraph; `size` is in eighths of a point."""
    parent = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no name for borders
    borders = parent.makeelement(qn("w:pBdr"))
    before = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
    parent.insert(_after(parent, *before), borders)
    add(borders, f"w:{side}", val=kind, sz=str(size), space=str(space), color=color)


def _after(parent: Docx, *names: str) -> int:
    """Where an element comes to stand that the schema wants behind these."""
    known = {qn(f"w:{name}") for name in names}
    return sum(element.tag in known for element in parent)


def _twips(mm: float) -> int:
    return round(mm * MM * _TWIPS)


def qn(name: str) -> str:
    """A name as XML has it: w:pPr with the address of Word's own names."""
    from docx.oxml import ns

    return ns.qn(name)


def add(parent: Docx, name: str, **values: str) -> Docx:
    """Put an element of Word's own behind the others; returns it."""
    made = parent.makeelement(qn(name))
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made


def number(paragraph: Docx, side: str) -> None:
    """— 1 —, counted by Word."""
    from docx.shared import Pt

    align(paragraph, "right" if side == "right" else "left")
    indent = paragraph.paragraph_format
    if side == "right":
        indent.right_indent = Pt(FOLIO)
    else:
        indent.left_indent = Pt(FOLIO)
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if text == "PAGE" else text)
        run.font.size = Pt(FOLIO)
        face(run._r, SONG)  # noqa: SLF001 - as above
        if text == "PAGE":
            add(run._r, "w:fldChar", fldCharType="begin")  # noqa: SLF001 - as above
            add(run._r, "w:instrText").text = text  # noqa: SLF001 - as above
            add(run._r, "w:fldChar", fldCharType="end")  # noqa: SLF001 - as above


def widths(table: Docx, wide: Sequence[float]) -> None:
    """How wide the columns are in mm: said of cells alone, LibreOffice makes them all alike."""
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, wide, strict=True):
        column.width = Mm(width)


def keep(row: Docx) -> None:
    """A row of a table stands on one page with the next one."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def fill(cell: Docx, text: str, column: Column, size: float, *, is_head: bool = False) -> None:
    """Write into a cell of a table, line by line."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
    from docx.shared import Mm, Pt

    cell.width = Mm(column.width)
    cell.vertical_alignment = VERTICAL.CENTER
    for number, line in enumerate(plain(text).split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        align(paragraph, "center" if is_head else column.align)
        lead(paragraph, size * _CELL_LEAD)
        run = paragraph.add_run(line)
        face(run._r, HEI if is_head else SONG)  # noqa: SLF001 - as above
        run.font.size = Pt(size)


def settled(packed: BytesIO) -> bytes:
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
