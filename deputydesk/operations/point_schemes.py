"""The office's rules of points: each holds from a day on, and a change is a new version."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import PointQuarter, PointScheme
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled
from deputydesk.rules import point_schemes
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.points import Scheme
from deputydesk.rules.quarters import Quarter

OWN = "本单位自定"
"""The source of a scheme for which none was given."""


@dataclass(frozen=True)
class SchemeRow:
    """A version of the rules."""

    id: str
    name: str
    valid_from: date
    source: str
    scheme: Scheme

    @property
    def label(self) -> str:
        """汝州（自2026年1月1日起）."""
        return f"{self.name}（自{chinese(self.valid_from)}起）"


def rows(session: Session) -> list[SchemeRow]:
    """All versions, the newest first."""
    found = session.scalars(
        select(PointScheme).order_by(PointScheme.valid_from.desc(), PointScheme.id.desc())
    )
    return [
        SchemeRow(s.id, s.name, s.valid_from, s.source, point_schemes.from_dict(s.rule))
        for s in found
    ]


def current(session: Session, quarter: Quarter) -> SchemeRow | None:
    """The version by which a quarter counts: the one in force on its first day."""
    return next((row for row in rows(session) if row.valid_from <= quarter.first), None)


@operation(Right.SETUP, "设定积分规则")
def save(tx: Tx, *, name: str, valid_from: date, scheme: Scheme, source: str = "") -> str:
    """Let rules hold from a day on; quarters closed before keep theirs.

    Raises:
        FieldError: an item lacks its points, or the day lies in a closed quarter.
    """
    point_schemes.check(scheme)
    closed = last_closed(tx.session)
    if closed and valid_from <= closed.last:
        raise FieldError(
            "valid_from",
            f"{closed.label}已经封账，新规则最早自{chinese(closed.after.first)}起。",
        )
    made = PointScheme(
        name=filled("name", name, "名称"),
        valid_from=valid_from,
        rule=point_schemes.to_dict(scheme),
        source=source.strip() or OWN,
    )
    tx.session.add(made)
    tx.about = f"{made.name}，自{chinese(valid_from)}起"
    return made.id


def last_closed(session: Session) -> Quarter | None:
    """The newest quarter that is closed."""
    found = session.execute(
        select(PointQuarter.year, PointQuarter.quarter).order_by(
            PointQuarter.year.desc(), PointQuarter.quarter.desc()
        )
    ).first()
    return Quarter(*found) if found else None


def is_closed(session: Session, day: date) -> bool:
    """Whether the quarter of a day is closed."""
    quarter = Quarter.of(day)
    return bool(
        session.scalar(
            select(func.count())
            .select_from(PointQuarter)
            .where(PointQuarter.year == quarter.year, PointQuarter.quarter == quarter.number)
        )
    )
