"""Matters between deputies and the procuratorate: a suggestion becomes a recommendation, or back.

The record is the one source of what is going on: every step writes a summary of it to the
suggestion, where lists and the ledger read it; nothing else writes there.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Conversion, Suggestion
from deputydesk.models.base import columns_of
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies, local_rules, suggestions
from deputydesk.operations.checks import filled, get, get_for, next_number, not_negative, put
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
        _check_once(tx, suggestion, record_id)
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
    _note(tx, made)
    if left and left != made.suggestion_id:
        _forget(tx, left)
    tx.about = made.subject
    return made.id


def _check_once(tx: Tx, suggestion: Suggestion, record_id: str) -> None:
    others = select(Conversion.number).where(
        Conversion.suggestion_id == suggestion.id, Conversion.id != record_id
    )
    number = tx.session.scalars(others).first()
    if number is not None:
        raise FieldError("suggestion_id", f"这件建议已登记为检察衔接第{number}号。")


@operation(Right.HANDLE, "移送检察机关")
def send(tx: Tx, *, conversion_id: str, sent_on: date | None = None, office_no: str = "") -> None:
    """Send a suggestion to the procuratorate, beside its usual handling."""
    c = _moved(tx, conversion_id, ConversionStep.SEND)
    c.sent_on = step_day(tx, "sent_on", sent_on, "移送日期", ("筛选日期", c.screened_on))
    c.office_no = office_no.strip()
    _note(tx, c)


@operation(Right.HANDLE, "登记不予立案")
def decline(tx: Tx, *, conversion_id: str, not_taken_why: str) -> None:
    """Record that the procuratorate opens no case, and why."""
    c = _moved(tx, conversion_id, ConversionStep.DECLINE)
    c.not_taken_why = filled("not_taken_why", not_taken_why, "不予立案理由")
    _note(tx, c)


@operation(Right.HANDLE, "登记立案")
def file(
    tx: Tx, *, conversion_id: str, filing_no: str, filed_on: date | None = None, office_no: str = ""
) -> None:
    """Record that the procuratorate has opened a case."""
    c = _moved(tx, conversion_id, ConversionStep.FILE)
    c.filed_on = step_day(tx, "filed_on", filed_on, "立案日期", ("移送日期", c.sent_on))
    c.filing_no = filled("filing_no", filing_no, "立案决定书文号")
    c.office_no = office_no.strip() or c.office_no
    _note(tx, c)


@operation(Right.HANDLE, "登记检察建议")
def issue(
    tx: Tx,
    *,
    conversion_id: str,
    advice_no: str,
    issued_on: date | None = None,
    unit_id: str = "",
    copied_on: date | None = None,
) -> None:
    """Record the procuratorate's recommendation; its copy is due to the congress."""
    c = _moved(tx, conversion_id, ConversionStep.ISSUE)
    c.issued_on = step_day(tx, "issued_on", issued_on, "发出检察建议日期", ("立案日期", c.filed_on))
    c.advice_no = filled("advice_no", advice_no, "检察建议书文号")
    c.unit_id = unit_id or c.unit_id
    if copied_on:
        c.copied_on = step_day(
            tx, "copied_on", copied_on, "抄送人大日期", ("发出日期", c.issued_on)
        )
    _note(tx, c)


@operation(Right.HANDLE, "登记检察建议抄送")
def copy_back(tx: Tx, *, conversion_id: str, copied_on: date | None = None) -> None:
    """Record that the recommendation was copied to the congress."""
    c = get(tx.session, Conversion, conversion_id)
    tx.about = c.subject
    if not c.issued_on or not c.filed_on:
        raise UserError("检察机关还没有发出检察建议。", hint="请先登记检察建议书。")
    c.copied_on = step_day(tx, "copied_on", copied_on, "抄送人大日期", ("发出日期", c.issued_on))


@operation(Right.HANDLE, "登记起诉")
def sue(tx: Tx, *, conversion_id: str, sued_on: date | None = None) -> None:
    """Record that the procuratorate went to court."""
    c = _moved(tx, conversion_id, ConversionStep.SUE)
    c.sued_on = step_day(tx, "sued_on", sued_on, "起诉日期", ("发出日期", c.issued_on))
    _note(tx, c)


@operation(Right.HANDLE, "登记整改到位")
def rectify(
    tx: Tx,
    *,
    conversion_id: str,
    outcome: str,
    rectified_on: date | None = None,
    recovered: int = 0,
) -> None:
    """Record what was put right, and the money (分) that was recovered."""
    c = _moved(tx, conversion_id, ConversionStep.RECTIFY)
    not_negative("recovered", recovered, "挽回、追缴金额")
    c.rectified_on = step_day(
        tx, "rectified_on", rectified_on, "整改日期", ("发出日期", c.issued_on)
    )
    c.outcome, c.recovered = filled("outcome", outcome, "整改情况"), recovered
    _note(tx, c)


@operation(Right.HANDLE, "检察建议转代表建议")
def propose(
    tx: Tx,
    *,
    conversion_id: str,
    mandate_id: str = "",
    headline: str = "",
    reason: str = "",
    proposal: str = "",
    suggestion_id: str = "",
) -> str:
    """Write a draft from a recommendation for a deputy, who decides whether to make it.

    Args:
        tx: the transaction.
        conversion_id: the matter.
        mandate_id: the deputy it is proposed to.
        headline: what the draft is called.
        reason: the circumstances.
        proposal: what is to be done.
        suggestion_id: the suggestion, if the deputy has made it already; no draft is written.

    Returns:
        The suggestion's id.
    """
    c = _moved(tx, conversion_id, ConversionStep.PROPOSE)
    if suggestion_id:
        made = get_for(tx.session, Suggestion, "suggestion_id", suggestion_id)
        _check_once(tx, made, c.id)
        c.suggestion_id, c.mandate_id = made.id, made.lead_id
    else:
        deputies.in_office(tx, "mandate_id", mandate_id, tx.today)
        c.suggestion_id = suggestions.create(
            tx, headline=headline, lead_id=mandate_id, reason=reason, proposal=proposal
        )
        c.mandate_id = mandate_id
    tx.session.flush()
    _note(tx, c)
    tx.about = c.subject
    return c.suggestion_id


@operation(Right.HANDLE, "告知代表检察衔接结果")
def tell(tx: Tx, *, conversion_id: str, told_on: date | None = None, outcome: str = "") -> None:
    """Record that the deputy was told what became of it."""
    c = _moved(tx, conversion_id, ConversionStep.TELL)
    if not c.mandate_id:
        raise UserError("还没有写明告知哪名代表。", hint="请先修改，填写代表。")
    c.told_on = step_day(tx, "told_on", told_on, "告知代表日期", ("筛选日期", c.screened_on))
    c.outcome = outcome.strip() or c.outcome
    _note(tx, c)


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


def _moved(tx: Tx, conversion_id: str, step: ConversionStep) -> Conversion:
    """The matter, one step further."""
    c = get(tx.session, Conversion, conversion_id)
    tx.about = c.subject
    is_back = step is ConversionStep.PROPOSE
    if step is not ConversionStep.TELL and is_back is (c.direction is _FORTH):
        raise UserError(f"方向是“{c.direction.label}”，不能“{step.label}”。")
    c.state = CONVERSION.next(c.state, step)
    return c


def _note(tx: Tx, c: Conversion) -> None:
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
