"""A monkey at the desk: it clicks, types and rolls without a plan, the same way for the same seed.

Each action is queued before the one at hand is done, so that the monkey goes on in the dialogs,
menus and boxes that an action opens.
"""

import random
import sys
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QEventLoop, QPoint, QPointF, QProcess, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QMessageBox,
    QWidget,
)
from shiboken6 import isValid

from deputydesk.errors import UserError
from deputydesk.ui import messages
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.pages import PAGES
from deputydesk.ui.tasks import TaskDialog, board

BOX_EXEC = QMessageBox.exec
"""Message boxes really open for the monkey; other tests only read them."""
WORDS = (
    "王",
    "水管",
    "王伟",
    "五当召镇",
    "村里的路灯坏了，晚上看不见",
    "张三；李四",
    "３月5日",
    "（",
)
ASCII = "0123456789.,-/:abgswz "
KEYS = (
    *((key, "") for key in ("Tab", "Backtab", "Up", "Down", "Left", "Right", "Home", "End")),
    *((key, "") for key in ("PageUp", "PageDown", "Return", "Escape", "Delete", "Backspace")),
    *((key, "") for key in ("Space", "F1", "F2", "F3", "F4", "F5", "Insert")),
    *((key, "Ctrl") for key in ("N", "S", "Z", "Y", "F", "P", "V", "D", "C", "X", "A", "Return")),
    *((key, "Ctrl") for key in ("Plus", "Minus", "Home", "End", "E", "Delete")),
    *((key, "Alt") for key in ("Left", "Right", "Down", "D", "H", "N")),
    *((key, "Shift") for key in ("Down", "Up", "Tab", "F2")),
)
MODIFIERS = {
    "": Qt.KeyboardModifier.NoModifier,
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
STAY = 60
"""So many actions at most in one dialog, then it is closed."""
REMEMBERED = 25
"""So many of the last actions are told when something goes wrong."""
UNSEEN = ("This plugin does not support", "propagateSizeHints")


class Monkey:
    """Does so many actions on a window; `faults` says what went wrong, `told` what it did last.

    Args:
        window: the main window, shown.
        seed: the same seed does the same.
        folder: where "saved" files go and "opened" files come from.
        log: where each action is written before it is done; a crash leaves it readable.
    """

    def __init__(
        self, window: MainWindow, seed: int, folder: Path, log: TextIO | None = None
    ) -> None:
        self.faults: list[str] = []
        self.told: deque[str] = deque(maxlen=REMEMBERED)
        self.done = 0
        self._window = window
        self._folder = folder
        self._log = log
        self._chance = random.Random(seed)
        self._wanted = 0
        self._pages: list[str] = []
        self._stayed: tuple[QWidget | None, int] = (None, 0)
        self._loop = QEventLoop()

    def run(self, actions: int) -> None:
        """Do so many actions, stopping at the first fault; dialogs are closed at the end."""
        self._wanted = actions
        QTimer.singleShot(0, self._tick)
        self._loop.exec()

    def note_error(self, error: BaseException) -> None:
        """Take an error that nobody caught."""
        if isinstance(error, UserError):
            messages.show_error(error)
        else:
            self.faults.append("".join(traceback.format_exception(error)))

    def note_message(self, text: str) -> None:
        """Take what Qt said."""
        if not any(unseen in text for unseen in UNSEEN):
            self.faults.append(f"Qt: {text}")

    def story(self) -> str:
        """What it did last and what came of it."""
        return "\n".join([*self.told, f"after {self.done} actions:", *self.faults])

    # ------------------------------------------------------------------ stubs

    def stub(self, set_attribute: Callable[..., None]) -> None:
        """Let nothing leave the program: no file dialog of the system, no other program."""
        set_attribute(QMessageBox, "exec", BOX_EXEC)
        set_attribute(QDesktopServices, "openUrl", lambda *_: True)
        set_attribute(QProcess, "startDetached", lambda *_: (True, 1))
        set_attribute(QFileDialog, "getOpenFileName", lambda *_: (self._file_to_open(), ""))
        set_attribute(QFileDialog, "getOpenFileNames", lambda *_: (self._files_to_open(), ""))
        set_attribute(QFileDialog, "getSaveFileName", lambda *a: (self._file_to_save(a), ""))
        set_attribute(QFileDialog, "getExistingDirectory", lambda *_: self._some_folder())

    def _file_to_open(self) -> str:
        files = sorted(str(path) for path in self._folder.iterdir() if path.is_file())
        return self._chance.choice(["", *files])

    def _files_to_open(self) -> list[str]:
        return [name for name in (self._file_to_open(),) if name]

    def _file_to_save(self, asked: tuple[object, ...]) -> str:
        name = Path(str(asked[2])).name if len(asked) > 2 else "out"
        return self._chance.choice(["", str(self._folder / (name or "out"))])

    def _some_folder(self) -> str:
        return self._chance.choice(["", str(self._folder)])

    # ------------------------------------------------------------------ acting

    def _tick(self) -> None:
        if self.faults or self.done >= self._wanted:
            self._leave()
            return
        QTimer.singleShot(5 if board().running else 0, self._tick)
        if isinstance(QApplication.activeModalWidget(), TaskDialog) and board().running:
            return  # how long it takes must not change what comes after
        where = self._where()
        self._act(where)

    def _leave(self) -> None:
        """Close what stands in the way, one after the other, then end."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is not None and top is not self._window:
            QTimer.singleShot(0, self._leave)
            _dismiss(top)
        elif board().running:
            QTimer.singleShot(20, self._leave)
        else:
            self._loop.quit()

    def _where(self) -> QWidget:
        """The menu, dialog or window that gets the next action."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        modal = QApplication.activeModalWidget()
        if modal is not None:
            return modal
        others = [
            w
            for w in QApplication.topLevelWidgets()
            if w.isVisible() and w is not self._window and w.isWindow() and _is_ours(w)
        ]
        return self._chance.choice([self._window, *others]) if others else self._window

    def _act(self, where: QWidget) -> None:
        at, stayed = self._stayed
        self._stayed = (where, stayed + 1) if at is where else (where, 0)
        if where is not self._window and self._stayed[1] > STAY:
            self._tell(f"close {_name(where)}")
            _dismiss(where)
            return
        kind = self._chance.choices(
            ("click", "double", "right", "key", "type", "write", "wheel", "page", "drag"),
            (40, 6, 3, 26, 8, 8, 5, 3, 1),
        )[0]
        if kind == "page" and where is self._window:
            self._go()
        elif kind in ("key", "type", "write"):
            self._press(kind, where)
        else:
            self._point(kind, where)

    def _go(self) -> None:
        if not self._pages:
            self._pages = [page.name for page in PAGES]
            self._chance.shuffle(self._pages)
        name = self._pages.pop()
        self._tell(f"page {name}")
        self._window.go(name)

    def _press(self, kind: str, where: QWidget) -> None:
        focus = where if isinstance(where, QMenu) else QApplication.focusWidget() or where
        if kind == "write":
            text = self._chance.choice(WORDS)
            self._tell(f"write {text} into {_name(focus)}")
            QApplication.sendEvent(focus, QInputMethodEvent("pin'yin", []))
            if self._chance.random() < 0.2:  # a key while spelling: the input method has it
                QTest.keyClick(focus, Qt.Key.Key_Escape)
            if isValid(focus):
                commit = QInputMethodEvent()
                commit.setCommitString(text)
                QApplication.sendEvent(focus, commit)
        elif kind == "type":
            text = "".join(self._chance.choices(ASCII, k=self._chance.randint(1, 6)))
            self._tell(f"type {text!r} into {_name(focus)}")
            for letter in text:
                if isValid(focus):
                    QTest.keyClicks(focus, letter)
        else:
            name, modifier = self._chance.choice(KEYS)
            self._tell(f"key {modifier} {name} to {_name(focus)}")
            # Not to the window's handle: that would do further actions between press and release.
            QTest.keyClick(focus, Qt.Key[f"Key_{name}"], MODIFIERS[modifier])

    def _point(self, kind: str, where: QWidget) -> None:
        target = self._target(where)
        if target is None:
            return
        spot = QPoint(
            self._chance.randrange(max(1, target.width())),
            self._chance.randrange(max(1, target.height())),
        )
        self._tell(f"{kind} {_name(target)} at {spot.x()},{spot.y()}")
        modifier = self._chance.choices(list(MODIFIERS.values()), (20, 2, 0, 2))[0]
        if kind == "double":
            QTest.mouseDClick(target, Qt.MouseButton.LeftButton, modifier, spot)
        elif kind == "right":
            at = target.mapToGlobal(spot)
            QApplication.sendEvent(
                target, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, at)
            )
        elif kind == "wheel":
            _roll(target, spot, self._chance.choice((-360, -120, 120, 360)), modifier)
        elif kind == "drag":
            to = QPoint(self._chance.randrange(-50, 50), self._chance.randrange(-50, 50))
            QTest.mousePress(target, Qt.MouseButton.LeftButton, modifier, spot)
            if isValid(target):
                QTest.mouseMove(target, spot + to)
            if isValid(target):
                QTest.mouseRelease(target, Qt.MouseButton.LeftButton, modifier, spot + to)
        else:
            QTest.mousePress(target, Qt.MouseButton.LeftButton, modifier, spot)
            if isValid(target):
                QTest.mouseRelease(target, Qt.MouseButton.LeftButton, modifier, spot)

    def _target(self, where: QWidget) -> QWidget | None:
        """A widget in sight that a mouse could reach: what lies at a place, not what is behind."""
        found = [
            w
            for w in where.findChildren(QWidget)
            if w.isVisible()
            and w.isEnabled()
            and w.window() is where
            and not w.visibleRegion().isEmpty()
        ]
        found = [w for w in found if not any(c.isVisible() for c in _children(w))] or found
        return self._chance.choice(found) if found else where

    def _tell(self, what: str) -> None:
        self.done += 1
        line = f"{self.done}: {what}"
        self.told.append(line)
        if self._log:
            self._log.write(line + "\n")
            self._log.flush()


def _children(widget: QWidget) -> list[QWidget]:
    own = Qt.FindChildOption.FindDirectChildrenOnly
    return (
        [] if isinstance(widget, QAbstractItemView) else widget.findChildren(QWidget, options=own)
    )


def _is_ours(window: QWidget) -> bool:
    """Whether it is a window that a person sees, not a tooltip or a list below a field."""
    kinds = (Qt.WindowType.Window, Qt.WindowType.Dialog)
    return window.windowType() in kinds


def _dismiss(window: QWidget) -> None:
    if isinstance(window, QMessageBox):
        window.reject() if window.escapeButton() else window.done(0)
    elif isinstance(window, QDialog):
        window.reject()
    else:
        window.close()


def _roll(target: QWidget, spot: QPoint, by: int, modifier: Qt.KeyboardModifier) -> None:
    at = QPointF(spot)
    event = QWheelEvent(
        at,
        QPointF(target.mapToGlobal(spot)),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def _name(widget: QWidget) -> str:
    said = widget.accessibleName() or widget.objectName() or widget.windowTitle()
    of = widget.parentWidget()
    inside = f" in {type(of).__name__}" if of else ""
    return f"{type(widget).__name__} “{said[:30]}”{inside}"


def main_memory() -> float:
    """Memory that this process holds now, in MB."""
    if not sys.platform.startswith("linux"):
        return 0.0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6
