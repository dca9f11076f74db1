from datetime import date, timedelta

import pytest

from deputydesk.models.choices import Channel, HomeLevel
from deputydesk.operations import (
    assignments,
    evaluations,
    feedbacks,
    opinions,
    replies,
    reviews,
    suggestions,
    todo,
)
from tests import make


def listed(office, today=make.TODAY):
    return [(t.tag, t.text) for t in office.ask(todo.todos, today)]


def assigned(office, day, *, headline="修路"):
    deputy, unit = make.deputy(office), make.unit(office)
    suggestion = office.do(
        suggestions.enter,
        headline=headline,
        lead_id=deputy,
        submitted_on=day,
        registered_on=day,
    )
    office.do(reviews.accept, suggestion_id=suggestion, reviewed_on=day)
    office.do(assignments.assign, suggestion_id=suggestion, main_id=unit, assigned_on=day)
    return suggestion


def test_an_empty_office_has_nothing_to_do(office):
    assert listed(office) == []


def test_what_is_overdue_stands_before_what_is_due_soon(office):
    assigned(office, date(2026, 8, 10))
    opinion = office.do(opinions.hear, channel=Channel.HOME, matter="路灯", heard_on=make.TODAY)
    unit = make.unit(office, name="住建局")
    office.do(opinions.assign, opinion_id=opinion, unit_id=unit, assigned_on=make.TODAY, days=3)

    first, second = listed(office)[:2]

    assert first[0].startswith("逾期")
    assert first[1] == "催办：修路（区农牧和水务局）"
    assert second == ("剩 3 天", "办理：路灯（住建局）")


def test_a_suggestion_not_yet_due_is_reminded_of_before(office):
    assigned(office, date(2026, 9, 1))

    assert listed(office, date(2026, 11, 1))[0][1].startswith("今年还有1名代表")
    assert ("剩 8 天", "答复：修路（区农牧和水务局）") in listed(office, make.TODAY)


def test_feedback_and_promises_are_waited_for(office):
    suggestion = assigned(office, date(2026, 9, 1))
    [row] = office.ask(assignments.rows, suggestion_id=suggestion)
    office.do(assignments.sign, assignment_id=row.id, signed_on=date(2026, 9, 2))
    office.do(
        replies.answer,
        assignment_id=row.id,
        answer_class="B",
        replied_on=date(2026, 11, 10),
        planned="明年修通",
        planned_by=make.TODAY + timedelta(days=5),
    )
    office.do(feedbacks.send, suggestion_id=suggestion, sent_on=date(2026, 11, 10))

    texts = [text for _, text in listed(office)]

    assert "收回征询意见表：修路" in texts
    assert any(text.startswith("落实承诺：明年修通") for text in texts)


def test_what_waits_for_a_decision_is_listed(office):
    deputy = make.deputy(office)
    office.do(suggestions.enter, headline="种树", lead_id=deputy)
    office.do(opinions.hear, channel=Channel.HOME, matter="停水", heard_on=make.TODAY)
    handled = office.do(opinions.hear, channel=Channel.HOME, matter="停电", heard_on=make.TODAY)
    office.do(opinions.assign, opinion_id=handled, unit_id=make.unit(office))
    office.do(opinions.handle, opinion_id=handled, outcome="已修好")
    office.do(evaluations.prepare, name="测评会", held_on=make.TODAY, deputy_ids=(deputy,))

    found = listed(office)

    assert ("待审核", "种树") in found
    assert ("待处理", "分流：停水") in found
    assert ("待反馈", "告知选民：停电") in found
    assert ("待录入", "测评计票：测评会") in found


def test_homes_without_activity_and_deputies_who_have_not_come(office):
    home = make.home(office)
    make.home(office, name="缸房地村人大代表之家", level=HomeLevel.VILLAGE)
    came = make.deputy(office, name="王伟")
    make.deputy(office, name="高娃")
    make.visit(office, home, came)

    assert listed(office) == [
        ("未进家", "今年还有1名代表没有进家或联系选民"),
        ("本月空白", "缸房地村人大代表之家本月还没有活动"),
    ]


@pytest.mark.parametrize("days", [0, 3])
def test_each_entry_opens_its_record(office, days):
    suggestion = assigned(office, make.TODAY)
    due = office.ask(assignments.rows, suggestion_id=suggestion)[0].due_on

    entry = office.ask(todo.todos, due - timedelta(days=days))[0]

    assert (entry.table, entry.id, entry.due) == ("suggestion", suggestion, due)


def test_a_unit_that_answered_or_handed_back_is_not_urged(office):
    suggestion = assigned(office, date(2026, 8, 10))
    [row] = office.ask(assignments.rows, suggestion_id=suggestion)
    office.do(
        assignments.ask_hand_back,
        assignment_id=row.id,
        reason="不属本单位职责",
        asked_on=date(2026, 8, 12),
    )
    assert ("待定退办", "修路") in listed(office)
    assert not any(text.startswith("催办") for _, text in listed(office))

    office.do(
        assignments.decide_hand_back,
        assignment_id=row.id,
        agreed=True,
        unit_id=make.unit(office, name="区财政局"),
        decided_on=date(2026, 8, 13),
    )

    urged = [text for _, text in listed(office) if text.startswith("催办")]
    assert urged == ["催办：修路（区财政局）"]
