"""The cockpit: what it shows, and that everything on it opens its rows."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from deputydesk.exchange.workbook import read_grid
from deputydesk.models import Opinion, Visit
from deputydesk.models.choices import Channel
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import cockpit, expenses, figures, local_rules, opinions
from deputydesk.operations.figures import Dimension
from deputydesk.progress import SILENT
from deputydesk.rules.local_rules import shipped
from deputydesk.rules.periods import Span
from deputydesk.ui import cockpit_parts, figure_rows, kpi
from deputydesk.ui.cockpit_parts import catalogue, write_catalogue
from deputydesk.ui.desk import Desk
from deputydesk.ui.figure_rows import Asked, FigureRows
from deputydesk.ui.pages import cockpit as cockpit_page
from deputydesk.ui.pages.cockpit import CockpitPage
from deputydesk.ui.preferences import Preferences
from tests import make
from tests.ui import hands


@pytest.fixture
def home(office):
    """A home where six voters were received this month, and one opinion was heard."""
    made = make.home(office)
    deputy = make.deputy(office)
    visit = make.visit(office, made, deputy, received=6)
    make.visit(office, made, deputy, received=2, held_on=date(2025, 11, 3))
    office.do(
        opinions.hear,
        channel=Channel.HOME,
        matter="路灯不亮",
        heard_on=make.TODAY,
        visit_id=visit,
        mandate_id=deputy,
        home_id=made,
    )
    return made


@pytest.fixture
def page(qtbot, desk, home):
    made = CockpitPage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 680)
    made.show()
    made.read_again()
    return made


def dialog(page):
    """The list of rows that is open."""
    return [found for found in page.findChildren(FigureRows) if found.isVisible()][-1]


def test_the_slogans_and_key_figures_of_the_year_are_shown(page):
    assert [tile.accessibleName() for tile in page.tiles] == [
        "一号进",
        "一码通",
        "一站清",
        "一窗督",
        "一键办",
    ]
    assert page.tiles[0].accessibleDescription() == "进家活动1次，接待选民6人次"
    assert page.kpis[0].accessibleName() == "进家活动 1次，按 Enter 看明细"
    assert page.kpis[1].accessibleDescription() == "比上年 +200%"
    assert page.kpis[4].accessibleName() == "办结选民意见 0%，按 Enter 看明细"
    assert "11月 进家活动1、听取选民意见1" in page.trend.accessibleDescription()


def test_another_place_has_slogans_of_its_own(page, desk, office):
    rule = dict(shipped("cockpit")[0].rule)
    rule["tiles"] = [
        {"name": "一张网", "about": "", "figures": "opinions.heard、no.such"},
        {"name": "一本账", "about": "", "figures": ""},
    ]
    office.do(
        local_rules.adopt,
        kind="cockpit",
        name="本地提法",
        valid_from=date(2026, 1, 1),
        rule=rule | {"cards": ["link.voters"]},
    )
    page.refresh()

    shown = [tile.accessibleName() for tile in page.tiles if not tile.isHidden()]
    assert shown == ["一张网", "一本账"]
    assert page.tiles[0].accessibleDescription() == "听取选民意见1件次"
    assert len([kpi for kpi in page.kpis if not kpi.isHidden()]) == 1
    click(page.tiles[1], QPoint(20, 60))
    hands.press(page.tiles[1], Qt.Key.Key_Return)


def click(widget, place=None):
    QTest.mouseClick(
        widget, Qt.MouseButton.LeftButton, pos=place or QPoint(widget.width() // 2, 10)
    )


def test_the_period_decides_what_is_counted(page):
    choose = page.period.chips.group.button

    choose(3).setChecked(True)
    assert page.kpis[0].accessibleName() == "进家活动 1次，按 Enter 看明细"
    assert page.kpis[1].accessibleName() == "接待选民 2人次，按 Enter 看明细"
    choose(4).setChecked(True)
    assert page.kpis[1].accessibleName() == "接待选民 8人次，按 Enter 看明细"
    assert page.kpis[1].accessibleDescription() == ""
    choose(0).setChecked(True)
    assert page.kpis[1].accessibleDescription() == "比上月 —"
    choose(1).setChecked(True)
    assert page.kpis[1].accessibleDescription() == "比上季 —"


def test_two_days_of_ones_own_are_a_period(page, shown_errors):
    page.period.chips.group.button(5).setChecked(True)
    page.period.first.setText("2025-11-01")
    page.period.last.setText("2025-11-30")
    page.period.last.returnPressed.emit()

    assert page.kpis[1].accessibleName() == "接待选民 2人次，按 Enter 看明细"
    page.period.first.picked.emit(QDate(2025, 11, 4))
    assert page.kpis[1].accessibleName() == "接待选民 0人次，按 Enter 看明细"
    assert page.kpis[1].accessibleDescription() == "比上期 -100%"
    page.period.last.picked.emit(QDate(2025, 11, 3))
    assert "截止日期早于起始日期" in shown_errors[-1]
    page.period.first.setText("没有的日期")
    page.period.first.returnPressed.emit()
    assert "看不懂日期" in shown_errors[-1]


def test_a_click_on_a_slogan_a_card_a_month_or_a_home_opens_the_rows(page):
    click(page.tiles[0], QPoint(page.tiles[0].width() - 20, 60))
    assert [(row.title, row.weight) for row in dialog(page).rows()] == [("接待选民", 6)]
    assert dialog(page).windowTitle() == "接待选民"
    dialog(page).reject()

    hands.press(page.tiles[0], Qt.Key.Key_Return)
    assert dialog(page).windowTitle() == "进家活动"
    dialog(page).reject()

    click(page.kpis[3])
    assert [row.title for row in dialog(page).rows()] == ["路灯不亮"]
    dialog(page).reject()

    click(page.trend, QPoint(page.trend.width() - 8, 40))
    assert dialog(page).windowTitle() == "进家活动：2026年11月"
    assert len(dialog(page).rows()) == 1
    dialog(page).reject()

    click(page.homes, QPoint(page.homes.width() - 8, 30))
    assert dialog(page).windowTitle() == "进家活动：五当召镇人大代表之家 2026年11月"
    assert len(dialog(page).rows()) == 1
    dialog(page).reject()


def test_a_click_on_a_unit_opens_what_it_was_given(qtbot, demo_office, tmp_path):
    desk = Desk(tmp_path / "data", demo_office.clock, Preferences(operator="张丽"))
    desk.attach(demo_office)
    page = CockpitPage(desk)
    qtbot.addWidget(page)
    page.resize(1190, 680)
    page.show()
    page.read_again()

    click(page.units, QPoint(10, 5))

    unit = page.board.units[0]
    assert dialog(page).windowTitle() == f"承办建议办结：{unit.name}"
    assert len(dialog(page).rows()) == unit.done + unit.working + unit.late
    assert {row.opens_table for row in dialog(page).rows()} == {"suggestion"}


def test_enter_on_a_row_opens_the_record_and_closes_the_list(page, desk, office, qtbot):
    page.open_figure("reception.voters")
    rows = dialog(page)
    visit = rows.rows()[0].id

    with qtbot.waitSignal(desk.open_requested) as opened:
        hands.press(rows.table, Qt.Key.Key_Return)

    assert opened.args == [Visit, visit]
    assert not rows.isVisible()


def test_a_rate_shows_the_numerator_the_denominator_and_the_rest(page, desk, qtbot):
    page.open_figure("opinions.settled")
    rows = dialog(page)

    assert rows.rows() == []
    assert not rows.open_one.isEnabled()
    rows.sides.group.button(1).setChecked(True)
    assert [row.title for row in rows.rows()] == ["路灯不亮"]
    rows.sides.group.button(2).setChecked(True)
    assert [row.title for row in rows.rows()] == ["路灯不亮"]
    with qtbot.waitSignal(desk.open_requested) as opened:
        rows.open_one.click()
    assert opened.args[0] is Opinion


def test_the_rows_are_written_with_what_they_mean(page, desk, monkeypatch, tmp_path, qtbot):
    to = tmp_path / "接待选民.xlsx"
    monkeypatch.setattr(figure_rows, "ask_file_to_save", lambda *_: to)
    page.open_figure("reception.voters")

    with qtbot.waitSignal(desk.said) as said:
        dialog(page).export.click()

    sheet = [[cell.value for cell in row] for row in read_grid(to).sheets[0].rows]
    assert sheet[0][3] == "数量（人次）"
    assert sheet[1][1:] == ["接待选民", "五当召镇人大代表之家", 6, "进家活动中接待的选民人次"]
    assert said.args == [f"已导出 1 条到 {to}"]


def test_nothing_is_written_when_no_file_was_named(page, monkeypatch):
    monkeypatch.setattr(figure_rows, "ask_file_to_save", lambda *_: None)
    page.open_figure("reception.voters")

    dialog(page).export.click()

    assert dialog(page).isVisible()


def test_only_the_first_rows_of_very_many_are_listed(page, desk, monkeypatch):
    monkeypatch.setattr(figure_rows, "MOST", 1)
    page.period.chips.group.button(4).setChecked(True)
    page.open_figure("home_activities.total")

    assert len(dialog(page).rows()) == 1
    assert "多于 1 条" in dialog(page)._count.text()


def test_money_is_said_in_yuan(qtbot, desk, page):
    made = FigureRows(page, desk, Asked("budget.total"))
    qtbot.addWidget(made)

    assert made._value.text() == "0元"


def test_a_part_without_rows_is_an_empty_list(qtbot, desk, page):
    asked = Asked("opinions.heard", by=Dimension.CHANNEL, key="letter", part="来信")
    made = FigureRows(page, desk, asked)
    qtbot.addWidget(made)

    assert made._value.text() == "0件次"
    assert made.rows() == []


def test_every_figure_is_listed_with_its_definition_and_found_by_its_name(page):
    page.views.group.button(2).setChecked(True)

    assert len(page.table.rows.rows()) == len(figures.CATALOGUE)
    page.find("听取选民")
    assert [row.id for row in page.table.rows.rows()] == ["opinions.heard"]
    page.table.selectRow(0)
    hands.press(page.table, Qt.Key.Key_Return)
    assert [row.title for row in dialog(page).rows()] == ["路灯不亮"]


def test_searching_from_another_view_goes_to_the_list(page):
    page.find("谈话提醒")

    assert page.views.chosen() == 2
    assert [row.id for row in page.table.rows.rows()] == ["cautions.total", "cautions.followed"]


def test_a_figure_is_compared_by_home_with_the_last_year(page):
    page.views.group.button(1).setChecked(True)
    table = page.comparison.table

    texts = [column.text(table.rows.row(0)) for column in table.rows.columns]
    assert texts == ["五当召镇人大代表之家", "1次", "1次", "持平", "1次", "持平"]
    page.comparison.choose("opinions.settled", Dimension.CHANNEL)
    row = table.rows.row(0)
    texts = [column.text(row) for column in table.rows.columns]
    assert texts == ["代表进家接待", "0%（0/1）", "—（0/0）", "—", "—（0/0）", "—"]
    assert all(column.sort is None or column.sort(row) is not None for column in table.rows.columns)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    table.select(row.id)
    hands.press(table, Qt.Key.Key_Return)
    assert dialog(page).windowTitle() == "办结选民意见：代表进家接待"
    dialog(page).reject()


def test_a_bar_opens_its_part_however_the_list_is_sorted(page):
    page.views.group.button(1).setChecked(True)
    page.comparison.choose("reception.voters", Dimension.MONTH)
    table = page.comparison.table
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)

    assert [column.text(table.rows.row(0)) for column in table.rows.columns][2:] == ["—"] * 4
    click(page.comparison.bars, QPoint(10, 5))
    assert dialog(page).windowTitle() == "接待选民：2026年1月"


def test_comparing_goes_on_within_the_period(page):
    page.views.group.button(1).setChecked(True)
    page.period.chips.group.button(4).setChecked(True)

    table = page.comparison.table
    assert [column.text(table.rows.row(0)) for column in table.rows.columns][:3] == [
        "五当召镇人大代表之家",
        "2次",
        "—",
    ]
    page.comparison.choose("link.total", Dimension.MONTH)
    page.comparison.by.clear()
    page.comparison.show_span(None)
    assert page.concerns(frozenset({Visit}))


def test_rates_are_compared_in_points(office, desk, home):
    span = Span(date(2026, 1, 1), date(2026, 12, 31))
    parts = office.ask(cockpit.compared, "coverage.deputies", by=Dimension.LEVEL, span=span)

    town = next(part for part in parts if part.name == "苏木乡镇")
    assert (town.this.text, town.before.text) == ("100%（1/1）", "100%（1/1）")


def test_all_figures_in_sight_are_written_for_excel(page, monkeypatch, tmp_path):
    page.views.group.button(2).setChecked(True)
    page.find("进家活动")
    target = tmp_path / "全部数字.xlsx"
    monkeypatch.setattr(cockpit_page, "ask_file_to_save", lambda *_: target)
    monkeypatch.setattr(cockpit_page, "run_task", lambda _p, _t, work, done: done(work(SILENT)))

    page.export.click()

    headings, *lines = [[c.value for c in row] for row in read_grid(target).sheets[0].rows]
    assert headings[1:4] == ["数字", "结果", "数值"]
    found = {line[8]: line for line in lines}
    assert len(found) == len(page.table.rows.rows())
    assert found["home_activities.total"][2:5] == ["1次", 1, "次"]


def test_a_rate_an_amount_and_nothing_are_numbers_in_excel(desk, home, tmp_path):
    expense = {"spent_on": make.TODAY, "kind": ExpenseKind.ACTIVITY, "content": "租车"}
    desk.do(expenses.save, **expense, amount=12345, over_reason="急用")
    rows = catalogue(desk.ask(figures.figures, first=date(2026, 1, 1), last=make.TODAY))

    assert write_catalogue(tmp_path / "a.xlsx", rows) == len(rows)

    lines = [[c.value for c in row] for row in read_grid(tmp_path / "a.xlsx").sheets[0].rows]
    found = {line[8]: line[2:7] for line in lines}
    assert found["expenses.total"][1:3] == [123.45, "元"]
    assert found["coverage.at_home"] == ["100%（1/1）", 100, "%", 1, 1]
    assert found["suggestions.satisfied"][1:] == [None, "%", 0, 0]


def test_only_the_list_of_all_figures_is_exported(page):
    assert page.export.isHidden()
    page.views.group.button(2).setChecked(True)
    assert not page.export.isHidden()


def test_names_and_notes_of_the_cards_stand_whole_on_a_small_screen(page, monkeypatch):
    told = []

    def write(_painter, rect, text, font, *_rest):
        told.append((text, QFontMetricsF(font).horizontalAdvance(text) <= rect.width() + 1))

    monkeypatch.setattr(kpi, "write", write)
    monkeypatch.setattr(cockpit_parts, "write", write)
    page.resize(880, 560)  # of a screen of 1366 points with large type

    for made in (*page.tiles, *page.kpis):
        made.grab()

    names = {figure.name for tile in page.board.tiles for figure in tile.figures}
    names |= {card.figure.name for card in page.board.cards}
    cut = [text for text, is_whole in told if text and not is_whole]
    assert [text for text in cut if any(text in name for name in names)] == []
    assert {"进家和联系选民覆盖", "进家活动"} <= {text for text, _ in told}


def test_the_figures_of_a_slogan_are_gone_through_and_opened_by_keys(page):
    tile = next(made for made in page.tiles if len(made._tile.figures) > 1)
    told = []
    tile.picked.disconnect()
    tile.picked.connect(told.append)
    tile.setFocus()

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Space):
        QTest.keyClick(tile, key)

    assert told == [tile._tile.figures[1].id, tile._tile.figures[0].id]
