"""What was corrected of papers after they were booked: what, by whom, why and when."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.journal import past
from deputydesk.late import dataclass
from deputydesk.models import Record, ScanDecision, ScanPage, ScanRun
from deputydesk.rules.scan_looks import CORRECTION
from deputydesk.rules.scan_plan import Plan

WRITTEN = -1
"""Where a row is asked for: not a row of boxes, but what is written by hand."""


@dataclass(frozen=True)
class Correction:
    """A correction: of which record's paper, what it says since, who wrote so, why, and when."""

    record_id: str
    said: str
    who: str
    why: str
    on: date

    @property
    def text(self) -> str:
        """All of it in words, without the day."""
        return f"{self.said}（{self.who}：{self.why}）"


def of_run(session: Session, run_id: str) -> tuple[Correction, ...]:
    """The corrections of a run, the first in front."""
    return _found(session, ScanRun.id == run_id)


def of_records(
    session: Session, model: type[Record], ids: Collection[str]
) -> tuple[Correction, ...]:
    """The corrections of the papers of these records, the first in front."""
    return _found(
        session, ScanRun.record_kind == model.__tablename__, ScanRun.record_id.in_(list(ids))
    )


def _found(session: Session, *where: ColumnElement[bool]) -> tuple[Correction, ...]:
    query = (
        select(ScanDecision, ScanPage.number, ScanRun)
        .join(ScanPage, ScanPage.id == ScanDecision.page_id)
        .join(ScanRun, ScanRun.id == ScanDecision.run_id)
        .where(ScanDecision.look == CORRECTION, *where)
        .order_by(ScanDecision.id)
    )
    found = session.execute(query).all()
    table = ScanDecision.__tablename__
    lines = past.lines_of(session, [(table, decision.id) for decision, *_ in found])
    days = {line.pk: datetime.fromisoformat(line.at).date() for line in lines}
    return tuple(
        Correction(
            run.record_id,
            _said(decision, number, Plan.from_dict(run.plan)),
            decision.decided_by,
            decision.reason,
            days[decision.id],
        )
        for decision, number, run in found
    )


def _said(decision: ScanDecision, number: int, plan: Plan) -> str:
    """What a row says since."""
    if decision.row == WRITTEN:
        return f"手写的内容改为“{decision.answer}”"
    question = plan.question(number, decision.row)
    return f"{question.name}改为“{question.words(decision.answer)}”"
