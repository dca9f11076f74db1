"""Tables of the journal itself; they stay home."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Base, JsonType

FORMAT = 1
"""Version of the log's own layout; only this may make a bundle or file unreadable."""


class SyncSelf(Base):
    """Who this copy of the data is: one row."""

    __tablename__ = "sync_self"

    id: Mapped[int] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(String(16))
    office: Mapped[str] = mapped_column(String(12))
    lam: Mapped[int] = mapped_column(BigInteger)
    fmt: Mapped[int]


class SyncFeed(Base):
    """How far each feed is known here: the version vector."""

    __tablename__ = "sync_feed"

    feed: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    lam: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
    office: Mapped[str] = mapped_column(String(12))
    sig: Mapped[str | None]


class SyncChange(Base):
    """One change of one row; never altered, only its body may be erased."""

    __tablename__ = "sync_change"
    __table_args__ = (Index("ix_sync_change_row", "tab", "pk"),)

    feed: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))
    lam: Mapped[int] = mapped_column(BigInteger)
    ts: Mapped[str] = mapped_column(String(32))
    usr: Mapped[str]
    tab: Mapped[str] = mapped_column(String(64))
    pk: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(1))
    base: Mapped[str]
    body: Mapped[str]


class SyncRow(Base):
    """The heads of a row: which changes its present fields come from."""

    __tablename__ = "sync_row"

    tab: Mapped[str] = mapped_column(String(64), primary_key=True)
    pk: Mapped[str] = mapped_column(String(64), primary_key=True)
    heads: Mapped[str] = mapped_column(Text)


class SyncConflict(Base):
    """A field with several heads of different values, until a person settles it."""

    __tablename__ = "sync_conflict"

    tab: Mapped[str] = mapped_column(String(64), primary_key=True)
    pk: Mapped[str] = mapped_column(String(64), primary_key=True)
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    alts: Mapped[str] = mapped_column(Text)


class JournalAction(Base):
    """One operation that was done here, and the changes it made: what undo takes back."""

    __tablename__ = "journal_action"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    operation: Mapped[str]
    title: Mapped[str]
    about: Mapped[str]
    usr: Mapped[str]
    ts: Mapped[str] = mapped_column(String(32))
    ranges: Mapped[dict[str, Any]] = mapped_column(JsonType())
    target_id: Mapped[int | None] = mapped_column(ForeignKey("journal_action.id"))
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("journal_action.id"))


class SyncOffice(Base):
    """Another office that was enrolled by a person, and the keys it is known by."""

    __tablename__ = "sync_office"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(String(8))
    suite: Mapped[str] = mapped_column(String(32))
    sign: Mapped[str]
    seal: Mapped[str]
    recovery: Mapped[str]
    old: Mapped[list[str]] = mapped_column(JsonType())
    ts: Mapped[str] = mapped_column(String(32))
    usr: Mapped[str]
    listed: Mapped[bool] = mapped_column(default=False)


class SyncKey(Base):
    """The office's own keys, the newest last; old ones open old bundles."""

    __tablename__ = "sync_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    suite: Mapped[str] = mapped_column(String(32))
    sign: Mapped[str]
    seal: Mapped[str]
    recovery: Mapped[str]
    ts: Mapped[str] = mapped_column(String(32))


class SyncFormerKey(Base):
    """A public key that the office signed with before it lost its keys, as the one above says."""

    __tablename__ = "sync_former_key"

    sign: Mapped[str] = mapped_column(String(128), primary_key=True)
    suite: Mapped[str] = mapped_column(String(32))


class SyncPeer(Base):
    """Another PC: how far it said it is, and what attachments it lacks."""

    __tablename__ = "sync_peer"

    office: Mapped[str] = mapped_column(String(12), primary_key=True)
    device: Mapped[str] = mapped_column(String(16), primary_key=True)
    have: Mapped[dict[str, Any]] = mapped_column(JsonType())
    want: Mapped[list[str]] = mapped_column(JsonType())
    at: Mapped[str] = mapped_column(String(32))
    seen: Mapped[str] = mapped_column(String(32))


class SyncHold(Base):
    """A stretch of a feed that could not be taken, kept whole until it can or a person decides."""

    __tablename__ = "sync_hold"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    feed: Mapped[str] = mapped_column(String(64))
    end: Mapped[str] = mapped_column(String(64))
    segment: Mapped[dict[str, Any]] = mapped_column(JsonType())
    lines: Mapped[bytes] = mapped_column(LargeBinary)
    outcome: Mapped[str] = mapped_column(String(8))
    why: Mapped[str]
    office: Mapped[str] = mapped_column(String(12))
    ts: Mapped[str] = mapped_column(String(32))


class SyncJournal(Base):
    """What went out and came in, for people."""

    __tablename__ = "sync_journal"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ts: Mapped[str] = mapped_column(String(32))
    usr: Mapped[str]
    way: Mapped[str] = mapped_column(String(8))
    office: Mapped[str] = mapped_column(String(12))
    device: Mapped[str] = mapped_column(String(16))
    file: Mapped[str]
    bundle: Mapped[str] = mapped_column(String(40))
    counts: Mapped[dict[str, Any]] = mapped_column(JsonType())
    note: Mapped[str]
