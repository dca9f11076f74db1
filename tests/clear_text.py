"""Whether files say a word to whoever looks into them without a password."""

from collections.abc import Iterable
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode-escape")
"""As SQLite, JSON, Windows and old programs write Chinese."""


def saying(folder: Path, *words: str) -> list[str]:
    """The files below a folder that say one of these words, or are named so."""
    wanted = [word.encode(encoding) for word in words for encoding in ENCODINGS]
    return sorted(str(file.relative_to(folder)) for file in _files(folder) if _says(file, wanted))


def _files(folder: Path) -> Iterable[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def _says(file: Path, wanted: Iterable[bytes]) -> bool:
    content = file.name.encode() + b"\n" + file.read_bytes()
    return any(word in content for word in wanted)
