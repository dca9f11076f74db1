"""Putting on the stick what another office has not got yet."""

import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

import deputydesk
from deputydesk.database import disk_faults
from deputydesk.errors import UserError
from deputydesk.exchange import (
    attachments,
    bundle_file,
    device,
    letter,
    payload,
    squatting,
    yielding,
)
from deputydesk.exchange.attachments import Store
from deputydesk.exchange.blob_names import blob_name, new_key
from deputydesk.exchange.bundle_file import BLOBS, PAYLOAD, SUFFIX, Manifest
from deputydesk.exchange.payload import Header
from deputydesk.exchange.trust import Circle, circle, demand_keys
from deputydesk.journal import segments
from deputydesk.journal.caches import chunks
from deputydesk.journal.log import SYNC_CHANGE
from deputydesk.journal.segments import Line, Segment
from deputydesk.journal.tables import SyncPeer
from deputydesk.models import Attachment
from deputydesk.models.base import scope_of
from deputydesk.office import Office, refuse_without
from deputydesk.operations import partners
from deputydesk.paths import WORKING, data_folder
from deputydesk.progress import SILENT, Progress
from deputydesk.security.suite import SUITES

KEPT = 3
"""Bundles of ours for one office that stay on a stick."""
LARGEST_FILE = (7 << 29) - 1
"""Bytes of a bundle: FAT32 takes 4 GiB."""
SPARE = 64 << 20
"""Bytes left free on a stick."""
SILENT_FOR = timedelta(days=90)
"""A PC that was not heard so much longer than others of its office is not waited for."""


STALE = 3600.0
"""Seconds after which a working folder is nobody's."""


@dataclass(frozen=True)
class Sent:
    """What was written.

    Args:
        path: the file.
        to: code of the office it is for.
        changes: how many changes it carries.
        files: how many attachments.
        left: attachments that had no room; they go the next time.
    """

    path: Path
    to: str
    changes: int
    files: int
    left: int


def send(office: Office, to: str, folder: Path, progress: Progress = SILENT) -> Sent:
    """Write a bundle for an enrolled office, or for another PC of this one, into a folder.

    Raises:
        NotAllowed: the user may only look; nothing is written.
        UserError: no keys yet, an unknown office, a stick that is full, gone or bad; nothing is
            left of the bundle, and older ones are as they were.
    """
    refuse_without(partners.note.right, partners.note.title, office.user)
    trusted = office.ask(circle)
    demand_keys(office, trusted)
    _refuse(trusted, to)
    with working_folder(office) as inside:
        manifest, members, left = _packed(office, trusted, to, folder, inside, progress)
        key = trusted.keys[0]
        path = _free_name(folder, trusted.office, to, office.clock().strftime("%Y%m%d"))
        device.remember(office)  # set back after this, it must not write under this name again
        sign = partial(SUITES[key.suite].sign, key.secret.sign)
        bundle_file.write(path, manifest, members, sign, progress)
    files = sum(name.startswith(BLOBS) for name in members)
    office.do(
        partners.note,
        way="out",
        office=to,
        device=manifest.device,
        file=path.name,
        bundle=manifest.id,
        counts={"changes": manifest.changes, "files": files, "left": left},
    )
    _thin(path, trusted.office, to, manifest.device)
    return Sent(path, to, manifest.changes, files, left)


def _refuse(trusted: Circle, to: str) -> None:
    if to != trusted.office and to not in trusted.partners:
        raise UserError(f"没有登记单位“{to}”。", hint="请先登记对方的名片。")


@contextmanager
def working_folder(office: Office) -> Generator[Path]:
    """A folder on the local disk for what must not lie on a stick unsealed; gone afterwards."""
    beside = office.data.path.parent if office.data.path else data_folder()
    with disk_faults(beside):
        beside.mkdir(parents=True, exist_ok=True)  # an office on a server needs no folder till now
        _sweep(beside)
        made = tempfile.TemporaryDirectory(
            prefix=WORKING, dir=beside, ignore_cleanup_errors=True
        )  # what would not go, `_sweep` removes
    with made as folder:
        yield Path(folder)


def _sweep(beside: Path) -> None:
    """Remove what a program that was killed left here unsealed; one that works is younger."""
    for folder in beside.glob(f"{WORKING}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < time.time() - STALE:
                shutil.rmtree(folder)


def _packed(
    office: Office, trusted: Circle, to: str, folder: Path, inside: Path, progress: Progress
) -> tuple[Manifest, dict[str, Path], int]:
    """The members of the bundle, made in `inside`."""
    key = trusted.keys[0]
    suite = SUITES[key.suite]
    plain, sealed = inside / "payload", inside / PAYLOAD
    theirs, naming = office.ask(_known, to), new_key()
    store = attachments.store_of(office)
    found = office.ask(_contents, trusted, to, theirs.have, plain, store, naming)
    readers = trusted.readers(to)
    with disk_faults(inside), plain.open("rb") as source, sealed.open("wb") as target:
        suite.seal(source, target, readers)
    members = {PAYLOAD: sealed, **letter.members(office, trusted, to, inside, progress)}
    asked = office.ask(_may_have, trusted, to, theirs.want)
    wanted = sorted({*found.digests, *asked})
    files = [(path.stat().st_size, d, path) for d in wanted if (path := store.find(d))]
    room = _room(folder) - sum(made.stat().st_size for made in members.values())
    fits = _fitting(sorted(files), room, bundle_file.MOST_MEMBERS - len(members))
    for done, (_, digest, path) in enumerate(fits):
        progress.step(done, len(fits), path.name)
        blob = inside / digest
        with disk_faults(inside), path.open("rb") as source, blob.open("wb") as target:
            suite.seal(source, target, readers)
        members[BLOBS + blob_name(naming, digest)] = blob
    left = len(files) - len(fits)
    manifest = Manifest(
        suite=suite.name,
        id=secrets.token_hex(16),
        device=office.ask(partners.myself)[1],
        office=trusted.office,
        to=to,
        at=office.clock().isoformat(timespec="seconds"),
        changes=found.changes,
        app=deputydesk.__version__,
    )
    return manifest, members, left


def _fitting(
    files: list[tuple[int, str, Path]], room: int, most: int
) -> list[tuple[int, str, Path]]:
    """The smallest files that have room; the others are asked for again, and go the next time."""
    found: list[tuple[int, str, Path]] = []
    for one in files[:most]:
        room -= one[0] + 4096
        if room < 0:
            break
        found.append(one)
    return found


def _may_have(session: Session, trusted: Circle, to: str, wanted: Sequence[str]) -> set[str]:
    """Of the attachments that an office asks for, those of records that go to it.

    Whoever has seen the outside of another office's bundle knows what to ask for.
    """
    found: set[str] = set()
    for some in chunks(wanted):
        these = select(Attachment.id, Attachment.digest).where(Attachment.digest.in_(some))
        for record_id, digest in session.execute(these):
            if trusted.goes_to(to, scope_of(record_id)):
                found.add(digest)
    return found


@dataclass(frozen=True)
class _Known:
    have: dict[str, int]
    want: tuple[str, ...]


def _known(session: Session, to: str) -> _Known:
    """How far all PCs of an office are at least, and what attachments any of them lacks."""
    mine = partners.myself(session)[1]
    these = (SyncPeer.office == to, SyncPeer.device != mine)
    others = _in_use(list(session.scalars(select(SyncPeer).where(*these))))
    have: dict[str, int] = dict(others[0].have) if others else {}
    for peer in others[1:]:
        have = {feed: min(seq, peer.have.get(feed, 0)) for feed, seq in have.items()}
    for feed in yielding.forked(session, to) | squatting.squatted(session, to, have):
        have.pop(feed, None)  # from its beginning, so that it is seen where the branches part
    return _Known(have, tuple(sorted({digest for peer in others for digest in peer.want})))


def _in_use(peers: list[SyncPeer]) -> list[SyncPeer]:
    """PCs without those that were silent while others were heard: they may be scrapped.

    One that was not says with its next bundle how far it is, and gets the rest with ours.
    """
    last = max((peer.seen for peer in peers), default="")
    if not last:
        return []
    since = (datetime.fromisoformat(last) - SILENT_FOR).isoformat(timespec="seconds")
    return [peer for peer in peers if peer.seen >= since]


@dataclass(frozen=True)
class _Contents:
    changes: int
    digests: frozenset[str]


def _contents(
    session: Session,
    trusted: Circle,
    to: str,
    have: dict[str, int],
    plain: Path,
    store: Store,
    naming: str,
) -> _Contents:
    """Pack what the office has not got."""
    found = [
        _signed(segment, trusted) if segment.author == trusted.office else segment
        for segment in segments.missing(session, have, partial(trusted.goes_to, to))
        if trusted.shares(to, segment.feed)
    ]
    header = Header(
        tuple(found),
        {
            feed: seq
            for feed, seq in segments.have(session).items()
            if trusted.comes_from(to, segments.scope_of_feed(feed)) and trusted.shares(to, feed)
        },
        tuple(lacking(session, store, partial(trusted.comes_from, to))),
        trusted.old_keys_for(to),
        tuple(partners.retired(session)),
        naming,
    )
    with disk_faults(plain):
        changes = payload.write(plain, header, _lines(session, found))
    digests: set[str] = set()
    for some in chunks(_attachments(session, found)):
        digests.update(session.scalars(select(Attachment.digest).where(Attachment.id.in_(some))))
    return _Contents(changes, frozenset(digests))


def _lines(session: Session, found: list[Segment]) -> Iterator[Line]:
    """The changes of all stretches."""
    return chain.from_iterable(segments.lines(session, segment) for segment in found)


def _attachments(session: Session, found: list[Segment]) -> Iterator[str]:
    """The attachments that changes of these stretches are about."""
    c = SYNC_CHANGE.c
    for one in found:
        where = (c.feed == one.feed, c.seq.between(one.first, one.last))
        wanted = select(c.pk).where(*where, c.tab == Attachment.__tablename__)
        yield from session.scalars(wanted.distinct())


def _signed(segment: Segment, trusted: Circle) -> Segment:
    key = trusted.keys[0]
    text = segments.signed_text(segment.feed, segment.last, segment.end)
    return replace(segment, signature=SUITES[key.suite].sign(key.secret.sign, text))


def lacking(session: Session, store: Store, has: Callable[[str], bool]) -> list[str]:
    """Attachments that records here name, of scopes that the other side has, and not here."""
    named = session.execute(select(Attachment.id, Attachment.digest).where(Attachment.digest != ""))
    wanted = {digest for record_id, digest in named if has(scope_of(record_id))}
    return sorted(digest for digest in wanted if store.find(digest) is None)


def _room(folder: Path) -> int:
    """Bytes that a bundle may take in a folder."""
    with disk_faults(folder):
        return min(shutil.disk_usage(folder).free - SPARE, LARGEST_FILE)


def _free_name(folder: Path, own: str, to: str, day: str) -> Path:
    """A name with a number that no bundle for this office in the folder has."""
    used = [number for number, _ in _numbered(folder, own, to)]
    return folder / f"{own}-{to}-{day}-{max(used, default=0) + 1:04}{SUFFIX}"


def _numbered(folder: Path, own: str, to: str) -> list[tuple[int, Path]]:
    """Bundles of this office for another by number; days in names depend on the PC's clock."""
    named = re.compile(rf"{re.escape(own)}-{re.escape(to)}-\d{{8}}-(\d{{4,9}}){re.escape(SUFFIX)}")
    with disk_faults(folder):
        found = [(named.fullmatch(path.name), path) for path in folder.iterdir()]
    return sorted((int(match[1]), path) for match, path in found if match)


def _thin(made: Path, own: str, to: str, device: str) -> None:
    """Remove older bundles of this PC: the newest holds all that they held and others lack."""
    older = [path for _, path in _numbered(made.parent, own, to) if path != made]
    ours = [path for path in older if bundle_file.told(path).get("device") == device]
    for path in ours[: -(KEPT - 1)]:
        with suppress(OSError):
            path.unlink()
