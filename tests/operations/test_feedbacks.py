from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import Adoption, TalkForm
from deputydesk.operations import feedbacks, suggestion_ledger
from deputydesk.rules.deadlines import Due
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState as S
from tests import make
from tests.operations.case import REPLIED, RETURNED, Case


def sent(case, day=REPLIED):
    return case.office.do(feedbacks.send, suggestion_id=case.id, sent_on=day)


def received(case, form, **more):
    case.office.do(
        feedbacks.receive,
        **{
            "feedback_id": form,
            "attitude": Satisfaction.SATISFIED,
            "result": Satisfaction.SATISFIED,
            "returned_on": RETURNED,
        }
        | more,
    )


def test_the_form_is_due_in_fifteen_working_days(office):
    case = Case.answered(office)

    sent(case)

    [form] = office.ask(feedbacks.rows, today=date(2026, 6, 9), unreturned=True)
    assert form.due_on == date(2026, 6, 10)
    assert (form.days_left, form.tone, form.number) == (1, Due.SOON, 1)
    assert case.row.next_due == date(2026, 6, 10)
    assert not form.dissatisfied


@pytest.mark.parametrize("result", [Satisfaction.SATISFIED, Satisfaction.MOSTLY, Satisfaction.NONE])
def test_a_deputy_who_is_not_dissatisfied_closes_it(office, result):
    case = Case.answered(office)

    received(
        case,
        sent(case),
        result=result,
        talk_form=TalkForm.VISIT,
        adoption=Adoption.ADOPTED,
        opinion=" 感谢 ",
    )

    row = case.row
    assert (row.state, row.closed_on) == (S.CLOSED, RETURNED)
    assert (row.attitude, row.result) == (Satisfaction.SATISFIED, result)
    [form] = office.ask(feedbacks.rows, today=make.TODAY, suggestion_id=case.id)
    assert (form.talk_form, form.adoption, form.opinion) == (
        TalkForm.VISIT,
        Adoption.ADOPTED,
        "感谢",
    )
    assert (form.days_left, form.tone) == (None, None)
    assert case.story[-2:] == [
        f"05-28 反馈：办理工作满意，办理结果{result.label}：感谢 赵春梅",
        "05-28 办结 张丽",
    ]


@pytest.mark.parametrize("judged", ["attitude", "result"])
def test_dissatisfaction_needs_a_reason_and_sends_it_back_to_the_units(office, judged):
    case = Case.answered(office)
    form = sent(case)

    with pytest.raises(FieldError, match="不满意的理由") as refused:
        received(case, form, **{judged: Satisfaction.DISSATISFIED})
    assert refused.value.field == "opinion"
    received(case, form, **{judged: Satisfaction.DISSATISFIED}, opinion="没有时间表")

    row = case.row
    assert (row.state, row.round, row.rehandled) == (S.REHANDLE, 2, True)
    assert row.due_on == date(2026, 6, 29)
    assert (row.main_unit, row.replied_on, row.answer_class) == ("区交通运输局", REPLIED, "A")
    assert case.of(case.main).round == 2
    assert "05-28 重新交办区交通运输局（主办，2026年6月29日前） 张丽" in case.story
    assert case.steps >= {"replies.answer", "talks.log", "extensions.ask", "urgings.urge"}


def test_all_units_that_answered_separately_handle_it_again(office):
    case = Case.separate(office)
    case.answer(case.main)
    case.answer(case.other)

    case.judge(Satisfaction.DISSATISFIED, opinion="没有解决")

    assert set(case.row.units) == {"区交通运输局", "区水务局"}
    case.answer(case.main, day=date(2026, 6, 5))
    assert case.row.state is S.REHANDLE
    case.answer(case.other, day=date(2026, 6, 6))
    assert case.row.state is S.ANSWERED


def test_satisfied_with_the_second_answer_it_is_closed_and_both_rounds_are_kept(office):
    case = Case.dissatisfied(office)
    case.answer(case.main, day=date(2026, 6, 20))

    case.judge(Satisfaction.SATISFIED, sent=date(2026, 6, 20), back=date(2026, 6, 22))

    row = case.row
    assert row.state is S.CLOSED
    assert (row.first_result, row.result) == (Satisfaction.DISSATISFIED, Satisfaction.SATISFIED)
    assert row.first_attitude is Satisfaction.SATISFIED
    assert row.replied_on == date(2026, 6, 20)


def test_a_second_dissatisfaction_is_decided_by_a_meeting_never_a_third_round(office):
    case = Case.dissatisfied(office)
    case.answer(case.main, day=date(2026, 6, 20))
    with pytest.raises(UserError, match="重新办理后代表仍不满意的，才由协调会决定"):
        office.do(feedbacks.decide, suggestion_id=case.id, decision="列入明年计划")

    case.judge(
        Satisfaction.DISSATISFIED,
        opinion="仍无安排",
        sent=date(2026, 6, 20),
        back=date(2026, 6, 22),
    )
    assert (case.row.state, case.row.round) == (S.ANSWERED, 2)
    assert case.steps == {"feedbacks.decide"}
    for wrong, field in (
        ({"decision": ""}, "decision"),
        ({"decided_on": date(2026, 6, 21)}, "decided_on"),
    ):
        with pytest.raises(FieldError) as refused:
            office.do(
                feedbacks.decide, suggestion_id=case.id, **{"decision": "列入明年计划"} | wrong
            )
        assert refused.value.field == field
    office.do(
        feedbacks.decide,
        suggestion_id=case.id,
        decision="列入明年计划",
        decided_on=date(2026, 7, 1),
    )

    assert (case.row.state, case.row.closed_on) == (S.CLOSED, date(2026, 7, 1))
    assert case.story[-1] == "07-01 协调会决定：列入明年计划 张丽"


def test_a_first_dissatisfaction_is_not_decided_by_a_meeting(office):
    case = Case.answered(office)

    with pytest.raises(UserError, match="才由协调会决定"):
        office.do(feedbacks.decide, suggestion_id=case.id, decision="列入明年计划")


def test_a_form_that_does_not_come_back_is_reminded_and_then_closed_without(office):
    case = Case.answered(office)
    form = sent(case)

    with pytest.raises(UserError, match="还没有提醒过代表"):
        office.do(feedbacks.close_unreturned, feedback_id=form)
    with pytest.raises(FieldError, match="不能早于发出日期") as refused:
        office.do(feedbacks.remind, feedback_id=form, reminded_on=date(2026, 5, 19))
    assert refused.value.field == "reminded_on"
    office.do(feedbacks.remind, feedback_id=form, reminded_on=date(2026, 6, 8))
    for day, sentence in (
        (date(2026, 6, 7), "不能早于提醒日期"),
        (date(2026, 6, 10), "反馈时限（2026年6月10日）还没有过"),
    ):
        with pytest.raises(FieldError, match=sentence) as refused:
            office.do(feedbacks.close_unreturned, feedback_id=form, closed_on=day)
        assert refused.value.field == "closed_on"
    office.do(feedbacks.close_unreturned, feedback_id=form, closed_on=date(2026, 6, 11))

    row = case.row
    assert (row.state, row.result) == (S.CLOSED_NOREPLY, None)
    assert case.story[-2:] == ["06-08 提醒代表反馈 张丽", "06-11 代表未反馈，办结 张丽"]
    [line] = office.ask(suggestion_ledger.rows, today=make.TODAY)
    assert line.satisfaction == "未反馈"


def test_a_form_is_sent_once_a_round_and_not_before_the_answer(office):
    case = Case.answered(office)

    with pytest.raises(FieldError, match="不能早于答复日期") as refused:
        sent(case, date(2026, 5, 19))
    assert refused.value.field == "sent_on"
    sent(case)
    with pytest.raises(UserError, match="已经发出"):
        sent(case)


def test_a_form_comes_back_once_and_after_it_was_sent(office):
    case = Case.answered(office)
    form = sent(case)

    with pytest.raises(FieldError, match="不能早于发出日期") as refused:
        received(case, form, returned_on=date(2026, 5, 19))
    assert refused.value.field == "returned_on"
    received(case, form)
    with pytest.raises(UserError, match="已于2026年5月28日收回"):
        received(case, form)


def test_before_the_answer_no_form_goes_out(office):
    case = Case.handled(office)

    with pytest.raises(UserError, match="“办理中”，不能“征询意见”"):
        sent(case)
