"""Taking in a bundle: proved, opened, shown, and then all of it in one transaction or nothing."""

import hashlib
import shutil
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert

from deputydesk.database import disk_faults
from deputydesk.errors import UserError
from deputydesk.exchange import (
    attachments,
    bundle_file,
    device,
    holding,
    squatting,
    yielding,
)
from deputydesk.exchange import erasing as erased_files
from deputydesk.exchange.attachments import Store
from deputydesk.exchange.blob_names import blob_name
from deputydesk.exchange.bundle_file import BLOBS, PAYLOAD, Bundle, Manifest, Refused
from deputydesk.exchange.erasing import First
from deputydesk.exchange.holding import WAITING
from deputydesk.exchange.kind_counts import KindCount, counted
from deputydesk.exchange.payload import BadPayload, Payload
from deputydesk.exchange.sending import working_folder
from deputydesk.exchange.trust import Circle, circle, demand_keys
from deputydesk.journal import intake
from deputydesk.journal.caches import RowKey
from deputydesk.journal.intake import Intake, Outcome, Taken
from deputydesk.journal.tables import SyncJournal, SyncPeer
from deputydesk.models.base import Record
from deputydesk.office import Office, Right, Tx, refuse_without
from deputydesk.operations import erasing, partners
from deputydesk.operations.erasing import Erased
from deputydesk.operations.partners import Role
from deputydesk.progress import SILENT, Progress
from deputydesk.search import index
from deputydesk.security.suite import SUITES, SealError

FEW = 100
"""So many attachments are sooner opened than all that are here listed and named as they are."""


@dataclass(frozen=True)
class Received:
    """What a bundle brought, or would bring.

    Args:
        office: code of the office that made it.
        name: what that office is called.
        device: the PC that made it.
        at: when, by that PC's clock.
        new: new records.
        changed: changes of records that were there.
        deleted: deletions.
        conflicts: fields in which what came differs from what was written here meanwhile.
        oldest: when the oldest of the new changes was made.
        taken: what became of each stretch.
        files: attachments that came.
        kinds: kinds of record that changed.
        counted: how many by kind, most first.
        fresh: table and id of the new records, not more than a person looks through.
    """

    office: str
    name: str
    device: str
    at: str
    new: int
    changed: int
    deleted: int
    conflicts: int
    oldest: str
    taken: tuple[Taken, ...]
    files: int = 0
    kinds: frozenset[type[Record]] = frozenset()
    counted: tuple[KindCount, ...] = ()
    fresh: tuple[RowKey, ...] = ()

    @property
    def waiting(self) -> list[Taken]:
        """Stretches that could not be taken and are kept aside."""
        return [one for one in self.taken if one.outcome in WAITING]

    @property
    def gaps(self) -> list[Taken]:
        """Stretches before which something is missing; the next bundle brings it."""
        return [one for one in self.taken if one.outcome is Outcome.GAP]


@dataclass
class _Opened:
    """A bundle that was proved and opened, on the local disk."""

    manifest: Manifest
    payload: Payload
    bundle: Bundle
    trusted: Circle
    inside: Path
    store: Store = field(repr=False)
    erased: Erased | None = None


def preview(office: Office, path: Path, progress: Progress = SILENT) -> Received:
    """What a bundle would bring; nothing is changed.

    Raises:
        Refused: it is not for us, not signed by whom we know, altered, or no bundle.
        UserError: the stick or the disk refused.
    """
    with _opened(office, path, progress) as opened:
        return office.merge(partial(_merge, opened), keep=False)


def preview_all(
    office: Office, paths: Sequence[Path], progress: Progress = SILENT
) -> list[tuple[Path, Received | None, str]]:
    """What bundles would bring, taken in one after the other; nothing is changed.

    Returns:
        each file with what it would bring, or None and the sentence that refuses it.
    """
    found: dict[Path, _Opened] = {}
    refused: dict[Path, str] = {}
    with ExitStack() as stack:
        for done, path in enumerate(paths):
            progress.step(done, len(paths), path.name)
            try:
                found[path] = stack.enter_context(_opened(office, path, progress))
            except UserError as error:
                refused[path] = str(error)
        tried = office.merge(partial(_try, found), keep=False) if found else _Tried()
    refused |= tried.refused
    return [(path, tried.received.get(path), refused.get(path, "")) for path in paths]


@dataclass
class _Tried:
    """What became of bundles that were only tried."""

    received: dict[Path, Received] = field(default_factory=dict[Path, Received])
    refused: dict[Path, str] = field(default_factory=dict[Path, str])
    kinds: frozenset[type[Record]] = frozenset()


def _try(found: Mapping[Path, _Opened], tx: Tx) -> _Tried:
    tried = _Tried()
    for path, opened in found.items():
        try:
            with tx.session.begin_nested():
                tried.received[path] = _merge(opened, tx)
        except BadPayload:
            tried.refused[path] = str(bundle_file.damaged(path))
    return tried


def receive(office: Office, path: Path, progress: Progress = SILENT) -> Received:
    """Take a bundle in: the attachments first, then all records in one transaction.

    Raises:
        NotAllowed: the user may only look; not even an attachment is taken.
        Refused: as `preview`; nothing was changed.
        UserError: the stick or the disk refused; no record was changed. Or all was taken in, and
            a file of what was erased elsewhere could not be removed.
    """
    refuse_without(Right.REGISTER, "收入交换文件", office.user)
    with _opened(office, path, progress) as opened:
        placed = _take_blobs(opened, progress)
        try:
            with erased_files.listing(office) as first:
                work = partial(_take_in, opened, first, files=len(placed), file=path.name)
                received = office.merge(work)
        finally:
            erased_files.sweep(office, placed)
    device.note(office)
    if opened.erased:
        erased_files.follow(office, opened.erased)
    return received


@contextmanager
def _opened(office: Office, path: Path, progress: Progress) -> Generator[_Opened]:
    trusted = office.ask(circle)
    demand_keys(office, trusted)
    with working_folder(office) as inside:
        here = inside / path.name
        with bundle_file.reading(path):
            _refuse_large(path, inside)
            shutil.copyfile(path, here)
        progress.step(0, 0, path.name)
        with bundle_file.read(here, partial(_verify, trusted)) as bundle:
            plain = inside / "payload"
            _unseal(bundle, PAYLOAD, plain, trusted)
            try:
                with Payload(plain, bundle.manifest.changes) as opened:
                    store = attachments.store_of(office)
                    yield _Opened(bundle.manifest, opened, bundle, trusted, inside, store)
            except BadPayload as error:
                raise bundle_file.damaged(path) from error


def _refuse_large(path: Path, inside: Path) -> None:
    if shutil.disk_usage(inside).free < 3 * path.stat().st_size:
        raise UserError(f"本机磁盘空间不够，放不下“{path.name}”。", hint="请清理磁盘后再收入。")


def _verify(trusted: Circle, manifest: Manifest, signature: str, told: bytes) -> None:
    """Refuse a bundle that is not from whom we know, or not for us."""
    key = trusted.bundle_key(manifest.office)
    if key is None:
        raise Refused(
            f"这个文件来自没有登记的单位“{manifest.office}”，没有收入。",
            hint="请先登记对方的名片，核对数字后再收入。",
        )
    suite, sign = key
    if manifest.suite not in SUITES:
        raise Refused("这个文件是更新版本的程序做的，这里还读不了。", hint="请先升级本程序。")
    name = trusted.name_of(manifest.office)
    if manifest.suite != suite or not SUITES[suite].verify(sign, signature, told):
        raise Refused(
            f"这个文件的签名不是“{name}”现在的签名，没有收入。",
            hint="如果对方换过密钥，请重新登记对方的名片；否则这个文件不可信。",
        )
    if manifest.to != trusted.office:
        raise Refused(
            f"这个文件是“{name}”给单位“{manifest.to}”的，不是给本单位的，没有收入。",
            hint="请选择给本单位的文件。",
        )


def _unseal(bundle: Bundle, name: str, to: Path, trusted: Circle) -> None:
    for key in trusted.keys:
        with bundle.open(name) as source, disk_faults(to), to.open("wb") as target:
            try:
                SUITES[key.suite].open(source, target, key.secret.seal)
            except SealError:
                continue
            return
    raise Refused(
        f"“{bundle.path.name}”解不开：不是用本单位的密钥加密的，没有收入。",
        hint="如果本单位换过密钥，请把新名片交给对方，让对方重新导出。",
    )


def _take_blobs(opened: _Opened, progress: Progress) -> set[str]:
    """Put the attachments into the store: by their content, they can do no harm."""
    blobs, naming = opened.bundle.blobs, opened.payload.header.naming
    known = opened.store.digests() if len(blobs) > FEW else []
    here = {blob_name(naming, digest) for digest in known}
    placed: set[str] = set()
    for done, name in enumerate(blobs):
        progress.step(done, len(blobs), "附件")
        if name in here:
            continue
        plain = opened.inside / name
        _unseal(opened.bundle, BLOBS + name, plain, opened.trusted)
        with disk_faults(plain), plain.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if blob_name(naming, digest) == name and opened.store.find(digest) is None:
            with disk_faults(opened.store.folder):
                attachments.place(plain, opened.store.path(digest))
            placed.add(digest)
        plain.unlink(missing_ok=True)
    return placed


def _take_in(opened: _Opened, first: First, tx: Tx, *, files: int, file: str) -> Received:
    """Take in every stretch; the files of what another PC erased are listed before it is kept."""
    received = _merge(opened, tx, files=files, file=file)
    if opened.erased:
        first(opened.erased)
    return received


def _merge(opened: _Opened, tx: Tx, *, files: int = 0, file: str = "") -> Received:
    """Take in every stretch, then those that wait for it."""
    session, manifest = tx.session, opened.manifest
    trusted = _with_former_keys(tx, opened)
    squatting.give_back(tx, trusted, opened.payload.header.segments)
    before = intake.conflicts(session)
    taking = Intake(session, trusted, partial(index.renew, session))
    tried = taking.take_all(lambda: chain(opened.payload.stretches(), holding.waiting(session)))
    taken = tried[: len(opened.payload.header.segments)]
    if yielding.told_by_parent(trusted, manifest.office):
        taken = [yielding.give_way(tx, trusted, opened.payload, taking, one) for one in taken]
    for one in taken:
        if one.outcome in WAITING:
            holding.keep(tx, opened.payload, manifest.office, one)
    again = tried[len(taken) :]
    holding.release(session, again)
    yielding.release(session, manifest.office)
    taken += [one for one in again if one.outcome is Outcome.NEW]
    taking.finish()
    if taking.expunged:
        opened.erased = erasing.follow(tx, taking.expunged)
    _note_peer(tx, opened)
    received = Received(
        office=manifest.office,
        name=opened.trusted.name_of(manifest.office),
        device=manifest.device,
        at=manifest.at,
        new=taking.counts["I"],
        changed=taking.counts["U"] + taking.counts["R"],
        deleted=taking.counts["D"] + taking.counts["X"],
        conflicts=max(0, intake.conflicts(session) - before),
        oldest=taking.oldest,
        taken=tuple(taken),
        files=files,
        kinds=frozenset(taking.kinds),
        counted=counted(taking),
        fresh=tuple(taking.fresh),
    )
    _note(tx, received, manifest, file)
    return received


def _with_former_keys(tx: Tx, opened: _Opened) -> Circle:
    """Believe the office above which keys were ours, before this PC made new ones."""
    trusted, manifest = opened.trusted, opened.manifest
    known = trusted.partners.get(manifest.office)
    told = opened.payload.header.keys.get(trusted.office, [])
    good = [key for key in told if SUITES[manifest.suite].are_keys(key)]
    if not good or known is None or known.role is not Role.PARENT:
        return trusted
    partners.learn_former_keys(tx, manifest.suite, good)
    return replace(trusted, former=tuple(partners.former_keys(tx.session)))


def _note_peer(tx: Tx, opened: _Opened) -> None:
    """Keep in mind how far the other side says it is: it need not be sent that again.

    The newest word counts even if it is less: a PC that was set back must get all again.
    """
    manifest, header = opened.manifest, opened.payload.header
    gone = SyncPeer.device.in_((manifest.device, *header.retired))
    tx.session.execute(delete(SyncPeer).where(gone, SyncPeer.office == manifest.office))
    tx.session.add(
        SyncPeer(
            device=manifest.device,
            office=manifest.office,
            have=header.have,
            want=list(header.want),
            at=manifest.at,
            seen=tx.now.isoformat(timespec="seconds"),
        )
    )
    tx.session.flush()


def _note(tx: Tx, received: Received, manifest: Manifest, file: str) -> None:
    counts: dict[str, Any] = {
        "new": received.new,
        "changed": received.changed,
        "deleted": received.deleted,
        "conflicts": received.conflicts,
        "files": received.files,
        "waiting": len(received.waiting),
        "gaps": len(received.gaps),
    }
    tx.session.execute(
        insert(SyncJournal).values(
            ts=tx.now.isoformat(timespec="seconds"),
            usr=tx.user.name,
            way="in",
            office=manifest.office,
            device=manifest.device,
            file=file,
            bundle=manifest.id,
            counts=counts,
            note="",
        )
    )
