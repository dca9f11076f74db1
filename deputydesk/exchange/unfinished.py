"""Files that were to be erased and would not go, held open by another program: done later.

So are contents that a killed program had written for records that it never kept.

What stays is listed beside the data, and tried again at the next erasing and at every start. The
list is written before the database keeps the erasing: were the power to go, the next start goes on.
"""

import json
import re
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from deputydesk.database import disk_faults, sync_file, sync_folder
from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.office import Office
from deputydesk.operations import attachments
from deputydesk.paths import attachments_folder

FILE = "unfinished.json"
ANY = -1
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class _Listed:
    """A file that is to go; one that was written since is another, and stays.

    Args:
        path: where it is, from the folder of the list.
        size: in bytes; `ANY` of one that was only about to be written.
        written: when, in nanoseconds; see size.
    """

    path: str
    size: int
    written: int


Add = Callable[[Iterable[Path]], None]
"""Puts files on the list."""


@contextmanager
def listing(office: Office) -> Generator[Add]:
    """List files while an erasing is written, to be removed once it is kept.

    Were the erasing refused, the list is as it was: a draft is nobody's to remove.
    """
    folder = attachments_folder(office.data.path).parent
    before = _listed(folder)

    def add(files: Iterable[Path]) -> None:
        if seen := list(_seen(folder, files)):
            _keep(folder, list(dict.fromkeys((*before, *seen))))

    try:
        yield add
    except BaseException:
        _keep(folder, before)
        raise


@contextmanager
def awaiting(office: Office, contents: Iterable[Path]) -> Generator[None]:
    """List contents before they are written, until the records that name them are kept.

    Were the program killed in between, the next start removes what no record names.
    """
    folder = attachments_folder(office.data.path).parent
    before = _listed(folder)
    fresh = [_Listed(_path(folder, file), ANY, ANY) for file in contents if not file.exists()]
    _keep(folder, list(dict.fromkeys((*before, *fresh))))
    try:
        yield
    finally:
        _keep(folder, before)


def remove(office: Office, files: Iterable[Path]) -> tuple[Path, ...]:
    """Remove files for good, and what is still listed; returns what would not go.

    They are listed before the first is removed: were the power to go, the next start goes on.
    """
    folder = attachments_folder(office.data.path).parent
    wanted = list(dict.fromkeys((*_listed(folder), *_seen(folder, files))))
    if not wanted:
        return ()
    _keep(folder, wanted)
    contents = [name for one in wanted if _DIGEST.fullmatch(name := Path(one.path).name)]
    named = office.ask(attachments.named, contents)  # somebody may have added the file anew
    left = [one for one in wanted if not _is_gone(folder / one.path, one, named)]
    _keep(folder, left)
    return tuple(folder / one.path for one in left)


def finish(office: Office) -> tuple[Path, ...] | None:
    """Remove what would not go before; returns what still stays, None if there was nothing."""
    folder = attachments_folder(office.data.path).parent
    return remove(office, ()) if (folder / FILE).is_file() else None


def rest(office: Office) -> tuple[Path, ...]:
    """What is still to be removed."""
    folder = attachments_folder(office.data.path).parent
    return tuple(folder / one.path for one in _listed(folder))


def sentence(left: Iterable[Path]) -> str:
    """What a person is told of files that would not go."""
    named = "、".join(f"“{file}”" for file in left)
    return (
        f"这些文件正被别的程序打开，还没有删掉：{named}。请关闭那个程序；本程序下次启动时接着删。"
    )


def _is_gone(file: Path, one: _Listed, named: set[str]) -> bool:
    """Remove a file; whether nothing more is to be done about it."""
    try:
        told = file.stat()
        is_same = one.size == ANY or (told.st_size, told.st_mtime_ns) == (one.size, one.written)
        if is_same and file.name not in named:
            file.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _seen(folder: Path, files: Iterable[Path]) -> Iterable[_Listed]:
    for file in files:
        with suppress(OSError):
            told = file.stat()
            yield _Listed(_path(folder, file), told.st_size, told.st_mtime_ns)


def _path(folder: Path, file: Path) -> str:
    inside = file.is_relative_to(folder)
    return (file.relative_to(folder) if inside else file.absolute()).as_posix()


def _listed(folder: Path) -> list[_Listed]:
    try:
        told: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return [_Listed(str(path), int(size), int(at)) for path, size, at in told]
    except (OSError, ValueError, TypeError):
        return []


def _keep(folder: Path, wanted: list[_Listed]) -> None:
    """Write the list; where the disk refuses, a person is told the files' names all the same."""
    to = folder / FILE
    with suppress(UserError), disk_faults(to):
        if not wanted:
            to.unlink(missing_ok=True)
            return
        part = to.with_name(to.name + ".part")
        told = [[one.path, one.size, one.written] for one in wanted]
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        sync_file(part)
        part.replace(to)
        sync_folder(folder)
