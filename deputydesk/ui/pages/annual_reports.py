"""The yearly report in five parts: written at the left, read at the right, then made final."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout
from typing_extensions import override

from deputydesk.models import AnnualReport, Record
from deputydesk.operations import annual_figures, annual_reports
from deputydesk.operations.annual_rows import ReportRow
from deputydesk.operations.figures import CHAPTERS
from deputydesk.reports import Options, printing
from deputydesk.rules.slots import SlotValue, slots_in
from deputydesk.ui import messages, style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.drafts import Drafts
from deputydesk.ui.fields import CheckField, NumberField, TextField
from deputydesk.ui.figure_rows import Asked, FigureRows
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.page import Page
from deputydesk.ui.parts import button
from deputydesk.ui.pickers import PickManyField
from deputydesk.ui.report_editor import ReportEditor
from deputydesk.ui.report_preview import ReportPreview
from deputydesk.ui.tasks import run_task

WAIT_MS = 400
"""The preview follows the typing after so long."""
EMPTY = "还没有年度报告。点“新建”，从“五个度”模板开始。"
ANNEX = "对比表的数字（本期对上期，连同统计口径附在文后）"
FROZEN = "（定稿时的数字；记录以后可能有变动）"


class AnnualReportsPage(Page):
    """One report at a time: its text, and how it reads."""

    title = "年度报告"
    shows = frozenset({AnnualReport})
    starts_new = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._row: ReportRow | None = None
        self._is_edited = self._is_saving = False
        self._drafts = Drafts(desk.folder / "drafts", "annual-text")
        self._values: dict[str, SlotValue] = {}
        self._last: dict[str, SlotValue] = {}
        self._period: tuple[date, date] | None = None
        self.choose = QComboBox()
        self.choose.setAccessibleName("报告")
        self.form = Form(desk, "annual-report", self._fields(), model=AnnualReport)
        annex = PickManyField("annex", figure_candidates, label=ANNEX)
        self.annex = Form(desk, "annual-annex", (annex,), columns=1)
        self.annex.leave_save_key()
        self.editor = ReportEditor(figure_candidates, self.annex)
        self.preview = ReportPreview()
        self._wrong = QLabel()
        self._wrong.setObjectName("fielderror")
        self._wrong.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self.save = self.form.add_button("保存", "save", primary=True, key="Ctrl+Enter")
        self.template = button("存为模板")
        self.remove = button("删除", "trash-2")
        self.word = self.add_button("存为 Word", "file-text")
        self.print = self.add_button("打印", "printer")
        self.finish = self.add_button("定稿", "circle-check")
        self.new = self.add_button("新建", "plus", primary=True)
        self._lay_out()
        self._connect()

    @override
    def refresh(self) -> None:
        found = self.desk.ask(annual_reports.rows)
        at = self._row.id if self._row else ""
        self.choose.blockSignals(True)
        self.choose.clear()
        for row in found:
            self.choose.addItem(f"{row.name}（{row.state.label}）", row.id)
        self.choose.setCurrentIndex(max(0, self.choose.findData(at)) if found else -1)
        self.choose.blockSignals(False)
        self.set_subtitle("" if found else EMPTY)
        is_there = at == self.choose.currentData()
        if not (self._is_edited and is_there) or self._is_saving:
            self._open_chosen()

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        del model
        self.refresh()
        self.choose.setCurrentIndex(max(0, self.choose.findData(record_id)))

    @override
    def start_new(self) -> None:
        form = Form(self.desk, "annual-report-new", (NumberField("year"),), model=AnnualReport)
        form.start(year=self.desk.today.year)
        FormDialog(self, "新建年度报告", form, self._begin, "新建").open()

    @override
    def print_page(self) -> bool:
        if self._row is None:
            return False
        self._keep()
        preview_form(self, self.desk, "annual_report", Options(record_id=self._row.id))
        return True

    def content(self) -> ReportRow | None:
        """The report as it is on the screen, saved or not; None if a field holds no value."""
        if self._row is None:
            return None
        first, last = (self._day(name) for name in ("first_on", "last_on"))
        if first is None or last is None or last < first:
            return None
        return replace(
            self._row,
            name=str(self.form.field("name").raw()),
            first_on=first,
            last_on=last,
            rounded=bool(self.form.field("rounded").raw()),
            opening=self.editor.opening,
            parts=self.editor.parts,
            closing=self.editor.closing,
            annex=tuple(str(name) for name in _listed(self.annex.field("annex").raw())),
        )

    def _day(self, name: str) -> date | None:
        field = self.form.field(name)
        assert isinstance(field, DateField), "the period's fields hold days"
        return field.meant()

    def _fields(self) -> tuple[TextField | DateField | CheckField, ...]:
        return (
            TextField("name", wide=True),
            DateField("first_on"),
            DateField("last_on"),
            CheckField("rounded", wide=True),
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        self.choose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row.addWidget(self.choose)
        row.addStretch(1)
        row.addWidget(self.template)
        row.addWidget(self.remove)
        self.body.addLayout(row)
        halves = QSplitter()
        halves.setHandleWidth(style.px(11))
        halves.setChildrenCollapsible(False)
        left, right = QFrame(), QFrame()
        for frame in (left, right):
            frame.setObjectName("card")
            halves.addWidget(frame)
        column = QVBoxLayout(left)
        column.setContentsMargins(1, style.px(10), 1, 1)
        column.setSpacing(style.px(6))
        column.addWidget(self.editor, 5)
        self._wrong.setContentsMargins(style.px(15), 0, style.px(15), 0)
        column.addWidget(self._wrong)
        column.addWidget(self.form, 3)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(style.px(8), style.px(8), 1, 1)
        inside.addWidget(self.preview)
        left.setMinimumWidth(style.px(440))
        halves.setSizes([style.px(560), style.px(620)])
        halves.setStretchFactor(1, 1)
        self.body.addWidget(halves, 1)

    def _connect(self) -> None:
        self.choose.currentIndexChanged.connect(self._switch)
        self.editor.edited.connect(self._note_edit)
        self.form.edited.connect(self._note_edit)
        self.annex.edited.connect(self._note_edit)
        self.form.save_next.connect(self._save)
        self._timer.timeout.connect(self._settle)
        self.preview.looked.connect(self._tell)
        self.preview.asked.connect(self._show_rows)
        self.save.clicked.connect(self._save)
        self.new.clicked.connect(self.start_new)
        self.finish.clicked.connect(self._finish)
        self.print.clicked.connect(self.print_page)
        self.word.clicked.connect(self._write_word)
        self.template.clicked.connect(self._adopt)
        self.remove.clicked.connect(self._remove)

    def _switch(self) -> None:
        """Go to another report; what was typed in this one is saved before."""
        wanted = self.choose.currentIndex()
        self._go_back()
        self._keep()
        self.choose.blockSignals(True)
        self.choose.setCurrentIndex(wanted)
        self.choose.blockSignals(False)
        self._open_chosen()

    def _go_back(self) -> None:
        """Stand at the report that is open, until the other one may be opened."""
        self.choose.blockSignals(True)
        self.choose.setCurrentIndex(self.choose.findData(self._row.id if self._row else ""))
        self.choose.blockSignals(False)

    def _keep(self) -> None:
        if self._is_edited:
            self._save()

    def _open_chosen(self) -> None:
        self._is_edited = self._is_saving = False
        chosen = self.choose.currentData()
        self._row = self.desk.ask(annual_reports.one, chosen) if chosen else None
        row = self._row
        for part in (self.editor, self.form, self.template, self.remove, self.print, self.word):
            part.setEnabled(row is not None)
        self.finish.setEnabled(row is not None)
        self.preview.tell(None)
        self._period = None
        if row is None:
            self.preview.show_report((), ())
            self._wrong.setText("")
            return
        at = self.window().focusWidget()
        self.form.show_row(row)
        self.annex.show_row(row)
        self.editor.show_report(row)
        if at:
            at.setFocus()
        self._restore(row)
        self.editor.set_locked(is_locked=row.is_final)
        self.form.setEnabled(not row.is_final)
        self.annex.setEnabled(not row.is_final)
        self.finish.setText("退回修改" if row.is_final else "定稿")
        self.show_preview()

    def show_preview(self) -> None:
        """Show how the report reads now, saved or not."""
        row = self.content()
        if row is None:
            return
        if row.is_final:
            filled = self.desk.ask(annual_figures.filled, row.id)
            self.preview.show_report(filled.paragraphs, filled.annex)
            self._wrong.setText("")
            return
        self._read(row)
        spoken = self.desk.ask(annual_figures.words, row.first_on, row.last_on)
        self.preview.show_report(
            annual_figures.paragraphs(row, self._values, spoken),
            annual_figures.compared(row.annex, self._values, self._last),
        )
        wrong = self.desk.ask(annual_reports.mistakes, row)
        self._wrong.setText("\n".join(wrong[:3]))
        self._wrong.setVisible(bool(wrong))

    def _read(self, row: ReportRow) -> None:
        """Read the figures that the text asks for and that are not known yet."""
        period = (row.first_on, row.last_on)
        if period != self._period:
            self._period, self._values, self._last = period, {}, {}
        wanted = [*slots_in(*row.texts), *row.annex]
        missing = [name for name in wanted if name not in self._values]
        if missing:
            self._values |= self.desk.ask(annual_figures.read, *period, missing)
        earlier = annual_figures.span_before(*period)
        missing = [name for name in row.annex if name not in self._last]
        if missing:
            self._last |= self.desk.ask(annual_figures.read, earlier.first, earlier.last, missing)

    def _restore(self, row: ReportRow) -> None:
        """Show what was typed and not saved when the program stopped."""
        draft = None if row.is_final else self._drafts.find(row.id)
        kept: list[str] = draft.values.get("texts", []) if draft else []
        if kept and kept != self.editor.raw():
            self.editor.set_raw(kept)
            self._is_edited = True
            self.desk.say("已恢复上次没有保存的文字，请检查后保存")

    def _note_edit(self) -> None:
        self._is_edited, self._is_saving = True, False
        self._timer.start()

    def _settle(self) -> None:
        """A pause in typing: keep a draft, show how it reads."""
        if self._row is not None and self._is_edited:
            self._drafts.keep(self._row.id, {"texts": self.editor.raw()}, self.desk.clock())
        self.show_preview()

    def _save(self) -> None:
        row = self._row
        if row is None:
            return
        self._timer.stop()
        values = self.annex.values() | self.form.values()
        self._is_saving = True
        self.desk.do(
            annual_reports.save,
            report_id=row.id,
            opening=self.editor.opening,
            parts=self.editor.parts,
            closing=self.editor.closing,
            **values,
        )
        self.annex.saved()
        self.form.saved()
        self._drafts.drop(row.id)

    def _begin(self, **values: Any) -> None:  # Any: as the form gives them
        self._keep()
        made = self.desk.do(annual_reports.start, **values)
        self.open_record(AnnualReport, made)

    def _finish(self) -> None:
        row = self._row
        assert row, "the button waits for a report"
        if row.is_final:
            self.desk.do(annual_reports.reopen, report_id=row.id)
            return
        self._keep()
        self.desk.do(annual_reports.finish, report_id=row.id)

    def _tell(self, name: str) -> None:
        row = self.content()
        if row is None:
            return
        if row.is_final:
            self.preview.tell(self.desk.ask(annual_figures.value_of, row.id, name), FROZEN)
        else:
            self.preview.tell(self._values.get(name))

    def _show_rows(self, name: str) -> None:
        row = self.content()
        if row is not None:
            FigureRows(self, self.desk, Asked(name, row.first_on, row.last_on)).open()

    def _write_word(self) -> None:
        row = self._row
        assert row, "the button waits for a report"
        self._keep()
        to = messages.ask_file_to_save(self, "存为 Word", f"{row.name}.docx", "Word 文件 (*.docx)")
        if to is not None:
            chosen = Options(record_id=row.id)
            work = partial(printing.write_docx, self.desk.office, "annual_report", to, chosen)
            run_task(self, "正在写 Word 文件", work, self._say_written)

    def _say_written(self, to: Path) -> None:
        self.desk.say(f"已存为 {to}")

    def _adopt(self) -> None:
        row = self._row
        assert row, "the button waits for a report"
        self._keep()
        name = messages.ask_text(
            "存为模板", "以后新建的报告从这份文字开始。模板名称：", text=row.name, parent=self
        )
        if name:
            self.desk.do(annual_reports.adopt, report_id=row.id, name=name)

    def _remove(self) -> None:
        row = self._row
        assert row, "the button waits for a report"
        self._row, self._is_edited = None, False
        self.desk.do(annual_reports.remove, ids=(row.id,))
        self.desk.say(f"已删除“{row.name}”，按 Ctrl+Z 撤销")


def figure_candidates() -> list[Candidate]:
    """Every figure of the catalogue, with its chapter and its id."""
    return [
        Candidate(measure.id, measure.name, f"{chapter} · {measure.id}")
        for chapter, measures in CHAPTERS.items()
        for measure in measures
    ]


def _listed(raw: object) -> list[object]:
    return [*raw] if isinstance(raw, list) else []
