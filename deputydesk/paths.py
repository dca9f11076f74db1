"""Where the program's own files and the office's data are."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The file `name` of the program's resources, from source, wheel or frozen app."""
    beside = _PACKAGE.parent / "resources" / name
    return beside if beside.exists() else _PACKAGE / "resources" / name


def data_folder() -> Path:
    """The folder that holds the office's data unless another is named.

    `DEPUTYDESK_DATA` names another; Windows: the user's local AppData; else XDG.
    """
    if named := os.environ.get("DEPUTYDESK_DATA"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "DeputyDesk"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "deputydesk"
