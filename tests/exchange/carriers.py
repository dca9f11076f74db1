"""Offices that exchange sticks, for tests: folders stand for sticks."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from deputydesk.exchange import bundle_file, payload
from deputydesk.exchange.bundle_file import Manifest
from deputydesk.exchange.cards import Card
from deputydesk.exchange.payload import Header
from deputydesk.journal import identity
from deputydesk.journal.log import link
from deputydesk.journal.segments import Line, Segment, signed_text
from deputydesk.journal.tables import SyncKey
from deputydesk.journal.values import table_of, text_of
from deputydesk.office import Office, Right, Tx, User, operation
from deputydesk.operations import partners
from deputydesk.operations.partners import Role
from deputydesk.security.suite import SUITE

NOW = datetime(2026, 11, 23, 9, 0)
KEY = table_of(SyncKey)


def clock(skew: timedelta = timedelta()) -> Callable[[], datetime]:
    return lambda: NOW + skew


def created(folder: Path, code: str, *, skew: timedelta = timedelta()) -> Office:
    """An office with keys."""
    office = empty(folder, code, User(code), skew)
    office.do(partners.make_keys)
    return office


EMPTY: dict[str, bytes] = {}
"""Data files without a record, by the office's code: to make one takes its time."""


def empty(folder: Path, code: str, user: User, skew: timedelta) -> Office:
    """An office in which nothing was done, on a PC that no other is."""
    folder.mkdir(parents=True)
    path = folder / "office.db"
    if code not in EMPTY:
        Office.create(path, code=code, clock=clock(), user=user).close()
        EMPTY[code] = path.read_bytes()
    path.write_bytes(EMPTY[code])
    office = Office.open(path, clock=clock(skew), user=user)
    office.do(renew)
    return office


def second_pc(folder: Path, of: Office, *, skew: timedelta = timedelta()) -> Office:
    """Another PC of the same office: the same keys, a name of its own."""
    office = empty(folder, of.code, User("二"), skew)
    office.do(_copy_keys, of.ask(_keys))
    for row in of.ask(partners.rows):
        enrol(office, card_of(row), row.role)
    return office


def card(office: Office) -> Card:
    key = office.ask(partners.keys)[0]
    return Card(office.code, f"{office.code}单位", key.suite, key.public.sign, key.public.seal)


def card_of(row: partners.PartnerRow) -> Card:
    return Card(row.code, row.name, row.suite, row.sign, row.seal, row.recovery)


def enrol(office: Office, other: Card, role: Role) -> None:
    office.do(
        partners.enrol,
        code=other.office,
        name=other.name,
        role=role,
        suite=other.suite,
        sign=other.sign,
        seal=other.seal,
        recovery=other.recovery,
    )
    office.learn()


def introduce(child: Office, parent: Office) -> None:
    """Each enrols the card of the other."""
    enrol(child, card(parent), Role.PARENT)
    enrol(parent, card(child), Role.CHILD)


@operation(Right.SETUP, "换设备号", can_undo=False)
def renew(tx: Tx) -> str:
    return identity.renew(tx.session)


def _keys(session: Session) -> list[dict[str, object]]:
    return [dict(row) for row in session.execute(select(KEY)).mappings()]


@operation(Right.SETUP, "加入", can_undo=False)
def _copy_keys(tx: Tx, rows: list[dict[str, object]]) -> None:
    tx.session.execute(insert(KEY), rows)


def stretch(
    office: Office, feed: str, lines: list[Line], **other: object
) -> tuple[Segment, list[Line]]:
    """A stretch of a feed that an office wrote by hand, chained and signed as it should be."""
    end = str(other.get("before", ""))
    for line in lines:
        end = link(end, {"feed": feed, **line._asdict()})
    last = lines[-1].seq
    segment = Segment(feed, lines[0].seq, last, "", end, office.code, "")
    segment = replace(segment, **other)
    if "signature" not in other:
        key = office.ask(partners.keys)[0]
        text = signed_text(segment.feed, segment.last, segment.end)
        segment = replace(segment, signature=SUITE.sign(key.secret.sign, text))
    return segment, lines


def line(seq: int, pk: str, values: Mapping[str, object] | None = None, **other: object) -> Line:
    """A line of the log written by hand."""
    body = text_of([{"name": "水务局"} if values is None else values, "salt"])
    made = Line(seq, seq, "2026-11-23T09:00:00", "张", "unit", pk, "I", "[]", body)
    return made._replace(**other)


def forged(
    office: Office,
    to: Office,
    path: Path,
    stretches: list[tuple[Segment, list[Line]]],
    *,
    packed: bytes | None = None,
    members: dict[str, bytes] | None = None,
    manifest: dict[str, object] | None = None,
    sign_with: Office | None = None,
) -> Path:
    """A bundle made by hand, signed by whoever."""
    folder = path.with_suffix(".parts")
    folder.mkdir()
    plain, sealed = folder / "plain", folder / "sealed"
    header = Header(tuple(s for s, _ in stretches), {}, (), {})
    count = payload.write(plain, header, (line for _, some in stretches for line in some))
    if packed is not None:
        plain.write_bytes(packed)
    with plain.open("rb") as source, sealed.open("wb") as target:
        SUITE.seal(source, target, [card(to).seal])
    inside = {"payload.age": sealed.read_bytes(), **(members or {})}
    told = Manifest(
        suite=SUITE.name,
        id="0" * 32,
        device=office.ask(partners.myself)[1],
        office=office.code,
        to=to.code,
        at="2026-11-23T09:00:00",
        changes=count,
        members={name: (len(c), sha256(c).hexdigest()) for name, c in inside.items()},
        app="test",
    )
    told = replace(told, **(manifest or {}))
    return zipped(path, told.to_bytes(), inside, sign_with or office)


def zipped(path: Path, told: bytes, inside: Mapping[str, bytes], signer: Office) -> Path:
    """A bundle with whatever in it, past everything that the program would prove."""
    signature = SUITE.sign(signer.ask(partners.keys)[0].secret.sign, told).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"manifest.json": told, "manifest.sig": signature, **inside}.items():
            archive.writestr(zipfile.ZipInfo(name, bundle_file.EPOCH), content)
    return path


def line_of(row: tuple[Any, ...]) -> Line:
    """A row of the log as it travels."""
    _feed, seq, _hash, *rest = row
    return Line(seq, *rest)
