"""A few words about the window, one control after another; Enter goes on, Esc ends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.parts import Button, button, label

SHADE = 120
"""How dark the rest of the window is, of 255."""
WIDE, MARGIN, GAP, ROUND = 360, 16, 12, 6
"""The bubble's width and margins, how far it keeps from what it tells of, its frame's corners."""


@dataclass(frozen=True)
class Stop:
    """What is pointed at, and what is said of it."""

    at: QWidget
    title: str
    text: str


class Tour(QWidget):
    """Lies over the whole window until it has been gone through or skipped.

    Args:
        window: what is shown.
        stops: what is pointed at, in this order; what is not in sight is passed over.
    """

    ended = Signal()

    def __init__(self, window: QWidget, stops: Sequence[Stop]) -> None:
        super().__init__(window)
        self._window = window
        self._stops = [stop for stop in stops if stop.at.isVisible()]
        self._at = 0
        self._before = window.focusWidget()
        self.setAccessibleName("引导")
        self._bubble = QFrame(self)
        self._bubble.setObjectName("card")
        self._bubble.setFixedWidth(min(style.px(WIDE), window.width() - 2 * style.px(GAP)))
        self._title, self._text = label("", "h2"), label("")
        self._text.setWordWrap(True)
        self._count = label("", "faint")
        self._skip = button("跳过")
        self._skip.setToolTip("跳过（Esc）")
        self._back = button("上一步")
        self._next = button("下一步", primary=True)
        self._lay_out()
        self._skip.clicked.connect(self.end)
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        window.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()
        self._show_stop()

    def end(self) -> None:
        """Take it away; the focus goes back to where it was."""
        self._window.removeEventFilter(self)
        self.hide()
        if self._before:
            self._before.setFocus()
        self.ended.emit()
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
            self._place()
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the keys of the window rest meanwhile
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            at = self.focusWidget()
            (at if isinstance(at, Button) else self._next).click()
        elif key == Qt.Key.Key_Escape:
            self.end()
        elif key == Qt.Key.Key_Right:
            self._go_on()
        elif key == Qt.Key.Key_Left:
            self._go_back()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays with the buttons of the bubble."""
        ring = [made for made in (self._skip, self._back, self._next) if made.isEnabled()]
        at = next_at = 0
        for at, made in enumerate(ring):
            if made.hasFocus():
                next_at = at + (1 if next else -1)
        ring[next_at % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies below is not pressed

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, hole = QPainterPath(), QPainterPath()
        whole.addRect(QRectF(self.rect()))
        frame = QRectF(self._target().adjusted(-4, -4, 4, 4))
        hole.addRoundedRect(frame, ROUND, ROUND)
        painter.fillPath(whole.subtracted(hole), QColor(0, 0, 0, SHADE))
        painter.setPen(QPen(QColor(style.theme().accent), 3))
        painter.drawPath(hole)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._bubble)
        margin = style.px(MARGIN)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(style.px(8))
        column.addWidget(self._title)
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.addWidget(self._count)
        row.addStretch(1)
        for made in (self._skip, self._back, self._next):
            row.addWidget(made)
        column.addLayout(row)

    def _go_on(self) -> None:
        if self._at + 1 == len(self._stops):
            self.end()
        else:
            self._at += 1
            self._show_stop()

    def _go_back(self) -> None:
        if self._at:
            self._at -= 1
            self._show_stop()

    def _show_stop(self) -> None:
        stop, count = self._stops[self._at], len(self._stops)
        is_last = self._at + 1 == count
        self._title.setText(stop.title)
        self._text.setText(stop.text)
        self._count.setText(f"{self._at + 1} / {count}")
        self._back.setEnabled(self._at > 0)
        self._skip.setVisible(not is_last)
        self._next.setText("完成" if is_last else "下一步")
        self._next.setToolTip(f"{self._next.text()}（Enter）")
        self._next.setAccessibleName(self._next.text())
        self._next.setAccessibleDescription(f"{stop.title}。{stop.text}")
        self._bubble.setAccessibleName(f"第 {self._at + 1} 步，共 {count} 步：{stop.title}")
        self._bubble.setAccessibleDescription(stop.text)
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self._bubble, QAccessible.Event.Alert))
        self._place()

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())

    def _target(self) -> QRect:
        at = self._stops[self._at].at
        return QRect(at.mapTo(self._window, QPoint(0, 0)), at.size())

    def _place(self) -> None:
        """Put the bubble below what it tells of, or above it where there is no room."""
        inside = self._bubble.width() - 2 * style.px(MARGIN)
        self._text.setFixedHeight(self._text.heightForWidth(inside))
        self._bubble.adjustSize()
        target, gap, size = self._target(), style.px(GAP), self._bubble.size()
        top = target.bottom() + gap
        if top + size.height() + gap > self.height():
            top = max(target.top() - gap - size.height(), gap)
        left = min(max(target.left(), gap), self.width() - size.width() - gap)
        self._bubble.move(left, top)
        self.update()
