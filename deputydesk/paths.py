"""Where the program's own files and the office's data are."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
PORTABLE = "portable.flag"
"""Stands beside the program that runs from a stick."""

WORKING = "exchange-"
"""How folders beside the data begin that hold what is sent or received while it lies unsealed."""
REHEARSAL = "rehearsal-"
"""How folders beside a backup are called in which it is tried whether it can be put back."""


def resource(name: str) -> Path:
    """The file `name` of the program's resources, from source, wheel or frozen app."""
    beside = _PACKAGE.parent / "resources" / name
    return beside if beside.exists() else _PACKAGE / "resources" / name


def is_installed() -> bool:
    """Whether this is the program as it is given to offices, with its own Python."""
    return bool(getattr(sys, "frozen", False))


def data_folder() -> Path:
    """The folder that holds the office's data unless another is named.

    `DEPUTYDESK_DATA` names another. A program that runs from a stick (`portable.flag` beside it)
    keeps the data beside it. Windows: the user's local AppData; else XDG.
    """
    if named := os.environ.get("DEPUTYDESK_DATA"):
        return Path(named)
    if is_installed() and (flag := Path(sys.executable).with_name(PORTABLE)).exists():
        return flag.with_name("data")
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "DeputyDesk"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "deputydesk"


def shared_folder() -> Path | None:
    """The folder that every user of this PC may write to; None where the system has none.

    `DEPUTYDESK_SHARED` names one.
    """
    if named := os.environ.get("DEPUTYDESK_SHARED"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "DeputyDesk"
    return None


def memory_of(data: Path) -> Path:
    """Where this PC remembers what it must not forget of a data file, and not in the file itself.

    A file in its user's own folder is opened by nobody else. One that lies elsewhere may be opened
    by several users of the PC: they must remember the same.
    """
    own, shared = data_folder(), shared_folder()
    if shared is None or data.resolve().is_relative_to(own.resolve()):
        return own
    return shared if _is_for_all(shared) else own


def _is_for_all(folder: Path) -> bool:
    """Make a folder that all users may write to, if it is not there; whether we may."""
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            _open_to_all(folder)
        probe = folder / f"{os.getpid()}.probe"
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


if sys.platform == "win32":  # pragma: no cover - the other system's branch
    _USERS = "*S-1-5-32-545:(OI)(CI)M"
    """Every user of the PC may change what is in it, whoever made it."""

    def _open_to_all(folder: Path) -> None:
        import subprocess  # once in the life of a PC: not at every start

        command = ["icacls", str(folder), "/grant", _USERS]
        quiet = subprocess.CREATE_NO_WINDOW
        subprocess.run(command, capture_output=True, check=False, creationflags=quiet)  # noqa: S603 - the system's own
else:

    def _open_to_all(folder: Path) -> None:
        folder.chmod(0o777)


def key_file(data: Path) -> Path:
    """Where the key of an encrypted data file lies, wrapped by its password."""
    return data.with_name(data.name + ".key")


def attachments_folder(data: Path | None) -> Path:
    """Where the attachments of a data file lie; those of a server, in the data folder."""
    return (data.parent if data else data_folder()) / "attachments"


def content_in(folder: Path, digest: str) -> Path:
    """Where a content lies, or would lie, in a folder of attachments."""
    return folder / digest[:2] / digest
