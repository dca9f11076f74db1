"""Where the program's own files and the office's data are."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
PORTABLE = "portable.flag"
"""Stands beside the program that runs from a stick."""


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


def attachments_folder(data: Path | None) -> Path:
    """Where the attachments of a data file lie; those of a server, in the data folder."""
    return (data.parent if data else data_folder()) / "attachments"


def content_in(folder: Path, digest: str) -> Path:
    """Where a content lies, or would lie, in a folder of attachments."""
    return folder / digest[:2] / digest
