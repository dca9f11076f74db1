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

from deputydesk.journal import identity
from deputydesk.journal.log import SYNC_FEED, SYNC_SELF
from deputydesk.office import Office, Right, Tx, operation
from deputydesk.operations import partners

FILE = "device.json"


@dataclass(frozen=True)
class _Place:
    """Where a copy of the data was, and how far its own feeds had come."""

    machine: str
    path: str
    feeds: dict[str, int]


def recognise(office: Office, folder: Path) -> bool:
    """Have the data take a new name if it is not the copy that was here; whether it did.

    A server's data has one place, whoever opens it: it keeps its name.
    """
    if office.data.path is None:
        return False
    now = _here(office)
    before = _remembered(folder).get(_device(office))
    is_it = (
        before is not None
        and (before.machine, before.path) == (now.machine, now.path)
        and all(seq <= now.feeds.get(feed, 0) for feed, seq in before.feeds.items())
    )
    if not is_it:
        office.do(renew)
    remember(office, folder)
    return not is_it


def remember(office: Office, folder: Path) -> None:
    """Write down how far this copy has come; a disk that refuses costs a new name next time."""
    if office.data.path is None:
        return
    known = _remembered(folder) | {_device(office): _here(office)}
    told = {name: place.__dict__ for name, place in known.items()}
    part = folder / (FILE + ".part")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        part.replace(folder / FILE)


@operation(Right.REGISTER, "更换设备标识", can_undo=False)
def renew(tx: Tx) -> None:
    """Write under a new name from now on; others are told with the next bundle."""
    _, old = partners.myself(tx.session)
    identity.renew(tx.session)
    partners.note(tx, way=partners.RENEWED, office="", device=old, file="", bundle="", counts={})


def _here(office: Office) -> _Place:
    assert office.data.path, "a file"
    return _Place(machine(), str(office.data.path.resolve()), office.ask(_own_feeds))


def _device(office: Office) -> str:
    return office.ask(partners.myself)[1]


def _own_feeds(session: Session) -> dict[str, int]:
    device = session.scalars(select(SYNC_SELF.c.device)).one()
    found = session.execute(select(SYNC_FEED).where(SYNC_FEED.c.feed.startswith(f"{device}.")))
    return {row.feed: int(row.seq) for row in found}


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
