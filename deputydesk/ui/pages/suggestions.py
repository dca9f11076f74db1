"""Suggestions of deputies and opinions of voters: a board of what goes on, and the ledger."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget
from typing_extensions import override

from deputydesk.models import (
    Assignment,
    Commitment,
    Cosigner,
    Extension,
    Feedback,
    Opinion,
    Person,
    Record,
    Reply,
    Suggestion,
    Talk,
    Unit,
    Urging,
)
from deputydesk.operations import casework_list, units
from deputydesk.operations.casework_list import CasePart
from deputydesk.operations.handling import Column as Place
from deputydesk.rules.deadlines import Due, due_state
from deputydesk.ui import style
from deputydesk.ui import suggestion_lists as lists
from deputydesk.ui.board import Board, Card
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.opinion import OpinionDialog
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.dialogs.suggestion import SuggestionDialog
from deputydesk.ui.dialogs.suggestion_entry import entry_dialog
from deputydesk.ui.list_memory import View
from deputydesk.ui.more_menu import MoreMenu
from deputydesk.ui.office_column import with_office
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, framed, label
from deputydesk.ui.past_action import PastAction
from deputydesk.ui.saved_views import SavedViews
from deputydesk.ui.style import Tone
from deputydesk.ui.table import RowsTable

PARTS = tuple(CasePart)
ALL, SUGGESTIONS, OPINIONS, KEY = range(len(PARTS))
CHIPS = tuple(part.label for part in PARTS)
BOARD = "看板"
MOST = 60
"""Cards of a column: the most urgent ones; the rest is counted, and found by searching."""
TITLES = {Place.WAITING: "待审核、待交办", Place.ANSWERED: "已答复待征询"}
EMPTY = {
    Place.WAITING: "没有等待审核、交办的。\n按 Ctrl+J 登记一件建议。",
    Place.HANDLING: "没有正在办理的。\n交办以后在这里。",
    Place.ANSWERED: "没有等待征询的。\n登记答复以后在这里。",
    Place.REHANDLE: "没有重新办理的。",
    Place.DONE: "本月还没有办结的。",
}
LEGEND = (("逾期", Tone.RED), ("三天内", Tone.AMBER), ("正常", Tone.BLUE), ("办结", Tone.GREEN))


class SuggestionsPage(Page):
    """The board, and the ledger behind it."""

    title = "意见建议督办"
    finds = True
    shows = frozenset(
        (
            Assignment,
            Commitment,
            Cosigner,
            Extension,
            Feedback,
            Opinion,
            Person,
            Reply,
            Suggestion,
            Talk,
            Unit,
            Urging,
        )
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self._urgent, self._all = lists.NOTHING, None
        self._counts: dict[CasePart, int] = {}
        self.chips = Chips(CHIPS, "范围")
        self.board = Board([TITLES.get(place, place.label) for place in Place])
        self.table = RowsTable(
            with_office(desk, lists.columns(desk.today.year)), name="建议办理台账"
        )
        self._filter_bar = self.table.add_filters()
        self._views = QStackedWidget()
        self.more = MoreMenu(self.table)
        self.more.hide()
        self.place_button(self.more)
        self.switch = self.add_button("看板 / 列表", "list-checks")
        self.switch.set_key("Ctrl+L")
        self.print = self.add_button("打印台账", "printer")
        self.enter = self.add_button("登记建议", "plus")
        self.enter.set_key("Ctrl+J")
        self._lay_out()
        self.switch.clicked.connect(self._switch)
        self.print.clicked.connect(self.print_page)
        self.enter.clicked.connect(self.start_new)
        self.board.opened.connect(self._open_card)
        self.table.opened.connect(self._open_line)
        PastAction(self.table, desk)
        self.chips.group.idToggled.connect(self._choose)
        self._filter_bar.unfound.connect(self._find_all)
        self.views = SavedViews(desk, self.table, self.chips, self.now, self.count_of)
        self.views.shown.connect(self.show_view)
        self.table.rows.settled.connect(self.views.refresh)

    @property
    def is_list(self) -> bool:
        """Whether the ledger is in sight."""
        return self._views.currentIndex() == 1

    @override
    def refresh(self) -> None:
        self._urgent = lists.board(self.desk, MOST)
        self._all = None
        self._show()

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self._show()

    def now(self) -> View:
        """How the ledger is looked at; the board is no saved view."""
        chip = self.chips.chosen()
        part = CHIPS[chip] if chip != ALL else ""
        filters, layout = self.table.rows.arrangement.filters, self.table.headings.layout
        name = "" if self.is_list else BOARD
        return View(name, part, None, self._wanted, filters, layout)

    def show_view(self, view: View) -> None:
        """Look at the ledger so."""
        self._wanted = view.words
        self.table.headings.show_layout(view.layout)
        self.table.filter(view.filters)
        chip = CHIPS.index(view.part) if view.part in CHIPS else ALL
        self.chips.group.button(chip).setChecked(True)
        if self.is_list:
            self._show()
        else:
            self._switch()

    def count_of(self, view: View) -> int | None:
        """How many lines a view has; None where that would take long."""
        part = PARTS[CHIPS.index(view.part)] if view.part in CHIPS else CasePart.ALL
        return lists.count_of(self.desk, part, view.words, view.filters)

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        if model is Unit:
            found = [unit.name for unit in self.desk.ask(units.rows) if unit.id == record_id]
            self._views.setCurrentIndex(1)
            self.find(found[0] if found else "")
        else:
            self._open(model.__tablename__, record_id)

    @override
    def start_new(self) -> None:
        entry_dialog(self, self.desk, self._show_new)

    @override
    def print_page(self) -> bool:
        preview_form(self, self.desk, "suggestion_ledger")
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        self._filter = label("", "sub")
        row.addWidget(self._filter)
        for text, tone in LEGEND:
            row.addWidget(_legend(text, tone))
        self.body.addLayout(row)
        list_card = framed(self._filter_bar, self.table)
        self._views.addWidget(self.board)
        self._views.addWidget(list_card)
        self.body.addWidget(self._views, 1)
        self.setFocusProxy(self.board)

    def _switch(self) -> None:
        """The other view, at the record where the user was."""
        at = self._here()
        self._views.setCurrentIndex(0 if self.is_list else 1)
        self._show()
        self.setFocusProxy(self.table if self.is_list else self.board)
        if self.is_list:
            self.table.setFocus()
            self.table.select(at)
        else:
            self.board.setFocus()
            self.board.select(at)

    def _here(self) -> str:
        """Id of the record where the user is."""
        if self.is_list:
            line = self.table.current()
            return line.id if line else ""
        cards = (column.current() for column in self.board.lists if column.hasFocus())
        return next((card.id for card in cards if card), "")

    def _show_new(self, suggestion_id: str) -> None:
        """What was just registered is the one to go on with."""
        (self.table if self.is_list else self.board).select(suggestion_id)

    def _choose(self, _chip: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_on:
            self._show()

    def _show(self) -> None:
        is_narrowed = bool(self._wanted) and not self.is_list
        self._filter.setText(f"筛选：“{self._wanted}”（清空搜索框恢复）" if is_narrowed else "")
        self._filter_bar.set_words(self._wanted)
        self.more.setVisible(self.is_list)
        if self.is_list:
            self._show_lines()
        else:
            self._show_cards()
            self.views.refresh()
        self._count()

    def _find_all(self) -> None:
        self.find("")

    def _show_cards(self) -> None:
        chip = self.chips.chosen()
        is_narrowed = bool(self._wanted) or chip != ALL
        if is_narrowed and self._all is None:
            self._all = lists.board(self.desk)
        going = self._all if is_narrowed and self._all else self._urgent
        for number, place in enumerate(Place):
            found = going.cards.get(place, ())
            if is_narrowed:
                found = [s for s in found if self._is_wanted(s, chip)]
            total = len(found) if is_narrowed else len(going.heads.get(place, ()))
            empty = "没有找到。" if is_narrowed else EMPTY[place]
            self.board.show_column(number, [s.card for s in found[:MOST]], empty, total)

    def _is_wanted(self, shown: lists.Shown, chip: int) -> bool:
        fits = lists.fits(shown.words, self._wanted)
        return fits and _chosen(chip, shown.card.kind, is_key=shown.is_key)

    def _show_lines(self) -> None:
        self._counts = self.desk.ask(casework_list.counts)
        is_any = self._counts[CasePart.ALL]
        self.table.set_empty("没有找到。" if is_any else "还没有建议。按 Ctrl+J 登记第一件。")
        part = PARTS[self.chips.chosen()]
        self.table.set_source(
            lists.ledger(self.desk, part, self._wanted, self._counts[CasePart.ALL])
        )

    def _count(self) -> None:
        going = [
            head
            for place, heads in self._urgent.heads.items()
            if place is not Place.DONE
            for head in heads
        ]
        today = self.desk.today
        dues = [due_state(head.due_on, today) for _, head in going if head.due_on]
        late = dues.count(Due.OVERDUE)
        soon = dues.count(Due.TODAY) + dues.count(Due.SOON)
        self.set_subtitle(f"在办 {len(going)} 件 · 逾期 {late} 件 · 三天内到期 {soon} 件")
        for chip, part in enumerate(PARTS):
            count = (
                self._counts[part]
                if self.is_list
                else sum(_chosen(chip, kind, is_key=head.is_key) for kind, head in going)
            )
            self.chips.set_text(chip, f"{part.label} {count}")

    def _open_card(self, card: Card) -> None:
        self._open(card.kind, card.id)

    def _open_line(self, line: lists.Line) -> None:
        self._open(line.kind, line.id)

    def _open(self, kind: str, record_id: str) -> None:
        window = SuggestionDialog if kind == lists.SUGGESTION else OpinionDialog
        window(self, self.desk, record_id).open_at()


def _chosen(chip: int, kind: str, *, is_key: bool) -> bool:
    if chip == KEY:
        return is_key
    return chip == ALL or kind == (lists.SUGGESTION if chip == SUGGESTIONS else lists.OPINION)


def _legend(text: str, tone: Tone) -> QLabel:
    made = QLabel(f'<span style="color:{style.ink(tone).text}">■</span> {text}')
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setObjectName("sub")
    made.setAccessibleName(text)
    return made
