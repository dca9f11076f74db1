"""How long pictures of booked pages stay: the head says so, and each opening keeps it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import ScanRetention
from deputydesk.office import Right, Tx, operation

LEAST, MOST = 6, 240
"""Months: a result may be asked after within half a year."""
NAMES_STAY = "征询意见表的图像上有代表的姓名，留到保留期满才删，没有定期限的一直留着。"
"""What the office should know of papers that name who filled them in."""


@dataclass(frozen=True)
class RetentionRow:
    """What was decided; nothing goes by itself until somebody decides."""

    months: int = 0
    decided_on: date | None = None


def retention(session: Session) -> RetentionRow:
    """What holds now; of two decisions that met, the one that keeps longer."""
    found = list(session.scalars(select(ScanRetention)))
    if not found:
        return RetentionRow()
    longest = max(found, key=lambda one: (one.months == 0, one.months, one.id))
    return RetentionRow(longest.months, longest.decided_on)


@operation(Right.MANAGE, "设定扫描图像保留期限")
def decide(tx: Tx, *, months: int) -> None:
    """Say for how many months pictures stay after their run was booked; 0 keeps them all.

    Raises:
        FieldError: so short that a result could not be looked at again.
    """
    if months and not LEAST <= months <= MOST:
        raise FieldError("months", f"保留期限是{LEAST}到{MOST}个月，或者不自动删除。")
    found = list(tx.session.scalars(select(ScanRetention)))
    if not found:
        found = [ScanRetention()]
        tx.session.add_all(found)
    for one in found:
        one.months, one.decided_on = months, tx.today
    tx.about = f"{months}个月" if months else "不自动删除"
