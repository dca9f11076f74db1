"""The demo office's own day: it stays there, or all its work would be years overdue."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

MARK = "demo.json"
"""A file beside the demo's data: says which day it is there."""


def on(day: date, clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """A clock that shows the time of `clock` on one day."""

    def now() -> datetime:
        return datetime.combine(day, clock().time())

    return now


def mark(folder: Path, day: str) -> None:
    """Say that the office in a folder lives on this day (ISO)."""
    (folder / MARK).write_text(json.dumps({"today": day}), encoding="utf-8")


def clock_for(folder: Path, clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """The clock of the office in a folder: the demo's own day, or today."""
    kept = folder / MARK
    if not kept.exists():
        return clock
    return on(date.fromisoformat(json.loads(kept.read_text(encoding="utf-8"))["today"]), clock)
