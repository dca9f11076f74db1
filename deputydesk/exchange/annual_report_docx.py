"""The yearly report as a Word file, in the style of official papers, to be worked on further."""

from pathlib import Path
from typing import Any

from deputydesk.database import disk_faults
from deputydesk.office import Office
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import annual_sources
from deputydesk.reports.annual_report import AnnualReportPaper
from deputydesk.reports.official import ADVANCE, BODY, BOTTOM, FOLIO, LEAD, LEFT, RIGHT, TITLE, TOP
from deputydesk.reports.page import MM
from deputydesk.reports.wording import date_text

Docx = Any
"""A document, a paragraph or an element of python-docx, which types only half of what it has."""

SONG_TITLE, FANG, KAI, HEI, SONG = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "楷体_GB2312",
    "黑体",
    "宋体",
)
_FACES = {"heading": HEI, "subheading": KAI, "text": FANG}
_TWIPS = 20  # in a point
_GRID = 4096  # parts of a point in which Word counts the space between characters
_HEADINGS = ("指标", "本期", "上期", "增减", "统计口径")
_WIDTHS = (30, 27, 27, 22, 50)  # mm


def write(office: Office, report_id: str, to: Path, progress: Progress = SILENT) -> Path:
    """Write a report as .docx; returns the file.

    Raises:
        UserError: a slot cannot be filled, or the file cannot be written; nothing is left of it.
        Cancelled: the user stopped it.
    """
    to = to if to.suffix.lower() == ".docx" else to.with_name(f"{to.name}.docx")
    paper = office.ask(annual_sources.paper, report_id, office.clock().date())
    progress.step(0, 1, paper.title)
    made = _made(paper)
    part = to.with_name(f"{to.name}.part")
    try:
        with disk_faults(to):
            made.save(str(part))
            part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return to


def _made(paper: AnnualReportPaper) -> Docx:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    made = docx.Document()
    made.core_properties.title = paper.title
    made.core_properties.author = paper.signer
    made.core_properties.language = "zh-CN"
    _lay_out(made)
    _write_line(made, paper.title, SONG_TITLE, TITLE).alignment = ALIGN.CENTER
    _write_line(made, "", FANG, BODY)
    for block in paper.blocks:
        paragraph = _write_line(made, block.text, _FACES[block.kind], BODY)
        paragraph.alignment = ALIGN.JUSTIFY
        _indent(paragraph)
        paragraph.paragraph_format.keep_with_next = block.kind != "text"
    if paper.signer:
        _sign(made, paper)
    if paper.annex:
        _annex(made, paper)
    return made


def _lay_out(made: Docx) -> None:
    """Page, margins, grid and page numbers of GB/T 9704."""
    from docx.shared import Mm, Pt

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
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _number(footer.paragraphs[0], side)
    usual = made.styles["Normal"]
    usual.font.size = Pt(BODY)
    usual.paragraph_format.space_after = Pt(0)
    _face(usual.element, FANG)


def _write_line(made: Docx, text: str, face: str, size: float) -> Docx:
    from docx.shared import Pt

    paragraph: Docx = made.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _face(run._r, face)  # noqa: SLF001 - eastAsia has no name in python-docx
    return paragraph


def _face(element: Docx, face: str) -> None:
    """Name a face for Chinese and for Latin letters; Word takes the one for each."""
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    from docx.oxml.ns import qn

    for part in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(part), face)


def _indent(paragraph: Docx) -> None:
    """Two characters, as Word counts them: it stays two when the size changes."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
    indent = paragraph._p.pPr.find(qn("w:ind"))  # noqa: SLF001 - as above
    indent.set(qn("w:firstLineChars"), "200")


def _add(parent: Docx, name: str, **values: str) -> Docx:
    """Put an element of Word's own behind the others; returns it."""
    from docx.oxml.ns import qn

    made = parent.makeelement(qn(name))
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made


def _number(paragraph: Docx, side: str) -> None:
    """— 1 —, counted by Word."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    paragraph.alignment = ALIGN.RIGHT if side == "right" else ALIGN.LEFT
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


def _sign(made: Docx, paper: AnnualReportPaper) -> None:
    """Organ and date at the right, the date four characters from the edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    _write_line(made, "", FANG, BODY)
    day = date_text(paper.signed_on)
    wider = (len(paper.signer) - len(day) * 0.75) / 2
    for text, right in ((paper.signer, max(1.0, 4 - wider)), (day, 4.0)):
        paragraph = _write_line(made, text, FANG, BODY)
        paragraph.alignment = ALIGN.RIGHT
        paragraph.paragraph_format.right_indent = Pt(right * BODY)


def _annex(made: Docx, paper: AnnualReportPaper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm

    _write_line(made, "附件", HEI, BODY).paragraph_format.page_break_before = True
    _write_line(made, "主要数字对比表", SONG_TITLE, TITLE).alignment = ALIGN.CENTER
    this, last = paper.periods
    _write_line(made, f"本期：{this}　　上期：{last}", SONG, 10.5)
    table = made.add_table(rows=1, cols=len(_HEADINGS), style="Table Grid")
    table.autofit = False
    lines = [(x.name, x.this, x.last, x.change, x.definition) for x in paper.annex]
    for number, line in enumerate((_HEADINGS, *lines)):
        cells = table.rows[0].cells if not number else table.add_row().cells
        for cell, text, width in zip(cells, line, _WIDTHS, strict=True):
            cell.width = Mm(width)
            run = cell.paragraphs[0].add_run(text)
            _face(run._r, SONG if number else HEI)  # noqa: SLF001 - as above
            run.font.size = Mm(10.5 / MM)
