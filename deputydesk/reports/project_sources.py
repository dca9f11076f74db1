"""What the papers about projects need, read from the records."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import ProjectVote
from deputydesk.operations import project_evals, project_vote_rows, projects
from deputydesk.operations.project_vote_rows import VoteRow
from deputydesk.operations.scan_runs import Printed
from deputydesk.reports import project_ballot, project_eval_report, project_vote_result
from deputydesk.reports.form import (
    AskCopies,
    AskLarge,
    AskPeriod,
    AskRecord,
    Due,
    Form,
    Group,
    Job,
    Offered,
)
from deputydesk.reports.project_ballot import ProjectBallot, ProjectOnBallot
from deputydesk.reports.project_eval_report import EvalReport, Judgement
from deputydesk.reports.project_vote_result import CHOSEN, ProjectVotes, VoteResult
from deputydesk.reports.tick_paper import run_code, spread_over_pages
from deputydesk.reports.wording import period_text
from deputydesk.rules.amounts import wan
from deputydesk.rules.project_flow import VoteState
from deputydesk.rules.project_satisfaction import RULE_TEXT
from deputydesk.rules.project_voting import OPTIONS, Majority, Tie
from deputydesk.rules.scan_plan import Plan, Question

_TIED = "同票"


def ballot(session: Session, vote_id: str, *, large: bool = False) -> ProjectBallot:
    """The ballot of a vote; of the newest if none is named."""
    row = _vote(session, vote_id)
    made = ProjectBallot(
        run="",
        title=row.meeting or _first(row),
        seats=row.seats,
        projects=tuple(
            ProjectOnBallot(entry.name, entry.content, money(entry.budget)) for entry in row.entries
        ),
        held_on=row.held_on,
        is_again=row.rule.is_again,
        large=large,
    )
    return replace(made, run=run_code(row.id, made, large=large))


def run(session: Session, vote_id: str, *, large: bool = False) -> Printed:
    """What the ballot of a vote asks; more ticks than seats make the whole ballot void."""
    row = _vote(session, vote_id)
    asked = [Question(entry.project_id, entry.name, OPTIONS) for entry in row.entries]
    paper = ballot(session, row.id, large=large)
    layout = project_ballot.layout_of(paper)
    return Printed(
        code=paper.run,
        form="project_ballot",
        record_kind=ProjectVote.__tablename__,
        record_id=row.id,
        name=row.name,
        secret=True,
        layout=layout.version,
        plan=Plan(tuple(spread_over_pages(asked, layout.rows)), OPTIONS[0].id, row.seats),
    )


def result(session: Session, vote_id: str) -> VoteResult:
    """The report of a vote that was counted; of the newest if none is named."""
    row = _vote(session, vote_id)
    if row.state == VoteState.PREPARED:
        raise UserError(f"“{row.name}”还没有计票。", hint="请先在“民生实事票决”里录入计票结果。")
    open_ones = {entry.id for entry in row.tied} if not _is_settled(row) else set[str]()
    return VoteResult(
        title=row.meeting or _first(row),
        seats=row.seats,
        expected=row.expected,
        present=row.present,
        issued=row.issued or 0,
        returned=row.returned or 0,
        valid=row.valid or 0,
        invalid=row.invalid or 0,
        projects=tuple(
            ProjectVotes(
                name=entry.name,
                yes=entry.counts["yes"],
                no=entry.counts["no"],
                abstain=entry.counts["abstain"],
                budget=money(entry.budget),
                rank=entry.rank,
                result=CHOSEN if entry.elected else _TIED if entry.id in open_ones else "",
            )
            for entry in row.entries
        ),
        held_on=row.held_on,
        is_again=row.rule.is_again,
        of_present=row.rule.majority == Majority.PRESENT,
        rule=row.rule.sentences,
        source="，".join(part for part in (row.rule.name, row.rule.source) if part),
        tie=_tie(session, row),
        host=row.host,
        scrutineer=row.scrutineer,
        counter=row.counter,
        number=f"PJ-{row.year}-{row.id[-4:].upper()}",
    )


def judgements(session: Session, *, office: str, first: date, last: date) -> EvalReport:
    """The steps of 三评一问 taken in a period, by project."""
    units = {project.id: project.unit for project in projects.rows(session)}
    found = [e for e in project_evals.rows(session) if first <= e.held_on <= last]
    found.sort(key=lambda each: (each.project, each.held_on))
    return EvalReport(
        title=f"{office}民生实事项目评议情况表",
        period=period_text(first, last),
        judgements=tuple(
            Judgement(
                project=e.project,
                step=e.step,
                held_on=e.held_on,
                unit=units.get(e.project_id, ""),
                members=e.members,
                present=e.present,
                satisfied=e.satisfied,
                mostly=e.mostly,
                dissatisfied=e.dissatisfied,
                grade=e.grade,
                questions=e.questions,
                answers=e.answers,
            )
            for e in found
        ),
        rule=RULE_TEXT,
        number=f"PY-{last.year}",
    )


def money(fen: int) -> str:
    """An amount for a column of 万元; empty when it is not known."""
    return wan(fen).removesuffix("万元") if fen else ""


def _vote(session: Session, vote_id: str) -> VoteRow:
    if vote_id:
        return project_vote_rows.one(session, vote_id)
    found = project_vote_rows.rows(session)
    if not found:
        raise UserError("还没有民生实事票决。", hint="请先准备一次票决。")
    return found[0]


def _first(row: VoteRow) -> str:
    """What the meeting is called; a vote held again says so elsewhere on the paper."""
    return row.name.removesuffix("（再次投票）")


def _is_settled(row: VoteRow) -> bool:
    return any(entry.elected for entry in row.tied)


def _tie(session: Session, row: VoteRow) -> str:
    """What happened at the last place, in a sentence."""
    if row.tied:
        names = "、".join(f"“{entry.name}”" for entry in row.tied)
        votes = row.tied[0].counts["yes"]
        told = f"{names}都是{votes}票，末位还有{row.open_seats}项待定"
        return f"{told}；{row.tie_note or _next(session, row)}。".replace("。。", "。")
    if row.rule.tie == Tie.BOTH and len(row.chosen) > row.seats:
        return f"末位得票相等，按办法一并当选，当选{len(row.chosen)}项。"
    return ""


def _next(session: Session, row: VoteRow) -> str:
    """What is done, or was done, about those tied."""
    if not row.again_id:
        return f"按办法{row.rule.tie.label}"
    again = project_vote_rows.one(session, row.again_id)
    if not again.chosen:
        return "按办法再次投票"
    told = "、".join(f"“{e.name}”得{e.counts['yes']}票" for e in again.chosen)
    return f"按办法再次投票，{told}当选，见再次投票的计票报告单"


def _votes(session: Session) -> list[Offered]:
    return [
        Offered(row.id, f"{row.held_on:%Y-%m-%d} {row.name}")
        for row in project_vote_rows.rows(session)
    ]


def _read_ballot(job: Job) -> ProjectBallot:
    return job.office.ask(ballot, job.options.record_id, large=job.options.large)


def _run(job: Job) -> Printed:
    return job.office.ask(run, job.options.record_id, large=job.options.large)


def _read_result(job: Job) -> VoteResult:
    return job.office.ask(result, job.options.record_id)


def _read_judgements(job: Job) -> EvalReport:
    first, last = job.period
    return job.office.ask(judgements, office=job.head.name, first=first, last=last)


BALLOT = Form(
    "project_ballot",
    "民生实事项目票决票",
    Group.EVALUATION,
    "无记名，票上没有编号；候选项目按候选序号排列。",
    _read_ballot,
    project_ballot.write,
    (AskRecord(ProjectVote, _votes, "票决"), AskLarge(), AskCopies()),
    extras=lambda options: {"copies": options.copies},
    layouts=project_ballot.LAYOUTS,
    run=_run,
    source=("公开的民生实事项目票决办法（宁海县、张山镇）：“候选×项、应选×项”，多于应选数的作废"),
)
VOTE_RESULT = Form(
    "project_vote_result",
    "民生实事项目票决计票报告单",
    Group.EVALUATION,
    "录入计票结果以后打印，写明票决办法和同票怎样处理，当场公布。",
    _read_result,
    project_vote_result.write,
    (AskRecord(ProjectVote, _votes, "票决"),),
    source="公开的民生实事项目票决办法（宁海县、张山镇）：全体代表过半数当选，当场公布",
)
EVAL_REPORT = Form(
    "project_eval_report",
    "民生实事项目评议情况表",
    Group.EVALUATION,
    "一段时间的项目评议：票数、应到实到、等次，附询问和答复。",
    _read_judgements,
    project_eval_report.write,
    (AskPeriod(),),
    due=(Due.QUARTER, Due.YEAR),
    source="公开的满意度测评办法（镇海区，2022年）：写明应到、实到和票数；等次按本地规则",
)
