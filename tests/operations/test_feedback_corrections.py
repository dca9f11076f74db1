"""A form that was entered wrongly is put right, and what followed, unless somebody went on."""

from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import Adoption, TalkForm
from deputydesk.operations import (
    feedback_corrections,
    feedbacks,
    suggestions,
    talks,
    urgings,
)
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState
from tests import make
from tests.operations import named_world as named
from tests.operations.case import RETURNED, Case

YES, NO = Satisfaction.SATISFIED, Satisfaction.DISSATISFIED
S = SuggestionState


def forms(office, case):
    return office.ask(feedbacks.rows, today=make.TODAY, suggestion_id=case.id)


def judged(office, satisfaction, **how):
    """A suggestion whose form came back."""
    case = Case.answered(office)
    case.judge(satisfaction, **how)
    return case


def correct(office, case, satisfaction, *, opinion="", reason="看错", place=-1, **more):
    office.do(
        feedback_corrections.correct,
        feedback_id=forms(office, case)[place].id,
        attitude=satisfaction,
        result=satisfaction,
        opinion=opinion,
        reason=reason,
        **more,
    )


def test_what_a_form_says_beside_is_corrected_and_nothing_follows(office):
    case = judged(office, YES)

    correct(
        office, case, Satisfaction.MOSTLY, adoption=Adoption.ADOPTED, talk_form=TalkForm.VISIT,
        opinion="还可以",
    )  # fmt: skip

    [form] = forms(office, case)
    assert (form.attitude, form.adoption, form.opinion) == (
        Satisfaction.MOSTLY, Adoption.ADOPTED, "还可以",
    )  # fmt: skip
    assert (case.row.state, form.returned_on) == (S.CLOSED, RETURNED)


def test_a_correction_that_nobody_booked_from_a_scan_is_undone_like_any_other(office):
    case = judged(office, YES)
    correct(office, case, NO, opinion="没有解决")

    office.undo()

    assert forms(office, case)[0].attitude is YES
    assert (case.row.state, case.row.closed_on) == (S.CLOSED, RETURNED)
    assert office.check() == []


def test_who_was_not_satisfied_after_all_has_it_handled_again(office):
    case = judged(office, YES)

    correct(office, case, NO, opinion="没有解决")

    assert (case.row.state, case.row.closed_on) == (S.REHANDLE, None)
    assert case.of(case.main).round == 2


def test_who_was_satisfied_after_all_ends_the_handling_that_nobody_has_begun(office):
    case = judged(office, NO, opinion="没有解决")

    correct(office, case, YES)

    assert (case.row.state, case.row.closed_on) == (S.CLOSED, RETURNED)
    assert case.of(case.main).round == 1


def test_the_day_of_return_moves_the_day_it_was_closed(office):
    case = judged(office, YES)
    earlier = date(2026, 5, 22)

    correct(office, case, YES, returned_on=earlier)

    assert (case.row.closed_on, forms(office, case)[0].returned_on) == (earlier, earlier)


@pytest.mark.parametrize("done", ["talk", "urging", "answer"])
def test_handling_that_was_begun_stays(office, done):
    case = judged(office, NO, opinion="没有解决")
    if done == "talk":
        office.do(talks.log, suggestion_id=case.id, form=TalkForm.VISIT, content="面商")
    elif done == "urging":
        office.do(urgings.urge, suggestion_id=case.id, unit_id=case.main, content="请抓紧")
    else:
        case.answer(case.main, "A", make.TODAY)

    with pytest.raises(UserError, match="已经在重新办理"):
        correct(office, case, YES)
    correct(office, case, NO, opinion="路没有通")

    assert forms(office, case)[0].opinion == "路没有通"


def test_a_second_form_waits_for_the_meeting_or_closes_until_the_meeting_has_decided(office):
    case = judged(office, NO, opinion="没有解决")
    case.answer(case.main, "A", make.TODAY)
    case.judge(NO, opinion="仍无安排", sent=make.TODAY, back=make.TODAY)
    correct(office, case, YES)
    assert case.row.state is S.CLOSED
    correct(office, case, NO, opinion="仍无安排")
    assert case.row.state is S.ANSWERED
    office.do(feedbacks.decide, suggestion_id=case.id, decision="列入明年计划")

    with pytest.raises(UserError, match="协调会已经决定办结"):
        correct(office, case, YES)


def test_what_is_archived_stays(office):
    case = judged(office, YES)
    office.do(suggestions.archive, suggestion_id=case.id, file_no="2026-建-1")

    with pytest.raises(UserError, match="已归档"):
        correct(office, case, NO, opinion="没有解决")


def test_a_reason_is_asked_and_a_form_that_is_out_is_not_corrected(office):
    case = judged(office, YES)
    with pytest.raises(FieldError, match="更正理由"):
        correct(office, case, YES, reason=" ")
    with pytest.raises(FieldError, match="不满意的理由"):
        correct(office, case, NO)

    out = named.another(office, case)

    with pytest.raises(UserError, match="还没有收回"):
        office.do(
            feedback_corrections.correct, feedback_id=out, attitude=YES, result=YES, reason="看错"
        )
