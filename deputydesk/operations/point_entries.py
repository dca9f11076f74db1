"""Entries of points typed by hand, and the clerk's word on these and on what records tell."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Person, PointEntry
from deputydesk.models.points import PointState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import point_schemes
from deputydesk.operations.checks import get, not_future, put
from deputydesk.operations.deputies import in_office
from deputydesk.operations.point_rows import TABLE, EntryRow, entries
from deputydesk.operations.point_schemes import is_closed
from deputydesk.rules.quarters import Quarter


@operation(Right.REGISTER, "登记积分记录")
def save(
    tx: Tx,
    *,
    mandate_id: str,
    item: str,
    earned_on: date,
    evidence: str,
    record_id: str = "",
    quantity: int = 1,
    role: str = "",
    note: str = "",
) -> str:
    """Register what no record tells of; it counts when the clerk has verified it.

    Raises:
        FieldError: the deputy, the item, the day or the evidence cannot be so.
        UserError: the quarter is closed.
    """
    not_future("earned_on", earned_on, tx.today, "日期")
    mandate = in_office(tx, "mandate_id", mandate_id, earned_on)
    quarter = Quarter.of(earned_on)
    rules = point_schemes.current(tx.session, quarter)
    if rules is None:
        raise FieldError("earned_on", f"{quarter.label}没有积分规则。", hint="请先设定积分规则。")
    if rules.scheme.item(item) is None:
        raise FieldError("item", "请选择积分项目。")
    if quantity < 1:
        raise FieldError("quantity", "次数至少为1。")
    if not evidence.strip():
        raise FieldError("evidence", "请填写依据：什么事，有什么材料。")
    if record_id:
        _refuse_closed(tx, get(tx.session, PointEntry, record_id).earned_on)
    _refuse_closed(tx, earned_on)
    entry = put(
        *(tx, PointEntry, record_id),
        mandate_id=mandate_id,
        item=item,
        earned_on=earned_on,
        quantity=quantity,
        role=role.strip(),
        evidence=evidence.strip(),
        note=note.strip(),
        state=PointState.DRAFT,
        verified_by="",
        verified_on=None,
    )
    tx.about = get(tx.session, Person, mandate.person_id).name
    return entry.id


@operation(Right.REGISTER, "删除积分记录")
def remove(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove entries typed by mistake; those of closed quarters stay."""
    for record_id in ids:
        entry = get(tx.session, PointEntry, record_id)
        _refuse_closed(tx, entry.earned_on)
        tx.session.delete(entry)
    tx.about = f"{len(ids)}条"


@operation(Right.HANDLE, "核实积分记录")
def verify(
    tx: Tx,
    *,
    quarter: Quarter,
    ids: Sequence[str],
    state: PointState,
    evidence: str = "",
    note: str = "",
) -> None:
    """Say of entries of an open quarter whether they count.

    Args:
        tx: the transaction.
        quarter: the quarter they are in.
        ids: ids of `EntryRow`s.
        state: 已核实, 不予计分, or 待核实 to take the word back.
        evidence: what it was verified by; empty keeps what is there.
        note: why it is refused.

    Raises:
        FieldError: a refusal without a reason.
        UserError: the quarter is closed, or an entry is gone.
    """
    _refuse_closed(tx, quarter.first)
    if state == PointState.REFUSED and not note.strip():
        raise FieldError("note", "不予计分的，请写明理由，代表可能会问。")
    there = {row.id: row for row in entries(tx.session, quarter)}
    for one in ids:
        if one not in there:
            raise UserError("有的记录已经不在本季度，可能已被修改或删除。", hint="请刷新后再试。")
        _say(tx, there[one], state, evidence.strip(), note.strip())
    first = there[ids[0]] if ids else None
    tx.about = first.name if first and len(ids) == 1 else f"{len(ids)}条"


def _say(tx: Tx, row: EntryRow, state: PointState, evidence: str, note: str) -> None:
    entry = _word(tx, row)
    entry.state = state
    entry.evidence = evidence or entry.evidence
    entry.note = note or entry.note
    is_said = state != PointState.DRAFT
    entry.verified_by = tx.user.name if is_said else ""
    entry.verified_on = tx.today if is_said else None


def _word(tx: Tx, row: EntryRow) -> PointEntry:
    """The record that holds what the clerk says of an entry."""
    if row.table == TABLE:
        return get(tx.session, PointEntry, row.source_id)
    kept = tx.session.scalars(
        select(PointEntry).where(
            PointEntry.source_kind == row.table,
            PointEntry.source_id == row.source_id,
            PointEntry.mandate_id == row.mandate_id,
        )
    ).first()
    if kept is None:
        kept = PointEntry(
            mandate_id=row.mandate_id,
            source_kind=row.table,
            source_id=row.source_id,
            quantity=row.amount,
            role=row.role,
        )
        tx.session.add(kept)
    kept.item, kept.earned_on = row.item_id, row.day
    return kept


def _refuse_closed(tx: Tx, day: date) -> None:
    if is_closed(tx.session, day):
        raise UserError(
            f"{Quarter.of(day).label}已经封账，积分不再改动。",
            hint="确有遗漏的，按异议处理，补记在以后的季度。",
        )
