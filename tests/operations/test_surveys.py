"""Surveys: counted by hand or from scans with the same checks, and kept as they were printed."""

from datetime import timedelta

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import sheets, xlsx
from deputydesk.operations import scan_books, scan_decisions, scan_pages, scan_runs, surveys
from deputydesk.operations.scan_runs import Printed
from deputydesk.rules.satisfaction import Option
from deputydesk.rules.scan_plan import BLANK, Plan, Question
from deputydesk.rules.survey import TICKED
from tests import make
from tests.operations import scan_world as world

YES = (Option(TICKED, "选"),)
QUESTIONS = (
    {"ask": "one", "text": "走多久", "options": ["十分钟", "半小时"]},
    {"ask": "several", "text": "最盼什么", "options": ["路", "水"]},
)
TALLY = "1. 走多久：十分钟 2、半小时 1、不了解 0\n2. 最盼什么：路 3、水 1"


def survey(office, **given):
    values = {"headline": "民生问卷", "held_on": make.TODAY, "questions": QUESTIONS}
    return office.do(surveys.save, **values | given)


def entered(office, survey_id, tally=TALLY, **given):
    numbers = {"issued": 5, "returned": 4, "invalid": 1}
    office.do(surveys.enter, survey_id=survey_id, tally=tally, **numbers | given)


def test_a_survey_is_written_and_counted_by_hand(office):
    made = survey(office, audience="村民", intro="请如实填写", named=True)
    [row] = office.ask(surveys.rows, make.TODAY.year)
    assert (row.headline, row.audience, row.named, row.is_counted) == (
        "民生问卷",
        "村民",
        True,
        False,
    )
    assert row.questions == [{**each, "most": 0} for each in QUESTIONS]

    entered(office, made, counter="甲", scrutineer="乙")

    row = office.ask(surveys.one, made)
    assert (row.issued, row.returned, row.valid, row.invalid) == (5, 4, 3, 1)
    assert row.counts["q2"] == {"a": 3, "b": 1}
    assert (row.tally, row.counter, row.scrutineer) == (TALLY, "甲", "乙")
    assert office.ask(surveys.rows, make.TODAY.year - 1) == []
    assert office.check() == []


def test_numbers_that_do_not_add_up_are_refused_and_nothing_is_kept(office):
    made = survey(office)

    with pytest.raises(FieldError):
        entered(office, made, returned=6)
    with pytest.raises(FieldError, match="有效的只有3份"):
        entered(office, made, tally=TALLY.replace("路 3", "路 4"))

    assert not office.ask(surveys.one, made).is_counted


def test_a_survey_that_has_not_been_held_has_no_result(office):
    made = survey(office, held_on=make.TODAY + timedelta(days=1))

    with pytest.raises(FieldError, match="调查日期"):
        entered(office, made)


def printed(office, survey_id, *, secret=True):
    row = office.ask(surveys.one, survey_id)
    one, several = row.asked
    asked = (
        Question(one.id, one.text, one.options),
        *(Question(f"{several.id}.{o.id}", o.label, YES) for o in several.options),
    )
    return noted(office, survey_id, Plan((asked,)), secret=secret)


def noted(office, survey_id, plan, *, secret=True):
    run = Printed(
        code="K3Q9XA2B",
        form="survey_paper",
        record_kind="survey",
        record_id=survey_id,
        name="问卷 民生问卷",
        secret=secret,
        layout="WJ-1",
        plan=plan,
    )
    return office.do(scan_runs.note, printed=run, blank=world.content(), copies=5)


def booked(office, run_id, **how):
    office.do(scan_books.reconcile, run_id=run_id, issued=5, returned=3, invalid=0)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id, **how)


def test_papers_that_come_back_are_counted_question_by_question(office):
    made = survey(office)
    run_id = printed(office, made)
    world.read_in(
        office,
        run_id,
        world.page("a", TICKED, TICKED, digest="1"),
        world.page("b", TICKED, BLANK, digest="2"),
        world.page(BLANK, BLANK, TICKED, digest="3"),
    )

    booked(office, run_id)

    row = office.ask(surveys.one, made)
    assert row.counts == {"q1": {"a": 1, "b": 1, "none": 0}, "q2": {"a": 2, "b": 2}}
    assert (row.valid, row.invalid) == (3, 0)
    assert office.ask(scan_books.compared, run_id) == []


def test_of_a_question_with_too_many_ticks_a_person_judges_and_it_counts_for_nothing(office):
    asked = ({**QUESTIONS[1], "options": ["路", "水", "电"], "most": 2},)
    made = office.do(surveys.save, headline="民生问卷", held_on=make.TODAY, questions=asked)
    [question] = office.ask(surveys.one, made).asked
    rows = tuple(Question(f"{question.id}.{o.id}", o.label, YES) for o in question.options)
    run_id = noted(office, made, Plan((rows,), caps={question.id: 2}))
    world.read_in(
        office,
        run_id,
        world.page(TICKED, TICKED, TICKED, digest="1"),
        world.page(TICKED, BLANK, TICKED, digest="2"),
    )
    over = next(p for p in office.ask(scan_pages.pages, run_id) if p.open_rows)
    assert [row.read.doubts for row in over.rows] == [("more_than_allowed",)] * 3

    office.do(scan_books.reconcile, run_id=run_id, issued=5, returned=2, invalid=0)
    for row in range(3):
        with pytest.raises(FieldError, match="待人工确认"):
            office.do(scan_books.book, run_id=run_id)
        office.do(scan_decisions.decide, page_id=over.id, row=row, answer=TICKED)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)

    assert office.ask(surveys.one, made).counts == {"q1": {"a": 1, "b": 0, "c": 1}}


def test_hand_entry_that_says_something_else_is_shown_and_replaced_only_when_asked(office):
    made = survey(office)
    run_id = printed(office, made)
    entered(office, made, returned=3, invalid=0)
    stack = [world.page("a", TICKED, BLANK, digest=digest) for digest in "123"]
    world.read_in(office, run_id, *stack)

    with pytest.raises(FieldError, match="手工2、读票3"):
        booked(office, run_id)

    found = office.ask(scan_books.compared, run_id)
    assert {(each.name, each.by_hand, each.by_scan) for each in found} == {
        ("走多久", 2, 3),
        ("走多久", 1, 0),
        ("水", 1, 0),
    }
    office.do(scan_books.book, run_id=run_id, replaces_hand=True)
    assert office.ask(surveys.one, made).counts["q2"] == {"a": 3, "b": 0}


def test_what_is_asked_stays_once_it_is_printed_or_counted(office):
    counted, used = survey(office), survey(office)
    entered(office, counted)
    printed(office, used)

    for made in (counted, used):
        survey(office, record_id=made, headline="改了标题")
        with pytest.raises(UserError, match="题目和张号不能再改"):
            survey(office, record_id=made, questions=QUESTIONS[:1])
    with pytest.raises(UserError, match="已经印出，不能删除"):
        office.do(surveys.remove, ids=(used,))

    office.do(surveys.remove, ids=(counted,))
    assert [row.headline for row in office.ask(surveys.rows)] == ["改了标题"]


def test_a_sheet_changes_words_of_a_survey_and_no_counts(office, tmp_path):
    made = survey(office)
    entered(office, made)

    def taken(**values):
        given = {"记录号": made, "问卷标题": "民生问卷", "调查日期": str(make.TODAY)} | values
        xlsx.write(tmp_path / "in.xlsx", "表", list(given), [list(given.values())])
        return sheets.take_in(office, "survey", tmp_path / "in.xlsx")

    assert taken(调查对象="全体村民").changed == 1
    assert office.ask(surveys.one, made).audience == "全体村民"
    with pytest.raises(UserError):
        taken(有效份数="2")
    assert office.ask(surveys.one, made).valid == 3
