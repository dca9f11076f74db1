"""What the ledger of suggestions says: a year's or a meeting's suggestions, and the rates."""

from datetime import date

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Meeting
from deputydesk.operations import figures, presets, suggestion_ledger, terms
from deputydesk.operations.suggestion_ledger import TALKED
from deputydesk.operations.suggestion_ledger import LedgerRow as Line
from deputydesk.reports.form import (
    MONTHLY,
    AskLastDay,
    AskPaper,
    AskRecord,
    Form,
    Group,
    Job,
    Offered,
)
from deputydesk.reports.letter_sources import record_number
from deputydesk.reports.suggestion_ledger import Ledger, LedgerRate, LedgerRow, write
from deputydesk.reports.wording import date_text

YEAR, BETWEEN = "", "between"
"""In place of a meeting: the whole year; what was made between meetings."""
_RATES = (
    "suggestions.answered",
    "suggestions.answered_in_time",
    "suggestions.satisfied",
    "suggestions.mostly_satisfied",
)


def _meetings(session: Session) -> list[Offered]:
    found = [Offered(m.id, m.name) for m in terms.meetings(session)]
    return [Offered(BETWEEN, "闭会期间的建议"), *found]


def listed(session: Session, chosen: str, last: date, today: date) -> list[Line]:
    """What the ledger lists: a meeting's suggestions, or those of a year up to a day."""
    if chosen not in (YEAR, BETWEEN):
        return suggestion_ledger.rows(session, today=today, meeting_id=chosen)
    meeting = "" if chosen == BETWEEN else None
    return suggestion_ledger.rows(
        session, today=today, meeting_id=meeting, year=last.year, last=last
    )


def _read(job: Job) -> Ledger:
    last, chosen = job.options.last or job.today, job.options.record_id
    rows = job.office.ask(listed, chosen, last, job.today)
    what, number = _of(job, chosen, last)
    return Ledger(
        title=f"{job.head.name}人大代表建议办理台账",
        rows=tuple(_row(row) for row in rows),
        period=f"{what}，办理情况截至{date_text(job.today)}",
        classes=tuple((c.code, c.meaning) for c in job.office.ask(presets.answer_classes, last)),
        rates=_rates(job, last) if chosen == YEAR else (),
        number=number,
    )


def _of(job: Job, chosen: str, last: date) -> tuple[str, str]:
    """Which suggestions they are, and the number of the ledger."""
    if chosen in (YEAR, BETWEEN):
        until = f"{last.year}年1月1日—{last.month}月{last.day}日提出的"
        between = chosen == BETWEEN
        number = f"TZ-{last.year}{'-BH' if between else ''}"
        return f"{until}{'闭会期间建议' if between else '建议'}", number
    meeting = next((m for m in job.office.ask(terms.meetings) if m.id == chosen), None)
    if meeting is None:
        raise UserError("找不到这次会议，可能已被删除。", hint="请刷新后再试。")
    return f"{meeting.name}建议", record_number("TZ", meeting.id, meeting.opened_on)


def _rates(job: Job, last: date) -> tuple[LedgerRate, ...]:
    """How the year's suggestions were handled: of all that are listed."""
    first = last.replace(month=1, day=1)
    found = job.office.ask(figures.figures, first=first, last=last, ids=_RATES)
    return tuple(
        LedgerRate(f.name, f.numerator or 0, f.denominator or 0, f.definition) for f in found
    )


def _row(row: Line) -> LedgerRow:
    return LedgerRow(
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
        has_talked=row.talked == TALKED,
        answered_on=row.replied_on,
        answer_class=row.answer_class,
        satisfaction=row.satisfaction,
        rehandled=row.rehandled,
        commitment=row.commitment,
        status=row.state,
        remark=row.note,
    )


FORM = Form(
    "suggestion_ledger",
    "建议办理台账",
    Group.SUGGESTION,
    "一年或一次会议的全部代表建议，附答复率、满意率和分子分母。",
    _read,
    write,
    (
        AskRecord(Meeting, _meetings, "范围", blank="全年全部建议"),
        AskLastDay(),
        AskPaper((("A3", "A3 横向"), ("A4", "A4 横向"))),
    ),
    due=MONTHLY,
    extras=lambda options: {"a3": options.paper != "A4"},
    source=(
        "自拟：栏目按建议办理流程的必填项（领衔、主办、期限、面商、答复、满意度、承诺）；"
        "答复类别按本地规则"
    ),
)
