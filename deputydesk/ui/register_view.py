"""Shows a register: the list at the left, the form of one record at the right."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Generic

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.operations import listing
from deputydesk.operations.listing import Wanted
from deputydesk.rules.names import search_text
from deputydesk.ui import messages, style
from deputydesk.ui.arranging import passes
from deputydesk.ui.attachments import AttachmentStrip
from deputydesk.ui.block_actions import BlockActions
from deputydesk.ui.block_target import of_register
from deputydesk.ui.desk import Desk
from deputydesk.ui.earlier import Earlier
from deputydesk.ui.file_drops import FileDrops
from deputydesk.ui.form import Form
from deputydesk.ui.list_and_form import ListAndForm
from deputydesk.ui.list_memory import View
from deputydesk.ui.move_bar import MoveBar
from deputydesk.ui.moves import take
from deputydesk.ui.paged_rows import Said
from deputydesk.ui.parts import Chips, label
from deputydesk.ui.past_action import PastAction
from deputydesk.ui.register import Action, Move, Paged, Register, Row
from deputydesk.ui.register_source import COUNTED_AT_ONCE, counted, source_of, write_rows
from deputydesk.ui.saved_views import SavedViews
from deputydesk.ui.table import RowsTable
from deputydesk.ui.tasks import run_task

NOTHING = "没有符合条件的记录。"
SAVE_NEXT, SAVE_CHANGE = "保存并登记下一条", "保存修改"


class RegisterView(QWidget, Generic[Row]):
    """A register at work.

    Args:
        desk: the desk.
        register: what to show and do.
    """

    summed = Signal(str)
    """What is to be said of the rows in sight."""
    year_wanted = Signal(object)
    """A saved view is of another year; None: all years."""

    def __init__(self, desk: Desk, register: Register[Row]) -> None:
        super().__init__()
        self.desk = desk
        self.register = register
        self.year: int | None = None
        self._at: Row | None = None
        self._is_begun = False
        self._wanted = ""
        self._found: Sequence[Row] = ()
        self._size = 0
        self._counts_later = False
        self.chips = Chips(("全部", *register.parts), "筛选")
        self.table: RowsTable[Row] = RowsTable(
            register.columns, name=f"{register.title}列表", empty=register.empty
        )
        self._filter_bar = self.table.add_filters()
        self.form = self._make_form()
        self.moves: MoveBar[Row] = MoveBar(register.moves, register.actions)
        self.attachments = AttachmentStrip(desk)
        self._heading, self._note = label("", "h2"), label("", "faint")
        self._note.setText("Enter 下一项，Ctrl+Enter 保存")
        self._lay_out()
        self._connect()
        self.views = SavedViews(desk, self.table, self.chips, self.now, self.count_of)
        self.views.shown.connect(self.show_view)

    def refresh(self) -> None:
        """Ask for the rows and show them."""
        if self.register.paged:
            self._count_pages(self.register.paged)
        elif not isinstance(self.register.rows, Paged):
            self._found = self.register.rows(self.desk, self.year)
        self._filter()
        if not self._is_begun:
            self._begin()

    def find(self, text: str) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # as Page.find
        """Narrow the list to rows in which every word occurs."""
        self._wanted = text
        self._filter_bar.set_words(text)
        self._filter()

    def show_record(self, record_id: str) -> bool:
        """Go to a record; False if it is not in the year in sight."""
        self.chips.group.button(0).setChecked(True)
        self.table.filter(())
        self.find("")
        if not self.table.select(record_id):
            return False
        self.table.setFocus()
        return True

    def now(self) -> View:
        """How the list is looked at."""
        part = ("", *self.register.parts)[self.chips.chosen()]
        filters, layout = self.table.rows.arrangement.filters, self.table.headings.layout
        return View("", part, self.year, self._wanted, filters, layout)

    def show_view(self, view: View) -> None:
        """Look at the list so."""
        parts = ("", *self.register.parts)
        self._wanted = view.words
        self._filter_bar.set_words(view.words)
        self.table.headings.show_layout(view.layout)
        self.table.filter(view.filters)
        chip = parts.index(view.part) if view.part in parts else 0
        self.chips.group.button(chip).setChecked(True)
        if self.register.years and view.year != self.year:
            self.year_wanted.emit(view.year)
        else:
            self._filter()

    def count_of(self, view: View) -> int | None:
        """How many rows a view has; None where finding out would take long."""
        words = search_text(view.words).split()
        if self.register.paged:
            return counted(self.desk.office, self.register.paged, view, words, self._size)
        if view.year != self.year:
            return None
        parts = [part for part in self.register.filters if part.text == view.part]
        return sum(
            all(part.holds(row, self.desk.today) for part in parts)
            and self._holds(row, words)
            and passes(row, self.register.columns, view.filters)
            for row in self._found
        )

    def start_new(self) -> None:
        """Begin a new record."""
        if self.form is None:
            return
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self._begin()
        self.form.focus_first()

    def export(self) -> None:
        """Write the list in sight to an Excel file."""
        title = self.register.title
        name = f"{title}{self.year}年.xlsx" if self.year else f"{title}.xlsx"
        to = messages.ask_file_to_save(self, f"导出{title}", name, "Excel 文件 (*.xlsx)")
        if to is None:
            return
        columns = self.table.shown_columns()
        work = partial(write_rows, to, title, columns, self.table.rows.reader())
        run_task(self, f"正在导出{title}", work, self._say_written)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.form is not None:
            self._split.share(self.width(), middle=380)
            self._fit_note()

    def _make_form(self) -> Form | None:
        if self.register.fields is None:
            return None
        model = self.register.model
        fields = self.register.fields(self.desk)
        made = Form(self.desk, model.__tablename__, fields, model=model, keep=self.register.keep)
        made.say(self.register.hint)
        if self.register.earlier:
            Earlier(self.desk, made, self.register.earlier, lambda: self._at is None)
        return made

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(style.px(8))
        outer.addWidget(self.chips)
        self.chips.setVisible(bool(self.register.parts))
        self._split = ListAndForm()
        left, inside = self._split.add_card()
        inside.setContentsMargins(0, style.px(4), 0, style.px(4))
        inside.addWidget(self._filter_bar)
        inside.addWidget(self.table, 1)
        if self.form is None:
            inside.addWidget(self.moves)
            inside.addWidget(self.attachments)
        else:
            self._lay_out_form()
        left.setMinimumWidth(style.px(200))
        self._split.setStretchFactor(0, 1)
        outer.addWidget(self._split, 1)

    def _lay_out_form(self) -> None:
        assert self.form, "only called where there is one"
        column = self._split.add_form_card(self._heading, self._note)
        column.addWidget(self.moves)
        column.addWidget(self.form, 1)
        column.addWidget(self.attachments)
        self._save_button = self.form.add_button(SAVE_NEXT, primary=True, key="Ctrl+Enter")
        self._save_button.clicked.connect(self._save)
        self.form.save_next.connect(self._save)

    def _connect(self) -> None:
        self.table.picked.connect(self._show)
        self.table.rows.said.connect(self._say_found)
        self.table.rows.settled.connect(self._settle)
        self._filter_bar.unfound.connect(self._find_all)
        self.table.clicked.connect(self._show_clicked)
        self.table.opened.connect(self._go_to_form)
        if self.form is not None:
            self.table.add_action("修改", self._go_to_form)
            target = of_register(self.desk, self.register)
            self.blocks = BlockActions(self, self.desk, self.table, target, self.attachments)
        if self.register.files:  # where a row is a record
            FileDrops(self.desk, self.register.model, self.table, self.attachments, self.form)
            PastAction(self.table, self.desk, self.register.model)
        if self.register.remove is not None:
            self.table.add_action("删除", self._delete, "Del")
        self.chips.group.idToggled.connect(self._filter)
        self.moves.moved.connect(self._move)
        self.moves.acted.connect(self._act)

    def _filter(self) -> None:
        words = search_text(self._wanted).split()
        if self.register.paged:
            self._show_pages(self.register.paged, words)
        else:
            self._show_found(words)

    def _count_pages(self, paged: Paged[Row]) -> None:
        """Say how many there are of each part: now, or with the rows where that takes long."""
        self._size = self.desk.ask(listing.size, paged.listing, self.year)
        self._counts_later = self._size > COUNTED_AT_ONCE
        if not self._counts_later:
            wanted = Wanted(self.desk.today, self.year)
            self._count(list(self.desk.ask(listing.counts, paged.listing, wanted).values()))

    def _show_pages(self, paged: Paged[Row], words: Sequence[str]) -> None:
        """Let the database look, and read the rows in sight only."""
        part = ("", *self.register.parts)[self.chips.chosen()]
        wanted = Wanted(self.desk.today, self.year, part, tuple(words))
        office, later = self.desk.office, self._counts_later
        self.table.set_empty(NOTHING if self._size else self.register.empty)
        self.table.set_source(source_of(office, paged, wanted, self._size, with_counts=later))

    def _say_found(self, said: Said) -> None:
        self.summed.emit(said.text)
        if said.more is not None:
            self._counts_later = False
            self._count(said.more)

    def _show_found(self, words: list[str]) -> None:
        """Look through the rows that were read."""
        filters, today = self.register.filters, self.desk.today
        self._count(
            [len(self._found), *(sum(f.holds(row, today) for row in self._found) for f in filters)]
        )
        chosen = self.chips.chosen()
        shown = list(self._found)
        if chosen > 0:
            part = filters[chosen - 1]
            shown = [row for row in shown if part.holds(row, today)]
        if words:
            shown = [row for row in shown if self._holds(row, words)]
        self.table.set_empty(NOTHING if self._found else self.register.empty)
        self.table.set_rows(shown)

    def _settle(self) -> None:
        """Say what is in sight; of a paged list the database says it."""
        self.views.refresh()
        if not self.register.paged:
            self.summed.emit(self.register.summary(self.table.rows.rows()))

    def _find_all(self) -> None:
        self.find("")

    def _count(self, counts: Sequence[int]) -> None:
        for number, (name, count) in enumerate(
            zip(("全部", *self.register.parts), counts, strict=True)
        ):
            self.chips.set_text(number, f"{name} {count}")

    def _holds(self, row: Row, words: list[str]) -> bool:
        text = search_text(" ".join(column.text(row) for column in self.register.columns))
        return all(word in text for word in words)

    def _begin(self) -> None:
        """Offer an empty form, leaving the focus where it is."""
        self._at, self._is_begun = None, True
        if self.form is not None:
            at = self.window().focusWidget()
            self.form.start(**self.register.start(self.desk))
            self.form.show_top()
            if at:
                at.setFocus()
        self._say_mode()

    def _show_clicked(self) -> None:
        row = self.table.current()
        if row is not None and (self._at is None or self._at.id != row.id):
            self._show(row)

    def _show(self, row: Row | None) -> None:
        is_edited = self.form is not None and self.form.is_edited
        if row is None:
            if self._at is not None and not is_edited:
                self._begin()
            return
        is_chosen = self.table.is_marked or QApplication.mouseButtons()
        if is_edited and (not is_chosen or (self._at and self._at.id == row.id)):
            return  # the list only got the focus, or read itself again: what was typed stays
        self._fill(row)

    def _fill(self, row: Row) -> None:
        self._at = row
        if self.form is not None:
            at = self.window().focusWidget()
            self.form.show_row(row)
            self.form.show_top()
            if at:
                at.setFocus()
        self._say_mode()

    def _say_mode(self) -> None:
        self.moves.show_row(self._at)
        shown = self._at.id if self._at and self.register.files else ""
        self.attachments.show_record(self.register.model, shown)
        if self.form is not None:
            self._heading.setText(f"{'修改' if self._at else '新登记'}：{self.register.title}")
            self._save_button.setText(SAVE_CHANGE if self._at else SAVE_NEXT)
            self._fit_note()
            self.form.say(self.register.hint)

    def _fit_note(self) -> None:
        """Name the keys where a long title leaves room for them."""
        needed = self._heading.sizeHint().width() + self._note.sizeHint().width() + style.px(40)
        self._note.setVisible(needed <= self._split.sizes()[-1])

    def _go_to_form(self) -> None:
        if self._at is not None and self.form is not None:
            self.form.fields[0].setFocus()

    def _save(self) -> None:
        assert self.form, "the button stands in it"
        assert self.register.save, "a register with a form saves"
        values = self.form.values()
        if self._at is None:
            self.desk.do(self.register.save, **values)
            self.form.start_next(**self.register.start(self.desk))
            return
        self.desk.do(self.register.save, record_id=self._at.id, **values)
        self.form.saved()
        changed = self.table.current()
        if changed:
            self._fill(changed)
        self.table.setFocus()

    def _delete(self) -> None:
        chosen = self.table.selected_ids()
        if not chosen or self.register.remove is None:
            return
        if self.form is not None:
            self.form.saved()
        self.desk.do(self.register.remove, ids=chosen)
        self.desk.say(f"已删除 {len(chosen)} 条，按 Ctrl+Z 撤销")

    def _move(self, move: Move[Row]) -> None:
        if self._at is not None:
            take(self, self.desk, move, self._at, self.register.model)

    def _act(self, action: Action[Row]) -> None:
        if self._at is not None:
            action.run(self, self.desk, self._at)

    def _say_written(self, _done: object) -> None:
        self.desk.say("已导出")


AnyView = RegisterView[Any]  # Any: rows of whichever kind the register has
