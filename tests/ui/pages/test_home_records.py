"""The homes' registers: checked item by item, supervisors counted, districts and groups kept."""

from datetime import date

import pytest

from deputydesk.models import Supervisor
from deputydesk.models.choices import Level
from deputydesk.operations import (
    deputies,
    deputy_groups,
    electoral_districts,
    home_checks,
    places,
    supervisor_remarks,
    supervisors,
)
from deputydesk.operations.home_checks import Finding
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.home_records import HomeRecordsPage
from tests import make

STATES, SUPERVISORS, REMARKS, STATIONS, DISTRICTS, GROUPS, CHECKS = range(7)


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def page(desk, home, qtbot):
    made = HomeRecordsPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    return made


def turn(page, number):
    page.chips.group.button(number).setChecked(True)
    return page.view


def cells(view):
    return [
        [column.text(row) for column in view.register.columns] for row in view.table.rows.rows()
    ]


def dialog(page):
    return next(w for w in page.findChildren(FormDialog) if w.isVisible())


def save(view, **values):
    view.start_new()
    view.form.set_values(values)
    view.form.save_next.emit()


def test_a_home_is_checked_item_by_item_in_a_window(page, desk, home):
    view = page.view
    assert cells(view)[0][2:5] == ["0/8", "", "8 项"]
    view.table.selectRow(0)
    view._act(view.register.actions[0])
    form = dialog(page).form

    form.set_values({"found.有固定场所": "passed", "found.有规范标识": "wanting"})
    form.save_next.emit()
    assert "达标，请写依据" in form.field("evidence.有固定场所").error()
    form.set_values({"evidence.有固定场所": "60平方米", "evidence.有规范标识": "没有牌匾"})
    form.save_next.emit()

    [state] = desk.ask(home_checks.states, desk.today)
    assert (state.share.numerator, state.missing) == (1, ("有规范标识",))
    assert state.items[1].note == "没有牌匾"
    assert cells(page.view)[0][2:6] == ["1/8", "有规范标识", "6 项", "2026-11-23"]
    assert "各项齐全 0 家" in page._subtitle.text()

    view._act(view.register.actions[0])
    again = dialog(page).form
    assert again.field("found.有固定场所").value() == "passed"
    assert again.field("evidence.有规范标识").value() == "没有牌匾"


def test_every_check_is_listed_and_a_wrong_one_removed(page, desk, home):
    desk.do(
        home_checks.check,
        home_id=home,
        checked_on=date(2026, 3, 5),
        findings=(Finding("有固定场所", passed=False, note="漏雨"),),
    )

    view = turn(page, CHECKS)
    assert cells(view) == [["2026-03-05", "五当召镇人大代表之家", "有固定场所", "不达标", "漏雨"]]
    view.table.selectRow(0)
    view._delete()
    assert desk.ask(home_checks.rows) == []


def test_too_few_supervisors_are_a_sentence_in_the_list_of_homes(page, desk, home):
    assert cells(page.view)[0][-1] == "五当召镇人大代表之家有0名履职监督员，应为2至3名。"
    assert "监督员人数待核对 1 家" in page._subtitle.text()

    view = turn(page, SUPERVISORS)
    save(view, home_id=home, name="姜永福")
    view.form.set_values({"name": "杨永"})  # the home stays for the next one
    view.form.save_next.emit()

    assert [row.name for row in desk.ask(supervisors.rows)] == ["姜永福", "杨永"]
    assert cells(view)[0][-1] == "在聘"
    assert page._subtitle.text() == "共 2 名，1 家"
    turn(page, STATES)
    assert cells(page.view)[0][-1] == ""


def test_a_dismissed_supervisor_is_shown_apart(page, desk, home):
    one = desk.do(supervisors.save, home_id=home, name="姜永福", to_on=date(2026, 1, 31))
    page.open_record(Supervisor, one)

    view = page.view
    assert cells(view)[0][-1] == "已解聘"
    assert [view.chips.group.button(n).text() for n in range(3)] == [
        "全部 1",
        "在聘 0",
        "已解聘 1",
    ]


def test_a_remark_is_registered_and_waits_until_handled(page, desk, home):
    supervisor = desk.do(supervisors.save, home_id=home, name="姜永福")
    deputy = make.deputy(desk.office)
    view = turn(page, REMARKS)
    save(view, supervisor_id=supervisor, mandate_id=deputy, content="多进家")

    assert desk.ask(supervisor_remarks.rows)[0].made_on == desk.today
    assert cells(view)[0][1:] == ["姜永福", "五当召镇人大代表之家", "王伟", "多进家", "待处理"]
    assert view.chips.group.button(1).text() == "待处理 1"


def test_a_station_of_several_roles_is_registered_and_changed(page, desk, home):
    view = turn(page, STATIONS)
    save(view, name="民馨站", roles=("reception", "court"), home_id=home)

    [row] = desk.ask(places.stations)
    assert cells(view)[0][1] == "代表接待岗、流动法官工作站"
    view.show_record(row.id)
    view.form.set_values({"host": "社区"})
    view.form.save_next.emit()
    assert desk.ask(places.stations)[0].host == "社区"


def test_districts_say_what_is_vacant_or_over(page, desk):
    view = turn(page, DISTRICTS)
    save(view, level=Level.TOWN, name="第1选区", seats=2, voters=900)
    assert cells(view)[0][-1] == "缺 2 名"
    assert cells(view)[0][3:5] == ["2", "900"]

    save(view, level=Level.TOWN, name="第2选区", seats=4)
    assert "一名至三名" in view.form.field("seats").error()
    [row] = desk.ask(electoral_districts.rows)
    desk.do(electoral_districts.save, record_id=row.id, name=row.name, level=row.level)
    assert cells(view)[0][-1] == ""


def test_a_small_group_is_marked(page, desk):
    deputy = make.deputy(desk.office)
    view = turn(page, GROUPS)
    save(view, name="第一小组", leader_id=deputy, member_ids=(deputy,))

    assert desk.ask(deputy_groups.rows)[0].members == ("王伟",)
    assert cells(view)[0] == ["第一小组", "王伟", "", "1", "王伟"]
    assert view.chips.group.button(1).text() == "不足三人 1"


def test_every_register_opens_on_the_demo_office(demo_office, desk, qtbot):
    desk.attach(demo_office)
    page = HomeRecordsPage(desk)
    qtbot.addWidget(page)
    page.read_again()

    counts = [turn(page, n).table.rows.rowCount() for n in range(CHECKS + 1)]

    assert counts[:3] == [27, 69, 3]
    assert counts[CHECKS] == 216


def test_a_district_with_more_deputies_than_seats_is_marked(page, desk):
    district = desk.do(electoral_districts.save, name="第1选区", level=Level.TOWN, seats=1)
    for name in ("王伟", "丁一"):
        desk.do(deputies.add, name=name, level=Level.TOWN, electoral_district_id=district)

    assert cells(turn(page, DISTRICTS))[0][-2:] == ["丁一、王伟", "超额"]
