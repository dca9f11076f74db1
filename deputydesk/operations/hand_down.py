"""What the office above gives out to all below: rules and lists that hold everywhere."""

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.tables import SyncOffice, SyncSelf
from deputydesk.journal.values import models
from deputydesk.late import dataclass
from deputydesk.models import AnswerClass, Attachment, ExpenseRate, OfficeProfile, Unit
from deputydesk.models.base import Record, columns_of, scope_of
from deputydesk.models.own_rules import rules
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.naming import called
from deputydesk.rules.office_codes import COMMON


def kinds() -> tuple[type[Record], ...]:
    """What may be given out: handling units, deadlines, classes of answers, points, local rules."""
    return (Unit, *(model for model in rules() if model not in {OfficeProfile, ExpenseRate}))


@operation(Right.SETUP, "下发")
def hand_down(tx: Tx, *, kind: str, ids: tuple[str, ...]) -> None:
    """Let records of this office hold for all below, from the next stick on.

    The record moves into the common scope with what it says; our records that name it follow.

    Raises:
        UserError: nobody is below, the kind is not given out, or a record is another office's.
    """
    if not tx.session.scalar(select(exists().where(SyncOffice.role == "child"))):
        raise UserError("没有登记下级单位，不用下发。", hint="请先在“U盘交换”中登记下级单位。")
    model = models().get(kind)
    if model not in kinds():
        titles = "、".join(each.title for each in kinds())
        raise UserError("这种记录不下发。", hint=f"可以下发：{titles}。")
    for record_id in ids:
        _move(tx.session, model, record_id)
    tx.about = f"{model.title}{len(ids)}条"


def _given(record_id: str) -> str:
    return f"{COMMON}-{record_id.rpartition('-')[2]}"


def _move(session: Session, model: type[Record], record_id: str) -> None:
    record = session.get(model, record_id)
    if record is None:
        raise UserError("找不到这条记录，可能已被删除。", hint="请刷新后再试。")
    if scope_of(record_id) == COMMON:
        return
    values = {c.key: getattr(record, c.key) for c in columns_of(model)}
    values["id"] = _given(record_id)
    session.delete(record)
    session.add(model(**values))
    for file in session.scalars(select(Attachment).where(Attachment.owner_id == record_id)).all():
        kept = {c.key: getattr(file, c.key) for c in columns_of(Attachment)}
        session.delete(file)
        session.add(Attachment(**kept | {"id": _given(file.id), "owner_id": values["id"]}))
    for other in models().values():
        for column in columns_of(other):
            if column.info.get("refers") == model.__tablename__:
                for row in session.scalars(select(other).where(column == record_id)):
                    setattr(row, column.key, values["id"])


@dataclass(frozen=True)
class GivenRow:
    """A record that may be given out to all below, or was."""

    id: str
    kind: str
    title: str
    name: str
    since: date | None
    is_given: bool


def rows(session: Session) -> list[GivenRow]:
    """What this office may give out and what it gave, kind by kind, the newest first."""
    own = session.scalars(select(SyncSelf.office)).one()
    found: list[GivenRow] = []
    for model in kinds():
        for record in session.scalars(select(model).order_by(model.id.desc())):
            scope = scope_of(record.id)
            if scope in {own, COMMON}:
                found.append(_row(record, is_given=scope == COMMON))
    return found


def _row(record: Record, *, is_given: bool) -> GivenRow:
    since: date | None = getattr(record, "valid_from", None)
    name = called(record)
    if isinstance(record, AnswerClass):
        name = f"{record.code} {record.meaning}"
    elif name == record.id:
        name = getattr(record, "source", "") or record.title
    return GivenRow(record.id, record.__tablename__, record.title, name, since, is_given)
