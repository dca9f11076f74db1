"""Electoral districts, groups of deputies, homes and stations."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import DeputyGroup, ElectoralDistrict, Home, Mandate, Station, Visit
from deputydesk.models.choices import HomeLevel, StationRole
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get
from deputydesk.operations.visits import LINKS

LEVELS = {level: position for position, level in enumerate(HomeLevel)}


@dataclass(frozen=True)
class HomeRow:
    """A home as lists show it, with its deputies and this year's visits by month."""

    id: str
    level: HomeLevel
    name: str
    unit: str
    address: str
    head: str
    opened_on: date | None
    deputies: int
    months: tuple[int, ...]

    @property
    def visits(self) -> int:
        """Visits of the year."""
        return sum(self.months)

    @property
    def short_name(self) -> str:
        """The name without what all homes are called."""
        return self.name.replace("人大代表之家", "").replace("代表之家", "") or self.name


@dataclass(frozen=True)
class NamedRow:
    """A place of which lists show only the name, and what tells it from others."""

    id: str
    name: str
    detail: str = ""


@dataclass(frozen=True)
class StationRow:
    """A station with its roles."""

    id: str
    name: str
    roles: tuple[StationRole, ...]
    home: str
    host: str
    home_id: str


def homes(session: Session, year: int) -> list[HomeRow]:
    """All homes by level and name, with the visits of a year."""
    months = _visits_by_month(session, year)
    deputies: Mapping[str, int] = dict(
        session.execute(
            select(Mandate.home_id, func.count())
            .where(Mandate.ended_on.is_(None), Mandate.main)
            .group_by(Mandate.home_id)
        ).all()
    )
    found = sorted(session.scalars(select(Home)), key=lambda h: (LEVELS.get(h.level, 99), h.id))
    return [
        HomeRow(
            id=h.id,
            level=h.level,
            name=h.name,
            unit=h.unit,
            address=h.address,
            head=h.head,
            opened_on=h.opened_on,
            deputies=deputies.get(h.id, 0),
            months=tuple(months.get((h.id, month), 0) for month in range(1, 13)),
        )
        for h in found
    ]


def _visits_by_month(session: Session, year: int) -> dict[tuple[str, int], int]:
    found = session.execute(
        select(Visit.home_id, extract("month", Visit.held_on), func.count())
        .where(
            Visit.held_on >= date(year, 1, 1),
            Visit.held_on <= date(year, 12, 31),
            Visit.home_id != "",
            Visit.kind.not_in(LINKS),  # voters may be called on from a home; nothing was held there
        )
        .group_by(Visit.home_id, extract("month", Visit.held_on))
    )
    return {(home, int(month)): count for home, month, count in found}


def home_names(session: Session) -> list[NamedRow]:
    """All homes by level and name, without what was held there."""
    found = session.execute(select(Home.id, Home.name, Home.level))
    ranked = sorted(found, key=lambda h: (LEVELS.get(h[2], 99), h[0]))
    return [NamedRow(home_id, name, level.label) for home_id, name, level in ranked]


def districts(session: Session) -> list[NamedRow]:
    """All electoral districts."""
    found = session.scalars(select(ElectoralDistrict).order_by(ElectoralDistrict.id))
    return [NamedRow(d.id, d.name) for d in found]


def groups(session: Session) -> list[NamedRow]:
    """All groups of deputies."""
    return [
        NamedRow(g.id, g.name)
        for g in session.scalars(select(DeputyGroup).order_by(DeputyGroup.name))
    ]


def stations(session: Session) -> list[StationRow]:
    """All stations with their roles."""
    found = session.execute(
        select(Station, Home.name)
        .outerjoin(Home, Home.id == Station.home_id)
        .order_by(Station.name)
    )
    return [
        StationRow(
            s.id,
            s.name,
            tuple(StationRole.stored(role) for role in s.roles),
            home or "",
            s.host,
            s.home_id,
        )
        for s, home in found
    ]


@operation(Right.SETUP, "新建代表之家")
def add_home(
    tx: Tx,
    *,
    name: str,
    level: HomeLevel,
    unit: str = "",
    area_code: str = "",
    address: str = "",
    head: str = "",
    opened_on: date | None = None,
) -> str:
    """Register a home."""
    name = filled("name", name, "名称")
    if tx.session.scalars(select(Home.id).where(Home.name == name)).first():
        raise FieldError("name", f"已经有“{name}”了。")
    home = Home(
        name=name,
        level=level,
        unit=unit,
        area_code=area_code,
        address=address,
        head=head,
        opened_on=opened_on,
    )
    tx.session.add(home)
    tx.about = name
    return home.id


@operation(Right.SETUP, "修改代表之家")
def edit_home(
    tx: Tx,
    *,
    home_id: str,
    name: str,
    level: HomeLevel,
    unit: str = "",
    address: str = "",
    head: str = "",
    opened_on: date | None = None,
) -> None:
    """Change a home's data."""
    home = get(tx.session, Home, home_id)
    name = filled("name", name, "名称")
    if tx.session.scalars(select(Home.id).where(Home.name == name, Home.id != home_id)).first():
        raise FieldError("name", f"已经有“{name}”了。")
    home.name, home.level = name, level
    home.unit, home.address, home.head, home.opened_on = unit, address, head, opened_on
    tx.about = home.name


@operation(Right.SETUP, "删除代表之家")
def remove_homes(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove homes entered by mistake; not where something was held or deputies belong."""
    for home_id in ids:
        home = get(tx.session, Home, home_id)
        for model, column, what in (
            (Visit, Visit.home_id, "登记过活动"),
            (Mandate, Mandate.home_id, "有代表"),
        ):
            if tx.session.scalars(select(model.id).where(column == home_id).limit(1)).first():
                raise UserError(f"{home.name}{what}，不能删除。", hint="可以修改名称。")
        tx.about = home.name
        tx.session.delete(home)
