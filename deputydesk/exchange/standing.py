"""How things stand with each office that data is exchanged with: who has got what, whose PC is off.

What the other side has is what it said last; nothing here is guessed from what was written to a
stick, which may have been lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.exchange.trust import Circle, circle
from deputydesk.journal import segments
from deputydesk.journal.log import SYNC_CHANGE
from deputydesk.journal.segments import scope_of_feed
from deputydesk.journal.tables import SyncHold, SyncJournal, SyncPeer
from deputydesk.operations import partners
from deputydesk.operations.partners import RENEWED, PartnerRow, Role
from deputydesk.rules.choices import Choice

OURSELVES = "本单位的另一台电脑"
NOTICED = timedelta(minutes=10)
"""A PC whose clock is less off than this is not told of."""


class Way(Choice):
    """Which way a bundle went."""

    OUT = "out", "发出"
    IN = "in", "收入"


@dataclass(frozen=True)
class Standing:
    """How things stand with one office.

    Args:
        partner: the office; this office itself where it has a second PC.
        heard: when its newest bundle was taken in; empty if none was.
        pcs: how many of its PCs were heard from.
        off: by how much its PC's clock is ahead, at least; None while it seems right.
        sent: changes here that go to it.
        acknowledged: how many of them it says it has.
        since: when the oldest was written that it has not got, as the log says.
        lacks: attachments it said it lacks.
        missing: changes that it has and we do not.
        held: stretches from it that are kept aside.
    """

    partner: PartnerRow
    heard: str
    pcs: int
    off: timedelta | None
    sent: int
    acknowledged: int
    since: str
    lacks: int
    missing: int
    held: int

    @property
    def id(self) -> str:
        """Its code."""
        return self.partner.code

    @property
    def waiting(self) -> int:
        """Changes that it has not got yet."""
        return self.sent - self.acknowledged


@dataclass(frozen=True)
class Carried:
    """A bundle that went out or came in, as the list shows it."""

    number: int
    at: str
    user: str
    way: Way
    office: str
    name: str
    file: str
    counts: Mapping[str, int]

    @property
    def id(self) -> str:
        """Its place in the list."""
        return str(self.number)


def rows(session: Session) -> list[Standing]:
    """Every enrolled office, the one above first; this office itself last, if it has more PCs."""
    trusted = circle(session)
    mine = segments.have(session)
    counted = select(SyncHold.office, func.count()).group_by(SyncHold.office)
    held = {code: int(count) for code, count in session.execute(counted)}
    device = partners.myself(session)[1]
    peers: dict[str, list[SyncPeer]] = {}
    for peer in session.scalars(select(SyncPeer).where(SyncPeer.device != device)):
        peers.setdefault(peer.office, []).append(peer)
    found = [*trusted.partners.values()]
    if trusted.keys and trusted.office in peers:
        found.append(_ourselves(trusted))
    return [
        _standing(session, trusted, row, mine, peers.get(row.code, []), held.get(row.code, 0))
        for row in found
    ]


def carried(session: Session, limit: int = 200) -> list[Carried]:
    """What went out and came in, newest first."""
    named = {row.code: row.name for row in partners.rows(session)}
    named[partners.myself(session)[0]] = OURSELVES
    wanted = select(SyncJournal).where(SyncJournal.way != RENEWED)
    newest = wanted.order_by(SyncJournal.id.desc()).limit(limit)
    return [
        Carried(
            one.id,
            one.ts,
            one.usr,
            Way.stored(one.way),
            one.office,
            named.get(one.office, one.office),
            one.file,
            one.counts,
        )
        for one in session.scalars(newest)
    ]


def _ourselves(trusted: Circle) -> PartnerRow:
    keys = trusted.keys[0]
    public = keys.public
    return PartnerRow(
        trusted.office,
        OURSELVES,
        Role.CHILD,
        keys.suite,
        public.sign,
        public.seal,
        keys.recovery,
        (),
    )


def _standing(
    session: Session,
    trusted: Circle,
    partner: PartnerRow,
    mine: Mapping[str, int],
    peers: list[SyncPeer],
    held: int,
) -> Standing:
    ours = {
        feed: number
        for feed, number in mine.items()
        if trusted.goes_to(partner.code, scope_of_feed(feed)) and trusted.shares(partner.code, feed)
    }
    known = _known_by_all(peers)
    got = {feed: min(number, known.get(feed, 0)) for feed, number in ours.items()}
    newest = max(peers, key=_seen, default=None)
    return Standing(
        partner=partner,
        heard=newest.seen if newest else "",
        pcs=len(peers),
        off=_off(session, newest, ours) if newest else None,
        sent=sum(ours.values()),
        acknowledged=sum(got.values()),
        since=_since(session, ours, got),
        lacks=len({digest for peer in peers for digest in peer.want}),
        missing=sum(max(0, number - mine.get(f, 0)) for f, number in _known_by_any(peers)),
        held=held,
    )


def _seen(peer: SyncPeer) -> str:
    return peer.seen


def _known_by_all(peers: list[SyncPeer]) -> dict[str, int]:
    """How far all PCs of an office are at least."""
    if not peers:
        return {}
    feeds = {feed for peer in peers for feed in peer.have}
    return {feed: min(int(peer.have.get(feed, 0)) for peer in peers) for feed in feeds}


def _known_by_any(peers: list[SyncPeer]) -> Iterable[tuple[str, int]]:
    found: dict[str, int] = {}
    for peer in peers:
        for feed, number in peer.have.items():
            found[feed] = max(int(number), found.get(feed, 0))
    return found.items()


def _since(session: Session, ours: Mapping[str, int], got: Mapping[str, int]) -> str:
    """When the oldest change was written that is not acknowledged."""
    first = [_written(session, f, got[f] + 1) for f, number in ours.items() if got[f] < number]
    return min((at for at in first if at), default="")


def _off(session: Session, peer: SyncPeer, ours: Mapping[str, int]) -> timedelta | None:
    """How far a PC's clock is ahead at least; behind where it is less than nothing.

    Its bundle was made before it was taken in, and after we wrote what it says it has.
    """
    at, seen = _moment(peer.at), _moment(peer.seen)
    if at is None or seen is None:
        return None
    if at > seen + NOTICED:
        return at - seen
    acknowledged = [
        _written(session, feed, min(int(peer.have.get(feed, 0)), number))
        for feed, number in ours.items()
        if feed.partition(".")[0] == partners.myself(session)[1]
    ]
    wrote = max((found for text in acknowledged if (found := _moment(text))), default=at)
    return at - wrote if at + NOTICED < wrote else None


def _written(session: Session, feed: str, number: int) -> str:
    """When a change was written, by its PC."""
    c = SYNC_CHANGE.c
    found: Any = session.scalar(select(c.ts).where(c.feed == feed, c.seq == number))
    return str(found or "")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
