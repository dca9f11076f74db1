"""征询意见表: its boxes stand where the reader will look, whatever is printed around them."""

from itertools import pairwise

import pdfplumber
import pypdfium2
import pytest
import zxingcpp

from deputydesk.models.choices import Adoption, TalkForm
from deputydesk.reports import FORMS, feedback_form
from deputydesk.reports.feedback_form import LAYOUT, QUESTIONS
from tests.reports import letter_samples, samples
from tests.reports.judge import MM, text_of
from tests.reports.test_ballot import WHITE, crosses, squares, within

PAPERS = {
    "blank": [],
    "sent": [letter_samples.feedback_sent()],
    "worst": [letter_samples.worst_feedback_sent()],
}


@pytest.fixture(params=PAPERS)
def paper(request, tmp_path):
    to = tmp_path / "form.pdf"
    feedback_form.write(PAPERS[request.param], to, office=samples.OFFICE, printed_on=samples.DAY)
    return to


def test_every_box_of_the_layout_is_printed_where_it_says(paper):
    with pdfplumber.open(paper) as document:
        drawn = {tuple(round(edge, 1) for edge in square) for square in squares(document.pages[0])}

    for box in LAYOUT.boxes:
        edges = (box.x, box.y, box.x + box.side, box.y + box.side)
        assert tuple(round(edge, 1) for edge in edges) in drawn


def test_nothing_is_printed_near_a_box(paper):
    with pdfplumber.open(paper) as document:
        page = document.pages[0]
        edges = [(e["x0"] / MM, e["top"] / MM, e["x1"] / MM, e["bottom"] / MM) for e in page.edges]
        letters = [
            (c["x0"] / MM, c["top"] / MM, c["x1"] / MM, c["bottom"] / MM)
            for c in page.chars
            if c["text"].strip()
        ]

    for box in LAYOUT.boxes:
        own = (box.x - 0.1, box.y - 0.1, box.x + box.side + 0.1, box.y + box.side + 0.1)
        around = (own[0] - WHITE, own[1] - WHITE, own[2] + WHITE, own[3] + WHITE)
        near = [thing for thing in (*edges, *letters) if crosses(thing, around)]
        assert all(within(thing, own) for thing in near)


def test_boxes_and_rows_are_large_enough_for_old_hands():
    for row, question in enumerate(QUESTIONS):
        boxes = LAYOUT.row(row)
        assert len(boxes) == len(question.options)
        assert all(box.side >= 5 for box in boxes)
        assert all(b.x - a.x >= 22 for a, b in pairwise(boxes))
    assert LAYOUT.row(1)[0].y - LAYOUT.row(0)[0].y >= 11


def test_the_code_says_which_form_which_record_and_which_copy(paper):
    document = pypdfium2.PdfDocument(paper)
    first = document[0].render(scale=3).to_pil()
    document.close()

    (found,) = zxingcpp.read_barcodes(first)

    version, record, copy = found.text.removeprefix("DD1:").split(":")
    assert version == LAYOUT.version
    assert record in {"", "1A2B3C4D5E6F"}
    assert copy == "1/2"
    assert FORMS["feedback_form"].layouts[version] is LAYOUT


def test_only_the_boxes_that_were_chosen_are_ticked(tmp_path):
    to = tmp_path / "form.pdf"
    feedback_form.write(
        [letter_samples.feedback()], to, office=samples.OFFICE, printed_on=samples.DAY
    )

    with pdfplumber.open(to) as document:
        ticks = [
            ((c["x0"] + c["x1"]) / 2 / MM, (c["top"] + c["bottom"]) / 2 / MM)
            for c in document.pages[0].chars
            if c["text"] == "√" and c["size"] > 12
        ]
    inked = {
        (box.row, box.option)
        for box in LAYOUT.boxes
        for x, y in ticks
        if box.x < x < box.x + box.side and box.y < y < box.y + box.side
    }

    chosen = {
        ("talk_form", TalkForm.VISIT.value),
        ("attitude", letter_samples.feedback().attitude.value),
        ("result", letter_samples.feedback().result.value),
        ("adoption", Adoption.PARTLY.value),
    }
    assert len(ticks) == 4
    assert {(QUESTIONS[r].field, QUESTIONS[r].options[o][0]) for r, o in inked} == chosen


def test_what_is_too_long_for_its_row_stands_whole_on_a_further_page(tmp_path):
    to = tmp_path / "form.pdf"
    feedback_form.write(
        [letter_samples.worst_feedback_sent()], to, office=samples.OFFICE, printed_on=samples.DAY
    )

    pages = ["".join(page.split()) for page in text_of(to)]

    assert "（全文见附页）" in pages[0]
    annex = next(page for page in pages if "附页" in page and "全文见附页" not in page)
    assert annex.count("盖志远") == samples_of("盖志远")


def samples_of(name):
    return letter_samples.worst_feedback().cosigners.count(name)
