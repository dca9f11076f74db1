"""What tests build their offices from; every value has a sensible default."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from shutil import copyfile

from deputydesk.models.choices import HomeLevel, Level, OfficeKind
from deputydesk.office import Office, User
from deputydesk.operations import deputies, offices, places, terms, units, visits

NOW = datetime(2026, 11, 23, 9, 0)
TODAY = NOW.date()
CLERK = User("张丽")


def at(moment: datetime = NOW) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment


def empty_office(folder: Path, *, clock: Callable[[], datetime] | None = None) -> Office:
    """An office without a profile, in a real file."""
    return Office.create(folder / "office.db", code="T1", clock=clock or at(), user=CLERK)


def copied_office(original: Path, folder: Path) -> Office:
    """An office on a copy of a data file: quicker than making one anew."""
    folder.mkdir(parents=True, exist_ok=True)
    copyfile(original, folder / "office.db")
    return Office.open(folder / "office.db", clock=at(), user=CLERK)


def profile(office: Office, *, kind: OfficeKind = OfficeKind.TOWN, name: str = "五当召镇") -> str:
    """Say what the office is."""
    district = "" if kind == OfficeKind.DISTRICT else "石拐区"
    return office.do(
        offices.set_profile, kind=kind, name=name, district=district, phone="0472-0000000"
    )


def home(
    office: Office, *, name: str = "五当召镇人大代表之家", level: HomeLevel = HomeLevel.TOWN
) -> str:
    """A home; returns its id."""
    return office.do(places.add_home, name=name, level=level)


def deputy(
    office: Office, *, name: str = "王伟", level: Level = Level.TOWN, home_id: str = ""
) -> str:
    """A deputy; returns the mandate's id."""
    return office.do(deputies.add, name=name, level=level, home_id=home_id)


def unit(office: Office, *, name: str = "区农牧和水务局") -> str:
    """A handling unit; returns its id."""
    return office.do(units.add, name=name)


def meeting(office: Office, *, number: int = 1, earlier_suggestions: int | None = None) -> str:
    """A meeting of the town's current term; returns its id."""
    found = [t for t in office.ask(terms.rows) if t.level == Level.TOWN]
    term_id = found[0].id if found else office.do(terms.start_term, level=Level.TOWN, number=10)
    return office.do(
        terms.add_meeting,
        term_id=term_id,
        number=number,
        name=f"镇十届人大{number}次会议",
        opened_on=date(2026, number, 10),
        earlier_suggestions=earlier_suggestions,
    )


def visit(
    office: Office, home_id: str, deputy_id: str, *, held_on: date = TODAY, received: int = 0
) -> str:
    """A reception at a home; returns its id."""
    return office.do(
        visits.register,
        held_on=held_on,
        home_id=home_id,
        deputy_ids=(deputy_id,),
        received=received,
    )


def consent(office: Office, mandate_id: str, *, public_phone: str) -> None:
    """A deputy agrees to have the portrait and this phone published."""
    row = office.ask(deputies.one, mandate_id)
    office.do(
        deputies.edit,
        mandate_id=mandate_id,
        name=row.name,
        level=row.level,
        home_id=row.home_id,
        photo_public=True,
        phone_public=True,
        public_phone=public_phone,
        consented_on=TODAY,
    )
