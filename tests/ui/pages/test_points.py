"""The page of points: the board and what stands behind it, words, closing, rules."""

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk.models import Caution, Evaluation, PointQuarter, Visit
from deputydesk.models.points import PointState
from deputydesk.operations import (
    cautions,
    point_objections,
    point_quarters,
    point_rows,
    point_schemes,
    points,
)
from deputydesk.rules.quarters import Quarter
from deputydesk.ui import messages, tasks
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.point_scheme import SchemeDialog
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.points import BOARD, COMPARE, OBJECTIONS, QUEUE, TAIL, PointsPage
from deputydesk.ui.preferences import Preferences
from tests.operations.duty_case import YEAR, adopt, receive, scheme

Q2, Q3, Q4 = (Quarter(YEAR, number) for number in (2, 3, 4))
NOW = datetime(2026, 1, 8, 9, 0)


@pytest.fixture
def office(duty_office):
    duty_office.clock = lambda: NOW
    adopt(duty_office, scheme("汝州"))
    return duty_office


@pytest.fixture
def desk(office, tmp_path):
    made = Desk(tmp_path / "data", office.clock, Preferences(operator="张丽"))
    made.attach(office)
    return made


@pytest.fixture
def page(desk, qtbot):
    made = PointsPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 700)
    made.show()
    made.read_again()
    return made


def look(page, quarter, view=BOARD):
    page.period.setCurrentIndex(page.period.findText(quarter.label, Qt.MatchFlag.MatchStartsWith))
    page.refresh()
    page.chips.group.button(view).setChecked(True)


def dialog() -> FormDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in found if w.isVisible())


def save(**values):
    dialog().form.set_values(values)
    dialog().form.save_next.emit()


def names(table):
    return [row.name for row in table.rows.rows()]


def shown(table, row=0):
    return [c.text(table.rows.row(row)) for c in table.rows.columns]


def test_the_board_shows_ranks_items_and_who_is_suspended(page):
    look(page, Q2)

    assert names(page.board.table) == ["丁一", "王伟", "高娃", "李娜", "赵六"]
    titles = [c.title.replace("\n", "") for c in page.board.table.rows.columns]
    line = dict(zip(titles, shown(page.board.table), strict=True))
    assert (line["名次"], line["接待选民"], line["合计"]) == ("1", "6", "15")
    assert line["说明"] == "2025-05-17起任职"
    last = dict(zip(titles, shown(page.board.table, 4), strict=True))
    assert (last["名次"], last["合计"]) == ("暂停", "—")
    assert "人均 11.5 分" in page._subtitle.text()
    assert "规则：汝州（自2025年1月1日起）" in page._subtitle.text()


def test_every_number_opens_its_entries_and_these_their_records(page, desk, who):
    look(page, Q2)
    opened = []
    desk.open_requested.connect(lambda model, record_id: opened.append((model, record_id)))
    page.board.table.select(who.wang)

    assert "12分　6条记录，计分6条" in page.board._said.text()
    column = next(n for n, c in enumerate(page.board.table.rows.columns) if c.title == "接待选民")
    page.board.table.clicked.emit(page.board.table.rows.index(1, column))

    assert [r.item for r in page.board.entries.rows.rows()] == ["接待选民"] * 3
    assert page.board._said.text().startswith("接待选民　4分")
    page.board.entries.selectRow(0)
    page.board.entries.opened.emit(page.board.entries.current())
    assert opened[0][0] is Visit
    page.board.all_items.click()
    assert page.board.entries.rows.rowCount() == 6


def test_a_year_puts_its_quarters_together(page, who):
    page.period.setCurrentIndex(page.period.findText("2025年合计"))
    page.refresh()

    assert names(page.board.table)[0] == "王伟"
    page.board.table.select(who.wang)
    assert page.board.entries.rows.rowCount() == 17
    assert page.quarter is None
    page.chips.group.button(TAIL).setChecked(True)
    assert page.tail.table.rows.rowCount() == 0


def test_what_waits_is_worked_through_by_keyboard(page, qtbot):
    look(page, Q3, QUEUE)
    assert page.chips.group.button(QUEUE).text() == "待核实 2"
    assert names(page.queue.table) == ["高娃", "李娜"]
    page.queue.table.selectRow(0)

    qtbot.keyClick(page.queue.table, Qt.Key.Key_Space)

    assert names(page.queue.table) == ["李娜"]
    assert page.queue.table.current().name == "李娜"
    qtbot.keyClick(page.queue.table, Qt.Key.Key_N)
    dialog().form.save_next.emit()
    assert dialog().form.field("note").error() == "不予计分的，请写明理由，代表可能会问。"
    save(note="没有材料")
    assert page.queue.table.rows.rowCount() == 0
    assert not page.queue.verify.isEnabled()
    look(page, Q3, BOARD)
    assert names(page.board.table)[0] == "高娃"


def test_what_waits_is_verified_with_its_evidence(page, qtbot, desk):
    look(page, Q3, QUEUE)
    page.queue.table.selectAll()

    qtbot.keyClick(page.queue.table, Qt.Key.Key_E)
    save(evidence="调解协议书")

    found = desk.ask(point_rows.entries, Q3)
    assert sum(r.evidence == "调解协议书" and r.state == PointState.VERIFIED for r in found) == 2


def test_enter_opens_where_an_entry_comes_from(page, qtbot, desk):
    look(page, Q3, QUEUE)
    opened = []
    desk.open_requested.connect(lambda model, _id: opened.append(model.__tablename__))
    page.queue.table.selectRow(0)

    qtbot.keyClick(page.queue.table, Qt.Key.Key_Return)

    assert opened == ["service"]


def test_a_quarter_is_closed_and_published(page, desk):
    look(page, Q3)
    assert page._close.isVisible()
    page._close.click()
    dialog().form.save_next.emit()
    assert desk.ask(points.closed_rows) == []

    save(leave_unverified=True)

    assert page.period.currentText() == "2025年第三季度（已封账）"
    assert page._notice.text() == "2026年1月8日由张丽封账，按汝州（自2025年1月1日起）"
    assert not page._close.isVisible()
    assert not page._type.isVisible()
    page._publish.click()
    save()
    [row] = desk.ask(points.closed_rows)
    assert (row.published_on, row.objections_until) == (date(2026, 1, 8), date(2026, 1, 11))


def test_a_quarter_that_is_not_over_offers_no_closing(page):
    look(page, Quarter(2026, 1))

    assert not page._close.isVisible()


@pytest.fixture
def closed(office):
    record = office.do(point_quarters.close, quarter=Q4)
    office.do(point_quarters.publish, quarter_id=record, published_on=NOW.date())
    return record


def test_later_changes_are_hinted_and_change_nothing(closed, page, desk, who, shown_errors):
    look(page, Q4)
    assert not page._differences.isVisible()

    receive(desk.office, who.li, date(YEAR, 12, 30))

    assert "现在算会有1处不同（不影响已封账的积分）" in page._notice.text()
    page._differences.click()
    assert shown_errors == ["封账后记录有变动李娜：接待选民 封账 2，现在 4"]


def test_objections_are_raised_and_decided(closed, page, desk, who):
    look(page, Q4, OBJECTIONS)
    assert "2026年1月11日前可提异议" in page.objections.said.text()
    page.objections.raise_button.click()
    save(mandate_id=who.li, content="12月30日的接待没有计")
    assert page.chips.group.button(OBJECTIONS).text() == "异议 1"
    page.objections.table.selectRow(0)

    page.objections.decide_button.click()
    save(item="reception", decision="成立，补记")

    [row] = desk.ask(point_objections.rows)
    assert row.decision == "成立，补记"
    assert not page.objections.decide_button.isEnabled()
    page._decide()
    look(page, Quarter(2026, 1))
    assert page.board.table.rows.rows()[0].total == 4


def test_talks_are_started_from_the_tail(closed, page, desk):
    look(page, Q4, TAIL)
    assert names(page.tail.table) == ["丁一", "李娜", "高娃", "王伟"]
    page.tail.last.setText("1")
    page.tail.last.textEdited.emit("1")
    assert names(page.tail.table) == ["王伟"]
    page.tail.table.clearSelection()
    page.tail.start.click()
    assert desk.ask(cautions.rows) == []

    page.tail.table.selectRow(0)
    page.tail.start.click()

    [talk] = desk.ask(cautions.rows)
    assert (talk.name, talk.trigger) == ("王伟", "2025年第四季度积分0，排名第4（末1名）")
    assert page.tail.table.rows.row(0).is_started
    assert not page.tail.start.isEnabled()
    assert Caution in page.shows
    page.tail.line.setText("甲")
    assert page.tail.limits() == (1, None)


def test_quarters_are_compared(page):
    look(page, Q3, COMPARE)

    assert page.compare.other.currentText() == "2025年第二季度"
    lines = {row.name: row for row in page.compare.table.rows.rows()}
    texts = {n: [c.text(r) for c in page.compare.table.rows.columns] for n, r in lines.items()}
    assert texts["王伟"][2:7] == ["2", "12", "1", "4", "-8"]
    page.compare.other.setCurrentIndex(1)
    page.compare.chosen.emit()
    texts = {r.name: r for r in page.compare.table.rows.rows()}
    assert texts["丁一"].before is None
    line = [c.text(texts["丁一"]) for c in page.compare.table.rows.columns]
    assert (line[2], line[6]) == ("—", "—")


def test_an_entry_is_typed(page, desk, who):
    look(page, Q4)
    page._type.click()

    save(mandate_id=who.gao, item="other", earned_on=date(YEAR, 11, 3), evidence="抗洪证明")

    assert page.chips.group.button(QUEUE).text() == "待核实 1"
    page.chips.group.button(QUEUE).setChecked(True)
    page.queue.table.selectRow(0)
    page._open(page.queue.table.current())
    page._verify()
    assert desk.ask(point_rows.queue, Q4) == []


def test_search_narrows_every_list(page):
    look(page, Q3)

    page.find("李娜")

    assert names(page.board.table) == ["李娜"]
    page.chips.group.button(QUEUE).setChecked(True)
    assert names(page.queue.table) == ["李娜"]
    page.find("没有这个人")
    assert page.board._title.text() == ""


def test_a_closed_quarter_is_opened_from_todays_list(closed, page):
    page.open_record(PointQuarter, closed)
    assert page.quarter == Q4
    page.open_record(PointQuarter, "")
    assert page.quarter == Q4
    page.open_record(Evaluation, "")
    page.setFocus()
    assert page.board.table.hasFocus()


def test_the_board_goes_to_excel(page, qtbot, tmp_path, monkeypatch):
    look(page, Q2)
    to = tmp_path / "榜.xlsx"
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_args: to)

    page._export.click()
    qtbot.waitUntil(lambda: not tasks.is_running())

    lines = list(openpyxl.load_workbook(to).active.values)
    assert lines[0][:2] == ("名次", "姓名")
    assert "提出建议（领衔）" in lines[0]
    assert lines[1][:2] == ("1", "丁一")


# ------------------------------------------------------------------ rules


def editor() -> SchemeDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, SchemeDialog)]
    return next(w for w in found if w.isVisible())


def take(made, text):
    made.presets.setCurrentIndex(made.presets.findText(text))
    made._take()


def test_new_rules_are_a_new_version_from_a_day(page, desk):
    look(page, Q4)
    page._rules.click()
    made = editor()
    assert made.presets.currentText() == "汝州（自2025年1月1日起）"
    made.table.select("reception")
    made._buttons["修改"].click()
    save(first="5", extra="2.5", cap="20")
    made.whole.set_values({"name": "汝州二版", "valid_from": date(YEAR, 10, 1)})

    made.save_button.click()

    rows = desk.ask(point_schemes.rows)
    assert [row.label for row in rows] == [
        "汝州二版（自2025年10月1日起）",
        "汝州（自2025年1月1日起）",
    ]
    item = rows[0].scheme.item("reception")
    assert (item.first, item.extra, item.cap) == (5, Decimal("2.5"), 20)
    assert page.board.table.rows.rows()[0].total == 5


def test_a_published_scheme_says_where_it_comes_from_and_what_is_open(page, desk):
    page._rules.click()
    made = editor()
    take(made, "江北（公开的办法）")

    assert "新京报" in made.source.text()
    texts = {r.item.name: [c.text(r) for c in made.table.rows.columns] for r in _lines(made)}
    assert texts["出席人代会"][1] == "待本单位填写"
    assert texts["人代会请假"][1] == "−1"
    assert texts["提出建议"][3] == "只计领衔"
    made.save_button.click()
    assert made._wrong.text().startswith("“出席人代会”还没有填写分值")
    assert made.isVisible()
    made.reject()
    assert len(desk.ask(point_schemes.rows)) == 1


def _lines(made):
    return made.table.rows.rows()


def test_items_are_added_moved_and_removed(page, desk):
    page._rules.click()
    made = editor()
    made._buttons["新增项目"].click()
    save(name="")
    assert dialog().form.field("name").error() == "请填写项目名称。"
    save(name="会上发言", first="一分")
    assert dialog().form.field("first").error().startswith("首次分应当是数字")
    save(first="1", extra="1", kinds=["speech"], lead="2", other_role="0.5", levels=["town"])
    added = made.items[-1]
    assert (added.name, added.kinds, added.levels) == ("会上发言", ("speech",), ("town",))
    assert added.roles == {"领衔": 2, "*": Decimal("0.5")}
    assert shown(made.table, len(made.items) - 1)[3] == "领衔×2，其他×0.5"

    made._buttons["上移"].click()
    assert made.items[-2].name == "会上发言"
    made._buttons["下移"].click()
    made._buttons["下移"].click()
    assert made.items[-1].name == "会上发言"
    made._buttons["删除"].click()
    assert made.items[-1].name == "其他"
    made.reject()


def test_sections_and_grades_are_typed_one_a_line(page, desk):
    page._rules.click()
    made = editor()
    take(made, "马蹄乡（公开的办法）")
    assert made.whole.field("sections").value() == ["会议期间 40", "闭会期间 60", "加分"]
    take(made, "汝州（自2025年1月1日起）")
    made.whole.set_values({"bands": ["好", "差 0"], "valid_from": date(2026, 1, 1)})
    made.save_button.click()
    assert made.whole.field("bands").error().startswith("“好”没有写明多少分以上")

    made.whole.set_values({"bands": ["好 80", "差 0"], "sections": ["会议 40"], "line": "10"})
    made.save_button.click()

    saved = desk.ask(point_schemes.rows)[0].scheme
    assert [(b.name, b.least) for b in saved.bands] == [("好", 80), ("差", 0)]
    assert (saved.sections[0].cap, saved.line) == (40, 10)


def test_an_office_without_rules_is_told_what_to_do(qtbot, empty_file, tmp_path):
    from tests import make

    office = make.copied_office(empty_file, tmp_path / "none")
    make.profile(office)
    desk = Desk(tmp_path / "d", office.clock, Preferences(operator="张丽"))
    desk.attach(office)
    made = PointsPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.read_again()

    assert made.board.table.rows.rowCount() == 0
    assert made._board.scheme is None
    made.chips.group.button(TAIL).setChecked(True)
    made.chips.group.button(COMPARE).setChecked(True)
    made._rules.click()
    assert editor().presets.currentText() == "汝州（公开的办法）"
    editor().reject()
    office.close()


def test_board_and_certificate_are_printed_from_the_page(page, qtbot):
    look(page, Q2)
    board, certificate = page.print_menu.choices.actions()
    assert not certificate.isEnabled()

    board.trigger()

    qtbot.waitUntil(lambda: _preview(page) is not None)
    assert "积分公示榜" in _preview(page).windowTitle()
    _preview(page).reject()


def test_the_certificate_of_a_closed_quarter_is_printed_from_the_page(page, office, qtbot):
    office.do(point_quarters.close, quarter=Q2, leave_unverified=True)
    look(page, Q2)
    certificate = page.print_menu.choices.actions()[1]
    assert certificate.isEnabled()

    certificate.trigger()

    qtbot.waitUntil(lambda: _preview(page) is not None)
    assert "封账证明" in _preview(page).windowTitle()
    _preview(page).reject()


def test_ctrl_p_prints_the_board_in_sight(page, qtbot):
    assert page.print_page()

    qtbot.waitUntil(lambda: _preview(page) is not None)
    _preview(page).reject()


def _preview(page):
    found = page.window().findChildren(PreviewDialog)
    return next((dialog for dialog in found if dialog.isVisible()), None)
