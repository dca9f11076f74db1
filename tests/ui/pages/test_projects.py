"""Livelihood projects on the screen: their registers, and a vote counted by keyboard."""

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deputydesk.models import ProjectVote
from deputydesk.models.choices import OfficeKind
from deputydesk.models.project import ProjectLevel
from deputydesk.operations import (
    local_rules,
    milestones,
    project_evals,
    project_payments,
    project_vote_rows,
    projects,
)
from deputydesk.rules.project_flow import ProjectState, VoteState
from deputydesk.ui import messages, project_lookups
from deputydesk.ui.dialogs.paper_count import PaperCountDialog
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.dialogs.project_count import ProjectCountDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.projects import ProjectsPage
from tests import make
from tests.operations.project_case import VOTED, YEAR, building, candidate, counted, project, vote
from tests.ui.hands import press, press_ctrl, write

D = TypeVar("D", bound=QDialog)
VOTE, MILESTONE, PAYMENT, EVAL = 1, 2, 3, 4


@pytest.fixture
def page(desk, qtbot):
    made = ProjectsPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    yield made
    for widget in QApplication.topLevelWidgets():  # a dialog outlives the page it belongs to
        if isinstance(widget, QDialog):
            widget.done(0)


def turn(page, number):
    page.chips.group.button(number).setChecked(True)
    page.year.setCurrentIndex(page.year.count() - 1)
    page._show_year()
    return page.view


def shown(kind: type[D]) -> D:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind)]
    return next(w for w in found if w.isVisible())


def act(page, text):
    bar = page.view.moves
    buttons = {what.text: made for what, made in (*bar.move_buttons, *bar.action_buttons)}
    assert not buttons[text].isHidden(), text
    buttons[text].click()


def offered(page):
    bar = page.view.moves
    return [
        what.text for what, made in (*bar.move_buttons, *bar.action_buttons) if not made.isHidden()
    ]


def fill(**values):
    dialog = shown(FormDialog)
    dialog.form.set_values(values)
    dialog.form.save_next.emit()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget
    return widget


def test_a_project_goes_its_way_by_the_buttons(page, desk):
    form = page.view.form
    page.start_new()
    assert form.field("level").value() == ProjectLevel.TOWN
    form.set_values({"name": "供水管网", "budget": 250_000_000, "proposed_on": date(2026, 1, 5)})
    form.save_next.emit()
    page.view.table.selectRow(0)
    assert offered(page) == ["列为候选", "不列入候选", "决定实施"]

    act(page, "决定实施")
    fill(chosen_on=VOTED, decision="镇党政会议定")
    act(page, "开工")
    fill(started_on=date(2026, 3, 1), due_on=date(2026, 10, 1))
    act(page, "登记节点")
    fill(name="主体完工", due_on=date(2026, 9, 1), percent=60, done_on=date(2026, 9, 1))
    act(page, "登记拨款")
    fill(paid_on=date(2026, 6, 1), amount=125_000_000)
    act(page, "登记评议")
    fill(step="一评", held_on=date(2026, 7, 1), members=30, present=29, satisfied=20)
    act(page, "调整项目")
    fill(decision="主席团第3次会议同意", changed_on=date(2026, 7, 2), content="延长一公里")

    [row] = desk.ask(projects.rows)
    assert (row.state, row.progress, row.paid_rate.percent) == (ProjectState.BUILDING, 60, 50)
    assert row.content == "延长一公里"
    assert "主席团第3次会议同意" in row.change
    assert desk.ask(project_evals.rows)[0].grade == "满意"
    assert len(desk.ask(milestones.rows)) == len(desk.ask(project_payments.rows)) == 1
    assert page._subtitle.text() == "共 1 项，确定 1 项 · 投资 250万元，已拨 50.0%"
    page.grab()  # paints the bars
    act(page, "登记进度")
    fill(progress=90)
    act(page, "完成")
    fill(done_on=date(2026, 11, 1))
    act(page, "登记评议")
    fill(step="满意度测评", held_on=date(2026, 11, 20), members=30, present=29, satisfied=9)
    act(page, "整改")
    fill(rectification="已返修")
    [row] = desk.ask(projects.rows)
    assert (row.grade, row.rectification) == ("不满意", "已返修")


def test_candidates_are_shortlisted_or_dropped(page, desk):
    for name in ("甲", "乙"):
        project(desk.office, name)
    page.view.table.selectRow(0)
    act(page, "列为候选")
    fill(screened_on=date(2026, 1, 20), screening="可行", candidate_no=3)
    page.view.table.selectRow(1)
    act(page, "不列入候选")
    fill(screened_on=date(2026, 1, 20), screening="财力不足")

    rows = {row.name: row for row in desk.ask(projects.rows)}

    assert (rows["甲"].candidate_no, rows["乙"].state) == (3, ProjectState.DROPPED)
    page.view.chips.group.button(3).setChecked(True)
    assert [row.name for row in page.view.table.rows.rows()] == ["甲"]


def test_a_late_project_is_found_and_red(page, desk):
    made = building(desk.office)
    desk.do(milestones.save, project_id=made, name="封顶", due_on=date(2026, 11, 20))

    page.view.chips.group.button(5).setChecked(True)

    [row] = page.view.table.rows.rows()
    assert row.is_overdue
    column = next(n for n, c in enumerate(page.view.table.rows.columns) if c.title == "下一节点")
    assert page.view.table.rows.cell(0, column).is_alert


def test_a_vote_is_prepared_counted_by_keyboard_and_announced(page, desk, qtbot):
    ids = [candidate(desk.office, name) for name in "甲乙丙"]
    view = turn(page, VOTE)
    page.start_new()
    view.form.set_values(
        {"name": "镇人大一次会议", "year": YEAR, "held_on": VOTED, "seats": 2, "expected": 46}
    )
    view.form.save_next.emit()
    view.table.selectRow(0)
    assert offered(page) == ["录入计票", "打印票决票", "收回扫描"]
    act(page, "录入计票")
    dialog = shown(ProjectCountDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert "先填写应到" in dialog._sum.text()
    dialog.numbers.field("present").setFocus()
    for number in (46, 46, 46, 44, 2):
        write(focused(), str(number))
        press(focused(), Qt.Key.Key_Return)
    assert dialog._sum.text() == "票数相符，还有3个项目没有对上。"
    dialog.grid.focus_first()
    for number in (40, 2, 2, 30, 10, 4, 14, 20, 10):
        write(focused(), str(number))
        press(focused(), Qt.Key.Key_Return)

    assert focused() is dialog.save
    assert [line.sum.text() for line in dialog.grid._lines] == ["44 ✓"] * 3
    assert [line.grade.text() for line in dialog.grid._lines] == ["过半", "过半", "未过半"]
    assert dialog._sum.text() == "全部对上。"
    press_ctrl(focused(), Qt.Key.Key_Return)
    assert not dialog.isVisible()

    act(page, "公布结果")
    fill(announced_on=VOTED)
    [row] = desk.ask(project_vote_rows.rows)
    assert (row.state, len(row.chosen), row.invalid) == (VoteState.ANNOUNCED, 2, 2)
    assert desk.ask(projects.one, ids[2]).state == ProjectState.LOST
    assert offered(page) == ["打印票决票", "收回扫描", "打印报告单"]


@pytest.fixture
def sheet(page, desk):
    """The counting sheet of a vote: three candidates for two places."""
    for name in "甲乙丙":
        candidate(desk.office, name)
    vote(desk.office, seats=2)
    turn(page, VOTE).table.selectRow(0)
    act(page, "录入计票")
    return shown(ProjectCountDialog)


GOOD = {"present": 46, "issued": 46, "returned": 46, "valid": 44, "invalid": 2}


def test_numbers_that_do_not_agree_are_said_while_typing_and_at_their_place(sheet, desk):
    sheet.numbers.set_values(GOOD | {"present": 47})
    sheet._check()
    assert "实到47人，比应到46人多1人" in sheet._sum.text()
    sheet.save.click()
    assert "还没有录入甲的得票" in sheet._sum.text()

    for line in sheet.grid._lines:
        for cell, number in zip(line.cells.values(), ("20", "20", "4"), strict=True):
            cell.setText(number)
    sheet.save.click()
    assert "实到47人，比应到46人多1人" in sheet.numbers.field("present").error()

    sheet.numbers.set_values(GOOD)
    sheet.grid._lines[1].cells["yes"].setText("21")
    sheet._check()
    sheet.save.click()
    assert "乙：赞成21＋反对20＋弃权4＝45，比有效票44多1票" in sheet._sum.text()
    assert sheet.grid._lines[1].sum.text() == "多1票"
    assert desk.ask(project_vote_rows.rows)[0].state == VoteState.PREPARED


def test_a_missing_number_is_asked_for(sheet):
    sheet.numbers.set_values(GOOD | {"issued": None})
    sheet.save.click()

    assert sheet.numbers.field("issued").error() == "请填写发出票数。"


def test_what_was_typed_and_not_saved_is_there_again(sheet, page):
    sheet.numbers.set_values(GOOD)
    cell = sheet.grid._lines[0].cells["yes"]
    cell.setFocus()
    write(cell, "40")
    sheet.grid._keep()
    sheet.reject()

    act(page, "录入计票")

    again = shown(ProjectCountDialog)
    assert again.grid._lines[0].cells["yes"].text() == "40"
    again.numbers.set_values(GOOD)
    again._check()
    assert "已恢复" in again._sum.text()


def test_ballots_read_out_one_by_one_fill_the_sheet(sheet):
    sheet.papers.click()
    papers = shown(PaperCountDialog)
    for text in ("1 2", "1 -3", "1 2 3", "2"):
        papers.line.setText(text)
        press(papers.line, Qt.Key.Key_Return)
    assert "已录入 4 张：有效 3，作废 1" in papers.said.text()
    papers.back.click()
    assert "已录入 3 张：有效 2，作废 1" in papers.said.text()
    assert not papers.back.isEnabled()
    papers.line.setText("1 二")
    press(papers.line, Qt.Key.Key_Return)
    assert "看不懂“二”" in papers.said.text()
    papers.line.setText("9")
    press(papers.line, Qt.Key.Key_Return)
    assert "票上没有第9项" in papers.said.text()
    papers.line.setText("1 2 3")
    press(papers.line, Qt.Key.Key_Return)
    assert papers.said.text() == "赞成3项，多于应选2项，作废。"

    papers.take.click()

    assert {
        name: sheet.numbers.field(name).value() for name in ("returned", "valid", "invalid")
    } == {
        "returned": 4,
        "valid": 2,
        "invalid": 2,
    }
    typed = [[c.text() for c in line.cells.values()] for line in sheet.grid._lines]
    assert typed == [["2", "0", "0"], ["1", "0", "1"], ["0", "1", "1"]]


def test_ballots_counted_are_not_thrown_away_by_mistake(sheet, monkeypatch):
    sheet.papers.click()
    papers = shown(PaperCountDialog)
    papers.reject()
    assert not papers.isVisible()
    sheet.papers.click()
    papers = shown(PaperCountDialog)
    papers.line.setText("1")
    press(papers.line, Qt.Key.Key_Return)
    monkeypatch.setattr(messages, "confirm", lambda *_args, **_kw: False)

    papers.reject()

    assert papers.isVisible()


def test_a_tie_is_voted_on_again(page, desk):
    ids = [candidate(desk.office, name) for name in "甲乙丙"]
    made = vote(desk.office, seats=2)
    counted(desk.office, made, dict(zip(ids, (40, 24, 24), strict=True)))
    view = turn(page, VOTE)
    view.table.selectRow(0)
    assert offered(page)[:2] == ["公布结果", "再次投票"]

    act(page, "再次投票")
    fill(held_on=VOTED)

    assert len(view.table.rows.rows()) == 2
    page.open_record(ProjectVote, made)
    assert "录入计票" not in offered(page)


def test_a_tie_is_decided_by_hands(page, desk):
    desk.do(
        local_rules.adopt,
        kind="project_vote",
        name="举手",
        valid_from=date(2026, 1, 1),
        rule={"quorum": "half", "majority": "present", "tie": "show"},
    )
    ids = [candidate(desk.office, name) for name in "甲乙丙"]
    made = vote(desk.office, seats=2)
    counted(desk.office, made, dict(zip(ids, (40, 24, 24), strict=True)))
    turn(page, VOTE).table.selectRow(0)

    act(page, "同票处理")
    fill(project_ids=[ids[2]], tie_note="丙26人，乙20人")

    assert [e.name for e in desk.ask(project_vote_rows.one, made).chosen] == ["甲", "丙"]


@pytest.mark.parametrize("text", ["打印票决票", "打印报告单"])
def test_ballot_and_report_are_looked_at_before_printing(page, desk, qtbot, text):
    ids = [candidate(desk.office, name) for name in "甲乙丙"]
    made = vote(desk.office, seats=2)
    counted(desk.office, made, dict(zip(ids, (40, 30, 14), strict=True)))
    turn(page, VOTE).table.selectRow(0)

    act(page, text)

    def is_shown():
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, PreviewDialog)]
        return any(w.isVisible() for w in found)

    qtbot.waitUntil(is_shown, timeout=20_000)
    shown(PreviewDialog).reject()


def test_milestones_payments_and_evaluations_are_entered_in_their_registers(page, desk):
    made = building(desk.office)
    view = turn(page, MILESTONE)
    page.start_new()
    view.form.set_values({"project_id": made, "name": "封顶", "due_on": date(2026, 11, 20)})
    view.form.save_next.emit()
    view.table.selectRow(0)
    assert view.table.rows.rows()[0].stands == "逾期 3 天"
    act(page, "完成节点")
    fill(done_on=date(2026, 11, 19))
    assert view.table.rows.rows()[0].stands == "已完成"
    page.grab()

    view = turn(page, PAYMENT)
    page.start_new()
    view.form.set_values({"project_id": made, "paid_on": VOTED, "amount": 300_000_000})
    view.form.save_next.emit()
    assert "累计拨款3,000,000元，超过项目投资2,500,000元" in view.form.field("amount").error()
    view.form.set_values({"amount": 100_000_000})
    view.form.save_next.emit()
    assert page._subtitle.text() == "1 笔，共 100万元"
    page.grab()

    view = turn(page, EVAL)
    page.start_new()
    view.form.set_values({"project_id": made, "step": "一问", "questions": "何时完工？"})
    view.form.save_next.emit()
    assert [row.step for row in view.table.rows.rows()] == ["一问"]


def test_what_can_be_chosen_is_named(desk):
    unit = make.unit(desk.office)
    made = candidate(desk.office, "甲")

    assert [c.id for c in project_lookups.responsible_units(desk)] == [unit]
    assert [(c.id, c.detail) for c in project_lookups.candidates(desk)] == [
        (made, "2026年 基层 候选")
    ]
    assert project_lookups.opinions(desk) == project_lookups.meetings(desk) == []
    make.meeting(desk.office)
    assert [c.name for c in project_lookups.meetings(desk)] == ["镇十届人大1次会议"]
    make.profile(desk.office, kind=OfficeKind.DISTRICT, name="石拐区")
    assert project_lookups.own_level(desk) == ProjectLevel.DISTRICT
