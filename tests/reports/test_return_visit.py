"""代办回访表: its boxes stand where the reader will look, its code says which petition."""

from dataclasses import replace

import pdfplumber
import pypdfium2
import pytest
import zxingcpp

from deputydesk.errors import UserError
from deputydesk.reports import FORMS, Options, return_visit
from deputydesk.reports.form import AskRecord
from deputydesk.reports.printing import write
from deputydesk.reports.return_visit import LAYOUT, QUESTIONS, VisitPaper
from tests.operations import named_world as named
from tests.reports import samples
from tests.reports.judge import MM, faults, text_of
from tests.reports.test_ballot import WHITE, crosses, squares, within

PAPER = VisitPaper(
    number="HF-20260302-1A2B3C",
    code="1A2B3C4D5E6F",
    sheet="A2B3C",
    name="郝平",
    phone="13804720156",
    matter="草场补偿款没有发放",
    agent="赵春梅",
    unit="区信访局",
    answer="已经恢复",
)
PAPERS = {
    "blank": [],
    "usual": [PAPER],
    "worst": [replace(PAPER, name=samples.LONGEST_NAME, matter=samples.HUGE, answer=samples.HUGE)],
}


def code_of(page):
    """What the code that the reader looks for says; the foot has another one."""
    found = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    (said,) = [code.text for code in found if code.text.startswith(f"DD1:{LAYOUT.version}")]
    return said


@pytest.fixture(params=PAPERS)
def paper(request, tmp_path):
    to = tmp_path / "form.pdf"
    return_visit.write(PAPERS[request.param], to, office=samples.OFFICE, printed_on=samples.DAY)
    return to


def test_every_box_of_the_layout_is_printed_and_nothing_stands_near_it(paper):
    assert faults(paper) == []
    with pdfplumber.open(paper) as document:
        page = document.pages[0]
        drawn = {tuple(round(edge, 1) for edge in square) for square in squares(page)}
        things = [
            (c["x0"], c["top"], c["x1"], c["bottom"]) for c in page.chars if c["text"].strip()
        ]
        things += [(e["x0"], e["top"], e["x1"], e["bottom"]) for e in page.edges]

    for box in LAYOUT.boxes:
        edges = (box.x, box.y, box.x + box.side, box.y + box.side)
        assert tuple(round(edge, 1) for edge in edges) in drawn
        own = (box.x - 0.1, box.y - 0.1, box.x + box.side + 0.1, box.y + box.side + 0.1)
        around = (own[0] - WHITE, own[1] - WHITE, own[2] + WHITE, own[3] + WHITE)
        at = [tuple(edge / MM for edge in thing) for thing in things]
        assert all(within(thing, own) for thing in at if crosses(thing, around))


def test_rows_have_a_box_for_who_cannot_say(paper):
    for row, question in enumerate(QUESTIONS):
        assert len(LAYOUT.row(row)) == len(question.options)
        assert question.options[-1].label in {"不了解", "记不清", "说不清"}
    assert "内部资料严格保密" in "".join(text_of(paper)[0].split())


def test_the_code_says_which_petition_and_which_sheet(tmp_path):
    to = tmp_path / "form.pdf"
    return_visit.write([PAPER], to, office=samples.OFFICE, printed_on=samples.DAY)
    with pypdfium2.PdfDocument(to) as document:
        said = code_of(document[0])

    assert said == "DD1:HF-1:1A2B3C4D5E6F:1/1:A2B3C"


def test_it_is_printed_of_a_petition_with_another_number_on_each_sheet(office, tmp_path):
    petition = named.petition(office)
    said = set()
    for name in ("a.pdf", "b.pdf"):
        write(office, "return_visit", tmp_path / name, Options(record_id=petition))
        with pypdfium2.PdfDocument(tmp_path / name) as document:
            said.add(code_of(document[0]))

    assert len(said) == 2
    text = "".join(text_of(tmp_path / "a.pdf")[0].split())
    assert "郝平" in text
    assert "界线" in text


def test_lists_name_the_matter_and_not_the_petitioner(office):
    petition = named.petition(office)
    [ask] = [ask for ask in FORMS["return_visit"].asks if isinstance(ask, AskRecord)]

    [offered] = office.ask(ask.records)

    assert (offered.id, offered.name) == (petition, "2026年第1号　界线")


def test_a_petition_that_is_gone_is_said_so(office, tmp_path):
    with pytest.raises(UserError, match="找不到这件信访代办"):
        write(office, "return_visit", tmp_path / "a.pdf", Options(record_id="gone"))
