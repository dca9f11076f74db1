"""Meetings of a street's assembly: valid only when more than half of the members are present."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Assembly, AssemblyMember, EventOpinion
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.choices import OfficeKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.assembly_members import serving, street_of
from deputydesk.operations.checks import filled, not_future, not_negative, put
from deputydesk.operations.offices import profile
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year


@dataclass(frozen=True)
class AssemblyRow:
    """A meeting as the register shows it."""

    id: str
    kind: AssemblyKind
    name: str
    street: str
    held_on: date
    place: str
    expected: int
    present: int
    topics: tuple[str, ...]
    resolution: str
    votes_for: int | None
    votes_against: int | None
    votes_abstain: int | None
    note: str
    opinions: int

    @property
    def is_valid(self) -> bool:
        """Whether more than half were present."""
        return self.present * 2 > self.expected

    @property
    def warning(self) -> str:
        """What is wrong with the meeting; empty when it is valid."""
        if self.is_valid:
            return ""
        return f"到会{self.present}人，没有超过应到{self.expected}人的半数，会议无效"

    @property
    def vote(self) -> str:
        """The votes in words; empty if there was none."""
        if self.votes_for is None:
            return ""
        against, abstain = self.votes_against or 0, self.votes_abstain or 0
        return f"赞成{self.votes_for}、反对{against}、弃权{abstain}"

    @property
    def is_carried(self) -> bool:
        """Whether more than half of all members voted for it, in a valid meeting."""
        return self.is_valid and (self.votes_for or 0) * 2 > self.expected


def rows(session: Session, year: int | None = None) -> list[AssemblyRow]:
    """Meetings, newest first."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Assembly.held_on, year))
    said = dict(
        session.execute(
            select(EventOpinion.event_id, func.count())
            .where(EventOpinion.event_kind == Assembly.__tablename__)
            .group_by(EventOpinion.event_id)
        ).all()
    )
    found = session.scalars(
        select(Assembly).where(*where).order_by(Assembly.held_on.desc(), Assembly.id.desc())
    )
    return [
        AssemblyRow(
            id=a.id,
            kind=a.kind,
            name=a.name,
            street=a.street,
            held_on=a.held_on,
            place=a.place,
            expected=a.expected,
            present=a.present,
            topics=tuple(a.topics),
            resolution=a.resolution,
            votes_for=a.votes_for,
            votes_against=a.votes_against,
            votes_abstain=a.votes_abstain,
            note=a.note,
            opinions=said.get(a.id, 0),
        )
        for a in found
    ]


def is_needed(session: Session) -> bool:
    """Whether there is something to do with assemblies: in a street, or where some are kept."""
    found = profile(session)
    if found and found.kind == OfficeKind.STREET:
        return True
    return any(session.scalars(select(m.id).limit(1)).first() for m in (Assembly, AssemblyMember))


@operation(Right.REGISTER, "登记议事会议")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    kind: AssemblyKind,
    name: str,
    held_on: date,
    street: str = "",
    place: str = "",
    expected: int = 0,
    present: int = 0,
    topics: tuple[str, ...] | list[str] = (),
    resolution: str = "",
    votes_for: int | None = None,
    votes_against: int | None = None,
    votes_abstain: int | None = None,
    note: str = "",
) -> str:
    """Register a meeting, or change it; `expected` is the number of members if it is 0."""
    street = street_of(tx, street)
    not_future("held_on", held_on, tx.today, "日期")
    not_negative("present", present, "实到人数")
    whole = expected or serving(tx.session, street, held_on)
    if whole < 1:
        raise FieldError("expected", f"请填写应到人数，{street}还没有登记议事代表。")
    if present > whole:
        raise FieldError("present", f"实到{present}人，比应到{whole}人多{present - whole}人。")
    _check_votes(present, votes_for, votes_against, votes_abstain)
    meeting = put(
        tx,
        Assembly,
        record_id,
        kind=kind,
        name=filled("name", name, "会议名称"),
        street=street,
        held_on=held_on,
        place=place.strip(),
        expected=whole,
        present=present,
        topics=[topic.strip() for topic in topics if topic.strip()],
        resolution=resolution.strip(),
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=votes_abstain,
        note=note.strip(),
    )
    tx.about = f"{street} {meeting.name}"
    return meeting.id


remove = removal(Assembly, is_event=True)


def _check_votes(present: int, *votes: int | None) -> None:
    names = ("votes_for", "赞成票"), ("votes_against", "反对票"), ("votes_abstain", "弃权票")
    for (field, label), number in zip(names, votes, strict=True):
        not_negative(field, number or 0, label)
    total = sum(number or 0 for number in votes)
    if total > present:
        sentence = f"赞成、反对、弃权共{total}票，比实到{present}人多{total - present}票。"
        raise FieldError("votes_for", sentence)
