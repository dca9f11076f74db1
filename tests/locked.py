"""Encrypted offices for tests; each office's own key is made once and copied."""

import shutil
from pathlib import Path

from deputydesk.database import data_keys
from deputydesk.office import Office
from deputydesk.paths import key_file
from tests import make

PASSWORD = "风调雨顺 2026"
DIGITS = "0123456789" * 4
"""Of the paper in the safe."""


def created(folder: Path) -> Path:
    """An encrypted data file with nothing in it; unlocked."""
    folder.mkdir(parents=True, exist_ok=True)
    data_keys.prepare(folder / "office.db", PASSWORD)
    make.empty_office(folder).close()
    return folder / "office.db"


def copied(original: Path, folder: Path) -> Path:
    """A copy of an encrypted data file with its key."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(key_file(original), key_file(folder / "office.db"))
    return Path(shutil.copyfile(original, folder / "office.db"))


def opened(original: Path, folder: Path) -> Office:
    """The office on a copy of a data file, unlocked."""
    path = copied(original, folder)
    data_keys.unlock(path, PASSWORD)
    return Office.open(path, clock=make.at(), user=make.CLERK)
