"""An erasing that was cut off after the database kept it: the next start goes on with it.

What it has to look for then is what the person was called: so it is written down beside the data
until the last page that says it is gone, which it was on until then anyway.
"""

import json
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from deputydesk.database import disk_faults, sync_file, sync_folder
from deputydesk.errors import UserError
from deputydesk.operations.erasing import Erased

FILE = "erasing.json"
Note = Callable[[Erased], None]
"""Notes what is being erased."""


@contextmanager
def noting(folder: Path) -> Generator[Note]:
    """Note an erasing before the database keeps it; were it refused, the note is as it was."""
    before = noted(folder)

    def add(erased: Erased) -> None:
        _keep(folder, [*before, erased])

    try:
        yield add
    except BaseException:
        _keep(folder, before)
        raise


def done(folder: Path, erased: Erased) -> None:
    """Nothing is to be done about an erasing any more."""
    _keep(folder, [one for one in noted(folder) if one.ids != erased.ids])


def noted(folder: Path) -> list[Erased]:
    """What was erased and may still be found in files of this PC."""
    try:
        told: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return [_erased(one) for one in told]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _keep(folder: Path, erased: Iterable[Erased]) -> None:
    """Write the note; a disk that refuses does not keep anything from being erased."""
    to = folder / FILE
    with suppress(UserError), disk_faults(to):
        told = [asdict(one) for one in erased]
        if not told:
            to.unlink(missing_ok=True)
            return
        part = to.with_name(to.name + ".part")
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        sync_file(part)
        part.replace(to)
        sync_folder(folder)


def _erased(told: dict[str, Any]) -> Erased:
    named = {name: tuple(told[name]) for name in ("words", "digests", "ids")}
    return Erased(since=str(told["since"]), left=(), **named)
