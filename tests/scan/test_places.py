"""Where a page and its ink lie: marks, dust, pieces of ink."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import ImageDraw

from deputydesk.scan import location
from deputydesk.scan.dust import Dust
from deputydesk.scan.geometry import project
from deputydesk.scan.reader import Reader
from deputydesk.scan.reasons import Refusal
from deputydesk.scan.strokes import connected
from tests.scan.paper import MM, Sheet, a_ballot, scanned


@pytest.fixture(scope="module")
def reader():
    return Reader([a_ballot().template])


def test_a_page_without_ink_has_no_pieces():
    assert not connected(np.zeros((8, 9), bool)).any()


def test_dust_of_a_page_on_its_side_runs_across():
    mask = np.asarray(Dust((5,), on_side=True).mask((20, 30)))

    assert mask[5].min() == 255
    assert not mask[:3].any()


def tilted(mapping):
    """Where the code and the marks come to lie."""
    made = a_ballot().template
    code = location.code_corners(made)
    marks = [(mark, project(mapping, location._middle(mark)[None])[0]) for mark in made.marks]
    return code, project(mapping, code), marks


def test_no_sheet_of_paper_is_seen_at_such_an_angle():
    mapping = np.array([[8.0, 0, 0], [0, 8.0, 0], [0.003, 0, 1]])

    assert location._settled(*tilted(mapping)) is Refusal.GEOMETRY_IMPLAUSIBLE


def test_marks_that_do_not_fit_the_code_are_none():
    code, corners, marks = tilted(np.diag([8.0, 8.0, 1.0]))
    (first, _), (second, there) = marks[0], marks[3]

    found = location._settled(code, corners, [(first, there + 90), (second, there)])

    assert found is Refusal.MARKS_MISSING


def test_a_black_corner_larger_than_a_mark_is_none_and_the_other_marks_do(reader):
    sheet = Sheet(a_ballot())
    sheet.tick_all()
    mark = sheet.template.marks[2]
    left, top = (mark.x - 6) * MM, (mark.y - 6) * MM
    ImageDraw.Draw(sheet.paper).rectangle((left, top, left + 18 * MM, top + 18 * MM), 0)

    read = reader.read(scanned(sheet))

    assert read.marks == 3
    assert {row.answer for row in read.rows} == {(0,)}


def test_what_is_taken_for_a_mark_does_not_lead_the_others_astray(reader):
    """A sheet that lay askew: one mark is cut off, beside its place lies something black."""
    sheet = Sheet(a_ballot())
    sheet.tick_all()
    draw = ImageDraw.Draw(sheet.paper)
    mark = sheet.template.marks[1]
    left, top = mark.x * MM, mark.y * MM
    draw.rectangle((left - 1, top - 1, left + 7 * MM, top + 7 * MM), 255)
    left, top = (mark.x - 7) * MM, (mark.y + 7) * MM
    draw.rectangle((left, top, left + 6 * MM, top + 6 * MM), 0)

    read = reader.read(scanned(sheet))

    assert read.marks == 3
    assert {row.answer for row in read.rows} == {(0,)}


def test_boxes_beyond_the_scan_are_cut_off():
    form = a_ballot().template
    moved = replace(form, boxes=tuple(replace(box, x=box.x + 40) for box in form.boxes))

    assert Reader([moved]).read(scanned(Sheet(a_ballot()))).refusal is Refusal.CUT_OFF


def test_a_page_all_of_whose_boxes_are_black_is_refused(reader):
    sheet = Sheet(a_ballot())
    draw = ImageDraw.Draw(sheet.paper)
    for box in sheet.template.boxes:
        draw.rectangle((box.x * MM, box.y * MM, (box.x + 6) * MM, (box.y + 6) * MM), 0)

    assert reader.read(scanned(sheet)).refusal is Refusal.NOT_MATCHING


def test_a_voter_who_fills_in_every_answer_of_two_is_read():
    form = a_ballot()
    boxes = tuple(box for box in form.template.boxes if box.option < 2)
    sheet = Sheet(form)
    for number in range(13):
        sheet.fill(number, 0)

    read = Reader([replace(form.template, boxes=boxes)]).read(scanned(sheet))

    assert [row.answer for row in read.rows] == [(0,)] * 13


def test_a_form_of_a_single_row_is_read():
    form = a_ballot()
    boxes = tuple(box for box in form.template.boxes if box.row == 0)
    sheet = Sheet(form)
    sheet.tick_all()

    read = Reader([replace(form.template, boxes=boxes)]).read(scanned(sheet))

    assert [row.answer for row in read.rows] == [(0,)]
