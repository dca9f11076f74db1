"""核对入账: the numbers that must close, what stands in the way, the result, and booking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.errors import FieldError
from deputydesk.models import ScanRun
from deputydesk.models.scan import PageState
from deputydesk.operations import scan_books, scan_named, scan_pages, scan_runs, scan_samples
from deputydesk.operations.scan_books import Standing
from deputydesk.operations.scan_pages import PageShown, Pair
from deputydesk.operations.scan_runs import RunRow
from deputydesk.reports import Options
from deputydesk.rules.scan_plan import WORDS
from deputydesk.rules.typed_dates import spoken
from deputydesk.ui import messages, style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.dialogs.scan_pairs import LIKELIEST, PairsDialog
from deputydesk.ui.dialogs.scan_sample import SampleDialog
from deputydesk.ui.fields import LongTextField, NumberField, TextField
from deputydesk.ui.form import Form
from deputydesk.ui.parts import button, framed, label
from deputydesk.ui.scan_queue import Key, key_of
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

PROTOCOL = "scan_protocol"
RESULTS = {
    "ballot": "ballot_result",
    "project_ballot": "project_vote_result",
    "survey_paper": "survey_result",
}
"""By the form that came back, the form of its result."""
NUMBERS = ("issued", "returned", "invalid")
SAVE, CORRECT = "保存手写内容", "更正手写内容"
WHY = "已经入账，更正以后那条记录跟着改，原来的留在变更记录里。为什么更正？"
READY = "都对上了，可以入账。"
NO_PAIRS = "没有还要比较的两页。"
INSTEAD = "以读票为准，代替手工录入的结果？"
INSTEAD_HINT = "手工录入的票数留在变更记录里。"


@dataclass(frozen=True)
class Problem:
    """What stands in the way, and what to do."""

    id: str
    field: str
    said: str


@dataclass(frozen=True)
class Tallied:
    """What a question got."""

    id: str
    name: str
    counts: str
    void: int
    by_hand: str


class ClosingView(QWidget):
    """Numbers at the left; what is still to be done and the result at the right."""

    row_wanted = Signal(object)
    """The row (page and number) that a person has to look at."""
    part_wanted = Signal(int)
    """Place of the part of the page in which a problem is solved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._run: RunRow | None = None
        self._pages: Sequence[PageShown] = ()
        self.form = Form(desk, "", _fields(), model=ScanRun)
        self.named = Form(desk, "", _named_fields(), model=ScanRun)
        """What is keyed in of one paper that names its record."""
        self._forms = QStackedWidget()
        self.state = label("", "sub")
        self.problems: RowsTable[Problem] = RowsTable(
            (Column("入账前还要做的（按 Enter 去做）", lambda r: r.said, 0),),
            name="入账前还要做的",
            empty=READY,
        )
        self.result: RowsTable[Tallied] = RowsTable(
            (
                Column("名称", lambda r: r.name, 150),
                Column("票数", lambda r: r.counts, 0),
                Column("空白无效", lambda r: str(r.void), 76, right=True, sort=lambda r: r.void),
                Column("与手工录入不同", lambda r: r.by_hand, 150, drop=1),
            ),
            name="读票结果",
            empty="还没有读入扫描件。",
        )
        self.save = button("保存票数")
        self.sample = button("人工抽查", "list-checks")
        self.search = button("找重复", "copy")
        self.book = button("入账", "check", primary=True)
        self.print_result = button("打印结果", "printer")
        self.print_protocol = button("打印读票记录", "printer")
        self._lay_out()
        self._connect()

    def show_run(self, run: RunRow | None, pages: Sequence[PageShown]) -> None:
        """Show how far a run is."""
        is_other = run is None or self._run is None or run.id != self._run.id
        self._run, self._pages = run, pages
        is_open = run is not None and run.is_open
        is_corrected = run is not None and run.is_named
        self.form.setEnabled(is_open)
        self.named.setEnabled(is_open or is_corrected)
        self.save.setEnabled(is_open or is_corrected)
        for part in (self.sample, self.search, self.book):
            part.setEnabled(is_open)
        self.print_protocol.setEnabled(run is not None and not is_open)
        self.print_result.setEnabled(run is not None and not is_open and run.form in RESULTS)
        if run is None:
            self.state.setText("")
            self.problems.set_rows([])
            self.result.set_rows([])
            return
        form = self._form(run)
        self._forms.setCurrentWidget(form)
        said = SAVE if is_open else CORRECT
        self.save.setText(said if run.is_named else "保存票数")
        if is_other or not form.is_edited:
            came_on = run.came_on or self._desk.today  # nothing counts until it is saved
            form.show_row(replace(run, came_on=came_on))
        self._show(run, self._desk.ask(scan_books.standing, run.id))

    @override
    def setFocus(self, *_reason: object) -> None:
        (self._form(self._run) if self._run else self.form).focus_first()

    def _form(self, run: RunRow) -> Form:
        return self.named if run.is_named else self.form

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        self.state.setWordWrap(True)
        column.addWidget(self.state)
        split = QSplitter()
        split.setHandleWidth(style.px(11))
        split.setChildrenCollapsible(False)
        for form in (self.form, self.named):
            self._forms.addWidget(form)
        split.addWidget(framed(self._forms))
        right = QWidget()
        lists = QVBoxLayout(right)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(style.px(8))
        lists.addWidget(framed(self.problems), 2)
        lists.addWidget(framed(self.result), 3)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([style.px(400), style.px(760)])
        column.addWidget(split, 1)
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        for made in (self.save, self.sample, self.search):
            row.addWidget(made)
        row.addStretch(1)
        for made in (self.print_protocol, self.print_result, self.book):
            row.addWidget(made)
        column.addLayout(row)

    def _connect(self) -> None:
        self.save.set_key("Ctrl+Enter")
        for form in (self.form, self.named):
            form.leave_save_key()
        self.save.clicked.connect(self._reconcile)
        self.sample.clicked.connect(self._draw_sample)
        self.search.clicked.connect(self._search)
        self.book.clicked.connect(self._book)
        self.print_result.clicked.connect(self._print_result)
        self.print_protocol.clicked.connect(self._print_protocol)
        self.problems.opened.connect(self._solve)

    def _show(self, run: RunRow, standing: Standing) -> None:
        self.state.setText(_said(run, standing))
        found = standing.problems if run.is_open else ()
        rows = [
            Problem(str(number), problem.field, f"{problem.message}{problem.hint}")
            for number, problem in enumerate(found)
        ]
        self.problems.set_empty(READY if run.is_open else "已经入账。")
        self.problems.set_rows(rows)
        self.book.setEnabled(run.is_open and not rows)
        self._show_result(run)

    def _show_result(self, run: RunRow) -> None:
        if run.is_named:
            self.result.set_empty("还没有读入扫描件。")
            self.result.set_rows(_of_paper(self._pages))
            return
        if not self._pages or run.returned is None:
            self.result.set_empty(
                "先填写发出、收回、无效票数。" if self._pages else "还没有读入扫描件。"
            )
            self.result.set_rows([])
            return
        off: dict[str, list[str]] = {}
        for found in self._desk.ask(scan_books.compared, run.id):
            said = f"{found.option} 手工{found.by_hand}、读票{found.by_scan}"
            off.setdefault(found.name, []).append(said)
        counted = self._desk.ask(scan_books.tallies, run.id)
        self.result.set_rows(
            [
                Tallied(
                    question.id,
                    question.name,
                    "　".join(
                        f"{option.label} {counted[question.id].counts[option.id]}"
                        for option in question.options
                    ),
                    counted[question.id].void,
                    "；".join(off.get(question.name, ())),
                )
                for page in run.plan.pages
                for question in page
            ]
        )

    def _reconcile(self) -> None:
        run = self._run
        assert run, "the button is enabled when there is a run"
        if run.is_named:
            self._write_down(run)
            return
        values = self.form.values()
        for name in NUMBERS:
            if values[name] is None:
                raise FieldError(name, f"请填写{self.form.field(name).text}。")
        messages.expect_errors_at(self.form)
        self._desk.do(scan_books.reconcile, run_id=run.id, **values)
        self.form.saved()
        self.problems.setFocus()

    def _write_down(self, run: RunRow) -> None:
        """Keep what is keyed in of one paper; once it is booked, only with a reason."""
        values = self.named.values()
        why = "" if run.is_open else messages.ask_text(CORRECT, WHY, parent=self)
        if not run.is_open and not why:
            return
        messages.expect_errors_at(self.named)
        if why:
            self._desk.do(scan_named.rewrite, run_id=run.id, reason=why, **values)
        else:
            self._desk.do(scan_named.write_down, run_id=run.id, **values)
        self.named.saved()
        self.problems.setFocus()

    def _draw_sample(self) -> None:
        run = self._run
        assert run, "the button is enabled when there is a run"
        rows = self._desk.ask(scan_samples.left, run.id)
        if not rows:
            self._desk.do(scan_samples.draw, run_id=run.id)
            rows = self._desk.ask(scan_samples.left, run.id)
        SampleDialog(self, self._desk, run.id, rows).open()

    def _search(self) -> None:
        """Look for sheets that were scanned twice, though a stain hides that they are alike."""
        run = self._run
        assert run, "the button is enabled when there is a run"
        work = partial(scan_pages.likeliest, run, self._pages)
        run_task(self, "正在比较票面", work, self._show_likeliest)

    def _show_likeliest(self, pairs: Sequence[Pair]) -> None:
        if pairs:
            PairsDialog(self, self._desk, pairs, LIKELIEST).open()
        else:
            messages.tell(NO_PAIRS, parent=self)

    def _solve(self, problem: Problem) -> None:
        """Go to where it is solved."""
        run = self._run
        assert run, "there are problems only of a run"
        if problem.field == "rows":
            self.part_wanted.emit(1)
        elif problem.field == "pairs":
            pairs = scan_pages.same_sheets(run, self._pages)
            PairsDialog(self, self._desk, pairs).open()
        elif problem.field == "sample":
            off = self._desk.ask(scan_samples.disagreements, run, self._pages)
            if off:
                self.row_wanted.emit(key_of(off[0].row))
            else:
                self._draw_sample()
        elif problem.field == "pages":
            over = self._over(run)
            if over:
                self.row_wanted.emit(over)
            else:
                self.part_wanted.emit(0)
        else:
            self._form(run).show_field_error(problem.field, problem.said)

    def _over(self, run: RunRow) -> Key | None:
        """The first row of a page on which too much was ticked."""
        for page in self._pages:
            if page.state is PageState.READ and run.plan.is_over(page.paper.answers):
                return page.id, 0
        return None

    def _book(self) -> None:
        run = self._run
        assert run, "the button is enabled when there is a run"
        off = self._desk.ask(scan_books.compared, run.id)
        if off and not messages.confirm(INSTEAD, INSTEAD_HINT, "代替手工录入", parent=self):
            return
        self._desk.do(scan_books.book, run_id=run.id, replaces_hand=bool(off))
        self._run = self._desk.ask(scan_runs.one, run.id)
        self.problems.setFocus()  # the button that had it can do no more
        self._print_protocol()

    def _print_result(self) -> None:
        run = self._run
        assert run, "the button is enabled when there is a run"
        preview_form(self, self._desk, RESULTS[run.form], Options(record_id=run.record_id))

    def _print_protocol(self) -> None:
        run = self._run
        assert run, "the button is enabled when there is a run"
        preview_form(self, self._desk, PROTOCOL, Options(record_id=run.id))


def _fields() -> tuple[NumberField | TextField, ...]:
    return (
        *(NumberField(name, optional=True) for name in NUMBERS),
        NumberField("members"),
        NumberField("present"),
        TextField("counter"),
        TextField("scrutineer"),
        TextField("explanation", wide=True),
    )


def _named_fields() -> tuple[DateField | LongTextField, ...]:
    return (DateField("came_on"), LongTextField("written", lines=5))


def _of_paper(pages: Sequence[PageShown]) -> list[Tallied]:
    """What the one page that counts says."""
    rows = [row for page in pages if page.state is PageState.READ for row in page.rows]
    return [
        Tallied(
            row.question.id,
            row.question.name,
            row.question.words(row.answer) if row.answer else "待确认",
            int(row.answer in WORDS),
            "",
        )
        for row in rows
    ]


def _said(run: RunRow, standing: Standing) -> str:
    """The counts of a run in a line."""
    scanned = standing.read + standing.void + standing.same
    parts = [
        f"印制 {run.printed} 张",
        f"扫描 {scanned} 页：计入 {standing.read}、整张无效 {standing.void}、重复 {standing.same}",
        f"机读 {standing.by_machine} 行，人工认定 {standing.by_people} 行",
        f"其中改了 {standing.changed} 行",
    ]
    typed, asked = standing.sample
    if asked:
        agreed = typed - standing.disagreed
        parts.append(f"抽查 {typed}／{asked} 行，一致 {agreed} 行")
    if standing.is_all_reviewed:
        parts.append("抽查发现读错，全部行都要人工认定")
    if run.booked_on:
        parts.append(f"{spoken(run.booked_on)} {run.booked_by}入账")
    return "；".join(parts) + "。"
