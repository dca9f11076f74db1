"""The dispatch: a week, a month or a quarter seen in tables before its report is made and kept."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.models import (
    Assignment,
    Dispatch,
    Extension,
    Feedback,
    Record,
    Reply,
    Suggestion,
    Urging,
)
from deputydesk.operations import dispatches
from deputydesk.operations.dispatch_snapshot import COUNTS, Snapshot, summary_of
from deputydesk.operations.dispatches import DispatchRow
from deputydesk.reports import Options
from deputydesk.rules.dispatch_periods import DispatchKind, DispatchPeriod, before, period_of
from deputydesk.ui import style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.fields import LongTextField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, Yielding, card, label
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

KINDS = tuple(DispatchKind)
BACK = {DispatchKind.WEEK: 12, DispatchKind.MONTH: 12, DispatchKind.QUARTER: 8}
"""How many periods are offered, counted back from today's."""
LEAST = 112
"""Height of the tables where the window is low: their headings and two lines."""
TABLES = ("承办单位", "逾期", "本期变化", "在办")
UNITS, OVERDUE, CHANGES, OPEN = range(4)


@dataclass(frozen=True)
class PeriodRow:
    """A period as the list shows it, with its report if one was made."""

    id: str
    period: DispatchPeriod
    report: DispatchRow | None
    is_over: bool

    @property
    def state(self) -> str:
        """第3期, or that there is none yet."""
        if self.report:
            return f"第{self.report.number}期"
        return "未生成" if self.is_over else "进行中"

    @property
    def tone(self) -> Tone:
        """The colour of that."""
        if self.report:
            return Tone.GREEN
        return Tone.AMBER if self.is_over else Tone.GREY


@dataclass(frozen=True)
class Line:
    """A line of one of the tables."""

    id: str
    cells: tuple[str, ...]
    is_late: bool = False


class DispatchesPage(Page):
    """Periods at the left, the ledger of the chosen one at the right."""

    title = "调度报告"
    shows = frozenset((Dispatch, Suggestion, Assignment, Extension, Reply, Feedback, Urging))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._at: PeriodRow | None = None
        self._is_read = False
        self.kinds = Chips(tuple(kind.label for kind in KINDS), "种类")
        self.periods: RowsTable[PeriodRow] = RowsTable(_period_columns(), name="各期")
        self.tables = Chips(TABLES, "表")
        self.stack = QStackedWidget()
        self.lists = tuple(
            RowsTable(columns, name=name, empty=empty)
            for name, columns, empty in zip(TABLES, _TABLE_COLUMNS, _EMPTY, strict=True)
        )
        self.heading, self.note = Yielding(kind="h2"), label("", "faint")
        self.form = Form(
            desk,
            "dispatch",
            (LongTextField("summary", lines=3), TextField("signed_by", wide=True)),
            model=Dispatch,
        )
        self.text = label("", "")
        self._print = self.add_button("打印", "printer")
        self._sign = self.add_button("签发", "stamp")
        self._lay_out()
        self._connect()

    @override
    def refresh(self) -> None:
        chosen = self._at.id if self._at else ""
        self._is_read = False
        self.periods.set_rows(self._offered())
        if not self.periods.select(chosen):
            self.periods.select(self._newest_over())
        if not self._is_read:
            self._show(self.periods.current())

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        del model
        report = self.desk.ask(dispatches.one, record_id)
        self.kinds.group.button(KINDS.index(report.kind)).setChecked(True)
        self.refresh()
        self.periods.select(record_id)

    @override
    def print_page(self) -> bool:
        if self._at is None or self._at.report is None:
            return False
        preview_form(self, self.desk, "dispatch", Options(record_id=self._at.report.id))
        return True

    @property
    def kind(self) -> DispatchKind:
        """Week, month or quarter."""
        return KINDS[self.kinds.chosen()]

    def _offered(self) -> list[PeriodRow]:
        """Today's period and those before it, and every one that was reported."""
        today, kind = self.desk.today, self.kind
        made = {r.period: r for r in self.desk.ask(dispatches.rows) if r.kind is kind}
        period, offered = period_of(kind, today), set(made)
        for _ in range(BACK[kind]):
            offered.add(period)
            period = before(period)
        return [
            PeriodRow(
                made[p].id if p in made else p.first.isoformat(), p, made.get(p), p.last <= today
            )
            for p in sorted(offered, key=lambda p: p.first, reverse=True)
        ]

    def _newest_over(self) -> str:
        rows = self.periods.rows.rows()
        return next((row.id for row in rows if row.is_over), rows[0].id)

    def _lay_out(self) -> None:
        self.body.addWidget(self.kinds)
        halves = QSplitter()
        halves.setHandleWidth(style.px(11))
        halves.setChildrenCollapsible(False)
        left = QFrame()
        left.setObjectName("card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, style.px(4), 0, style.px(4))
        inside.addWidget(self.periods)
        halves.addWidget(left)
        halves.addWidget(self._right())
        left.setMinimumWidth(style.px(280))
        halves.setSizes([style.px(300), style.px(880)])
        halves.setStretchFactor(1, 1)
        self.body.addWidget(halves, 1)
        self.setFocusProxy(self.periods)

    def _right(self) -> QWidget:
        frame, inside = card()
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.note)
        inside.addLayout(head)
        inside.addWidget(self.tables)
        for made in self.lists:
            self.stack.addWidget(made)
        self.stack.setMinimumHeight(style.px(LEAST))
        inside.addWidget(self.stack, 1)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(self.text)
        self.form.setMaximumHeight(style.px(230))
        self._make = self.form.add_button("生成本期报告", primary=True, key="Ctrl+Enter")
        inside.addWidget(self.form)
        return frame

    def _connect(self) -> None:
        self.kinds.group.idToggled.connect(self._turn)
        self.tables.group.idToggled.connect(self._show_table)
        self.periods.picked.connect(self._show)
        self.lists[OPEN].opened.connect(self._open_suggestion)
        self._make.clicked.connect(self.make)
        self.form.save_next.connect(self.make)
        self._print.clicked.connect(self.print_page)
        self._sign.clicked.connect(self.sign)

    def _turn(self, _number: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on and self.desk.is_ready:
            self._at = None
            self.refresh()

    def _show_table(self) -> None:
        self.stack.setCurrentIndex(self.tables.chosen())

    def _show(self, row: PeriodRow | None) -> None:
        """The ledger of a period: as it was kept, or as it would be."""
        if row is None:
            return
        is_new = self._at is None or self._at.id != row.id
        self._at, self._is_read = row, True
        report = row.report
        snapshot = self._snapshot(row)
        text = report.summary if report else summary_of(snapshot)
        name = f"{row.period.name}{self.kind.label}"
        self.heading.setText(f"{name}　{row.state}" if report else f"{name}（预览）")
        self.note.setText(_note(report, snapshot))
        self._fill(snapshot)
        self.text.setText(text)
        self.text.setVisible(report is not None)
        self.form.setVisible(report is None)
        if report is None and (is_new or not self.form.is_edited):
            self.form.start(summary=text, signed_by="")
            self.form.show_top()
            self.periods.setFocus()
        self._print.setEnabled(report is not None)
        self._sign.setEnabled(report is not None and report.signed_on is None)
        overdue = snapshot.total.overdue
        self.set_subtitle(f"承办 {snapshot.total.assigned} 件次 · 逾期 {overdue} 件次")

    def _snapshot(self, row: PeriodRow) -> Snapshot:
        if row.report:
            return self.desk.ask(dispatches.kept, row.report.id)
        day, today = row.period.first, self.desk.today
        return self.desk.ask(dispatches.preview, kind=self.kind, day=day, today=today)

    def _fill(self, snapshot: Snapshot) -> None:
        for place, lines in enumerate(_lines(snapshot)):
            self.lists[place].set_rows(lines)
            count = len(lines) - (place == UNITS and bool(lines))
            self.tables.set_text(place, f"{TABLES[place]} {count}")

    def make(self) -> None:
        """Make the report of the chosen period, and keep it for good."""
        row = self._at
        if row is None or row.report is not None:
            return
        values = self.form.values()
        made = self.desk.do(dispatches.make, kind=self.kind, day=row.period.first, **values)
        self.form.saved()
        self.refresh()
        self.periods.select(made)
        self.desk.say(f"已生成{row.period.name}{self.kind.label}，台账快照不再改变")

    def sign(self) -> None:
        """Ask who signed it, and when."""
        assert self._at, "the button is on with a report"
        assert self._at.report, "as above"
        fields = (TextField("signed_by"), DateField("signed_on"))
        form = Form(self.desk, f"dispatch-sign-{self._at.report.id}", fields, model=Dispatch)
        form.start(signed_on=self.desk.today)
        save = partial(self.desk.do, dispatches.sign, dispatch_id=self._at.report.id)
        FormDialog(self, "签发", form, save, "签发").open()

    def _open_suggestion(self, line: Line) -> None:
        self.desk.open(Suggestion, line.id)


def _note(report: DispatchRow | None, snapshot: Snapshot) -> str:
    as_of = f"数据截至{snapshot.as_of.month}月{snapshot.as_of.day}日"
    if report is None:
        return as_of
    if not report.is_intact:
        return "快照与校验值不符，请核对数据"
    signed = f"{report.signed_by}签发" if report.signed_on else "未签发"
    return f"{as_of} · {signed} · 校验值 {report.check}"


def _lines(s: Snapshot) -> tuple[list[Line], ...]:
    """The four tables."""
    units = [*s.units, s.total] if s.units else []
    return (
        [
            Line(str(n), (u.unit, *(str(getattr(u, name) or "") for name in COUNTS)), u.overdue > 0)
            for n, u in enumerate(units)
        ],
        [
            Line(
                str(n),
                (_code(o.number), o.headline, o.unit, o.due_on.isoformat(), f"{o.days}天",
                 f"{o.urged}次" if o.urged else ""),
                is_late=True,
            )
            for n, o in enumerate(s.overdue)
        ],
        [
            Line(str(n), (_code(c.number), c.headline, c.what))
            for n, c in enumerate(s.changes)
        ],
        [
            Line(
                o.id,
                (_code(o.number), o.headline, o.units, o.due_on.isoformat() if o.due_on else "",
                 o.state, o.mark),
                is_late=o.due_on is not None and o.due_on < s.as_of,
            )
            for o in s.open
        ],
    )  # fmt: skip


def _code(number: int) -> str:
    return f"第{number}号" if number else "—"


def _period_columns() -> tuple[Column[PeriodRow], ...]:
    return (
        Column("期间", lambda r: r.period.name, 0, sort=lambda r: r.period.first),
        Column("报告", lambda r: r.state, 76, tone=lambda r: r.tone),
    )


def _cell(place: int, line: Line) -> str:
    return line.cells[place]


def _is_late(line: Line) -> bool:
    return line.is_late


def _columns(*titles: tuple[str, int], late: int = -1) -> tuple[Column[Line], ...]:
    return tuple(
        Column(
            title,
            partial(_cell, place),
            width,
            alert=_is_late if place == late else None,
            right=width == _NUMBER,
        )
        for place, (title, width) in enumerate(titles)
    )


_NUMBER = 64
_TABLE_COLUMNS = (
    _columns(
        ("承办单位", 0), ("承办", _NUMBER), ("已复", _NUMBER), ("未到期", _NUMBER),
        ("近期", _NUMBER), ("逾期", _NUMBER), ("满意", _NUMBER), ("基本满意", _NUMBER),
        ("不满意", _NUMBER), late=5,
    ),
    _columns(
        ("编号", 70), ("建议", 0), ("承办单位", 150), ("时限", 92), ("逾期", 70), ("已催办", 60),
        late=4,
    ),
    _columns(("编号", 70), ("建议", 260), ("办理情况", 0)),
    _columns(
        ("编号", 70), ("建议", 0), ("承办单位", 150), ("时限", 92), ("状态", 80), ("督办", 120),
        late=3,
    ),
)  # fmt: skip
_EMPTY = (
    "这一期还没有交办的建议。",
    "没有逾期的建议。",
    "这一期没有新的办理情况。",
    "没有在办的建议。",
)
