"""发文字号: the next number of a series, the same for every reprint, cancelled but never lost."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import DocumentNumber, Urging
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import offices
from deputydesk.operations.checks import filled, get, not_before, not_future
from deputydesk.rules.document_numbers import next_free, number_in, written


@dataclass(frozen=True)
class DocumentNumberRow:
    """A number as the register shows it; `is_double`: another document has the same one."""

    id: str
    code: str
    prefix: str
    year: int
    number: int
    name: str
    organ: str
    recipient: str
    form: str
    record_kind: str
    record_id: str
    given_on: date
    cancelled_on: date | None
    cancel_reason: str
    note: str
    is_double: bool = False

    @property
    def is_valid(self) -> bool:
        """Whether it was not cancelled."""
        return self.cancelled_on is None


def rows(session: Session, year: int | None = None) -> list[DocumentNumberRow]:
    """Numbers given in a year, or ever; each series with its newest number first."""
    where: list[ColumnElement[bool]] = [] if year is None else [DocumentNumber.year == year]
    series = (DocumentNumber.prefix, DocumentNumber.year, DocumentNumber.number)
    counted = select(*series).where(*where).group_by(*series).having(func.count() > 1)
    doubles = {tuple(line) for line in session.execute(counted).all()}
    found = session.scalars(
        select(DocumentNumber)
        .where(*where)
        .order_by(
            DocumentNumber.year.desc(),
            DocumentNumber.prefix,
            DocumentNumber.number.desc(),
            DocumentNumber.id.desc(),
        )
    )
    return [_row(n, is_double=(n.prefix, n.year, n.number) in doubles) for n in found]


def of_record(session: Session, form: str, record_id: str) -> DocumentNumberRow | None:
    """The number that a form of a record was given; None if it has none that holds."""
    found = _given(session, form, record_id) if record_id else None
    return _row(found, is_double=False) if found else None


def prefixes(session: Session) -> list[str]:
    """Prefixes in use, the most used first; that of the office's profile at least."""
    found = session.scalars(
        select(DocumentNumber.prefix)
        .group_by(DocumentNumber.prefix)
        .order_by(func.count().desc(), DocumentNumber.prefix)
    )
    profile = offices.profile(session)
    own = [profile.document_prefix] if profile and profile.document_prefix else []
    return list(dict.fromkeys([*found, *own]))


@operation(Right.HANDLE, "登记发文")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    prefix: str,
    name: str,
    given_on: date,
    organ: str = "",
    recipient: str = "",
    note: str = "",
) -> str:
    """Register a document made elsewhere under the next number; or correct its title and notes."""
    prefix, name = filled("prefix", prefix, "发文机关代字"), filled("name", name, "标题")
    if record_id:
        kept = get(tx.session, DocumentNumber, record_id)
        if (prefix, given_on.year) != (kept.prefix, kept.year):
            raise FieldError(
                "prefix", "文号已经给出，代字和年份不能再改。", hint="给错的请作废，再另编一个。"
            )
    else:
        kept = _new(tx, prefix, given_on)
    not_future("given_on", given_on, tx.today, "发文日期")
    kept.name, kept.given_on, kept.note = name, given_on, note.strip()
    kept.organ, kept.recipient = organ.strip() or kept.organ, recipient.strip()
    tx.about = _code(kept)
    return kept.id


@operation(Right.HANDLE, "发文编号")
def issue(
    tx: Tx,
    *,
    form: str,
    record_kind: str,
    record_id: str,
    name: str,
    prefix: str,
    recipient: str = "",
    given_on: date | None = None,
) -> str:
    """Give a form of a record its number; the one it has already if it was issued before.

    Args:
        tx: the transaction.
        form: the printed form.
        record_kind: table of the record.
        record_id: the record.
        name: title of the document.
        prefix: the series.
        recipient: to whom it goes.
        given_on: the day; today unless given.

    Returns:
        The number as it is written.
    """
    known = _given(tx.session, form, record_id)
    if known is None:
        day = given_on or tx.today
        not_future("given_on", day, tx.today, "发文日期")
        known = _new(tx, filled("prefix", prefix, "发文机关代字"), day)
        known.name, known.recipient = filled("name", name, "标题"), recipient.strip()
        known.form, known.record_kind, known.record_id = form, record_kind, record_id
        _write_back(tx, known, _code(known))
    tx.about = _code(known)
    return _code(known)


@operation(Right.HANDLE, "作废文号")
def cancel(tx: Tx, *, number_id: str, cancel_reason: str, cancelled_on: date | None = None) -> None:
    """Cancel a number with the reason; it stays in the series and is never given again."""
    kept = get(tx.session, DocumentNumber, number_id)
    tx.about = _code(kept)
    if kept.cancelled_on:
        raise UserError(f"“{_code(kept)}”已经作废。")
    day = cancelled_on or tx.today
    not_future("cancelled_on", day, tx.today, "作废日期")
    not_before("cancelled_on", day, kept.given_on, "作废日期", "发文日期")
    kept.cancelled_on, kept.cancel_reason = day, filled("cancel_reason", cancel_reason, "作废原因")
    _write_back(tx, kept, "")


def _write_back(tx: Tx, number: DocumentNumber, code: str) -> None:
    """Tell the urging which number its notice has, or that it has none any more.

    Raises:
        UserError: the notice has a number from elsewhere.
    """
    if number.record_kind != Urging.__tablename__:
        return
    urging = tx.session.get(Urging, number.record_id)
    if urging is None:
        return
    if urging.document_no and code:
        raise UserError(
            f"这份督办通知已经有文号“{urging.document_no}”。",
            hint="打印时就用这个文号，不用再编号。",
        )
    if code or urging.document_no == _code(number):
        urging.document_no = code


def _new(tx: Tx, prefix: str, day: date) -> DocumentNumber:
    taken = tx.session.scalars(
        select(DocumentNumber.number).where(
            DocumentNumber.prefix == prefix, DocumentNumber.year == day.year
        )
    )
    typed = tx.session.scalars(select(Urging.document_no).where(Urging.document_no != ""))
    elsewhere = [number_in(text, prefix, day.year) for text in typed]
    profile = offices.profile(tx.session)
    made = DocumentNumber(
        prefix=prefix,
        year=day.year,
        number=next_free([*taken, *(number for number in elsewhere if number)]),
        given_on=day,
        organ=profile.organ.full if profile else "",
    )
    tx.session.add(made)
    return made


def _given(session: Session, form: str, record_id: str) -> DocumentNumber | None:
    return session.scalars(
        select(DocumentNumber)
        .where(
            DocumentNumber.form == form,
            DocumentNumber.record_id == record_id,
            DocumentNumber.cancelled_on.is_(None),
        )
        .order_by(DocumentNumber.id)
        .limit(1)
    ).first()


def _code(n: DocumentNumber) -> str:
    return written(n.prefix, n.year, n.number)


def _row(n: DocumentNumber, *, is_double: bool) -> DocumentNumberRow:
    return DocumentNumberRow(
        id=n.id,
        code=_code(n),
        prefix=n.prefix,
        year=n.year,
        number=n.number,
        name=n.name,
        organ=n.organ,
        recipient=n.recipient,
        form=n.form,
        record_kind=n.record_kind,
        record_id=n.record_id,
        given_on=n.given_on,
        cancelled_on=n.cancelled_on,
        cancel_reason=n.cancel_reason,
        note=n.note,
        is_double=is_double,
    )
