"""Whether this copy of the data is still the one that was here: else it takes a new name.

A backup that was put back, a file copied to another PC or folder, a disk image: each would go on
writing under the name of the first, and two changes would bear the same number. So the folder of
this PC remembers how far each name had come, and on which machine and path.
"""

import json
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.database import disk_faults, sync_file, sync_folder
from deputydesk.errors import UserError
from deputydesk.journal.log import SYNC_FEED, SYNC_SELF
from deputydesk.office import Office, Right, Tx, operation
from deputydesk.paths import data_folder, memory_of

FILE = "device.json"
SERVER = "postgresql:"
"""The place of data on a server, whatever its address is called from here."""


@dataclass(frozen=True)
class _Place:
    """Where a copy of the data was, and how far its own feeds had come."""

    machine: str
    path: str
    feeds: dict[str, int]


def recognise(office: Office, folder: Path | None = None) -> bool:
    """Have the data take a new name if it is not the copy that was here; whether it did.

    A server's data has one place, whoever opens it: it keeps its name, but when it was put back
    from a copy of before, as any PC sees that was there since.

    Args:
        office: just opened.
        folder: of what this PC remembers; that of the data's users if None.
    """
    known, now = _here(office)
    before = _remembered(folder or _memory(office)).get(known)
    if before is None:
        is_it = office.data.path is None
    else:
        is_there = (before.machine, before.path) == (now.machine, now.path)
        is_it = is_there and all(s <= now.feeds.get(feed, 0) for feed, s in before.feeds.items())
    if not is_it:
        office.do(renew)
    note(office, folder)
    return not is_it


def note(office: Office, folder: Path | None = None) -> None:
    """As `remember`; a disk that refuses costs a new name the next time."""
    with suppress(UserError):
        remember(office, folder)


def remember(office: Office, folder: Path | None = None) -> None:
    """Write down how far this copy has come, before anybody else is told.

    Raises:
        UserError: the disk refused.
    """
    _keep(folder or _memory(office), *_here(office))


def expect(data: Path, known: str, folder: Path | None = None) -> None:
    """Write down that a file that nobody has open goes by a new name: it need not take another."""
    with suppress(UserError):
        _keep(folder or memory_of(data), known, _Place(machine(), str(data.resolve()), {}))


def _keep(folder: Path, known: str, place: _Place) -> None:
    """One name for each file: what bears another name there was set back."""
    gone = {place.path} - {SERVER}  # there may be several
    others = {key: one for key, one in _remembered(folder).items() if one.path not in gone}
    told = {key: one.__dict__ for key, one in (others | {known: place}).items()}
    part = folder / (FILE + ".part")
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        sync_file(part)
        part.replace(folder / FILE)
        sync_folder(folder)


@operation(Right.ENTER, "更换设备标识", can_undo=False)
def renew(tx: Tx) -> None:
    """Write under a new name from now on; others are told with the next bundle."""
    from deputydesk.operations import partners  # with the keys' libraries: not at every start

    partners.renew(tx)


def _memory(office: Office) -> Path:
    return memory_of(office.data.path) if office.data.path else data_folder()


def _here(office: Office) -> tuple[str, _Place]:
    """The name of this copy, and where it is."""
    known, feeds = office.ask(_known)
    if office.data.path:
        return known, _Place(machine(), str(office.data.path.resolve()), feeds)
    return known, _Place("", SERVER, feeds)


def name(office: Office) -> str:
    """The name of this copy of the data in the log."""
    return office.ask(_name)


def _name(session: Session) -> str:
    return session.scalars(select(SYNC_SELF.c.device)).one()


def _known(session: Session) -> tuple[str, dict[str, int]]:
    """The name, and how far its feeds have come."""
    known = _name(session)
    found = session.execute(select(SYNC_FEED).where(SYNC_FEED.c.feed.startswith(f"{known}.")))
    return known, {row.feed: int(row.seq) for row in found}


def _remembered(folder: Path) -> dict[str, _Place]:
    try:
        told: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {name: _Place(**place) for name, place in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


if sys.platform == "win32":  # pragma: no cover - the other system's branch
    import winreg

    def machine() -> str:
        """What tells this PC from others: set up anew when Windows is."""
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
else:

    def machine() -> str:
        """What tells this PC from others: set up anew when the system is."""
        for name in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
            with suppress(OSError):
                if found := Path(name).read_text(encoding="ascii").strip():
                    return found
        return f"{uuid.getnode():x}"
