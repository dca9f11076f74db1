"""From a roster as read to people in the office's data; a second time changes nothing."""

from deputydesk.errors import UserError
from deputydesk.exchange.roster_types import Roster, RosterRecord
from deputydesk.models.choices import Level
from deputydesk.office import Office
from deputydesk.operations import offices, rosters
from deputydesk.operations.rosters import Entry, Outcome


def take_in(
    office: Office, roster: Roster, *, level: Level | None = None, town: str = ""
) -> Outcome:
    """Take in what was read; questions left open leave their field empty.

    Args:
        office: where to.
        roster: what was read.
        level: level of deputies whose line does not say one; the office's own level if None.
        town: town of deputies whose line does not say one; the office's own name if empty.

    Raises:
        UserError: nothing was read, or the office has no profile yet.
    """
    if not roster.records:
        raise UserError("名册里没有读到代表。", hint="请检查标题行里是否有“姓名”一列。")
    profile = office.ask(offices.profile)
    if profile is None:
        raise UserError("还没有填写单位信息。", hint="请先填写单位信息，再导入名册。")
    own = Level.stored(profile.organ.own_level)
    place = town or ("" if profile.organ.own_level == "district" else profile.name)
    entries = tuple(_entry(record) for record in roster.records)
    return office.do(rosters.take_in, entries=entries, level=level or own, town=place)


def _entry(record: RosterRecord) -> Entry:
    return Entry(
        name=record.name,
        sex=record.sex or "",
        ethnic=record.ethnic or "",
        birth=record.birth or "",
        id_no=record.id_no or "",
        phone=record.phone or "",
        party=record.party or "",
        education=record.education or "",
        job=record.job or "",
        status=record.status or "",
        level=record.level or "",
        town=record.town or "",
        district=record.district or "",
        certificate_no=record.certificate_no or "",
        note=record.note or "",
        leader=record.leader,
    )
