"""双联系 in both directions: members contact deputies, deputies contact voters; who has not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Mandate, Person, Visit, VisitDeputy
from deputydesk.models.choices import Level, LinkMethod, VisitKind
from deputydesk.operations import local_rules, seats
from deputydesk.operations.visits import LINKS
from deputydesk.rules.names import sort_key
from deputydesk.rules.rates import Rate

MEMBERS = "link_members"
"""The local rule that names the members and how many deputies each contacts."""


@dataclass(frozen=True)
class MemberRow:
    """A member, the deputies contacted in a period and how."""

    id: str
    post: str
    asked: int
    deputies: tuple[str, ...]
    contacts: int
    methods: str
    last_on: date | None

    @property
    def is_short(self) -> bool:
        """Whether fewer deputies were contacted than asked; one at least where nothing is."""
        return len(self.deputies) < max(self.asked, 1)


@dataclass(frozen=True)
class LinkRow:
    """A deputy: by whom contacted, and how often voters were met, in a period."""

    id: str
    name: str
    level: Level
    town: str
    contacted_by: tuple[str, ...]
    contacts: int
    met: int
    voters: int
    methods: str
    last_on: date | None


@dataclass(frozen=True)
class MethodRow:
    """How often a method was used in each direction."""

    id: str
    to_deputies: int
    to_voters: int


@dataclass(frozen=True)
class _Link:
    """One contact with everybody in it."""

    kind: VisitKind
    held_on: date
    method: LinkMethod
    member: str
    received: int
    mandates: tuple[str, ...]


def members(session: Session, day: date) -> list[MemberRow]:
    """Members named by the local rule or by a contact, without what they did."""
    listed = local_rules.current(session, MEMBERS, day).rule["members"]
    rows = {
        one["name"]: MemberRow(one["name"], one["post"], one["asked"], (), 0, "", None)
        for one in listed
    }
    for name in session.scalars(select(Visit.member).where(Visit.member != "").distinct()):
        rows.setdefault(name, MemberRow(name, "", 0, (), 0, "", None))
    return list(rows.values())


def by_member(session: Session, first: date, last: date) -> list[MemberRow]:
    """Every member with the deputies contacted in a period, in the order of the list."""
    contacts = [c for c in _links(session, first, last) if c.kind == VisitKind.LINK_DEPUTIES]
    names = _names(session)
    found: list[MemberRow] = []
    for row in members(session, last):
        mine = [c for c in contacts if c.member == row.id]
        people = {names.get(m, "") for c in mine for m in c.mandates}
        found.append(
            MemberRow(
                row.id,
                row.post,
                row.asked,
                tuple(sorted(people, key=sort_key)),
                sum(len(c.mandates) for c in mine),
                _methods(mine),
                max((c.held_on for c in mine), default=None),
            )
        )
    return found


def by_deputy(session: Session, first: date, last: date) -> list[LinkRow]:
    """Every deputy active in a period: by whom contacted, how often voters were met."""
    contacts = _links(session, first, last)
    person_of = seats.people_of(session)
    mine: dict[str, list[_Link]] = {}
    for contact in contacts:
        for person in {person_of.get(mandate, "") for mandate in contact.mandates}:
            mine.setdefault(person, []).append(contact)
    active = session.execute(
        select(Mandate, Person.name)
        .join(Person, Person.id == Mandate.person_id)
        .where(seats.serving(first, last))
    )
    rows = [_row(m, name, mine.get(m.person_id, ())) for m, name in active]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


def by_method(session: Session, first: date, last: date) -> list[MethodRow]:
    """How often each method was used in a period, in both directions."""
    contacts = _links(session, first, last)
    return [
        MethodRow(
            method.label or "未写明",
            *(
                sum(c.kind == kind and c.method == method for c in contacts)
                for kind in (VisitKind.LINK_DEPUTIES, VisitKind.LINK_VOTERS)
            ),
        )
        for method in LinkMethod
        if any(c.method == method for c in contacts)
    ]


def contacted(rows: Iterable[LinkRow]) -> Rate:
    """How many of the deputies a member has contacted."""
    told = [bool(row.contacted_by) for row in rows]
    return Rate(sum(told), len(told))


def meeting_voters(rows: Iterable[LinkRow]) -> Rate:
    """How many of the deputies have met voters."""
    told = [bool(row.met) for row in rows]
    return Rate(sum(told), len(told))


def _row(m: Mandate, name: str, mine: Iterable[_Link]) -> LinkRow:
    to_me = [c for c in mine if c.kind == VisitKind.LINK_DEPUTIES]
    to_voters = [c for c in mine if c.kind == VisitKind.LINK_VOTERS]
    return LinkRow(
        id=m.id,
        name=name,
        level=m.level,
        town=m.town,
        contacted_by=tuple(dict.fromkeys(c.member for c in to_me)),
        contacts=len(to_me),
        met=len(to_voters),
        voters=sum(c.received for c in to_voters),
        methods=_methods(to_voters),
        last_on=max((c.held_on for c in mine), default=None),
    )


def _links(session: Session, first: date, last: date) -> list[_Link]:
    where = (Visit.kind.in_(LINKS), Visit.held_on >= first, Visit.held_on <= last)
    people: dict[str, list[str]] = {}
    for visit, mandate in session.execute(
        select(VisitDeputy.visit_id, VisitDeputy.mandate_id)
        .join(Visit, Visit.id == VisitDeputy.visit_id)
        .where(*where)
        .order_by(VisitDeputy.id)
    ):
        people.setdefault(visit, []).append(mandate)
    found = session.scalars(select(Visit).where(*where).order_by(Visit.held_on, Visit.id))
    return [
        _Link(v.kind, v.held_on, v.method, v.member, v.received, tuple(people.get(v.id, ())))
        for v in found
    ]


def _names(session: Session) -> Mapping[str, str]:
    found = session.execute(
        select(Mandate.id, Person.name).join(Person, Person.id == Mandate.person_id)
    )
    return dict(found.all())


def _methods(contacts: Iterable[_Link]) -> str:
    """座谈 3、电话 1: the methods used, the most usual first."""
    counts: dict[str, int] = {}
    for contact in contacts:
        if contact.method.label:
            counts[contact.method.label] = counts.get(contact.method.label, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    return "、".join(f"{method} {count}" for method, count in ranked)
