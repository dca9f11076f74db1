"""How often each deputy came to what they were called to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.models import Attendance, Mandate, Person
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import Level
from deputydesk.operations.events import EVENTS
from deputydesk.rules.names import sort_key
from deputydesk.rules.rates import Rate

DEFINITION = "出席率=到会÷（到会+请假+缺席）；只登记应到、还没有登记结果的不计，请假计入分母"


@dataclass(frozen=True)
class AttendanceRateRow:
    """How a deputy stood to the events of a period."""

    id: str
    name: str
    level: Level
    present: int
    leave: int
    absent: int

    @property
    def expected(self) -> int:
        """Events to which the deputy was called and whose outcome is known."""
        return self.present + self.leave + self.absent

    @property
    def rate(self) -> Rate:
        """Came ÷ called."""
        return Rate(self.present, self.expected)


def rows(session: Session, first: date, last: date) -> list[AttendanceRateRow]:
    """Deputies with a known outcome at events that began in the period; the least often first."""
    counts: dict[str, Counter[Presence]] = {}
    for model, (_, first_day, _) in EVENTS.items():
        began = getattr(model, first_day)
        found = session.execute(
            select(Attendance.mandate_id, Attendance.presence, func.count())
            .join(model, model.id == Attendance.event_id)
            .where(began >= first, began <= last, Attendance.presence != Presence.EXPECTED)
            .group_by(Attendance.mandate_id, Attendance.presence)
        )
        for mandate_id, presence, count in found:
            counts.setdefault(mandate_id, Counter())[presence] += count
    people = session.execute(
        select(Mandate.id, Person.name, Mandate.level).join(Person, Person.id == Mandate.person_id)
    )
    listed = [
        AttendanceRateRow(
            id=mandate_id,
            name=name,
            level=level,
            present=counts[mandate_id][Presence.PRESENT],
            leave=counts[mandate_id][Presence.LEAVE],
            absent=counts[mandate_id][Presence.ABSENT],
        )
        for mandate_id, name, level in people
        if mandate_id in counts
    ]
    return sorted(listed, key=lambda row: (row.rate.percent or 0, sort_key(row.name), row.id))
