"""How long the pictures of pages are kept: what was counted and decided stays without them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.models import Attachment, ScanPage, ScanRun
from deputydesk.models.scan import RunState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import get


@dataclass(frozen=True)
class OldRun:
    """A run whose pictures may go."""

    id: str
    name: str
    booked_on: date
    pages: int
    size: int
    digests: tuple[str, ...]


def older(session: Session, last: date) -> list[OldRun]:
    """Runs booked on that day or before, which still have pictures."""
    runs = session.scalars(
        select(ScanRun)
        .where(
            ScanRun.state == RunState.BOOKED,
            ScanRun.booked_on <= last,
            ScanRun.thinned_on.is_(None),
        )
        .order_by(ScanRun.id)
    )
    found: list[OldRun] = []
    for run in runs:
        pictures = _pictures(session, run.id)
        found.append(
            OldRun(
                id=run.id,
                name=run.name,
                booked_on=run.booked_on or last,
                pages=len({picture.owner_id for picture in pictures}),
                size=sum(picture.size for picture in pictures),
                digests=tuple(picture.digest for picture in pictures),
            )
        )
    return found


def _pictures(session: Session, run_id: str) -> list[Attachment]:
    query = (
        select(Attachment)
        .join(ScanPage, ScanPage.id == Attachment.owner_id)
        .where(ScanPage.run_id == run_id, Attachment.digest != "")
    )
    return list(session.scalars(query))


@operation(Right.MANAGE, "删除到期扫描图像", instead="票数、认定、校验值和读票记录都还在。")
def thin(tx: Tx, *, run_ids: tuple[str, ...]) -> None:
    """Let the pictures of booked runs go; their check values stay in the log and with each page.

    Raises:
        UserError: a run is not booked yet.
    """
    for run_id in run_ids:
        run = get(tx.session, ScanRun, run_id)
        if run.state is not RunState.BOOKED:
            raise UserError(f"“{run.name}”还没有入账，图像不能删除。")
        for picture in _pictures(tx.session, run_id):
            picture.note = f"{tx.today:%Y-%m-%d} 按保留期限删除，原有{picture.size}字节"
            picture.digest, picture.size = "", 0
        run.thinned_on = tx.today
        tx.about = run.name
