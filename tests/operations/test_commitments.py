from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import CommitmentState
from deputydesk.operations import commitments, suggestion_ledger, suggestions
from deputydesk.rules.deadlines import Due
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState as S
from tests import make
from tests.operations.case import Case


def promised(office):
    case = Case.handled(office)
    case.answer(case.main, "B")
    [row] = office.ask(commitments.rows, today=make.TODAY)
    return case, row.id


def test_a_promise_outlives_the_closing_and_the_archive(office):
    case, promise = promised(office)
    case.judge(Satisfaction.SATISFIED)
    office.do(suggestions.archive, suggestion_id=case.id, file_no="1")

    office.do(
        commitments.report,
        commitment_id=promise,
        progress="已开工",
        reported_on=date(2026, 9, 1),
    )
    office.do(commitments.report, commitment_id=promise, progress="完成一半")

    [row] = office.ask(commitments.rows, today=make.TODAY, only_open=True)
    assert row.progress == "2026年9月1日：已开工\n2026年11月23日：完成一半"
    assert (row.suggestion_state, row.number) == (S.ARCHIVED, 1)
    assert case.steps == {"commitments.report", "commitments.settle"}


def test_a_promise_is_due_like_everything_else(office):
    promised(office)

    def seen(day):
        [row] = office.ask(commitments.rows, today=day)
        return row.days_left, row.tone

    assert seen(date(2027, 6, 29)) == (1, Due.SOON)
    assert seen(date(2027, 7, 1)) == (-1, Due.OVERDUE)


def test_a_promise_kept_is_no_longer_due(office):
    case, promise = promised(office)

    office.do(commitments.settle, commitment_id=promise, kept=True, settled_on=date(2026, 10, 1))

    [row] = office.ask(commitments.rows, today=make.TODAY, suggestion_id=case.id)
    assert (row.state, row.settled_on) == (CommitmentState.KEPT, date(2026, 10, 1))
    assert (row.days_left, row.tone) == (None, None)
    assert office.ask(commitments.rows, today=make.TODAY, only_open=True) == []
    assert case.story[-1] == "10-01 承诺已落实：明年建成 张丽"
    assert office.ask(suggestion_ledger.rows, today=make.TODAY)[0].commitment == "已落实"


def test_a_promise_broken_says_why(office):
    case, promise = promised(office)

    with pytest.raises(FieldError, match="未落实的说明") as refused:
        office.do(commitments.settle, commitment_id=promise, kept=False)
    assert refused.value.field == "note"
    office.do(commitments.settle, commitment_id=promise, kept=False, note="资金未到位")

    assert office.ask(commitments.rows, today=make.TODAY)[0].state is CommitmentState.BROKEN
    assert office.ask(suggestion_ledger.rows, today=make.TODAY)[0].commitment == "未落实"
    assert case.row.broken_commitments == 1
    with pytest.raises(UserError, match="已认定为“未落实”"):
        office.do(commitments.report, commitment_id=promise, progress="补做")


def test_days_follow_the_answer_and_progress_is_not_empty(office):
    _, promise = promised(office)

    for operation, wrong, field in (
        (commitments.report, {"progress": "", "reported_on": date(2026, 9, 1)}, "progress"),
        (commitments.report, {"progress": "开工", "reported_on": date(2026, 5, 1)}, "reported_on"),
        (commitments.settle, {"kept": True, "settled_on": date(2026, 5, 1)}, "settled_on"),
    ):
        with pytest.raises(FieldError) as refused:
            office.do(operation, commitment_id=promise, **wrong)
        assert refused.value.field == field


def test_a_promise_made_again_is_the_same_promise(office):
    case, promise = promised(office)
    case.judge(Satisfaction.DISSATISFIED, opinion="太慢")

    case.answer(case.main, "B", date(2026, 6, 20))

    [row] = office.ask(commitments.rows, today=make.TODAY)
    assert (row.id, row.promised_on) == (promise, date(2026, 6, 20))
    assert case.row.commitments == 1


def test_a_promise_stays_when_the_second_answer_is_of_another_class(office):
    case, promise = promised(office)
    case.judge(Satisfaction.DISSATISFIED, opinion="太慢")

    case.answer(case.main, "A", date(2026, 6, 20))

    assert [row.id for row in office.ask(commitments.rows, today=make.TODAY)] == [promise]
    assert case.row.open_commitments == 1
