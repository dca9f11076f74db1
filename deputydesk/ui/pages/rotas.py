"""The rota of the homes: the month, the list, who has come, what became of each home's days."""

from datetime import date
from typing import ClassVar

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget
from typing_extensions import override

from deputydesk.models import (
    Attendance,
    Home,
    Mandate,
    Preset,
    Record,
    RotaShift,
    Visit,
    VisitDeputy,
)
from deputydesk.operations import rota_visits, rotas
from deputydesk.operations.years import years
from deputydesk.reports import Options
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.dialogs.rota_import import RotaImportDialog
from deputydesk.ui.dialogs.rota_plan import open_plan
from deputydesk.ui.month_view import MonthView
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips
from deputydesk.ui.register_view import AnyView, RegisterView
from deputydesk.ui.registers.rotas import COVERAGE, HOMES_DONE, PARTS, QUARTER, ROTAS

MONTH = 0
LISTS = (ROTAS, COVERAGE, QUARTER, PARTS, HOMES_DONE)
LIST = 1


class RotasPage(Page):
    """Planned days at the homes, by month and as a list, with the coverage of deputies."""

    title = "进家安排"
    shows: ClassVar[frozenset[type[Record]]] = frozenset(
        {RotaShift, Attendance, Home, Mandate, Preset, Visit, VisitDeputy}
    )
    finds = True
    starts_new = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chips = Chips(("月历", *(register.title for register in LISTS)), "查看")
        self.year = QComboBox()
        self.year.setAccessibleName("年份")
        self.month = MonthView(desk)
        self._views: dict[int, AnyView] = {}
        self.stack = QStackedWidget()
        self._plan = self.add_button("编制年度安排", "calendar-days")
        self._paste = self.add_button("粘贴导入", "upload")
        self._match = self.add_button("核对登记", "circle-check")
        self._match.setToolTip("把已登记的进家活动对上安排的日子")
        self._print = self.add_button("打印轮值表", "printer")
        self._export = self.add_button("导出", "download")
        self._new = self.add_button("新安排", "plus")
        self._lay_out()
        self._connect()

    def view(self, number: int) -> AnyView:
        """The list of a chip; it is made when first shown."""
        if number not in self._views:
            made: AnyView = RegisterView(self.desk, LISTS[number - LIST])
            made.summed.connect(self.set_subtitle)
            self._views[number] = made
            self.stack.addWidget(made)
        return self._views[number]

    @override
    def refresh(self) -> None:
        number = self.chips.chosen()
        self.year.setVisible(number != MONTH and LISTS[number - LIST].years)
        self._export.setVisible(number != MONTH)
        if number == MONTH:
            self.stack.setCurrentWidget(self.month)
            self.month.refresh()
            self.set_subtitle(self.month.summary)
            return
        view = self.view(number)
        self.stack.setCurrentWidget(view)
        self._offer_years()
        view.year = self.year.currentData()
        view.refresh()

    @override
    def find(self, text: str) -> None:
        if self.chips.chosen() == MONTH and text:
            self._turn_to(LIST)
        if self.chips.chosen() != MONTH:
            self.view(self.chips.chosen()).find(text)

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        del model
        found = self.desk.ask(rotas.rows, self.desk.today, ids=(record_id,))
        if found:
            self._turn_to(MONTH)
            self.refresh()
            self.month.show_shift(found[0])

    @override
    def start_new(self) -> None:
        day = self.month.grid.day
        was_month = self.chips.chosen() == MONTH
        self._turn_to(LIST)
        view = self.view(LIST)
        view.start_new()
        if was_month and view.form is not None:
            view.form.set_values({"planned_on": day})

    @override
    def print_page(self) -> bool:
        is_month = self.chips.chosen() == MONTH
        year: int = self.desk.today.year if is_month else self.year.currentData()
        days = Options(first=date(year, 1, 1), last=date(year, 12, 31))
        preview_form(self, self.desk, "rota_table", days)
        return True

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        number = self.chips.chosen()
        (self.month.grid if number == MONTH else self.view(number).table).setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.year)
        self.body.addLayout(row)
        self.stack.addWidget(self.month)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.chips.group.idToggled.connect(self._turn)
        self.year.activated.connect(self._show_year)
        self.month.wanted.connect(self._show_entry)
        self.month.summed.connect(self.set_subtitle)
        self._plan.clicked.connect(self._make_plan)
        self._paste.clicked.connect(self._take_in)
        self._match.clicked.connect(self._match_visits)
        self._print.clicked.connect(self.print_page)
        self._export.clicked.connect(self._write_file)
        self._new.clicked.connect(self.start_new)

    def _turn(self, _number: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on and self.desk.is_ready:
            self.refresh()

    def _turn_to(self, number: int) -> None:
        self.chips.group.button(number).setChecked(True)

    def _show_year(self) -> None:
        self.refresh()

    def _show_entry(self, shift_id: str) -> None:
        [row] = self.desk.ask(rotas.rows, self.desk.today, ids=(shift_id,))
        self._turn_to(LIST)
        self.year.setCurrentIndex(self.year.findData(row.planned_on.year))
        self.refresh()
        self.view(LIST).show_record(shift_id)

    def _offer_years(self) -> None:
        found, now = self.desk.ask(years, RotaShift), self.desk.today.year
        chosen = self.year.currentData() if self.year.count() else now
        self.year.clear()
        for year in sorted({*found, now}, reverse=True):
            self.year.addItem(f"{year}年", year)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))

    def _make_plan(self) -> None:
        open_plan(self, self.desk)

    def _take_in(self) -> None:
        RotaImportDialog(self, self.desk).open()

    def _match_visits(self) -> None:
        found = self.desk.do(rota_visits.match)
        self.desk.say(f"对上 {found} 天" if found else "没有新的进家登记与安排的日子相符")

    def _write_file(self) -> None:
        self.view(self.chips.chosen()).export()
