"""F1, wherever it is pressed: the paragraph about what is in hand."""

import importlib
import pkgutil
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QVBoxLayout

from deputydesk import ui
from deputydesk.ui.dialogs.manual import Manual
from deputydesk.ui.fields import TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.help_key import HelpKey, about
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.manual_places import ASIDE, DIALOGS, PAGES, REGISTERS
from deputydesk.ui.manual_text import chapters, headings
from deputydesk.ui.pages import PAGES as SPECS
from tests.ui import hands


@pytest.fixture
def window(qtbot, qapp, desk):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.help_wanted.connect(HelpKey(qapp, made).show)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.close()


def _shown(window):
    [manual] = [one for one in window.findChildren(Manual) if one.isVisible()]
    return manual.contents.currentItem().text().strip()


def _of(kind):
    for one in kind.__subclasses__():
        yield one
        yield from _of(one)


def test_every_page_register_and_window_has_its_paragraph():
    for found in pkgutil.walk_packages(ui.__path__, "deputydesk.ui."):
        importlib.import_module(found.name)
    pages = [
        getattr(importlib.import_module(f"deputydesk.ui.pages.{spec.name}"), spec.page)
        for spec in SPECS
    ]
    registers = {r.title for page in pages for r in getattr(page, "registers", ())}
    windows = {k.__name__ for k in _of(QDialog) if k.__module__.startswith("deputydesk.")}

    assert set(PAGES) == {spec.name for spec in SPECS}
    assert set(REGISTERS) == registers
    assert set(DIALOGS) | set(ASIDE) == windows
    assert set(DIALOGS) & set(ASIDE) == set()


def test_every_empty_register_says_what_to_do_next():
    pages = [
        getattr(importlib.import_module(f"deputydesk.ui.pages.{spec.name}"), spec.page)
        for spec in SPECS
    ]
    silent = [
        register.title
        for page in pages
        for register in getattr(page, "registers", ())
        if "还没有" in register.empty and not re.search(r"Ctrl\+|F\d|“", register.empty)
    ]

    assert silent == []


def test_every_paragraph_is_in_the_manual():
    there = {f"{one.name}#{line.text}" for one in chapters() for line in headings(one)}
    wanted = {*PAGES.values(), *REGISTERS.values(), *DIALOGS.values()}

    assert wanted - there == set()


def test_f1_opens_what_is_said_of_the_page(window):
    window.go("printing")
    hands.shortcut(window, Qt.Key.Key_F1)

    assert _shown(window) == "找表格"


def test_f1_opens_what_is_said_of_the_register_in_sight(window):
    page = window.go("activities")
    page.chips.group.button(5).setChecked(True)
    hands.shortcut(window, Qt.Key.Key_F1)

    assert _shown(window) == "会议出席和请假"


def test_f1_in_a_field_marks_what_is_said_of_it(window):
    page = window.go("visits")
    page.start_new()
    page.form.field("received").setFocus()
    hands.shortcut(window, Qt.Key.Key_F1)

    [manual] = window.findChildren(Manual)
    assert _shown(window) == "登记一次接待"
    assert manual.text.textCursor().selectedText() == "接待人次"


def test_f1_in_a_step_tells_of_the_page_below_and_marks_the_step(window, desk, qtbot):
    window.go("activities")
    form = Form(desk, "step", (TextField("x", label="没有这个词"),))
    dialog = FormDialog(window, "登记反馈", form, print)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    hands.shortcut(dialog, Qt.Key.Key_F1)

    [manual] = dialog.findChildren(Manual)
    assert manual.text.textCursor().selectedText() == "登记反馈"


def test_the_manual_open_behind_a_step_gives_way_to_one_that_can_be_used(window, desk, qtbot):
    hands.shortcut(window, Qt.Key.Key_F1)
    [first] = window.findChildren(Manual)
    dialog = FormDialog(window, "交办", Form(desk, "step", (TextField("x", label="x"),)), print)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    hands.shortcut(dialog, Qt.Key.Key_F1)

    assert not first.isVisible()
    assert [m.isVisible() for m in dialog.findChildren(Manual)] == [True]


def test_f1_in_the_manual_itself_changes_nothing(window, qtbot):
    hands.shortcut(window, Qt.Key.Key_F1)
    [manual] = window.findChildren(Manual)
    manual.activateWindow()
    qtbot.waitUntil(manual.isActiveWindow)
    hands.shortcut(manual, Qt.Key.Key_F1)

    assert window.findChildren(Manual) == [manual]
    assert manual.findChildren(Manual) == []


def test_a_window_of_its_own_kind_has_its_own_paragraph(window):
    class CheckInDialog(QDialog):
        pass

    dialog = CheckInDialog(window)
    field = TextField("x", label="姓名")
    QVBoxLayout(dialog).addWidget(field)
    dialog.setWindowTitle("签到：进家")

    place, words = about(field, dialog, window)
    dialog.close()

    assert place == "03-visits#扫码签到"
    assert words == ["姓名", "签到：进家"]


def test_before_the_page_is_there_the_manual_opens_at_its_chapter(window):
    window._at = "rotas"

    assert about(window, window, window)[0] == "13-homes#进家安排"


def test_a_message_keeps_its_own_keys(window, qtbot):
    box = QMessageBox(window)
    box.open()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    hands.shortcut(box, Qt.Key.Key_F1)
    box.close()

    assert window.findChildren(Manual) == []
