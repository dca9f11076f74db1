"""A page that cannot be read for certain is refused, each with its own reason."""

import io

import numpy as np
import pytest
import segno
from PIL import Image, ImageDraw

from deputydesk.reports.layout import Mark
from deputydesk.scan import codes
from deputydesk.scan.codes import Code
from deputydesk.scan.reader import Reader
from deputydesk.scan.reasons import Refusal
from deputydesk.scan.settings import Settings
from tests.scan.paper import MM, Sheet, a_ballot, scanned


@pytest.fixture(scope="module")
def reader():
    return Reader([a_ballot().template])


@pytest.fixture
def sheet():
    made = Sheet(a_ballot())
    made.tick_all()
    return made


def hide(sheet, *marks: Mark):
    draw = ImageDraw.Draw(sheet.paper)
    for mark in marks:
        left, top = (mark.x - 1) * MM, (mark.y - 1) * MM
        draw.rectangle((left, top, left + 8 * MM, top + 8 * MM), 255)


def test_blank_black_and_small_pictures_are_told_apart(reader):
    paper = np.random.default_rng(1).normal(250, 2, (2339, 1654)).clip(0, 255).astype(np.uint8)

    assert reader.read(paper).refusal is Refusal.BLANK_PAGE
    assert reader.read(np.full_like(paper, 12)).refusal is Refusal.BLACK_PAGE
    assert reader.read(paper[:400]).refusal is Refusal.TOO_SMALL


def test_a_page_of_text_has_no_code(reader):
    page = Image.new("L", (1654, 2339), 250)
    draw = ImageDraw.Draw(page)
    for y in range(200, 2100, 42):
        draw.rectangle((180, y, 1400, y + 18), 40)

    assert reader.read(np.asarray(page)).refusal is Refusal.NO_CODE


def test_a_code_of_somebody_else_is_foreign(reader):
    page = Image.new("L", (1654, 2339), 250)
    made = io.BytesIO()
    segno.make_qr("https://example.cn/a").save(made, kind="png", scale=8)
    page.paste(Image.open(made).convert("L"), (1200, 200))

    assert reader.read(np.asarray(page)).refusal is Refusal.FOREIGN_CODE


def test_too_coarse_a_scan_is_refused(reader, sheet):
    assert reader.read(scanned(sheet, dpi=96)).refusal is Refusal.RESOLUTION_TOO_LOW


@pytest.mark.parametrize("hidden", [1, 2])
def test_a_sheet_is_read_although_corners_are_folded_over(reader, sheet, hidden):
    hide(sheet, *sheet.template.marks[2 : 2 + hidden])

    read = reader.read(scanned(sheet))

    assert read.marks == 4 - hidden
    assert read.refusal is not None or {row.answer for row in read.rows} == {(0,)}


def test_a_sheet_without_corner_marks_is_refused(reader, sheet):
    hide(sheet, *sheet.template.marks)

    assert reader.read(scanned(sheet)).refusal is Refusal.MARKS_MISSING


def test_three_marks_that_do_not_fit_the_code_are_refused(reader, sheet):
    third, fourth = sheet.template.marks[2:]
    hide(sheet, third, fourth)
    draw = ImageDraw.Draw(sheet.paper)
    left, top = (third.x + 12) * MM, (third.y - 12) * MM
    draw.rectangle((left, top, left + 6 * MM, top + 6 * MM), 0)

    assert reader.read(scanned(sheet)).refusal is not None


def test_a_sheet_cut_off_through_its_boxes_is_refused(reader, sheet):
    cut = scanned(sheet)[:, : round(176 * 200 / 25.4)]

    assert reader.read(np.ascontiguousarray(cut)).refusal is not None


def test_a_sheet_whose_boxes_are_elsewhere_is_refused(sheet):
    from dataclasses import replace

    form = a_ballot()
    moved = tuple(replace(box, x=box.x - 9.0) for box in form.template.boxes)
    reader = Reader([replace(form.template, boxes=moved)])

    assert reader.read(scanned(sheet)).refusal is Refusal.NOT_MATCHING


def test_a_page_bent_beyond_belief_is_refused(sheet):
    from tests.scan.paper import _perspective

    width, height = sheet.paper.size
    corners = [(0, 0), (width, 0), (width * 0.62, height), (width * 0.38, height)]
    back = _perspective(corners, [(0, 0), (width, 0), (width, height), (0, height)])
    bent = sheet.paper.transform(
        sheet.paper.size,
        Image.Transform.PERSPECTIVE,
        back,
        Image.Resampling.BILINEAR,
        fillcolor=250,
    )

    assert Reader([a_ballot().template]).read(np.asarray(bent)).refusal is not None


def test_a_pale_code_is_read_with_its_greys_pulled_apart():
    page = np.asarray(a_ballot().blank.resize((1240, 1754)), np.float32)
    pale = (200 + page * 0.05).astype(np.uint8)

    assert [Code.read(found.text).run for found in codes.find(pale)] == ["7K3Q9X"]


@pytest.mark.parametrize(
    "text", ["", "DD1:CP4-1:7K3Q9X", "DD2:CP4-1:7K3Q9X:1/1", "DD1:CP4-1:7K3Q9X:1/1:甲"]
)
def test_only_our_own_codes_are_ours(text):
    assert Code.read(text) is None


def test_a_reading_is_stamped_with_the_rules_and_every_figure_it_was_made_by():
    usual, other = Settings(), Settings(sure=0.9)

    assert usual.stamp == Settings().stamp
    assert usual.stamp != other.stamp
    assert usual.stamp.startswith("9-")
