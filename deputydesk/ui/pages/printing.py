"""Printed forms: which one, of what, seen before it is printed."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout
from typing_extensions import override

from deputydesk.models.base import Record
from deputydesk.operations import suggestions
from deputydesk.operations.suggestion_ledger import LEDGER
from deputydesk.progress import Progress
from deputydesk.reports import FORMS
from deputydesk.reports.form import (
    Ask,
    AskCopies,
    AskDeputies,
    AskDuplex,
    AskLastDay,
    AskPaper,
    AskPeriod,
    AskRecord,
    Group,
    Options,
)
from deputydesk.reports.form import Form as FormSpec
from deputydesk.reports.ledger_sources import BETWEEN, YEAR
from deputydesk.ui import lookups, style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import make
from deputydesk.ui.fields import CheckField, ChoiceField, Field, NumberField
from deputydesk.ui.form import Form
from deputydesk.ui.messages import ask_file_to_save
from deputydesk.ui.page import Page
from deputydesk.ui.parts import label
from deputydesk.ui.pdf_panel import PdfPanel
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.side_list import SideList
from deputydesk.ui.tasks import run_task

CHOOSE = "选好要打印的内容，按 Ctrl+Enter 生成预览。"
LEDGER_FORM = "suggestion_ledger"


def _fields(desk: Desk, ask: Ask) -> tuple[Field, ...]:
    """What to fill in for something that a form asks; named as in `Options`."""
    match ask:
        case AskRecord():
            made: tuple[Field, ...] = (_record_field(desk, ask),)
        case AskDeputies():
            people = partial(lookups.deputies_in_office, desk)
            made = (PickManyField("deputy_ids", people, label=ask.label),)
        case AskPeriod():
            made = (DateField("first", label=ask.first), DateField("last", label=ask.last))
        case AskLastDay():
            made = (DateField("last", label=ask.label),)
        case AskCopies():
            made = (NumberField("copies", label=ask.label),)
        case AskPaper():
            made = (ChoiceField("paper", options=ask.choices, label=ask.label, wide=True),)
        case AskDuplex():
            made = (CheckField("duplex", label=ask.label, wide=True),)
    return made


def _record_field(desk: Desk, ask: AskRecord) -> PickField:
    label = f"{ask.label}（不选为{ask.blank}）" if ask.blank else f"{ask.label}（不选为最近一次）"
    return PickField("record_id", partial(_candidates, desk, ask), label=label, wide=True)


def _candidates(desk: Desk, ask: AskRecord) -> list[Candidate]:
    return [Candidate(found.id, found.name, found.detail) for found in desk.ask(ask.records)]


def _asked_of(form: FormSpec) -> set[type[Record]]:
    asks = (ask for ask in form.asks if isinstance(ask, AskRecord))
    return {model for ask in asks for model in (ask.model, *ask.others)}


class PrintingPage(Page):
    """The forms at the left with what can be chosen, the preview at the right."""

    title = "报表打印"
    shows = frozenset(model for form in FORMS.values() for model in _asked_of(form))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = SideList("表格")
        self._ids: list[str] = []
        """The form of each line; empty for a heading."""
        self._forms: dict[str, Form] = {}
        self._note = label("", "sub")
        self._options = QStackedWidget()
        self.panel = PdfPanel(desk, CHOOSE)
        self._excel = self.add_button("台账存为 Excel", "file-spreadsheet")
        self._make = self.add_button("生成预览", "eye", primary=True)
        self._make.setToolTip("生成预览（Ctrl+Enter）")
        self._lay_out()
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemActivated.connect(self._go_to_options)
        self._make.clicked.connect(self.preview)
        key = QShortcut(QKeySequence("Ctrl+Return"), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.preview)
        self._excel.clicked.connect(self._save_excel)

    @override
    def refresh(self) -> None:
        if self._ids:
            self._forget()
            return
        for group in Group:
            forms = [form for form in FORMS.values() if form.group is group]
            if forms:
                self._add_heading(group.label)
            for form in forms:
                self.list.add(f"    {form.title}")
                self._ids.append(form.id)
        self.list.setCurrentRow(1)

    def _add_heading(self, text: str) -> None:
        item = self.list.add(text, bold=True)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._ids.append("")

    @override
    def print_page(self) -> bool:
        self.panel.print_file()
        return True

    def choose(self, form_id: str) -> Form:
        """Go to a form; returns what can be chosen for it."""
        self.list.setCurrentRow(self._ids.index(form_id))
        return self._forms[form_id]

    def preview(self) -> None:
        """Make the chosen form and show it."""
        form = self._forms[self._at]
        values = form.values()
        form.saved()  # what to print is no record: nothing of it is to be offered again
        self.panel.show_nothing(CHOOSE)
        make(self, self.desk, self._at, Options(**values), self._show)

    @property
    def _at(self) -> str:
        return self._ids[self.list.currentRow()]

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("card")
        column = QVBoxLayout(left)
        column.setContentsMargins(1, style.px(10), 1, 1)
        column.setSpacing(style.px(6))
        heading = label("表格", "h2")
        heading.setContentsMargins(style.px(15), 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(self.list, 1)
        self._note.setWordWrap(True)
        self._note.setContentsMargins(style.px(15), style.px(4), style.px(15), 0)
        column.addWidget(self._note)
        column.addWidget(self._options)
        halves = QSplitter()
        halves.setHandleWidth(style.px(11))
        halves.addWidget(left)
        halves.addWidget(self.panel)
        left.setMinimumWidth(style.px(372))
        halves.setSizes([style.px(372), style.px(780)])
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        self.body.addWidget(halves, 1)
        self.setFocusProxy(self.list)

    def _choose(self, row: int) -> None:
        name = self._ids[row] if row >= 0 else ""
        if not name:
            return
        if name not in self._forms:
            self._forms[name] = self._new_form(name)
            self._options.addWidget(self._forms[name])
            controls = [field.control for field in self._forms[name].fields]
            stops = [self.list, *(made.focusProxy() or made for made in controls)]
            for before, after in pairwise(stops):  # Tab goes on from the list to what is chosen
                self.setTabOrder(before, after)
        self._options.setCurrentWidget(self._forms[name])
        self._note.setText(FORMS[name].note)
        self._excel.setVisible(name == LEDGER_FORM)
        self.panel.show_nothing(CHOOSE)

    def _new_form(self, name: str) -> Form:
        fields = [f for ask in FORMS[name].asks for f in _fields(self.desk, ask)]
        form = Form(self.desk, f"print-{name}", fields)
        today = self.desk.today
        usual = {
            "first": today.replace(month=1, day=1),
            "last": today,
            "copies": 1,
        }
        form.start(**{f.name: usual[f.name] for f in fields if f.name in usual})
        form.saved()
        form.save_next.connect(self.preview)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return form

    def _forget(self) -> None:
        """Records to choose from have changed: ask for them anew."""
        for form in self._forms.values():
            self._options.removeWidget(form)
            form.deleteLater()
        self._forms.clear()
        at = self.list.currentRow()
        if at >= 0:
            self._choose(at)

    def _go_to_options(self) -> None:
        self._forms[self._at].focus_first()

    def _show(self, made: Path) -> None:
        self.panel.show_file(made, FORMS[self._at].title)
        self.panel.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_excel(self) -> None:
        """The ledger for those who go on working on it in Excel or WPS."""
        chosen = self._forms[LEDGER_FORM].values()
        whole = {YEAR: None, BETWEEN: ""}
        meeting = whole.get(chosen["record_id"], chosen["record_id"])
        year = chosen["last"].year
        rows = self.desk.ask(
            suggestions.ledger,
            today=self.desk.today,
            meeting_id=meeting,
            year=None if meeting else year,
        )
        lines = [[getattr(row, field) for field in LEDGER] for row in rows]
        to = ask_file_to_save(
            self, "台账存为 Excel", f"建议办理台账{year}.xlsx", "Excel 文件 (*.xlsx)"
        )
        if to:
            run_task(self, "正在写入 Excel", partial(_write_xlsx, to, lines), self._say_saved)

    def _say_saved(self, to: Path) -> None:
        self.desk.say(f"已存为 {to}")


def _write_xlsx(
    to: Path,
    lines: list[list[Any]],  # Any: whatever a cell of the ledger holds
    progress: Progress,
) -> Path:
    from deputydesk.exchange import xlsx  # brings openpyxl

    to = to if to.suffix.lower() == ".xlsx" else to.with_name(f"{to.name}.xlsx")
    xlsx.write(to, "建议办理台账", list(LEDGER.values()), lines, progress)
    return to
