"""Taking in what others wrote: each stretch of a feed is proved, appended to the log, and folded.

Authors are trusted, not carriers: a stretch counts when the office whose feed it is signed its end
and may write these records, whoever brought it. What cannot be proved changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from deputydesk.journal.caches import (
    SYNC_CONFLICT,
    RowKey,
    blanks_of,
    by_table,
    changes_of_many,
    chunks,
    heads_of,
    put,
    refold_many,
)
from deputydesk.journal.capture import Written
from deputydesk.journal.erasing import erase
from deputydesk.journal.fold import Change, RowState, fold
from deputydesk.journal.lines import HIGHEST_LAM, BadLine, proved
from deputydesk.journal.log import SYNC_CHANGE, SYNC_FEED, SYNC_SELF, linked
from deputydesk.journal.segments import Line, Segment, hash_at, signed_text
from deputydesk.journal.values import Value, encode, models, table_of
from deputydesk.journal.writing import Row, insert_plain
from deputydesk.models.base import Record
from deputydesk.rules.choices import Choice

LEAP = 1 << 30
"""How far what comes in at once may push the counter: more than a province writes in a year.
Else one stick could bring every office to the end of counting."""
AT_ONCE = 1000
"""Changes appended and folded at once: memory does not grow, and the processor keeps them at hand.
Of 4000 each took a quarter longer."""
MOST_FRESH = 1000
"""So many of the new records are told by name, so that a person can look at them."""


class Outcome(Choice):
    """What became of a stretch."""

    NEW = "new", "已收入"
    KNOWN = "known", "已经有了"
    GAP = "gap", "中间缺一段，下次会补上"
    FORK = "fork", "与已有的内容岔开，先存着"
    HELD = "held", "不能确认，先存着"


class Trust(Protocol):
    """Whom to believe."""

    def may_write(self, author: str, scope: str) -> bool:
        """Whether an office may write records of a scope."""
        ...

    def is_another_s(self, author: str, feed: str) -> bool:
        """Whether a feed bears the name of a PC of another office."""
        ...

    def is_signed(self, author: str, signature: str, message: bytes) -> bool:
        """Whether an office signed this."""
        ...


@dataclass(frozen=True)
class Taken:
    """What became of a stretch: how many changes were new, and why it was not taken."""

    segment: Segment
    outcome: Outcome
    new: int = 0
    why: str = ""


Stretch = tuple[Segment, Iterable[Line]]


@dataclass(frozen=True)
class _State:
    """What an intake knows at some moment, to go back to."""

    kinds: set[type[Record]]
    counts: dict[str, int]
    tables: Counter[tuple[str, str]]
    fresh: list[RowKey]
    oldest: str
    lam: int
    erased: dict[RowKey, set[str]]
    expunged: dict[RowKey, tuple[Mapping[str, Value], ...]]


class _Refused(Exception):  # noqa: N818 - what happened to the stretch
    """The stretch being taken is not what it should be."""

    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.outcome = outcome
        self.why = why


@dataclass
class Intake:
    """Takes stretches in, one after the other, in the caller's transaction.

    Args:
        session: of the transaction; nothing else writes in it meanwhile.
        trust: whom to believe.
        written: told of the rows of each batch, for what is kept in step with them.
        at_once: changes appended and folded at once.
    """

    session: Session
    trust: Trust
    written: Callable[[Mapping[RowKey, Written]], None] = lambda _rows: None
    at_once: int = field(default_factory=lambda: AT_ONCE)
    kinds: set[type[Record]] = field(default_factory=set[type[Record]])
    """Kinds of record that changed."""
    counts: dict[str, int] = field(default_factory=lambda: {"I": 0, "U": 0, "D": 0, "R": 0, "X": 0})
    """New changes by kind."""
    tables: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """New changes by table and kind."""
    fresh: list[RowKey] = field(default_factory=list[RowKey])
    """The first of the records that were not here before."""
    oldest: str = ""
    """When the oldest of the new changes was made, by its PC."""
    expunged: dict[RowKey, tuple[Mapping[str, Value], ...]] = field(
        default_factory=dict[RowKey, tuple[Mapping[str, Value], ...]]
    )
    """What the log here still said of rows that were expunged elsewhere."""
    lam: int = 0
    _start: int = field(init=False)
    _without: set[str] = field(init=False, default_factory=set[str])
    _erased: dict[RowKey, set[str]] = field(init=False, default_factory=dict[RowKey, set[str]])

    def __post_init__(self) -> None:
        """Note how far the counter is before anything is taken."""
        self._start = self.session.scalars(select(SYNC_SELF.c.lam)).one()

    def take_all(self, stretches: Callable[[], Iterable[Stretch]]) -> list[Taken]:
        """Take stretches in, in their order; returns what became of each.

        A stretch in which something is erased counts only if somebody expunged it, here or in
        what comes along: who carries a bundle could leave out what others wrote. So it is all
        taken, looked at, and if need be taken again without such stretches.

        Args:
            stretches: gives them from the first, as often as it is called.
        """
        while True:
            before = self._state()
            with self.session.begin_nested() as point:
                taken = [self.take(segment, lines) for segment, lines in stretches()]
                blanked = self._blanked()
                if not blanked:
                    return taken
                point.rollback()
            self._back_to(before)
            self._without |= blanked

    def take(self, segment: Segment, lines: Iterable[Line]) -> Taken:
        """Take one stretch in; `lines` is read to its end only if it is taken."""
        before = self._state()
        try:
            with self.session.begin_nested():
                new = self._append(segment, lines)
        except _Refused as refused:
            self._back_to(before)
            return Taken(segment, refused.outcome, why=refused.why)
        return Taken(segment, Outcome.NEW if new else Outcome.KNOWN, new)

    def finish(self) -> None:
        """Let the counter go on after all that was taken."""
        if self.lam > self._start:
            self.session.execute(update(SYNC_SELF).values(lam=self.lam))

    def _state(self) -> _State:
        erased = {key: set(feeds) for key, feeds in self._erased.items()}
        told = (set(self.kinds), dict(self.counts), self.tables.copy(), self.fresh.copy())
        return _State(*told, self.oldest, self.lam, erased, dict(self.expunged))

    def _back_to(self, state: _State) -> None:
        """Forget what was rolled back."""
        self.kinds, self.counts, self.tables = state.kinds, state.counts, state.tables
        self.fresh, self.oldest, self.lam = state.fresh, state.oldest, state.lam
        self._erased, self.expunged = state.erased, state.expunged

    def _blanked(self) -> set[str]:
        """Feeds in which something is erased that nobody expunged."""
        expunged = _expunged(self.session, self._erased)
        return {
            feed for key, feeds in self._erased.items() if key not in expunged for feed in feeds
        }

    def _append(self, segment: Segment, lines: Iterable[Line]) -> int:
        mine = self.session.execute(
            select(SYNC_FEED).where(SYNC_FEED.c.feed == segment.feed)
        ).one_or_none()
        known = int(mine.seq) if mine else 0
        self._refuse(segment, known, mine.office if mine else segment.author)
        end, new = self._read(segment, lines, known)
        if end != segment.end:
            raise _Refused(Outcome.HELD, "内容与签名的末尾不符")
        signed = signed_text(segment.feed, segment.last, segment.end)
        if not self.trust.is_signed(segment.author, segment.signature, signed):
            raise _Refused(Outcome.HELD, f"不是“{segment.author}”签的名")
        if new:
            self._note_feed(segment, is_there=mine is not None)
        return new

    def _refuse(self, segment: Segment, known: int, author: str) -> None:
        """Refuse what can be seen to be wrong before its lines are read."""
        if segment.feed in self._without:
            raise _Refused(Outcome.HELD, "有的内容被清除，却没有人清除过这条记录")
        if segment.author != author:
            raise _Refused(Outcome.HELD, f"这一段应由“{author}”写")
        if self.trust.is_another_s(segment.author, segment.feed):
            raise _Refused(Outcome.HELD, "用了另一个单位的电脑的标识")
        if not self.trust.may_write(segment.author, segment.scope):
            raise _Refused(Outcome.HELD, f"“{segment.author}”不能写“{segment.scope}”的记录")
        if segment.first > known + 1:
            raise _Refused(Outcome.GAP, f"缺第{known + 1}至{segment.first - 1}条")
        if hash_at(self.session, segment.feed, segment.first - 1) != segment.before:
            raise _Refused(Outcome.FORK, "与这里已有的不是同一份")
        is_known = segment.last <= known
        if is_known and hash_at(self.session, segment.feed, segment.last) != segment.end:
            raise _Refused(Outcome.FORK, "与这里已有的不是同一份")

    def _read(self, segment: Segment, lines: Iterable[Line], known: int) -> tuple[str, int]:
        """Append what is new; returns the hash of the last line, and how many were new."""
        if segment.last <= known:
            return segment.end, 0
        end, feed = segment.before, segment.feed
        rows: list[Row] = []
        changes: list[Change] = []
        for change, end, line in self._chained(segment, lines):
            if change.seq < known:
                continue
            if change.seq == known:
                if end != hash_at(self.session, feed, known):
                    raise _Refused(Outcome.FORK, "与这里已有的不是同一份")
                continue
            rows.append((feed, change.seq, end, *line[1:]))
            changes.append(change)
            if change.values is None:
                self._erased.setdefault((line.tab, line.pk), set()).add(feed)
            if len(rows) >= self.at_once:
                self._write(rows, changes)
                rows, changes = [], []
        self._write(rows, changes)
        return end, segment.last - known

    def _chained(
        self, segment: Segment, lines: Iterable[Line]
    ) -> Iterator[tuple[Change, str, Line]]:
        """Each line with the change that it is and its hash, if all is as it should be."""
        end, lam, seq, feed = segment.before, 0, segment.first - 1, segment.feed
        most = min(HIGHEST_LAM, self._start + LEAP)
        for line in lines:
            seq += 1
            try:
                change = proved(segment, line, seq, lam, most)
                end = linked(end, feed, line)
            except BadLine as error:
                raise _Refused(Outcome.HELD, f"第{seq}条不合格：{error}") from error
            except (ValueError, TypeError, RecursionError) as error:
                raise _Refused(Outcome.HELD, f"第{seq}条不合格：格式不对") from error
            lam = change.lam
            yield change, end, line
        if seq != segment.last:
            raise _Refused(Outcome.HELD, "内容不完整")
        self.lam = max(self.lam, lam)

    def _note_feed(self, segment: Segment, *, is_there: bool) -> None:
        c = SYNC_FEED.c
        lam = self.session.scalar(
            select(SYNC_CHANGE.c.lam).where(
                SYNC_CHANGE.c.feed == segment.feed, SYNC_CHANGE.c.seq == segment.last
            )
        )
        values = {
            "seq": segment.last,
            "lam": lam,
            "hash": segment.end,
            "office": segment.author,
            "sig": segment.signature,
        }
        if is_there:
            self.session.execute(update(SYNC_FEED).where(c.feed == segment.feed).values(values))
        else:
            self.session.execute(insert(SYNC_FEED).values(feed=segment.feed, **values))

    def _write(self, rows: list[Row], changes: list[Change]) -> None:
        """Append to the log and fold the rows that were touched."""
        if not rows:
            return
        insert_plain(self.session.connection(), SYNC_CHANGE, rows)
        by_key: dict[RowKey, list[Change]] = defaultdict(list)
        for key, change in zip(map(_key_of, rows), changes, strict=True):
            by_key[key].append(change)
        self._count(rows)
        known = heads_of(self.session, by_key)
        before = _rows(self.session, known)
        fresh = {
            key: fold(some, blanks_of(key[0])) for key, some in by_key.items() if key not in known
        }
        self.fresh += [key for key in fresh if key[0] in models()][: MOST_FRESH - len(self.fresh)]
        put(self.session, fresh.items())
        refold_many(self.session, known)
        gone = {_key_of(row) for row in rows if _kind_of(row)[1] == "X"}
        gone |= _expunged(self.session, known)
        for key in gone:
            self.expunged[key] = (*self.expunged.get(key, ()), *_said(self.session, key))
            erase(self.session, *key)
            refold_many(self.session, [key])
        self._tell(by_key, before, fresh)

    def _tell(
        self,
        keys: Iterable[RowKey],
        before: Mapping[RowKey, Mapping[str, Value]],
        fresh: Mapping[RowKey, RowState],
    ) -> None:
        """Tell what is kept in step with the rows of what became of them."""
        written: dict[RowKey, Written] = {}
        for tab, pks in by_table(keys).items():
            model = models().get(tab)
            if model is None:
                continue
            self.kinds.add(model)
            for key in [(tab, pk) for pk in pks]:
                state = fresh.get(key)
                after: Mapping[str, Value] = state.values if state and state.alive else {}
                # What refers to a row may have come before it: so it counts as known.
                written[key] = Written(model, False, _fields(tab), before.get(key, {}), after)
        self.written(written)

    def _count(self, rows: Iterable[Row]) -> None:
        for (tab, kind), count in Counter(map(_kind_of, rows)).items():
            self.counts[kind] += count
            self.tables[tab, kind] += count
        oldest = min(map(_time_of, rows))
        self.oldest = min(self.oldest or oldest, oldest)


_PLACES = {name: place for place, name in enumerate(SYNC_CHANGE.columns.keys())}
_key_of = itemgetter(_PLACES["tab"], _PLACES["pk"])
_kind_of = itemgetter(_PLACES["tab"], _PLACES["kind"])
_time_of = itemgetter(_PLACES["ts"])


@cache
def _fields(tab: str) -> frozenset[str]:
    return frozenset(blanks_of(tab))


def _rows(session: Session, keys: Iterable[RowKey]) -> dict[RowKey, dict[str, Any]]:
    """What the tables hold of rows, as the log writes values."""
    found: dict[RowKey, dict[str, Any]] = {}
    for tab, pks in by_table(key for key in keys if key[0] in models()).items():
        table = table_of(models()[tab])
        for chunk in chunks(pks):
            for row in session.execute(select(table).where(table.c.id.in_(chunk))).mappings():
                found[tab, row["id"]] = {name: encode(value) for name, value in row.items()}
    return found


def conflicts(session: Session) -> int:
    """How many fields are in conflict."""
    return session.scalar(select(func.count()).select_from(SYNC_CONFLICT)) or 0


def _said(session: Session, key: RowKey) -> list[Mapping[str, Value]]:
    return [c.values for c in changes_of_many(session, key[0], [key[1]])[key[1]] if c.values]


def _expunged(session: Session, keys: Iterable[RowKey]) -> set[RowKey]:
    """Those of the rows that somebody expunged."""
    c = SYNC_CHANGE.c
    found: set[RowKey] = set()
    for tab, pks in by_table(keys).items():
        for chunk in chunks(pks):
            asked = select(c.pk).where(c.tab == tab, c.pk.in_(chunk), c.kind == "X")
            found |= {(tab, pk) for pk in session.scalars(asked)}
    return found
