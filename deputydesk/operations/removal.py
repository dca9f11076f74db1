"""Removing records entered by mistake, of any kind, with what belongs to them alone."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from deputydesk.models import Attendance, EventOpinion
from deputydesk.models.base import Record
from deputydesk.office import Operation, Right, Tx, operation
from deputydesk.operations.checks import get
from deputydesk.operations.naming import called

Removal = Operation[..., None]
"""An operation that takes `ids`, a tuple of record ids."""


def removal(
    model: type[Record],
    *parts: tuple[type[Record], InstrumentedAttribute[str]],
    right: Right = Right.REGISTER,
    is_event: bool = False,
) -> Removal:
    """Make the operation that removes records of a kind; a removal is undone as any action.

    Args:
        model: the kind.
        parts: kinds that go with it, each with the column by which its records belong to one.
        right: what the user must be allowed.
        is_event: whether attendance and opinions are kept by the kind's name and go as well.
    """

    def remove(tx: Tx, *, ids: Sequence[str]) -> None:
        """Remove these records."""
        for record_id in ids:
            record = get(tx.session, model, record_id)
            tx.about = called(record)
            for part, column in parts:
                _remove_all(tx, part, column, record_id)
            if is_event:
                _remove_all(tx, Attendance, Attendance.event_id, record_id)
                _remove_all(tx, EventOpinion, EventOpinion.event_id, record_id)
            tx.session.delete(record)
        if len(ids) > 1:
            tx.about = f"{len(ids)}条"

    made = operation(right, f"删除{model.title}")(remove)
    return Operation(f"{model.__tablename__}.remove", made.title, made.right, made.run)


def _remove_all(
    tx: Tx, model: type[Record], column: InstrumentedAttribute[str], owner_id: str
) -> None:
    for row in tx.session.scalars(select(model).where(column == owner_id)):
        tx.session.delete(row)
