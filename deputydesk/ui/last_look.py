"""What the window showed last: painted at the next start before the office has arrived."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.late import dataclass

if TYPE_CHECKING:
    from deputydesk.ui.main_window import MainWindow

LAST = "last.json"


@dataclass(frozen=True)
class LastLook:
    """How the window looked when it was last closed.

    Args:
        organ: whose desk it was.
        named: the pages that its navigation named: none shall move when the office arrives.
        page: what the first page showed, as that page itself told it.
    """

    organ: str = ""
    named: tuple[str, ...] = ()
    page: dict[str, Any] | None = None  # Any: JSON


NEVER = LastLook()


def read(folder: Path) -> LastLook:
    """How the window looked when it was last closed."""
    try:
        told = json.loads((folder / LAST).read_text(encoding="utf-8"))
        return LastLook(str(told.get("organ", "")), tuple(told.get("named", ())), told.get("page"))
    except (OSError, ValueError, TypeError, AttributeError):
        return NEVER


def keep(folder: Path, window: "MainWindow", *, is_secret: bool) -> None:
    """Keep what is painted before the office has arrived; nothing of it where one signs in."""
    page = None if is_secret else window.remember()
    told = {"organ": window.organ, "named": window.named, "page": page}
    part = folder / (LAST + ".part")
    try:
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        part.replace(folder / LAST)
    except OSError:
        return  # the next start is a blink slower, nothing else
