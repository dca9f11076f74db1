"""From live records to paper: what each form needs is read here and handed to its drawing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.operations import (
    evaluations,
    figures,
    offices,
    presets,
    suggestions,
)
from deputydesk.operations.suggestion_ledger import LedgerRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import (
    FORMS,
    OfficeHead,
    annual_sources,
    ballot,
    ballot_result,
    deputy_card_sources,
    dispatch_sources,
    duty_sources,
    project_sources,
    reception_sources,
)
from deputydesk.reports import suggestion_ledger as ledger_paper


@dataclass(frozen=True)
class Options:
    """What to print; a form reads only what concerns it.

    Args:
        deputy_ids: mandates; none means all deputies in office.
        first: first day of the period; the year's first if None.
        last: last day of the period; today if None.
        evaluation_id: which evaluation; the newest if empty.
        vote_id: which vote on projects; the newest if empty.
        report_id: which yearly report; the newest if empty.
        dispatch_id: which dispatch report; the newest if empty.
        visit_id: which reception; a blank form if empty.
        meeting_id: whose ledger; all suggestions of the period's year if None.
        a3: the ledger on A3 instead of A4.
        copies: how many ballots.
        duplex: each deputy begins on a front side.
        a6: deputies' cards on A6 instead of eight on A4.
    """

    deputy_ids: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    evaluation_id: str = ""
    vote_id: str = ""
    report_id: str = ""
    dispatch_id: str = ""
    visit_id: str = ""
    meeting_id: str | None = None
    a3: bool = True
    copies: int = 1
    duplex: bool = False
    a6: bool = False


@dataclass(frozen=True)
class _Job:
    """A form about to be printed."""

    office: Office
    to: Path
    options: Options
    head: OfficeHead
    today: date
    progress: Progress


def write(
    office: Office,
    form_id: str,
    to: Path,
    options: Options | None = None,
    progress: Progress = SILENT,
) -> int:
    """Print a form from the office's records into a PDF; returns the number of pages.

    Raises:
        UserError: there is no such form or record, a character no font has, a full disk.
        Cancelled: the user stopped it; no file is left.
    """
    if form_id not in FORMS:
        raise UserError(f"没有“{form_id}”这种表格。", hint=f"可用：{'、'.join(FORMS)}。")
    profile = office.ask(offices.profile)
    if profile is None:
        raise UserError("还没有填写单位信息，不能打印。", hint="请先在“设置”里填写单位信息。")
    head = OfficeHead(
        name=profile.name,
        full_name=_whole(profile.district, profile.name),
        organ=profile.organ.short,
        handling_organ=profile.organ.short.removeprefix(profile.name),
        chair="主席" if "主席团" in profile.organ.short else "主任",
    )
    today = office.clock().date()
    return _WRITERS[form_id](_Job(office, to, options or Options(), head, today, progress))


def _whole(district: str, name: str) -> str:
    return name if name.startswith(district) else district + name


def _period(job: _Job) -> tuple[date, date]:
    last = job.options.last or job.today
    return job.options.first or last.replace(month=1, day=1), last


def _duty_reports(job: _Job) -> int:
    first, last = _period(job)
    found = job.office.ask(
        duty_sources.reports,
        deputy_ids=job.options.deputy_ids,
        first=first,
        last=last,
        today=job.today,
    )
    return FORMS["duty_report"].write(
        found,
        job.to,
        office=job.head,
        printed_on=job.today,
        progress=job.progress,
        duplex=job.options.duplex,
    )


def _evaluation(session: Session, wanted: str) -> evaluations.EvaluationRow:
    if wanted:
        return evaluations.one(session, wanted)
    found = evaluations.rows(session)
    if not found:
        raise UserError("还没有述职测评。", hint="请先在“述职测评”里准备一次测评。")
    return found[0]


def _ballot(job: _Job) -> int:
    row = job.office.ask(_evaluation, job.options.evaluation_id)
    entries = job.office.ask(evaluations.entries, row.id)
    paper = ballot.Ballot(
        run=row.id[-8:].upper(),
        title=f"{job.head.full_name}人大代表述职",
        options=tuple(option.label for option in row.scale.options),
        deputies=tuple(ballot.Candidate(e.name, e.job) for e in entries),
        meeting=row.name,
        place=row.place or row.home,
        held_on=row.held_on,
    )
    return FORMS["ballot"].write(
        paper,
        job.to,
        office=job.head,
        printed_on=job.today,
        progress=job.progress,
        copies=job.options.copies,
    )


def _ballot_result(job: _Job) -> int:
    row = job.office.ask(_evaluation, job.options.evaluation_id)
    if row.returned is None:
        raise UserError(f"“{row.name}”还没有计票。", hint="请先在“述职测评”里录入计票结果。")
    entries = job.office.ask(evaluations.entries, row.id)
    codes = [option.id for option in row.scale.options]
    paper = ballot_result.BallotResult(
        title=f"{job.head.full_name}人大代表述职",
        options=tuple(option.label for option in row.scale.options),
        tallies=tuple(
            ballot_result.Tally(
                name=e.name,
                votes=tuple(e.counts.get(code, 0) for code in codes),
                void=e.void,
                grade=e.grade,
                unit=e.job,
            )
            for e in entries
        ),
        issued=row.issued or 0,
        returned=row.returned,
        valid=row.valid or 0,
        invalid=row.invalid or 0,
        meeting=row.name,
        place=row.place or row.home,
        held_on=row.held_on,
        host=row.host,
        scrutineers=row.scrutineer,
        tellers=row.counter,
        rule=row.scale.source,
        number=f"CP-{row.held_on.year}-{row.id[-4:].upper()}",
    )
    return FORMS["ballot_result"].write(
        paper, job.to, office=job.head, printed_on=job.today, progress=job.progress
    )


def _deputy_cards(job: _Job) -> int:
    found = deputy_card_sources.cards(job.office, job.options.deputy_ids, today=job.today)
    return FORMS["deputy_card"].write(
        found,
        job.to,
        office=job.head,
        printed_on=job.today,
        a6=job.options.a6,
        progress=job.progress,
    )


def _reception(job: _Job) -> int:
    papers = job.office.ask(reception_sources.receptions, job.options.visit_id, today=job.today)
    return FORMS["reception_form"].write(
        papers, job.to, office=job.head, printed_on=job.today, progress=job.progress
    )


def _ledger(job: _Job) -> int:
    first, last = _period(job)
    meeting = job.options.meeting_id
    rows = job.office.ask(
        suggestions.ledger,
        today=job.today,
        meeting_id=meeting,
        year=None if meeting else last.year,
    )
    found = {f.id: f for f in job.office.ask(figures.figures, first=first, last=last)}
    paper = ledger_paper.Ledger(
        title=f"{job.head.name}人大代表建议办理台账",
        rows=tuple(_ledger_row(row) for row in rows),
        period=f"{last.year}年",
        classes=tuple((c.code, c.meaning) for c in job.office.ask(presets.answer_classes, last)),
        rates=tuple(
            ledger_paper.LedgerRate(f.name, f.numerator or 0, f.denominator or 0, f.definition)
            for f in (found[name] for name in _LEDGER_RATES)
        ),
        number=f"TZ-{last.year}",
    )
    return FORMS["suggestion_ledger"].write(
        paper,
        job.to,
        office=job.head,
        printed_on=job.today,
        progress=job.progress,
        a3=job.options.a3,
    )


def _dispatch(job: _Job) -> int:
    paper = job.office.ask(
        dispatch_sources.paper, job.options.dispatch_id, place=job.head.full_name
    )
    return FORMS["dispatch"].write(
        paper, job.to, office=job.head, printed_on=job.today, progress=job.progress
    )


_LEDGER_RATES = (
    "suggestions.answered",
    "suggestions.answered_in_time",
    "suggestions.satisfied",
    "suggestions.mostly_satisfied",
)


def _ledger_row(row: LedgerRow) -> ledger_paper.LedgerRow:
    return ledger_paper.LedgerRow(
        number=str(row.number),
        heading=row.headline,
        leader=row.lead,
        cosigners=row.cosigners,
        category=row.category,
        main_units=row.main,
        joint_units=row.assist,
        assigned_on=row.assigned_on,
        due=row.due_on,
        talked=row.talked,
        answered_on=row.replied_on,
        answer_class=row.answer_class,
        satisfaction=row.satisfaction,
        rehandled=row.rehandled,
        commitment=row.commitment,
        status=row.state,
        remark=row.note,
    )


def _project_ballot(job: _Job) -> int:
    return FORMS["project_ballot"].write(
        job.office.ask(project_sources.ballot, job.options.vote_id),
        job.to,
        office=job.head,
        printed_on=job.today,
        progress=job.progress,
        copies=job.options.copies,
    )


def _project_vote_result(job: _Job) -> int:
    return FORMS["project_vote_result"].write(
        job.office.ask(project_sources.result, job.options.vote_id),
        job.to,
        office=job.head,
        printed_on=job.today,
        progress=job.progress,
    )


def _annual_report(job: _Job) -> int:
    return FORMS["annual_report"].write(
        job.office.ask(annual_sources.paper, job.options.report_id, job.today),
        job.to,
        office=job.head,
        printed_on=job.today,
        progress=job.progress,
    )


def _project_eval_report(job: _Job) -> int:
    first, last = _period(job)
    return FORMS["project_eval_report"].write(
        job.office.ask(project_sources.judgements, office=job.head.name, first=first, last=last),
        job.to,
        office=job.head,
        printed_on=job.today,
        progress=job.progress,
    )


_WRITERS: Mapping[str, Callable[[_Job], int]] = {
    "duty_report": _duty_reports,
    "ballot": _ballot,
    "ballot_result": _ballot_result,
    "deputy_card": _deputy_cards,
    "reception_form": _reception,
    "suggestion_ledger": _ledger,
    "dispatch": _dispatch,
    "project_ballot": _project_ballot,
    "project_vote_result": _project_vote_result,
    "annual_report": _annual_report,
    "project_eval_report": _project_eval_report,
}
