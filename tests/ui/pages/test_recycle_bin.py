"""The recycle bin as the clerk uses it: look, choose, bring back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from deputydesk.operations import receptions, recycle_bin, visits
from deputydesk.ui.dialogs.past import PastDialog
from deputydesk.ui.pages.recycle_bin import RecycleBinPage
from tests import make
from tests.ui.hands import press, press_ctrl

DAY = make.TODAY - timedelta(days=3)


@pytest.fixture
def gone(office):
    """Two receptions that were deleted at once, and a home that was alone; newest first."""
    home, deputy = make.home(office), make.deputy(office)
    both = [make.visit(office, home, deputy, held_on=DAY, received=n) for n in (4, 5)]
    office.do(receptions.remove, visit_ids=tuple(both))
    make.home(office, name="误建之家")
    office.undo()
    return both


@pytest.fixture
def page(desk, gone, qtbot):
    """The page, in front."""
    made = RecycleBinPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    made.read_again()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def kinds(page):
    return [row.kind for row in page.table.rows.rows()]


def said(page):
    return [part.text() for part in page.findChildren(QLabel) if part.isVisible()]


def test_what_was_deleted_stands_there_newest_first(page):
    assert kinds(page) == ["代表之家", "进家登记", "进家登记"]
    assert [page.kind.itemText(n) for n in range(page.kind.count())] == [
        "全部种类 3",
        "进家登记 2",
        "代表之家 1",
    ]


def test_an_empty_bin_says_what_will_be_here(desk, qtbot):
    made = RecycleBinPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.read_again()

    assert kinds(made) == []
    assert not made.restore.isEnabled()


def test_a_kind_or_words_narrow_the_list(page):
    page.kind.setCurrentIndex(1)
    page.kind.activated.emit(1)
    assert kinds(page) == ["进家登记", "进家登记"]

    page.kind.setCurrentIndex(0)
    page.find("误建")

    assert kinds(page) == ["代表之家"]


def test_what_a_record_said_stands_beside_it(page, gone, qtbot):
    page.table.select(f"visit:{gone[0]}")

    qtbot.waitUntil(lambda: "五当召镇人大代表之家" in said(page))
    assert "参加代表1条" in said(page)
    page.table.select(f"visit:{gone[1]}")
    qtbot.waitUntil(lambda: "5" in said(page))
    assert "4" not in said(page)


def test_the_history_of_a_deleted_record_can_be_read(page, gone):
    page.table.select(f"visit:{gone[0]}")
    page.table.setFocus()

    press_ctrl(page.table, Qt.Key.Key_H)

    [shown] = page.window().findChildren(PastDialog)
    assert shown.table.rows.row(0).change.what == "本条进家登记"
    shown.close()


def test_enter_brings_a_record_back_and_ctrl_z_takes_it_away_again(desk, page, gone):
    page.table.select(f"visit:{gone[0]}")

    press(page.table, Qt.Key.Key_Return)
    page.refresh()

    assert [row.id for row in desk.ask(visits.rows)] == [gone[0]]
    assert kinds(page) == ["代表之家", "进家登记"]
    desk.undo()
    assert len(desk.ask(recycle_bin.rows)) == 3


def test_several_are_brought_back_at_once(desk, page, gone):
    page.table.selectAll()
    assert page.restore.text() == " 恢复 3 条"

    page.restore.click()

    assert desk.ask(recycle_bin.rows) == []


def test_all_that_one_step_deleted_comes_back_together(desk, page, gone):
    page.table.select(f"visit:{gone[1]}")

    page.restore_all.click()

    assert {row.id for row in desk.ask(visits.rows)} == set(gone)
    assert [row.kind for row in desk.ask(recycle_bin.rows)] == ["代表之家"]


def test_nothing_comes_back_where_nothing_is_chosen(desk, page):
    page.table.clearSelection()
    page.table.setCurrentIndex(page.table.rows.index(-1, -1))

    page.restore.click()
    page.restore_all.click()

    assert len(desk.ask(recycle_bin.rows)) == 3
    assert not page.restore.isEnabled()


def test_the_page_is_read_again_whatever_changes(page, desk, office):
    assert page.concerns(frozenset({type(page)}))
    page.setFocus()
    assert page.table.hasFocus()
