"""Taking in a block of records that was pasted: all of it, or word of what is wrong with which."""

from collections.abc import Sequence

from deputydesk.office import Office
from deputydesk.operations import batches
from deputydesk.operations.batches import Fault, Refused, Save, Values
from deputydesk.progress import SILENT, Progress


def take(
    office: Office, save: Save, rows: Sequence[Values], what: str, progress: Progress = SILENT
) -> tuple[Fault, ...]:
    """Register these records in one step; returns why some cannot be, and none is then."""
    try:
        office.do(batches.register, save=save, rows=tuple(rows), what=what, progress=progress)
    except Refused as refused:
        return refused.faults
    return ()


def change(
    office: Office, save: Save, rows: Sequence[Values], what: str, progress: Progress = SILENT
) -> int:
    """Change these records in one step; returns how many.

    Raises:
        Refused: one cannot be changed so; none is then.
    """
    office.do(batches.change, save=save, rows=tuple(rows), what=what, progress=progress)
    return len(rows)
