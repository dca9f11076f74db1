"""周调度、月小结、季报告: the ledger of a period, kept as it stood and never changed afterwards.

What was reported to the meeting stays what it was: a report holds a copy of the ledger, with a
check value over it. There is no operation that changes or removes one; a report made by mistake
is taken back with Ctrl+Z while it is the newest action.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Dispatch
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, next_number
from deputydesk.operations.dispatch_reader import Reader
from deputydesk.operations.dispatch_snapshot import Snapshot, digest_of, summary_of
from deputydesk.operations.handling import step_day
from deputydesk.operations.years import in_year
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.dispatch_periods import DispatchKind, DispatchPeriod, period_of


@dataclass(frozen=True)
class DispatchRow:
    """A report as lists show it."""

    id: str
    kind: DispatchKind
    number: int
    first_on: date
    last_on: date
    made_on: date
    summary: str
    signed_by: str
    signed_on: date | None
    check: str
    is_intact: bool
    assigned: int
    answered: int
    overdue: int
    open: int

    @property
    def period(self) -> DispatchPeriod:
        """The week, month or quarter."""
        return DispatchPeriod(self.kind, self.first_on, self.last_on)

    @property
    def name(self) -> str:
        """周调度 2023年第52期."""
        return f"{self.kind.label} {self.last_on.year}年第{self.number}期"


def rows(session: Session, *, year: int | None = None) -> list[DispatchRow]:
    """Reports by their last day, the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Dispatch.last_on, year))
    found = session.scalars(
        select(Dispatch).where(*where).order_by(Dispatch.last_on.desc(), Dispatch.id.desc())
    )
    return [_row(d) for d in found]


def _row(d: Dispatch) -> DispatchRow:
    kept = Snapshot.from_dict(d.snapshot)
    total = kept.total
    return DispatchRow(
        id=d.id,
        kind=d.kind,
        number=d.number,
        first_on=d.first_on,
        last_on=d.last_on,
        made_on=d.made_on,
        summary=d.summary,
        signed_by=d.signed_by,
        signed_on=d.signed_on,
        check=d.digest[:12],
        is_intact=d.digest == digest_of(d.snapshot, d.summary),
        assigned=total.assigned,
        answered=total.answered,
        overdue=total.overdue,
        open=len(kept.open),
    )


def one(session: Session, dispatch_id: str) -> DispatchRow:
    """One report.

    Raises:
        UserError: it is not there.
    """
    return _row(get(session, Dispatch, dispatch_id))


def kept(session: Session, dispatch_id: str) -> Snapshot:
    """The ledger as a report keeps it.

    Raises:
        UserError: it is not there.
    """
    return Snapshot.from_dict(get(session, Dispatch, dispatch_id).snapshot)


def preview(session: Session, *, kind: DispatchKind, day: date, today: date) -> Snapshot:
    """The ledger of the period that a day lies in, as a report made today would keep it."""
    period = period_of(kind, day)
    return Reader(session, period, min(period.last, today)).read()


def made(session: Session, *, kind: DispatchKind, day: date) -> str:
    """The report of the period that a day lies in; empty if none was made."""
    first = period_of(kind, day).first
    found = session.scalars(
        select(Dispatch.id).where(Dispatch.kind == kind, Dispatch.first_on == first)
    )
    return found.first() or ""


@operation(Right.HANDLE, "生成调度报告")
def make(tx: Tx, *, kind: DispatchKind, day: date, summary: str = "", signed_by: str = "") -> str:
    """Make the report of the period that a day lies in; returns its id.

    Args:
        tx: the transaction.
        kind: week, month or quarter.
        day: any day of it.
        summary: the text; the usual one unless given.
        signed_by: who signs it, if it was signed at once.
    """
    period = period_of(kind, day)
    if period.first > tx.today:
        raise FieldError("day", f"{period.name}还没有开始。")
    if made(tx.session, kind=kind, day=day):
        raise UserError(
            f"{period.name}的{kind.label}已经生成，不能再生成一次。", hint="请在列表里打开它。"
        )
    snapshot = preview(tx.session, kind=kind, day=day, today=tx.today)
    ledger, text = snapshot.to_dict(), summary.strip() or summary_of(snapshot)
    report = Dispatch(
        kind=kind,
        first_on=period.first,
        last_on=period.last,
        made_on=tx.today,
        number=next_number(
            tx.session,
            Dispatch.number,
            Dispatch.kind == kind,
            in_year(Dispatch.last_on, period.last.year),
        ),
        summary=text,
        signed_by=signed_by.strip(),
        signed_on=tx.today if signed_by.strip() else None,
        snapshot=ledger,
        digest=digest_of(ledger, text),
    )
    tx.session.add(report)
    tx.about = f"{kind.label}（{period.name}）"
    return report.id


@operation(Right.HANDLE, "签发调度报告")
def sign(tx: Tx, *, dispatch_id: str, signed_by: str, signed_on: date | None = None) -> None:
    """Record who signed a report; nothing else of it ever changes."""
    report = get(tx.session, Dispatch, dispatch_id)
    tx.about = f"{report.kind.label}第{report.number}期"
    if report.signed_on:
        raise UserError(f"{report.signed_by}已于{chinese(report.signed_on)}签发。")
    report.signed_by = filled("signed_by", signed_by, "签发人")
    report.signed_on = step_day(
        tx, "signed_on", signed_on, "签发日期", ("生成日期", report.made_on)
    )
