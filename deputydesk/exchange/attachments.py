"""The store of attachments beside the data file: each content once, under its SHA-256."""

import hashlib
import mimetypes
import os
import re
import secrets
import shutil
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from deputydesk.database import disk_faults, sync_file, sync_folder
from deputydesk.errors import UserError
from deputydesk.exchange.pictures import looked_at
from deputydesk.journal.check import Fault
from deputydesk.late import dataclass
from deputydesk.models.base import Record
from deputydesk.office import Office
from deputydesk.operations import attachments
from deputydesk.operations.attachments import Added, AttachmentRow, Content
from deputydesk.paths import attachments_folder, content_in
from deputydesk.progress import SILENT, Progress

FOLDER = "attachments"
LARGEST = 100 << 20
"""Bytes of one attachment: a scan of many pages, not a film."""
_PIECE = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = 24 * 3600.0
_FORBIDDEN = '\\/:*?"<>|\r\n\t'


@dataclass(frozen=True)
class Store:
    """The folder of contents; `spares` are looked in for what is missing in it."""

    folder: Path
    spares: tuple[Path, ...] = ()

    def path(self, digest: str) -> Path:
        """Where a content lies, or would lie."""
        return content_in(self.folder, digest)

    def find(self, digest: str) -> Path | None:
        """The file of a content; one that only a spare has is brought back."""
        if not _DIGEST.fullmatch(digest):  # it may come from another office's file
            return None
        here = self.path(digest)
        if here.is_file():
            return here
        for spare in self.spares:
            kept = content_in(spare, digest)
            if kept.is_file() and _digest(kept) == digest:
                place(kept, here)
                return here
        return None

    def read(self, digest: str) -> bytes | None:
        """A content, whole; None if neither here nor in a spare it is what it was."""
        self.find(digest)
        for folder in (self.folder, *self.spares):
            kept = content_in(folder, digest)
            with suppress(OSError):
                data = kept.read_bytes()
                if hashlib.sha256(data).hexdigest() == digest:
                    return data
        return None

    def digests(self) -> list[str]:
        """Every content that lies here."""
        return sorted(
            file.name for file in self.folder.glob("??/*") if _DIGEST.fullmatch(file.name)
        )

    def take(self, source: Path, progress: Progress = SILENT) -> Content:
        """Copy a file into the store.

        Raises:
            UserError: no file, too large, empty, a picture that is none, a disk that refuses;
                nothing of it is kept.
            Cancelled: the user stopped it; nothing of it is kept.
        """
        size = _size(source)
        with _source_faults(source.name), source.open("rb") as stream:
            return self._keep(source.name, stream, size, progress)

    def take_bytes(self, name: str, data: bytes) -> Content:
        """As `take`, for what has no file yet: a picture of the clipboard."""
        _refuse_size(name, len(data))
        return self._keep(name, BytesIO(data), len(data), SILENT)

    def forget(self, contents: Iterable[Content]) -> None:
        """Remove contents that came to nothing."""
        for content in contents:
            with suppress(OSError):
                self.path(content.digest).unlink()

    def _keep(self, name: str, stream: BinaryIO, size: int, progress: Progress) -> Content:
        part = self.folder / f"{secrets.token_hex(8)}.part"
        with disk_faults(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        try:
            digest, size = _copy(name, stream, part, size, progress)
            picture = looked_at(part, name)
            with disk_faults(self.folder):
                if _digest(part) != digest:
                    raise UserError(f"“{name}”没有写好，没有保存。", hint="请检查磁盘后再试。")
                self._settle(part, digest)
        finally:
            with suppress(OSError):
                part.unlink()
        media = picture.media if picture else mimetypes.guess_type(name)[0] or ""
        return Content(name, digest, size, media, picture.taken_on if picture else None)

    def _settle(self, part: Path, digest: str) -> None:
        to = self.path(digest)
        if to.is_file() and _digest(to) == digest:
            return
        to.parent.mkdir(exist_ok=True)
        part.replace(to)


def store_of(office: Office) -> Store:
    """The office's store: beside its data file, or in the data folder for a server."""
    folder = attachments_folder(office.data.path)
    return Store(folder, (folder.parent / "backups" / FOLDER,))


def attach(
    office: Office,
    model: type[Record],
    record_id: str,
    sources: Sequence[Path],
    progress: Progress = SILENT,
    *,
    purpose: str = "",
    confidential: bool = False,
) -> Added:
    """Attach files to a record: all of them, or none.

    Raises:
        UserError: as `Store.take`, or the record is gone.
        Cancelled: the user stopped it.
    """
    store = store_of(office)
    with all_or_none(store) as taken:
        for source in sources:
            taken.append(store.take(source, progress))
        return office.do(
            attachments.add,
            owner_kind=model.__tablename__,
            owner_id=record_id,
            files=tuple(taken),
            purpose=purpose,
            confidential=confidential,
        )


def attach_bytes(
    office: Office, model: type[Record], record_id: str, name: str, data: bytes
) -> Added:
    """Attach a picture of the clipboard."""
    store = store_of(office)
    with all_or_none(store) as taken:
        taken.append(store.take_bytes(name, data))
        return office.do(
            attachments.add,
            owner_kind=model.__tablename__,
            owner_id=record_id,
            files=tuple(taken),
        )


def set_photo(office: Office, person_id: str, source: Path, progress: Progress = SILENT) -> str:
    """Make a picture file a person's portrait."""
    store = store_of(office)
    with all_or_none(store) as taken:
        taken.append(store.take(source, progress))
        return office.do(attachments.set_photo, person_id=person_id, file=taken[0])


def copy_to_open(office: Office, row: AttachmentRow, folder: Path) -> Path:
    """A copy under its own name in `folder`, for the system's program; yesterday's copies go.

    Raises:
        UserError: the content is missing, or the folder cannot be written to.
    """
    found = store_of(office).find(row.digest)
    if found is None:
        raise missing(row)
    _sweep(folder)
    to = folder / row.digest[:12] / safe_name(row.name)
    with disk_faults(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        if not (to.is_file() and _digest(to) == row.digest):
            to.unlink(missing_ok=True)
            shutil.copyfile(found, to)
    return to


def write_to(office: Office, row: AttachmentRow, to: Path) -> None:
    """Write the content where the user wants it.

    Raises:
        UserError: the content is missing, or the place cannot be written to.
    """
    found = store_of(office).find(row.digest)
    if found is None:
        raise missing(row)
    part = to.with_name(f"{to.name}.part")
    with disk_faults(to):
        try:
            shutil.copyfile(found, part)
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)


def read(office: Office, row: AttachmentRow) -> bytes | None:
    """The bytes of an attachment; None if they are missing."""
    found = store_of(office).find(row.digest)
    return found.read_bytes() if found else None


def missing(row: AttachmentRow) -> UserError:
    """The sentence for a content that is not there."""
    return UserError(
        f"附件“{row.name}”的文件不见了。",
        hint="请把备份里的“attachments”文件夹复制到数据文件夹，再试一次。",
    )


def faults(office: Office, progress: Progress = SILENT, *, deep: bool = True) -> list[Fault]:
    """Attachments whose content is missing or damaged.

    Args:
        office: the office.
        progress: told of each content.
        deep: read every content through; else only look for the files and their sizes.
    """
    store = store_of(office)
    known = office.ask(attachments.contents)
    found: list[Fault] = []
    for done, (digest, rows) in enumerate(known.items()):
        progress.step(done, len(known), rows[0].name)
        file = store.find(digest)
        if file is None:
            found.append(Fault(f"attachment {rows[0].id}", f"附件“{rows[0].name}”的文件不见了。"))
        elif file.stat().st_size != rows[0].size or (deep and _digest(file) != digest):
            found.append(Fault(f"attachment {rows[0].id}", f"附件“{rows[0].name}”的文件已损坏。"))
    return found


def back_up(store: Store, to: Path, progress: Progress = SILENT) -> int:
    """Take along into a backup folder what it has not; returns how many contents were new."""
    kept = Store(to / FOLDER)
    wanted = [d for d in store.digests() if not _same_size(store.path(d), kept.path(d))]
    for done, digest in enumerate(wanted):
        progress.step(done, len(wanted), "正在备份附件")
        place(store.path(digest), kept.path(digest))
    return len(wanted)


def place(source: Path, to: Path) -> None:
    """Let a content lie in another folder too: linked on the same disk, else copied."""
    with disk_faults(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        part = to.with_name(f"{to.name}.part")
        part.unlink(missing_ok=True)
        try:
            try:
                part.hardlink_to(source)
            except OSError:  # another disk, or one that knows no links
                shutil.copyfile(source, part)
            sync_file(part)
            part.replace(to)
            sync_folder(to.parent)
        finally:
            part.unlink(missing_ok=True)


def size_text(size: int) -> str:
    """A size as people read it: 340 KB, 2.1 GB."""
    for unit, least in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{max(1, round(size / 1024))} KB"


def safe_name(name: str) -> str:
    """The name without what file systems do not take."""
    kept = "".join("_" if char in _FORBIDDEN else char for char in name).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:80]}{dot}{ending[:10]}" if dot else kept[:80] or "附件"


@contextmanager
def all_or_none(store: Store) -> Generator[list[Content]]:
    """Collect contents; what was not there before goes again if anything fails."""
    before = set(store.digests())
    taken: list[Content] = []
    try:
        yield taken
    except BaseException:
        store.forget(content for content in taken if content.digest not in before)
        raise


def _size(source: Path) -> int:
    with _source_faults(source.name):
        if source.is_dir():
            raise UserError(
                f"“{source.name}”是文件夹，不能作附件。", hint="请选择里面的文件，可以一次选几个。"
            )
        size = source.stat().st_size
    _refuse_size(source.name, size)
    return size


def _refuse_size(name: str, size: int) -> None:
    if size == 0:
        raise UserError(f"“{name}”是空文件，没有添加。", hint="请检查它是否复制完整。")
    if size > LARGEST:
        raise UserError(
            f"“{name}”有 {size_text(size)}，附件不能超过 {size_text(LARGEST)}，没有添加。",
            hint="录像请另存到移动硬盘，在备注里写明存放处。",
        )


def _copy(
    name: str, stream: BinaryIO, part: Path, size: int, progress: Progress
) -> tuple[str, int]:
    """Copy in pieces, made sure of on the disk; returns the digest and the size that it had."""
    seen, done = hashlib.sha256(), 0
    with disk_faults(part.parent), part.open("xb") as to:
        while piece := _read(name, stream):
            done += len(piece)
            _refuse_size(name, done)
            progress.step(done >> 10, max(size, done) >> 10, f"正在复制 {name}")
            seen.update(piece)
            to.write(piece)
        to.flush()
        os.fsync(to.fileno())
    _refuse_size(name, done)
    return seen.hexdigest(), done


def _read(name: str, stream: BinaryIO) -> bytes:
    with _source_faults(name):
        return stream.read(_PIECE)


@contextmanager
def _source_faults(name: str) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"“{name}”读不出来，没有添加。", hint="请检查文件是否还在、U盘是否插好，再试一次。"
        ) from error


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _same_size(one: Path, other: Path) -> bool:
    return other.is_file() and other.stat().st_size == one.stat().st_size


def _sweep(folder: Path) -> None:
    """Remove copies that were opened a day ago; one still in use stays."""
    old = time.time() - _DAY
    for copy in folder.glob("*/*"):
        with suppress(OSError):
            if copy.stat().st_mtime < old:
                copy.unlink()
                copy.parent.rmdir()
