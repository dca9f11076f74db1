"""The file of one deputy: who it is, and everything the deputy did."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
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
from deputydesk.operations.opinion_rows import OpinionRow
from deputydesk.operations.points import ScoreRow
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.operations.visits import VisitRow
from deputydesk.ui import style
from deputydesk.ui.cells import pill
from deputydesk.ui.deputy_lists import (
    Judged,
    duty_list,
    evaluation_list,
    opinion_list,
    score_list,
    suggestion_list,
    visit_list,
)
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.changes import change_lines
from deputydesk.ui.dialogs.facts import facts_card
from deputydesk.ui.dialogs.timeline import Line, Timeline
from deputydesk.ui.kpi import Kpi, KpiNumbers, KpiRow
from deputydesk.ui.paged_rows import LateRows
from deputydesk.ui.parts import label, reading_place
from deputydesk.ui.photo import PhotoButton
from deputydesk.ui.style import Tone

DUTY, VISITS, SUGGESTIONS, OPINIONS, EVALUATIONS, SCORES, HISTORY = range(1, 8)
LEAST = 150
"""Height of the tabs with two lines of a list, in standard pixels."""
TABS = ("基本情况", "全部履职", "进家履职", "建议", "意见", "测评", "积分", "修改记录")


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
        self._facts = reading_place("基本情况")
        self.duty, self.scores = duty_list(), score_list()
        self.visits, self.suggestions = visit_list(), suggestion_list()
        self.opinions, self.evaluations = opinion_list(), evaluation_list()
        self._history = reading_place("修改记录")
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
        judged = [Judged(*pair) for pair in desk.ask(evaluations.of_deputy, row.id)]
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

    def _show_kpis(self, totals: DeputyTotals, judged: list[Judged]) -> None:
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

    def _open_evaluation(self, row: Judged) -> None:
        self._desk.open(Evaluation, row.id)


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
