from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.activity import ActivityKind
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.choices import Level
from deputydesk.operations import (
    activities,
    attendance_rates,
    leaves,
    meeting_attendance,
    terms,
    todo,
)
from deputydesk.operations.participants import Attendee
from tests import make

DAY = date(2026, 11, 2)


@pytest.fixture
def deputy(office):
    return make.deputy(office)


def save(office, deputy, **changed):
    good = {"mandate_id": deputy, "from_on": DAY, "to_on": DAY, "reason": "住院"}
    return office.do(leaves.save, **(good | changed))


def activity(office, *attendees, held_on=DAY, name="视察"):
    return office.do(
        activities.save,
        kind=ActivityKind.INSPECTION,
        name=name,
        held_on=held_on,
        attendees=attendees,
    )


def presence(office, event):
    return {a.name: a.presence for a in office.ask(activities.rows, activity_id=event)[0].attendees}


def test_a_leave_is_asked_and_waits_for_approval(office, deputy):
    event = activity(office)

    made = save(office, deputy, event_id=event, half_days=2)

    [row] = office.ask(leaves.rows, 2026)
    assert (row.id, row.name, row.level, row.event) == (made, "王伟", Level.TOWN, "视察")
    assert row.approval == Approval.ASKED
    assert ("待审批", "王伟请假（视察）") in [
        (t.tag, t.text) for t in office.ask(todo.todos, make.TODAY)
    ]
    assert office.ask(leaves.rows, 2025) == []
    assert len(office.ask(leaves.rows, mandate_id=deputy, approval=Approval.ASKED)) == 1


def test_approved_leave_excuses_at_the_event_even_who_was_not_listed(office, deputy):
    event = activity(office)

    office.do(leaves.approve, leave_id=save(office, deputy, event_id=event), approved_by="苏和")

    assert presence(office, event) == {"王伟": Presence.LEAVE}
    [row] = office.ask(leaves.rows)
    assert (row.approval, row.approved_by, row.approved_on) == (
        Approval.APPROVED,
        "苏和",
        make.TODAY,
    )
    assert office.undo().title == "同意请假"
    assert presence(office, event) == {}


def test_approved_leave_of_some_days_excuses_where_the_deputy_was_expected(office, deputy):
    expected = activity(office, Attendee(deputy, Presence.EXPECTED))
    came = activity(office, Attendee(deputy), held_on=date(2026, 11, 3), name="调研")
    before = activity(
        office, Attendee(deputy, Presence.EXPECTED), held_on=date(2026, 10, 30), name="座谈"
    )

    leave = save(office, deputy, to_on=date(2026, 11, 6))
    office.do(leaves.approve, leave_id=leave, approved_by="苏和")

    assert presence(office, expected) == {"王伟": Presence.LEAVE}
    assert presence(office, came) == {"王伟": Presence.PRESENT}
    assert presence(office, before) == {"王伟": Presence.EXPECTED}


def test_who_was_marked_absent_and_is_excused_later_is_on_leave(office, deputy):
    event = activity(office, Attendee(deputy, Presence.ABSENT))

    office.do(leaves.approve, leave_id=save(office, deputy, event_id=event), approved_by="苏和")

    assert presence(office, event) == {"王伟": Presence.LEAVE}


def test_an_event_registered_after_the_approval_finds_the_deputy_excused(office, deputy):
    office.do(leaves.approve, leave_id=save(office, deputy), approved_by="苏和")

    event = activity(office, Attendee(deputy, Presence.EXPECTED))

    assert presence(office, event) == {"王伟": Presence.LEAVE}


def test_a_leave_from_a_meeting_to_come_is_approved_beforehand(office, deputy):
    term = office.do(terms.start_term, level=Level.TOWN, number=10)
    day = date(2026, 12, 20)
    meeting = office.do(
        meeting_attendance.save, term_id=term, number=1, name="一次会议", opened_on=day
    )

    leave = save(office, deputy, event_id=meeting, from_on=day, to_on=day)
    office.do(leaves.approve, leave_id=leave, approved_by="苏和")

    [row] = office.ask(meeting_attendance.rows)
    assert row.attendees[0].presence == Presence.LEAVE


def test_refused_leave_excuses_nobody_and_may_be_asked_for_again(office, deputy):
    event = activity(office, Attendee(deputy, Presence.EXPECTED))

    office.do(leaves.refuse, leave_id=save(office, deputy), approved_by="苏和")

    assert presence(office, event) == {"王伟": Presence.EXPECTED}
    save(office, deputy)


def test_what_was_decided_is_not_changed_or_decided_again(office, deputy):
    made = save(office, deputy)
    save(office, deputy, record_id=made, reason="出差")
    office.do(leaves.approve, leave_id=made, approved_by="苏和")

    assert office.ask(leaves.rows)[0].reason == "出差"
    with pytest.raises(UserError, match="已经审批，不能再改"):
        save(office, deputy, record_id=made)
    with pytest.raises(UserError, match="已经审批：同意"):
        office.do(leaves.refuse, leave_id=made, approved_by="苏和")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"mandate_id": ""}, "mandate_id", "请选择代表"),
        ({"to_on": date(2026, 11, 1)}, "to_on", "不能早于开始日期"),
        ({"to_on": date(2028, 1, 1)}, "to_on", "不能超过366天"),
        ({"half_days": 3}, "half_days", "请假共1天，半天数应在0到2之间"),
        ({"reason": " "}, "reason", "请填写事由"),
        ({"event_id": "gone"}, "event_id", "请选择活动"),
    ],
)
def test_a_wrong_field_is_named(office, deputy, changed, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        save(office, deputy, **changed)

    assert error.value.field == field
    assert office.ask(leaves.rows) == []


def test_leave_is_not_asked_twice_and_not_for_an_event_of_another_day(office, deputy):
    event = activity(office, held_on=date(2026, 10, 1))
    save(office, deputy)

    with pytest.raises(FieldError, match="2026-11-02至2026-11-02已经请过假"):
        save(office, deputy, from_on=date(2026, 11, 1))
    with pytest.raises(FieldError, match="“视察”不在请假的日期之内"):
        save(office, make.deputy(office, name="高娃"), event_id=event)


def test_an_approval_names_who_gave_it_and_is_not_of_tomorrow(office, deputy):
    made = save(office, deputy)

    with pytest.raises(FieldError, match="请填写审批人"):
        office.do(leaves.approve, leave_id=made, approved_by="")
    with pytest.raises(FieldError, match="不能晚于今天"):
        office.do(leaves.approve, leave_id=made, approved_by="苏和", approved_on=date(2026, 11, 24))


def test_leaves_are_removed_and_come_back(office, deputy):
    first = save(office, deputy)
    second = save(office, deputy, from_on=date(2026, 11, 9), to_on=date(2026, 11, 9))

    office.do(leaves.remove, ids=(first,))
    assert office.undo().about == "王伟 11月2日"
    office.do(leaves.remove, ids=(first, second))
    assert office.ask(leaves.rows) == []


def test_the_attendance_rate_counts_leave_below_and_leaves_out_what_is_open(office, deputy):
    other = make.deputy(office, name="高娃")
    days = [date(2026, 10, day) for day in (1, 2, 3, 4)]
    stands = (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT, Presence.EXPECTED)
    for day, stood in zip(days, stands, strict=True):
        activity(office, Attendee(deputy, stood), held_on=day, name=f"{day}")
    activity(office, Attendee(other), held_on=days[0], name="座谈")
    activity(office, Attendee(other, Presence.ABSENT), held_on=date(2025, 1, 1), name="旧")

    low, high = office.ask(attendance_rates.rows, date(2026, 1, 1), make.TODAY)

    assert (low.name, low.expected, low.leave, low.absent) == ("王伟", 3, 1, 1)
    assert low.rate.text == "33.3%（1/3）"
    assert (high.name, high.rate.text) == ("高娃", "100%（1/1）")
