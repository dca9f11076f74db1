"""Runs of papers to tick, kept as they were printed, until they come back and are booked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass, field
from deputydesk.models import ScanDecision, ScanPage, ScanRun
from deputydesk.models.scan import PageState, RunState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attachments
from deputydesk.operations.attachments import Content
from deputydesk.operations.checks import filled, get
from deputydesk.rules.scan_plan import Plan

BLANK = "blank"
"""The purpose of the attachment that is the paper as it was printed."""
LAYOUTS = "layouts"
"""Among a run's details: where the boxes of each page stand, if pages differ."""
NAMED = "named"
"""Among a run's details: it is one paper, which says of which record it is."""


@dataclass(frozen=True)
class Printed:
    """What is known of a run when it is printed.

    Args:
        code: what its QR codes and its foot say; another content has another code.
        form: identifier of the form.
        record_kind: table of the record it is of.
        record_id: that record.
        name: what the run is called.
        secret: whether nobody signs it.
        layout: version of the layout.
        plan: what is asked.
        details: what the form itself says and the result will need: the day, the step.
    """

    code: str
    form: str
    record_kind: str
    record_id: str
    name: str
    secret: bool
    layout: str
    plan: Plan
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])  # Any: JSON


@dataclass(frozen=True)
class RunRow:
    """A run as lists and its review show it."""

    id: str
    code: str
    form: str
    record_kind: str
    record_id: str
    name: str
    secret: bool
    layout: str
    plan: Plan
    details: Mapping[str, Any]  # Any: JSON
    printed: int
    printed_on: date
    two_people: bool
    members: int
    present: int
    issued: int | None
    returned: int | None
    invalid: int | None
    explanation: str
    counter: str
    scrutineer: str
    sample: Mapping[str, Any]  # Any: JSON
    apart: Mapping[str, Any]  # Any: JSON
    """Pairs of pages that look alike and are not the same sheet, with who said so."""
    state: RunState
    booked_on: date | None
    booked_by: str
    thinned_on: date | None
    came_on: date | None
    written: str
    pages: int
    blank: str
    """Digest of the paper as it was printed."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be booked."""
        return self.state is RunState.OPEN

    @property
    def is_named(self) -> bool:
        """Whether it is one paper, which says of which record it is."""
        return bool(self.details.get(NAMED))

    @property
    def valid(self) -> int:
        """Papers that count; 0 before the run was reconciled."""
        return (self.returned or 0) - (self.invalid or 0)


def rows(session: Session, year: int | None = None) -> list[RunRow]:
    """Runs, the newest first."""
    query = _select()
    if year is not None:
        query = query.where(ScanRun.printed_on.between(date(year, 1, 1), date(year, 12, 31)))
    return [_row(*found) for found in session.execute(query)]


def one(session: Session, run_id: str) -> RunRow:
    """A run.

    Raises:
        UserError: there is none with this id.
    """
    found = session.execute(_select().where(ScanRun.id == run_id)).one_or_none()
    if found is None:
        raise UserError("找不到这一批票。", hint="请刷新后再试。")
    return _row(*found)


def of_page(session: Session, page_id: str) -> RunRow:
    """The run that a page is of."""
    return one(session, get(session, ScanPage, page_id).run_id)


def is_needed(session: Session) -> bool:
    """Whether papers were printed that may come back."""
    return session.scalars(select(ScanRun.id).limit(1)).first() is not None


def by_code(session: Session, code: str) -> RunRow | None:
    """The run that a code names."""
    found = session.execute(_select().where(ScanRun.code == code)).first()
    return _row(*found) if found else None


def _select() -> Select[ScanRun, int]:
    pages = select(func.count()).where(
        ScanPage.run_id == ScanRun.id, ScanPage.state != PageState.SAME
    )
    return select(ScanRun, pages.scalar_subquery()).order_by(ScanRun.id.desc())


def _row(run: ScanRun, pages: int) -> RunRow:
    return RunRow(
        id=run.id,
        code=run.code,
        form=run.form,
        record_kind=run.record_kind,
        record_id=run.record_id,
        name=run.name,
        secret=run.secret,
        layout=run.layout,
        plan=Plan.from_dict(run.plan),
        details=run.details,
        printed=run.printed,
        printed_on=run.printed_on,
        two_people=run.two_people,
        members=run.members,
        present=run.present,
        issued=run.issued,
        returned=run.returned,
        invalid=run.invalid,
        explanation=run.explanation,
        counter=run.counter,
        scrutineer=run.scrutineer,
        sample=run.sample,
        apart=run.apart,
        state=run.state,
        booked_on=run.booked_on,
        booked_by=run.booked_by,
        thinned_on=run.thinned_on,
        came_on=run.came_on,
        written=run.written,
        pages=pages,
        blank=run.blank,
    )


@operation(Right.ENTER, "记下印票", can_undo=False)
def note(tx: Tx, *, printed: Printed, blank: Content, copies: int) -> str:
    """Keep a run as it is printed; printed once more, the copies are added. Returns its id.

    Raises:
        UserError: the run is booked: no more of it are printed.
    """
    run = tx.session.scalars(select(ScanRun).where(ScanRun.code == printed.code)).first()
    if run is not None:
        if run.state is RunState.BOOKED:
            raise UserError(
                f"“{run.name}”已经入账，不能再印这一批票。", hint="要再次测评的，请新建一次。"
            )
        run.printed += copies
        tx.about = run.name
        return run.id
    run = ScanRun(
        code=filled("code", printed.code, "表号"),
        form=printed.form,
        record_kind=printed.record_kind,
        record_id=printed.record_id,
        name=filled("name", printed.name, "名称"),
        secret=printed.secret,
        layout=printed.layout,
        blank=blank.digest,
        plan=printed.plan.to_dict(),
        details=dict(printed.details),
        printed=copies,
        printed_on=tx.today,
        state=RunState.OPEN,
    )
    tx.session.add(run)
    tx.session.flush()
    attachments.add(
        tx,
        owner_kind=ScanRun.__tablename__,
        owner_id=run.id,
        files=(blank,),
        purpose=BLANK,
        confidential=True,
    )
    tx.about = run.name
    return run.id


@operation(Right.EVALUATE, "设置两人确认", instead="还没有人认定过票面的，再点一次“两人确认”。")
def set_two_people(tx: Tx, *, run_id: str, two_people: bool) -> None:
    """Have every doubtful row decided by two people, who do not see each other's choice.

    Raises:
        UserError: rows were decided already, so that one would have seen what the other said.
    """
    run = open_run(tx, run_id)
    decided = select(ScanDecision.id).where(ScanDecision.run_id == run_id).limit(1)
    if tx.session.scalars(decided).first():
        raise UserError("已经有人认定过票面，不能再改一人、两人确认。")
    run.two_people = two_people


def open_run(tx: Tx, run_id: str) -> ScanRun:
    """The run, still to be booked.

    Raises:
        UserError: it is booked, or gone.
    """
    run = get(tx.session, ScanRun, run_id)
    tx.about = run.name
    if run.state is RunState.BOOKED:
        raise UserError("这一批票已经入账，不能再改。", hint="确有错误的，请用“更正”，写明理由。")
    return run
