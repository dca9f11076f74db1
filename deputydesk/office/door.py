"""The only door to the data: `Office.do` changes something, `Office.ask` reads something."""

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import event, exists, select
from sqlalchemy.orm import Session

from deputydesk import database
from deputydesk.database import Database
from deputydesk.errors import UserError
from deputydesk.journal import capture, check, undo
from deputydesk.journal.caches import RowKey
from deputydesk.journal.capture import Recorder
from deputydesk.journal.check import Fault
from deputydesk.journal.fold import Heads
from deputydesk.journal.log import lock_myself
from deputydesk.journal.tables import JournalAction, SyncFeed, SyncOffice, SyncSelf
from deputydesk.journal.undo import ActionRow
from deputydesk.journal.values import models
from deputydesk.late import dataclass
from deputydesk.models import own_rules
from deputydesk.models.base import Record, office_scope, scope_of
from deputydesk.office.operating import (
    Operation,
    Right,
    Tx,
    User,
    instead_of,
    refuse_changed,
    refuse_without,
    rights_of,
)
from deputydesk.progress import SILENT, Progress
from deputydesk.rules.office_codes import COMMON
from deputydesk.search import check as search_check
from deputydesk.search import index

P = ParamSpec("P")
R = TypeVar("R")
TODAY = "today"
"""The present day, as `Session.info` names it: what is late is late as of this day."""
SECRET = "secret"  # noqa: S105 - a name
"""The office's secret, as `Session.info` names it: it opens the office's keys."""


Listener = Callable[[frozenset[type[Record]]], None]


class HasKinds(Protocol):
    """What came in, and which kinds of record it changed."""

    @property
    def kinds(self) -> frozenset[type[Record]]:
        """Kinds of record that changed."""
        ...


Merged = TypeVar("Merged", bound=HasKinds)


@dataclass
class Office:
    """An office's data, open for work.

    Args:
        data: the open data file.
        clock: gives the present time; fixed in tests.
        user: who is working.
        secret: opens the office's keys, once somebody has signed in; empty where nobody signs in.
    """

    data: Database
    clock: Callable[[], datetime]
    user: User
    secret: bytes = field(default=b"", repr=False)
    code: str = field(init=False)
    has_others_below: bool = field(default=False, init=False)
    _knows_others: bool = field(default=False, init=False)
    _is_given_to: bool = field(default=False, init=False)
    _listeners: list[Listener] = field(default_factory=list[Listener])

    def __post_init__(self) -> None:
        """Learn the office's code, which every new record carries."""
        self.learn()

    def learn(self) -> None:
        """Learn who this office is; again after another one was enrolled."""
        known = self.ask(_myself)
        self.code, self.has_others_below, self._knows_others, self._is_given_to = known

    @classmethod
    def create(
        cls, target: Path | str, *, code: str, clock: Callable[[], datetime], user: User
    ) -> "Office":
        """Make a new, empty office; see `database.create`."""
        return cls(database.create(target, office=code, now=clock()), clock, user)

    @classmethod
    def open(cls, target: Path | str, *, clock: Callable[[], datetime], user: User) -> "Office":
        """Open an office's data; see `database.open_database`."""
        return cls(database.open_database(target, now=clock()), clock, user)

    def close(self) -> None:
        """Let go of the data file."""
        self.data.close()

    def on_change(self, listener: Listener) -> None:
        """Have `listener` called with the kinds of record changed, after each commit."""
        self._listeners.append(listener)

    def ask(
        self, query: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Read something: run a query, which returns plain rows."""
        with (
            self.data.faults(),
            _Reading(self.data.reader, autoflush=False, info=self._info(self.clock())) as session,
        ):
            answer = query(session, *args, **kwargs)
            _refuse_change(session)
            return answer

    def do(self, op: Operation[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Change something: run an operation in one transaction, recorded by the journal.

        Raises:
            NotAllowed: the user lacks the right.
            UserError: the operation refused, or the disk did; nothing was changed.
        """
        return self.do_seen({}, op, *args, **kwargs)

    def do_seen(
        self,
        seen: Mapping[RowKey, Heads],
        op: Operation[P, R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """As `do`, for a form opened earlier: what others changed since then is not overwritten.

        `seen` is `journal.history.seen` of the records when the form was opened. A field that
        both changed becomes a conflict, which keeps both values.
        """
        refuse_without(op.right, op.title, self.user)
        with self._writing(seen) as (tx, recorder):
            if op.right is not Right.ENTER:  # which is for those who sign in only now
                refuse_changed(tx.session, self.user)
            result = op.run(tx, *args, **kwargs)
            tx.session.flush()
            kinds = recorder.write(tx.session)
            self._refuse_given(recorder.written)
            index.renew(tx.session, recorder.written)
            if op.can_undo or op.instead:
                names = " ".join(dict.fromkeys((op.name, *tx.demanded)))
                kind = undo.DONE if op.can_undo else undo.FINAL
                undo.note(tx.session, recorder, names, op.title, tx.about, kind)
        self._tell(kinds)
        return result

    def merge(self, work: Callable[[Tx], Merged], *, keep: bool = True) -> Merged:
        """Take in what others wrote, in one transaction; returns what `work` returns.

        Args:
            work: appends to the log and folds; it writes past the recorder.
            keep: else all is rolled back, and only told what would happen.

        Raises:
            NotAllowed: the user may only look.
        """
        if keep:
            refuse_without(Right.REGISTER, "收入交换文件", self.user)
        now = self.clock()
        with (
            self.data.faults(),
            Session(self.data.engine, info=self._info(now)) as session,
            session.begin() as transaction,
        ):
            lock_myself(session)
            if keep:
                refuse_changed(session, self.user)
            merged = work(Tx(session, now, self.user))
            if not keep:
                transaction.rollback()
        if keep:
            self.learn()
            self._tell(merged.kinds)
        return merged

    def undo(self, action_id: int | None = None) -> ActionRow:
        """Take back the user's newest action, or the one named; returns it.

        Raises:
            NotAllowed: the user may not do what was done any more.
            UserError: there is none, it cannot be taken back, or something newer touched the same
                fields.
        """
        return self._reverse(partial(undo.undo, instead=instead_of), "撤销", action_id)

    def undoable_instead(self) -> ActionRow | None:
        """The newest of the user's actions that can be taken back, where the newest one cannot."""
        return self.ask(undo.possible, self.user.name, self._may)

    def redo(self) -> ActionRow:
        """Do again what was just taken back; returns the action.

        Raises:
            NotAllowed: the user may not do it any more.
            UserError: nothing was taken back since the last action.
        """
        return self._reverse(undo.redo, "重做", None)

    def check(self) -> list[Fault]:
        """Everything in the data that is not as the log says; empty when all is well."""
        faults = self.ask(check.check)  # tables that are wrong tell nothing about the index
        return faults or self.ask(search_check.check)

    def rebuild(self) -> int:
        """Make all tables anew from the log, after a backup; returns the number of records.

        Raises:
            UserError: the log itself was meddled with, or the disk refused; nothing was changed.
        """
        refuse_without(Right.SETUP, "按日志重建", self.user)
        path = self.data.path
        if path:
            now = self.clock()
            database.keep_copy(
                self.data.engine, path, now=now, why=database.Why.REBUILD, folder=None
            )
        with self.data.faults(), Session(self.data.engine) as session, session.begin():
            lock_myself(session)
            refuse_changed(session, self.user)
            if any(check.chain(session)):
                raise UserError(
                    "日志本身被改动过或不完整，不能用它重建，数据没有改动。",
                    hint="请从最近的备份恢复。",
                )
            living = check.rebuild(session)
            index.rebuild(session)
        self._tell(frozenset(models().values()))
        return living

    def renew_search(self, progress: Progress = SILENT) -> int:
        """Make the index of the search anew from the tables; returns the number of documents."""
        with self.data.faults(), Session(self.data.engine) as session, session.begin():
            lock_myself(session)
            return index.rebuild(session, progress)

    def _reverse(
        self,
        way: Callable[[Session, str, int | None], JournalAction],
        what: str,
        action_id: int | None,
    ) -> ActionRow:
        with self._writing({}) as (tx, recorder):
            refuse_changed(tx.session, self.user)
            target = way(tx.session, self.user.name, action_id)
            for right in rights_of(target.operation):
                refuse_without(right, f"{what}：{target.title}", self.user)
            tx.session.flush()
            kinds = recorder.write(tx.session)
            self._refuse_given(recorder.written)
            index.renew(tx.session, recorder.written)
            undo.note_reversal(tx.session, recorder, target)
            row = undo.row_of(target)
        self._tell(kinds)
        return row

    def _may(self, operations: str) -> bool:
        return rights_of(operations) <= self.user.rights

    @contextmanager
    def _writing(self, seen: Mapping[RowKey, Heads]) -> Generator[tuple[Tx, Recorder]]:
        now = self.clock()
        scope = office_scope.set(self.code)
        try:
            with (
                self.data.faults(),
                _Writing(self.data.engine, info=self._info(now)) as session,
                session.begin(),
            ):
                recorder = Recorder(now, self.user.name, lock_myself(session), seen)
                capture.listen(session, recorder)
                _hold(session)
                yield Tx(session, now, self.user), recorder
        finally:
            office_scope.reset(scope)

    def _refuse_given(self, written: Iterable[RowKey]) -> None:
        """Refuse to change what the office above gave out: nobody would take it from here."""
        if self._is_given_to and any(scope_of(pk) == COMMON for _, pk in written):
            raise UserError(
                "这是上级下发的，不能在本单位修改。", hint="请另立一条本单位的，或请上级修改。"
            )

    def _info(self, now: datetime) -> dict[Any, Any]:  # Any: as SQLAlchemy has it
        known = {TODAY: now.date(), SECRET: self.secret}
        return known | {own_rules.OWN: self.code} if self._knows_others else known

    def _tell(self, kinds: frozenset[type[Record]]) -> None:
        if kinds:
            for listener in self._listeners:
                listener(kinds)


class _Reading(Session):
    """Reads and changes nothing; listened to once for all, since there is one at every key."""


class _Writing(Session):
    """What an operation works with."""


def _hold(session: Session) -> None:
    """Keep what is read or made until the transaction ends: else it is read again at every use."""
    held: list[object] = []

    def hold(_session: Session, record: object) -> None:
        held.append(record)

    event.listen(session, "loaded_as_persistent", hold)
    event.listen(session, "pending_to_persistent", hold)


def _myself(session: Session) -> tuple[str, bool, bool, bool]:
    """The office's code; whether offices are below it, others' records here, and one above only."""
    below = exists().where(SyncOffice.role == "child")
    above = exists().where(SyncOffice.role == "parent")
    others = exists().where(SyncFeed.office != SyncSelf.office)
    row = session.execute(select(SyncSelf.office, below, others, above)).one()
    return row[0], row[1], row[1] or row[2], row[3] and not row[1]


def _refuse_change(session: Session, *_of_flush: object) -> None:
    if session.new or session.dirty or session.deleted:
        message = "a query changed a record: use an operation"
        raise TypeError(message)


event.listen(_Reading, "before_flush", _refuse_change)
event.listen(_Reading, "do_orm_execute", capture.refuse_bulk)
for _kind in (_Reading, _Writing):
    event.listen(_kind, "do_orm_execute", own_rules.narrow)
