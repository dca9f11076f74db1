"""What was printed or saved: who, when, where it went, and the copy that is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from deputydesk.models import Attachment, Printout
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attachments
from deputydesk.operations.attachments import Content
from deputydesk.operations.checks import filled
from deputydesk.operations.years import in_year

COPY = "print"
"""The purpose of the attachment that is the PDF itself."""
FILE = "文件"
"""Where what was not printed went."""


@dataclass(frozen=True)
class Printed:
    """What a PDF is: the form, the record it is of, and what was chosen for it."""

    name: str
    form: str = ""
    record_kind: str = ""
    record_id: str = ""
    about: str = ""
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])  # Any: JSON


@dataclass(frozen=True)
class PrintoutRow:
    """A line of the register of what was printed."""

    id: str
    name: str
    form: str
    record_kind: str
    record_id: str
    about: str
    options: Mapping[str, Any]  # Any: JSON
    printed_on: date | None
    printed_at: str
    printed_by: str
    pages: int
    copies: int
    is_file: bool
    went_to: str
    digest: str
    size: int

    @property
    def printed(self) -> Printed:
        """What it was, to print the same again."""
        return Printed(
            self.name, self.form, self.record_kind, self.record_id, self.about, self.options
        )


def rows(session: Session, year: int | None = None) -> list[PrintoutRow]:
    """What was printed in a year, or ever; the newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Printout.printed_on, year))
    copy = and_(Attachment.owner_id == Printout.id, Attachment.purpose == COPY)
    found = session.execute(
        select(Printout, Attachment.digest, Attachment.size)
        .outerjoin(Attachment, copy)
        .where(*where)
        .order_by(Printout.id.desc())
    )
    return [_row(p, digest or "", size or 0) for p, digest, size in found]


def last_used(session: Session) -> list[str]:
    """The forms that were printed, the last used first."""
    return list(
        session.scalars(
            select(Printout.form)
            .where(Printout.form != "")
            .group_by(Printout.form)
            .order_by(func.max(Printout.id).desc())
        )
    )


@operation(Right.ENTER, "记下打印", can_undo=False)
def note(
    tx: Tx,
    *,
    printed: Printed,
    file: Content,
    pages: int,
    copies: int = 1,
    printer: str = "",
) -> str:
    """Note that a form went to a printer, or into a file if none is named; returns its id."""
    made = Printout(
        name=filled("name", printed.name, "名称"),
        form=printed.form,
        record_kind=printed.record_kind,
        record_id=printed.record_id,
        about=printed.about,
        options=dict(printed.options),
        printed_on=tx.today,
        printed_at=f"{tx.now:%H:%M}",
        printed_by=tx.user.name,
        pages=pages,
        copies=copies,
        is_file=not printer,
        went_to=printer or FILE,
    )
    tx.session.add(made)
    tx.session.flush()
    attachments.add(
        tx,
        owner_kind=Printout.__tablename__,
        owner_id=made.id,
        files=(file,),
        purpose=COPY,
        confidential=True,
    )
    tx.about = made.name
    return made.id


def _row(p: Printout, digest: str, size: int) -> PrintoutRow:
    return PrintoutRow(
        id=p.id,
        name=p.name,
        form=p.form,
        record_kind=p.record_kind,
        record_id=p.record_id,
        about=p.about,
        options=p.options,
        printed_on=p.printed_on,
        printed_at=p.printed_at,
        printed_by=p.printed_by,
        pages=p.pages,
        copies=p.copies,
        is_file=p.is_file,
        went_to=p.went_to,
        digest=digest,
        size=size,
    )
