"""What a register's list reads of the office: at once, or in a thread where it is long."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from deputydesk.exchange import xlsx
from deputydesk.office import Office
from deputydesk.operations import listing
from deputydesk.operations.listing import Wanted
from deputydesk.progress import Progress
from deputydesk.rules.cell_filters import Arrangement
from deputydesk.ui.columns import Column, Row
from deputydesk.ui.list_memory import View
from deputydesk.ui.paged_rows import Said, Source
from deputydesk.ui.register import Paged

COUNTED_AT_ONCE = 20_000
"""The parts of a longer list are counted by a thread, and its saved views are not."""


def source_of(
    office: Office, paged: Paged[Row], wanted: Wanted, size: int, *, with_counts: bool
) -> Source[Row]:
    """The records of a register that are looked for.

    Args:
        office: the office.
        paged: how the register is read.
        wanted: what is looked for.
        size: how many records its year has.
        with_counts: whether what each part has is counted along.
    """
    return Source(
        size,
        lambda arrangement, limit: office.ask(
            listing.ids, paged.listing, replace(wanted, arrangement=arrangement), limit
        ),
        partial(office.ask, paged.read),
        frozenset(paged.listing.columns),
        partial(_said_of, office, paged, wanted, with_counts=with_counts),
        key=wanted,
    )


def _said_of(
    office: Office,
    paged: Paged[Row],
    wanted: Wanted,
    arrangement: Arrangement,
    *,
    with_counts: bool,
) -> Said:
    asked = replace(wanted, arrangement=arrangement)
    totals = office.ask(listing.totals, paged.listing, asked)
    counts = office.ask(listing.counts, paged.listing, wanted).values() if with_counts else None
    text = paged.summary(totals) if totals.count else ""
    return Said(text, None if counts is None else tuple(counts))


def counted(
    office: Office, paged: Paged[Row], view: View, words: Sequence[str], size: int
) -> int | None:
    """How many records a saved view has; None if SQL cannot say or the list is long."""
    arrangement = Arrangement(view.filters)
    if size > COUNTED_AT_ONCE or not arrangement.columns <= paged.listing.columns.keys():
        return None
    part = view.part if view.part in paged.listing.parts else ""
    wanted = Wanted(office.clock().date(), view.year, part, tuple(words), arrangement)
    return office.ask(listing.totals, paged.listing, wanted).count


def write_rows(
    to: Path,
    title: str,
    columns: Sequence[Column[Row]],
    read: Callable[[], Sequence[Row]],
    progress: Progress,
) -> None:
    """Write rows to an Excel file as a list shows them; `read` gives them."""
    rows = [[column.text(row) for column in columns] for row in read()]
    headings = [column.title.replace("\n", "") for column in columns]
    xlsx.write(to, title, headings, rows, progress)
