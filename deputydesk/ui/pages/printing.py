"""Printed forms: which one, of what, seen before it is printed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout
from typing_extensions import override

from deputydesk.models import AnnualReport, Dispatch, Evaluation, Meeting, ProjectVote
from deputydesk.operations import (
    annual_reports,
    dispatches,
    evaluations,
    project_vote_rows,
    suggestions,
    terms,
    visits,
)
from deputydesk.operations.suggestion_ledger import LEDGER
from deputydesk.progress import Progress
from deputydesk.reports import FORMS
from deputydesk.reports.printing import Options
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
from deputydesk.ui.side_list import ROW, SideList
from deputydesk.ui.tasks import run_task

CHOOSE = "选好要打印的内容，按 Ctrl+Enter 生成预览。"
LEDGER_FORM = "suggestion_ledger"
NOTES = {
    "reception_form": "选一次接待，印出已登记的内容；不选，印空白表供手写。",
    "suggestion_ledger": "一年或一次会议的全部代表建议，附答复率、满意率和分子分母。",
    "dispatch": "按生成时的台账快照印出，以后怎样办理都不改变它；生成在“调度报告”里。",
    "duty_report": "不选代表，就是全体在任代表，装在一个文件里，每人另起一页。",
    "ballot": "票上没有编号，也没有能查到投票人的记号。",
    "ballot_result": "录入计票结果以后打印，当场公布。",
    "deputy_card": "照片和电话须代表同意公开才印；二维码供签到时扫描。",
    "project_ballot": "无记名，票上没有编号；候选项目按候选序号排列。",
    "annual_report": "“五个度”年度报告，按公文格式印；在“年度报告”里编写和定稿。",
    "project_vote_result": "录入计票结果以后打印，写明票决办法和同票怎样处理，当场公布。",
    "project_eval_report": "一段时间的项目评议：票数、应到实到、等次，附询问和答复。",
}
"""What each form is for."""


def _period(desk: Desk) -> tuple[Field, ...]:
    del desk
    return (DateField("first", label="从"), DateField("last", label="到"))


def _duty_report(desk: Desk) -> Sequence[Field]:
    people = partial(lookups.deputies_in_office, desk)
    return (
        PickManyField("deputy_ids", people, label="代表（不选为全体）"),
        *_period(desk),
        CheckField("duplex", label="双面打印：每人从正面开始", wide=True),
    )


def _dispatch(desk: Desk) -> Sequence[Field]:
    options = [(r.id, f"{r.name}　{r.period.days}") for r in desk.ask(dispatches.rows)]
    return (ChoiceField("dispatch_id", options=options, label="调度报告", wide=True),)


def _evaluation(desk: Desk) -> ChoiceField:
    found = desk.ask(evaluations.rows)
    options = [(row.id, f"{row.held_on:%Y-%m-%d} {row.name}") for row in found]
    return ChoiceField("evaluation_id", options=options, label="测评", wide=True)


def _ballot(desk: Desk) -> Sequence[Field]:
    return (_evaluation(desk), NumberField("copies", label="份数"))


def _ballot_result(desk: Desk) -> Sequence[Field]:
    return (_evaluation(desk),)


def _vote(desk: Desk) -> ChoiceField:
    found = desk.ask(project_vote_rows.rows)
    options = [(row.id, f"{row.held_on:%Y-%m-%d} {row.name}") for row in found]
    return ChoiceField("vote_id", options=options, label="票决", wide=True)


def _project_ballot(desk: Desk) -> Sequence[Field]:
    return (_vote(desk), NumberField("copies", label="份数"))


def _project_vote_result(desk: Desk) -> Sequence[Field]:
    return (_vote(desk),)


def _annual_report(desk: Desk) -> Sequence[Field]:
    options = [(row.id, row.name) for row in desk.ask(annual_reports.rows)]
    return (ChoiceField("report_id", options=options, label="报告", wide=True),)


def _reception(desk: Desk) -> Sequence[Field]:
    held = partial(_visits, desk)
    return (PickField("visit_id", held, label="接待（不选为空白表）", wide=True),)


def _deputy_card(desk: Desk) -> Sequence[Field]:
    people = partial(lookups.deputies_in_office, desk)
    paper = ((False, "A4 每页八张，裁开"), (True, "A6 每页一张，张贴"))
    return (
        PickManyField("deputy_ids", people, label="代表（不选为全体）"),
        ChoiceField("a6", options=paper, label="纸张", wide=True),
    )


def _ledger(desk: Desk) -> Sequence[Field]:
    meetings = [(m.id, m.name) for m in desk.ask(terms.meetings)]
    whose = ChoiceField(
        "meeting_id",
        options=((None, "全年全部建议"), ("", "闭会期间的建议"), *meetings),
        label="范围",
        wide=True,
    )
    paper = ChoiceField("a3", options=((True, "A3 横向"), (False, "A4 横向")), label="纸张")
    return (whose, DateField("last", label="截至"), paper)


def _visits(desk: Desk) -> list[Candidate]:
    return [
        Candidate(row.id, f"{row.held_on:%Y-%m-%d} {row.where}", row.topic)
        for row in desk.ask(visits.rows)
    ]


FIELDS: Mapping[str, Callable[[Desk], Sequence[Field]]] = {
    "reception_form": _reception,
    "suggestion_ledger": _ledger,
    "dispatch": _dispatch,
    "duty_report": _duty_report,
    "ballot": _ballot,
    "ballot_result": _ballot_result,
    "deputy_card": _deputy_card,
    "project_ballot": _project_ballot,
    "project_vote_result": _project_vote_result,
    "annual_report": _annual_report,
    "project_eval_report": _period,
}
"""What can be chosen for each form; names are those of `reports.printing.Options`."""


class PrintingPage(Page):
    """The forms at the left with what can be chosen, the preview at the right."""

    title = "报表打印"
    shows = frozenset((AnnualReport, Dispatch, Evaluation, Meeting, ProjectVote))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = SideList("表格")
        self._ids = list(FORMS)
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
        if not self.list.count():
            for name in self._ids:
                self.list.add(f"  {FORMS[name].title}")
            self.list.setCurrentRow(0)
        else:
            self._forget()

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
        self.list.setFixedHeight(style.px(ROW) * len(self._ids) + style.px(6))
        column.addWidget(self.list)
        self._note.setWordWrap(True)
        self._note.setContentsMargins(style.px(15), style.px(4), style.px(15), 0)
        column.addWidget(self._note)
        column.addWidget(self._options, 1)
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
        name = self._ids[row]
        if name not in self._forms:
            self._forms[name] = self._new_form(name)
            self._options.addWidget(self._forms[name])
            controls = [field.control for field in self._forms[name].fields]
            stops = [self.list, *(made.focusProxy() or made for made in controls)]
            for before, after in pairwise(stops):  # Tab goes on from the list to what is chosen
                self.setTabOrder(before, after)
        self._options.setCurrentWidget(self._forms[name])
        self._note.setText(NOTES.get(name, ""))
        self._excel.setVisible(name == LEDGER_FORM)
        self.panel.show_nothing(CHOOSE)

    def _new_form(self, name: str) -> Form:
        fields = FIELDS[name](self.desk)
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
        meeting, year = chosen["meeting_id"], chosen["last"].year
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
