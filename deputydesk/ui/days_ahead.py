"""What the first page will show on the days to come, kept as long as nobody writes.

The page follows from the data and the day alone. At closing it is read for today and the days
after, and kept with the mark that SQLite leaves in a file at every change. A start that finds the
file with that mark shows what was kept: it is what reading would give, without reading.
"""

import json
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import deputydesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from deputydesk.office import Office

FILE = "days.json"
DAYS = 5
"""Today and a long weekend."""
LONGEST = 1.5
"""Seconds after which closing waits for no further day."""
COUNTERS = slice(24, 28), slice(92, 100)
"""Bytes of the file's head: how often it was changed, and by what (SQLite's file format, 1.3)."""


def mark(path: Path) -> list[int | str] | None:
    """What tells this state of a data file from every other; None while it is half written."""
    journal = path.with_name(path.name + "-journal")
    try:
        if journal.exists() and journal.stat().st_size:
            return None
        with path.open("rb") as file:
            head = file.read(100)
        about = path.stat()
    except OSError:
        return None
    counted = [head[part].hex() for part in COUNTERS]
    return [deputydesk.__version__, about.st_size, about.st_mtime_ns, *counted]


def keep(office: "Office", folder: Path) -> None:
    """Read the first page of the days to come, and keep it; nothing else writes afterwards."""
    from deputydesk.late import asdict
    from deputydesk.ui.pages import today

    path, clock = office.data.path, office.clock
    state = mark(path) if path else None
    if state is None:
        return
    first, began, days = clock().date(), time.monotonic(), dict[str, Any]()  # Any: JSON
    try:
        for number in range(DAYS):
            day = first + timedelta(days=number)
            office.clock = _morning(day)
            days[day.isoformat()] = asdict(today.read(office))
            if time.monotonic() - began > LONGEST:
                break
    finally:
        office.clock = clock
    _write(folder, {"mark": state, "days": days})


def recall(office: "Office", folder: Path) -> dict[str, Any] | None:  # Any: the page's own JSON
    """What the first page shows today, if nothing was written since it was kept."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        known, days = told["mark"], told["days"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    path = office.data.path
    state = mark(path) if path else None
    if state is None or state != known:
        return None
    return days.get(office.clock().date().isoformat())


def forget(folder: Path) -> None:
    """Keep nothing: one signs in here now."""
    (folder / FILE).unlink(missing_ok=True)


def _morning(day: date) -> "Callable[[], datetime]":
    return lambda: datetime(day.year, day.month, day.day, 9)


def _write(folder: Path, told: dict[str, Any]) -> None:  # Any: JSON
    part = folder / (FILE + ".part")
    try:
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        part.replace(folder / FILE)
    except OSError:
        return  # the next start reads, nothing else
