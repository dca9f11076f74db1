"""What stands on a deputy's card, by consent, and what its QR code holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.tables import SyncSelf
from deputydesk.models import Person, RotaShift
from deputydesk.models.choices import Level
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import attachments, deputies, local_rules, offices
from deputydesk.operations.deputies import DeputyRow
from deputydesk.rules.qr_codes import Payload, code_of, vcard

RULE = "deputy_card"


@dataclass(frozen=True)
class DeputyCardRow:
    """A deputy's card; phone and photo are there only if the deputy agreed."""

    id: str
    name: str
    title: str
    district: str
    home: str
    job: str
    duty_day: str
    phone: str
    photo: str
    """Digest of the portrait; empty without one, or without consent."""
    payload: str
    motto: str


def rows(session: Session, *, today: date, mandate_ids: Sequence[str] = ()) -> list[DeputyCardRow]:
    """The cards of these deputies, or of all in office, one a person, in the order of names.

    Raises:
        UserError: the rule asks for an address and has none.
    """
    profile = offices.profile(session)
    district, town = (profile.district, profile.name) if profile else ("", "")
    rule = local_rules.current(session, RULE, today).rule
    payload = Payload.stored(str(rule["payload"]))
    if payload == Payload.URL and "{code}" not in str(rule["url"]):
        raise UserError("二维码的网址里没有写 {code}。", hint="请在“本地规则”的“代表卡”里补上。")
    office = session.scalars(select(SyncSelf.office)).one()
    people = {p.id: p for p in session.scalars(select(Person))}
    photos = attachments.photos(session)
    shifts = _next_shifts(session, today)
    found: list[DeputyCardRow] = []
    for row, levels in _people(session, mandate_ids):
        person, code = people[row.person_id], code_of(office, row.id)
        portrait = photos.get(row.person_id)
        duty_day = str(rule["duty_day"]) or shifts.get(row.home_id, "")
        title = _title(levels, district or town, town)
        phone = person.public_phone if person.phone_public else ""
        found.append(
            DeputyCardRow(
                id=row.id,
                name=row.name,
                title=title,
                district=row.district,
                home=row.home,
                job=row.job,
                duty_day=duty_day,
                phone=phone,
                photo=portrait.digest if portrait and person.photo_public else "",
                payload=_payload(payload, str(rule["url"]), row, title, phone, code),
                motto=str(rule["motto"]),
            )
        )
    return found


def code(session: Session, mandate_id: str) -> str:
    """The number on a deputy's card."""
    return code_of(session.scalars(select(SyncSelf.office)).one(), mandate_id)


def _people(
    session: Session, mandate_ids: Sequence[str]
) -> list[tuple[DeputyRow, tuple[Level, ...]]]:
    """Each person once, by the main mandate, with all levels at which the person sits."""
    everybody = deputies.rows(session)
    levels: dict[str, list[Level]] = {}
    for row in everybody:
        levels.setdefault(row.person_id, []).append(row.level)
    wanted = [r for r in everybody if (r.id in mandate_ids if mandate_ids else _is_shown(r))]
    order = list(Level)
    return [
        (row, tuple(sorted(set(levels[row.person_id]), key=order.index, reverse=True)))
        for row in wanted
    ]


def _is_shown(row: DeputyRow) -> bool:
    return row.main and not row.suspended


def _title(levels: Sequence[Level], district: str, town: str) -> str:
    """石拐区人大代表, or for several levels: 市、区人大代表."""
    names = {Level.DISTRICT: district, Level.TOWN: town}
    if len(levels) == 1:
        return f"{names.get(levels[0], levels[0].label)}人大代表"
    return f"{'、'.join(level.label.partition('（')[0] for level in levels)}人大代表"


def _payload(kind: Payload, url: str, row: DeputyRow, title: str, phone: str, number: str) -> str:
    if kind == Payload.URL:
        return url.replace("{code}", number)
    if kind == Payload.VCARD:
        return vcard(
            name=row.name, organ=row.home, title=title, phone=phone, note=row.district, code=number
        )
    return number


def _next_shifts(session: Session, today: date) -> dict[str, str]:
    """When deputies come to each home next."""
    found = session.scalars(
        select(RotaShift)
        .where(RotaShift.planned_on >= today, RotaShift.state == ShiftState.PLANNED)
        .order_by(RotaShift.planned_on.desc())
    )
    return {
        s.home_id: f"{s.planned_on.month}月{s.planned_on.day}日 {s.slot}".strip() for s in found
    }
