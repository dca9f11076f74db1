"""Stretches of the log as they travel: what somebody has not got yet, and its lines."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.journal.log import SYNC_CHANGE, SYNC_FEED

FEED = re.compile(r"[0-9A-Za-z]{1,16}\.[0-9A-Za-z.]{1,31}")
"""`device.scope`; a line that names its changes must be able to name it."""
DOT = re.compile(rf"{FEED.pattern}:[1-9][0-9]{{0,15}}")
HASH = re.compile(r"[0-9a-f]{64}")

Have = Mapping[str, int]
"""How far somebody knows each feed: the version vector, which is the acknowledgement as well."""


@dataclass(frozen=True)
class Segment:
    """A stretch of one feed, without a gap.

    Args:
        feed: `device.scope`.
        first: number of its first change; 1 is the feed's very first.
        last: number of its last change.
        before: hash of the change before the first; empty before the very first.
        end: hash of its last change.
        author: code of the office whose feed it is.
        signature: the author's, of feed, last and end; empty where the author has not signed yet.
    """

    feed: str
    first: int
    last: int
    before: str
    end: str
    author: str
    signature: str

    @cached_property
    def scope(self) -> str:
        """Whose records the feed writes."""
        return scope_of_feed(self.feed)


class Line(NamedTuple):
    """A change as it travels, in the order of the log's columns; `base` and `body` are JSON text.

    The feed is the segment's, and the hash is reckoned anew by who receives it.
    """

    seq: int
    lam: int
    ts: str
    usr: str
    tab: str
    pk: str
    kind: str
    base: str
    body: str


def scope_of_feed(feed: str) -> str:
    """Whose records a feed writes."""
    return feed.partition(".")[2]


def signed_text(feed: str, seq: int, end: str) -> bytes:
    """What an author signs: that its feed goes so far, and ends with this."""
    return f"{feed}\n{seq}\n{end}".encode()


def have(session: Session) -> dict[str, int]:
    """How far each feed is known here."""
    return {row.feed: int(row.seq) for row in session.execute(select(SYNC_FEED))}


def missing(session: Session, theirs: Have, wanted: Callable[[str], bool]) -> list[Segment]:
    """What somebody who is so far has not got, of the scopes that go to them, by feed."""
    found: list[Segment] = []
    for row in session.execute(select(SYNC_FEED).order_by(SYNC_FEED.c.feed)):
        known = theirs.get(row.feed, 0)
        if known < row.seq and wanted(scope_of_feed(row.feed)):
            before = hash_at(session, row.feed, known)
            found.append(
                Segment(row.feed, known + 1, row.seq, before, row.hash, row.office, row.sig or "")
            )
    return found


def hash_at(session: Session, feed: str, seq: int) -> str:
    """The hash of one change of a feed; empty before the first and where there is none."""
    this = (SYNC_CHANGE.c.feed == feed, SYNC_CHANGE.c.seq == seq)
    return session.scalar(select(SYNC_CHANGE.c.hash).where(*this)) or ""


def lines(session: Session, segment: Segment) -> Iterator[Line]:
    """The changes of a segment, in order."""
    c = SYNC_CHANGE.c
    columns: list[Any] = [c[name] for name in Line._fields]  # Any: columns of several types
    these = (c.feed == segment.feed, c.seq.between(segment.first, segment.last))
    wanted = select(*columns).where(*these).order_by(c.seq)
    found = session.connection().execute(wanted, execution_options={"yield_per": 1000})
    for some in found.partitions():
        yield from map(Line._make, some)
