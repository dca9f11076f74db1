"""Templates: taken from what was printed, written as JSON and read again."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from deputydesk.errors import UserError
from deputydesk.reports.layout import Box
from deputydesk.scan import template as templates
from deputydesk.scan.field import table_of
from deputydesk.scan.template import Limit, as_json, of_json, of_pdf
from tests.scan.paper import LAYOUTS, a_ballot


def test_a_template_comes_back_from_json_as_it_was(tmp_path):
    made = replace(a_ballot().template, choices=2, limit=Limit(0, 9))
    (tmp_path / "form.json").write_text(json.dumps(as_json(made)), "utf-8")

    read = of_json(tmp_path / "form.json")
    assert replace(read, marks=made.marks) == made
    assert [(m.x, m.y, m.side) for m in read.marks] == [(m.x, m.y, m.side) for m in made.marks]


@pytest.mark.parametrize("text", ["", "{}", '{"qr": [{}]}', "[]"])
def test_another_file_is_no_template(tmp_path, text):
    (tmp_path / "form.json").write_text(text, "utf-8")

    with pytest.raises(UserError, match="不是表的版式文件"):
        of_json(tmp_path / "form.json")


def test_a_file_that_is_gone_is_no_template(tmp_path):
    with pytest.raises(UserError, match="不是表的版式文件"):
        of_json(tmp_path / "form.json")


def test_a_file_that_is_no_pdf_has_no_forms(tmp_path):
    (tmp_path / "form.pdf").write_bytes(b"nothing")

    with pytest.raises(UserError, match="读不出来"):
        of_pdf(tmp_path / "form.pdf", LAYOUTS)


def test_a_pdf_without_our_forms_says_so(tmp_path):
    canvas = Canvas(str(tmp_path / "letter.pdf"))
    canvas.drawString(100, 700, "letter")
    canvas.save()

    with pytest.raises(UserError, match="没有可以扫描的表"):
        of_pdf(tmp_path / "letter.pdf", LAYOUTS)


def test_a_page_that_was_printed_twice_is_one_template(tmp_path):
    import pypdfium2

    from tests.scan.paper import write_ballot

    once = write_ballot(tmp_path / "once.pdf")
    with pypdfium2.PdfDocument(once) as printed, pypdfium2.PdfDocument.new() as both:
        both.import_pages(printed)
        both.import_pages(printed)
        both.save(tmp_path / "both.pdf")

    assert len(of_pdf(tmp_path / "both.pdf", LAYOUTS)) == 1


def test_a_box_beyond_the_paper_was_not_printed():
    blank = np.asarray(Image.new("L", (1260, 1782), 255))

    assert not templates._stands(blank, Box(0, 0, 230.0, 20.0, 6.0))
    assert not templates._stands(blank, Box(0, 0, 30.0, 20.0, 6.0))


def test_the_table_reaches_from_mark_to_mark_and_around_its_rows():
    made = a_ballot().template
    window = table_of(made)

    assert window.x == min(mark.x for mark in made.marks)
    assert window.y < made.boxes[0].y
    assert window.y + window.height / window.scale > made.boxes[-1].y + made.boxes[-1].side
