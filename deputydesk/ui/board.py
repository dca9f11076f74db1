"""A board: cards in columns, moved through with the arrow keys, opened with Enter."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.cells import pill
from deputydesk.ui.chart import paint_ring
from deputydesk.ui.parts import label
from deputydesk.ui.style import Tone

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
CARD = Qt.ItemDataRole.UserRole
HEIGHT = 104
SCROLL_BAR = 10
CLOSING = "，。、；：？！）》”’"
"""Signs that never begin a line."""
LINE = 18
"""What a headline of two lines adds to the height."""


@dataclass(frozen=True)
class Tag:
    """Words in a coloured field."""

    text: str
    tone: Tone


@dataclass(frozen=True)
class Card:
    """What a card shows; `kind` and `id` say what it opens."""

    kind: str
    id: str
    code: str
    title: str
    below: str
    tone: Tone
    tags: tuple[Tag, ...]

    @property
    def spoken(self) -> str:
        """All of it in a sentence."""
        words = (self.title, self.code, self.below, *(tag.text for tag in self.tags))
        return "，".join(word for word in words if word)


class _Cards(QAbstractListModel):
    """The cards of a column."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[Card] = []

    def show(self, cards: Sequence[Card]) -> None:
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.cards)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        spoken = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return card.spoken if role in spoken else None


class _Painter(QStyledItemDelegate):
    """Paints a card: number, headline, unit and deputy, tags; a bar says how urgent it is."""

    def __init__(self, cards: "CardList") -> None:
        super().__init__(cards)
        self._cards = cards

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        card: Card = index.data(CARD)
        lines = _headline(card.title, self._cards.room())
        return QSize(style.px(100), style.px(HEIGHT) + (len(lines) - 1) * style.px(LINE))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = index.data(CARD)
        c = style.theme()
        # Not whether it is selected: Qt goes to the first card without that when the focus comes.
        at_it = self._cards.hasFocus() and index.row() == self._cards.currentIndex().row()
        is_pointed = at_it or QStyle.StateFlag.State_MouseOver in option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(option.rect).adjusted(1, 1, -3, -8)
        painter.setPen(QPen(QColor(c.accent if is_pointed else c.line), 2 if at_it else 1))
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(field, 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.ink(card.tone).text))
        bar = QRectF(field.x() + 2, field.y() + style.px(12), 3, field.height() - style.px(24))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        headline = _headline(card.title, self._cards.room())
        _write(painter, card, headline, field.adjusted(style.px(13), 0, -style.px(11), 0))
        painter.restore()


@lru_cache(maxsize=2000)
def _cut(title: str, width: int, scale: float) -> tuple[str, ...]:
    """A headline in one or two lines; `scale` only keeps sizes apart."""
    del scale
    metrics = QFontMetrics(style.font(bold=True))
    if metrics.horizontalAdvance(title) <= width:
        return (title,)
    fitting = len(title)
    while fitting > 1 and metrics.horizontalAdvance(title[:fitting]) > width:
        fitting -= 1
    if title[fitting] in CLOSING:
        fitting -= 1
    rest = metrics.elidedText(title[fitting:], Qt.TextElideMode.ElideRight, width)
    return (title[:fitting], rest)


def _headline(title: str, width: int) -> tuple[str, ...]:
    return _cut(title, max(width, style.px(60)), style.scale())


def _write(painter: QPainter, card: Card, headline: tuple[str, ...], field: QRectF) -> None:
    c = style.theme()
    below = 46 + (len(headline) - 1) * LINE
    lines = [(card.code, 7, 11, c.faint, False), (card.below, below, 12, c.sub, False)]
    lines += [(text, 25 + n * LINE, 13, c.text, True) for n, text in enumerate(headline)]
    for text, top, size, ink, bold in lines:
        font = style.font(size, bold=bold)
        line = QRectF(field.x(), field.y() + style.px(top), field.width(), style.px(20))
        cut = QFontMetrics(font).elidedText(
            text, Qt.TextElideMode.ElideRight, int(field.width()) + 1
        )
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, cut)
    at = field.x()
    ratio = painter.device().devicePixelRatioF()
    for tag in card.tags:
        picture = pill(tag.text, tag.tone, style.theme().name, style.scale(), ratio)
        size = picture.deviceIndependentSize()
        if at + size.width() > field.right():
            return
        painter.drawPixmap(round(at), round(field.bottom() - size.height() - style.px(7)), picture)
        at += size.width() + style.px(6)


class CardList(QListView):
    """The cards of one column."""

    opened = Signal(object)
    """The `Card` that was clicked twice or entered."""
    left = Signal(int)
    """Go to the column before (-1) or after (1) this one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = _Cards()
        self._empty = ""
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)

    def show_cards(self, cards: Sequence[Card], empty: str) -> None:
        """Show these; the user stays at the card where they were."""
        kept = self.current()
        self._model.show(cards)
        self._empty = empty
        if not (kept and self.select(kept.id)) and self.hasFocus():
            self._begin()

    def cards(self) -> list[Card]:
        """The cards from the top."""
        return list(self._model.cards)

    def room(self) -> int:
        """Width of a headline, the same whether there is a scroll bar or not."""
        return self.width() - SCROLL_BAR - 4 - style.px(24)

    def current(self) -> Card | None:
        """The card the user is at."""
        index = self.currentIndex()
        return self._model.cards[index.row()] if index.isValid() else None

    def select(self, record_id: str) -> bool:
        """Go to a card; False if it is not in this column."""
        for row, card in enumerate(self._model.cards):
            if card.id == record_id:
                self.setCurrentIndex(self._model.index(row, 0))
                return True
        return False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._begin()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.left.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        if not self._model.cards:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(style.theme().faint))
            top = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            room = self.viewport().rect().adjusted(10, style.px(20), -10, 0)
            painter.drawText(room, top, self._empty)
            if self.hasFocus():
                paint_ring(painter, QRectF(self.viewport().rect()))
            painter.end()

    def _begin(self) -> None:
        """Go to the first card, unless the user is at one."""
        if not self.currentIndex().isValid() and self._model.cards:
            self.setCurrentIndex(self._model.index(0, 0))

    def _open(self) -> None:
        card = self.current()
        if card:
            self.opened.emit(card)


class Board(QWidget):
    """Columns side by side.

    Args:
        titles: names of the columns.
    """

    opened = Signal(object)
    """The `Card` that the user wants to see."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.lists = [CardList(title) for title in titles]
        self._counts = [label("", "sub") for _ in titles]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.px(11))
        for title, cards, count in zip(titles, self.lists, self._counts, strict=True):
            row.addWidget(_well(title, cards, count), 1)
            cards.opened.connect(self.opened)
            cards.left.connect(self._step)
        self.setFocusProxy(self.lists[0])

    def show_column(self, place: int, cards: Sequence[Card], empty: str, total: int) -> None:
        """Show the cards of a column, or what to say if there are none.

        Args:
            place: which column.
            cards: the cards in sight, the most urgent first.
            empty: what to say without any.
            total: how many belong there, in sight or not.
        """
        self.lists[place].show_cards(cards, empty)
        is_cut = total > len(cards)
        self._counts[place].setText(f"{total}（最急 {len(cards)}）" if is_cut else str(total))
        self._counts[place].setToolTip("其余的请用列表查看（Ctrl+L）或搜索" if is_cut else "")

    def select(self, record_id: str) -> None:
        """Go to a card."""
        for cards in self.lists:
            if cards.select(record_id):
                cards.setFocus()
                return

    def _step(self, by: int) -> None:
        """Go to the next column with cards."""
        at = next((n for n, cards in enumerate(self.lists) if cards.hasFocus()), 0)
        to = at + by
        while 0 <= to < len(self.lists):
            if self.lists[to].cards():
                self.lists[to].setFocus()
                return
            to += by


def _well(title: str, cards: CardList, count: QWidget) -> QWidget:
    well = QFrame()
    well.setObjectName("well")
    column = QVBoxLayout(well)
    column.setContentsMargins(style.px(10), style.px(9), style.px(6), style.px(4))
    column.setSpacing(style.px(8))
    head = QHBoxLayout()
    head.addWidget(label(title, "h2"))
    head.addWidget(count)
    head.addStretch(1)
    column.addLayout(head)
    column.addWidget(cards, 1)
    return well
