"""What this PC keeps beside encrypted data is sealed as well, with a key made of the data's.

Drafts of what was typed, views of lists, what is being erased. Where the data is not encrypted,
all this does nothing.
"""

import hashlib
import hmac
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

DRAFTS = "drafts"
LISTS, ERASING = "lists.json", "erasing.json"
"""Views of lists, which say what was looked for; whom an erasing was about."""
LEFT = ("opened", "preview", "days.json", "last.json")
"""What a day's work leaves in the folder, in words that everybody can read."""
_MARK = "sealed:"


@dataclass(frozen=True)
class Veil:
    """What seals a text, and opens it again.

    Args:
        key: made of the data's; empty: all lies in clear.
    """

    key: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, key: bytes | None) -> "Veil":
        """The veil of data that has this key; none or empty: it is not encrypted."""
        return cls(hmac.new(key, b"drafts", hashlib.sha256).digest()) if key else cls()

    def sealed(self, text: str) -> str:
        """A text as it may lie on the disk."""
        if not self.key:
            return text
        from deputydesk.security import passwords  # its cryptography costs time, at every start

        return passwords.seal(self.key, text.encode())

    def unsealed(self, text: str) -> str:
        """What was sealed, or lies there from before.

        Raises:
            ValueError: it was sealed with another key.
        """
        if not text.startswith(_MARK):
            return text
        if not self.key:
            raise ValueError(_MARK)
        from deputydesk.security import passwords  # as above

        return passwords.unseal(self.key, text).decode()

    def read(self, content: bytes) -> bytes:
        """What a file says, to be searched; one that cannot be opened says what it holds."""
        try:
            return self.unsealed(content.decode()).encode()
        except ValueError:
            return content


OPEN = Veil()
"""Of data that is not encrypted."""
_hung = [OPEN]


def hang(key: bytes | None) -> None:
    """Seal what the window keeps from now on with a key made of the data's; None: seal nothing."""
    _hung[0] = Veil.of(key)


def hung() -> Veil:
    """What seals the files of the window."""
    return _hung[0]


def change(key: bytes | None, folder: Path) -> None:
    """As `hang`, where files lie from before: who typed them finds them again."""
    before = hung()
    hang(key)
    with suppress(OSError):  # what stays as it is, is sealed at the next start
        reseal(folder, before, hung())


def is_hung() -> bool:
    """Whether the data is encrypted."""
    return bool(hung().key)


def reseal(folder: Path, before: Veil, now: Veil) -> None:
    """Write what lies in a folder as it may lie there now; what nobody can read stays.

    Were the power to go, each file is as it was or as it is to be, and the rest is done the next
    time.

    Args:
        folder: of the data.
        before: what sealed it; what lies in clear is read as well.
        now: what is to seal it.

    Raises:
        OSError: the disk refused one of them; the others are done.
    """
    refused: list[OSError] = []
    for file in _files(folder):
        try:
            _reseal(file, before, now)
        except OSError as error:
            refused.append(error)
    if refused:
        raise refused[0]


def _reseal(file: Path, before: Veil, now: Veil) -> None:
    told = file.read_text(encoding="utf-8", errors="replace")
    if _reads(now, told) and told.startswith(_MARK) == bool(now.key):
        return
    with suppress(ValueError):  # sealed with a key that is not known
        write(file, now.sealed(before.unsealed(told)))


def parts(folder: Path) -> Iterator[Path]:
    """What a killed program left of such files in a folder, half written."""
    yield from (folder / DRAFTS).glob("*.part")
    yield from folder.glob("*.json.part")


def write(file: Path, told: str) -> None:
    """Write a file whole, by one rename.

    Raises:
        OSError: the disk refused; the file is as it was.
    """
    part = file.with_name(file.name + ".part")
    with part.open("w", encoding="utf-8") as opened:
        opened.write(told)
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(file)


def sweep(folder: Path) -> None:
    """Remove what lies there from before the data was encrypted; what is in use stays.

    Drafts are no such thing: they are sealed.
    """
    for name in LEFT:
        remove(folder / name)


def remove(what: Path) -> None:
    """Remove a file, or a folder with all that is in it; what is in use stays."""
    with suppress(OSError):
        shutil.rmtree(what) if what.is_dir() else what.unlink()


def _files(folder: Path) -> Iterator[Path]:
    for file in (*(folder / DRAFTS).glob("*.json"), folder / LISTS, folder / ERASING):
        if file.is_file():
            yield file


def _reads(veil: Veil, told: str) -> bool:
    try:
        veil.unsealed(told)
    except ValueError:
        return False
    return True
