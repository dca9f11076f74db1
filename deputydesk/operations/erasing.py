"""Erasing for good what a person wants forgotten: out of tables, log and all that copies them.

A deletion can be taken back, so it leaves everything in the log. Erasing leaves the hash of what
was said, which says nothing, so that the chain still holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal import capture, past
from deputydesk.journal.caches import RowKey, chunks
from deputydesk.journal.log import SYNC_CHANGE
from deputydesk.journal.tables import JournalAction
from deputydesk.journal.values import Value, models, table_of
from deputydesk.models import (
    Attachment,
    Caution,
    Opinion,
    Petition,
    Printout,
    Record,
    ScanBatch,
    ScanDecision,
    ScanLook,
    ScanPage,
    ScanReading,
    ScanRun,
    Voter,
)
from deputydesk.models.base import scope_of
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import accounts, partners, past_names

KINDS: tuple[type[Record], ...] = (Voter, Opinion, Petition, Caution, Attachment, Printout)
"""What can be erased: what nothing else is counted by, or only as long as people want it kept."""
SAID_BY: Mapping[type[Record], tuple[str, ...]] = {Voter: ("name", "phone", "address")}
"""The columns by which a person is known: their values are looked for elsewhere as well."""
GONE = "（已彻底删除）"
SHORTEST = 2
"""Characters of a value that can be looked for elsewhere."""


@dataclass(frozen=True)
class KnownVoter:
    """A voter as the list shows them from whom one is chosen.

    Args:
        id: of the record.
        name: as it was last.
        phone: see name.
        address: see name.
        heard: opinions and petitions that name them.
        is_deleted: whether it was deleted, which keeps it in the log.
    """

    id: str
    name: str
    phone: str
    address: str
    heard: int
    is_deleted: bool


@dataclass(frozen=True)
class Erased:
    """What was erased, and what must be done outside the database.

    Args:
        words: what the person was known by, ever; files that say it are not to stay.
        digests: contents that no record names any more.
        since: when it was first written down, as the log says.
        left: records of other people's making that still say it in a text or its history.
        ids: of all that went; drafts that name one are not to stay.
    """

    words: tuple[str, ...]
    digests: tuple[str, ...]
    since: str
    left: tuple[RowKey, ...]
    ids: tuple[str, ...]


def voters(session: Session, text: str) -> list[KnownVoter]:
    """Voters whose name, phone or address holds a text, or ever did, deleted ones as well."""
    text = text.strip()
    if len(text) < SHORTEST:
        return []
    c = SYNC_CHANGE.c
    wanted = select(c.pk).where(
        c.tab == Voter.__tablename__, c.body.contains(text, autoescape=True)
    )
    ids = sorted(set(session.scalars(wanted)))
    lines = past.lines_of(session, [(Voter.__tablename__, pk) for pk in ids])
    living = set(session.scalars(select(Voter.id).where(Voter.id.in_(ids))))
    return [_voter(session, pk, lines, is_deleted=pk not in living) for pk in ids]


@operation(Right.MANAGE, "彻底删除", can_undo=False)
def erase(tx: Tx, *, table: str, record_id: str) -> Erased:
    """Erase a record for good, living or deleted, with what was attached to it or printed of it.

    Raises:
        UserError: it is no kind that can be erased, another office's, or was never here.
    """
    session = tx.session
    model = models().get(table)
    if model not in KINDS:
        raise UserError("这种记录不能彻底删除。", hint="可以删除，它会进回收站。")
    if scope_of(record_id).partition(".")[0] != partners.myself(session)[0]:
        raise UserError("这是别的单位的记录。", hint="请由登记它的单位彻底删除。")
    lines = past.lines_of(session, [(table, record_id)])
    if not lines or any(line.change.kind == "X" for line in lines):
        raise UserError("没有这条记录，或者已经彻底删除了。")
    words = _words(model, lines)
    about = _with_heard(session, model, record_id)
    papers = [*_printouts(session, about), *_scanned(session, about)]
    files = _attachments(session, [record_id, *(pk for _, pk in papers)])
    gone = [(model, record_id), *((Attachment, one.id) for one in files), *papers]
    for kind, pk in gone:
        capture.expunge(session, kind, pk)
    keys = {(kind.__tablename__, pk) for kind, pk in gone}
    _erase_actions(session, words, keys)
    accounts.note_event(tx, "彻底删除", f"{model.title}1条")
    return Erased(
        words,
        _unnamed(session, {one.digest for one in files}, {one.id for one in files}),
        lines[0].at,
        _left(session, words, keys),
        tuple(sorted(pk for _, pk in keys)),
    )


def follow(tx: Tx, gone: Mapping[RowKey, Iterable[Mapping[str, Value]]]) -> Erased:
    """Take out what actions here were called after rows that another PC erased.

    Args:
        tx: of the taking in, after all rows were made again.
        gone: what the log here said of each of the rows until now.
    """
    session = tx.session
    said = [(models()[tab], values) for (tab, _), some in gone.items() for values in some]
    words = _known_by((model, values) for model, values in said)
    digests = {str(v["digest"]) for model, v in said if model is Attachment and v.get("digest")}
    _erase_actions(session, words, gone)
    lines = past.lines_of(session, gone)
    return Erased(
        words,
        _unnamed(session, digests, set()),
        min((line.at for line in lines), default=""),
        (),
        tuple(sorted(pk for _, pk in gone)),
    )


def is_erased(session: Session, ids: Iterable[str]) -> bool:
    """Whether one of these records was expunged."""
    c = SYNC_CHANGE.c
    these = select(c.seq).where(c.pk.in_(list(ids)), c.kind == "X")
    return session.execute(these.limit(1)).first() is not None


@operation(Right.MANAGE, "彻底删除打印副本", can_undo=False)
def erase_printouts(tx: Tx, *, ids: Iterable[str]) -> tuple[str, ...]:
    """Erase copies of papers that name a person; returns the contents nobody names any more."""
    wanted = list(ids)
    files = _attachments(tx.session, wanted)
    for one in files:
        capture.expunge(tx.session, Attachment, one.id)
    for one in wanted:
        capture.expunge(tx.session, Printout, one)
    digests = {one.digest for one in files}
    return _unnamed(tx.session, digests, {one.id for one in files})


def printed_since(session: Session, since: str) -> list[tuple[str, str]]:
    """The copies of papers made since a day: id of the line, and the content."""
    found = session.execute(
        select(Printout.id, Attachment.digest)
        .join(Attachment, Attachment.owner_id == Printout.id)
        .where(Printout.printed_on >= date.fromisoformat(since[:10]))
    )
    return [(row.id, row.digest) for row in found]


def _voter(
    session: Session, pk: str, lines: Iterable[past.Line], *, is_deleted: bool
) -> KnownVoter:
    mine = [line for line in lines if line.pk == pk]
    said = past_names.last_values(mine)
    heard = sum(
        len(session.scalars(select(kind.id).where(kind.voter_id == pk)).all())
        for kind in (Opinion, Petition)
    )
    texts = (str(said.get(name) or "") for name in SAID_BY[Voter])
    return KnownVoter(pk, *texts, heard=heard, is_deleted=is_deleted)


def _words(model: type[Record], lines: Iterable[past.Line]) -> tuple[str, ...]:
    """What the person was ever known by, the longest first."""
    return _known_by((model, line.values) for line in lines)


def _known_by(rows: Iterable[tuple[type[Record], Mapping[str, Value]]]) -> tuple[str, ...]:
    said = {
        str(values[name])
        for model, values in rows
        for name in SAID_BY.get(model, ())
        if values.get(name)
    }
    return tuple(sorted((w for w in said if len(w) >= SHORTEST), key=lambda w: (-len(w), w)))


def _attachments(session: Session, owners: Iterable[str]) -> list[Attachment]:
    wanted = select(Attachment).where(Attachment.owner_id.in_(list(owners)))
    return list(session.scalars(wanted))


def _with_heard(session: Session, model: type[Record], record_id: str) -> list[str]:
    """The record, and what a voter said."""
    ids = [record_id]
    if model is Voter:
        for kind in (Opinion, Petition):
            ids += session.scalars(select(kind.id).where(kind.voter_id == record_id))
    return ids


Gone = tuple[type[Record], str]
"""A record that goes."""


def _printouts(session: Session, about: list[str]) -> list[Gone]:
    """The lines of papers printed of these records."""
    found = session.scalars(select(Printout.id).where(Printout.record_id.in_(about)))
    return [(Printout, pk) for pk in found]


def _scanned(session: Session, about: list[str]) -> list[Gone]:
    """The papers of these records that came back: pictures, what was read and keyed in of them."""
    query = select(ScanRun.id).where(ScanRun.record_id.in_(about))
    runs = list(session.scalars(query))
    found: list[Gone] = [(ScanRun, pk) for pk in runs]
    for kind in (ScanBatch, ScanPage, ScanReading, ScanDecision, ScanLook):
        found += [
            (kind, pk) for pk in session.scalars(select(kind.id).where(kind.run_id.in_(runs)))
        ]
    return found


def _unnamed(session: Session, digests: set[str], gone: set[str]) -> tuple[str, ...]:
    """Those contents that no other attachment names."""
    others = select(Attachment.digest).where(
        Attachment.digest.in_(digests), Attachment.id.not_in(gone)
    )
    return tuple(sorted(digests - set(session.scalars(others))))


def _erase_actions(session: Session, words: Iterable[str], keys: Iterable[RowKey]) -> None:
    """Actions are called after what they were about: a name, a matter, a file."""
    action = table_of(JournalAction)
    lines = past.lines_of(session, keys)
    wrote = [int(deed.id) for deed in past.deeds(session, lines).values() if deed.title]
    touched = [action.c.id.in_(some) for some in chunks(wrote)]
    named = [action.c.about.contains(word, autoescape=True) for word in words]
    for these in (*touched, *named):
        session.execute(update(action).where(these, action.c.about != "").values(about=GONE))


def _left(session: Session, words: Iterable[str], erased: set[RowKey]) -> tuple[RowKey, ...]:
    """Records that say it in a text of their own, now or in what was changed since."""
    c = SYNC_CHANGE.c
    said = [c.body.contains(word, autoescape=True) for word in words]
    if not said:
        return ()
    found = session.execute(select(c.tab, c.pk).where(or_(*said)).distinct())
    return tuple(sorted({(tab, pk) for tab, pk in found} - erased))
