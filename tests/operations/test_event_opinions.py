from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.activity import ActivityKind
from deputydesk.operations import activities, event_opinions, events, todo
from tests import make

DAY = date(2026, 11, 2)


@pytest.fixture
def event(office):
    return office.do(activities.save, kind=ActivityKind.FORUM, name="营商环境恳谈会", held_on=DAY)


def save(office, event, **changed):
    return office.do(event_opinions.save, **({"event_id": event, "content": "增加路灯"} | changed))


def test_an_opinion_is_given_to_a_unit_and_waits_for_its_answer(office, event):
    unit, deputy = make.unit(office), make.deputy(office)

    made = save(office, event, mandate_id=deputy, unit_id=unit)

    [row] = office.ask(event_opinions.rows, 2026)
    assert (row.id, row.number, row.event, row.event_title) == (
        made,
        1,
        "营商环境恳谈会",
        "代表活动",
    )
    assert (row.speaker, row.given_on, row.due_on) == ("王伟", DAY, date(2026, 11, 17))
    assert (row.unit, row.state) == ("区农牧和水务局", "待反馈")
    assert office.ask(event_opinions.rows, 2025) == []
    assert len(office.ask(event_opinions.rows, mandate_id=deputy)) == 1
    waiting = [(t.tag, t.text) for t in office.ask(todo.todos, make.TODAY)]
    assert ("逾期 6 天", "反馈活动意见：增加路灯（区农牧和水务局）") in waiting


def test_the_answer_ends_the_waiting_and_is_given_once(office, event):
    made = save(office, event, unit_id=make.unit(office))
    answer = {"opinion_id": made, "fed_back_on": date(2026, 11, 20), "feedback": "已装10盏"}

    office.do(event_opinions.feed_back, **answer)

    assert office.ask(event_opinions.rows, event_id=event)[0].state == "已反馈"
    assert not [t for t in office.ask(todo.todos, make.TODAY) if "反馈活动意见" in t.text]
    with pytest.raises(UserError, match="已经反馈"):
        office.do(event_opinions.feed_back, **answer)


def test_an_opinion_without_a_unit_is_for_reference(office, event):
    save(office, event, due_on=date(2026, 12, 1))

    [row] = office.ask(event_opinions.rows, event_id=event)
    assert (row.state, row.due_on) == ("留作参考", None)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"event_id": ""}, "event_id", "请选择活动"),
        ({"event_id": "gone"}, "event_id", "请选择活动"),
        ({"content": " "}, "content", "请填写意见内容"),
        ({"given_on": date(2026, 12, 1)}, "given_on", "不能晚于今天"),
        ({"given_on": date(2026, 11, 1)}, "given_on", "不能早于活动日期"),
        ({"unit_id": "gone"}, "unit_id", "请选择"),
        ({"fed_back_on": DAY, "feedback": "好"}, "unit_id", "请填写交办单位"),
    ],
)
def test_a_wrong_field_is_named(office, event, changed, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        save(office, event, **changed)

    assert error.value.field == field
    assert office.ask(event_opinions.rows) == []


def test_an_answer_has_a_day_and_words(office, event):
    unit = make.unit(office)

    for changed, field in (
        ({"feedback": "好"}, "fed_back_on"),
        ({"fed_back_on": DAY}, "feedback"),
        ({"fed_back_on": date(2026, 11, 1), "feedback": "好"}, "fed_back_on"),
    ):
        with pytest.raises(FieldError) as error:
            save(office, event, unit_id=unit, **changed)
        assert error.value.field == field


def test_lines_are_written_down_at_once_with_their_speakers(office, event):
    count = office.do(
        event_opinions.note_down,
        event_id=event,
        lines=("张三：增加路灯", "修好水渠", "", "李四: 清理垃圾"),
    )

    found = office.ask(event_opinions.rows, event_id=event)
    assert count == 3
    assert [(o.number, o.speaker, o.content) for o in found] == [
        (1, "张三", "增加路灯"),
        (2, "张三", "修好水渠"),
        (3, "李四", "清理垃圾"),
    ]
    assert office.undo().about == "营商环境恳谈会 3条"
    assert office.ask(event_opinions.rows, event_id=event) == []
    with pytest.raises(FieldError, match="每行填写一条"):
        office.do(event_opinions.note_down, event_id=event, lines=(" ", "张三："))


def test_a_changed_opinion_keeps_its_number_and_gets_one_of_another_event(office, event):
    other = office.do(activities.save, kind=ActivityKind.HEARING, name="听证会", held_on=DAY)
    save(office, event)
    second = save(office, event, content="清理垃圾")

    save(office, event, record_id=second, content="清运垃圾")
    assert [o.number for o in office.ask(event_opinions.rows, event_id=event)] == [1, 2]

    save(office, other, record_id=second, content="清运垃圾")
    [moved] = office.ask(event_opinions.rows, event_id=other)
    assert (moved.number, moved.content) == (1, "清运垃圾")


def test_opinions_go_with_their_event_and_come_back(office, event):
    save(office, event)
    assert office.ask(activities.rows)[0].opinions == 1

    office.do(activities.remove, ids=(event,))
    assert office.ask(event_opinions.rows) == []

    office.undo()
    assert office.ask(event_opinions.rows)[0].content == "增加路灯"


def test_events_are_found_among_more_than_a_question_can_name(office, event):
    ids = [event, *(f"T1-{number}" for number in range(events.MOST_ASKED))]

    assert [found.id for found in office.ask(events.rows, ids=ids)] == [event]
    assert office.ask(events.rows, ids=ids, last=date(2026, 1, 1)) == []
