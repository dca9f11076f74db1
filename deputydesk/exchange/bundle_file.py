"""The file that goes on the stick: a ZIP that Explorer opens, with a signed list of what is in it.

`manifest.json` names every other member with size and SHA-256 and is signed by the office that
made the file (`manifest.sig`); `payload.age` is sealed for those who may read it; `blob/<name>`
are the attachments, sealed alike, named by a key that lies in the payload; `说明.txt` says in words
what the file is. Nothing is believed before the structure, the signature and the hashes are proved.
"""

import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from deputydesk.database import disk_faults, sync_folder
from deputydesk.errors import UserError
from deputydesk.progress import SILENT, Progress

FORMAT = 1
"""Version of the file's own layout; only a newer one is refused for its age."""
SUFFIX = ".ddb"
MANIFEST, SIGNATURE, PAYLOAD, LETTER, SHEET = (
    "manifest.json",
    "manifest.sig",
    "payload.age",
    "说明.txt",
    "明细.xlsx",
)
BLOBS = "blob/"
MOST_MEMBERS = 20_000
LARGEST_MANIFEST, LARGEST_SIGNATURE = 8_000_000, 1000
BLOCK = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)
"""A ZIP asks for a time; ours says nothing."""

FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, TypeError, LookupError, AttributeError, OverflowError, MemoryError),
)
"""What Python raises at a file that is none of ours, or says of itself what is not so."""

_END, _END_SIZE, _ENTRY_SIZE = b"PK\5\6", 22, 300
"""How a ZIP ends, the bytes of that, and of what stands before it for each member, at most."""
_FORMS = {
    "suite": re.compile(r"[0-9a-z-]{1,32}"),
    "id": re.compile(r"[0-9a-f]{32}"),
    "device": re.compile(r"[0-9A-Za-z]{1,16}"),
    "office": re.compile(r"[0-9A-Za-z]{1,12}"),
    "to": re.compile(r"[0-9A-Za-z]{1,12}"),
    "at": re.compile(r"[0-9T:.+-]{1,32}"),
    "app": re.compile(r"[ -~]{0,40}"),
}
_HASH = re.compile(r"[0-9a-f]{64}")
_BLOB = re.compile(r"blob/[0-9a-f]{64}")


class Refused(UserError):  # noqa: N818 - what the sentence says
    """A bundle cannot be believed or is not for us; nothing of it was taken."""


@dataclass(frozen=True)
class Manifest:
    """What a bundle says of itself, signed.

    Args:
        suite: what it was signed and sealed with.
        id: different for each bundle.
        device: the PC that made it.
        office: code of the office whose signature it bears.
        to: code of the office it is for.
        at: when it was made, by that PC's clock.
        changes: how many changes are in it.
        members: size and SHA-256 of every other file in the ZIP, by name.
        fmt: version of the layout.
        app: version of the program that made it, for people.
    """

    suite: str
    id: str
    device: str
    office: str
    to: str
    at: str
    changes: int
    members: Mapping[str, tuple[int, str]] = field(default_factory=dict[str, tuple[int, str]])
    fmt: int = FORMAT
    app: str = ""

    def to_bytes(self) -> bytes:
        """As it stands in the file, and is signed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode()


@dataclass(frozen=True)
class Bundle:
    """A bundle whose structure, signature and hashes were proved."""

    path: Path
    manifest: Manifest
    _zip: zipfile.ZipFile

    @contextmanager
    def open(self, name: str) -> Generator[IO[bytes]]:
        """Read a member."""
        with reading(self.path):
            opened = self._zip.open(name)
        with opened as member:
            yield member

    @property
    def blobs(self) -> list[str]:
        """The names of the attachments in it."""
        return [name.removeprefix(BLOBS) for name in self.manifest.members if _is_blob(name)]


def write(
    to: Path,
    manifest: Manifest,
    members: Mapping[str, Path],
    sign: Callable[[bytes], str],
    progress: Progress = SILENT,
) -> Manifest:
    """Write a bundle under a new name, read it again, and only then give it its name.

    Args:
        to: the file; it must not be there yet.
        manifest: what the bundle says of itself, still without members.
        members: the files that go in, by their name in the ZIP, in this order.
        sign: gives the signature of the manifest.
        progress: told of the bytes written.

    Returns:
        the manifest as written.

    Raises:
        UserError: the disk refused, or gave back something else than was written; nothing is left.
    """
    part = to.with_name(to.name + ".part")
    try:
        with disk_faults(to):
            if to.exists():
                raise FileExistsError(17, "exists")
            whole = _write(part, manifest, members, sign, progress)
            _prove(part, whole)
            part.replace(to)
            sync_folder(to.parent)
    except BaseException:
        with _quietly():
            part.unlink(missing_ok=True)
        raise
    return whole


def _write(
    part: Path,
    manifest: Manifest,
    members: Mapping[str, Path],
    sign: Callable[[bytes], str],
    progress: Progress,
) -> Manifest:
    sizes = {name: path.stat().st_size for name, path in members.items()}
    listed = {name: (sizes[name], digest_of(path)) for name, path in members.items()}
    whole = replace(manifest, members=listed)
    told = whole.to_bytes()
    done, total = 0, sum(sizes.values())
    with part.open("wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED, allowZip64=True) as out:
            for name, content in ((MANIFEST, told), (SIGNATURE, sign(told).encode())):
                out.writestr(zipfile.ZipInfo(name, EPOCH), content)
            for name, path in members.items():
                info = zipfile.ZipInfo(name, EPOCH)
                info.file_size = sizes[name]
                with path.open("rb") as source, out.open(info, "w") as member:
                    while block := source.read(BLOCK):
                        member.write(block)
                        done += len(block)
                        progress.step(done, total, name)
        raw.flush()
        os.fsync(raw.fileno())
        _drop_cache(raw.fileno())
    return whole


def _prove(part: Path, whole: Manifest) -> None:
    """Read what was written, from the disk as far as the system lets us."""
    try:
        with _opened(part) as again:
            told, _ = _told(part, again)
            _prove_members(part, again, whole)
            good = told == whole.to_bytes()
    except (Refused, *FAULTS):
        good = False
    if not good:
        raise UserError(
            "写到U盘的内容读出来不一样，U盘可能已损坏，没有留下文件。",
            hint="请换一个U盘再试。",
        )


@contextmanager
def read(path: Path, verify: Callable[[Manifest, str, bytes], None]) -> Generator[Bundle]:
    """Open a bundle and prove it.

    Args:
        path: of the file.
        verify: raises `Refused` if the manifest's office did not sign these bytes.

    Raises:
        Refused: it is no bundle, damaged, altered, or newer than this program.
        UserError: it cannot be read.
    """
    with reading(path):
        archive = _opened(path)
    with archive:
        with reading(path):
            told, signature = _told(path, archive)
            manifest = _manifest(path, told)
        verify(manifest, signature, told)
        with reading(path):
            _prove_members(path, archive, manifest)
        yield Bundle(path, manifest, archive)


def told(path: Path) -> dict[str, str]:
    """What a bundle says of itself, unproved: for names in lists; empty if it says nothing."""
    try:
        with _opened(path) as archive:
            manifest = _manifest(path, _told(path, archive)[0])
    except (OSError, Refused, *FAULTS):
        return {}
    return {name: str(getattr(manifest, name)) for name in _FORMS}


@contextmanager
def reading(path: Path) -> Generator[None]:
    """Turn what a bad file or stick does into sentences."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f"“{path.name}”读不出来，U盘可能已被拔出或已损坏。", hint="请重新插好U盘再试。"
        ) from error
    except FAULTS as error:
        raise damaged(path) from error


def damaged(path: Path) -> Refused:
    """The sentence for a file that is no bundle, or not whole any more."""
    return Refused(
        f"“{path.name}”不是交换文件，或已损坏、被改动，没有收入任何内容。",
        hint="请让对方重新导出一份。",
    )


def _opened(path: Path) -> zipfile.ZipFile:
    """Open a ZIP that ends as ours do; reading on would fill the memory with what it claims."""
    total = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, total - _END_SIZE))
        *_, size, start, comment = struct.unpack("<4s4H2LH", end := file.read(_END_SIZE))
    is_ours = end.startswith(_END) and not comment and size <= _ENTRY_SIZE * MOST_MEMBERS
    is_whole = start + size + _END_SIZE == total or total > zipfile.ZIP64_LIMIT
    if not is_ours or not is_whole:  # members would be looked for before the beginning
        raise damaged(path)
    return zipfile.ZipFile(path)


def _told(path: Path, archive: zipfile.ZipFile) -> tuple[bytes, str]:
    """The manifest and its signature, if the structure is that of a bundle."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(infos) > MOST_MEMBERS + 2 or len(set(names)) != len(names):
        raise damaged(path)
    if names[:2] != [MANIFEST, SIGNATURE] or any(not _may_be(info) for info in infos):
        raise damaged(path)
    if infos[0].file_size > LARGEST_MANIFEST or infos[1].file_size > LARGEST_SIGNATURE:
        raise damaged(path)
    if sum(info.file_size for info in infos) > path.stat().st_size:  # members within each other
        raise damaged(path)
    return archive.read(MANIFEST), archive.read(SIGNATURE).decode("ascii")


def _prove_members(path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Prove that the members are those that the manifest lists."""
    sizes = {info.filename: info.file_size for info in archive.infolist()[2:]}
    if sizes != {name: size for name, (size, _) in manifest.members.items()}:
        raise damaged(path)
    for name, (size, digest) in manifest.members.items():
        with archive.open(name) as member:
            if _digest(member) != (size, digest):
                raise damaged(path)


def _may_be(info: zipfile.ZipInfo) -> bool:
    """Whether a member may stand in a bundle at all."""
    is_known = info.filename in {MANIFEST, SIGNATURE, PAYLOAD, LETTER, SHEET}
    plain = info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 0x1
    return plain and info.compress_size == info.file_size and (is_known or _is_blob(info.filename))


def _is_blob(name: str) -> bool:
    return _BLOB.fullmatch(name) is not None


def _manifest(path: Path, told: bytes) -> Manifest:
    found: Any = json.loads(told)
    if _whole(found["fmt"]) > FORMAT:
        raise Refused(f"“{path.name}”是更新版本的程序做的，这里还读不了。", hint="请先升级本程序。")
    members = {
        name: (_whole(size), _match(_HASH, digest))
        for name, (size, digest) in found["members"].items()
    }
    if PAYLOAD not in members:
        raise damaged(path)
    texts = {name: _match(form, found[name]) for name, form in _FORMS.items()}
    return Manifest(
        **texts, changes=_whole(found["changes"]), members=members, fmt=_whole(found["fmt"])
    )


def _match(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError(text)
    return text


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise ValueError(value)
    return value


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return _digest(file)[1]


def _digest(file: IO[bytes]) -> tuple[int, str]:
    found, size = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        found.update(block)
        size += len(block)
    return size, found.hexdigest()


def _drop_cache(descriptor: int) -> None:
    """Have the next reading come from the disk, where the system can be told so."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        advise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _quietly() -> Generator[None]:
    """A stick that is gone has no file to be removed."""
    try:
        yield
    except OSError:
        return
