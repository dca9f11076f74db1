"""Matters between deputies and the procuratorate: a suggestion becomes a recommendation, or back.

The record is the one source of what is going on: every step writes a summary of it to the
suggestion, where lists and the ledger read it; nothing else writes there.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import Conversion, Suggestion
from deputydesk.models.base import columns_of
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies, local_rules
from deputydesk.operations.checks import filled, get, get_for, next_number, put
from deputydesk.operations.handling import step_day, unit_names
from deputydesk.operations.naming import called
from deputydesk.operations.todo_item import AHEAD, Todo, due_todo
from deputydesk.operations.years import in_year
from deputydesk.rules.conversion_flow import CONVERSION, ConversionState, ConversionStep

_S = ConversionState
_FORTH = ConversionDirection.TO_PROCURATORATE
DEADLINES = "conversion_deadlines"
"""The local rule that says until when a recommendation is copied to the congress."""


@dataclass(frozen=True)
class ConversionRow:
    """A matter as lists show it."""

    id: str
    number: int
    direction: ConversionDirection
    subject: str
    suggestion_id: str
    suggestion_no: int
    headline: str
    field: PublicInterest
    state: ConversionState
    screened_on: date
    sent_on: date | None
    office_no: str
    not_taken_why: str
    filed_on: date | None
    filing_no: str
    issued_on: date | None
    advice_no: str
    unit_id: str
    unit: str
    copy_due_on: date | None
    copied_on: date | None
    rectified_on: date | None
    outcome: str
    recovered: int
    sued_on: date | None
    told_on: date | None
    mandate_id: str
    deputy: str
    is_late: bool

    @property
    def is_forth(self) -> bool:
        """Whether a deputy's suggestion went to the procuratorate."""
        return self.direction is _FORTH

    @property
    def waits_for_copy(self) -> bool:
        """Whether the recommendation was issued and has not been copied to the congress."""
        return self.copied_on is None and self.copy_due_on is not None


_UNTOLD = tuple(s for s in ConversionState if CONVERSION.may(s, ConversionStep.TELL))


def rows(
    session: Session,
    *,
    year: int | None = None,
    suggestion_id: str = "",
    today: date = date.min,
    waiting: bool = False,
) -> list[ConversionRow]:
    """Matters by the day of screening, the newest first; of a year, or of a suggestion.

    Args:
        session: where to read.
        year: only those screened in that year.
        suggestion_id: only those of this suggestion.
        today: the day by which a copy is late.
        waiting: only those of which a copy or a word to the deputy is still owed.
    """
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Conversion.screened_on, year))
    if suggestion_id:
        where.append(Conversion.suggestion_id == suggestion_id)
    if waiting:
        is_issued = Conversion.issued_on.is_not(None) & Conversion.filed_on.is_not(None)
        uncopied = is_issued & Conversion.copied_on.is_(None)
        where.append(uncopied | Conversion.state.in_(_UNTOLD))
    found = session.execute(
        select(Conversion, Suggestion.number, Suggestion.headline)
        .outerjoin(Suggestion, Suggestion.id == Conversion.suggestion_id)
        .where(*where)
        .order_by(Conversion.screened_on.desc(), Conversion.id.desc())
    ).all()
    units = unit_names(session)
    people = deputies.names(session, {c.mandate_id for c, _, _ in found})
    days = {c.issued_on: _copy_days(session, c.issued_on) for c, _, _ in found if c.issued_on}
    return [
        _row(
            c,
            (number or 0, headline or ""),
            (units.get(c.unit_id, ""), people.get(c.mandate_id, "")),
            c.issued_on + timedelta(days[c.issued_on]) if c.issued_on and c.filed_on else None,
            today,
        )
        for c, number, headline in found
    ]


def _row(
    c: Conversion,
    suggestion: tuple[int, str],
    names: tuple[str, str],
    copy_due_on: date | None,
    today: date,
) -> ConversionRow:
    columns = {column.key for column in columns_of(Conversion)}
    copied = {
        name: getattr(c, name) for name in ConversionRow.__dataclass_fields__ if name in columns
    }
    return ConversionRow(
        **copied,
        suggestion_no=suggestion[0],
        headline=suggestion[1],
        unit=names[0],
        deputy=names[1],
        copy_due_on=copy_due_on,
        is_late=c.copied_on is None and copy_due_on is not None and copy_due_on < today,
    )


def _copy_days(session: Session, issued_on: date) -> int:
    return int(local_rules.current(session, DEADLINES, issued_on).rule["copy_days"])


def todos(session: Session, today: date) -> list[Todo]:
    """Recommendations to be copied to the congress, and deputies to be told."""
    found = rows(session, waiting=True)
    copies = [
        due_todo(
            f"催收检察建议抄送件：{row.subject}",
            row.copy_due_on,
            today,
            Conversion.__tablename__,
            row.id,
        )
        for row in found
        if row.waits_for_copy and row.copy_due_on and row.copy_due_on <= today + AHEAD
    ]
    told = [
        Todo(
            "待告知", "open", f"告知代表：{row.subject}", Conversion.__tablename__, row.id, None
        )
        for row in found
        if row.state in _UNTOLD
    ]  # fmt: skip
    return copies + told


@operation(Right.HANDLE, "登记检察衔接")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    direction: ConversionDirection,
    subject: str,
    field: PublicInterest,
    screened_on: date,
    suggestion_id: str = "",
    mandate_id: str = "",
    unit_id: str = "",
    advice_no: str = "",
    issued_on: date | None = None,
) -> str:
    """Register a matter that was screened, or correct it; returns its id.

    Args:
        tx: the transaction.
        record_id: the matter to correct; empty for a new one.
        direction: which way it goes.
        subject: what it is about; the suggestion's headline unless given.
        field: the field of public interest.
        screened_on: when it was found to be one.
        suggestion_id: the suggestion that goes to the procuratorate.
        mandate_id: the deputy; the one who leads the suggestion unless given.
        unit_id: the unit that the recommendation is made to.
        advice_no: number of a recommendation that comes from the procuratorate.
        issued_on: its day.
    """
    day = step_day(tx, "screened_on", screened_on, "筛选日期", ("检察建议日期", None))
    suggestion: Suggestion | None = None
    if direction is _FORTH:
        suggestion = get_for(tx.session, Suggestion, "suggestion_id", suggestion_id)
        check_once(tx, suggestion, record_id)
        mandate_id = mandate_id or suggestion.lead_id
        subject = subject.strip() or suggestion.headline
    kept = get(tx.session, Conversion, record_id) if record_id else None
    if kept and kept.state is not _S.SCREENED and kept.direction is not direction:
        raise FieldError("direction", "已经开始办理，不能再改方向。")
    values: dict[str, Any] = {  # Any: values of columns
        "direction": direction,
        "subject": filled("subject", subject, "事项"),
        "field": field,
        "screened_on": day,
        "mandate_id": mandate_id,
        "unit_id": unit_id,
    }
    if direction is _FORTH:
        values["suggestion_id"] = suggestion_id
    else:
        values |= {
            "advice_no": filled("advice_no", advice_no, "检察建议书文号"),
            "issued_on": step_day(tx, "issued_on", issued_on or day, "发出检察建议日期"),
        }
    if not record_id:
        values["number"] = next_number(
            tx.session, Conversion.number, in_year(Conversion.screened_on, day.year)
        )
    left = kept.suggestion_id if kept and direction is _FORTH else ""
    made = put(tx, Conversion, record_id, **values)
    tx.session.flush()
    note(tx, made)
    if left and left != made.suggestion_id:
        _forget(tx, left)
    tx.about = made.subject
    return made.id


def check_once(tx: Tx, suggestion: Suggestion, record_id: str) -> None:
    """Refuse a second matter of the same suggestion."""
    others = select(Conversion.number).where(
        Conversion.suggestion_id == suggestion.id, Conversion.id != record_id
    )
    number = tx.session.scalars(others).first()
    if number is not None:
        raise FieldError("suggestion_id", f"这件建议已登记为检察衔接第{number}号。")


@operation(Right.HANDLE, "删除检察衔接")
def remove(tx: Tx, *, ids: tuple[str, ...]) -> None:
    """Remove matters entered by mistake; a draft made from one stays."""
    for record_id in ids:
        c = get(tx.session, Conversion, record_id)
        tx.about = called(c)
        tx.session.delete(c)
        _forget(tx, c.suggestion_id)
    if len(ids) > 1:
        tx.about = f"{len(ids)}条"


def note(tx: Tx, c: Conversion) -> None:
    """Have the suggestion say how the matter stands, for lists and the ledger."""
    suggestion = tx.session.get(Suggestion, c.suggestion_id) if c.suggestion_id else None
    if suggestion is None:
        return
    if c.direction is not _FORTH:
        suggestion.conversion = f"由检察建议{c.advice_no}转来"
        return
    parts = [f"转检察建议：{c.state.label}", c.advice_no]
    if c.recovered:
        parts.append(f"挽回{c.recovered / 100:,.2f}元".replace(".00元", "元"))
    suggestion.conversion = "，".join(part for part in parts if part)


def _forget(tx: Tx, suggestion_id: str) -> None:
    suggestion = tx.session.get(Suggestion, suggestion_id) if suggestion_id else None
    if suggestion is not None:
        suggestion.conversion = ""
