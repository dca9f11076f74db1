"""What was written after an action and names a record that the action made."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.journal.tables import SyncChange, SyncFeed
from deputydesk.journal.values import table_of

_CHANGE, _FEED = table_of(SyncChange), table_of(SyncFeed)
_ID = re.compile(r"[0-9A-Za-z.]{1,31}-[0-9a-z]{1,32}")
AT_A_TIME = 500


class Naming(NamedTuple):
    """A row that names a record, and the counter of the change that says so."""

    lam: int
    tab: str
    pk: str


def naming(session: Session, ids: Collection[str], since: int) -> Mapping[str, list[Naming]]:
    """By id the rows that name it in changes above the counter `since`, the oldest first.

    Each feed is read backwards from its end, where counters are highest: what is older is not
    looked at, and what is newer is looked at once, however many ids there are.
    """
    found: dict[str, list[Naming]] = {}
    if not ids:
        return found
    wanted = frozenset(ids)
    grown = session.scalars(select(_FEED.c.feed).where(_FEED.c.lam > since)).all()
    for feed in grown:
        c = _CHANGE.c
        newest = select(c.lam, c.tab, c.pk, c.body).where(c.feed == feed).order_by(c.seq.desc())
        lines = session.connection().execute(newest.execution_options(yield_per=AT_A_TIME))
        for lam, tab, pk, body in lines:
            if lam <= since:
                lines.close()
                break
            for named in wanted.intersection(_ID.findall(body)):
                found.setdefault(named, []).append(Naming(lam, tab, pk))
    for named in found.values():
        named.sort()
    return found
