"""What this PC keeps beside encrypted data is sealed as well: drafts of what was typed.

Where the data is not encrypted, all this does nothing.
"""

import hashlib
import hmac
import shutil
from contextlib import suppress
from pathlib import Path

DRAFTS = "drafts"
LEFT = ("opened", "preview", "days.json", "last.json")
"""What a day's work leaves in the folder, in words that everybody can read."""
_key: list[bytes] = []


def hang(key: bytes | None) -> None:
    """Seal what is kept from now on with a key made of the data's; None: seal nothing."""
    _key[:] = [hmac.new(key, b"drafts", hashlib.sha256).digest()] if key else []


def change(key: bytes | None, folder: Path) -> None:
    """As `hang`, where drafts lie from before: who typed them finds them again."""
    kept = {file: text for file in (folder / DRAFTS).glob("*.json") if (text := _readable(file))}
    hang(key)
    for file, text in kept.items():
        part = file.with_suffix(".part")
        with suppress(OSError):
            part.write_text(sealed(text), encoding="utf-8")
            part.replace(file)


def _readable(file: Path) -> str:
    try:
        return unsealed(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # sealed with a key that is not known
        return ""


def is_hung() -> bool:
    """Whether the data is encrypted."""
    return bool(_key)


def sealed(text: str) -> str:
    """A text as it may lie on the disk."""
    if not _key:
        return text
    from deputydesk.security import passwords  # its cryptography costs time, at every start

    return passwords.seal(_key[0], text.encode())


def unsealed(text: str) -> str:
    """What was sealed, or lies there from before.

    Raises:
        ValueError: it was sealed with another key.
    """
    if not text.startswith("sealed:"):
        return text
    if not _key:
        raise ValueError(text[:7])
    from deputydesk.security import passwords  # as above

    return passwords.unseal(_key[0], text).decode()


def sweep(folder: Path) -> None:
    """Remove what lies there from before the data was encrypted; what is in use stays.

    Drafts are no such thing: `change` seals them.
    """
    for name in LEFT:
        with suppress(OSError):
            shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink()
