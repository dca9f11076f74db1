"""The first page, and the pictures on it."""

import json
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from deputydesk.exchange import backup, demo_day
from deputydesk.models import Home
from deputydesk.models.choices import Channel
from deputydesk.operations import figures, first_steps, opinions, todo
from deputydesk.ui.chart_legend import of_handling
from deputydesk.ui.charts import Bars, HeatMatrix, HeatRow, Part, StackedBar, StackedBars
from deputydesk.ui.desk import Desk
from deputydesk.ui.figure_rows import FigureRows
from deputydesk.ui.kpi import Kpi, KpiNumbers
from deputydesk.ui.pages.today import TodayPage
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.style import Tone
from tests import make
from tests.ui import hands


@pytest.fixture
def page(qtbot, desk):
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    made.read_again()
    return made


def lines(page):
    return [(line.tag, line.text) for line in page._todos.rows.rows()]


def test_an_empty_office_is_told_what_to_do_next(page):
    assert lines(page) == []
    assert "按 Ctrl+N 登记来访" in page._todos._empty
    assert not page._no_units.isHidden()
    assert not page._no_homes.isHidden()


def _steps(page):
    return [(step.id, step.is_done) for step in page._steps.table.rows.rows()]


def test_a_new_office_is_told_the_first_steps_which_tick_themselves_off(page, office):
    before = _steps(page)
    make.home(office)
    page.refresh()

    assert [name for name, _ in before] == ["profile", "roster", "home", "visit", "print", "backup"]
    assert [name for name, done in before if done] == ["profile"]
    assert dict(_steps(page))["home"]
    assert "还有 4 项" in page._steps._said.text()
    assert page._steps.isVisible()
    assert not page._units_frame.isVisible()


def test_a_step_opens_the_page_where_it_is_done(page, desk, qtbot):
    page._steps.table.selectRow(1)
    with qtbot.waitSignal(desk.page_requested) as asked:
        hands.press(page._steps.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(desk.page_requested) as clicked:
        page._steps.table.clicked.emit(page._steps.table.model().index(1, 1))

    assert asked.args == clicked.args == ["exchange"]


def test_the_first_steps_go_away_when_all_are_done(page, office, monkeypatch):
    monkeypatch.setattr(
        first_steps, "done", lambda _: frozenset({"profile", "roster", "home", "visit", "print"})
    )
    backup.back_up(office)
    page.refresh()

    assert not page._steps.isVisible()
    assert page._units_frame.isVisible()


def test_the_first_steps_stay_away_when_they_were_put_away(page, desk, qtbot):
    page._steps.close_button.click()
    page.refresh()
    again = TodayPage(desk)
    qtbot.addWidget(again)
    again.read_again()

    assert not page._steps.isVisible()
    assert again._steps is None
    assert Preferences.load(desk.folder).begun


def test_the_sample_office_has_no_first_steps(qtbot, demo_office, tmp_path):
    demo_day.mark(demo_office.data.path.parent, "2023-12-31")
    desk = Desk(tmp_path, demo_office.clock)
    desk.attach(demo_office)
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.read_again()

    assert made._steps is None


def test_what_is_to_be_done_is_listed(page, desk, office):
    make.home(office, name="青山村代表之家")
    make.deputy(office)
    page.refresh()

    told = [(item.tag, item.text) for item in desk.ask(todo.todos, desk.today)]
    assert lines(page) == told
    assert ("本月空白", "青山村代表之家本月还没有活动") in told


def test_enter_opens_what_is_to_be_done(page, desk, office, qtbot):
    home = make.home(office)
    page.refresh()
    page._todos.selectRow(0)

    with qtbot.waitSignal(desk.open_requested) as opened:
        hands.press(page._todos, Qt.Key.Key_Return)

    assert opened.args == [Home, home]


def test_a_click_on_a_home_opens_it(page, desk, office, qtbot):
    home = make.home(office)
    page.refresh()

    with qtbot.waitSignal(desk.open_requested) as opened:
        QTest.mouseClick(page._homes, Qt.MouseButton.LeftButton, pos=QPoint(30, 34))

    assert opened.args == [Home, home]


def test_the_numbers_are_those_of_this_year(page, office):
    home, deputy = make.home(office), make.deputy(office)
    make.visit(office, home, deputy, held_on=date(2026, 11, 2), received=5)
    make.visit(office, home, deputy, held_on=date(2025, 12, 30), received=9)
    page.refresh()

    cards = {kpi._numbers.title: kpi._numbers for kpi in page._kpis}
    assert (cards["进家活动"].value, cards["进家活动"].note) == ("1", "接待选民 5 人次")
    assert cards["进家联系覆盖"].value == "1 / 1"
    assert cards["逾期未办"].tone is Tone.GREEN
    assert page._shown.months == (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)


def test_homes_that_were_blank_the_longest_come_first(page, office):
    deputy = make.deputy(office)
    for name, month in (("甲", 11), ("乙", 3), ("丙", 8)):
        home = make.home(office, name=f"{name}代表之家")
        make.visit(office, home, deputy, held_on=date(2026, month, 2))
    page.refresh()

    shown = [(row.name, row.warning) for row in page._shown.homes]
    assert shown == [("乙", "7 个月"), ("丙", "2 个月"), ("甲", "")]


def test_it_is_painted_from_what_it_showed_last_before_the_office_is_open(
    page, office, qtbot, tmp_path
):
    make.home(office, name="青山村代表之家")
    page.refresh()
    kept = json.loads(json.dumps(page.remember()))
    again = TodayPage(Desk(tmp_path, make.at()))
    qtbot.addWidget(again)

    again.recall(kept)

    assert again._shown == page._shown
    assert lines(again) == lines(page)
    again._todos.selectRow(0)
    hands.press(again._todos, Qt.Key.Key_Return)


@pytest.mark.parametrize("told", [{}, {"subtitle": 1}, {"todos": 3}])
def test_what_another_version_kept_is_passed_over(qtbot, tmp_path, told):
    page = TodayPage(Desk(tmp_path, make.at()))
    qtbot.addWidget(page)

    page.recall(told)

    assert page.remember() is None


def test_the_rates_give_way_where_it_is_narrow(page):
    page.resize(600, 700)
    hidden = [kpi.isHidden() for kpi in page._kpis]

    assert hidden == [False, False, True, True, False, False]


class TestPictures:
    def shown(self, qtbot, made, width=500, height=200):
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        return made.grab().toImage()

    def test_bars_say_their_numbers(self, qtbot):
        bars = Bars("走势")
        empty = self.shown(qtbot, bars)
        bars.set_series(["1月", "2月"], ("接待", [3, 5]), ("意见", [1, 0]))

        assert bars.accessibleDescription() == "1月 接待3、意见1；2月 接待5、意见0"
        assert bars.grab().toImage() != empty

    def test_bars_drop_the_word_month_where_it_is_tight(self, qtbot):
        bars = Bars("走势")
        bars.set_series([f"{n}月" for n in range(1, 13)], ("接待", range(12)))

        assert not self.shown(qtbot, bars, 200).isNull()

    def test_lying_bars_say_their_words(self, qtbot):
        bars = StackedBars("单位")
        bars.set_bars([StackedBar("住建局", ((Part.MAIN, 3), (Part.LATE, 1)), "4 件 · 逾期 1")])

        assert bars.accessibleDescription() == "住建局 4 件 · 逾期 1"
        assert not self.shown(qtbot, bars).isNull()

    def test_a_matrix_says_its_counts_and_leaves_out_what_has_not_been(self, qtbot):
        matrix = HeatMatrix("覆盖")
        matrix.set_rows(["1月", "2月"], [HeatRow("a", "石拐区", (3, None), "1 个月")], tail="空白")

        assert matrix.accessibleDescription() == "石拐区 1月3"
        assert not self.shown(qtbot, matrix).isNull()

    def test_a_matrix_may_show_fewer_rows_than_it_has(self, qtbot):
        matrix = HeatMatrix("覆盖", least=2)
        matrix.set_rows(["1月"], [HeatRow(str(n), f"第{n}家", (n,)) for n in range(9)])

        self.shown(qtbot, matrix, height=80)
        assert len(matrix._lines()[0]) == 2

    def test_a_card_says_its_number(self, qtbot):
        kpi = Kpi(KpiNumbers("逾期未办", "4", "件", "最长 11 天", Tone.RED, True, (1, 2, 4)))

        assert kpi.accessibleName() == "逾期未办 4件，按 Enter 看明细"
        assert kpi.accessibleDescription() == "最长 11 天"
        assert self.shown(qtbot, kpi, 260, 98) != self.shown(qtbot, kpi, 100, 98)

    def test_a_card_can_be_clicked(self, qtbot):
        kpi = Kpi(KpiNumbers("逾期未办", "4"))
        self.shown(qtbot, kpi)
        with qtbot.waitSignal(kpi.clicked):
            QTest.mouseClick(kpi, Qt.MouseButton.LeftButton)

    def test_colours_are_explained(self, qtbot):
        assert not self.shown(qtbot, of_handling()).isNull()


def test_what_is_late_is_a_figure_and_opens_its_rows(page, desk, office, qtbot):
    unit, deputy = make.unit(office), make.deputy(office)
    for day, matter in ((date(2026, 9, 1), "路灯不亮"), (make.TODAY, "井盖丢失")):
        heard = office.do(
            opinions.hear, channel=Channel.PHONE, matter=matter, heard_on=day, mandate_id=deputy
        )
        office.do(opinions.assign, opinion_id=heard, unit_id=unit, assigned_on=day)
    page.refresh()
    numbers = page._kpis[4]._numbers
    [row] = desk.ask(figures.rows_of, "overdue.total", last=desk.today)

    assert (numbers.title, numbers.value, numbers.is_late) == ("逾期未办", "1", True)
    assert numbers.note == f"最长逾期 {(desk.today - row.day).days} 天"
    QTest.mouseClick(page._kpis[4], Qt.MouseButton.LeftButton)
    [shown] = [found for found in page.findChildren(FigureRows) if found.isVisible()]
    assert [line.title for line in shown.rows()] == ["路灯不亮"]
    shown.reject()


def test_cards_kept_from_the_last_time_open_nothing_yet(page, qtbot, tmp_path):
    again = TodayPage(Desk(tmp_path, make.at()))
    qtbot.addWidget(again)
    again.recall(json.loads(json.dumps(page.remember())))

    QTest.mouseClick(again._kpis[0], Qt.MouseButton.LeftButton)

    assert again.findChildren(FigureRows) == []
