"""The history of a record, read from its row, and putting back from it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from deputydesk.models import Opinion, Visit
from deputydesk.models.choices import Channel
from deputydesk.operations import opinions, visits
from deputydesk.ui.dialogs.opinion import OpinionDialog
from deputydesk.ui.dialogs.past import PastDialog, show_past
from deputydesk.ui.pages.visits import VisitsPage
from tests import make
from tests.ui.hands import press, press_ctrl

DAY = make.TODAY - timedelta(days=3)


@pytest.fixture
def visit(office):
    """A reception that was changed: its home and its matter."""
    home, other = make.home(office), make.home(office, name="东胜村代表之家")
    deputy = make.deputy(office)
    made = make.visit(office, home, deputy, held_on=DAY)
    values = {"held_on": DAY, "home_id": other, "deputy_ids": (deputy,), "topic": "供水"}
    office.do(visits.edit, visit_id=made, **values)
    return made


@pytest.fixture
def window(desk, visit, parent, qtbot):
    """The history of the reception, in front."""
    made = show_past(parent, desk, Visit, visit)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def lines(window):
    """What the list shows, a row a list of cells."""
    rows = window.table.rows
    return [[column.text(row) for column in rows.columns] for row in rows.rows()]


def at(window, what):
    """Go to the newest change of a field."""
    row = next(row for row in window.table.rows.rows() if row.change.what == what)
    window.table.select(row.id)


def test_each_change_stands_below_what_was_done(window):
    assert lines(window)[:2] == [
        [
            "2026-11-23 09:00",
            "张丽",
            "修改进家接待（11月20日 东胜村代表之家）",
            "代表之家",
            "五当召镇人大代表之家",
            "东胜村代表之家",
        ],
        ["", "", "", "主题", "（空）", "供水"],
    ]
    assert window.windowTitle() == "变更记录：进家登记 2026-11-20 供水"


def test_a_value_is_put_back_with_enter_and_the_list_tells_of_it(desk, window, visit, qtbot):
    at(window, "代表之家")
    assert "现在：东胜村代表之家" in window.detail.text()

    with qtbot.waitSignal(desk.said):
        press(window.table, Qt.Key.Key_Return)

    assert desk.ask(visits.rows, visit_id=visit)[0].home == "五当召镇人大代表之家"
    assert lines(window)[0][2].startswith("恢复原来的值")
    assert desk.undoable().startswith("恢复原来的值")


def test_a_value_that_stands_there_already_cannot_be_put_back(window):
    at(window, "代表之家")
    window.put_back.click()
    at(window, "代表之家")
    window.table.select(window.table.rows.row(1).id)

    assert not window.put_back.isEnabled()


def test_the_whole_record_is_put_back_to_a_moment_and_undone(desk, window, visit):
    window.table.select(window.table.rows.row(window.table.rows.rowCount() - 1).id)

    window.put_whole.click()

    row = desk.ask(visits.rows, visit_id=visit)[0]
    assert (row.home, row.topic) == ("五当召镇人大代表之家", "")
    desk.undo()
    assert desk.ask(visits.rows, visit_id=visit)[0].topic == "供水"


def test_a_part_that_came_is_told_but_has_no_value_to_put_back(window):
    at(window, "参加代表")

    assert window.detail.text().splitlines() == [
        "登记进家接待（11月20日 五当召镇人大代表之家）",
        "参加代表：（新增） → 王伟",
    ]
    assert not window.put_back.isEnabled()


def test_nothing_is_offered_where_nothing_is_chosen(window):
    window.table.clearSelection()
    window.table.setCurrentIndex(window.table.rows.index(-1, -1))

    assert not window.put_whole.isEnabled()
    assert window.detail.text().startswith("选中一行")


def test_the_row_of_a_list_opens_its_history(desk, visit, qtbot):
    page = VisitsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.read_again()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.select(visit)
    page.table.setFocus()

    press_ctrl(page.table, Qt.Key.Key_H)

    qtbot.waitUntil(lambda: bool(page.window().findChildren(PastDialog)))
    [shown] = page.window().findChildren(PastDialog)
    assert shown.windowTitle() == "变更记录：进家登记 2026-11-20 供水"
    shown.close()


def test_the_window_of_an_opinion_opens_its_history(desk, office, parent, qtbot):
    deputy = make.deputy(office)
    opinion = office.do(opinions.hear, channel=Channel.HOME, matter="路灯", mandate_id=deputy)
    made = OpinionDialog(parent, desk, opinion)
    made.open_at()
    qtbot.waitUntil(made.isActiveWindow)

    press_ctrl(made, Qt.Key.Key_H)

    [shown] = parent.findChildren(PastDialog)
    assert shown.table.rows.rowCount() > 0
    assert Opinion.title in shown.windowTitle()
    shown.close()
