"""A saved visit (checks, row, journal, fsync) against a bare SQLite INSERT + COMMIT.

Then what the journal costs for each row of a large action, against the ORM without it.
"""

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks._measure import Target, interleaved, table, targets, timed
from deputydesk.database.engines import PRAGMAS
from deputydesk.models import Visit
from deputydesk.models.base import office_scope
from deputydesk.models.choices import HomeLevel, Level
from deputydesk.office import Office, Right, Tx, User, operation
from deputydesk.operations import deputies, places, visits

NOW = datetime(2026, 11, 23, 9, 0)
ROUNDS = 101
ROWS = 500
ROW_ROUNDS = 11
FLOOR, SAVE = "bare INSERT + COMMIT", "visits.register, one deputy"
ORM, JOURNAL = f"{ROWS} rows through the ORM alone", f"{ROWS} rows in one operation"


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office.create(folder / "office.db", code="T1", clock=_now, user=User("张丽"))
        with (
            closing(office),
            closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare,
        ):
            _compare_saves(office, bare)
            print(f"  One fsync takes {_sync_ms(folder / 'sync'):.1f} ms here.")
            _compare_rows(office)


def _now() -> datetime:
    return NOW


def _compare_saves(office: Office, bare: sqlite3.Connection) -> None:
    runs = (timed(FLOOR, _inserter(bare)), timed(SAVE, _saver(office)))
    results = interleaved(runs, rounds=ROUNDS, warm=5)
    print(f"\nSaving a visit; medians of {ROUNDS} rounds, ratios to the bare insert")
    table(results, FLOOR)
    targets(
        [Target("saved visit against the bare insert, wall", results.ratio(SAVE, FLOOR, "wall"), 3)]
    )


def _sync_ms(file: Path) -> float:
    """What the disk takes to keep 4 KB: the ratio says little without it."""
    spent: list[float] = []
    with file.open("wb") as opened:
        for _ in range(25):
            opened.write(bytes(4096))
            opened.flush()
            began = time.perf_counter()
            os.fsync(opened.fileno())
            spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000


def _inserter(bare: sqlite3.Connection) -> Callable[[], None]:
    """Inserts one row, with the pragmas of the data file."""
    for pragma in PRAGMAS:
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("create table visit (id text primary key, held_on text, topic text)")
    numbers = iter(range(1_000_000))

    def insert() -> None:
        bare.execute("begin immediate")
        row = (f"T1-{next(numbers)}", "2026-11-20", "医保报销")
        bare.execute("insert into visit values (?, ?, ?)", row)
        bare.execute("commit")

    return insert


def _saver(office: Office) -> Callable[[], None]:
    """Registers one visit, as the entry form does."""
    home = office.do(places.add_home, name="代表之家", level=HomeLevel.TOWN)
    deputy = office.do(deputies.add, name="王伟", level=Level.TOWN)

    def save() -> None:
        office.do(
            visits.register,
            held_on=NOW.date(),
            home_id=home,
            deputy_ids=(deputy,),
            topic="医保报销",
        )

    return save


def _compare_rows(office: Office) -> None:
    def orm() -> None:
        scope = office_scope.set(office.code)
        with Session(office.data.engine) as session, session.begin():
            _add_visits(session)
        office_scope.reset(scope)

    def journal() -> None:
        office.do(_many_visits)

    results = interleaved((timed(ORM, orm), timed(JOURNAL, journal)), rounds=ROW_ROUNDS)
    print(f"\nThe journal's share; medians of {ROW_ROUNDS} rounds, ratios to the ORM alone")
    table(results, ORM)
    spent = results.median(JOURNAL).cpu - results.median(ORM).cpu
    print(f"\n  The journal takes {spent / ROWS * 1e6:.0f} µs of CPU for a row.")
    added = results.ratio(JOURNAL, ORM, "cpu") - 1
    targets([Target("what journal and index add, by the plain ORM insert, CPU", added, 1.2)])


@operation(Right.REGISTER, "登记多次来访")
def _many_visits(tx: Tx) -> None:
    _add_visits(tx.session)


def _add_visits(session: Session) -> None:
    session.add_all(Visit(held_on=NOW.date(), topic="医保报销") for _ in range(ROWS))


if __name__ == "__main__":
    main()
