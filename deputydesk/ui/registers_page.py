"""A page of several registers, of which one is in sight."""

from datetime import date
from typing import Any, ClassVar

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget
from typing_extensions import override

from deputydesk.models.base import Record
from deputydesk.operations.years import years
from deputydesk.reports import Options
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.more_menu import MoreMenu
from deputydesk.ui.office_column import of_register, shows_offices
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips
from deputydesk.ui.print_menu import PrintMenu
from deputydesk.ui.register import Register
from deputydesk.ui.register_view import AnyView, RegisterView

ALL_YEARS = "全部年份"


class RegistersPage(Page):
    """Registers that belong together; a subclass names them."""

    registers: ClassVar[tuple[Register[Any], ...]]  # Any: each has rows of its own
    papers: ClassVar[tuple[str, ...]] = ()
    """Printed forms of a whole year, the usual one first."""
    finds = True
    starts_new = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._views: dict[tuple[int, bool], AnyView] = {}
        self.chips = Chips(tuple(register.title for register in self.registers), "登记簿")
        self.year = QComboBox()
        self.year.setAccessibleName("年份")
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.stack = QStackedWidget()
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.year)
        self.body.addLayout(row)
        self.body.addWidget(self.stack, 1)
        self.chips.setVisible(len(self.registers) > 1)
        self.prints: PrintMenu | None = None
        if self.papers:
            self.prints = PrintMenu("打印", self.papers, key="Ctrl+P")
            self.prints.picked.connect(self._print)
            self.place_button(self.prints)
        self.more = MoreMenu()
        self.place_button(self.more)
        self._export = self.add_button("导出", "download")
        self._new = self.add_button("新登记", "plus")
        self._new.setToolTip("新登记（Ctrl+N）")
        self.chips.group.idToggled.connect(self._turn)
        self.year.activated.connect(self._show_year)
        self._export.clicked.connect(self._write_file)
        self._new.clicked.connect(self.start_new)

    @property
    def view(self) -> AnyView:
        """The register in sight; made when first shown, anew once others' records stand in it."""
        number = self.chips.chosen()
        key = number, shows_offices(self.desk)
        if key not in self._views:
            register = of_register(self.desk, self.registers[number])
            made: AnyView = RegisterView(self.desk, register)
            made.summed.connect(self.set_subtitle)
            made.year_wanted.connect(self._turn_to_year)
            self._views[key] = made
            self.stack.addWidget(made)
        return self._views[key]

    @override
    def concerns(self, kinds: frozenset[type[Record]]) -> bool:
        return any(kinds & {r.model, *r.shows} for r in self.registers)

    @override
    def refresh(self) -> None:
        view = self.view
        self.stack.setCurrentWidget(view)
        self.more.show_table(view.table)
        self._new.setVisible(view.form is not None)
        self.year.setVisible(view.register.years)
        if view.register.years:
            self._offer_years()
            view.year = self.year.currentData()
        view.refresh()

    @override
    def find(self, text: str) -> None:
        self.view.find(text)

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        number = next(n for n, r in enumerate(self.registers) if r.model is model)
        self.chips.group.button(number).setChecked(True)
        self.refresh()
        if not self.view.show_record(record_id):  # of another year
            self.year.setCurrentIndex(self.year.count() - 1)
            self.refresh()
            self.view.show_record(record_id)

    @override
    def start_new(self) -> None:
        self.view.start_new()

    @override
    def print_page(self) -> bool:
        if not self.papers:
            return super().print_page()
        self._print(self.papers[0])
        return True

    @override
    def at_hand(self) -> tuple[type[Record], str] | None:
        row = self.view.table.current()
        return (self.view.register.model, row.id) if row else None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.view.table.setFocus()

    def _turn(self, _number: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on and self.desk.is_ready:
            self.refresh()

    def _print(self, form_id: str) -> None:
        """Print a form of the year in sight, as far as it has gone."""
        today = self.desk.today
        year: int = self.year.currentData() or today.year
        last = today if year == today.year else date(year, 12, 31)
        preview_form(self, self.desk, form_id, Options(first=date(year, 1, 1), last=last))

    def _show_year(self) -> None:
        self.refresh()

    def _turn_to_year(self, year: int | None) -> None:
        self.year.setCurrentIndex(max(0, self.year.findData(year)))
        self.refresh()

    def _offer_years(self) -> None:
        """Offer the years that have records; stay where the user is, or go to the newest."""
        found = self.desk.ask(years, self.view.register.model)
        now = self.desk.today.year
        chosen = self.year.currentData() if self.year.count() else now
        if chosen == now and now not in found and found and not self.year.count():
            chosen = found[0]
        self.year.clear()
        for year in sorted({*found, now}, reverse=True):
            self.year.addItem(f"{year}年", year)
        self.year.addItem(ALL_YEARS, None)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))

    def _write_file(self) -> None:
        self.view.export()
