"""A name in the log that was taken before its owner was heard of.

Names of PCs are drawn by lot, but a stick says which PC made it. An office below that has seen the
stick of our second PC could write its own records under that name here, before we have heard of
that PC: then nothing that it writes of that office's records would come in. Our own signature
outranks that: what was written under the name is put aside, and the feed begins anew.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from deputydesk.exchange.trust import Circle
from deputydesk.journal import held, segments
from deputydesk.journal.intake import Outcome, refold_many
from deputydesk.journal.log import SYNC_CHANGE, SYNC_FEED
from deputydesk.journal.segments import Segment, signed_text
from deputydesk.journal.tables import SyncHold
from deputydesk.office import Tx
from deputydesk.operations import partners
from deputydesk.search import index

WHY = "用了本单位另一台电脑的标识，让出给它"


def give_back(tx: Tx, trusted: Circle, told: Iterable[Segment]) -> None:
    """Clear the names of our own PCs under which another office wrote, as what came proves."""
    session = tx.session
    taken = [other for one in told if (other := _squatter(session, trusted, one))]
    for feed in taken:
        _put_aside(tx, feed)
    if taken:
        index.rebuild(session)


def squatted(session: Session, to: str, have: Mapping[str, int]) -> set[str]:
    """Feeds of which an office may hold what another wrote under their names.

    It does if it brought that here, and does not say that it has more by now: then it follows the
    feed. Our own PCs may hold as well what was taken here at first and then put aside. Nobody
    else does: one forged line must not fill the sticks of all.
    """
    c = SyncHold
    aside = session.execute(select(c.feed, c.segment, c.office, c.why)).all()
    if not aside:  # as good as always
        return set()
    is_ours = to == partners.myself(session)[0]
    known = {row.feed: row.office for row in session.execute(select(SYNC_FEED))}
    return {
        feed
        for feed, told, office, why in aside
        if (office == to or (is_ours and why == WHY))
        and known.get(feed, told["author"]) != told["author"]
        and have.get(feed, 0) <= told["last"]
    }


def _squatter(session: Session, trusted: Circle, one: Segment) -> Segment | None:
    """What is here under the name of a feed that is ours; None if nothing, or it is not ours."""
    if one.author != trusted.office:
        return None
    here = session.execute(select(SYNC_FEED).where(SYNC_FEED.c.feed == one.feed)).one_or_none()
    if here is None or here.office == trusted.office:
        return None
    if not trusted.is_signed(one.author, one.signature, signed_text(one.feed, one.last, one.end)):
        return None
    return Segment(one.feed, 1, int(here.seq), "", here.hash, here.office, here.sig or "")


def _put_aside(tx: Tx, feed: Segment) -> None:
    session, c = tx.session, SYNC_CHANGE.c
    lines = (
        json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()
        for line in segments.lines(session, feed)
    )
    if packed := held.pack(lines):
        session.execute(
            insert(SyncHold).values(
                feed=feed.feed,
                end=feed.end,
                segment=asdict(feed),
                lines=packed,
                outcome=Outcome.HELD.value,
                why=WHY,
                office=feed.author,
                ts=tx.now.isoformat(timespec="seconds"),
            )
        )
    keys = {
        (row.tab, row.pk) for row in session.execute(select(c.tab, c.pk).where(c.feed == feed.feed))
    }
    session.execute(delete(SYNC_CHANGE).where(c.feed == feed.feed))
    session.execute(delete(SYNC_FEED).where(SYNC_FEED.c.feed == feed.feed))
    refold_many(session, keys)
