"""How each form was printed last on this PC, so that it need not be chosen again.

By how much a paper must be moved depends on the printer too: each draws the sheet in another way.
"""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, cast

FILE = "printing.json"
_MOVES = "moves"


@dataclass(frozen=True)
class PrintSettings:
    """What stays from one printing of a form to the next; copies and pages do not.

    Args:
        printer: its name; the usual one if empty.
        sides: "one", "long" (turned as a book) or "short" (turned as a calendar).
        scale: "actual", or "a4" to shrink what is larger than A4.
        is_grey: without colour.
        right: how many mm everything moves to the right, as the test page shows it must.
        down: likewise downwards.
    """

    printer: str = ""
    sides: str = "one"
    scale: str = "actual"
    is_grey: bool = False
    right: float = 0.0
    down: float = 0.0


def load(folder: Path, form: str) -> PrintSettings:
    """How the form was printed last; the usual if it never was, or the file is damaged."""
    told = _read(folder).get(form)
    usual = asdict(PrintSettings())
    if isinstance(told, dict):
        for name, value in usual.items():
            if isinstance(told.get(name), type(value)):  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # whatever the file holds
                usual[name] = told[name]
    return PrintSettings(**usual)


def moved(folder: Path, form: str, printer: str) -> tuple[float, float]:
    """How many mm to the right and down the form must be moved on this printer, as kept last."""
    right, down = _moves(_read(folder).get(form)).get(printer, (0.0, 0.0))
    return right, down


def _moves(told: Any) -> dict[str, list[float]]:  # Any: whatever the file holds
    moves = cast("dict[str, Any]", told).get(_MOVES) if isinstance(told, dict) else None
    known = cast("dict[str, Any]", moves) if isinstance(moves, dict) else {}  # Any: as above
    return {
        name: pair
        for name, pair in known.items()
        if isinstance(pair, list) and [type(mm) for mm in cast("list[object]", pair)] == [float] * 2
    }


def save(folder: Path, form: str, settings: PrintSettings) -> None:
    """Keep them; a disk that refuses costs only the memory of them."""
    known = _read(folder)
    before = known.get(form)
    moves = _moves(before) | {settings.printer: [settings.right, settings.down]}
    known[form] = {each.name: getattr(settings, each.name) for each in fields(settings)}
    known[form][_MOVES] = moves
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{FILE}.part"
        part.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(folder / FILE)
    except OSError:
        return


def _read(folder: Path) -> dict[str, Any]:  # Any: whatever the file holds
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", told) if isinstance(told, dict) else {}  # Any: as above
