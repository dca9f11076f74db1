"""The lists in the file of a deputy: what was done, proposed, heard and judged, line by line."""

from dataclasses import dataclass

from deputydesk.operations.duty import DutyRow
from deputydesk.operations.evaluations import EntryRow, EvaluationRow
from deputydesk.operations.opinion_rows import OpinionRow
from deputydesk.operations.points import ScoreRow
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.operations.visits import VisitRow
from deputydesk.rules.duty import DutyPart
from deputydesk.rules.points import shown
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable


@dataclass(frozen=True)
class Judged:
    """An evaluation with what this deputy got."""

    evaluation: EvaluationRow
    entry: EntryRow

    @property
    def id(self) -> str:
        """The evaluation, as which a line of the list is known."""
        return self.evaluation.id

    @property
    def votes(self) -> str:
        """What was voted, option by option."""
        options = self.evaluation.scale.options
        return "，".join(f"{o.label}{self.entry.counts.get(o.id, 0)}" for o in options)


def duty_list() -> RowsTable[DutyRow]:
    """Everything that counts as duty."""
    return RowsTable(_duty_columns(), name="全部履职记录", empty="还没有履职记录。")


def score_list() -> RowsTable[ScoreRow]:
    """The points of each quarter."""
    return RowsTable(_score_columns(), name="季度积分", empty="还没有封账的季度积分。")


def visit_list() -> RowsTable[VisitRow]:
    """When the deputy met voters."""
    return RowsTable(
        _visit_columns(),
        name="进家履职记录",
        empty="还没有进家或联系选民的记录。按 Ctrl+N 登记一次。",
    )


def suggestion_list() -> RowsTable[SuggestionRow]:
    """What the deputy proposed, alone or with others."""
    return RowsTable(
        _suggestion_columns(),
        name="领衔和附议的建议",
        empty="还没有领衔或附议的建议。按 F4 去登记。",
    )


def opinion_list() -> RowsTable[OpinionRow]:
    """What voters said to the deputy."""
    return RowsTable(
        _opinion_columns(),
        name="听取的选民意见",
        empty="还没有听取的选民意见。登记进家（F3）时一起登记。",
    )


def evaluation_list() -> RowsTable[Judged]:
    """How the deputy was judged."""
    return RowsTable(_evaluation_columns(), name="参加的测评", empty="还没有参加过述职测评。")


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


def _evaluation_columns() -> tuple[Column[Judged], ...]:
    return (
        Column("日期", lambda r: f"{r.evaluation.held_on}", 92),
        Column("会议", lambda r: r.evaluation.name, 0),
        Column("得票", lambda r: r.votes, 250),
        Column("等次", lambda r: r.entry.grade, 80),
    )
