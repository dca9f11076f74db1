"""An erasing that was cut off after the database kept it: the next start goes on with it.

What it has to look for then is what the person was called: so it is written down beside the data
until the last page that says it is gone, which it was on until then anyway; sealed, if the data is.
"""

import json
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from deputydesk.database import disk_faults, sync_file, sync_folder
from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.operations.erasing import Erased
from deputydesk.paths import attachments_folder
from deputydesk.security.veil import ERASING, Veil

Note = Callable[[Erased], None]
"""Notes what is being erased."""


@contextmanager
def noting(office: Office) -> Generator[Note]:
    """Note an erasing before the database keeps it; were it refused, the note is as it was."""
    before = noted(office)

    def add(erased: Erased) -> None:
        _keep(office, [*before, erased])

    try:
        yield add
    except BaseException:
        _keep(office, before)
        raise


def done(office: Office, erased: Erased) -> None:
    """Nothing is to be done about an erasing any more."""
    _keep(office, [one for one in noted(office) if one.ids != erased.ids])


def noted(office: Office) -> list[Erased]:
    """What was erased and may still be found in files of this PC."""
    try:
        text = _file(office).read_text(encoding="utf-8")
        told: Any = json.loads(Veil.of(office.data.key).unsealed(text))
        return [_erased(one) for one in told]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _file(office: Office) -> Path:
    return attachments_folder(office.data.path).parent / ERASING


def _keep(office: Office, erased: Iterable[Erased]) -> None:
    """Write the note; a disk that refuses does not keep anything from being erased."""
    to = _file(office)
    with suppress(UserError), disk_faults(to):
        told = [asdict(one) for one in erased]
        if not told:
            to.unlink(missing_ok=True)
            return
        part = to.with_name(to.name + ".part")
        text = json.dumps(told, ensure_ascii=False)
        part.write_text(Veil.of(office.data.key).sealed(text), encoding="utf-8")
        sync_file(part)
        part.replace(to)
        sync_folder(to.parent)


def _erased(told: dict[str, Any]) -> Erased:
    named = {name: tuple(told[name]) for name in ("words", "digests", "ids")}
    return Erased(since=str(told["since"]), left=(), **named)
