"""Taking actions back: the old values are written as a new change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal import capture
from deputydesk.journal.caches import RowKey
from deputydesk.journal.capture import Recorder
from deputydesk.journal.fold import LIFE, Change, RowState, fold, past_of
from deputydesk.journal.later import Naming, naming
from deputydesk.journal.log import SYNC_CHANGE, changes_of, read
from deputydesk.journal.tables import JournalAction
from deputydesk.journal.values import Value, blanks, decode, models, table_of, text_of
from deputydesk.late import dataclass
from deputydesk.models.base import Record

JOURNAL_ACTION = table_of(JournalAction)
_ACTION = insert(JOURNAL_ACTION).returning(JOURNAL_ACTION.c.id)
DONE, FINAL = "do", "final"
"""What was done and can be taken back; what was done for good."""
LOOKED_AT, LINES_LOOKED_AT = 50, 200
"""So many actions back, and so many changes in all, it is looked for one that can be taken back."""


@dataclass(frozen=True)
class ActionRow:
    """An action as the history lists it."""

    id: int
    kind: str
    title: str
    about: str
    user: str
    at: str
    undone: bool

    @property
    def text(self) -> str:
        """The action's name with what it was about: 登记建议（第3号）."""
        return f"{self.title}（{self.about}）" if self.about else self.title

    @property
    def is_final(self) -> bool:
        """Whether it was done for good: the record is changed by what is done next only."""
        return self.kind == FINAL


def row_of(action: JournalAction) -> ActionRow:
    """The action as a plain row."""
    undone = action.undone_by is not None
    return ActionRow(
        action.id, action.kind, action.title, action.about, action.usr, action.ts, undone
    )


def actions(session: Session, *, limit: int = 100) -> list[ActionRow]:
    """What was done here, newest first."""
    found = session.scalars(select(JournalAction).order_by(JournalAction.id.desc()).limit(limit))
    return [row_of(action) for action in found]


def undoable(session: Session, user: str) -> ActionRow | None:
    """What Ctrl+Z would take back."""
    action = _newest_done(session, user)
    return row_of(action) if action else None


def possible(session: Session, user: str, may: Callable[[str], bool]) -> ActionRow | None:
    """The newest of the user's actions that can be taken back, where the newest one cannot.

    Args:
        session: the session.
        user: whose actions.
        may: whether the user may take back what these operations did.
    """
    looked_at = [(action, _rows_of(session, action)) for action in _few(session, user)]
    later = _later(session, [row for _, rows in looked_at for row in rows])
    for action, rows in looked_at:
        try:
            _refuse_late(session, action)
            for row in rows:
                _refuse_row(session, row, later)
        except UserError:
            continue
        if may(action.operation):
            return row_of(action)
    return None


def redoable(session: Session, user: str) -> ActionRow | None:
    """What Ctrl+Y would do again."""
    action = _newest_undone(session, user)
    return row_of(action) if action else None


def tables(session: Session, action_id: int) -> list[str]:
    """The tables in which an action changed something, the one it began with first."""
    action = session.get_one(JournalAction, action_id)
    return list(dict.fromkeys(line.tab for line in _lines(session, action)))


def note(
    session: Session, recorder: Recorder, operation: str, title: str, about: str, kind: str = DONE
) -> None:
    """Keep an action in the list, if it changed anything."""
    if recorder.ranges:
        _keep(session, recorder, kind=kind, operation=operation, title=title, about=about)


def note_reversal(session: Session, recorder: Recorder, target: JournalAction) -> None:
    """Keep the undoing (or redoing) of `target` in the list."""
    target.undone_by = _keep(
        session,
        recorder,
        kind="redo" if target.kind == "undo" else "undo",
        operation=target.operation,
        title=target.title,
        about=target.about,
        target_id=target.id,
    )


def undo(
    session: Session, user: str, action_id: int | None, instead: Callable[[str], str]
) -> JournalAction:
    """Write back what an action replaced; returns the action. `instead` says what else to do.

    Raises:
        UserError: nothing to undo, it was done for good, or something newer builds upon it.
    """
    action = _newest_done(session, user) if action_id is None else _named(session, user, action_id)
    if action is None:
        raise UserError("没有可以撤销的操作。")
    if action.kind == FINAL:
        raise UserError(f"“{row_of(action).text}”不能撤销。", hint=instead(action.operation))
    if action_id is not None:
        _refuse_late(session, action)
    _write_back(session, action)
    return action


def redo(session: Session, user: str, _action_id: int | None = None) -> JournalAction:
    """Take back the newest undoing; returns it.

    Raises:
        UserError: nothing was undone since the last action.
    """
    action = _newest_undone(session, user)
    if action is None:
        raise UserError("没有可以重做的操作。")
    _write_back(session, action)
    return action


def _keep(session: Session, recorder: Recorder, **what: object) -> int:
    at = recorder.now.isoformat(timespec="seconds")
    row = {"usr": recorder.user, "ts": at, "ranges": recorder.ranges, **what}
    number = session.connection().scalar(_ACTION, row)
    assert number is not None, "an action has a number"
    return number


def _named(session: Session, user: str, action_id: int) -> JournalAction | None:
    action = session.get(JournalAction, action_id)
    if action is None or action.kind == "undo":
        return None
    if action.undone_by is not None:
        raise UserError(f"“{action.title}”已经撤销过了。")
    if action.usr != user:
        raise UserError(f"“{action.title}”是{action.usr}做的。", hint=f"请由{action.usr}撤销。")
    return action


def _newest_done(session: Session, user: str) -> JournalAction | None:
    return session.scalars(_done(user).limit(1)).first()


def _done(user: str) -> Select[JournalAction]:
    """The user's actions that stand, the newest first."""
    return (
        select(JournalAction)
        .where(
            JournalAction.kind != "undo",
            JournalAction.undone_by.is_(None),
            JournalAction.usr == user,
        )
        .order_by(JournalAction.id.desc())
    )


def _few(session: Session, user: str) -> list[JournalAction]:
    """The newest that stand, without those of so many changes that to look at them takes long."""
    found: list[JournalAction] = []
    left = LINES_LOOKED_AT
    standing = _done(user).where(JournalAction.kind != FINAL).limit(LOOKED_AT)
    for action in session.scalars(standing):
        many = sum(last - first + 1 for first, last in action.ranges.values())
        if many <= left:
            left -= many
            found.append(action)
    return found


def _newest_undone(session: Session, user: str) -> JournalAction | None:
    last_done = (
        select(func.coalesce(func.max(JournalAction.id), 0))
        .where(JournalAction.kind.in_((DONE, FINAL)), JournalAction.usr == user)
        .scalar_subquery()
    )
    return session.scalars(
        select(JournalAction)
        .where(
            JournalAction.kind == "undo",
            JournalAction.undone_by.is_(None),
            JournalAction.usr == user,
            JournalAction.id > last_done,
        )
        .order_by(JournalAction.id.desc())
        .limit(1)
    ).first()


@dataclass(frozen=True)
class _Row:
    """What an action did to a row, and the counter of the action's last change."""

    model: type[Record]
    pk: str
    mine: tuple[Change, ...]
    action: JournalAction
    last: int


def _write_back(session: Session, action: JournalAction) -> None:
    rows = _rows_of(session, action)
    later = _later(session, rows)
    for row in rows:
        _row_back(session, row, later)


def _later(session: Session, rows: Sequence[_Row]) -> Mapping[str, list[Naming]]:
    """By record that was made or removed, what names it that was written since."""
    ids = {row.pk for row in rows if row.mine[0].kind != "U"}
    return naming(session, ids, min((row.last for row in rows), default=0))


def _rows_of(session: Session, action: JournalAction) -> list[_Row]:
    """What an action changed, the last first."""
    mine = _lines(session, action)
    last = max((line.lam for line in mine), default=0)
    rows: dict[RowKey, list[Change]] = {}
    for line in reversed(mine):
        rows.setdefault((line.tab, line.pk), []).insert(0, read(line))
    return [
        _Row(models()[table], pk, tuple(changes), action, last)
        for (table, pk), changes in rows.items()
    ]


def _lines(session: Session, action: JournalAction) -> list[Any]:  # Any: rows of the log
    """The changes that an action made, in order: one of each row, more where it reopened one."""
    found: list[Any] = []
    for feed, (first, last) in action.ranges.items():
        seq = SYNC_CHANGE.c.seq
        found += session.execute(
            select(SYNC_CHANGE).where(SYNC_CHANGE.c.feed == feed, seq >= first, seq <= last)
        )
    return sorted(found, key=lambda line: line.lam)


def _row_back(session: Session, row: _Row, later: Mapping[str, list[Naming]]) -> None:
    touched, before, now = _refuse_row(session, row, later)
    record = session.get(row.model, row.pk)
    if row.mine[0].kind != "U" and not before.alive:
        if record is not None:
            session.delete(record)
        return
    columns = table_of(row.model).columns
    values = {name: decode(columns[name], before.values[name]) for name in blanks(row.model)}
    if record is None:
        session.add(row.model(id=row.pk, **values))
        return
    for name in touched:
        setattr(record, name, values[name])
        if others := _others(before, name):
            capture.reopen(session, record, name, others)
        elif name in now.conflicts:
            capture.settle(session, record, name)


def _refuse_row(
    session: Session, row: _Row, later: Mapping[str, list[Naming]]
) -> tuple[set[str], RowState, RowState]:
    """What the action touched of a row, how the row was before it, and how it is now.

    Raises:
        UserError: something newer builds upon it.
    """
    mine, log = row.mine, changes_of(session, row.model.__tablename__, row.pk)
    names, is_life = set(blanks(row.model)), mine[0].kind != "U"
    touched = names if mine[0].kind in "IR" else names & {n for c in mine for n in c.values or ()}
    for change in mine:
        _refuse_unknown(log, change, {LIFE, *names} if is_life else touched, row.action)
    before = fold((c for c in log if c.rank < mine[0].rank), blanks(row.model))
    after = fold((c for c in log if c.rank <= mine[-1].rank), blanks(row.model))
    now = fold(log, blanks(row.model))
    is_other = now.alive != after.alive if is_life else not now.alive
    if is_other or any(_says(now, n) != _says(after, n) for n in touched):
        raise UserError(
            f"“{row.action.title}”之后又修改过同一内容，不能直接撤销。",
            hint="请先撤销后面的修改。",
        )
    if is_life and not before.alive and session.get(row.model, row.pk) is not None:
        named = [one for one in later.get(row.pk, ()) if one.lam > row.last]
        _refuse_used(session, row.pk, named, row.action)
    return touched, before, now


def _says(state: RowState, name: str) -> tuple[Value, bool]:
    """What a field shows, and whether something else is said of it too."""
    return state.values[name], name in state.conflicts


def _others(state: RowState, name: str) -> tuple[Value, ...]:
    """What else was said of a field that was in conflict."""
    shown = text_of(state.values[name])
    said = {text_of(value): value for _, value in state.conflicts.get(name, ())}
    return tuple(value for text, value in said.items() if text != shown)


def _refuse_unknown(
    log: Iterable[Change], mine: Change, touched: set[str], action: JournalAction
) -> None:
    """Refuse where another PC wrote the same without knowing of it, or erased the record.

    To write the old value would replace what was written there, and nobody would ever see it.
    """
    known = {change.dot: change for change in log}
    if any(change.kind == "X" for change in known.values()):
        raise UserError(
            f"“{action.title}”的记录后来彻底删除了，不能撤销。", hint="彻底删除的恢复不了。"
        )
    past = past_of(known, mine.dot)
    for change in known.values():
        if (
            _pc(change) != _pc(mine)
            and any(change.writes(name) for name in touched)
            and change.dot not in past
            and mine.dot not in past_of(known, change.dot)
        ):
            raise UserError(
                f"“{action.title}”的同一内容，另一台电脑上也修改过，不能直接撤销。",
                hint="请直接把它改成要的内容；列在“不一致的内容”里的，在那里裁定。",
            )


def _pc(change: Change) -> str:
    return change.feed.partition(".")[0]


def _refuse_late(session: Session, action: JournalAction) -> None:
    """Refuse to take a deletion back past what was done since; the recycle bin can.

    A number may be given on by now, and what the record names may be gone: the bin looks at that.
    """
    later = select(JournalAction.id).where(
        JournalAction.id > action.id, JournalAction.kind == DONE, JournalAction.undone_by.is_(None)
    )
    has_deleted = any(line.kind == "D" for line in _lines(session, action))
    if has_deleted and session.scalars(later.limit(1)).first() is not None:
        raise UserError(
            f"“{action.title}”之后又登记了别的，不能越过它们撤销删除。",
            hint="请到回收站恢复，或先撤销后面的操作。",
        )


def _refuse_used(session: Session, pk: str, later: Iterable[Naming], action: JournalAction) -> None:
    """Refuse to take away a record that a later action's living record names.

    What named it when it was removed may name it again when the removal is done again.
    """
    since = select(JournalAction.id).where(JournalAction.id > action.id, JournalAction.kind == "do")
    if action.kind == "undo" and session.scalars(since.limit(1)).first() is None:
        return
    for tab, other in {(one.tab, one.pk) for one in later}:
        model = models().get(tab)
        user = session.get(model, other) if model and other != pk else None
        if user is None or user.tells_of_the_past:
            continue
        if any(pk in str(getattr(user, n)) for n in blanks(type(user))):
            raise UserError(
                f"“{action.title}”之后的“{user.title}”用到了它，不能直接撤销。",
                hint="请先撤销后面的操作。",
            )
