"""Stretches that could not be taken, kept aside until they can be, or a person decides.

What is kept is bounded: who may bring bundles may bring nonsense. What finds no room is not lost:
it is not acknowledged either, so the next bundle brings it again.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from deputydesk.exchange import payload, squatting
from deputydesk.exchange.payload import Payload
from deputydesk.journal import erasing, held
from deputydesk.journal.intake import Outcome, Taken
from deputydesk.journal.log import link
from deputydesk.journal.segments import Line, Segment
from deputydesk.journal.tables import SyncHold
from deputydesk.office import Tx

WAITING = (Outcome.HELD, Outcome.FORK)
"""What is kept aside."""
DONE = (Outcome.NEW, Outcome.KNOWN)
MOST = 100
"""Stretches that one office may have waiting."""


def keep(tx: Tx, opened: Payload, office: str, one: Taken) -> None:
    """Keep a stretch that an office brought, once; what it goes on from is not kept any longer."""
    session, segment = tx.session, one.segment
    mine = select(SyncHold.id, SyncHold.segment).where(SyncHold.office == office)
    kept = [(number, Segment(**told)) for number, told in session.execute(mine)]
    if segment in [other for _, other in kept]:
        return
    earlier = {o.last: (n, o.end) for n, o in kept if _begins_alike(o, segment)}
    if len(kept) >= MOST and not earlier:
        return
    followed = _Followed(segment, earlier)
    lines = followed.along(opened.lines_of(segment))
    packed = held.pack(erasing.without_forgotten(session, lines))
    if packed is None:
        return
    for last, (number, end) in earlier.items():
        if followed.passed.get(last) == end:
            session.execute(delete(SyncHold).where(SyncHold.id == number))
    session.execute(
        insert(SyncHold).values(
            feed=segment.feed,
            end=segment.end,
            segment=asdict(segment),
            lines=packed,
            outcome=one.outcome.value,
            why=one.why,
            office=office,
            ts=tx.now.isoformat(timespec="seconds"),
        )
    )


def waiting(session: Session) -> Iterator[tuple[Segment, Iterator[Line]]]:
    """What is kept aside, to be tried again: an office may have been enrolled since.

    What bore the name of a PC of ours is not: it was taken once, and gave way.
    """
    these = select(SyncHold.id, SyncHold.segment).where(SyncHold.why != squatting.WHY)
    for number, told in session.execute(these.order_by(SyncHold.id)).all():
        yield Segment(**told), _lines(session, number)


def release(session: Session, tried: Iterable[Taken]) -> None:
    """Let go of what was taken, or is known by now."""
    for one in tried:
        if one.outcome in DONE:
            these = (SyncHold.feed == one.segment.feed, SyncHold.end == one.segment.end)
            session.execute(delete(SyncHold).where(*these))


def _begins_alike(one: Segment, other: Segment) -> bool:
    return (one.feed, one.first, one.before) == (other.feed, other.first, other.before)


class _Followed:
    """The chain of a stretch: which hash it has at which of some changes."""

    def __init__(self, segment: Segment, at: Collection[int]) -> None:
        self._segment = segment
        self._at = at
        self.passed: dict[int, str] = {}

    def along(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines, unchanged."""
        end = self._segment.before
        for seq, line in enumerate(lines, self._segment.first):
            if self._at:
                end = _linked(self._segment, end, line)
            if seq in self._at:
                self.passed[seq] = end
            yield line


def _linked(segment: Segment, end: str, line: bytes) -> str:
    """The hash that a line goes on with; one that is none leads nowhere."""
    try:
        return link(end, {"feed": segment.feed, **payload.line_of(line)._asdict()})
    except (ValueError, TypeError, AttributeError):
        return "-"


def _lines(session: Session, number: int) -> Iterator[Line]:
    """The lines of what is kept, read only when they are asked for."""
    packed = session.scalars(select(SyncHold.lines).where(SyncHold.id == number)).one()
    try:
        yield from map(payload.line_of, held.unpack(packed))
    except ValueError:
        return  # so it ends too early, and is refused for that
