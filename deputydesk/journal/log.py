"""Writing the log: each change is chained to the one before it in its feed."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from json.encoder import encode_basestring as _quoted
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal import fitting
from deputydesk.journal.fitting import Misfit, is_user
from deputydesk.journal.fold import Change, Dot
from deputydesk.journal.tables import SyncChange, SyncFeed, SyncSelf
from deputydesk.journal.values import Value, models, reader, table_of, text_of
from deputydesk.late import dataclass
from deputydesk.models.base import labels, scope_of

SYNC_CHANGE = table_of(SyncChange)
SYNC_FEED = table_of(SyncFeed)
SYNC_SELF = table_of(SyncSelf)

# Put together once: to put a statement together takes five times as long as to run it.
_MYSELF = select(SYNC_SELF).with_for_update()
_COUNTED = update(SYNC_SELF).values(lam=bindparam("now"))
_FEED = select(SYNC_FEED).where(SYNC_FEED.c.feed == bindparam("of_feed"))
_NEW_FEED = insert(SYNC_FEED)
_GONE_ON = (
    update(SYNC_FEED)
    .where(SYNC_FEED.c.feed == bindparam("of_feed"))
    .values({name: bindparam(f"now_{name}") for name in ("seq", "lam", "hash")})
)
_CHANGES = insert(SYNC_CHANGE)
_read = reader(json.JSONDecoder())


@dataclass(frozen=True)
class Entry:
    """A change about to be written: what happened to which row, and what it replaces."""

    tab: str
    pk: str
    kind: str
    base: tuple[Dot, ...]
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Myself:
    """Who writes, and how far its counter is."""

    device: str
    office: str
    lam: int


def lock_myself(session: Session) -> Myself:
    """Who we are; locks out other clients of PostgreSQL until the transaction ends."""
    row = session.connection().execute(_MYSELF).one()
    return Myself(row.device, row.office, row.lam)


@dataclass
class Writer:
    """Appends entries to the feeds of this device, once in a transaction.

    `ranges` says afterwards which changes they became: feed -> first and last number.
    """

    session: Session
    myself: Myself
    now: datetime
    user: str
    ranges: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    _feeds: dict[str, dict[str, Value]] = field(default_factory=dict[str, dict[str, Value]])

    def append(self, entries: Iterable[Entry]) -> list[tuple[Entry, Dot]]:
        """Write the entries; returns each with the name of the change it became.

        Raises:
            UserError: a value that not every PC could keep.
        """
        if not is_user(self.user):
            raise UserError("用户名中有不能保存的内容。", hint="请改一个用户名。")
        rows: list[dict[str, Value]] = []
        written: list[tuple[Entry, Dot]] = []
        for lam, entry in enumerate(entries, self.myself.lam + 1):
            feed = self._feed(f"{self.myself.device}.{scope_of(entry.pk)}")
            row = self._row(feed, lam, entry)
            feed |= {name: row[name] for name in ("seq", "lam", "hash")}
            self.ranges.setdefault(row["feed"], [row["seq"], row["seq"]])[1] = row["seq"]
            rows.append(row)
            written.append((entry, f"{row['feed']}:{row['seq']}"))
        if rows:
            connection = self.session.connection()
            connection.execute(_CHANGES, rows)
            connection.execute(_COUNTED, {"now": rows[-1]["lam"]})
            told = [
                {"of_feed": name} | {f"now_{n}": feed[n] for n in ("seq", "lam", "hash")}
                for name, feed in self._feeds.items()
            ]
            connection.execute(_GONE_ON, told)
        return written

    def _feed(self, name: str) -> dict[str, Value]:
        if name not in self._feeds:
            connection = self.session.connection()
            found = connection.execute(_FEED, {"of_feed": name}).mappings().one_or_none()
            if found is None:
                office = self.myself.office
                found = {"feed": name, "seq": 0, "lam": 0, "hash": "", "office": office}
                connection.execute(_NEW_FEED, [found])
            self._feeds[name] = dict(found)
        return self._feeds[name]

    def _row(self, feed: Mapping[str, Value], lam: int, entry: Entry) -> dict[str, Value]:
        row: dict[str, Value] = {
            "feed": feed["feed"],
            "seq": feed["seq"] + 1,
            "lam": lam,
            "ts": self.now.isoformat(timespec="seconds"),
            "usr": self.user,
            "tab": entry.tab,
            "pk": entry.pk,
            "kind": entry.kind,
            "base": text_of(entry.base),
            "body": text_of([entry.values, secrets.token_hex(8)]),
        }
        try:
            fitting.prove(entry.tab, entry.values, row["body"])
        except Misfit as misfit:
            raise _unfit(entry.tab, misfit) from misfit
        return row | {"hash": link(feed["hash"], row)}


def _unfit(tab: str, misfit: Misfit) -> UserError:
    if not misfit.field:
        return UserError("内容太长，没有保存。", hint="请分成几条登记。")
    model = models().get(tab)
    label = labels(model).get(misfit.field, misfit.field) if model else misfit.field
    return UserError(f"“{label}”中有不能保存的内容，没有保存。", hint="请删去看不见的字符再试。")


HASHED = ("seq", "lam", "ts", "usr", "tab", "pk", "kind", "base", "body")
"""What a change's hash is of, beside its feed, in this order."""
_hashed_of = itemgetter(*HASHED)


def link(previous: str, row: Mapping[str, Value]) -> str:
    """The hash that chains a change, as a row of the log, to the one before it."""
    return linked(previous, row["feed"], _hashed_of(row))


def linked(previous: str, feed: str, hashed: tuple[Any, ...]) -> str:  # Any: numbers and texts
    """The hash that chains a change to the one before it (SHA-256, hex).

    The body goes in by its own hash, so that it can be erased and the chain still verifies.

    Args:
        previous: the hash of the change before; empty before the first.
        feed: in which the change stands.
        hashed: what `HASHED` names, as a line has it that travels.
    """
    seq, lam, ts, usr, tab, pk, kind, base, body = hashed
    chained = (
        f"[{_quoted(previous)},{_quoted(feed)},{seq},{lam},{_quoted(ts)},{_quoted(usr)}"
        f",{_quoted(tab)},{_quoted(pk)},{_quoted(kind)},{_quoted(base)},{_quoted(body_hash(body))}]"
    )
    return hashlib.sha256(chained.encode()).hexdigest()


def body_hash(body: str) -> str:
    """SHA-256 of a body; an erased body is its own hash, as a JSON string."""
    if body.startswith('"'):
        return str(json.loads(body))
    return hashlib.sha256(body.encode()).hexdigest()


def read(line: Any) -> Change:  # Any: a row of the log, whole or as a tuple with names
    """A line of the log as a change; one that was meddled with raises what JSON raises."""
    base: list[Dot] = _read(line.base)
    body: Any = _read(line.body)  # Any: JSON, [values, salt] or the hash of what was erased
    values: dict[str, Value] | None = None if isinstance(body, str) else dict(body[0])
    return Change(line.feed, line.seq, int(line.lam), line.kind, tuple(base), values)


def changes_of(session: Session, tab: str, pk: str) -> list[Change]:
    """Every change of one row."""
    mine = select(SYNC_CHANGE).where(SYNC_CHANGE.c.tab == tab, SYNC_CHANGE.c.pk == pk)
    return [read(line) for line in session.execute(mine)]
