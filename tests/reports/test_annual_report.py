"""The yearly report against the measures of GB/T 9704."""

from itertools import pairwise
from typing import Any

import pdfplumber
import pytest

from deputydesk.reports import annual_report
from deputydesk.reports.official import Block, balanced
from tests.reports import samples

MM = 72 / 25.4


@pytest.fixture
def pages(tmp_path):
    to = tmp_path / "report.pdf"
    annual_report.write(samples.annual_report(), to, office=samples.OFFICE, printed_on=samples.DAY)
    with pdfplumber.open(to) as document:
        yield document.pages


def lines(page, size):
    found: dict[int, list[dict[str, Any]]] = {}
    for char in page.chars:
        if abs(char["size"] - size) < 0.1 and char["text"].strip():
            found.setdefault(round(char["bottom"]), []).append(char)
    return [sorted(found[y], key=lambda c: c["x0"]) for y in sorted(found)]


def test_a_full_page_has_22_lines_of_28_characters(tmp_path):
    long = annual_report.AnnualReportPaper("题", (Block("text", "人" * 1500),))
    to = tmp_path / "long.pdf"
    annual_report.write(long, to, office=samples.OFFICE, printed_on=samples.DAY)

    with pdfplumber.open(to) as document:
        body = lines(document.pages[1], 16)

    assert [len(line) for line in body] == [28] * 22
    tops = [line[0]["top"] for line in body]
    assert (tops[-1] - tops[0]) / 21 == pytest.approx(225 * MM / 22, abs=0.05)
    steps = [after["x0"] - one["x0"] for one, after in pairwise(body[0])]
    assert steps == pytest.approx([156 * MM / 28] * 27, abs=0.05)


def test_text_stays_within_the_margins(pages):
    for page in pages[:2]:
        body = [c for line in lines(page, 16) for c in line]
        assert min(c["x0"] for c in body) >= 28 * MM - 1
        assert max(c["x1"] for c in body) <= (210 - 26) * MM + 1


def test_page_numbers_stand_outside_right_and_left_in_turn(pages):
    odd, even = ([c for c in page.chars if abs(c["size"] - 14) < 0.1] for page in pages[:2])

    assert min(c["x0"] for c in odd) > 297 / 2 * MM
    assert max(c["x1"] for c in even) < 210 / 2 * MM
    assert "".join(c["text"] for c in odd).replace(" ", "") == "—1—"


def test_the_signature_never_stands_alone(tmp_path):
    for count in range(1, 26):
        paper = samples.annual_report()
        blocks = tuple(Block("text", "一行文字。") for _ in range(count))
        one = type(paper)("标题", blocks, "石拐区人大常委会", paper.signed_on)
        to = tmp_path / f"{count}.pdf"
        annual_report.write(one, to, office=samples.OFFICE, printed_on=samples.DAY)
        with pdfplumber.open(to) as document:
            last = document.pages[-1].extract_text()
        assert "一行文字" in last


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("代表工作报告", ["代表工作报告"]),
        (
            "石拐区人大常委会2022—2023年代表工作报告",
            ["石拐区人大常委会", "2022—2023年代表工作报告"],
        ),
    ],
)
def test_a_long_title_is_parted_evenly_and_never_within_a_year(title, shown):
    assert balanced(title, 19) == shown
