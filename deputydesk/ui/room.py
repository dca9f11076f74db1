"""How large a window opens: as it needs at the user's text size, and never beyond the screen."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from deputydesk.ui import style

SHARE = 0.88
"""Of the screen; the rest is for the frame and for what stands behind."""

LEAST = QSize(910, 485)
"""What the program's window needs with its frame, in standard pixels; in less, words are cut."""


def fitting(scale: float) -> float:
    """A text size as the screen has room for it.

    A small screen on which the system enlarges everything may have less than the window needs: then
    the text is enlarged less, and nothing is cut.
    """
    room = QGuiApplication.primaryScreen().availableSize()
    return min(scale, room.width() / LEAST.width(), room.height() / LEAST.height())


def room_on_screen(beside: QWidget) -> QSize:
    """The largest that a window on this widget's screen may be."""
    return beside.screen().availableGeometry().size() * SHARE


def sized(beside: QWidget, width: int, height: int) -> QSize:
    """A size in standard pixels as it is at the user's text size, cut to the screen.

    Args:
        beside: the window, or one on whose screen it opens.
        width: in standard pixels.
        height: as the width.
    """
    return QSize(style.px(width), style.px(height)).boundedTo(room_on_screen(beside))
