"""A new clerk at the real window: writes through an input method, presses keys, clicks by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from deputydesk.ui import tasks
from tests.ui import hands

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Clerk:
    """Knows nothing of the program but what is in sight.

    Args:
        qtbot: waits.
        pictures: folder for a picture of each step; none without one.
    """

    qtbot: QtBot
    pictures: Path | None = None
    keys: int = 0
    clicks: int = 0
    texts: int = 0
    steps: list[str] = field(default_factory=list[str])
    _been: list[QWidget] = field(default_factory=list[QWidget])

    @property
    def window(self) -> QWidget:
        """The window that has the focus."""
        top = QApplication.activeModalWidget() or QApplication.activeWindow()
        if top is None or not top.isActiveWindow():  # a screen without a window manager forgets
            top = top or self._left()
            top.activateWindow()
            self.waits(top.isActiveWindow)
        self._been = [one for one in self._been if one is not top] + [top]
        return top

    def _left(self) -> QWidget:
        """Where the clerk was last, of what is still there; other tests may have left windows."""
        there = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        been = [one for one in self._been if one in there]
        return (been or there)[-1]

    @property
    def at(self) -> str:
        """What the focused control is called."""
        here = QApplication.focusWidget()
        return here.accessibleName() if here else ""

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, *, times: int = 1) -> None:
        """Press a key so many times."""
        for _ in range(times):
            self.keys += 1
            QTest.keyClick(self.window.windowHandle(), key, modifier)
            QApplication.processEvents()

    def ctrl(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, CTRL)

    def enter(self, times: int = 1) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return, times=times)

    def write(self, text: str) -> None:
        """Write into what has the focus."""
        here = QApplication.focusWidget()
        assert here, "something has the focus"
        self.texts += 1
        hands.write(here, text)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        """Click a button by its name."""
        made = self.button(name)
        self.clicks += 1
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def button(self, name: str) -> QAbstractButton:
        """The button of this name that is in sight."""
        found = [
            made
            for made in self.window.findChildren(QAbstractButton)
            if made.isVisible() and name in (made.accessibleName(), made.text().strip())
        ]
        assert found, f"no button {name}: {self.names()}"
        return found[0]

    def names(self) -> list[str]:
        """All buttons in sight."""
        every = self.window.findChildren(QAbstractButton)
        return [made.accessibleName() or made.text() for made in every if made.isVisible()]

    def sees(self, text: str) -> bool:
        """Whether some words are in sight."""
        labels = self.window.findChildren(QLabel)
        return any(text in label.text() for label in labels if label.isVisible())

    def waits(self, until: Callable[[], object]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(lambda: bool(until()), timeout=30_000)

    def settles(self) -> None:
        """Wait for the end of a task, and for the window, which has the keys again then."""
        self.waits(lambda: not tasks.is_running())
        self.window.activateWindow()
        self.waits(self.window.isActiveWindow)

    def comes_to(self, words: str, *keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
        """Press keys that begin a task; if its words are not in sight then, what is is said."""
        for key, modifier in keys:
            self.press(key, modifier)
        self.settles()
        if not self.sees(words):
            seen = [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]
            raise AssertionError(f"no {words} at {self.at}: {seen}, {self.names()}, {self.steps}")

    def notes(self, what: str) -> None:
        """A step is done: remember it, and take a picture if pictures are wanted."""
        self.steps.append(f"{what}: {self.keys} keys, {self.clicks} clicks, {self.texts} texts")
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            QApplication.processEvents()
            self.window.grab().save(str(self.pictures / f"{len(self.steps):02}-{what}.png"))
