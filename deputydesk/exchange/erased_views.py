"""Saved views of lists that look for somebody who was erased: they go, the others stay."""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from deputydesk.security.veil import LISTS, Veil, write

_VIEWS = "views"


def remove(folder: Path, veil: Veil, words: Iterable[str]) -> None:
    """Remove the views that say one of these words; a file that cannot be read stays.

    Args:
        folder: where the window keeps its lists.
        veil: what that file is sealed with.
        words: what the person was called, ever.
    """
    file, wanted = folder / LISTS, list(words)
    with suppress(OSError, ValueError, AttributeError, TypeError):  # whatever the file holds
        told: Any = json.loads(veil.unsealed(file.read_text(encoding="utf-8")))
        kept = {name: _without(about, wanted) for name, about in told.items()}
        if kept != told:
            write(file, veil.sealed(json.dumps(kept, ensure_ascii=False, indent=1)))


def _without(about: Any, words: list[str]) -> Any:  # Any: JSON
    views = about.get(_VIEWS, [])
    return {**about, _VIEWS: [one for one in views if not _says(one, words)]} if views else about


def _says(view: Any, words: list[str]) -> bool:  # Any: JSON
    if isinstance(view, dict):
        return any(_says(one, words) for pair in view.items() for one in pair)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]  # JSON
    if isinstance(view, list):
        return any(_says(one, words) for one in view)  # pyright: ignore[reportUnknownVariableType]  # JSON
    return isinstance(view, str) and any(word in view for word in words)
