"""The rota as a clerk uses it: month, list, one key to register, plan, paste, coverage."""

from datetime import date
from typing import TypeVar

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from deputydesk.models import RotaShift, Visit
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import rotas, visits
from deputydesk.reports import Options
from deputydesk.ui import messages, style, tasks
from deputydesk.ui.dialogs.rota_import import RotaImportDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages import rotas as rotas_page
from deputydesk.ui.pages.rotas import LIST, MONTH, RotasPage
from tests import make
from tests.ui.hands import press, show_page

DAY = date(2026, 11, 20)
COMING = date(2026, 11, 30)


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, home_id=home)


@pytest.fixture
def page(desk, deputy, qtbot):
    made = RotasPage(desk)
    show_page(made, desk, qtbot)
    return made


def plan(desk, home, *deputies, day=DAY):
    return desk.do(rotas.save, planned_on=day, home_id=home, deputy_ids=deputies, topic="供水")


def listed(desk):
    return desk.ask(rotas.rows, desk.today)


Window = TypeVar("Window", bound=QWidget)


def dialog(page, kind: type[Window] = FormDialog) -> Window:
    return next(w for w in page.findChildren(kind) if w.isVisible())


def button(page, text):
    moves = [*page.month.moves.move_buttons, *page.month.moves.action_buttons]
    return next(made for what, made in moves if what.text == text)


def test_the_month_is_walked_by_keyboard_and_one_key_registers_what_was_held(
    page, desk, home, deputy
):
    plan(desk, home, deputy)
    grid = page.month.grid
    grid.setFocus()

    for _ in range(3):
        press(grid, Qt.Key.Key_Left)
    assert grid.day == DAY
    assert "五当召镇" in grid.accessibleDescription()
    press(grid, Qt.Key.Key_Return)
    assert page.month.table.hasFocus()
    press(page.month.table, Qt.Key.Key_Return)
    form = dialog(page).form
    assert form.field("deputy_ids").value() == (deputy,) or form.field("deputy_ids").value() == [
        deputy
    ]
    assert form.field("topic").value() == "供水"
    form.set_values({"received": 5})
    form.save_next.emit()

    [visit] = desk.ask(visits.rows)
    assert (visit.held_on, visit.received, visit.recorder) == (DAY, 5, "张丽")
    assert listed(desk)[0].state == ShiftState.HELD
    assert "已开展 1" in page._subtitle.text()


def test_what_was_held_opens_its_entry(page, desk, home, deputy):
    plan(desk, home, deputy)
    visit = make.visit(desk.office, home, deputy, held_on=DAY)
    page._match.click()
    opened = []
    desk.open_requested.connect(lambda model, record_id: opened.append((model, record_id)))
    page.month.grid.go(DAY)

    page.month.table.opened.emit(page.month.table.current())
    button(page, "进家登记").click()

    assert opened == [(Visit, visit)] * 2
    page._match.click()
    assert listed(desk)[0].state == ShiftState.HELD


def test_pages_turn_by_key_and_button_and_a_click_picks_a_day(page, desk):
    grid = page.month.grid
    press(grid, Qt.Key.Key_PageUp)
    assert grid.day == date(2026, 10, 23)
    assert page.month._month.text() == "2026年10月"
    press(grid, Qt.Key.Key_PageDown)
    page.month._later.click()
    assert grid.day == date(2026, 12, 23)
    page.month._earlier.click()
    page.month._now.click()
    press(grid, Qt.Key.Key_Up)
    assert grid.day == date(2026, 11, 16)
    press(grid, Qt.Key.Key_Home)
    grid.go(date(2026, 10, 31))
    grid.turn(1)
    assert grid.day == date(2026, 11, 30)

    top = style.px(24) + 10  # into the first week, the first day of which is in October
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(10, top))
    assert grid.day == date(2026, 10, 26)
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(10, 2))
    assert grid.day == date(2026, 10, 26)
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(10, top))
    assert grid.hasFocus()


def test_a_day_is_announced_moved_and_called_off_from_the_month(page, desk, home, deputy):
    shift = plan(desk, home, deputy, day=COMING)
    page.month.grid.go(COMING)
    assert "应在2026年11月27日前公告" in page.month._facts.text()

    button(page, "公告").click()
    dialog(page).form.save_next.emit()
    assert "公告：2026年11月23日" in page.month._facts.text()

    button(page, "改期").click()
    form = dialog(page).form
    form.set_values({"planned_on": date(2026, 12, 5), "moved_why": "大雪"})
    form.save_next.emit()
    assert "建议改为2026年12月7日" in form.field("planned_on").error()
    form.set_values({"planned_on": date(2026, 12, 7)})
    form.save_next.emit()
    assert listed(desk)[0].moved_from == COMING

    page.open_record(RotaShift, shift)
    assert page.month.grid.day == date(2026, 12, 7)
    assert "原定2026年11月30日，大雪" in page.month._facts.text()
    button(page, "取消").click()
    form = dialog(page).form
    form.set_values({"moved_why": "会议"})
    form.save_next.emit()
    assert listed(desk)[0].state == ShiftState.CANCELLED
    assert button(page, "登记进家").isHidden()


def test_a_late_announcement_says_so_and_more_homes_than_room_are_counted(page, desk, deputy):
    homes = [make.home(desk.office, name=f"第{number}家") for number in range(9)]
    shift = [plan(desk, home, day=COMING) for home in homes][-1]
    desk.do(rotas.announce, shift_id=shift, announced_on=date(2026, 11, 28))
    page.month.grid.go(COMING)

    page.month.table.select(shift)
    assert "晚于规定" in page.month._facts.text()
    assert "9 家" in page.month._day.text()
    page.resize(900, 420)
    assert not page.month.grid.grab().isNull()


def test_an_entry_of_the_month_is_changed_in_the_list(page, desk, home, deputy):
    plan(desk, home, deputy, day=COMING)
    page.month.grid.go(COMING)

    page.month._want()

    assert page.chips.chosen() == LIST
    view = page.view(LIST)
    assert view.table.current().planned_on == COMING
    view.form.set_values({"topic": "路灯"})
    view.form.save_next.emit()
    assert listed(desk)[0].topic == "路灯"


def test_a_new_day_is_begun_with_the_day_in_sight(page, desk, home, deputy):
    page.month.grid.go(COMING)
    page.start_new()

    form = page.view(LIST).form
    assert form.field("planned_on").value() == COMING
    form.set_values({"home_id": home, "deputy_ids": (deputy,)})
    page.view(LIST).form.save_next.emit()
    assert [row.planned_on for row in listed(desk)] == [COMING]
    page.start_new()
    assert page.chips.chosen() == LIST


def test_a_year_is_planned_in_a_window_and_the_report_is_told(page, desk, home, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "tell", lambda *said, **_more: told.append(said))
    page._plan.click()
    form = dialog(page).form
    assert form.field("year").value() == 2027

    form.set_values({"year": 2026, "habit_text": "有空"})
    form.save_next.emit()
    assert "看不懂“有空”" in form.field("habit_text").error()
    form.set_values({"habit_text": "每月15日"})
    form.save_next.emit()

    assert len(listed(desk)) == 12
    assert told[0][1].startswith("排出12天")


def test_only_the_chosen_homes_are_planned(page, desk, home, monkeypatch):
    monkeypatch.setattr(messages, "tell", lambda *_said, **_more: None)
    page._plan.click()
    form = dialog(page).form
    form.set_values({"year": 2026, "habit_text": "每月15日", "which": "chosen"})
    form.save_next.emit()
    assert listed(desk) == []

    form.set_values({"home_ids": (home,)})
    form.save_next.emit()
    assert {row.home_id for row in listed(desk)} == {home}


def test_a_pasted_plan_shows_each_row_and_keeps_what_must_be_put_right(
    page, desk, deputy, monkeypatch
):
    told = []
    monkeypatch.setattr(messages, "tell", lambda *said, **_more: told.append(said))
    page._paste.click()
    window = dialog(page, RotaImportDialog)
    assert not window.take.isEnabled()
    window.text.setPlainText(
        "2026-12-01\t五当召镇\t王伟\n2026-12-05\t五当召镇\t王伟\n2026-12-01\t五当召镇\t王伟"
    )

    assert "2 行可以登记，1 行要改" in window._said.text()
    assert "建议改为2026年12月7日" in window.rows.rows.row(1).error
    window.take.click()

    assert len(listed(desk)) == 1
    assert "第3行：五当召镇人大代表之家2026年12月1日已有安排" in told[0][1]
    assert window.text.toPlainText().count("\n") == 1
    window.text.setPlainText("2026-12-07\t五当召镇\t王伟")
    window.take.click()
    assert len(listed(desk)) == 2
    assert not window.isVisible()


def test_who_has_not_come_is_listed_for_the_year_the_quarter_and_by_part(page, desk, home, deputy):
    make.deputy(desk.office, name="高娃")
    make.visit(desk.office, home, deputy, held_on=date(2026, 3, 5))
    plan(desk, home, deputy)
    shown = {}
    for number in range(LIST, LIST + 5):
        page.chips.group.button(number).setChecked(True)
        view = page.view(number)
        shown[view.register.title] = [
            [column.text(row) for column in view.register.columns] for row in view.table.rows.rows()
        ]

    assert [(line[0], line[-1]) for line in shown["全年覆盖"]] == [
        ("高娃", "未进家"),
        ("王伟", "已进家"),
    ]
    assert [line[-1] for line in shown["本季覆盖"]] == ["未进家", "未进家"]
    assert shown["分层级、乡镇"] == [
        ["苏木乡镇", "2", "1", "1", "50%（1/2）"],
        ["未写明所属", "2", "1", "1", "50%（1/2）"],
    ]
    assert shown["各家完成"][0][2:6] == ["1", "0", "1", "0"]
    assert "已开展 0 / 1 天" in page._subtitle.text()


def test_a_deputy_who_has_not_come_is_opened(page, desk, deputy):
    opened = []
    desk.open_requested.connect(lambda _model, record_id: opened.append(record_id))
    page.chips.group.button(LIST + 1).setChecked(True)
    view = page.view(LIST + 1)
    view.table.selectRow(0)

    view._act(view.register.actions[0])

    assert opened == [deputy]


def test_finding_turns_to_the_list_and_the_list_is_exported(
    page, desk, home, deputy, qtbot, monkeypatch, tmp_path
):
    plan(desk, home, deputy)
    page.find("")
    assert page.chips.chosen() == MONTH
    page.find("五当召")
    assert page.view(LIST).table.rows.rowCount() == 1
    page.find("没有这个家")
    assert page.view(LIST).table.rows.rowCount() == 0
    page.find("")
    file = tmp_path / "安排.xlsx"
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_of: file)

    page._export.click()
    qtbot.waitUntil(lambda: file.exists() and not tasks.is_running())

    cells = [[c.value for c in row] for row in openpyxl.load_workbook(file).active.iter_rows()]
    assert any("五当召镇人大代表之家" in line for line in cells)


def test_the_list_filters_and_removes(page, desk, home, deputy):
    plan(desk, home, deputy)
    plan(desk, home, deputy, day=COMING)
    page.chips.group.button(LIST).setChecked(True)
    view = page.view(LIST)
    counts = [view.chips.group.button(n).text() for n in range(5)]
    assert counts == ["全部 2", "待开展 1", "本月 2", "待公告 1", "未开展 1"]
    page._show_year()
    page.setFocus()
    assert view.table.hasFocus()

    view.table.selectRow(0)
    press(view.table, Qt.Key.Key_Delete)

    assert [row.planned_on for row in listed(desk)] == [COMING]


def test_a_missed_day_is_explained(page, desk, home, deputy):
    plan(desk, home, deputy)
    page.month.grid.go(DAY)
    page.month.table.setFocus()

    button(page, "未开展").click()
    form = dialog(page).form
    form.set_values({"moved_why": "停电"})
    form.save_next.emit()

    assert listed(desk)[0].explained
    assert button(page, "未开展").isHidden()
    page.open_record(RotaShift, "gone")
    assert page.month.grid.day == DAY


def test_the_rota_of_the_year_in_sight_is_printed(desk, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(rotas_page, "preview_form", lambda *a: asked.append(a[2:]))
    page = RotasPage(desk)
    qtbot.addWidget(page)
    page.refresh()

    assert page.print_page()
    page.chips.group.button(1).setChecked(True)
    page.refresh()
    assert page.print_page()

    days = Options(first=date(2026, 1, 1), last=date(2026, 12, 31))
    assert asked == [("rota_table", days)] * 2


def test_a_holiday_is_refused_at_its_field_and_what_was_typed_stays(page, desk, home, deputy):
    page.month.grid.go(COMING)
    page.start_new()
    form = page.view(LIST).form
    typed = {"planned_on": date(2026, 10, 1), "home_id": home, "deputy_ids": (deputy,)}
    form.set_values({**typed, "topic": "供水"})

    form.save_next.emit()

    assert "国庆节" in form.field("planned_on").error()
    assert form.values()["topic"] == "供水"
    assert form.values()["deputy_ids"] == (deputy,)
    assert listed(desk) == []
