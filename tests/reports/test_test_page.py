"""打印测试页: what is measured on it stands where it says."""

from datetime import date
from pathlib import Path

import pdfplumber
import pytest

from deputydesk.errors import UserError
from deputydesk.reports import FORMS, OfficeHead, test_page
from deputydesk.reports.printing import write
from tests.reports.judge import faults, text_of

MM = 72 / 25.4
HEAD = OfficeHead("五当召镇", "石拐区五当召镇", "五当召镇人大主席团")


@pytest.fixture
def paper(tmp_path) -> Path:
    to = tmp_path / "test.pdf"
    assert test_page.write(None, to, office=HEAD, printed_on=date(2026, 11, 28)) == 1
    return to


def test_it_is_well_printed_and_says_who_printed_it(paper):
    assert faults(paper, expect=["打印测试页", "五当召镇人大主席团", "100毫米"]) == []
    assert "𬙊㛃䶮" in text_of(paper)[0]


def test_the_square_is_a_hundred_millimetres(paper):
    with pdfplumber.open(paper) as document:
        sides = [(r["width"] / MM, r["height"] / MM) for r in document.pages[0].rects]
        corners = [
            (r["x0"] / MM, r["top"] / MM) for r in document.pages[0].rects if r["width"] < 18
        ]

    assert any(side == pytest.approx((100, 100), abs=0.01) for side in sides)
    assert any(corner == pytest.approx((10, 10), abs=0.01) for corner in corners)


def test_steps_of_each_edge_begin_at_the_edge_itself(paper):
    with pdfplumber.open(paper) as document:
        lines = document.pages[0].lines

    level = {round(line["top"] / MM, 1) for line in lines if line["top"] == line["bottom"]}
    upright = {round(line["x0"] / MM, 1) for line in lines if line["x0"] == line["x1"]}
    assert {float(n) for n in range(11)} | {297.0 - n for n in range(11)} <= level
    assert {float(n) for n in range(11)} | {210.0 - n for n in range(11)} <= upright


def test_two_runs_give_the_same_bytes(paper, tmp_path):
    again = tmp_path / "again.pdf"
    test_page.write(None, again, office=HEAD, printed_on=date(2026, 11, 28))

    assert again.read_bytes() == paper.read_bytes()


def test_it_asks_for_nothing_and_reads_nothing(office, tmp_path):
    assert FORMS["test_page"].asks == ()
    assert write(office, "test_page", tmp_path / "a.pdf") == 1


def test_an_office_whose_name_cannot_be_printed_is_told_first(tmp_path):
    strange = OfficeHead("镇", "区镇", "镇\U0003ffff主席团")

    with pytest.raises(UserError, match="印制机关"):
        test_page.write(None, tmp_path / "a.pdf", office=strange, printed_on=date(2026, 11, 28))
    assert list(tmp_path.iterdir()) == []
