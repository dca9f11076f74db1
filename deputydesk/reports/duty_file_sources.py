"""What the duty files say, read for some deputies at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deputydesk.models import Suggestion, WorkReport
from deputydesk.models.choices import EvaluationState
from deputydesk.operations import evaluations, points, suggestions, work_reports
from deputydesk.reports.duty_entries import Entry, Given, Stream, data, entries, given, wanted
from deputydesk.reports.duty_file import DutyFile, Proposal, Votes, write
from deputydesk.reports.duty_report import ScoreRow
from deputydesk.reports.duty_sources import score_row, suggestion_row
from deputydesk.reports.form import (
    AskDeputies,
    AskDuplex,
    AskPaper,
    AskPeriod,
    Due,
    Form,
    Group,
    Job,
    Options,
)
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.wording import period_text
from deputydesk.rules.duty import LEAD, DutyPart

_KIND = "DA"
_DIVIDED, _PLAIN, _BLANK = "divided", "plain", "blank"
_SUGGESTION = Suggestion.__tablename__


@dataclass(frozen=True)
class _Year:
    """What is read once for all deputies; small, however many there are."""

    first: date
    last: date
    points: Given
    scores: Mapping[str, Sequence[ScoreRow]]
    votes: Mapping[str, Sequence[Votes]]


def _year(session: Session, first: date, last: date) -> _Year:
    return _Year(
        first,
        last,
        given(session, first, last),
        {
            ident: [score_row(row) for row in rows]
            for ident, rows in points.scores(session, first=first, last=last).items()
        },
        _votes(session, first, last),
    )


def _votes(session: Session, first: date, last: date) -> dict[str, list[Votes]]:
    found: dict[str, list[Votes]] = {}
    for row in reversed(evaluations.rows(session)):
        if row.state == EvaluationState.PREPARED or not first <= row.held_on <= last:
            continue
        for entry in evaluations.entries(session, row.id):
            counted = [f"{o.label}{entry.counts.get(o.id, 0)}" for o in row.scale.options]
            votes = "，".join([*counted, *([f"空白多选{entry.void}"] if entry.void else [])])
            one = Votes(row.held_on, row.name, votes, entry.grade)
            found.setdefault(entry.mandate_id, []).append(one)
    return found


def _proposals(
    session: Session, done: Mapping[str, Sequence[Entry]], today: date
) -> dict[str, list[Proposal]]:
    """The suggestions that these deputies led or signed, by deputy."""
    named = {row.id for rows in done.values() for row in rows if row.table == _SUGGESTION}
    if not named:
        return {}
    read = {row.id: row for row in suggestions.rows(session, today=today, ids=tuple(sorted(named)))}
    return {
        ident: [
            Proposal(_role(row), suggestion_row(read[row.id]))
            for row in rows
            if row.table == _SUGGESTION and row.id in read
        ]
        for ident, rows in done.items()
    }


def _with_reports(
    session: Session, done: Mapping[str, Sequence[Entry]], first: date, last: date
) -> dict[str, list[Entry]]:
    """What they did with the reports that they gave to their voters."""
    found = {ident: list(rows) for ident, rows in done.items()}
    for row in reversed(work_reports.rows(session)):
        day = row.given_on or row.last_on
        if row.mandate_id in found and first <= day <= last:
            what = f"{period_text(row.first_on, row.last_on)}履行代表职务情况的报告"
            entry = Entry(DutyPart.ACCOUNT, day, WorkReport.title, what)
            found[row.mandate_id].append(entry)
    return found


def _role(row: Entry) -> str:
    return row.role or LEAD


def _read(job: Job) -> Stream[DutyFile] | list[DutyFile]:
    if job.options.paper == _BLANK:
        return []
    first, last = job.period
    ids = wanted(job)
    if not ids:
        return []
    year = job.office.ask(_year, first, last)

    def read(some: Sequence[str]) -> list[DutyFile]:
        done = job.office.ask(entries, some, first=first, last=last, points=year.points)
        proposed = job.office.ask(_proposals, done, job.today)
        told = job.office.ask(_with_reports, done, first, last)
        return [
            DutyFile(
                who,
                f"（{period_text(first, last)}）",
                record_number(_KIND, who.id, last),
                code_of(_KIND, who.id, last),
                tuple(told[who.id]),
                tuple(proposed.get(who.id, ())),
                tuple(year.votes.get(who.id, ())),
                tuple(year.scores.get(who.id, ())),
            )
            for who in data(job.office, some, photos=True)
        ]

    return Stream(ids, read)


def _extras(options: Options) -> dict[str, bool]:
    return {"divided": options.paper != _PLAIN, "duplex": options.duplex}


FORM = Form(
    "duty_file",
    "履职档案",
    Group.DEPUTY,
    "封面、目录、八个部分和附录；不选代表，就是全体在任代表，装在一个文件里，可从书签找到。",
    _read,
    write,
    (
        AskDeputies(),
        AskPeriod(),
        AskPaper(
            (
                (_DIVIDED, "每部分前一张隔页"),
                (_PLAIN, "不用隔页，各部分接着排"),
                (_BLANK, "空白的封面、目录和隔页"),
            ),
            "装订",
        ),
        AskDuplex(),
    ),
    extras=_extras,
    due=(Due.YEAR,),
    each=lambda paper: paper.who.name,
    source="镇坪县公布的代表履职档案八个部分，另附季度积分、接待、双联系、发言",
)
