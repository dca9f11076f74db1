"""Printed forms: which one, of what, seen before it is printed."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout
from typing_extensions import override

from deputydesk.errors import UserError
from deputydesk.models import Printout
from deputydesk.operations import printouts
from deputydesk.operations.suggestion_ledger import LEDGER
from deputydesk.progress import Progress
from deputydesk.reports import FORMS
from deputydesk.reports.form import Options
from deputydesk.reports.ledger_sources import listed
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.pack import PackDialog
from deputydesk.ui.dialogs.preview import Made, make, preview_form
from deputydesk.ui.form import Form
from deputydesk.ui.form_catalogue import FormCatalogue
from deputydesk.ui.form_options import TEST_PAGE, asked_of, options_form
from deputydesk.ui.messages import ask_file_to_save
from deputydesk.ui.page import Page
from deputydesk.ui.parts import label
from deputydesk.ui.pdf_panel import PdfPanel
from deputydesk.ui.tasks import run_task

CHOOSE = "选好要打印的内容，按 Ctrl+Enter 生成预览。"
LEAST = 200
"""Height of the forms to choose from where the window is low: the line above and five of them."""
LEDGER_FORM = "suggestion_ledger"


class PrintingPage(Page):
    """The forms at the left with what can be chosen, the preview at the right."""

    title = "报表打印"
    shows = frozenset(model for form in FORMS.values() for model in asked_of(form))
    finds = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.catalogue = FormCatalogue()
        self.list = self.catalogue.list
        self._forms: dict[str, Form] = {}
        self._note = label("", "sub")
        self._options = QStackedWidget()
        self.panel = PdfPanel(desk, CHOOSE)
        self._records = self.add_button("打印记录", "history")
        self._pack = self.add_button("整套打印", "library")
        self._pack.setToolTip("一个月、一季或一年该印的表格，一次印出")
        self._excel = self.add_button("台账存为 Excel", "file-spreadsheet")
        self._make = self.add_button("生成预览", "eye", primary=True)
        self._make.setToolTip("生成预览（Ctrl+Enter）")
        self._lay_out()
        self.catalogue.picked.connect(self._choose)
        self.catalogue.opened.connect(self._go_to_options)
        self._records.clicked.connect(self._show_records)
        self._pack.clicked.connect(self._open_pack)
        self.panel.test_wanted.connect(self._show_test_page)
        self._make.clicked.connect(self.preview)
        key = QShortcut(QKeySequence("Ctrl+Return"), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.preview)
        self._excel.clicked.connect(self._save_excel)

    @override
    def refresh(self) -> None:
        self._forget()
        self._offer()

    @override
    def read_again(self) -> None:
        super().read_again()
        if self.desk.is_ready:
            self._offer()

    def _offer(self) -> None:
        """Show the forms, those used last on top; what is in hand and in sight stays."""
        self.catalogue.offer(self.desk.ask(printouts.last_used))

    @override
    def find(self, text: str) -> None:
        self.catalogue.find(text)

    @override
    def print_page(self) -> bool:
        self.panel.print_file()
        return True

    def choose(self, form_id: str) -> Form:
        """Go to a form; returns what can be chosen for it."""
        self.catalogue.choose(form_id)
        return self._forms[form_id]

    def preview(self) -> None:
        """Make the chosen form and show it."""
        if not self._at:
            raise UserError("还没有选表格。", hint="请先在左边选一种表格。")
        form = self._forms[self._at]
        values = form.values()
        form.saved()  # what to print is no record: nothing of it is to be offered again
        self.panel.show_nothing(CHOOSE)
        make(self, self.desk, self._at, Options(**values), self._show)

    @property
    def _at(self) -> str:
        return self.catalogue.form_id

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("card")
        column = QVBoxLayout(left)
        column.setContentsMargins(1, style.px(10), 1, 1)
        column.setSpacing(style.px(6))
        heading = label("表格", "h2")
        heading.setContentsMargins(style.px(15), 0, 0, 0)
        column.addWidget(heading)
        self.catalogue.setMinimumHeight(style.px(LEAST))
        column.addWidget(self.catalogue, 1)
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

    def _choose(self, name: str) -> None:
        if name not in self._forms:
            self._forms[name] = self._new_form(name)
            self._options.addWidget(self._forms[name])
            controls = [field.control for field in self._forms[name].fields]
            stops = [self.list, *(made.focusProxy() or made for made in controls)]
            for before, after in pairwise(stops):  # Tab goes on from the list to what is chosen
                self.setTabOrder(before, after)
        self._show_options(self._forms[name])
        self._note.setText(FORMS[name].note)
        self._excel.setVisible(name == LEDGER_FORM)
        self.panel.show_nothing(CHOOSE)

    def _show_options(self, form: Form) -> None:
        """Give the form in hand the room it needs, and the list above it the rest."""
        for other in self._forms.values():
            policy = QSizePolicy.Policy.Preferred if other is form else QSizePolicy.Policy.Ignored
            other.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._options.setCurrentWidget(form)

    def _new_form(self, name: str) -> Form:
        at = self.window().focusWidget()
        form = options_form(self.desk, FORMS[name])
        form.save_next.connect(self.preview)
        if at:
            at.setFocus(Qt.FocusReason.OtherFocusReason)
        return form

    def _forget(self) -> None:
        """Records to choose from have changed: ask for them anew."""
        for form in self._forms.values():
            self._options.removeWidget(form)
            form.deleteLater()
        self._forms.clear()
        if self._at:
            self._choose(self._at)

    def _go_to_options(self) -> None:
        self._forms[self._at].focus_first()

    def _show(self, made: Made) -> None:
        self.panel.show_pages(made.pages, made.what, made.options)
        self.panel.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_records(self) -> None:
        """Go to the register of what was printed."""
        newest = self.desk.ask(printouts.rows)
        self.desk.open(Printout, newest[0].id if newest else "")

    def _open_pack(self) -> None:
        PackDialog(self, self.desk).open()

    def _show_test_page(self) -> None:
        preview_form(self, self.desk, TEST_PAGE)

    def _save_excel(self) -> None:
        """The ledger for those who go on working on it in Excel or WPS."""
        chosen = self._forms[LEDGER_FORM].values()
        last = chosen["last"]
        rows = self.desk.ask(listed, chosen["record_id"], last, self.desk.today)
        lines = [[getattr(row, field) for field in LEDGER] for row in rows]
        to = ask_file_to_save(
            self, "台账存为 Excel", f"建议办理台账{last.year}.xlsx", "Excel 文件 (*.xlsx)"
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
