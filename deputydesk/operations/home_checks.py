"""八有检查: each home item by item, with evidence; the newest check of an item counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Home, HomeCheck
from deputydesk.models.choices import HomeLevel
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import local_rules
from deputydesk.operations.checks import get_for, not_future
from deputydesk.operations.places import LEVELS
from deputydesk.operations.removal import removal
from deputydesk.rules.rates import Rate

CHECKLIST = "home_checklist"
"""The local rule that names the items."""


@dataclass(frozen=True)
class ItemState:
    """An item of the checklist at a home; `passed` is None while nobody has checked it."""

    item: str
    about: str
    passed: bool | None = None
    evidence: str = ""
    note: str = ""
    checked_on: date | None = None


@dataclass(frozen=True)
class HomeState:
    """How many of the items a home has."""

    id: str
    level: HomeLevel
    home: str
    items: tuple[ItemState, ...]

    @property
    def share(self) -> Rate:
        """The items it has of all items."""
        return Rate(sum(item.passed is True for item in self.items), len(self.items))

    @property
    def missing(self) -> tuple[str, ...]:
        """Items that were found wanting."""
        return tuple(item.item for item in self.items if item.passed is False)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Items that nobody has checked."""
        return tuple(item.item for item in self.items if item.passed is None)

    @property
    def checked_on(self) -> date | None:
        """Day of the newest check."""
        days = [item.checked_on for item in self.items if item.checked_on]
        return max(days, default=None)


@dataclass(frozen=True)
class Finding:
    """What was found of an item."""

    item: str
    passed: bool
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True)
class CheckRow:
    """A check as it was entered."""

    id: str
    checked_on: date
    home: str
    item: str
    passed: bool
    evidence: str
    note: str


def states(session: Session, day: date, home_id: str = "") -> list[HomeState]:
    """How each home stood on a day, by the checklist in force then."""
    items = local_rules.current(session, CHECKLIST, day).rule["items"]
    newest: dict[tuple[str, str], HomeCheck] = {}
    for check in session.scalars(
        select(HomeCheck)
        .where(HomeCheck.checked_on <= day)
        .order_by(HomeCheck.checked_on, HomeCheck.id)
    ):
        newest[check.home_id, check.item] = check
    query = select(Home).where(Home.id == home_id) if home_id else select(Home)
    homes = sorted(session.scalars(query), key=lambda h: (LEVELS.get(h.level, 99), h.id))
    return [
        HomeState(
            home.id,
            home.level,
            home.name,
            tuple(_item(one, newest.get((home.id, one["name"]))) for one in items),
        )
        for home in homes
    ]


def items(session: Session, day: date) -> tuple[ItemState, ...]:
    """The checklist in force on a day, without what was found anywhere."""
    listed = local_rules.current(session, CHECKLIST, day).rule["items"]
    return tuple(_item(one, None) for one in listed)


def rows(session: Session, home_id: str = "") -> list[CheckRow]:
    """Checks as they were entered, the newest first."""
    query = (
        select(HomeCheck, Home.name)
        .outerjoin(Home, Home.id == HomeCheck.home_id)
        .order_by(HomeCheck.checked_on.desc(), HomeCheck.id.desc())
    )
    if home_id:
        query = query.where(HomeCheck.home_id == home_id)
    return [
        CheckRow(c.id, c.checked_on, home or "", c.item, c.passed, c.evidence, c.note)
        for c, home in session.execute(query)
    ]


@operation(Right.REGISTER, "登记八有检查")
def check(tx: Tx, *, home_id: str, checked_on: date, findings: Sequence[Finding]) -> None:
    """Register what was found at a home on a day; findings of earlier days stay as history.

    Raises:
        FieldError: an item has no evidence, is not on the checklist, or nothing was checked.
    """
    home = get_for(tx.session, Home, "home_id", home_id)
    not_future("checked_on", checked_on, tx.today, "检查日期")
    if not findings:
        raise FieldError("findings", "请至少检查一项。")
    known = {
        item["name"]
        for item in local_rules.current(tx.session, CHECKLIST, checked_on).rule["items"]
    }
    for found in findings:
        if found.item not in known:
            raise FieldError("findings", f"“{found.item}”不在检查清单里。")
        if found.passed and not found.evidence.strip():
            raise FieldError(f"evidence.{found.item}", f"“{found.item}”达标，请写依据。")
        _keep(tx, home_id, checked_on, found)
    passed = sum(found.passed for found in findings)
    tx.about = f"{home.name} {passed}/{len(findings)}项"


def sound(tx: Tx, check: HomeCheck) -> None:
    """Check a finding as it stands.

    Raises:
        FieldError: as registering it would.
    """
    get_for(tx.session, Home, "home_id", check.home_id)
    not_future("checked_on", check.checked_on, tx.today, "检查日期")
    if check.passed and not check.evidence.strip():
        raise FieldError("evidence", f"“{check.item}”达标，请写依据。")


def _keep(tx: Tx, home_id: str, checked_on: date, found: Finding) -> None:
    """A second finding of the same day corrects the first."""
    check = tx.session.scalars(
        select(HomeCheck).where(
            HomeCheck.home_id == home_id,
            HomeCheck.item == found.item,
            HomeCheck.checked_on == checked_on,
        )
    ).first()
    if check is None:
        check = HomeCheck(home_id=home_id, item=found.item, checked_on=checked_on)
        tx.session.add(check)
    check.passed = found.passed
    check.evidence, check.note = found.evidence.strip(), found.note.strip()


remove = removal(HomeCheck)


def _item(item: local_rules.Rule, check: HomeCheck | None) -> ItemState:
    if check is None:
        return ItemState(item["name"], item["about"])
    return ItemState(
        item["name"], item["about"], check.passed, check.evidence, check.note, check.checked_on
    )
