"""Taking in a roster: new people are added, known ones completed, nothing is doubled."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import ElectoralDistrict, Home, Mandate, Person, Term
from deputydesk.models.choices import EndReason, Level, Sex
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies, electoral_districts
from deputydesk.rules.names import clean_name

ENDED = {
    "辞职": EndReason.RESIGNED,
    "调离": EndReason.MOVED,
    "迁出": EndReason.MOVED,
    "罢免": EndReason.RECALLED,
    "去世": EndReason.DIED,
    "病故": EndReason.DIED,
    "终止": EndReason.OTHER,
}
"""Words of a roster that say that a mandate has ended."""

SUSPENDED = "暂停"


@dataclass(frozen=True)
class Entry:
    """A line of a roster, cleaned; empty means that the roster does not say."""

    name: str
    sex: str = ""
    ethnic: str = ""
    birth: str = ""
    id_no: str = ""
    phone: str = ""
    party: str = ""
    education: str = ""
    job: str = ""
    status: str = ""
    level: str = ""
    town: str = ""
    district: str = ""
    certificate_no: str = ""
    note: str = ""
    leader: bool | None = None


@dataclass(frozen=True)
class Outcome:
    """What taking in the roster did."""

    added: int
    changed: int
    same: int


PERSONAL = ("ethnic", "birth", "id_no", "phone", "party", "education", "job")


@operation(Right.REGISTER, "导入代表名册")
def take_in(tx: Tx, *, entries: tuple[Entry, ...], level: Level, town: str = "") -> Outcome:
    """Take in a roster.

    Args:
        tx: the transaction.
        entries: its lines.
        level: the level of deputies whose line does not say one.
        town: the town of deputies whose line does not say one.
    """
    known = _known(tx.session)
    term_ids = {
        term.level: term.id for term in tx.session.scalars(select(Term).where(Term.current))
    }
    district_ids = {d.name: d.id for d in tx.session.scalars(select(ElectoralDistrict))}
    homes = {h.unit: h.id for h in tx.session.scalars(select(Home)) if h.unit}
    counts = {"added": 0, "changed": 0, "same": 0}
    for entry in entries:
        if not clean_name(entry.name):
            raise FieldError("name", "名册中有一行没有姓名。")
        at = _level(entry.level, level)
        match = _match(known.get(clean_name(entry.name), []), entry, at)
        if match:
            known[clean_name(entry.name)].remove(match)
            counts["changed" if _complete(tx, match, entry, town) else "same"] += 1
            continue
        if entry.district and entry.district not in district_ids:
            made = electoral_districts.save(tx, name=entry.district, level=at)
            district_ids[entry.district] = made
        _add(tx, entry, at, town, term_ids.get(at, ""), district_ids, homes)
        counts["added"] += 1
    tx.about = f"新增{counts['added']}人，补充{counts['changed']}人"
    return Outcome(**counts)


Known = tuple[Person, Mandate]


def _known(session: Session) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    pairs = session.execute(
        select(Person, Mandate).join(Mandate, Mandate.person_id == Person.id).order_by(Mandate.id)
    )
    for person, mandate in pairs:
        found.setdefault(person.name, []).append((person, mandate))
    return found


def _level(text: str, default: Level) -> Level:
    if not text:
        return default
    for level in Level:
        if text in (level.value, level.label) or text[:1] == level.label[:1]:
            return level
    return Level.TOWN if text[:1] in "乡镇苏" else default


def _match(candidates: list[Known], entry: Entry, level: Level) -> Known | None:
    """The person the line means: the same number or phone, or nothing that speaks against it."""
    same_level = [pair for pair in candidates if pair[1].level == level]
    for name in ("id_no", "phone"):
        wanted = getattr(entry, name)
        for pair in same_level:
            if wanted and getattr(pair[0], name) == wanted:
                return pair
    for pair in same_level:
        if not any(
            _contradicts(getattr(pair[0], n), getattr(entry, n)) for n in ("id_no", "birth")
        ):
            return pair
    return None


def _contradicts(known: str, said: str) -> bool:
    return bool(known and said) and not (known.startswith(said) or said.startswith(known))


def _complete(tx: Tx, match: Known, entry: Entry, town: str) -> bool:
    """Fill in what the roster says and we do not have, or have otherwise."""
    person, mandate = match
    said: dict[str, str] = {name: getattr(entry, name) for name in PERSONAL}
    changed = False
    for name, value in said.items():
        old = getattr(person, name)
        if value and value != old and not (name == "birth" and old.startswith(value)):
            setattr(person, name, value)
            changed = True
    sex = _sex(entry.sex)
    if sex not in (Sex.UNKNOWN, person.sex):
        person.sex, changed = sex, True
    if entry.leader not in (None, person.leader):
        person.leader, changed = bool(entry.leader), True
    for name, value in {"town": entry.town or town, "certificate_no": entry.certificate_no}.items():
        if value and not getattr(mandate, name):
            setattr(mandate, name, value)
            changed = True
    reason = _end(entry.status)
    if reason and not mandate.ended_on:
        mandate.ended_on, mandate.end_reason, changed = tx.today, reason, True
    if SUSPENDED in entry.status and not mandate.suspended:
        mandate.suspended = changed = True
    return changed


def _add(
    tx: Tx,
    entry: Entry,
    level: Level,
    town: str,
    term_id: str,
    district_ids: Mapping[str, str],
    homes: Mapping[str, str],
) -> None:
    mandate_id = deputies.add(
        tx,
        name=entry.name,
        level=level,
        sex=_sex(entry.sex),
        town=entry.town or town,
        term_id=term_id,
        electoral_district_id=district_ids.get(entry.district, ""),
        home_id=homes.get(entry.town or town, ""),
        certificate_no=entry.certificate_no,
        note=entry.note,
        leader=bool(entry.leader),
        **{name: getattr(entry, name) for name in PERSONAL},
    )
    tx.session.flush()
    if SUSPENDED in entry.status:
        deputies.set_suspended(tx, mandate_id=mandate_id, suspended=True)
    if reason := _end(entry.status):
        deputies.end_mandate(tx, mandate_id=mandate_id, ended_on=tx.today, reason=reason)


def _sex(text: str) -> Sex:
    return {"男": Sex.MALE, "女": Sex.FEMALE}.get(text, Sex.UNKNOWN)


def _end(status: str) -> EndReason | None:
    return next((reason for word, reason in ENDED.items() if word in status), None)
