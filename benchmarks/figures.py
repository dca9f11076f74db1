"""All figures of ten years of a district, against plain SQL that counts the same rows.

The floor asks the same file through Python's own sqlite3, one hand-written statement a number; a
rate is two. Before anything is measured, every number must be the same.
"""

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from benchmarks import _district
from benchmarks._figure_sql import statements
from benchmarks._measure import Target, interleaved, table, targets, timed
from deputydesk.office import Office
from deputydesk.operations import cockpit, figures
from deputydesk.operations.figures import Dimension, Figure
from deputydesk.rules.periods import Span

ROUNDS = 7
PLAIN, CATALOGUE = "plain SQL, one statement a number", "the catalogue"
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
COCKPIT, ROWS, SPLIT = "the cockpit, all time", "500 rows of 100,000", "a rate by 252 deputies"


def main() -> None:
    """Print the table of all time, and of one year."""
    with tempfile.TemporaryDirectory() as name:
        office = _district.create(Path(name))
        with (
            closing(office),
            closing(sqlite3.connect(f"file:{name}/office.db?mode=ro", uri=True)) as bare,
        ):
            for said, span in (("ten years", None), ("one year of them", YEAR)):
                _compare(office, bare, said, span)


def _compare(office: Office, bare: sqlite3.Connection, said: str, span: Span | None) -> None:
    plain, asked = _plain(bare, span), _catalogue(office, span)
    _check(asked(), plain())
    runs = [timed(PLAIN, plain), timed(CATALOGUE, asked)]
    if span is None:
        runs += [
            timed(
                COCKPIT, lambda: office.ask(cockpit.board, span=None, today=_district.NOW.date())
            ),
            timed(ROWS, lambda: office.ask(figures.rows_of, "opinions.heard", limit=500)),
            timed(
                SPLIT, lambda: office.ask(figures.compare, "opinions.settled", by=Dimension.DEPUTY)
            ),
        ]
    results = interleaved(runs, rounds=ROUNDS)
    print(
        f"\nAll {len(figures.CATALOGUE)} figures of a district, {said}; medians of {ROUNDS} rounds"
    )
    table(results, PLAIN)
    ratio = results.ratio(CATALOGUE, PLAIN, "cpu")
    targets([Target(f"the catalogue against plain SQL, {said}, CPU", ratio, 2)])


def _catalogue(office: Office, span: Span | None) -> Callable[[], list[Figure]]:
    first, last = (span.first, span.last) if span else (None, None)
    return lambda: office.ask(figures.figures, first=first, last=last)


def _plain(bare: sqlite3.Connection, span: Span | None) -> Callable[[], dict[str, list[int]]]:
    asked = statements(span)
    return lambda: {
        ident: [bare.execute(sql).fetchone()[0] or 0 for sql in each]
        for ident, each in asked.items()
    }


def _check(found: list[Figure], plain: dict[str, list[int]]) -> None:
    """Both count the same, number for number."""
    assert {f.id for f in found} == set(plain), "the floor knows every figure"
    for figure in found:
        counted = figure.value if figure.numerator is None else figure.numerator
        numbers = [counted] if figure.denominator is None else [counted, figure.denominator]
        assert numbers == plain[figure.id], f"{figure.id}: {numbers}, plain {plain[figure.id]}"


if __name__ == "__main__":
    main()
