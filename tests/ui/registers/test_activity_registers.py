"""Activities, services, trainings, meetings, leave and opinions: typed in, changed, moved on."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk.models import Activity, EventOpinion
from deputydesk.models.activity import ActivityKind
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.choices import Level
from deputydesk.operations import (
    activities,
    event_opinions,
    leaves,
    meeting_attendance,
    services,
    terms,
    trainings,
)
from deputydesk.operations.participants import Attendee
from deputydesk.ui.dialogs.check_in import CheckInDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.registers.activities import ACTIVITIES
from deputydesk.ui.registers.event_opinions import EVENT_OPINIONS
from deputydesk.ui.registers.leaves import ATTENDANCE_RATES, LEAVES
from deputydesk.ui.registers.meetings import MEETINGS
from deputydesk.ui.registers.services import SERVICES
from deputydesk.ui.registers.trainings import TRAININGS, UNTRAINED
from deputydesk.ui.registers_page import RegistersPage
from tests import make
from tests.ui.hands import press, press_ctrl, write

DAY = date(2026, 11, 2)


class DutyPage(RegistersPage):
    title = "代表活动"
    registers = (
        ACTIVITIES,
        EVENT_OPINIONS,
        SERVICES,
        TRAININGS,
        UNTRAINED,
        MEETINGS,
        LEAVES,
        ATTENDANCE_RATES,
    )


@pytest.fixture
def deputy(office):
    return make.deputy(office)


@pytest.fixture
def page(desk, deputy, qtbot):
    made = DutyPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


def turn(page, register):
    page.chips.group.button(page.registers.index(register)).setChecked(True)
    return page.view


def save(view):
    view.form.save_next.emit()


def dialog() -> FormDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in found if w.isVisible())


def move(view, text):
    {m.text: made for m, made in view.moves.move_buttons}[text].click()


def moves(view):
    return [m.text for m, made in view.moves.move_buttons if not made.isHidden()]


def hold(desk, *attendees, **changed):
    good = {"kind": ActivityKind.INSPECTION, "name": "视察饮水", "held_on": DAY}
    return desk.do(activities.save, **(good | changed), attendees=attendees)


def test_an_activity_is_typed_in_with_its_deputies_by_keyboard(page, desk):
    page.start_new()
    form = page.view.form
    form.field("kind").set_value(ActivityKind.HEARING)
    write(form.field("name").control, "水价听证会")
    people = form.field("attendees").control
    write(people.line, "王伟")
    press(people.line, Qt.Key.Key_Return)
    write(form.field("topics").control, "水价、管网")
    press_ctrl(people.line, Qt.Key.Key_Return)

    [row] = desk.ask(activities.rows)
    assert (row.name, row.kind, row.present, row.people) == (
        "水价听证会",
        ActivityKind.HEARING,
        1,
        1,
    )
    assert row.topics == ("水价", "管网")
    assert form.field("name").value() == ""
    assert form.field("kind").value() == ActivityKind.HEARING
    assert page._subtitle.text() == "1 次，参加 1 人次，提出意见 0 条"


def test_a_sentence_stands_at_the_people_when_they_are_wrong(page, desk, deputy):
    made = hold(desk, Attendee(deputy))
    page.open_record(Activity, made)
    form = page.view.form
    form.field("people").control.setText("0")
    form.field("attendees").set_value([Attendee(deputy, half_days=3)])

    save(page.view)

    assert "王伟的半天数不能超过2" in form.field("attendees").error()
    assert desk.ask(activities.rows)[0].attendees[0].half_days == 0


def test_opinions_are_noted_line_by_line(page, desk, deputy):
    made = hold(desk)
    page.open_record(Activity, made)

    move(page.view, "记录意见")
    write(dialog().form.field("lines").control, "张三：增加路灯、路标；修路")
    dialog().save()

    [said] = desk.ask(event_opinions.rows, event_id=made)
    assert (said.speaker, said.content) == ("张三", "增加路灯、路标；修路")


def test_a_report_goes_out_and_its_answer_comes_back(page, desk):
    made = hold(desk)
    page.open_record(Activity, made)
    assert moves(page.view) == ["记录意见", "转交报告"]

    move(page.view, "转交报告")
    write(dialog().form.field("report").control, "视察报告")
    dialog().save()
    assert moves(page.view) == ["记录意见", "登记反馈"]
    page.view.chips.group.button(3).setChecked(True)
    assert [row.id for row in page.view.table.rows.rows()] == [made]

    move(page.view, "登记反馈")
    write(dialog().form.field("feedback").control, "已整改")
    dialog().save()
    assert desk.ask(activities.rows)[0].state == "已反馈"


def test_kinds_of_activities_are_seen_alone(page, desk):
    hold(desk)
    hold(desk, kind=ActivityKind.HEARING, name="听证")

    page.view.chips.group.button(1).setChecked(True)

    assert [row.name for row in page.view.table.rows.rows()] == ["视察饮水"]
    assert page.view.chips.group.button(2).text() == "小组活动 0"


def test_subsidies_are_offered_where_half_days_were_noted(page, desk, deputy):
    page.open_record(Activity, hold(desk, Attendee(deputy, half_days=1)))

    move(page.view, "发放误工补贴")

    assert dialog().form.field("handler").value() == "张丽"
    dialog().reject()


def test_an_opinion_is_typed_in_and_answered(page, desk, deputy):
    event, unit = hold(desk), make.unit(desk.office)
    view = turn(page, EVENT_OPINIONS)
    view.form.set_values({"event_id": event, "mandate_id": deputy, "unit_id": unit})
    write(view.form.field("content").control, "增加路灯")
    save(view)
    assert page._subtitle.text() == "1 条，发言 1 人"
    assert view.chips.group.button(2).text() == "逾期 1"
    view.table.selectRow(0)

    move(view, "登记反馈")
    write(dialog().form.field("feedback").control, "已装")
    dialog().save()

    assert desk.ask(event_opinions.rows)[0].state == "已反馈"
    assert view.chips.group.button(1).text() == "待反馈 0"


def test_a_service_keeps_its_name_for_the_next(page, desk):
    view = turn(page, SERVICES)
    write(view.form.field("campaign").control, "政策宣讲")
    view.form.set_values({"times": 2, "people": 50})
    save(view)

    [row] = desk.ask(services.rows)
    assert (row.campaign, row.times, row.people) == ("政策宣讲", 2, 50)
    assert view.form.field("campaign").value() == "政策宣讲"
    assert page._subtitle.text() == "2 次，50 人次"
    assert view.chips.group.button(1).text() == "宣讲 1"


def test_a_training_and_who_has_not_had_one(page, desk, deputy):
    other = make.deputy(desk.office, name="高娃")
    view = turn(page, TRAININGS)
    write(view.form.field("topic").control, "预算审查")
    view.form.set_values({"hours": 8, "attendees": [Attendee(deputy)]})
    save(view)
    [row] = desk.ask(trainings.rows)
    assert (row.attendees[0].hours, view.chips.group.button(1).text()) == (8, "线下 1")

    view = turn(page, UNTRAINED)

    assert [row.id for row in view.table.rows.rows()] == [other]
    assert page._subtitle.text() == "1 名在任代表这一年还没有参加培训"
    page.year.setCurrentIndex(page.year.count() - 1)
    page.refresh()
    assert [row.id for row in view.table.rows.rows()] == [other]


def test_a_meeting_expects_everybody_and_the_rest_came(page, desk, deputy):
    term = desk.do(terms.start_term, level=Level.TOWN, number=10)
    view = turn(page, MEETINGS)
    write(view.form.field("name").control, "一次会议")
    view.form.set_values({"term_id": term, "number": 1, "opened_on": DAY})
    save(view)
    view.table.selectRow(0)
    assert moves(view) == ["列出应到代表", "其余应到记为到会"]
    assert view.chips.group.button(1).text() == "待登记 1"

    move(view, "其余应到记为到会")

    [row] = desk.ask(meeting_attendance.rows)
    assert row.count(Presence.PRESENT) == 1
    assert [view.table.rows.cell(0, n).text for n in (3, 4, 7)] == ["1", "1", "100%（1/1）"]
    rates = turn(page, ATTENDANCE_RATES)
    assert [r.rate.text for r in rates.table.rows.rows()] == ["100%（1/1）"]
    assert page._subtitle.text().startswith("出席率=到会÷")


def test_leave_is_asked_and_approved(page, desk, deputy):
    view = turn(page, LEAVES)
    view.form.set_values({"mandate_id": deputy, "from_on": DAY, "to_on": DAY})
    write(view.form.field("reason").control, "住院")
    save(view)
    view.table.selectRow(0)
    assert moves(view) == ["同意", "不同意"]

    move(view, "同意")
    write(dialog().form.field("approved_by").control, "苏和")
    dialog().save()

    assert desk.ask(leaves.rows)[0].approval == Approval.APPROVED
    assert moves(view) == []
    page.year.setCurrentIndex(page.year.count() - 1)
    assert turn(page, ATTENDANCE_RATES).table.rows.rows() == []


def act(view, text):
    {a.text: made for a, made in view.moves.action_buttons}[text].click()


def test_opinions_and_their_event_lead_to_each_other(page, desk):
    made = hold(desk)
    opinion = desk.do(event_opinions.save, event_id=made, content="增加路灯")
    opened = []
    desk.open_requested.connect(lambda model, record_id: opened.append((model, record_id)))

    page.open_record(Activity, made)
    act(page.view, "看意见")
    view = turn(page, EVENT_OPINIONS)
    view.table.selectRow(0)
    act(view, "看活动")

    assert opened == [(EventOpinion, opinion), (Activity, made)]


def test_the_sign_in_window_opens_from_an_activity(page, desk):
    page.open_record(Activity, hold(desk))

    act(page.view, "签到")

    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, CheckInDialog)]
    window = next(w for w in found if w.isVisible())
    assert window.windowTitle() == "签到：视察饮水"
    window.reject()
