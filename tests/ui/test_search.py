"""The one search box: what drops down, all results, and back again; by keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from deputydesk.models import Home
from deputydesk.models.choices import Channel
from deputydesk.operations import opinions
from deputydesk.ui import search_results
from deputydesk.ui.choices import GROUP
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.pages import PAGES
from deputydesk.ui.search_results import SearchResults
from tests import make
from tests.ui import hands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, desk, office):
    home = make.home(office, name="五当召镇代表之家")
    wang = make.deputy(office, name="王伟", home_id=home)
    for number in range(4):
        office.do(
            opinions.hear,
            channel=Channel.HOME,
            matter=f"五当召道路{number}",
            heard_on=date(2026, 11, number + 1),
            mandate_id=wang,
        )
    wanted = ("today", "suggestions", "homes", "deputies")
    made = MainWindow(desk, tuple(spec for spec in PAGES if spec.name in wanted))
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def searched(window, qtbot, text):
    hands.shortcut(window, Qt.Key.Key_F, CTRL)
    box = window._top.search
    hands.write(box, text)
    qtbot.waitUntil(box.hits.isVisible)
    return box


def shown(box):
    return [(row.group, row.name) for row in box.hits._model.rows]


def results(window):
    return next(d for d in window.findChildren(SearchResults) if d.isVisible())


def test_every_kind_says_its_name_and_how_many_there_are(window, qtbot):
    box = searched(window, qtbot, "五当召")

    assert shown(box)[:6] == [
        ("代表 1", "王伟"),
        ("选民意见 4", "五当召道路3"),
        ("", "五当召道路2"),
        ("", "五当召道路1"),
        ("", "五当召道路0"),
        ("代表之家 1", "五当召镇代表之家"),
    ]
    assert ("Ctrl+Enter", "全部结果（6）") in shown(box)
    index = box.hits.model().index(0, 0)
    assert index.data(GROUP) == "代表 1"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("代表 1 王伟 ")
    assert box.hits.grab().toImage().isGrayscale() is False


def test_all_results_are_listed_by_kind_and_enter_opens_one(window, qtbot):
    box = searched(window, qtbot, "五当召")
    hands.press(box, Qt.Key.Key_Return, CTRL)
    found = results(window)

    chips = [chip.text() for chip in found.kinds.group.buttons()]
    assert chips == ["全部 6", "代表 1", "选民意见 4", "代表之家 1"]
    assert len(found.table.rows.rows()) == 6
    found.kinds.group.button(3).click()
    assert [hit.title for hit in found.table.rows.rows()] == ["五当召镇代表之家"]
    found.table.setFocus()
    hands.press(found.table, Qt.Key.Key_Return)

    assert window.page.title == "代表之家"
    assert not found.isVisible()


def test_a_line_of_the_list_opens_all_results_and_its_button_one(window, qtbot, desk):
    opened = []
    desk.open_requested.connect(lambda model, _id: opened.append(model))
    box = searched(window, qtbot, "五当召镇")
    while not box.hits.current().name.startswith("全部结果"):
        hands.press(box, Qt.Key.Key_Down)
    hands.press(box, Qt.Key.Key_Return)
    found = results(window)
    found.kinds.group.button(2).click()
    found.open_one.click()

    assert opened == [Home]


def test_what_was_looked_for_is_there_again(window, qtbot):
    box = searched(window, qtbot, "五当召")
    hands.press(box, Qt.Key.Key_Return)
    gone = box.text()
    hands.shortcut(window, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(box.hits.isVisible)

    assert (gone, box.text(), box.selectedText()) == ("", "五当召", "五当召")


def test_more_than_are_listed_are_counted(window, qtbot, desk, monkeypatch):
    monkeypatch.setattr(search_results, "MOST", 2)
    made = SearchResults(window, desk, "道路")
    qtbot.addWidget(made)

    assert len(made.table.rows.rows()) == 2
    assert "共 4 条，先列出 2 条" in made._said.text()


def test_nothing_found_opens_nothing(window, qtbot, desk):
    made = SearchResults(window, desk, "没有这回事")
    qtbot.addWidget(made)
    made._open_current()

    assert made.table.rows.rows() == []
    assert not made.open_one.isEnabled()
