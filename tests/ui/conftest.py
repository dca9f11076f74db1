"""What tests of the window have in common: one look, a desk, and errors shown as in the program."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from deputydesk.errors import UserError
from deputydesk.security import veil
from deputydesk.ui import drives, farewell, messages, room, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.form import FormDialog
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.tasks import board, is_running
from tests import make

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Errors end in the program's own hook here, not in pytest-qt's; lists drop down unseen."""
    unseen = pytest.mark.qt_log_ignore(
        r"This plugin does not support (raise|grabbing)", extend=True
    )
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.qt_no_exception_capture)
            item.add_marker(unseen)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item):
    """A task that a test started ends before the window it belongs to is taken away.

    A window deleted with its task still at work would leave the program's board waiting for it,
    and the next test of a task in this process would be refused.
    """
    if is_running():
        waiting = QEventLoop()
        board().ended.connect(waiting.quit)
        waiting.exec()
    return (yield)


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """The window's look, as everybody has it at first; at the end all windows are let go of.

    Those that tests have left would be deleted when there is no application any more. What was
    copied would go even later, when there is no Python: the screen that nobody sees keeps it in a
    variable of its library. Real screens hand it on to the system before.
    """
    style.apply(qapp, style.LIGHT, 1.0)
    yield
    farewell.let_go_of_windows()
    QApplication.clipboard().clear()
    gc.collect()


@pytest.fixture(autouse=True)
def shown_errors(look, monkeypatch) -> Iterator[list[str]]:
    """Sentences shown in message boxes; an error of ours fails the test."""
    shown: list[str] = []
    ours: list[BaseException] = []

    def take(kind, error, trace):
        if isinstance(error, UserError):
            messages.show_error(error)
        else:
            ours.append(error)

    def read(box: QMessageBox) -> int:
        shown.append(box.text() + box.informativeText())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", read)
    monkeypatch.setattr(sys, "excepthook", take)
    messages.forget_form()
    yield shown
    if ours:
        raise ours[0]


@pytest.fixture(autouse=True)
def text_as_chosen(monkeypatch) -> None:
    """Text is as large as chosen, on a screen that is smaller than any office's."""
    monkeypatch.setattr(room, "LEAST", QSize(1, 1))


@pytest.fixture(autouse=True)
def no_stick_of_ours(monkeypatch) -> None:
    """No test writes to a stick that is in this PC: folders of the test stand for sticks."""
    monkeypatch.setattr(drives, "drives", list)


@pytest.fixture(autouse=True)
def no_dialog_left(qapp: QApplication) -> Iterator[None]:
    """The next test does not find the form in a window that this one left open."""
    yield
    for widget in qapp.topLevelWidgets():
        if isinstance(widget, FormDialog) and widget.isVisible():
            widget.hide()


@pytest.fixture(autouse=True)
def no_veil_left() -> Iterator[None]:
    """Drafts of the next test are not sealed with the key of this one's data."""
    yield
    veil.hang(None)


@pytest.fixture(autouse=True)
def no_key_held(qapp: QApplication) -> Iterator[None]:
    """A key whose window closed under it does not stay pressed for the next test."""
    yield
    if QApplication.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture
def desk(office, tmp_path) -> Desk:
    """A desk with an office that has a profile."""
    made = Desk(tmp_path / "data", make.at(), Preferences(operator="张丽"))
    made.attach(office)
    return made
