"""The large print of every paper that comes back: boxes where its layout says, and it is read."""

from dataclasses import replace
from functools import partial

import pdfplumber
import pytest

from deputydesk.exchange import scan_papers
from deputydesk.operations import scan_runs
from deputydesk.reports import (
    FORMS,
    Options,
    ballot,
    feedback_form,
    project_ballot,
    project_eval_ballot,
    return_visit,
)
from deputydesk.scan.reader import Reader
from tests.operations import scan_world as world
from tests.reports import letter_samples, samples
from tests.reports.judge import MM, faults
from tests.reports.test_ballot import WHITE, crosses, squares, within
from tests.reports.test_return_visit import PAPER as VISIT
from tests.scan import paper
from tests.scan.paper import Sheet, scanned

PEOPLE = tuple(ballot.Candidate(name, "第三选区（五当召村）") for name in samples.NAMES[:9])
BALLOT = ballot.Ballot(
    "7K3Q9X", "五当召镇第十七届人大代表述职", ("满意", "基本满意", "不满意", "不了解"), PEOPLE
)
PROJECTS = tuple(
    project_ballot.ProjectOnBallot(f"第{n}项旧区供水管网改造", samples.SENTENCE, "120.5")
    for n in range(10)
)
VOTE = project_ballot.ProjectBallot("7K3Q9X", "镇人民代表大会第一次会议", 7, PROJECTS)
JUDGED = tuple(
    project_eval_ballot.JudgedProject(f"第{n}项旧区供水管网改造", "镇水管站", "办理中 60%")
    for n in range(10)
)
JUDGING = project_eval_ballot.EvalBallot("7K3Q9X", "五当召镇2026年", JUDGED, samples.DAY)


def large(module, made):
    """How it is written large, and where its boxes are to be."""
    subject = replace(made, large=True)
    ballots = (ballot, project_ballot, project_eval_ballot)
    given = subject if module in ballots else [subject]
    return partial(module.write, given), module.layout_of(subject)


PAPERS = {
    "ballot": large(ballot, BALLOT),
    "names with units below": large(ballot, replace(BALLOT, options=tuple("一二三四五"))),
    "vote": large(project_ballot, VOTE),
    "judging": large(project_eval_ballot, JUDGING),
    "feedback": large(feedback_form, letter_samples.feedback_sent()),
    "visit": large(return_visit, VISIT),
}


@pytest.fixture(params=PAPERS)
def printed(request, tmp_path):
    write, layout = PAPERS[request.param]
    to = tmp_path / "large.pdf"
    write(to, office=samples.OFFICE, printed_on=samples.DAY)
    return to, layout


def test_its_boxes_are_large_and_stand_in_white_where_the_layout_says(printed):
    to, layout = printed
    assert faults(to) == []
    with pdfplumber.open(to) as document:
        page = document.pages[0]
        drawn = {tuple(round(edge, 1) for edge in square) for square in squares(page)}
        things = [
            (c["x0"], c["top"], c["x1"], c["bottom"]) for c in page.chars if c["text"].strip()
        ]

    assert layout.version.endswith("L")
    at = [tuple(edge / MM for edge in thing) for thing in things]
    for box in layout.boxes:
        assert box.side == 8
        assert tuple(round(e, 1) for e in (box.x, box.y, box.x + 8, box.y + 8)) in drawn
        own = (box.x - 0.1, box.y - 0.1, box.x + 8.1, box.y + 8.1)
        around = (own[0] - WHITE, own[1] - WHITE, own[2] + WHITE, own[3] + WHITE)
        assert all(within(thing, own) for thing in at if crosses(thing, around))


def test_it_is_read_like_the_usual_print(printed):
    to, layout = printed
    form = paper.printed(to)
    assert form.template.rows == layout.rows
    chosen = [row % len(layout.row(row)) for row in range(layout.rows)]
    sheet = Sheet(form)
    for row, option in enumerate(chosen):
        sheet.tick(row, option)

    read = Reader([form.template]).read(scanned(sheet))

    assert read.refusal is None
    assert [row.answer for row in read.rows] == [(option,) for option in chosen]
    assert [row.doubts for row in read.rows] == [()] * layout.rows


def test_large_ballots_are_a_run_of_their_own_counted_with_the_others(office):
    evaluation, _ = world.evaluation(office)
    usual, big = (
        office.ask(
            scan_runs.one,
            scan_papers.note(
                office, "ballot", Options(record_id=evaluation, large=is_large), copies=3
            ),
        )
        for is_large in (False, True)
    )

    assert (usual.layout, big.layout) == ("CP4-1", "CP4-1L")
    assert usual.code != big.code
    assert usual.plan == big.plan
    assert scan_papers.layout_of(big.details) == FORMS["ballot"].layouts["CP4-1L"]
