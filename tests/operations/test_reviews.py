from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import RejectReason
from deputydesk.operations import reviews, suggestions
from deputydesk.rules.suggestion_flow import SuggestionState as S
from tests.operations.case import Case


def another(case, headline="同样的建议"):
    return Case(
        case.office,
        id=case.office.do(
            suggestions.enter,
            headline=headline,
            lead_id=case.lead,
            submitted_on=date(2026, 2, 1),
        ),
        lead=case.lead,
    )


def test_a_suggestion_is_accepted(office):
    case = Case.entered(office)

    office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 3, 2), note="内容具体")

    assert case.row.state is S.ACCEPTED
    assert case.story == [
        "01-10 提交建议 赵春梅",
        "01-10 登记为第1号（闭会期间） 张丽",
        "03-02 受理：内容具体 张丽",
    ]


def test_one_that_is_returned_is_improved_and_keeps_its_number(office):
    case = Case.entered(office)

    with pytest.raises(FieldError, match="需要修改的内容") as refused:
        office.do(reviews.send_back, suggestion_id=case.id, note=" ")
    assert refused.value.field == "note"
    office.do(
        reviews.send_back,
        suggestion_id=case.id,
        note="一事一议",
        reviewed_on=date(2026, 1, 20),
    )
    assert case.row.state is S.RETURNED

    office.do(suggestions.edit, suggestion_id=case.id, proposal="只打通滨河路")
    with pytest.raises(FieldError, match="不能早于退回日期"):
        office.do(suggestions.submit, suggestion_id=case.id, submitted_on=date(2026, 1, 19))
    office.do(suggestions.submit, suggestion_id=case.id, submitted_on=date(2026, 1, 25))
    number = office.do(suggestions.register, suggestion_id=case.id)

    assert (number, case.row.state) == (1, S.REGISTERED)
    assert "01-20 退回修改：一事一议 张丽" in case.story


def test_one_that_is_not_accepted_says_why_and_the_deputy_is_told(office):
    case = Case.entered(office)

    with pytest.raises(FieldError) as refused:
        office.do(reviews.reject, suggestion_id=case.id, reason=RejectReason.NONE)
    assert refused.value.field == "reason"
    office.do(
        reviews.reject,
        suggestion_id=case.id,
        reason=RejectReason.CASE,
        reviewed_on=date(2026, 1, 20),
    )
    assert case.steps == {"reviews.tell"}
    with pytest.raises(FieldError, match="不能早于审核日期"):
        office.do(reviews.tell, suggestion_id=case.id, told_on=date(2026, 1, 19))
    office.do(reviews.tell, suggestion_id=case.id, told_on=date(2026, 1, 22))

    assert case.row.state is S.REJECTED
    assert case.steps == set()
    assert case.story[-2:] == [
        "01-20 不予受理（涉及具体司法案件或检举、控告、申诉） 张丽",
        "01-22 告知代表 张丽",
    ]


def test_the_deputy_may_be_told_at_once(office):
    case = Case.entered(office)

    office.do(
        reviews.reject,
        suggestion_id=case.id,
        reason=RejectReason.EMPTY,
        reviewed_on=date(2026, 1, 20),
        told_on=date(2026, 1, 20),
    )

    assert case.detail.texts.told_on == date(2026, 1, 20)
    assert case.detail.texts.reject_reason is RejectReason.EMPTY


def test_only_who_gets_no_answer_is_told(office):
    case = Case.entered(office)

    with pytest.raises(UserError, match="不予受理、合并办理"):
        office.do(reviews.tell, suggestion_id=case.id)


def test_one_is_handled_with_another_and_listed_there(office):
    case = Case.entered(office)
    second, third = another(case), another(case, "第三件")

    office.do(reviews.merge, suggestion_id=third.id, into_id=second.id)
    office.do(reviews.merge, suggestion_id=second.id, into_id=case.id, reviewed_on=date(2026, 3, 1))

    assert (second.row.state, second.row.merged_number) == (S.MERGED, 1)
    assert [m.headline for m in case.detail.merged] == ["同样的建议", "第三件"]
    assert case.detail.merged[0].lead == "赵春梅"
    assert second.story[-1] == "03-01 与第1号合并办理 张丽"
    assert second.steps == {"reviews.tell"}


def test_one_is_not_merged_into_itself_or_into_one_that_is_over(office):
    case = Case.answered(office)
    second = another(case)

    for into, sentence in (
        (second.id, "不能并入自己"),
        (case.id, "“已答复”，不能并入"),
        ("", "请选择"),
    ):
        with pytest.raises(FieldError, match=sentence) as refused:
            office.do(reviews.merge, suggestion_id=second.id, into_id=into)
        assert refused.value.field == "into_id"


def test_a_review_is_not_before_the_registration(office):
    case = Case.entered(office)

    with pytest.raises(FieldError, match="不能早于登记日期") as refused:
        office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 1, 9))

    assert refused.value.field == "reviewed_on"


def test_one_is_reviewed_once(office):
    case = Case.accepted(office)

    with pytest.raises(UserError, match="“已受理”，不能“不予受理”"):
        office.do(reviews.reject, suggestion_id=case.id, reason=RejectReason.CASE)
