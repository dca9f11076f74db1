"""The office's own profile: everything printed takes its names from here."""

import base64
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.journal.tables import SyncOffice, SyncSelf
from deputydesk.late import dataclass
from deputydesk.models import OfficeProfile
from deputydesk.models.choices import OfficeKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled
from deputydesk.rules.organs import Organ, organ_of


@dataclass(frozen=True)
class ProfileRow:
    """What the office is, as screens and paper show it."""

    id: str
    kind: OfficeKind
    name: str
    district: str
    area_code: str
    document_prefix: str
    address: str
    phone: str
    head: str
    clerk: str
    organ: Organ


def profile(session: Session) -> ProfileRow | None:
    """The office's profile; None until the first-run questions are answered."""
    found = session.scalars(select(OfficeProfile).order_by(OfficeProfile.id).limit(1)).first()
    if found is None:
        return None
    return ProfileRow(
        id=found.id,
        kind=found.kind,
        name=found.name,
        district=found.district,
        area_code=found.area_code,
        document_prefix=found.document_prefix,
        address=found.address,
        phone=found.phone,
        head=found.head,
        clerk=found.clerk,
        organ=organ_of(found.kind.value, found.name, found.district),
    )


@operation(Right.SETUP, "填写单位信息")
def set_profile(
    tx: Tx,
    *,
    kind: OfficeKind,
    name: str,
    district: str = "",
    area_code: str = "",
    document_prefix: str = "",
    address: str = "",
    phone: str = "",
    head: str = "",
    clerk: str = "",
) -> str:
    """Say what the office is; a later call changes it."""
    name = filled("name", name, "单位名称")
    if kind != OfficeKind.DISTRICT:
        district = filled("district", district, "所属旗县区")
    found = tx.session.scalars(select(OfficeProfile).limit(1)).first()
    if found is None:
        found = OfficeProfile()
        tx.session.add(found)
    found.kind, found.name, found.district, found.area_code = kind, name, district, area_code
    found.document_prefix, found.address, found.phone = document_prefix, address, phone
    found.head, found.clerk = head, clerk
    tx.about = name
    return found.id


@operation(Right.SETUP, "设立单位", can_undo=False)
def found(tx: Tx, *, kind: OfficeKind, name: str, district: str = "", area_code: str = "") -> str:
    """Say for the first time what the office is; nothing is printed of one without a name."""
    return set_profile(tx, kind=kind, name=name, district=district, area_code=area_code)


def names(session: Session) -> dict[str, str]:
    """Names of this office and of those below it whose records are here, by their codes."""
    own = profile(session)
    code = session.scalars(select(SyncSelf.office)).one()
    below = select(SyncOffice.code, SyncOffice.name).where(SyncOffice.role == "child")
    others = session.execute(below.order_by(SyncOffice.code)).all()
    return {code: own.name if own else code} | {row.code: row.name for row in others}


def random_code() -> str:
    """A code for an office that was given none: ten characters, never the same twice."""
    return base64.b32encode(secrets.token_bytes(10)).decode().rstrip("=")[:10]
