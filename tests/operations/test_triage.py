from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import Channel, RejectReason, Route
from deputydesk.operations import (
    feedback_corrections,
    figures,
    opinions,
    reviews,
    suggestions,
    triage,
)
from deputydesk.rules.opinion_flow import OpinionState as S
from deputydesk.rules.satisfaction import Satisfaction
from tests import make
from tests.operations.case import Case

HEARD = date(2026, 1, 9)


def heard(office, **more):
    return office.do(
        opinions.hear,
        **{"channel": Channel.HOME, "matter": "断头路不通", "heard_on": HEARD} | more,
    )


def seen(office, opinion_id):
    [row] = office.ask(opinions.rows, today=make.TODAY, ids=(opinion_id,))
    return row


def test_a_voter_is_pointed_elsewhere_and_told_why(office):
    opinion_id = heard(office)
    assert "triage.redirect" in {
        step.operation
        for step in office.ask(opinions.detail, opinion_id=opinion_id, today=make.TODAY).steps
    }

    for wrong, field in (
        ({"explanation": ""}, "explanation"),
        ({"explanation": "已进入诉讼程序", "told_how": " "}, "told_how"),
        ({"explanation": "已进入诉讼程序", "told_on": date(2026, 1, 8)}, "told_on"),
    ):
        with pytest.raises(FieldError) as refused:
            office.do(triage.redirect, opinion_id=opinion_id, **wrong)
        assert refused.value.field == field
    office.do(triage.redirect, opinion_id=opinion_id, explanation="已进入诉讼程序", told_on=HEARD)

    row = seen(office, opinion_id)
    assert (row.state, row.route, row.settled_on) == (S.REDIRECTED, Route.REDIRECTED, HEARD)
    assert (row.explanation, row.told_how) == ("已进入诉讼程序", "当面")
    found = office.ask(opinions.detail, opinion_id=opinion_id, today=make.TODAY)
    assert found.events[-1].text == "引导到其他渠道：已进入诉讼程序"


def test_one_is_kept_for_reference(office):
    opinion_id = heard(office)

    office.do(triage.keep, opinion_id=opinion_id, note="已有同类规划", kept_on=HEARD)

    row = seen(office, opinion_id)
    assert (row.state, row.route, row.settled) == (S.REFERENCE, Route.REFERENCE, True)
    with pytest.raises(UserError, match="“留作参考”，不能“转办”"):
        office.do(opinions.assign, opinion_id=opinion_id, unit_id=make.unit(office))


def test_the_same_matter_is_handled_once_and_counted_as_often_as_it_was_heard(office):
    first, second, third = heard(office), heard(office), heard(office)

    office.do(triage.merge, opinion_id=third, into_id=second)
    office.do(triage.merge, opinion_id=second, into_id=first)
    assert seen(office, first).hearings == 3
    assert (seen(office, third).state, seen(office, third).merged_number) == (S.MERGED, 1)
    detail = office.ask(opinions.detail, opinion_id=first, today=make.TODAY)
    assert {row.id for row in detail.merged} == {second, third}

    office.do(opinions.assign, opinion_id=first, unit_id=make.unit(office))
    office.do(opinions.handle, opinion_id=first, outcome="已打通")
    office.do(opinions.feed_back, opinion_id=first, told_how="上门")
    office.do(opinions.close, opinion_id=first)

    assert all(seen(office, each).settled for each in (first, second, third))
    found = {figure.id: figure for figure in office.ask(figures.figures)}
    assert (found["opinions.heard"].value, found["opinions.matters"].value) == (3, 1)
    assert found["opinions.settled"].numerator == 3
    third_told = office.ask(opinions.detail, opinion_id=third, today=make.TODAY).events
    assert third_told[-1].text == "随意见第1号办结"


def test_one_is_not_merged_into_itself_or_into_one_that_is_over(office):
    first, second = heard(office), heard(office)
    office.do(triage.keep, opinion_id=first)

    for into, sentence in (
        (second, "不能并入自己"),
        (first, "意见第1号的状态是“留作参考”"),
        ("", "请选择"),
    ):
        with pytest.raises(FieldError, match=sentence) as refused:
            office.do(triage.merge, opinion_id=second, into_id=into)
        assert refused.value.field == "into_id"


def test_a_deputy_makes_a_suggestion_of_it_and_both_end_together(office):
    deputy = make.deputy(office, name="赵春梅")
    first = heard(office, mandate_id=deputy, category="交通", deputy_view="打通滨河路")
    second = heard(office)
    office.do(triage.merge, opinion_id=second, into_id=first)

    draft = office.do(triage.raise_suggestion, opinion_id=first, headline="关于打通断头路的建议")

    row = seen(office, first)
    assert (row.state, row.suggestion_id, row.suggestion_number) == (S.RAISED, draft, 0)
    case = Case(office, id=draft, lead=deputy, main=make.unit(office))
    assert (case.row.lead, case.row.category) == ("赵春梅", "交通")
    assert case.detail.texts.reason == "断头路不通"
    assert case.detail.texts.proposal == "打通滨河路"
    office.do(suggestions.submit, suggestion_id=draft, submitted_on=date(2026, 1, 10))
    office.do(suggestions.register, suggestion_id=draft, registered_on=date(2026, 1, 10))
    office.do(reviews.accept, suggestion_id=draft, reviewed_on=date(2026, 3, 2))
    case.give(main_id=case.main)
    case.sign(case.main)
    case.answer(case.main)
    case.judge(Satisfaction.SATISFIED)

    row = seen(office, first)
    assert (row.settled_on, row.suggestion_number) == (date(2026, 5, 28), 1)
    assert seen(office, second).settled_on == date(2026, 5, 28)
    detail = office.ask(opinions.detail, opinion_id=first, today=make.TODAY)
    assert detail.events[-1].text == "转成的建议第1号办结"


def test_opinions_are_not_settled_once_the_form_turns_out_dissatisfied(office):
    deputy = make.deputy(office, name="赵春梅")
    first, second = heard(office, mandate_id=deputy), heard(office)
    office.do(triage.merge, opinion_id=second, into_id=first)
    draft = office.do(triage.raise_suggestion, opinion_id=first, headline="关于打通断头路的建议")
    case = Case(office, id=draft, lead=deputy, main=make.unit(office))
    office.do(suggestions.submit, suggestion_id=draft, submitted_on=date(2026, 1, 10))
    office.do(suggestions.register, suggestion_id=draft, registered_on=date(2026, 1, 10))
    office.do(reviews.accept, suggestion_id=draft, reviewed_on=date(2026, 3, 2))
    case.give(main_id=case.main)
    case.sign(case.main)
    case.answer(case.main)
    form = case.judge(Satisfaction.SATISFIED)
    assert seen(office, second).settled_on == date(2026, 5, 28)

    office.do(
        feedback_corrections.correct,
        feedback_id=form,
        attitude=Satisfaction.SATISFIED,
        result=Satisfaction.DISSATISFIED,
        opinion="没有解决",
        reason="看错",
    )

    assert {seen(office, each).settled_on for each in (first, second)} == {None}


def test_another_deputy_may_lead_it_and_one_is_needed(office):
    opinion_id = heard(office)

    with pytest.raises(FieldError) as refused:
        office.do(triage.raise_suggestion, opinion_id=opinion_id, headline="关于修路的建议")
    assert refused.value.field == "lead_id"
    office.do(
        triage.raise_suggestion,
        opinion_id=opinion_id,
        headline="关于修路的建议",
        lead_id=make.deputy(office, name="高娃"),
        reason="出行难",
        proposal="修路",
        category="道路",
    )

    [row] = office.ask(suggestions.rows, today=make.TODAY)
    assert (row.lead, row.category) == ("高娃", "道路")


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_an_opinion_is_handled_otherwise_when_its_suggestion_comes_to_nothing(office, end):
    deputy = make.deputy(office, name="赵春梅")
    opinion_id = heard(office, mandate_id=deputy)
    draft = office.do(triage.raise_suggestion, opinion_id=opinion_id, headline="关于修路的建议")

    if end == "withdraw":
        office.do(suggestions.withdraw, suggestion_id=draft)
    else:
        office.do(suggestions.submit, suggestion_id=draft)
        office.do(suggestions.register, suggestion_id=draft)
        office.do(reviews.reject, suggestion_id=draft, reason=RejectReason.POWERS)

    row = seen(office, opinion_id)
    assert (row.state, row.suggestion_id, row.settled) == (S.RECEIVED, "", False)
    office.do(opinions.assign, opinion_id=opinion_id, unit_id=make.unit(office))
