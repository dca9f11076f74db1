"""Evaluations: prepared, ballots printed, counts typed in, results announced and printed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.errors import FieldError
from deputydesk.models import Evaluation, EvaluationEntry, Record
from deputydesk.models.choices import EvaluationState
from deputydesk.operations import deputies, evaluations, presets
from deputydesk.operations.evaluations import EvaluationRow, Tally
from deputydesk.reports import Options
from deputydesk.rules.names import NameOrder
from deputydesk.rules.satisfaction import (
    SATISFACTION,
    Scale,
    check_ballots,
    check_tally,
    grade,
)
from deputydesk.rules.typed_dates import spoken
from deputydesk.ui import lookups, messages, style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.drafts import Drafts
from deputydesk.ui.fields import ChoiceField, NumberField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.office_column import with_office
from deputydesk.ui.page import Page
from deputydesk.ui.parts import button, label
from deputydesk.ui.past_action import PastAction
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.scan_returns import take_back
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tally_grid import TallyGrid
from deputydesk.ui.tally_sheet import Counted, Sheet
from deputydesk.ui.tally_sum import TallySum

NUMBERS = ("issued", "returned", "valid", "invalid")
TONES = {
    EvaluationState.PREPARED: Tone.BLUE,
    EvaluationState.COUNTED: Tone.VIOLET,
    EvaluationState.ANNOUNCED: Tone.GREEN,
}
EMPTY = "还没有述职测评。点“准备测评”准备第一次。"


class EvaluationsPage(Page):
    """Evaluations at the left, the counting sheet of one at the right."""

    title = "述职测评"
    shows = frozenset({Evaluation, EvaluationEntry})
    finds = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._at: EvaluationRow | None = None
        self._wanted = ""
        self.table: RowsTable[EvaluationRow] = RowsTable(
            with_office(desk, _columns()), name="测评列表", empty=EMPTY
        )
        self.numbers = Form(desk, "ballots", _number_fields(), model=Evaluation, columns=6)
        self.grid = TallyGrid(Drafts(desk.folder / "drafts", "tally"), desk.clock)
        self._title, self._state = label("", "h2"), label("", "sub")
        self._sum = TallySum()
        self._save = button("保存计票", primary=True)
        self._announce = button("公布结果")
        self._ballots = button("打印选票", "printer")
        self._back = button("收回扫描", "scan-line")
        self._result = button("打印结果表", "printer")
        self._new = self.add_button("准备测评", "plus")
        self._lay_out()
        self._connect()

    @override
    def refresh(self) -> None:
        found = self.desk.ask(evaluations.rows)
        words = self._wanted.split()
        shown = [r for r in found if all(w in f"{r.name}{r.place}{r.home}" for w in words)]
        self.set_subtitle(f"共 {len(found)} 次" if found else "")
        self.table.set_rows(shown)
        if self.table.current() is None and shown:
            self.table.select(shown[0].id)
        if not shown:
            self._show(None)

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self.refresh()

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        del model
        self._wanted = ""
        self.refresh()
        self.table.select(record_id)

    @override
    def start_new(self) -> None:
        PrepareDialog(self).open()

    @override
    def print_page(self) -> bool:
        if self._at is None:
            return False
        if self._at.state is EvaluationState.PREPARED:
            self._print_ballots()
        else:
            self._print_result()
        return True

    def show_field_error(self, name: str, sentence: str) -> bool:
        """Show an error of the count at its number or at its row."""
        if self.numbers.show_field_error(name, sentence):
            return True
        self._sum.say(sentence, is_wrong=True)
        return self.grid.show_field_error(name, sentence)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.table.setFocus()

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(style.px(11))
        split.setChildrenCollapsible(False)
        left = QFrame()
        left.setObjectName("card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, style.px(4), 0, style.px(4))
        inside.addWidget(self.table.add_filters())
        inside.addWidget(self.table, 1)
        left.setMinimumWidth(style.px(118))
        split.addWidget(left)
        self._card = QFrame()
        self._card.setObjectName("card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(0, style.px(10), 0, 0)
        column.setSpacing(style.px(4))
        column.addWidget(_padded(self._title, None, self._state))
        self.numbers.setFixedHeight(style.px(76))
        column.addWidget(self.numbers)
        column.addWidget(_padded(self.grid), 1)
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(style.px(16), style.px(8), style.px(12), style.px(8))
        row.addWidget(self._sum, 1)
        for made in (self._ballots, self._back, self._result, self._announce, self._save):
            row.addWidget(made)
        column.addWidget(foot)
        split.addWidget(self._card)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 2)
        split.setSizes([style.px(370), style.px(770)])
        self.body.addWidget(split, 1)

    def _connect(self) -> None:
        self._save.set_key("Ctrl+Enter")
        self.numbers.leave_save_key()
        self.table.picked.connect(self._show)
        self.table.opened.connect(self._begin)
        self.table.add_action("录入计票", self._begin)
        PastAction(self.table, self.desk, Evaluation)
        self._new.clicked.connect(self.start_new)
        self.numbers.edited.connect(self._check)
        self.grid.edited.connect(self._check)
        self.grid.finished.connect(self._save.setFocus)
        self._save.clicked.connect(self._count)
        self._announce.clicked.connect(self._publish)
        self._ballots.clicked.connect(self._print_ballots)
        self._back.clicked.connect(self._take_back)
        self._result.clicked.connect(self._print_result)

    def _begin(self) -> None:
        """Go to where the next number is missing."""
        empty = any(self.numbers.field(name).raw() == "" for name in NUMBERS)
        if empty:
            self.numbers.focus_first()
        else:
            self.grid.focus_first()

    def _show(self, row: EvaluationRow | None) -> None:
        self._at = row
        self._card.setVisible(row is not None)
        if row is None:
            return
        had_focus = self.table.hasFocus()
        self._title.setText(row.name)
        where = row.place or row.home
        self._state.setText(
            " · ".join(p for p in (spoken(row.held_on), where, row.state.label) if p)
        )
        self.numbers.show_row(row)
        entries = self.desk.ask(evaluations.entries, row.id)
        is_counted = row.state is not EvaluationState.PREPARED
        rows = [Counted(e.mandate_id, e.position, e.name, e.job, e.counts, e.void) for e in entries]
        self.grid.show_ballot(row.id, rows, _sheet(row.scale), is_counted=is_counted)
        is_final = row.state is EvaluationState.ANNOUNCED
        self.grid.set_locked(is_locked=is_final)
        self.numbers.setDisabled(is_final)
        self._save.setVisible(not is_final)
        self._announce.setVisible(row.state is EvaluationState.COUNTED)
        self._result.setEnabled(is_counted)
        if had_focus or is_final:
            self.table.setFocus()
        self._check()

    def _check(self) -> None:
        """Say whether the ballots and the rows add up."""
        texts = [str(self.numbers.field(name).raw()).strip() for name in NUMBERS]
        if not all(text.isdecimal() for text in texts):
            self.grid.set_valid(None)
            self._sum.say("先填写发出、收回、有效、无效票数。")
            return
        issued, returned, valid, invalid = (int(text) for text in texts)
        self.grid.set_valid(valid)
        problems = check_ballots(issued=issued, returned=returned, valid=valid, invalid=invalid)
        self._sum.judge(problems, self.grid, "名代表")

    def _count(self) -> None:
        if self._at is None:
            return
        values = self.numbers.values()
        for name in NUMBERS:
            if values[name] is None:
                raise FieldError(name, f"请填写{self.numbers.field(name).text}。")
        messages.expect_errors_at(self)
        tallies = tuple(Tally(t.key, t.counts, t.void) for t in self.grid.tallies())
        self.desk.do(evaluations.count, evaluation_id=self._at.id, tallies=tallies, **values)
        self.numbers.saved()
        self.grid.saved()
        self.desk.say("计票已保存，可以公布结果")
        self._announce.setFocus()

    def _publish(self) -> None:
        if self._at is not None:
            self.desk.do(evaluations.announce, evaluation_id=self._at.id)

    def _print_ballots(self) -> None:
        if self._at is not None:
            preview_form(self, self.desk, "ballot", Options(record_id=self._at.id))

    def _take_back(self) -> None:
        if self._at is not None:
            take_back(self.desk, Evaluation, self._at.id)

    def _print_result(self) -> None:
        if self._at is not None:
            preview_form(self, self.desk, "ballot_result", Options(record_id=self._at.id))


class PrepareDialog(FormDialog):
    """Prepares an evaluation: when, where, who stands on the ballot, by which grades."""

    def __init__(self, page: Page) -> None:
        desk = page.desk
        self._desk = desk
        self._deputies = PickManyField(
            "deputy_ids", partial(lookups.deputies_in_office, desk), label="参加测评的代表"
        )
        home = PickField("home_id", partial(lookups.homes, desk))
        scales = desk.ask(presets.scales, desk.today)
        fields = (
            TextField("name", wide=True),
            DateField("held_on", ahead=True),
            home,
            TextField("place"),
            TextField("host"),
            ChoiceField("scale", options=tuple((s, s.name) for s in scales), label="测评等次"),
            ChoiceField("order", NameOrder, label="排列顺序"),
            self._deputies,
        )
        form = Form(desk, "evaluation", fields, model=Evaluation)
        form.setMinimumWidth(style.px(640))
        super().__init__(page, "准备述职测评", form, self._prepare, "准备好")
        home.picked.connect(self._take_in)
        form.start(held_on=desk.today, scale=SATISFACTION)
        form.say("选定代表之家后自动列入该家代表")

    def _take_in(self, home_id: str) -> None:
        """Put the deputies of the home on the ballot, if nobody was chosen yet."""
        if not self._deputies.value():
            found = self._desk.ask(deputies.rows)
            mine = [r.id for r in found if r.home_id == home_id and r.main and not r.suspended]
            self._deputies.set_value(mine)

    def _prepare(self, **values: Any) -> None:  # Any: as the form gives them
        made = self._desk.do(evaluations.prepare, **values)
        self._desk.open(Evaluation, made)


def _sheet(scale: Scale) -> Sheet:
    """The counting sheet of a scale of grades."""

    def problem(counts: Mapping[str, int], void: int, valid: int) -> str:
        found = check_tally(counts, void=void, valid=valid, scale=scale)
        return found[0].message if found else ""

    def result(counts: Mapping[str, int], void: int) -> str:
        return grade(counts, scale, void=void)

    return Sheet("代表", scale.options, problem, result, void="空白多选")


def _number_fields() -> tuple[NumberField | TextField, ...]:
    return (
        *(NumberField(name, optional=True) for name in NUMBERS),
        TextField("counter"),
        TextField("scrutineer"),
    )


def _columns() -> tuple[Column[EvaluationRow], ...]:
    return (
        Column("日期", lambda r: f"{r.held_on}", 92, drop=2),
        Column("会议名称", lambda r: r.name, 0),
        Column(
            "代表", lambda r: str(r.deputies), 52, sort=lambda r: r.deputies, right=True, drop=1
        ),
        Column("状态", lambda r: r.state.label, 76, tone=_tone, drop=3),
    )


def _tone(row: EvaluationRow) -> Tone:
    return TONES.get(row.state, Tone.GREY)


def _padded(*parts: QWidget | None) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(style.px(16), 0, style.px(16), 0)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return made
