"""Secret votes on livelihood projects."""

from functools import partial

from PySide6.QtWidgets import QWidget

from deputydesk.models import Project, ProjectVote, ProjectVoteEntry
from deputydesk.models.project import ProjectLevel
from deputydesk.operations import project_vote_rows, project_votes
from deputydesk.operations.project_vote_rows import VoteRow
from deputydesk.reports import Options
from deputydesk.rules.project_flow import VoteState
from deputydesk.rules.project_voting import Tie
from deputydesk.ui import project_lookups
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.dialogs.project_count import ProjectCountDialog
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.register import Action, Filter, Move, Register
from deputydesk.ui.scan_returns import takes_back
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

TONES = {
    VoteState.PREPARED: Tone.BLUE,
    VoteState.COUNTED: Tone.VIOLET,
    VoteState.ANNOUNCED: Tone.GREEN,
}


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("name", wide=True),
        ChoiceField("level", ProjectLevel),
        NumberField("year"),
        DateField("held_on", ahead=True),
        NumberField("seats"),
        PickManyField(
            "project_ids",
            partial(project_lookups.candidates, desk),
            label="候选项目（不选为全部候选）",
        ),
        NumberField("expected"),
        PickField("meeting_id", partial(project_lookups.meetings, desk)),
        TextField("host"),
        TextField("scrutineer"),
        TextField("counter"),
    )


def _tied(row: VoteRow) -> list[Candidate]:
    return [Candidate(e.project_id, e.name) for e in row.tied]


def _count(parent: QWidget, desk: Desk, row: VoteRow) -> None:
    ProjectCountDialog(parent, desk, row).open()


def _print_ballot(parent: QWidget, desk: Desk, row: VoteRow) -> None:
    preview_form(parent, desk, "project_ballot", Options(record_id=row.id))


def _print_result(parent: QWidget, desk: Desk, row: VoteRow) -> None:
    preview_form(parent, desk, "project_vote_result", Options(record_id=row.id))


PROJECT_VOTES: Register[VoteRow] = Register(
    model=ProjectVote,
    title="票决",
    rows=lambda desk, year: desk.ask(project_vote_rows.rows, year),
    columns=(
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("会议", lambda r: r.name, 0),
        Column("候选/应选", lambda r: f"{len(r.entries)}/{r.seats}", 84, right=True),
        Column(
            "实到/应到",
            lambda r: f"{r.present or '—'}/{r.expected}",
            84,
            right=True,
            drop=1,
        ),
        Column(
            "有效/作废",
            lambda r: "" if r.valid is None else f"{r.valid}/{r.invalid}",
            84,
            right=True,
            drop=2,
        ),
        Column("当选", lambda r: str(len(r.chosen)) if r.outcome else "", 52, right=True),
        Column(
            "状态",
            lambda r: r.stands,
            88,
            tone=lambda r: Tone.AMBER if r.open_tie else TONES.get(r.state, Tone.GREY),
        ),
    ),
    fields=_fields,
    save=project_votes.save,
    remove=project_votes.remove,
    keep=("level", "year", "held_on", "expected", "meeting_id", "host", "scrutineer", "counter"),
    start=lambda desk: {
        "level": project_lookups.own_level(desk),
        "year": desk.today.year,
        "held_on": desk.today,
    },
    moves=(
        Move(
            "公布结果",
            project_votes.announce,
            "vote_id",
            fields=lambda _desk, _row: (DateField("announced_on"),),
            when=lambda row: row.state == VoteState.COUNTED,
            start=lambda _desk, row: {"announced_on": row.held_on},
        ),
        Move(
            "再次投票",
            project_votes.run_off,
            "vote_id",
            fields=lambda _desk, _row: (DateField("held_on", ahead=True),),
            when=lambda row: bool(row.open_tie) and row.rule.tie == Tie.REVOTE,
            start=lambda _desk, row: {"held_on": row.held_on},
        ),
        Move(
            "同票处理",
            project_votes.settle_tie,
            "vote_id",
            fields=lambda _desk, row: (
                PickManyField("project_ids", partial(_tied, row), label="当选项目"),
                LongTextField("tie_note", label="怎样决定的（如举手表决的人数）", lines=2),
            ),
            when=lambda row: bool(row.open_tie) and row.rule.tie == Tie.SHOW,
        ),
    ),
    actions=(
        Action(
            "录入计票",
            "clipboard-pen",
            _count,
            when=lambda row: row.state != VoteState.ANNOUNCED and not row.again_id,
        ),
        Action("打印票决票", "printer", _print_ballot),
        takes_back(ProjectVote),
        Action(
            "打印报告单",
            "printer",
            _print_result,
            when=lambda row: row.state != VoteState.PREPARED,
        ),
    ),
    filters=(
        Filter("待计票", lambda row, _today: row.state == VoteState.PREPARED),
        Filter("同票待定", lambda row, _today: bool(row.open_tie)),
    ),
    empty="还没有票决。先把初定的项目列为候选，再按 Ctrl+N 准备票决。",
    shows=frozenset({Project, ProjectVoteEntry}),
    hint="应到不填时按在任代表计；办法见“本地规则”",
)
