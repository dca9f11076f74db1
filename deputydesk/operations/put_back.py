"""Putting back what a record once said, through the checks that entering it would meet."""

from collections.abc import Mapping

from sqlalchemy import Date

from deputydesk import models as m
from deputydesk.errors import FieldError, UserError
from deputydesk.journal import past
from deputydesk.journal.caches import RowKey
from deputydesk.journal.fold import RowState
from deputydesk.journal.values import Value, blanks, decode, encode, models, table_of
from deputydesk.models.base import JsonType, Record, columns_of, labels
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import past_names, record_history, written_checks
from deputydesk.operations.checks import get
from deputydesk.operations.written_checks import BY_STEPS, RULES, STATE, THROUGH

TOGETHER: frozenset[type[Record]] = frozenset({m.Attendance, m.Cosigner, m.VisitDeputy})
"""Parts that a person enters with the record: they go back with it."""


@operation(Right.REGISTER, "恢复原来的值")
def field(tx: Tx, *, table: str, record_id: str, name: str, until: int) -> None:
    """Have one field say again what it said at a moment of the log's own clock.

    Args:
        tx: the transaction.
        table: the kind of record.
        record_id: the record.
        name: the field.
        until: the moment; what was written later does not count.

    Raises:
        UserError: the field is written by a step, or the value cannot stand any more.
    """
    model = models()[table]
    record = get(tx.session, model, record_id)
    then = _then(tx, (table, record_id), until)
    changed = {n: v for n, v in _differing(model, record, then).items() if n == name}
    if not changed:
        raise UserError("现在就是这个值，不用恢复。")
    _write(tx, record, changed)
    tx.about = f"{_called(tx, (table, record_id))}：{labels(model)[name]}"


@operation(Right.REGISTER, "恢复到当时")
def whole(tx: Tx, *, table: str, record_id: str, until: int) -> None:
    """Have a record say again all that it said at a moment, with those who took part then.

    Raises:
        UserError: a step of its life lies between then and now, or it would not change.
    """
    model = models()[table]
    record = get(tx.session, model, record_id)
    then = _then(tx, (table, record_id), until)
    changed = _differing(model, record, then)
    _refuse_other_state(model, record, changed)
    is_moved = _parts_back(tx, model, record_id, until)
    if not changed and not is_moved:
        raise UserError("现在和当时一样，不用恢复。")
    _write(tx, record, changed)
    tx.about = _called(tx, (table, record_id))


def _then(tx: Tx, key: RowKey, until: int) -> RowState:
    lines = past.lines_of(tx.session, [key])
    return past.as_of((line.change for line in lines), models()[key[0]], until)


def _differing(model: type[Record], record: Record, then: RowState) -> dict[str, Value]:
    """What the record said differently then, as the log writes it."""
    return {
        n: then.values[n] for n in blanks(model) if encode(getattr(record, n)) != then.values[n]
    }


def _refuse_other_state(model: type[Record], record: Record, changed: Mapping[str, Value]) -> None:
    if STATE in changed:
        kind = table_of(model).columns[STATE]
        was = past_names.shown(kind, changed[STATE], "", {})
        now = past_names.shown(kind, encode(getattr(record, STATE)), "", {})
        raise UserError(
            f"当时的状态是“{was}”，现在是“{now}”：办理过程不能这样倒退。",
            hint="可以逐项恢复内容；状态请用办理步骤改，或撤销那一步。",
        )


def _write(tx: Tx, record: Record, changed: Mapping[str, Value]) -> None:
    """Write the values, and hold the record against the checks of its form."""
    model = type(record)
    columns = {column.key: column for column in columns_of(model)}
    for name in changed:
        _refuse_steps(tx, model, name)
    values = {name: decode(columns[name], value) for name, value in changed.items()}
    for name, value in values.items():
        if columns[name].info["required"] and value in (None, ""):
            raise FieldError(name, f"“{columns[name].info['label']}”不能是空的。")
        _refuse_gone(tx, name, changed[name], record)
    unasked = {n: v for n, v in changed.items() if n not in written_checks.entered(model)}
    _set(record, unasked)
    written_checks.check(tx, record, values)
    _set(record, unasked)  # the form's operation may have numbered it anew


def _refuse_steps(tx: Tx, model: type[Record], name: str) -> None:
    """Refuse what no form lets a person write."""
    through = THROUGH.get(model)
    written_checks.refuse_without_right(tx, model)
    if issubclass(model, RULES):
        raise UserError(
            f"“{model.title}”已经生效，不能改回去。", hint="请从某日起另立一版，过去的办理不变。"
        )
    column = table_of(model).columns[name]
    is_step = name == STATE or name in BY_STEPS.get(model, ())
    is_step |= isinstance(column.type, JsonType) and bool(column.info.get("mapping"))
    if STATE in table_of(model).columns and through and name not in written_checks.entered(model):
        is_step |= isinstance(column.type, Date) or bool(column.info["refers"])
    if is_step:
        raise FieldError(
            name,
            f"“{column.info['label']}”由办理步骤填写，不能单独改回去。",
            hint="请用办理步骤改，或撤销那一步。",
        )


def _refuse_gone(tx: Tx, name: str, value: Value, record: Record) -> None:
    """Refuse to name a record that is not there any more."""
    model = type(record)
    values = {n: encode(getattr(record, n)) for n in blanks(model)} | {name: value}
    key = past_names.references(model, values).get(name)
    if key and tx.session.get(models()[key[0]], key[1]) is None:
        called = past_names.names(tx.session, [key]).get(key, "")
        kind = models()[key[0]].title
        raise FieldError(name, f"{kind}“{called}”已被删除。", hint=f"请先在回收站恢复这条{kind}。")


def _parts_back(tx: Tx, model: type[Record], record_id: str, until: int) -> bool:
    """Bring those who took part back to what they were; returns whether anything changed."""
    keys = record_history.parts_in(tx.session, model, record_id)
    inner = {key for key in keys if models()[key[0]] in TOGETHER}
    log: dict[RowKey, list[past.Line]] = {}
    for line in past.lines_of(tx.session, inner):
        log.setdefault(line.key, []).append(line)
    is_moved = False
    standing: list[Record] = []
    for (table, part_id), lines in log.items():
        part = models()[table]
        then = past.as_of((line.change for line in lines), part, until)
        now = tx.session.get(part, part_id)
        if now is not None and not then.alive:
            tx.session.delete(now)
            is_moved = True
        elif now is None and then.alive:
            standing.append(part(id=part_id, **past.columns(part, then.values)))
            tx.session.add(standing[-1])
            is_moved = True
        elif now is not None and (changed := _differing(part, now, then)):
            _set(now, changed)
            standing.append(now)
            is_moved = True
    tx.session.flush()
    for one in standing:
        written_checks.check(tx, one, {})
    return is_moved


def _set(record: Record, changed: Mapping[str, Value]) -> None:
    columns = table_of(type(record)).columns
    for name, value in changed.items():
        setattr(record, name, decode(columns[name], value))


def _called(tx: Tx, key: RowKey) -> str:
    name = past_names.names(tx.session, [key]).get(key, "")
    return f"{models()[key[0]].title} {name}".strip()
