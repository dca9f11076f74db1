"""Many files into a folder: all of them, or none when something is in the way."""

import re
import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from deputydesk.database import disk_faults

_UNNAMEABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 80
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for itself."""


class Files:
    """Gives names to the files of a folder, each once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def name(self, wished: str, suffix: str = ".pdf") -> str:
        """A file name for these words: 王伟.pdf, the next one 王伟（2）.pdf."""
        plain = _UNNAMEABLE.sub(" ", wished).strip(" .")[:_LONGEST] or "未命名"
        if _RESERVED.fullmatch(plain):
            plain = f"_{plain}"
        name, number = plain, 1
        while name.casefold() in self._given:
            number += 1
            name = f"{plain}（{number}）"
        self._given.add(name.casefold())
        return name + suffix


@contextmanager
def filling(folder: Path) -> Generator[Path]:
    """A place to write files, which come into the folder together when all are written.

    Raises:
        UserError: the folder cannot be made or written to, or the disk is full; the folder is as
            it was.
    """
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=".deputydesk-", dir=folder))
    try:
        yield place
        with disk_faults(folder):
            _bring(sorted(place.iterdir()), folder, Path(tempfile.mkdtemp(dir=place)))
        made = []
    finally:
        shutil.rmtree(place, ignore_errors=True)
        with suppress(OSError):
            for one in made:
                one.rmdir()


def _bring(files: Sequence[Path], folder: Path, aside: Path) -> None:
    """Move files into a folder, those in their place aside; if one cannot, put all back."""
    try:
        for file in files:
            there = folder / file.name
            if there.is_file():
                there.replace(aside / file.name)
            file.replace(there)
    except OSError:
        for file in files:
            there, old = folder / file.name, aside / file.name
            with suppress(OSError):
                if not file.exists():
                    there.unlink()
                if old.exists():
                    old.replace(there)
        raise
