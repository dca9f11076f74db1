"""The ballot: secret, and printed where the reader will look."""

from dataclasses import replace
from functools import partial

import pdfplumber
import pypdfium2
import pytest

from deputydesk.reports import FORMS, ballot, tick_paper
from deputydesk.reports.ballot import Candidate, code_of, layout_of
from tests.reports import samples
from tests.reports.judge import MM, text_of
from tests.reports.test_forms import printed

WHITE = 2.5  # mm around each box


def squares(page) -> list[tuple[float, float, float, float]]:
    return [
        (r["x0"] / MM, r["top"] / MM, r["x1"] / MM, r["bottom"] / MM)
        for r in page.rects
        if r["stroke"] and not r["fill"]
    ]


@pytest.mark.parametrize("options", [3, 4, 5])
def test_every_box_of_the_layout_is_printed_where_it_says(options, tmp_path):
    subject = samples.ballot(options, 13)
    layout = layout_of(subject)

    to = printed(partial(ballot.write, subject), tmp_path / "form.pdf")

    with pdfplumber.open(to) as document:
        drawn = {tuple(round(edge, 1) for edge in square) for square in squares(document.pages[0])}
    assert len(layout.boxes) == 13 * options
    for box in layout.boxes:
        edges = (box.x, box.y, box.x + box.side, box.y + box.side)
        assert tuple(round(edge, 1) for edge in edges) in drawn


@pytest.mark.parametrize("options", [3, 4, 5])
def test_nothing_is_printed_near_a_box(options, tmp_path):
    subject = samples.ballot(options, 13)

    to = printed(partial(ballot.write, subject), tmp_path / "form.pdf")

    with pdfplumber.open(to) as document:
        page = document.pages[0]
        edges = [(e["x0"] / MM, e["top"] / MM, e["x1"] / MM, e["bottom"] / MM) for e in page.edges]
        letters = [
            (c["x0"] / MM, c["top"] / MM, c["x1"] / MM, c["bottom"] / MM) for c in page.chars
        ]
    for box in layout_of(subject).boxes:
        own = (box.x - 0.1, box.y - 0.1, box.x + box.side + 0.1, box.y + box.side + 0.1)
        around = (own[0] - WHITE, own[1] - WHITE, own[2] + WHITE, own[3] + WHITE)
        near = [thing for thing in (*edges, *letters) if crosses(thing, around)]
        assert all(within(thing, own) for thing in near)


def crosses(thing, area) -> bool:
    return thing[0] < area[2] and thing[2] > area[0] and thing[1] < area[3] and thing[3] > area[1]


def within(thing, area) -> bool:
    return (
        thing[0] >= area[0] and thing[1] >= area[1] and thing[2] <= area[2] and thing[3] <= area[3]
    )


def test_boxes_and_rows_are_large_enough_for_old_hands():
    for layout in FORMS["ballot"].layouts.values():
        first, second = layout.row(0), layout.row(1)
        assert first[0].side >= 5
        assert second[0].y - first[0].y >= 11
        assert first[1].x - first[0].x >= 22


def test_the_four_marks_are_black_and_only_the_top_right_one_has_a_white_core(tmp_path):
    subject = samples.ballot()

    to = printed(partial(ballot.write, subject), tmp_path / "form.pdf")

    document = pypdfium2.PdfDocument(to)
    image = document[0].render(scale=4).to_pil().convert("L")
    document.close()
    cores = []
    for mark in layout_of(subject).marks:
        edge, middle = 1.0, mark.side / 2
        assert image.getpixel(pixel(mark.x + edge, mark.y + edge)) == 0
        cores.append(image.getpixel(pixel(mark.x + middle, mark.y + middle)))
    assert cores == [0, 255, 0, 0]


def pixel(x: float, y: float) -> tuple[int, int]:
    return round(x * MM * 4), round(y * MM * 4)


def test_two_ballots_of_a_run_are_the_same_sheet(tmp_path):
    subject = samples.ballot()

    to = printed(partial(ballot.write, subject, copies=3), tmp_path / "form.pdf")

    document = pypdfium2.PdfDocument(to)
    images = {document[n].render(scale=1).to_pil().tobytes() for n in range(len(document))}
    document.close()
    assert len(text_of(to)) == 3
    assert len(images) == 1


def test_a_ballot_names_form_run_page_and_layout_and_no_print_date(tmp_path):
    text = text_of(printed(partial(ballot.write, samples.ballot()), tmp_path / "form.pdf"))[0]

    assert "表号 7K3Q9X" in text
    assert "第 1 页 共 1 页" in text
    assert "版式 CP4-1" in text
    assert "五当召镇人大主席团印制" in text
    assert "按姓名笔画为序" in text
    assert "2026年10月8日" not in text


def test_deputies_stand_in_the_given_order_over_as_few_even_pages_as_they_need(tmp_path):
    subject = samples.ballot(4, 20)

    pages = tick_paper.spread_over_pages(subject.deputies, layout_of(subject).rows)
    text = text_of(printed(partial(ballot.write, subject), tmp_path / "form.pdf"))

    assert [len(page) for page in pages] == [10, 10]
    assert tuple(deputy for page in pages for deputy in page) == subject.deputies
    assert "请继续填写下一页" in text[0]
    assert "意见建议" not in text[0]
    assert "意见建议" in text[1]
    assert "第 2 页 共 2 页" in text[1]
    assert "满意度测评票" in text[1].replace(" ", "")


def test_the_code_stays_coarse_and_says_which_page():
    code = code_of(samples.ballot(4, 20), 2, 2)

    assert code == "DD1:CP4-1:7K3Q9X:2/2"
    assert len(code) <= 29  # 25 modules at level Q


def test_the_same_name_twice_is_told_apart_by_the_unit(tmp_path):
    two = (Candidate("张三", "后坝社区"), Candidate("张三", "新曙光村"))

    form = partial(ballot.write, replace(samples.ballot(5), deputies=two))
    text = text_of(printed(form, tmp_path / "form.pdf"))[0]

    assert text.count("张　三") == 2
    assert "后坝社区" in text
    assert "新曙光村" in text


def test_deputies_without_units_get_a_wide_column_for_their_names(tmp_path):
    form = partial(
        ballot.write, replace(samples.ballot(), deputies=(Candidate("张三"), Candidate("李四")))
    )

    text = text_of(printed(form, tmp_path / "form.pdf"))[0]

    assert "选区（单位）" not in text
