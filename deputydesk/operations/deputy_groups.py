"""Groups of deputies, the basic form of work between meetings (代表法 第三十七条)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import DeputyGroup, Home, Mandate, Person
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get_for, put
from deputydesk.operations.removal import removal
from deputydesk.rules.names import sort_key

LEAST = 3
"""So many deputies of a place may form a group."""


@dataclass(frozen=True)
class GroupRow:
    """A group with its leader and members."""

    id: str
    name: str
    leader_id: str
    leader: str
    home_id: str
    home: str
    member_ids: tuple[str, ...]
    members: tuple[str, ...]

    @property
    def is_small(self) -> bool:
        """Whether it has fewer members than a group should."""
        return len(self.members) < LEAST


def rows(session: Session) -> list[GroupRow]:
    """Groups by name, the members in the official order of names."""
    names: dict[str, str] = dict(
        session.execute(
            select(Mandate.id, Person.name).join(Person, Person.id == Mandate.person_id)
        ).all()
    )
    members: dict[str, list[str]] = {}
    for mandate, group in session.execute(
        select(Mandate.id, Mandate.group_id).where(
            Mandate.group_id != "", Mandate.ended_on.is_(None)
        )
    ):
        members.setdefault(group, []).append(mandate)
    homes: dict[str, str] = dict(session.execute(select(Home.id, Home.name)).all())
    found: list[GroupRow] = []
    for g in session.scalars(select(DeputyGroup).order_by(DeputyGroup.name)):
        ids = sorted(members.get(g.id, ()), key=lambda m: (sort_key(names[m]), m))
        found.append(
            GroupRow(
                id=g.id,
                name=g.name,
                leader_id=g.leader_id,
                leader=names.get(g.leader_id, ""),
                home_id=g.home_id,
                home=homes.get(g.home_id, ""),
                member_ids=tuple(ids),
                members=tuple(names[m] for m in ids),
            )
        )
    return found


@operation(Right.SETUP, "登记代表小组")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    name: str,
    leader_id: str = "",
    home_id: str = "",
    member_ids: tuple[str, ...] = (),
) -> str:
    """Register a group, or change one; its members leave the groups they were in."""
    if leader_id:
        get_for(tx.session, Mandate, "leader_id", leader_id)
        if member_ids and leader_id not in member_ids:
            raise FieldError("leader_id", "组长应当是本组成员。")
    group = put(
        tx,
        DeputyGroup,
        record_id,
        name=filled("name", name, "小组名称"),
        leader_id=leader_id,
        home_id=home_id,
    )
    for mandate in tx.session.scalars(select(Mandate).where(Mandate.group_id == group.id)):
        if mandate.id not in member_ids:
            mandate.group_id = ""
    for mandate_id in member_ids:
        get_for(tx.session, Mandate, "member_ids", mandate_id).group_id = group.id
    tx.about = group.name
    return group.id


remove = removal(DeputyGroup, right=Right.SETUP)
