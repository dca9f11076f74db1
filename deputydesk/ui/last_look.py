"""What the window showed last: painted at the next start before the office has arrived."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deputydesk.ui.main_window import MainWindow

LAST = "last.json"


def read(folder: Path) -> dict[str, Any]:  # Any: JSON
    """What the window showed when it was last closed."""
    try:
        told = json.loads((folder / LAST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}  # pyright: ignore[reportUnknownVariableType]  # JSON


def keep(folder: Path, window: "MainWindow", *, is_secret: bool) -> None:
    """Keep what is painted before the office has arrived; nothing of it where one signs in."""
    told = {"organ": window.organ, "page": None if is_secret else window.remember()}
    part = folder / (LAST + ".part")
    try:
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        part.replace(folder / LAST)
    except OSError:
        return  # the next start is a blink slower, nothing else
