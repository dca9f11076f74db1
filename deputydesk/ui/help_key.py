"""F1, wherever it is pressed: the paragraph of the manual about what is in hand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deputydesk.ui.main_window import MainWindow

KEY = "F1"
HEARD = "hears F1"
OURS = "deputydesk."
"""Qt's own windows, to choose files and to tell, have no paragraph."""


class HelpKey(QObject):
    """Gives F1 to every window that opens; the main window's own button hears it there."""

    def __init__(self, app: QApplication, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        app.focusWindowChanged.connect(self._hear)

    def show(self) -> None:
        """Open the manual at what is about the field, window or page that has the focus."""
        from deputydesk.ui.dialogs.manual import Manual, show_manual

        top = QApplication.activeWindow() or self._window
        if isinstance(top, Manual):
            return
        place, words = about(QApplication.focusWidget() or top, top, self._window)
        for open_now in self._window.findChildren(Manual):
            if open_now.parent() is not top:
                open_now.close()  # a window that waits for an answer does not let it be used
        show_manual(top, place, *words)

    def _hear(self, _window: QWindow | None) -> None:
        top = QApplication.activeWindow()
        is_ours = isinstance(top, QDialog) and type(top).__module__.startswith(OURS)
        if top is None or not is_ours or top.property(HEARD):
            return
        top.setProperty(HEARD, True)
        QShortcut(QKeySequence(KEY), top).activated.connect(self.show)


def about(focus: QWidget, top: QWidget, window: "MainWindow") -> tuple[str, list[str]]:
    """Where the manual tells of it, and the words to look for there, the likeliest first."""
    from deputydesk.ui import manual_places as places
    from deputydesk.ui.fields import Field
    from deputydesk.ui.register_view import AnyView, RegisterView

    words = [up.text for up in _upwards(focus) if isinstance(up, Field)]
    if top is not window:
        words.append(top.windowTitle())
        for kind in type(top).__mro__:
            if kind.__name__ in places.DIALOGS:
                return places.DIALOGS[kind.__name__], words
    views: list[AnyView] = window.page.findChildren(RegisterView) if window.page else []
    titles = [view.register.title for view in views if view.isVisible()]
    for title in titles:
        if title in places.REGISTERS:
            return places.REGISTERS[title], [*words, title]
    return places.PAGES.get(window.at, ""), words


def _upwards(widget: QWidget | None) -> "Iterator[QWidget]":
    while widget is not None:
        yield widget
        widget = widget.parentWidget()
