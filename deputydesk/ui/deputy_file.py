"""The file of one deputy: who it is, and everything the deputy did."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.journal.values import models
from deputydesk.models import (
    Evaluation,
    Mandate,
    Opinion,
    PointQuarter,
    Suggestion,
    Visit,
)
from deputydesk.operations import (
    deputy_totals,
    duty,
    evaluations,
    opinions,
    points,
    record_history,
    suggestions,
    visits,
)
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.deputy_totals import DeputyTotals
from deputydesk.operations.duty import DutyRow
from deputydesk.operations.evaluations import EntryRow, EvaluationRow
from deputydesk.operations.opinion_rows import OpinionRow
from deputydesk.operations.points import ScoreRow
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.operations.visits import VisitRow
from deputydesk.rules.duty import DutyPart
from deputydesk.rules.points import shown
from deputydesk.ui import style
from deputydesk.ui.cells import pill
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.changes import change_lines
from deputydesk.ui.dialogs.facts import facts_card
from deputydesk.ui.dialogs.timeline import Line, Timeline
from deputydesk.ui.kpi import Kpi, KpiNumbers, KpiRow
from deputydesk.ui.paged_rows import LateRows
from deputydesk.ui.parts import label
from deputydesk.ui.photo import PhotoButton
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

DUTY, VISITS, SUGGESTIONS, OPINIONS, EVALUATIONS, SCORES, HISTORY = range(1, 8)
LEAST = 150
"""Height of the tabs with two lines of a list, in standard pixels."""
TABS = ("基本情况", "全部履职", "进家履职", "建议", "意见", "测评", "积分", "修改记录")


@dataclass(frozen=True)
class _Judged:
    """An evaluation with what this deputy got."""

    evaluation: EvaluationRow
    entry: EntryRow

    @property
    def id(self) -> str:
        return self.evaluation.id

    @property
    def votes(self) -> str:
        options = self.evaluation.scale.options
        return "，".join(f"{o.label}{self.entry.counts.get(o.id, 0)}" for o in options)


class DeputyFile(QFrame):
    """Shows a deputy; rows of the lists open what they stand for."""

    shown = Signal(object)
    """The `DeputyRow` in sight."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("card")
        self._name, self._where = label("", "h1"), label("", "sub")
        self._state, self.photo = QLabel(), PhotoButton(desk)
        self.kpis = tuple(
            Kpi(KpiNumbers(title, "")) for title in ("进家履职", "代表建议", "听取意见", "述职测评")
        )
        self._numbers = KpiRow(self.kpis, least=350)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("代表档案")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setMinimumHeight(style.px(LEAST))
        self._facts = _scroller("基本情况")
        self.duty: RowsTable[DutyRow] = RowsTable(
            _duty_columns(), name="全部履职记录", empty="还没有履职记录。"
        )
        self.scores: RowsTable[ScoreRow] = RowsTable(
            _score_columns(), name="季度积分", empty="还没有封账的季度积分。"
        )
        self.visits: RowsTable[VisitRow] = RowsTable(
            _visit_columns(),
            name="进家履职记录",
            empty="还没有进家或联系选民的记录。按 Ctrl+N 登记一次。",
        )
        self.suggestions: RowsTable[SuggestionRow] = RowsTable(
            _suggestion_columns(),
            name="领衔和附议的建议",
            empty="还没有领衔或附议的建议。按 F4 去登记。",
        )
        self.opinions: RowsTable[OpinionRow] = RowsTable(
            _opinion_columns(),
            name="听取的选民意见",
            empty="还没有听取的选民意见。登记进家（F3）时一起登记。",
        )
        self.evaluations: RowsTable[_Judged] = RowsTable(
            _judged_columns(), name="参加的测评", empty="还没有参加过述职测评。"
        )
        self._history = _scroller("修改记录")
        self._lay_out()
        self._row: DeputyRow | None = None
        self._are_scores_stale = False
        self.tabs.currentChanged.connect(self._fill_scores)
        self.duty.opened.connect(self._open_duty)
        self.scores.opened.connect(self._open_score)
        self.visits.opened.connect(self._open_visit)
        self.suggestions.opened.connect(self._open_suggestion)
        self.opinions.opened.connect(self._open_opinion)
        self.evaluations.opened.connect(self._open_evaluation)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._numbers.make_room(self.height())

    def show_deputy(self, row: DeputyRow) -> None:
        """Read everything about a deputy and show it."""
        desk, today = self._desk, self._desk.today
        self._row = row
        self._show_head(row)
        totals = desk.ask(deputy_totals.totals, row.id, today.year)
        judged = [_Judged(*pair) for pair in desk.ask(evaluations.of_deputy, row.id)]
        self._show_late(row, totals)
        self._are_scores_stale = True
        self.evaluations.set_rows(judged)
        lines = self._changes(row)
        self._fill(self._history, Timeline(lines, empty="没有修改过。"))
        self._fill(self._facts, facts_card("", _facts(row)))
        for tab, count in (
            (DUTY, totals.duty),
            (VISITS, totals.visits),
            (SUGGESTIONS, totals.suggestions),
            (OPINIONS, totals.opinions),
            (EVALUATIONS, len(judged)),
            (HISTORY, len(lines)),
        ):
            self.tabs.setTabText(tab, f"{TABS[tab]} {count}" if count else TABS[tab])
        self._show_kpis(totals, judged)
        self._fill_scores(self.tabs.currentIndex())
        self.shown.emit(row)

    def _show_late(self, row: DeputyRow, totals: DeputyTotals) -> None:
        """Lists that are read when they are looked at: of ten years they are long."""
        self.duty.set_rows(LateRows(totals.duty, partial(self._duty_of, row.id)))
        self.visits.set_rows(LateRows(totals.visits, partial(self._visits_of, row.id)))
        self.suggestions.set_rows(
            LateRows(totals.suggestions, partial(self._suggestions_of, row.id))
        )
        self.opinions.set_rows(LateRows(totals.opinions, partial(self._opinions_of, row.id)))

    def _duty_of(self, mandate_id: str) -> list[DutyRow]:
        """What a deputy did, the newest first."""
        return self._desk.ask(duty.rows, mandate_ids=[mandate_id])[::-1]

    def _visits_of(self, mandate_id: str) -> list[VisitRow]:
        return self._desk.ask(visits.rows, mandate_id=mandate_id)

    def _suggestions_of(self, mandate_id: str) -> list[SuggestionRow]:
        return self._desk.ask(suggestions.rows, today=self._desk.today, mandate_id=mandate_id)

    def _opinions_of(self, mandate_id: str) -> list[OpinionRow]:
        desk = self._desk
        return desk.ask(opinions.rows, today=desk.today, mandate_id=mandate_id, contacts=True)

    def _fill_scores(self, tab: int) -> None:
        """Read the points when they are looked at: boards of ten years are large."""
        if tab == SCORES and self._are_scores_stale and self._row:
            self._are_scores_stale = False
            found = self._desk.ask(points.scores).get(self._row.id, [])
            self.scores.set_rows(list(reversed(found)))

    def _show_head(self, row: DeputyRow) -> None:
        self._name.setText(row.name)
        self.photo.show_person(row.person_id)
        parts = (row.term, f"{row.level.label}人大代表", row.town, row.district)
        self._where.setText(" · ".join(part for part in parts if part))
        self._where.setToolTip(self._where.text())
        tone = Tone.GREEN if row.status == "在任" else Tone.AMBER if row.suspended else Tone.GREY
        ratio = self.devicePixelRatioF()
        self._state.setPixmap(pill(row.status, tone, style.theme().name, style.scale(), ratio))
        self._state.setAccessibleName(f"状态：{row.status}")

    def _show_kpis(self, totals: DeputyTotals, judged: list[_Judged]) -> None:
        year, made = self._desk.today.year, totals.suggestions
        newest = judged[0] if judged else None
        numbers = (
            KpiNumbers(
                "进家履职", str(totals.visits), "次", f"{year}年 {totals.visits_this_year} 次"
            ),
            KpiNumbers("代表建议", str(made), "件", f"领衔 {totals.led}，附议 {totals.cosigned}"),
            KpiNumbers("听取意见", str(totals.opinions), "件次", f"已办结 {totals.settled}"),
            KpiNumbers(
                "述职测评",
                newest.entry.grade if newest else "—",
                "",
                f"{newest.evaluation.held_on}" if newest else "还没有参加",
            ),
        )
        for kpi, said in zip(self.kpis, numbers, strict=True):
            kpi.set_numbers(said)

    def _changes(self, row: DeputyRow) -> list[Line]:
        past = self._desk.ask(record_history.story, Mandate.__tablename__, row.id)
        return change_lines(past.changes)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(style.px(16), style.px(12), style.px(16), style.px(8))
        column.setSpacing(style.px(8))
        head = QHBoxLayout()
        head.setSpacing(style.px(8))
        head.addWidget(self.photo)
        head.addWidget(self._name)
        head.addWidget(self._state)
        head.addWidget(self._where, 1)
        column.addLayout(head)
        counted = (self.visits, self.suggestions, self.opinions, self.evaluations)
        for kpi, rows in zip(self.kpis, counted, strict=True):
            kpi.clicked.connect(partial(self.tabs.setCurrentWidget, rows))
        column.addWidget(self._numbers)
        parts = (self._facts, self.duty, *counted, self.scores, self._history)
        for part, text in zip(parts, TABS, strict=True):
            self.tabs.addTab(part, text)
        column.addWidget(self.tabs, 1)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)

    def _fill(self, area: QScrollArea, inside: QWidget) -> None:
        frame = QWidget()
        frame.setObjectName("clear")
        column = QVBoxLayout(frame)
        column.setContentsMargins(style.px(2), style.px(10), style.px(8), style.px(4))
        column.addWidget(inside)
        column.addStretch(1)
        area.setWidget(frame)

    def _open_duty(self, row: DutyRow) -> None:
        model = models().get(row.open_table)
        if model is not None:
            self._desk.open(model, row.open_id)

    def _open_score(self, row: ScoreRow) -> None:
        self._desk.open(PointQuarter, row.id)

    def _open_visit(self, row: VisitRow) -> None:
        self._desk.open(Visit, row.id)

    def _open_suggestion(self, row: SuggestionRow) -> None:
        self._desk.open(Suggestion, row.id)

    def _open_opinion(self, row: OpinionRow) -> None:
        self._desk.open(Opinion, row.id)

    def _open_evaluation(self, row: _Judged) -> None:
        self._desk.open(Evaluation, row.id)


def _scroller(name: str) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("reading")
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _facts(row: DeputyRow) -> list[tuple[str, str]]:
    return [
        ("性别", row.sex.label),
        ("民族", row.ethnic),
        ("出生年月", row.birth),
        ("身份证号", row.id_no),
        ("联系电话", row.phone),
        ("政治面貌", row.party),
        ("文化程度", row.education),
        ("工作单位及职务", row.job),
        ("固定工资收入", "有" if row.fixed_income else "无"),
        ("领导职务", "是" if row.leader else ""),
        ("代表层级", row.level.label + ("" if row.main else "（兼）")),
        ("届次", row.term),
        ("所属", row.town),
        ("选区", row.district),
        ("代表之家", row.home),
        ("代表证号", row.certificate_no),
        ("任职日期", _day(row.started_on)),
        ("终止日期", _day(row.ended_on)),
        ("终止原因", row.end_reason.label),
        ("备注", row.note),
    ]


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _duty_columns() -> tuple[Column[DutyRow], ...]:
    order = list(DutyPart)
    return (
        Column("日期", lambda r: f"{r.day}", 92),
        Column("档案部分", lambda r: r.part.label, 88, sort=lambda r: order.index(r.part), drop=1),
        Column("类别", lambda r: r.kind.label, 120),
        Column("内容", lambda r: r.text, 0),
        Column("角色", lambda r: r.role, 64, drop=2),
        Column("数量", lambda r: r.amount, 84, right=True, drop=3),
    )


def _score_columns() -> tuple[Column[ScoreRow], ...]:
    return (
        Column("季度", lambda r: r.quarter.label, 130, sort=lambda r: r.quarter),
        Column(
            "积分",
            lambda r: shown(r.total) if r.place.isdecimal() else "—",
            70,
            sort=lambda r: r.total,
            right=True,
        ),
        Column("名次", lambda r: r.place, 90),
        Column("积分规则", lambda r: r.rules, 0),
    )


def _visit_columns() -> tuple[Column[VisitRow], ...]:
    return (
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("方式", lambda r: r.kind.label, 108, drop=1),
        Column("地点", lambda r: r.where, 170),
        Column("反映事项、主题", lambda r: "；".join(r.matters) or r.topic, 0),
        Column("人次", lambda r: str(r.received), 50, sort=lambda r: r.received, right=True),
    )


def _suggestion_columns() -> tuple[Column[SuggestionRow], ...]:
    return (
        Column("编号", lambda r: r.code, 76, sort=lambda r: (r.year, r.number)),
        Column("标题", lambda r: r.headline, 0),
        Column("领衔", lambda r: r.lead, 80),
        Column("会议", lambda r: r.meeting, 160, drop=1),
        Column(
            "状态",
            lambda r: r.state.label,
            96,
            tone=lambda r: Tone.GREEN if r.closed_on else Tone.BLUE,
        ),
    )


def _opinion_columns() -> tuple[Column[OpinionRow], ...]:
    return (
        Column("日期", lambda r: f"{r.heard_on}", 92),
        Column("反映事项", lambda r: r.matter, 0),
        Column("选民", lambda r: r.voter_name, 72, drop=2),
        Column("渠道", lambda r: r.channel.label, 108, drop=1),
        Column(
            "状态",
            lambda r: r.state.label,
            96,
            tone=lambda r: Tone.GREEN if r.settled else Tone.BLUE,
        ),
    )


def _judged_columns() -> tuple[Column[_Judged], ...]:
    return (
        Column("日期", lambda r: f"{r.evaluation.held_on}", 92),
        Column("会议", lambda r: r.evaluation.name, 0),
        Column("得票", lambda r: r.votes, 250),
        Column("等次", lambda r: r.entry.grade, 80),
    )
