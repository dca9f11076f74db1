"""How many records of each kind a bundle brought."""

from dataclasses import dataclass

from deputydesk.journal.intake import Intake
from deputydesk.models.base import Record


@dataclass(frozen=True)
class KindCount:
    """How many records of a kind came, were changed and were deleted."""

    kind: type[Record]
    new: int
    changed: int
    deleted: int


def counted(taking: Intake) -> tuple[KindCount, ...]:
    """How many by kind, most first."""
    found = [
        KindCount(
            kind,
            taking.tables[name, "I"],
            taking.tables[name, "U"] + taking.tables[name, "R"],
            taking.tables[name, "D"] + taking.tables[name, "X"],
        )
        for kind in taking.kinds
        for name in [kind.__tablename__]
    ]
    return tuple(sorted(found, key=_most_first))


def _most_first(count: KindCount) -> tuple[int, str]:
    return (-count.new - count.changed - count.deleted, count.kind.title)
