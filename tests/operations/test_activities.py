from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models import Activity
from deputydesk.models.activity import ActivityKind
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import EndReason, Level
from deputydesk.operations import (
    activities,
    attendances,
    check_ins,
    deputies,
    deputy_groups,
    local_rules,
    services,
    todo,
)
from deputydesk.operations.participants import Attendee
from tests import make

DAY = date(2026, 11, 2)


def save(office, **changed):
    good = {"kind": ActivityKind.INSPECTION, "name": "视察饮水工程", "held_on": DAY}
    return office.do(activities.save, **(good | changed))


def test_an_activity_is_registered_with_who_came_and_counts_everybody_there(office):
    came, away = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")

    made = save(
        office,
        people=12,
        topics=("水源", " ", "管网"),
        attendees=(
            Attendee(came, Presence.PRESENT, role="带队", half_days=2),
            Attendee(away, Presence.LEAVE),
        ),
    )

    [row] = office.ask(activities.rows, 2026)
    assert (row.id, row.number, row.people, row.present) == (made, 1, 12, 1)
    assert row.topics == ("水源", "管网")
    assert [(a.name, a.presence, a.role, a.half_days) for a in row.attendees] == [
        ("王伟", Presence.PRESENT, "带队", 2),
        ("高娃", Presence.LEAVE, "", 0),
    ]
    assert office.ask(activities.rows, 2025) == []
    assert office.ask(activities.rows, kind=ActivityKind.HEARING) == []
    assert [r.id for r in office.ask(activities.rows, mandate_id=came)] == [made]
    assert office.ask(activities.rows, mandate_id=away) == []
    assert office.ask(activities.years) == [2026]


def test_without_a_number_of_people_the_deputies_present_are_counted(office):
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")

    save(office, attendees=(Attendee(first), Attendee(second, Presence.ABSENT)))

    assert office.ask(activities.rows)[0].people == 1


def test_fewer_people_than_deputies_are_refused(office):
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")

    with pytest.raises(FieldError, match="参加人次（1）不能少于到会代表（2名）") as error:
        save(office, people=1, attendees=(Attendee(first), Attendee(second)))

    assert error.value.field == "people"
    assert office.ask(activities.rows) == []


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"held_on": date(2026, 11, 24)}, "held_on", "不能晚于今天"),
        ({"ended_on": date(2026, 11, 1)}, "ended_on", "不能早于开始日期"),
        ({"ended_on": date(2026, 12, 1)}, "ended_on", "不能晚于今天"),
        ({"name": " "}, "name", "请填写活动名称"),
        ({"people": -1}, "people", "不能小于0"),
        ({"home_id": "x"}, "home_id", "请选择代表之家"),
        ({"kind": ActivityKind.INTERVIEW}, "official", "约见的是哪一位负责人"),
        ({"kind": ActivityKind.GROUP}, "group_id", "请选择代表小组"),
        ({"forwarded_on": date(2026, 11, 3)}, "report", "写明名称或结论"),
        ({"report": "报告", "forwarded_on": date(2026, 11, 1)}, "forwarded_on", "不能早于"),
        ({"report": "报告", "forwarded_on": date(2026, 12, 1)}, "forwarded_on", "不能晚于今天"),
        ({"feedback_on": date(2026, 11, 5)}, "forwarded_on", "报告转交日期"),
        ({"report": "x", "forwarded_on": DAY, "feedback": "已改"}, "feedback_on", "反馈日期"),
        (
            {"report": "x", "forwarded_on": DAY, "feedback_on": date(2026, 11, 1)},
            "feedback_on",
            "不能早于转交日期",
        ),
        (
            {"report": "x", "forwarded_on": DAY, "feedback_on": date(2026, 12, 1)},
            "feedback_on",
            "不能晚于今天",
        ),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(office, changed, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        save(office, **changed)

    assert error.value.field == field
    assert office.ask(activities.rows) == []


def test_a_report_is_due_for_feedback_three_calendar_months_after_it_was_forwarded(office):
    save(office, held_on=date(2026, 1, 20), report="报告", forwarded_on=date(2026, 1, 31))
    save(
        office,
        kind=ActivityKind.HEARING,
        held_on=date(2026, 1, 20),
        report="报告",
        forwarded_on=date(2026, 1, 31),
    )

    hearing, inspection = office.ask(activities.rows)
    assert inspection.feedback_due_on == date(2026, 4, 30)  # 90 days would say 5月1日
    assert hearing.feedback_due_on is None
    assert (inspection.state, hearing.state) == ("待反馈", "待反馈")


def test_a_local_rule_changes_the_feedback_from_its_day_on(office):
    office.do(
        local_rules.adopt,
        kind=activities.RULE,
        name="一个月",
        valid_from=date(2026, 7, 1),
        rule={"months": 1, "kinds": ["听证"]},
    )

    due = [
        office.ask(activities.feedback_due, kind, day)
        for kind, day in (
            (ActivityKind.RESEARCH, date(2026, 6, 30)),
            (ActivityKind.RESEARCH, date(2026, 7, 1)),
            (ActivityKind.HEARING, date(2026, 7, 1)),
        )
    ]

    assert due == [date(2026, 9, 30), None, date(2026, 8, 3)]


def test_another_day_for_the_feedback_may_be_set_and_the_answer_ends_the_waiting(office):
    made = save(
        office,
        report="报告",
        forwarded_on=date(2026, 11, 3),
        feedback_due_on=date(2026, 11, 25),
    )
    tags = [(t.tag, t.text) for t in office.ask(todo.todos, make.TODAY)]
    assert ("剩 2 天", "反馈集体视察报告：视察饮水工程") in tags

    save(
        office,
        record_id=made,
        report="报告",
        forwarded_on=date(2026, 11, 3),
        feedback_due_on=date(2026, 11, 25),
        feedback_on=date(2026, 11, 20),
        feedback="已整改",
    )

    assert office.ask(activities.rows)[0].state == "已反馈"
    assert "反馈集体视察报告：视察饮水工程" not in [
        t.text for t in office.ask(todo.todos, make.TODAY)
    ]


def test_a_change_keeps_number_and_signing_and_takes_off_who_was_not_there(office):
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")
    made = save(office, attendees=(Attendee(first), Attendee(second)))
    [kept, _] = office.ask(activities.rows)[0].attendees
    office.do(attendances.mark, attendance_id=kept.id, presence=Presence.PRESENT, signed_at="09:02")

    save(office, record_id=made, report="已形成", attendees=(Attendee(first, half_days=1),))

    [row] = office.ask(activities.rows, activity_id=made)
    assert (row.number, row.state) == (1, "已形成报告")
    assert [(a.name, a.signed_at, a.half_days) for a in row.attendees] == [("王伟", "09:02", 1)]


def test_numbers_begin_anew_each_year_and_follow_a_corrected_year(office):
    save(office, held_on=date(2025, 12, 30))
    made = save(office, held_on=date(2026, 1, 5))
    save(office, held_on=date(2026, 1, 6))

    save(office, record_id=made, held_on=date(2025, 12, 31))

    assert [(a.held_on.year, a.number) for a in office.ask(activities.rows)] == [
        (2026, 2),
        (2025, 2),
        (2025, 1),
    ]


def test_a_removed_activity_comes_back_with_its_people(office):
    made = save(office, attendees=(Attendee(make.deputy(office)),))

    office.do(activities.remove, ids=(made,))
    assert office.ask(activities.rows) == []
    assert office.ask(attendances.rows, Activity) == {}

    assert office.undo().title == "删除代表活动"
    assert office.ask(activities.rows)[0].attendees[0].name == "王伟"


def test_nobody_stands_twice_at_an_activity(office):
    mandate = make.deputy(office)
    person = office.ask(deputies.one, mandate).person_id
    other = office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)

    with pytest.raises(FieldError, match="王伟填了两次"):
        save(office, attendees=(Attendee(mandate), Attendee(mandate)))
    with pytest.raises(FieldError, match="两个层级的代表身份填了两次"):
        save(office, attendees=(Attendee(mandate), Attendee(other)))
    with pytest.raises(FieldError, match="请选择代表"):
        save(office, attendees=(Attendee("gone"),))


def test_only_deputies_in_office_on_the_day_are_taken_but_old_entries_can_be_changed(office):
    mandate = make.deputy(office)
    made = save(office, attendees=(Attendee(mandate),))
    office.do(
        deputies.end_mandate,
        mandate_id=mandate,
        ended_on=date(2026, 5, 1),
        reason=EndReason.MOVED,
    )

    save(office, record_id=made, note="更正", attendees=(Attendee(mandate),))
    with pytest.raises(FieldError, match="已于2026-05-01终止"):
        save(office, attendees=(Attendee(mandate),))


@pytest.mark.parametrize(
    ("attendee", "ended_on", "sentence"),
    [
        ({"half_days": 3}, None, "不能超过2（活动1天，每天2个半天）"),
        ({"half_days": 7}, date(2026, 11, 4), "不能超过6（活动3天"),
        ({"half_days": -1}, None, "不能小于0"),
        ({"hours": 25}, None, "学时不能超过24"),
        ({"half_days": 1, "presence": Presence.LEAVE}, None, "没有到会"),
    ],
)
def test_half_days_and_hours_fit_into_the_days_of_the_activity(
    office, attendee, ended_on, sentence
):
    there = Attendee(make.deputy(office), **attendee)

    with pytest.raises(FieldError, match=sentence) as error:
        save(office, ended_on=ended_on, attendees=(there,))

    assert error.value.field == "attendees"


def test_a_day_has_two_half_days_however_many_activities(office):
    mandate = make.deputy(office)
    save(office, attendees=(Attendee(mandate, half_days=1),))
    service = {"kind": services.ServiceKind.AID, "campaign": "帮扶", "held_on": DAY}

    with pytest.raises(FieldError, match="别的活动中已记1个半天，一天不能超过2个半天"):
        office.do(services.save, **service, attendees=(Attendee(mandate, half_days=2),))

    office.do(services.save, **service, attendees=(Attendee(mandate, half_days=1),))


def test_a_group_is_reminded_each_quarter_until_it_meets(office):
    group = office.do(deputy_groups.save, name="第一代表小组")
    reminder = ("本季未活动", "第一代表小组本季度还没有开展活动")

    def reminders():
        return [(t.tag, t.text) for t in office.ask(todo.todos, make.TODAY)]

    save(office, kind=ActivityKind.GROUP, group_id=group, held_on=date(2026, 9, 30))
    assert reminder in reminders()

    save(office, kind=ActivityKind.GROUP, group_id=group, held_on=date(2026, 10, 1))
    assert reminder not in reminders()
    assert office.ask(activities.rows)[0].group == "第一代表小组"


def test_a_report_is_forwarded_and_answered_in_two_steps(office):
    made = save(office, held_on=date(2026, 7, 20))

    with pytest.raises(FieldError, match="报告转交日期"):
        office.do(activities.feed_back, activity_id=made, feedback_on=DAY, feedback="已改")
    office.do(
        activities.forward, activity_id=made, report="视察报告", forwarded_on=date(2026, 7, 31)
    )
    assert office.ask(activities.rows)[0].feedback_due_on == date(2026, 11, 2)  # 31日、1日为周末

    office.do(activities.feed_back, activity_id=made, feedback_on=DAY, feedback="已整改")
    [row] = office.ask(activities.rows)
    assert (row.state, row.feedback) == ("已反馈", "已整改")


def test_the_people_follow_deputies_who_sign_in_one_by_one(office):
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")
    counted = save(office, attendees=(Attendee(first, Presence.EXPECTED),))
    more = save(office, people=9)
    by = {"event_kind": "activity", "mandate_id": first}

    def people(made):
        return office.ask(activities.rows, activity_id=made)[0].people

    for event in (counted, more):
        office.do(check_ins.sign, **by, event_id=event)
    office.do(check_ins.sign, event_kind="activity", event_id=counted, mandate_id=second)
    assert (people(counted), people(more)) == (2, 9)

    for event in (counted, more):
        office.do(check_ins.unsign, **by, event_id=event)
    assert (people(counted), people(more)) == (1, 9)
