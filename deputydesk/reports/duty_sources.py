"""What the duty reports say, read for many deputies in a handful of queries."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import (
    Activity,
    Assembly,
    Meeting,
    Opinion,
    ProjectEval,
    Service,
    Training,
    Visit,
)
from deputydesk.models.choices import EvaluationState, VisitKind
from deputydesk.operations import deputies, duty, evaluations, points, suggestions, visits
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.evaluations import EntryRow, EvaluationRow
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.operations.visits import VisitRow
from deputydesk.reports import duty_report
from deputydesk.reports.charts import GradeCount, MonthCount
from deputydesk.reports.duty_report import DutyReport, DutyRow, Fact, Tile
from deputydesk.reports.form import AskDeputies, AskDuplex, AskPeriod, Due, Form, Group, Job
from deputydesk.rules.duty import LEAD, NOT_DONE, TOOK_PART, DutyKind, DutyPart
from deputydesk.rules.points import shown
from deputydesk.rules.rates import Rate

CONTACTS = (DutyKind.RECEPTION, DutyKind.LINK_VOTERS, DutyKind.LINK_DEPUTIES)
EVENTS = frozenset(
    model.__tablename__
    for model in (Activity, Assembly, Meeting, ProjectEval, Service, Training, Visit)
)
"""What a deputy takes part in."""
SHOWN = 4
"""Digits of a phone number left readable at either end."""


@dataclass(frozen=True)
class _Year:
    """Everything of a period, by deputy."""

    first: date
    last: date
    duty: dict[str, list[duty.DutyRow]]
    visits: dict[str, list[VisitRow]]
    suggestions: dict[str, list[SuggestionRow]]
    evaluations: dict[str, tuple[EvaluationRow, EntryRow]]
    scores: dict[str, list[points.ScoreRow]]


def reports(
    session: Session, *, deputy_ids: Collection[str], first: date, last: date, today: date
) -> list[DutyReport]:
    """Duty reports of the deputies named, or of all in office, in the official order.

    Raises:
        UserError: a deputy named is not there.
    """
    who = chosen(session, deputy_ids)
    year = _Year(
        first,
        last,
        duty.by_deputy(session, first=first, last=last),
        _visits(session, first, last),
        _suggestions(session, first, last, today),
        _evaluations(session, first, last),
        points.scores(session, first=first, last=last),
    )
    return [_report(n, deputy, year) for n, deputy in enumerate(who, 1)]


def chosen(session: Session, deputy_ids: Collection[str]) -> list[DeputyRow]:
    """The deputies named, or all in office by their main mandate, in the official order.

    Raises:
        UserError: a deputy named is not there.
    """
    found = deputies.rows(session, former=bool(deputy_ids))
    wanted = set(deputy_ids)
    named = [d for d in found if d.id in wanted] if wanted else [d for d in found if d.main]
    if len(named) < len(wanted):
        raise UserError("找不到要打印的代表，可能已被删除。", hint="请刷新后再试。")
    return named


def _visits(session: Session, first: date, last: date) -> dict[str, list[VisitRow]]:
    by_deputy: dict[str, list[VisitRow]] = {}
    for row in reversed(visits.rows(session)):
        if first <= row.held_on <= last:
            for mandate_id in row.deputy_ids:
                by_deputy.setdefault(mandate_id, []).append(row)
    return by_deputy


def _suggestions(
    session: Session, first: date, last: date, today: date
) -> dict[str, list[SuggestionRow]]:
    by_deputy: dict[str, list[SuggestionRow]] = {}
    for row in suggestions.rows(session, today=today):
        if row.submitted_on and first <= row.submitted_on <= last:
            by_deputy.setdefault(row.lead_id, []).append(row)
    return by_deputy


def _evaluations(
    session: Session, first: date, last: date
) -> dict[str, tuple[EvaluationRow, EntryRow]]:
    newest: dict[str, tuple[EvaluationRow, EntryRow]] = {}
    for row in reversed(evaluations.rows(session)):
        if row.state != EvaluationState.PREPARED and first <= row.held_on <= last:
            for entry in evaluations.entries(session, row.id):
                newest[entry.mandate_id] = (row, entry)
    return newest


def _report(position: int, deputy: DeputyRow, year: _Year) -> DutyReport:
    held = year.visits.get(deputy.id, [])
    done = year.duty.get(deputy.id, [])
    proposed = year.suggestions.get(deputy.id, [])
    judged = year.evaluations.get(deputy.id)
    return DutyReport(
        name=deputy.name,
        start=year.first,
        end=year.last,
        number=f"LZ-{year.last.year}-{position:04d}",
        code=f"DD1:LZ:{deputy.id[-12:].upper()}:{year.last:%Y%m%d}",
        facts=_facts(deputy),
        tiles=_tiles(done, held, proposed, judged),
        months=_months(done, year),
        grades=_grades(judged),
        duties=_duties(done, held),
        suggestions=tuple(suggestion_row(row) for row in proposed),
        scores=tuple(score_row(row) for row in year.scores.get(deputy.id, [])),
    )


def score_row(row: points.ScoreRow) -> duty_report.ScoreRow:
    """The points of a closed quarter, as reports have them."""
    is_ranked = row.place.isdecimal()
    return duty_report.ScoreRow(
        row.quarter.label,
        shown(row.total) if is_ranked else "—",
        f"第{row.place}名" if is_ranked else row.place,
        row.rules,
    )


def _facts(d: DeputyRow) -> tuple[Fact, ...]:
    elected = f"{d.started_on.year}年{d.started_on.month}月" if d.started_on else ""
    return (
        Fact("姓　　名", d.name),
        Fact("性　　别", d.sex.label),
        Fact("民　　族", d.ethnic),
        Fact("出生年月", birth_text(d.birth)),
        Fact("代表层级", d.level.label),
        Fact("当选时间", elected),
        Fact("工作单位", d.job),
        Fact("代表之家", d.home),
        Fact("所在选区", d.district),
        Fact("联系电话", masked(d.phone)),
    )


def birth_text(text: str) -> str:
    """1984年5月, of 1984-05 or 1984-05-12."""
    year, _, rest = text.partition("-")
    month = rest.partition("-")[0]
    return f"{year}年{int(month)}月" if month.isdigit() else text


def masked(phone: str) -> str:
    """A phone number with its middle hidden: the report is shown to others."""
    if len(phone) <= 2 * SHOWN:
        return phone
    return phone[: SHOWN - 1] + "*" * (len(phone) - 2 * SHOWN + 1) + phone[-SHOWN:]


def _tiles(
    done: Sequence[duty.DutyRow],
    held: Sequence[VisitRow],
    proposed: Sequence[SuggestionRow],
    judged: tuple[EvaluationRow, EntryRow] | None,
) -> tuple[Tile, ...]:
    kinds = Counter(row.kind for row in held)
    links = kinds[VisitKind.LINK_VOTERS]
    met = sum(row.received for row in held if row.kind == VisitKind.LINK_VOTERS)
    closed = sum(row.closed_on is not None for row in proposed)
    return (
        Tile("参加活动", str(_attended(done)), "次", f"其中进家{len(held) - links}次"),
        Tile("联系选民", str(met), "人次", f"走访座谈{links}次"),
        Tile("提出建议", str(len(proposed)), "件", f"已办结{closed}件"),
        _satisfied(judged),
    )


def _satisfied(judged: tuple[EvaluationRow, EntryRow] | None) -> Tile:
    if judged is None:
        return Tile("述职测评", "—", "", "本期没有测评")
    row, entry = judged
    best = row.scale.options[0]
    valid = sum(entry.counts.values()) + entry.void
    rate = Rate(entry.counts.get(best.id, 0), valid)
    value = "—" if rate.percent is None else rate.text.partition("%")[0]
    return Tile(f"测评{best.label}率", value, "%", f"{rate.numerator}票，有效{valid}票")


def _attended(done: Sequence[duty.DutyRow]) -> int:
    """How often the deputy took part in something; what was only said or written is not that."""
    return sum(row.table in EVENTS and row.kind not in NOT_DONE for row in done)


def _months(done: Sequence[duty.DutyRow], year: _Year) -> tuple[MonthCount, ...]:
    events = [row for row in done if row.table in EVENTS and row.kind not in NOT_DONE]
    contacts = Counter((r.day.year, r.day.month) for r in events if r.kind in CONTACTS)
    others = Counter((r.day.year, r.day.month) for r in events if r.kind not in CONTACTS)
    months: list[MonthCount] = []
    at = (
        (year.last.year, 1)
        if year.first.year < year.last.year
        else (year.first.year, year.first.month)
    )
    while at <= (year.last.year, year.last.month):
        months.append(MonthCount(f"{at[1]}月", contacts[at], others[at]))
        at = (at[0], at[1] + 1)
    return tuple(months)


def _grades(judged: tuple[EvaluationRow, EntryRow] | None) -> tuple[GradeCount, ...]:
    if judged is None:
        return ()
    row, entry = judged
    counted = [GradeCount(o.label, entry.counts.get(o.id, 0)) for o in row.scale.options]
    return (*counted, GradeCount("空白多选", entry.void)) if entry.void else tuple(counted)


def _duties(done: Sequence[duty.DutyRow], held: Sequence[VisitRow]) -> tuple[DutyRow, ...]:
    """Everything that was done, by the parts of a duty file; led suggestions have a table."""
    visits_by_id = {row.id: row for row in held}
    order = list(DutyPart)
    listed = [row for row in done if not (row.kind == DutyKind.SUGGESTION and row.role == LEAD)]
    listed.sort(key=lambda row: (order.index(row.part), row.day))
    return tuple(
        DutyRow(
            row.day,
            row.kind.label,
            _visit(visits_by_id[row.id]) if row.id in visits_by_id else _what(row),
            part=row.part.label,
        )
        for row in listed
    )


def _what(row: duty.DutyRow) -> str:
    """What an entry says on paper that others see: no private reason of a leave."""
    role = "" if row.role in ("", TOOK_PART, LEAD, row.kind.label) else row.role
    said = [row.kind.label] if row.kind == DutyKind.LEAVE else [row.title, row.detail]
    parts = [*said, role, row.amount if row.table != Opinion.__tablename__ else ""]
    return "，".join(part for part in parts if part) + "。"


def _visit(row: VisitRow) -> str:
    parts = [f"在{row.where}" if row.home else row.where]
    parts.append(row.topic if row.topic and row.topic != row.kind.label else row.kind.label)
    if row.received:
        met = "联系" if row.kind in visits.LINKS else "接待"
        parts.append(f"{met}选民{row.received}人次")
    if row.opinions:
        parts.append(f"听取意见{row.opinions}件次")
    return "，".join(p for p in parts if p) + "。"


def suggestion_row(row: SuggestionRow) -> duty_report.SuggestionRow:
    """A suggestion, as reports have it."""
    return duty_report.SuggestionRow(
        number=str(row.number or ""),
        heading=row.headline,
        unit=row.main_unit,
        status=row.state_label,
        satisfaction=row.result.label if row.result else "—",
    )


def _read(job: Job) -> list[DutyReport]:
    first, last = job.period
    return job.office.ask(
        reports, deputy_ids=job.options.deputy_ids, first=first, last=last, today=job.today
    )


FORM = Form(
    "duty_report",
    "代表履职报告",
    Group.DEPUTY,
    "不选代表，就是全体在任代表，装在一个文件里，每人另起一页。",
    _read,
    duty_report.write,
    (AskDeputies(), AskPeriod(), AskDuplex()),
    extras=lambda options: {"duplex": options.duplex},
    due=(Due.QUARTER, Due.YEAR),
    each=lambda report: report.name,
    source="自拟：《代表法》第58条（记录、公示履职情况）；项目按公开的代表履职档案（镇坪县）",
)
