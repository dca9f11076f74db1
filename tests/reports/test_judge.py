"""The judge itself: what is badly printed is seen."""

from pathlib import Path

import pytest

from deputydesk.reports.kit import document
from deputydesk.reports.page import Page
from tests.reports import samples
from tests.reports.judge import faults

GOOD = "进家接待选民收集意见"


def overlapping(page: Page) -> None:
    page.text(30, 51, "重叠的字句", size=12)


def off_the_page(page: Page) -> None:
    page.text(203, 80, GOOD)


def ruled_through(page: Page) -> None:
    page.line(20, 48.5, 120, 48.5)


def cut_by_a_cell(page: Page) -> None:
    page.line(36, 40, 36, 60)


def begun_badly(page: Page) -> None:
    page.text(30, 90, f"，{GOOD}")


def ended_badly(page: Page) -> None:
    page.text(30, 90, f"{GOOD}（")


BAD = {
    overlapping: "lie on each other",
    off_the_page: "too near to the edge",
    ruled_through: "a rule runs through",
    cut_by_a_cell: "a rule runs through",
    begun_badly: "begins with ，",
    ended_badly: "ends with （",
}


def sheet(to: Path, draw=lambda page: None, title: str = "样张") -> Path:
    page = Page()
    page.text(30, 50, GOOD, size=12)
    draw(page)
    with document(
        to, title=title, subject="样张", office=samples.OFFICE, printed_on=samples.DAY
    ) as making:
        making.add_page(page)
    return to


def test_a_good_sheet_passes(tmp_path):
    assert faults(sheet(tmp_path / "x.pdf"), expect=[GOOD]) == []


@pytest.mark.parametrize("draw", BAD)
def test_a_bad_sheet_is_caught(draw, tmp_path):
    found = faults(sheet(tmp_path / "x.pdf", draw))

    assert any(BAD[draw] in fault for fault in found)


def test_missing_words_and_a_missing_title_are_caught(tmp_path):
    found = faults(sheet(tmp_path / "x.pdf", title=""), expect=["没有的话"])

    assert found == ["no /Title", "missing text '没有的话'"]
