"""The secret of this PC: a copy of the data alone, as a backup is, opens no key that it sealed."""

import os
import secrets
from pathlib import Path

from deputydesk.database import disk_faults, sync_folder

FILE = "pc.key"
LENGTH = 32


def known(folder: Path) -> bytes | None:
    """The secret in a folder of this PC; None if there is none."""
    try:
        found = (folder / FILE).read_bytes()
    except OSError:
        return None
    return found if len(found) == LENGTH else None


def secret(folder: Path, *, is_shared: bool = False) -> bytes:
    """The secret in a folder of this PC, made if there is none.

    Args:
        folder: where it lies.
        is_shared: every user of the PC may read it; else only who made it.

    Raises:
        UserError: the disk refused.
    """
    if (found := known(folder)) is not None:
        return found
    made, mode = secrets.token_bytes(LENGTH), 0o644 if is_shared else 0o600
    part = folder / (FILE + ".part")
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(descriptor)
        part.replace(folder / FILE)
        sync_folder(folder)
    return made
