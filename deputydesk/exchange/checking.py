"""Everything of an office that can be held against what it was: records, files, frozen papers."""

from deputydesk.exchange import attachments
from deputydesk.journal.check import Fault
from deputydesk.models import Dispatch, PointQuarter
from deputydesk.office import Office
from deputydesk.operations import dispatches, point_quarters
from deputydesk.progress import SILENT, Progress


def faults(office: Office, progress: Progress = SILENT, *, deep: bool = True) -> list[Fault]:
    """All that is not as it should be; empty when all is well.

    Args:
        office: the office.
        progress: told of each attachment.
        deep: read the attachments through; else only look for the files and their sizes.
    """
    return [
        *office.check(),
        *attachments.faults(office, progress, deep=deep),
        *(
            Fault(PointQuarter.__tablename__, sentence)
            for sentence in office.ask(point_quarters.check)
        ),
        *(
            Fault(Dispatch.__tablename__, f"{row.name}的台账快照与校验值不符，可能被改动过。")
            for row in office.ask(dispatches.rows)
            if not row.is_intact
        ),
    ]
