"""Points of 252 deputies at the size of a district's ten years, against SQL that reads the rows.

The floor is sqlite3 itself fetching the very rows that the points are worked out from, by the very
query, and doing nothing with them. The rules are a published scheme, whose caps are by the year:
the board of a third quarter reads nine months.
"""

import gc
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy.dialects import sqlite

from benchmarks import _district
from benchmarks._measure import Target, interleaved, table, targets, timed
from deputydesk.office import Office
from deputydesk.operations import duty, point_quarters, point_rows, point_schemes, points
from deputydesk.rules.duty import DutyKind
from deputydesk.rules.point_schemes import published
from deputydesk.rules.quarters import Quarter

ROUNDS = 21
FLOOR, BOARD = "plain SQL reads the rows", "board of the quarter"
ENTRIES, CLOSED = "entries of one deputy", "a closed board"
QUARTER = Quarter(2026, 3)
YEARS = (date(2017, 1, 1), date(2026, 12, 31))


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(_district.create(folder)) as office:
            _adopt(office)
            gc.collect()
            gc.freeze()  # what making the district left is no part of reading it
            with closing(sqlite3.connect(f"file:{folder}/office.db?mode=ro", uri=True)) as plain:
                _compare(office, plain)


def _adopt(office: Office) -> None:
    first = published()[0]
    office.do(point_schemes.save, name=first.name, valid_from=YEARS[0], scheme=first.scheme)
    office.do(point_quarters.close, quarter=QUARTER.before, leave_unverified=True)


def _compare(office: Office, plain: sqlite3.Connection) -> None:
    kinds = frozenset(k for item in published()[0].scheme.items for k in item.kinds)
    asked = duty.brief_query(kinds).params(first=QUARTER.so_far[0].first, last=QUARTER.last)
    query = str(asked.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))

    def read() -> int:
        return len(plain.execute(query).fetchall())

    deputy = office.ask(points.board, QUARTER).rows[0].id

    def board() -> object:
        return office.ask(points.board, QUARTER)

    def closed() -> object:
        return office.ask(points.board, QUARTER.before)

    def entries() -> object:
        return office.ask(point_rows.entries, QUARTER, deputy_id=deputy)

    runs = (timed(FLOOR, read), timed(BOARD, board), timed(ENTRIES, entries), timed(CLOSED, closed))
    results = interleaved(runs, rounds=ROUNDS, warm=3)
    everything = len(
        office.ask(duty.briefs, first=YEARS[0], last=YEARS[1], kinds=frozenset(DutyKind))
    )
    rows = len(office.ask(points.board, QUARTER).rows)
    print(
        f"\nPoints of {rows} deputies, {read():,} entries of nine months out of {everything:,};"
        f" medians of {ROUNDS} rounds"
    )
    table(results, FLOOR)
    targets(
        [
            Target(
                "board of the quarter against plain SQL, CPU", results.ratio(BOARD, FLOOR, "cpu"), 2
            ),
            Target("board of the quarter, CPU", results.median(BOARD).cpu * 1000, 150, " ms"),
            Target("entries of one deputy, CPU", results.median(ENTRIES).cpu * 1000, 150, " ms"),
        ]
    )


if __name__ == "__main__":
    main()
