"""Two PCs that wrote on under one name, as a disk image and its original do without knowing.

The office above has what one of them wrote, and the other's put aside. It sends the feed from its
beginning; whose changes are not in it takes a new name, writes them again under that, and takes
the feed as it is there. So nothing of either is lost, and no number stands for two changes.
"""

import json
from collections.abc import Iterable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from deputydesk.exchange import payload
from deputydesk.exchange.payload import Payload
from deputydesk.exchange.trust import Circle
from deputydesk.journal import held, segments
from deputydesk.journal.caches import refold_many
from deputydesk.journal.intake import Intake, Outcome, Taken
from deputydesk.journal.log import SYNC_CHANGE, SYNC_FEED, link
from deputydesk.journal.segments import Line, Segment, hash_at, signed_text
from deputydesk.journal.tables import JournalAction, SyncHold
from deputydesk.journal.values import text_of
from deputydesk.office import Tx
from deputydesk.operations import partners
from deputydesk.operations.partners import Role
from deputydesk.security.suite import SUITES


class _Stays(Exception):  # noqa: N818 - what becomes of it
    """It cannot give way: all is as it was."""


def forked(session: Session, office: str) -> set[str]:
    """Feeds of an office of which another branch was put aside here."""
    these = select(SyncHold.feed, SyncHold.segment).where(SyncHold.outcome == Outcome.FORK)
    return {feed for feed, told in session.execute(these) if told["author"] == office}


def release(session: Session, office: str) -> None:
    """Let go of an office's branches that it has written again under another name."""
    these = select(SyncHold).where(SyncHold.outcome == Outcome.FORK)
    for kept in session.execute(these).scalars().all():
        if kept.segment["author"] == office and _is_reissued(session, kept):
            session.execute(delete(SyncHold).where(SyncHold.id == kept.id))


def _is_reissued(session: Session, kept: SyncHold) -> bool:
    """Whether its last change is here under another name: its salt is nobody else's."""
    try:
        *_, last = map(payload.line_of, held.unpack(kept.lines))
    except ValueError:  # it was meddled with: it stays for a person to see
        return False
    c = SYNC_CHANGE.c
    same = (c.tab == last.tab, c.pk == last.pk, c.body == last.body, c.feed != kept.feed)
    return session.execute(select(c.seq).where(*same)).first() is not None


def give_way(tx: Tx, trusted: Circle, opened: Payload, taking: Intake, one: Taken) -> Taken:
    """Write our branch of a feed again under a new name, and take the feed as it came.

    Returns:
        what became of the stretch; as before if it is not ours to give way.
    """
    if one.outcome is not Outcome.FORK or not _is_ours(tx.session, trusted, one.segment):
        return one
    try:
        with tx.session.begin_nested():
            return _given_way(tx, trusted, opened, taking, one.segment)
    except _Stays:
        return one


def told_by_parent(trusted: Circle, office: str) -> bool:
    """Whether it is the office above that says how a feed goes on."""
    known = trusted.partners.get(office)
    return known is not None and known.role is Role.PARENT


def _is_ours(session: Session, trusted: Circle, segment: Segment) -> bool:
    ours = {partners.myself(session)[1], *partners.former_names(session)}
    name = segment.feed.partition(".")[0]
    signed = signed_text(segment.feed, segment.last, segment.end)
    return (
        segment.author == trusted.office
        and name in ours
        and trusted.is_signed(segment.author, segment.signature, signed)
    )


def _given_way(tx: Tx, trusted: Circle, opened: Payload, taking: Intake, segment: Segment) -> Taken:
    session = tx.session
    theirs = [payload.line_of(line) for line in opened.lines_of(segment)]
    common = _common(session, segment, theirs)
    last = segments.have(session)[segment.feed]
    ours = list(segments.lines(session, Segment(segment.feed, common + 1, last, "", "", "", "")))
    if _is_named_elsewhere(session, segment.feed, common):
        raise _Stays
    partners.renew(tx, shared=True)
    feed = f"{partners.myself(session)[1]}.{segment.scope}"
    _take_out(session, segment.feed, common, ours)
    mine = _reissued(trusted, feed, segment.feed, common, ours)
    _follow(session, segment.feed, feed, common)
    first, second = taking.take_all(lambda: [mine, (segment, iter(theirs))])
    if (first.outcome, second.outcome) != (Outcome.NEW, Outcome.NEW):
        raise _Stays
    return second


def _common(session: Session, segment: Segment, theirs: Iterable[Line]) -> int:
    """The last change that both branches have."""
    end, common = segment.before, segment.first - 1
    if hash_at(session, segment.feed, common) != end:
        raise _Stays  # they part before what came
    for line in theirs:
        try:
            end = link(end, {"feed": segment.feed, **line._asdict()})
        except (ValueError, TypeError, AttributeError) as error:  # no line of ours
            raise _Stays from error
        if hash_at(session, segment.feed, line.seq) != end:
            return common
        common = line.seq
    raise _Stays


def _is_named_elsewhere(session: Session, feed: str, common: int) -> bool:
    """Whether a change that stays replaces one of those that take another number."""
    c = SYNC_CHANGE.c
    stays = (c.feed != feed) | (c.seq <= common)
    naming = select(c.base).where(c.base.contains(f'"{feed}:', autoescape=True), stays)
    return any(
        name == feed and int(number) > common
        for base in session.scalars(naming)
        for name, _, number in (dot.rpartition(":") for dot in json.loads(base))
    )


def _take_out(session: Session, feed: str, common: int, ours: list[Line]) -> None:
    """End our feed where the branches part, and make the rows without what came after."""
    c, f = SYNC_CHANGE.c, SYNC_FEED.c
    session.execute(delete(SYNC_CHANGE).where(c.feed == feed, c.seq > common))
    if common:
        where = (c.feed == feed, c.seq == common)
        at = session.execute(select(c.hash, c.lam).where(*where)).one()
        ends = {"seq": common, "hash": at.hash, "lam": at.lam}
        session.execute(update(SYNC_FEED).where(f.feed == feed).values(ends))
    else:
        session.execute(delete(SYNC_FEED).where(f.feed == feed))
    refold_many(session, {(line.tab, line.pk) for line in ours})


def _reissued(
    trusted: Circle, feed: str, before: str, common: int, ours: list[Line]
) -> tuple[Segment, list[Line]]:
    """Our branch as a feed of its own."""

    def renamed(dot: str) -> str:
        name, _, number = dot.rpartition(":")
        is_moved = name == before and int(number) > common
        return f"{feed}:{int(number) - common}" if is_moved else dot

    end, lines = "", list[Line]()
    for line in ours:
        base = text_of([renamed(dot) for dot in json.loads(line.base)])
        lines.append(line._replace(seq=line.seq - common, base=base))
        end = link(end, {"feed": feed, **lines[-1]._asdict()})
    key = trusted.keys[0]
    text = signed_text(feed, len(lines), end)
    signature = SUITES[key.suite].sign(key.secret.sign, text)
    return Segment(feed, 1, len(lines), "", end, trusted.office, signature), lines


def _follow(session: Session, before: str, feed: str, common: int) -> None:
    """Let undo find its changes where they are now."""
    for action in session.scalars(select(JournalAction)):
        first, last = action.ranges.get(before, (0, 0))
        if first > common:
            moved = {feed: [first - common, last - common]}
            rest = {name: span for name, span in action.ranges.items() if name != before}
            action.ranges = rest | moved
    session.flush()
