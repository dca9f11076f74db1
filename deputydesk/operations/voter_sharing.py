"""Whether voters' own data goes to the office above: not unless the head says so, from then on."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.journal.log import SYNC_SELF
from deputydesk.journal.tables import SyncConflict
from deputydesk.late import dataclass
from deputydesk.models import VoterSharing
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled
from deputydesk.rules.office_codes import LOCAL


@dataclass(frozen=True)
class SharingRow:
    """What was decided, as the setting shows it."""

    goes_up: bool = False
    basis: str = ""
    decided_on: date | None = None


def sharing(session: Session) -> SharingRow:
    """What holds now; where two PCs decided without knowing of each other, both must say so."""
    found = _own(session)
    if not found:
        return SharingRow()
    last = max(found, key=lambda one: (one.decided_on, one.id))
    agreed = all(one.goes_up for one in found) and not _is_open(session)
    return SharingRow(agreed, last.basis, last.decided_on)


def _is_open(session: Session) -> bool:
    """Whether two PCs said different things of one decision, which nobody has settled yet."""
    about = (SyncConflict.tab == VoterSharing.__tablename__, SyncConflict.field == "goes_up")
    return session.scalar(select(SyncConflict.pk).where(*about).limit(1)) is not None


@operation(Right.MANAGE, "设定选民资料上报")
def decide(tx: Tx, *, goes_up: bool, basis: str = "") -> None:
    """Say whether the data of voters heard from now on goes to the office above.

    What was written down before stays as it is: what is at home stays home, and of what has gone
    up corrections and erasures go up too.

    Raises:
        FieldError: it is to go up, and nobody says on what basis.
    """
    basis = filled("basis", basis, "依据") if goes_up else basis.strip()
    found = _own(tx.session)
    if not found:
        found = [VoterSharing()]
        tx.session.add_all(found)
    for one in found:
        one.goes_up, one.basis, one.decided_on = goes_up, basis, tx.today
    tx.about = "报上级" if goes_up else "只留在本单位"


def turn_off(tx: Tx) -> None:
    """Keep voters' data at home from now on, whatever was decided: the head decides anew."""
    if any(one.goes_up for one in _own(tx.session)):
        decide(tx, goes_up=False)


def _own(session: Session) -> list[VoterSharing]:
    """This office's decisions: what another sends along under its own name says nothing here."""
    code = session.scalars(select(SYNC_SELF.c.office)).one()
    these = VoterSharing.id.startswith(f"{code}{LOCAL}-")
    return list(session.scalars(select(VoterSharing).where(these)))
