"""The copies of what was printed, which may be thinned; the lines that say what was, never."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from deputydesk.journal.values import models
from deputydesk.models import Attachment, DocumentNumber, Printout
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import get
from deputydesk.operations.printouts import COPY

NUMBER = "document_no"
"""The column of a record that holds the number which its paper was given elsewhere."""


@dataclass(frozen=True)
class CopyRow:
    """A copy that is kept of a paper.

    Args:
        id: the attachment.
        form: which form it is.
        digest: its content.
        size: its bytes.
        is_numbered: whether the paper has a 文号.
    """

    id: str
    form: str
    digest: str
    size: int
    is_numbered: bool


def before(session: Session, day: date) -> list[CopyRow]:
    """Copies of what was printed before a day, the oldest first."""
    given = exists().where(
        DocumentNumber.form == Printout.form, DocumentNumber.record_id == Printout.record_id
    )
    found = session.execute(
        select(Printout, Attachment, given)
        .join(Attachment, _is_copy())
        .where(Printout.printed_on < day, Attachment.digest != "")
        .order_by(Printout.id)
    )
    return [
        CopyRow(copy.id, p.form, copy.digest, copy.size, has_number or _has_own(session, p))
        for p, copy, has_number in found
    ]


def total(session: Session) -> tuple[int, int]:
    """How many copies there are, and their bytes: a paper printed twice is kept once."""
    kept = select(
        Attachment.digest, func.count().label("often"), func.max(Attachment.size).label("size")
    )
    kept = kept.join(Printout, _is_copy()).where(Attachment.digest != "")
    each = kept.group_by(Attachment.digest).subquery()
    count, size = session.execute(select(func.sum(each.c.often), func.sum(each.c.size))).one()
    return int(count or 0), int(size or 0)


def needed(session: Session, *, without: Collection[str]) -> set[str]:
    """The contents that are still referred to when these attachments are not."""
    refers = session.execute(select(Attachment.id, Attachment.digest))
    return {digest for attachment, digest in refers if attachment not in without}


@operation(Right.SETUP, "清理打印副本", can_undo=False)
def thin(tx: Tx, *, copy_ids: tuple[str, ...]) -> None:
    """Let copies of papers go; what was printed, when, by whom and for whom stays.

    The log keeps the check value of each, by which a paper that turns up can be recognised.
    """
    for copy_id in copy_ids:
        copy = get(tx.session, Attachment, copy_id)
        assert copy.purpose == COPY, "only copies of printed papers are offered"
        copy.note = f"{tx.today:%Y-%m-%d} 按保留年限清理，原有{copy.size}字节"
        copy.digest, copy.size = "", 0
    tx.about = f"{len(copy_ids)} 份"


def _is_copy() -> ColumnElement[bool]:
    return and_(Attachment.owner_id == Printout.id, Attachment.purpose == COPY)


def _has_own(session: Session, printout: Printout) -> bool:
    model = models().get(printout.record_kind)
    record = session.get(model, printout.record_id) if model and hasattr(model, NUMBER) else None
    return bool(record and getattr(record, NUMBER))
