"""The list that drops down below a line while one types: names with details, moved with keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from deputydesk.rules.names import initials, search_text
from deputydesk.ui import style

MOST = 60
"""Lines in the list: who has typed two letters needs no more."""
IN_SIGHT = 9


@dataclass(frozen=True)
class Candidate:
    """Something that may be chosen: what it is called, and what tells it from its namesakes.

    `group` stands at the right of the line: what kind of thing begins here.
    """

    id: str
    name: str
    detail: str = ""
    group: str = ""


@lru_cache(maxsize=20_000)
def _keys(name: str) -> tuple[str, tuple[str, ...]]:
    return search_text(name), initials(name)


def matching(candidates: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Those that someone means who types this: by characters, or by pinyin initials.

    Names that begin with it come first.
    """
    wanted = search_text(typed)
    letters = wanted.replace(" ", "")
    ranked: list[tuple[int, int, Candidate]] = []
    for place, candidate in enumerate(candidates):
        name, readings = _keys(candidate.name)
        if name.startswith(wanted):
            rank = 0
        elif any(reading.startswith(letters) for reading in readings):
            rank = 1
        elif wanted in name or any(letters in reading for reading in readings):
            rank = 2
        elif wanted in search_text(candidate.detail):
            rank = 3
        else:
            continue
        ranked.append((rank, place, candidate))
    ranked.sort(key=lambda found: found[:2])
    return [candidate for _, _, candidate in ranked]


GROUP = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class _Model(QAbstractListModel):
    """The candidates in the list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Candidate] = []

    def show(self, rows: Sequence[Candidate]) -> None:
        self.beginResetModel()
        self.rows = list(rows[:MOST])
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (row.group, row.name, row.detail)))
        if role == GROUP:
            return row.group
        return row.detail if role == Qt.ItemDataRole.UserRole else None


class _Line(QStyledItemDelegate):
    """Paints a candidate: its name, and the detail in grey."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = style.theme()
        rect: QRect = option.rect
        if QStyle.StateFlag.State_Selected in option.state:
            painter.fillRect(rect, QColor(c.sel))
        inside = rect.adjusted(style.px(10), 0, -style.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        inside.setRight(inside.right() - self._paint_group(painter, inside, index.data(GROUP)))
        metrics = QFontMetrics(style.font())
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, inside.width())
        painter.setFont(style.font())
        painter.setPen(QColor(c.text))
        painter.drawText(inside, middle, name)
        inside.setLeft(inside.left() + metrics.horizontalAdvance(name) + style.px(10))
        detail = QFontMetrics(style.font(12)).elidedText(
            index.data(Qt.ItemDataRole.UserRole), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.setFont(style.font(12))
        painter.setPen(QColor(c.sub))
        painter.drawText(inside, middle, detail)

    def _paint_group(self, painter: QPainter, inside: QRect, group: str) -> int:
        """Write at the right what begins here; returns the width that it takes."""
        if not group:
            return 0
        painter.setFont(style.font(12))
        painter.setPen(QColor(style.theme().faint))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, group)
        return QFontMetrics(style.font(12)).horizontalAdvance(group) + style.px(10)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(style.px(160), style.px(28))


class Choices(QListView):
    """The list below a line; the line keeps the focus and hands on the keys."""

    chosen = Signal(object)
    """The `Candidate` that was clicked or entered."""

    def __init__(self, owner: QWidget, name: str) -> None:
        super().__init__(owner)
        self._owner = owner
        self._model = _Model()
        self.setObjectName("choices")
        self.setAccessibleName(name)
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setModel(self._model)
        self.setItemDelegate(_Line(self))
        self.clicked.connect(self._choose)

    def offer(self, rows: Sequence[Candidate], *, is_marked: bool = True) -> None:
        """Drop down with these, or go away if there are none.

        Args:
            rows: what may be chosen.
            is_marked: Enter takes the first one; else Enter keeps what was typed until Down.
        """
        self._model.show(rows)
        if not rows:
            self.hide()
            return
        self.setCurrentIndex(self._model.index(0, 0) if is_marked else NOWHERE)
        self._place()
        self.show()

    def current(self) -> Candidate | None:
        """The marked one."""
        index = self.currentIndex()
        return self._model.rows[index.row()] if self.isVisible() and index.isValid() else None

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key of the line means for the list; False if it means nothing to it."""
        if not self.isVisible():
            return False
        steps = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}
        steps |= {Qt.Key.Key_PageDown.value: IN_SIGHT, Qt.Key.Key_PageUp.value: -IN_SIGHT}
        if event.key() in steps:
            self._step(steps[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self.current():
                return False
            self._choose()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        to = min(max(self.currentIndex().row() + by, 0), self._model.rowCount() - 1)
        self.setCurrentIndex(self._model.index(to, 0))

    def _choose(self) -> None:
        candidate = self.current()
        self.hide()
        if candidate is not None:
            self.chosen.emit(candidate)

    def _place(self) -> None:
        """Below the line, or above it where the screen ends."""
        lines = min(self._model.rowCount(), IN_SIGHT)
        height = lines * style.px(28) + 4
        width = max(self._owner.width(), style.px(220))
        at = self._owner.mapToGlobal(QPoint(0, self._owner.height() + 2))
        screen = self._owner.screen().availableGeometry()
        if at.y() + height > screen.bottom():
            at.setY(at.y() - height - self._owner.height() - 4)
        at.setX(min(at.x(), screen.right() - width))
        self.setGeometry(at.x(), at.y(), width, height)
