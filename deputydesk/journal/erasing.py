"""An expunged row's values go out of the log, and out of what was put aside; the chain stays."""

import json
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from deputydesk.journal import held
from deputydesk.journal.log import SYNC_CHANGE, body_hash
from deputydesk.journal.tables import SyncHold
from deputydesk.journal.values import table_of, text_of

SYNC_HOLD = table_of(SyncHold)


def erase(session: Session, tab: str, pk: str) -> None:
    """Take the values of an expunged row out of the log and out of what was put aside."""
    c = SYNC_CHANGE.c
    lines = session.execute(select(c.feed, c.seq, c.body).where(c.tab == tab, c.pk == pk)).all()
    for line in lines:
        if not line.body.startswith('"'):
            this = update(SYNC_CHANGE).where(c.feed == line.feed, c.seq == line.seq)
            session.execute(this.values(body=text_of(body_hash(line.body))))
    for kept in session.execute(select(SYNC_HOLD.c.id, SYNC_HOLD.c.lines)).all():
        if any(pk.encode() in line for line in held.unpack(kept.lines)):
            after = held.pack(_without(held.unpack(kept.lines), {(tab, pk)}))
            this = update(SYNC_HOLD).where(SYNC_HOLD.c.id == kept.id)
            session.execute(this.values(lines=after))


def without_forgotten(session: Session, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines as they travel, without the values of rows that were expunged here."""
    c = SYNC_CHANGE.c
    gone = {(row.tab, row.pk) for row in session.execute(select(c.tab, c.pk).where(c.kind == "X"))}
    return _without(lines, gone)


def _without(lines: Iterable[bytes], rows: Collection[tuple[str, str]]) -> Iterator[bytes]:
    for line in lines:
        try:
            parts = json.loads(line)
            _, _, _, _, tab, pk, _, _, body = parts
            is_gone = (tab, pk) in rows and not body.startswith('"')
        except (ValueError, TypeError, AttributeError, RecursionError):
            is_gone, parts, body = False, [], ""  # no line of ours: it says nothing of any row
        if is_gone:
            parts[-1] = text_of(body_hash(body))
            yield json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
        else:
            yield line
