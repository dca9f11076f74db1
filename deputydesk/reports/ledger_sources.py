"""What the ledger of suggestions says: a year's or a meeting's suggestions, and the rates."""

from sqlalchemy.orm import Session

from deputydesk.models import Meeting
from deputydesk.operations import figures, presets, suggestions, terms
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
from deputydesk.reports.suggestion_ledger import Ledger, LedgerRate, LedgerRow, write

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


def _read(job: Job) -> Ledger:
    first, last = job.period
    chosen = job.options.record_id
    meeting = {YEAR: None, BETWEEN: ""}.get(chosen, chosen)
    rows = job.office.ask(
        suggestions.ledger,
        today=job.today,
        meeting_id=meeting,
        year=None if meeting else last.year,
    )
    found = {f.id: f for f in job.office.ask(figures.figures, first=first, last=last)}
    return Ledger(
        title=f"{job.head.name}人大代表建议办理台账",
        rows=tuple(_row(row) for row in rows),
        period=f"{last.year}年",
        classes=tuple((c.code, c.meaning) for c in job.office.ask(presets.answer_classes, last)),
        rates=tuple(
            LedgerRate(f.name, f.numerator or 0, f.denominator or 0, f.definition)
            for f in (found[name] for name in _RATES)
        ),
        number=f"TZ-{last.year}",
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
