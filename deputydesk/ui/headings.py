"""The columns of a list: chosen, moved and widened by the user, and fitted into the window."""

from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from deputydesk.ui import style
from deputydesk.ui.cells import most_of, width_of
from deputydesk.ui.column_widths import Wish, shared
from deputydesk.ui.list_memory import Layout, ListMemory
from deputydesk.ui.rows_model import RowsModel

OPEN, LEAST, FAIR = 110, 80, 240
"""Standard pixels an open column should have, always has, and may take before the others."""
SAVE_MS = 250
"""A column that is being dragged is kept when the hand rests."""
LEFT, RIGHT, USUAL = "左移一列", "右移一列", "恢复默认"


class Headings(QObject):
    """Looks after the columns of a table.

    Args:
        table: the view.
        rows: its model; its columns are known by their headings.
    """

    def __init__(self, table: QTableView, rows: RowsModel[Any]) -> None:  # Any: of any row
        super().__init__(table)
        self._table = table
        self._rows = rows
        self._layout = Layout()
        self._memory: ListMemory | None = None
        self._name = ""
        self._needs: dict[int, int] = {}
        self._room = 0
        self._at = -1
        self._is_ours = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self._note)
        bar = table.horizontalHeader()
        bar.setSectionsMovable(True)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        bar.customContextMenuRequested.connect(self._open_menu)
        bar.sectionResized.connect(self._widen)
        bar.sectionMoved.connect(self._move)
        bar.sortIndicatorChanged.connect(self._sort)

    @property
    def layout(self) -> Layout:
        """The columns as they are, to be kept."""
        now = self._layout
        asked = self._rows.arrangement
        return Layout(
            self._titles() if now.order else [],
            None if now.hidden is None else list(now.hidden),
            dict(now.widths),
            asked.column,
            asked.is_down,
        )

    def remember(self, memory: ListMemory, name: str) -> None:
        """Be as the user left it, and keep what they change."""
        self._memory, self._name = memory, name
        self.show_layout(memory.layout(name))

    def show_layout(self, layout: Layout) -> None:
        """Have the columns so."""
        self._layout = layout
        self._is_ours = True
        self._put_in_order()
        self._is_ours = False
        asked = self._rows.arrangement
        if (layout.column, layout.is_down) != (asked.column, asked.is_down):
            down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
            self._is_ours = True
            self._table.sortByColumn(self._number(layout.column), down if layout.is_down else up)
            self._is_ours = False
        self.fit()

    def shown(self) -> list[int]:
        """The columns in sight, from the left."""
        bar = self._table.horizontalHeader()
        order = map(bar.logicalIndex, range(bar.count()))
        return [n for n in order if not self._table.isColumnHidden(n)]

    def add_to(self, menu: QMenu, number: int) -> None:
        """Offer what can be done with the columns, and with the one of this number."""
        self._at = number
        for text, key in ((LEFT, "Ctrl+Shift+Left"), (RIGHT, "Ctrl+Shift+Right")):
            action = menu.addAction(text)
            action.setShortcut(QKeySequence(key))
            action.setData(text)
        menu.addSeparator()
        hidden = self._layout.hidden or []
        for column in self._rows.columns:
            action = menu.addAction(_flat(column.title))
            action.setCheckable(True)
            action.setChecked(column.title not in hidden)
            action.setEnabled(column.title in hidden or len(hidden) + 1 < len(self._rows.columns))
            action.setData(column)
        menu.addSeparator()
        menu.addAction(USUAL).setData(USUAL)
        menu.triggered.connect(self.take)

    def take(self, action: QAction) -> None:
        """Do what was chosen of the menu."""
        chosen = action.data()
        if chosen in (LEFT, RIGHT):
            self.move(self._at, -1 if chosen == LEFT else 1)
        elif chosen == USUAL:
            self.show_layout(Layout())
            if self._memory:
                self._memory.keep_layout(self._name, None)
        elif chosen in self._rows.columns:
            self._show(chosen.title, is_shown=action.isChecked())

    def move(self, number: int, by: int) -> None:
        """Move a column past the next one in sight."""
        shown = self.shown()
        place = shown.index(number) + by if number in shown else -1
        if 0 <= place < len(shown):
            bar = self._table.horizontalHeader()
            bar.moveSection(bar.visualIndex(number), bar.visualIndex(shown[place]))

    def measure(self, many: int) -> bool:
        """Find out what the texts of the first rows need.

        What they once needed stays, or columns would jump.
        """
        before = dict(self._needs)
        of_heading, gap = QFontMetrics(style.font(12)), style.px(26)
        for n, column in enumerate(self._rows.columns):
            if n not in self._needs:
                lines = column.title.split("\n")
                self._needs[n] = gap + max(map(of_heading.horizontalAdvance, lines))
        for row in range(min(many, self._rows.rowCount())):
            for n, cell in enumerate(self._rows.cells(row, range(len(self._rows.columns)))):
                if most_of(cell) > self._needs[n]:
                    self._needs[n] = max(self._needs[n], width_of(cell))
        return self._needs != before

    def forget_needs(self) -> None:
        """Texts are of another size now."""
        self._needs.clear()

    def fit(self, room: int | None = None) -> None:
        """Hide columns that may go until the rest has room; then give each what it needs.

        Args:
            room: pixels there are, if that changed. It is told by the event: the first `viewport()`
                has PySide6 load every kind of widget.
        """
        self._room = self._room if room is None else room
        if not self._room:
            return
        widths = self._widths()
        self._is_ours = True
        for n in range(len(self._rows.columns)):
            self._table.setColumnHidden(n, n not in widths)
            if n in widths:
                self._table.setColumnWidth(n, widths[n])
        self._is_ours = False
        is_wider = sum(widths.values()) > self._room > 0
        on, off = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._table.setHorizontalScrollBarPolicy(on if is_wider else off)

    def _widths(self) -> dict[int, int]:
        """How wide each column in sight is."""
        columns, hidden = self._rows.columns, self._layout.hidden or []
        wishes = {n: self._wish(n) for n, c in enumerate(columns) if c.title not in hidden}
        fair = style.px(FAIR)
        droppable = [n for n in wishes if columns[n].drop]
        for n in sorted(droppable, key=lambda n: columns[n].drop):
            least = sum(
                min(max(w.need, style.px(OPEN)), fair) if w.is_open else w.least
                for w in wishes.values()
            )
            if least > self._room and len(wishes) > 1:
                del wishes[n]
        by_hand = {n: w.width for n, w in wishes.items() if columns[n].title in self._layout.widths}
        others = {n: w for n, w in wishes.items() if n not in by_hand}
        rest = shared(self._room - sum(by_hand.values()), list(others.values()), fair)
        return by_hand | dict(zip(others, rest, strict=True))

    def _wish(self, number: int) -> Wish:
        column = self._rows.columns[number]
        by_hand = self._layout.widths.get(column.title)
        if by_hand is not None:
            return Wish(style.px(by_hand), style.px(by_hand))
        width = column.width
        return Wish(style.px(width or LEAST), self._needs.get(number, 0), is_open=not width)

    def _show(self, title: str, *, is_shown: bool) -> None:
        hidden = [t for t in self._layout.hidden or [] if t != title]
        self._layout.hidden = hidden if is_shown else [*hidden, title]
        self.fit()
        self._note()

    def _put_in_order(self) -> None:
        bar = self._table.horizontalHeader()
        made = [column.title for column in self._rows.columns]
        known = [title for title in self._layout.order if title in made]
        if known:
            known += [title for title in made if title not in known]
        for place, title in enumerate(known or made):
            bar.moveSection(bar.visualIndex(self._number(title)), place)

    def _titles(self) -> list[str]:
        bar = self._table.horizontalHeader()
        return [self._rows.columns[bar.logicalIndex(n)].title for n in range(bar.count())]

    def _number(self, title: str) -> int:
        return next((n for n, c in enumerate(self._rows.columns) if c.title == title), -1)

    def _widen(self, number: int, _before: int, width: int) -> None:
        if not self._is_ours and width:
            self._layout.widths[self._rows.columns[number].title] = round(width / style.scale())
            self._timer.start()

    def _move(self, _number: int, _from: int, _to: int) -> None:
        if not self._is_ours:
            self._layout.order = self._titles()
            self._timer.start()

    def _sort(self, _number: int, _order: Qt.SortOrder) -> None:
        if not self._is_ours:
            self._timer.start()

    def _note(self) -> None:
        """Keep how it is now; the other columns share the room that is left."""
        self.fit()
        if self._memory:
            self._memory.keep_layout(self._name, self.layout)

    def _open_menu(self, at: QPoint) -> None:
        bar = self._table.horizontalHeader()
        menu = own_menu(self._table)
        self.add_to(menu, bar.logicalIndexAt(at))
        menu.popup(bar.mapToGlobal(at))


def own_menu(parent: QWidget) -> QMenu:
    """A menu that goes away when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _flat(title: str) -> str:
    return title.replace("\n", "") or "（无标题）"
