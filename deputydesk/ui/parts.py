"""The small pieces that pages are put together from, in one manner."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QPainter, QPaintEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deputydesk.late import override
from deputydesk.ui import style
from deputydesk.ui.flow import Flow
from deputydesk.ui.icons import icon


def label(text: str, kind: str = "") -> QLabel:
    """A piece of text: `h1`, `h2`, `sub`, `faint` or plain."""
    made = QLabel(text)
    made.setObjectName(kind)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


class Yielding(QLabel):
    """A piece of text that gives way to what stands beside it: cut with …, whole in its tooltip."""

    def __init__(self, text: str = "", kind: str = "") -> None:
        super().__init__()
        self.setObjectName(kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(1)
        self.setText(text)

    @override
    def setText(self, arg__1: str) -> None:
        super().setText(arg__1)
        self.setToolTip(arg__1)

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        room, metrics = self.contentsRect(), self.fontMetrics()
        if metrics.horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(arg__1)
            return
        cut = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment(), cut)
        painter.end()


def press_by(made: QAbstractButton, key: str, owner: QWidget | None = None) -> None:
    """Press a button by a key of the window, at once; Qt's own way waits a tenth of a second.

    The key works while the owner is in sight: the button, unless another is named.
    """
    QShortcut(QKeySequence(key), owner or made).activated.connect(made.click)


class Button(QPushButton):
    """A button whose sign follows text size and theme."""

    def __init__(self, text: str, icon_name: str = "", *, primary: bool = False) -> None:
        super().__init__(f" {text}" if icon_name else text)
        self._icon = icon_name
        self.setAccessibleName(text.replace("&", ""))
        self.setAutoDefault(False)
        if primary:
            self.setObjectName("primary")
        self._draw()

    def set_key(self, key: str) -> None:
        """Press it by a key of the window; the tooltip names the key."""
        for each in {key, key.replace("Enter", "Return")}:  # Qt's Enter is the number pad's
            press_by(self, each)
        self.setToolTip(f"{self.accessibleName()}（{key}）")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange):
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        if self._icon:
            is_filled = self.objectName() == "primary" and self.isEnabled()
            colour = style.theme().on_accent if is_filled else ""
            self.setIcon(icon(self._icon, colour=colour, size=16))
            self.setIconSize(QSize(style.px(16), style.px(16)))


class IconButton(QToolButton):
    """A flat button that is only a sign; its name is spoken and shown as a tooltip."""

    def __init__(self, name: str, icon_name: str, key: str = "") -> None:
        super().__init__()
        self._icon = icon_name
        self._key = key
        self.setObjectName("flat")
        if key:
            press_by(self, key)
        self.set_name(name)
        self._draw()

    def set_name(self, name: str) -> None:
        """Say what it does now: 撤销：登记进家接待."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}（{self._key}）" if self._key else name)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self.setIcon(icon(self._icon))
        self.setIconSize(QSize(style.px(18), style.px(18)))


def button(text: str, icon_name: str = "", *, primary: bool = False) -> Button:
    """A button in the window's manner; the primary one is what most people want here."""
    return Button(text, icon_name, primary=primary)


class Scroll(QScrollArea):
    """A place that scrolls up and down; Ctrl and the wheel are left to the window."""

    spoken_as = QAccessible.Role.Grouping

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("clear")
        inside.setObjectName("clear")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    @override
    def wheelEvent(self, arg__1: QWheelEvent) -> None:
        if arg__1.modifiers() & Qt.KeyboardModifier.ControlModifier:
            arg__1.ignore()
        else:
            super().wheelEvent(arg__1)


def reading_place(name: str) -> QScrollArea:
    """A place to read long things in, which keys scroll; its inside is put there later."""
    area = QScrollArea()
    area.setObjectName("reading")
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


class Chips(QWidget):
    """A row of round buttons of which one is pressed: 全部 1207 | 本月 64 | 逾期 4.

    Where they do not fit, they go on in a second line; the window never grows for them.
    Connect `group.idToggled(int, bool)` or ask `chosen()`.
    """

    spoken_as = QAccessible.Role.Grouping

    def __init__(self, texts: tuple[str, ...] = (), name: str = "筛选") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.group = QButtonGroup(self)
        self._row = Flow(self, gap=7, fills=False)
        self._row.setContentsMargins(0, 0, 0, 0)
        for number, text in enumerate(texts):
            self._add(text, number)

    def chosen(self) -> int:
        """Place of the pressed one."""
        return self.group.checkedId()

    def set_text(self, number: int, text: str) -> None:
        """Change the words of one, such as its count."""
        self.group.button(number).setText(text)

    def add(self, widget: QWidget) -> None:
        """Put something after them: a saved view."""
        self._row.addWidget(widget)

    def drop(self, widget: QWidget) -> None:
        """Take away what was put there."""
        self._row.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _add(self, text: str, number: int) -> None:
        made = QPushButton(text)
        made.setObjectName("chip")
        made.setCheckable(True)
        made.setChecked(number == 0)
        made.setAutoDefault(False)
        self.group.addButton(made, number)
        self._row.addWidget(made)


def card(
    title: str = "", note: str = "", *, beside: QWidget | None = None
) -> tuple[QFrame, QVBoxLayout]:
    """A white field with a heading (if any); returns it and where its contents go.

    Args:
        title: the heading.
        note: small text at the right of it.
        beside: a widget at the right of it, such as a legend.
    """
    frame = QFrame()
    frame.setObjectName("card")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(style.px(16), style.px(12), style.px(16), style.px(12))
    inside.setSpacing(style.px(8))
    if title:
        frame.setAccessibleName(title)
        row = QHBoxLayout()
        row.addWidget(label(title, "h2"))
        row.addStretch(1)
        row.addWidget(beside or label(note, "faint"))
        inside.addLayout(row)
    return frame, inside


def emptied(layout: QLayout) -> None:
    """Take everything away that stands in a layout."""
    while (old := layout.takeAt(0)) is not None:
        if widget := old.widget():
            widget.hide()
            widget.deleteLater()


def framed(*inside: QWidget) -> QFrame:
    """A list on a white field with a thin frame; what stands above it comes first."""
    frame = QFrame()
    frame.setObjectName("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    for widget in inside:
        column.addWidget(widget)
    column.setStretch(len(inside) - 1, 1)
    return frame
