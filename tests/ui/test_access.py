"""Everybody can work with it: with a screen reader, with keys alone."""

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from deputydesk.ui.desk import Desk
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.pages import PAGES
from deputydesk.ui.preferences import Preferences
from tests import make
from tests.ui.everywhere import (
    controls,
    described,
    dialogs,
    focusable,
    scrolled,
    spoken,
    tabbed,
    views,
)
from tests.ui.test_clipping import cut


@pytest.fixture
def window(demo_office, tmp_path, qtbot):
    """The window on the demo office."""
    desk = Desk(tmp_path / "data", make.at(), Preferences(operator="张丽"))
    desk.attach(demo_office)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def _in(control: QWidget, reached: list[QWidget]) -> bool:
    """Whether Tab came to it or, in a row of which one is pressed, to one of them."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    row = group.buttons() if group and group.exclusive() else [control]
    return any(one in reached for one in row)


def _takes_keys(button: QAbstractButton) -> bool:
    group, of = button.group(), button.parentWidget()
    is_one_of_a_row = bool(group and group.exclusive())
    has_a_key = isinstance(of, QLineEdit) or of.objectName() == "token"  # Down; Backspace
    return is_one_of_a_row or has_a_key or button.focusPolicy() != Qt.FocusPolicy.NoFocus


def test_every_control_of_every_page_has_a_name(window):
    nameless = {
        f"{name}: {described(control)}"
        for name, _page in views(window)
        for control in controls(window)
        if not spoken(control).strip()
    }

    assert sorted(nameless) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab], ids=["Tab", "Shift+Tab"])
def test_every_control_of_every_page_is_reached_by_keys_alone(window, key):
    missed = set[str]()
    for name, page in views(window):
        page.setFocus()
        before = focusable(window)
        reached = tabbed(key)
        missed |= {
            f"{name}: {described(control)}"
            for control in before
            if control.isVisible() and control.isEnabled() and not _in(control, reached)
        }

    assert sorted(missed) == []


def test_buttons_are_pressed_by_keys_too(window):
    """Only one of a row of which one is pressed takes the focus; the arrows go to the others."""
    mouse_only = {
        f"{name}: {described(button)}"
        for name, _page in views(window)
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and not _takes_keys(button)
    }

    assert sorted(mouse_only) == []


def test_the_arrows_go_on_to_the_next_page(window):
    window.page.setFocus()
    bar = window.findChildren(QButtonGroup)[0]
    bar.button(0).setFocus()

    QTest.keyClick(bar.button(0), Qt.Key.Key_Down)

    assert window.page.title == PAGES[1].title


@pytest.fixture
def nothing_leaves(monkeypatch):
    """No dialog of the system for files, no question waits, no other program is started."""
    monkeypatch.setattr(QInputDialog, "exec", lambda *_: 0)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    monkeypatch.setattr(QProcess, "startDetached", lambda *_: (True, 1))


def test_every_dialog_is_named_reached_by_keys_and_whole(window, nothing_leaves):
    faults, seen = set[str](), 0
    for name, dialog in dialogs(window):
        seen += 1
        faults |= {f"no name: {name}: {described(c)}" for c in controls(dialog) if not spoken(c)}
        faults |= {
            f"cut: {name}: {described(w)}"
            for w in dialog.findChildren(QWidget)
            if w.isVisible() and cut(w)
        }
        faults |= {f"top not in sight: {name}: {described(c)}" for c in scrolled(dialog)}
        faults |= {f"not reached: {name}: {described(c)}" for c in _missed(dialog)}
        if dialog.width() > 1366 or dialog.height() > 768:
            faults.add(f"too large: {name}: {dialog.size()}")

    assert sorted(faults) == []
    assert seen > 60


def _missed(dialog: QDialog) -> list[QWidget]:
    """What Tab does not come to, once something in the dialog has the focus."""
    dialog.activateWindow()
    if not dialog.isAncestorOf(QApplication.focusWidget() or dialog):
        dialog.focusNextChild()
    before, reached = focusable(dialog), tabbed()
    now = [c for c in before if isValid(c) and c.isVisible() and c.isEnabled()]
    return [control for control in now if not _in(control, reached)]
