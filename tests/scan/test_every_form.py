"""Every kind of form that comes back: what is plainly ticked is certain, a line down it is not."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from deputydesk.reports import (
    FORMS,
    ballot,
    feedback_form,
    project_ballot,
    project_eval_ballot,
    return_visit,
    survey_paper,
)
from deputydesk.reports.survey_paper import SurveyPaper
from deputydesk.rules.survey import questions_of
from deputydesk.scan.reader import Reader
from deputydesk.scan.reasons import Doubt
from tests.reports import letter_samples, samples
from tests.reports.test_large_print import BALLOT, JUDGING, VOTE
from tests.reports.test_return_visit import PAPER as VISIT
from tests.scan import paper
from tests.scan.paper import Printed, Sheet, scanned

ASKED = questions_of(
    (
        {"ask": "grade", "text": "您对饮水改造工程满意吗？", "options": []},
        {"ask": "one", "text": "到公交站要走多久？", "options": ["十分钟", "半小时", "更久"]},
        {"ask": "several", "text": "最盼解决什么？", "options": ["路", "水", "电", "学"]},
        {"ask": "grade", "text": "总体评价如何？", "options": []},
    )
)
KINDS: dict[str, Any] = {
    "ballot": (ballot.write, BALLOT),
    "project_ballot": (project_ballot.write, VOTE),
    "project_eval_ballot": (project_eval_ballot.write, JUDGING),
    "feedback_form": (feedback_form.write, [letter_samples.feedback_sent()]),
    "return_visit": (return_visit.write, [VISIT]),
    "survey_paper": (survey_paper.write, SurveyPaper("7K3Q9X", "群众问卷", ASKED)),
}


@dataclass(frozen=True)
class Case:
    """A form in one of its prints."""

    form: str
    large: bool

    def __str__(self) -> str:
        return f"{self.form}{' large' if self.large else ''}"


CASES = [Case(form, large) for form in KINDS for large in (False, True)]


@cache
def printed(case: Case) -> Printed:
    """Its first page."""
    write, given = KINDS[case.form]
    papers = given if isinstance(given, list) else [given]
    made = [replace(each, large=case.large) for each in papers]
    layouts = paper.LAYOUTS
    if case.form == "survey_paper":
        sizes = survey_paper.sizes_of(made[0])
        layouts = {survey_paper.version_of(sizes): survey_paper.laid_out(ASKED, sizes)[0].layout}
    with TemporaryDirectory() as folder:
        to = Path(folder) / "form.pdf"
        write(
            made if isinstance(given, list) else made[0],
            to,
            office=samples.OFFICE,
            printed_on=samples.DAY,
        )
        return paper.printed(to, layouts=layouts)


def read(sheet, **how):
    found = Reader([sheet.template]).read(scanned(sheet, dpi=200, **how))
    assert found.refusal is None
    return found.rows


def of_row(template, row):
    return [box.option for box in template.boxes if box.row == row]


def ticked(form, place) -> tuple[Sheet, list[tuple[int, ...]]]:
    """A sheet on which of each row the box at this place is ticked, or its last one."""
    sheet, chosen = Sheet(form), []
    for row in range(form.template.rows):
        options = of_row(form.template, row)
        option = options[min(place, len(options) - 1)]
        sheet.tick(row, option)
        chosen.append((option,))
    return sheet, chosen


def test_every_form_that_comes_back_is_here():
    assert set(KINDS) == {name for name, form in FORMS.items() if form.run is not None}


@pytest.mark.parametrize("place", [0, 1, 4])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_plainly_ticked_paper_has_no_doubts(case, place):
    sheet, chosen = ticked(printed(case), place)

    rows = read(sheet)

    assert [(row.answer, row.doubts) for row in rows] == [(answer, ()) for answer in chosen]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_in_black_and_white_no_printed_rule_is_taken_for_a_line(case):
    sheet, chosen = ticked(printed(case), 0)

    rows = read(sheet, bilevel=True, noise=4)

    assert [row.answer for row in rows] == chosen
    assert not any(Doubt.LINE in row.doubts for row in rows)


@pytest.mark.parametrize("pen", [0.4, 0.7, 1.2])
@pytest.mark.parametrize("bilevel", [False, True])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_line_down_the_first_column_is_asked_about_in_every_row(case, bilevel, pen):
    form = printed(case)
    sheet = Sheet(form)
    sheet.line_down(0, 0, form.template.rows - 1, pen=pen)

    rows = read(sheet, bilevel=bilevel)

    assert all(row.doubts for row in rows)
    assert any(Doubt.LINE in row.doubts for row in rows)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_line_down_beside_ticked_rows_is_asked_about(case):
    form = printed(case)
    last = form.template.rows - 1
    sheet = Sheet(form)
    sheet.tick(0, of_row(form.template, 0)[-1])
    sheet.line_down(0, 1, last)

    rows = read(sheet)

    assert all(row.doubts for row in rows[1:])
