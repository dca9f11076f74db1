"""The demo office: an invented district entered through the same operations as real work."""

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from deputydesk import database
from deputydesk.exchange import (
    demo_activities,
    demo_cases,
    demo_chronicle,
    demo_day,
    demo_homes,
    demo_matters,
    demo_money,
    demo_points,
    demo_projects,
    demo_public,
)
from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.models.choices import (
    HomeLevel,
    Level,
    LinkMethod,
    OfficeKind,
    Sex,
    StationRole,
    VisitKind,
)
from deputydesk.office import Office, Right, Tx, User, operation
from deputydesk.operations import (
    deputies,
    electoral_districts,
    offices,
    places,
    stations,
    terms,
    units,
    visits,
)
from deputydesk.operations.electoral_districts import MOST_SEATS
from deputydesk.paths import resource
from deputydesk.progress import SILENT, Progress

CODE = "DEMO"
HOME_LEVELS = {
    "区级": HomeLevel.DISTRICT,
    "苏木镇街道级": HomeLevel.TOWN,
    "嘎查村级": HomeLevel.VILLAGE,
    "企业": HomeLevel.ENTERPRISE,
}
LEVELS = {"苏木镇": Level.TOWN, "区": Level.DISTRICT, "市": Level.CITY, "自治区": Level.REGION}
SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}


@contextmanager
def created(
    target: Path | str, clock: Callable[[], datetime], progress: Progress = SILENT
) -> Generator[Office]:
    """Make the demo office and hand it over, open; a cancelled one leaves nothing.

    Args:
        target: path of the data file, or a PostgreSQL URL.
        clock: the present time; the demo's own day takes the place of today.
        progress: told of each part.

    Raises:
        UserError: there is data already.
        Cancelled: the user stopped it.
    """
    about = _read("office.json")
    day = date.fromisoformat(about["today"])
    user = User(about["operator"])
    office = Office.create(target, code=CODE, clock=demo_day.on(day, clock), user=user)
    try:
        make_demo(office, progress)
    except BaseException:
        office.close()
        if not database.is_url(target):
            Path(target).unlink()
        raise
    if not database.is_url(target):
        demo_day.mark(Path(target).parent, about["today"])
    try:
        yield office
    finally:
        office.close()


def make_demo(office: Office, progress: Progress = SILENT) -> None:
    """Enter the whole demo into an empty office.

    Raises:
        Cancelled: the user stopped it.
    """
    parts = (
        enter_places,
        enter_deputies,
        enter_activities,
        demo_cases.enter_opinions,
        demo_cases.enter_suggestions,
        demo_homes.enter_watching,
        demo_homes.enter_rota,
        demo_homes.enter_contacts,
        demo_projects.enter_projects,
        demo_projects.enter_assemblies,
        demo_activities.enter_duty,
        demo_money.enter_money,
        demo_matters.enter_matters,
        demo_matters.enter_petitions,
        demo_matters.enter_vacancies,
        demo_matters.enter_dispatches,
        demo_chronicle.enter_legislation,
        demo_chronicle.enter_chronicle,
        demo_public.enter_consents,
        demo_public.enter_report,
        demo_public.enter_survey,
    )
    data, about = _read("township.json"), _read("office.json")
    data["project_plan"] = _read("projects.json")
    about |= {name: _read(f"{name}.json") for name in ("cases", "chronicle", "survey")}
    names: dict[str, str] = {}
    for done, part in enumerate(parts):
        progress.step(done, len(parts) + 1, f"正在建立示范单位：{part.title}")
        names |= office.do(part, data=data, about=about, ids=names)
    progress.step(len(parts), len(parts) + 1, "正在建立示范单位：述职测评")
    office.do(demo_cases.enter_evaluation, about=about["evaluation"], data=data, ids=names)
    office.do(demo_points.enter_points, about=about, data=data, ids=names)  # after all duty


def _read(name: str) -> Any:  # Any: JSON
    return json.loads(resource(f"demo/{name}").read_text(encoding="utf-8"))


@operation(Right.SETUP, "单位和代表之家")
def enter_places(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the profile, terms, meetings, homes, stations, districts and units."""
    given = dict(about["profile"])
    offices.set_profile(tx, **(given | {"kind": OfficeKind.stored(given["kind"])}))
    made = dict(ids)
    for term in about["terms"]:
        level = Level.stored(term["level"])
        made[f"term.{level}"] = terms.start_term(
            tx, level=level, number=term["number"], started_on=day_of(about["elected_on"])
        )
    for meeting in about["meetings"]:
        made[meeting["name"]] = terms.add_meeting(
            tx,
            term_id=made[f"term.{Level.DISTRICT}"],
            number=meeting["number"],
            name=meeting["name"],
            opened_on=day_of(meeting["opened_on"]),
            closed_on=day_of(meeting["closed_on"]),
            earlier_suggestions=(
                data["other"]["previous_session_suggestions"] if meeting["number"] == 1 else None
            ),
        )
    for home in data["homes"]:
        made[home["id"]] = places.add_home(
            tx,
            name=home["name"],
            level=HOME_LEVELS[home["level"]],
            unit=home["unit"],
            area_code=home["code"] or "",
        )
    for station in data["stations"]:
        roles = tuple(StationRole.from_label(role) for role in station["roles"])
        stations.save(tx, name=station["name"], roles=roles)
    for name in _units(data):
        made[f"unit.{name}"] = units.add(tx, name=name, short_name=name.removeprefix("区"))
    return made


def _units(data: Data) -> list[str]:
    named = [o["routed"] for o in data["opinions"] if o["routed"] != "当场答复"]
    for suggestion in data["suggestions"]:
        named += [suggestion["main"], *suggestion["assist"]]
    return sorted(set(named))


@operation(Right.REGISTER, "代表")
def enter_deputies(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the deputies with all their mandates."""
    made = dict(ids)
    districts = _districts(tx, data)
    elected = day_of(about["elected_on"])
    for person in data["deputies"]:
        level = LEVELS[person["level"]]
        mandate_id = deputies.add(
            tx,
            name=person["name"],
            level=level,
            sex=SEXES[person["sex"]],
            ethnic=person["ethnic"],
            birth=person["birth"],
            id_no=person["id_no"],
            phone=person["phone"],
            party=person["party"],
            education=person["edu"],
            job=person["job"],
            fixed_income=person["job"].endswith(tuple(about["salaried_jobs"])),
            leader=person.get("leader", False),
            town=person["town"],
            term_id=made[f"term.{level}"],
            electoral_district_id=districts.get(person["id"], ""),
            home_id=made[person["home"]],
            certificate_no=person["id"].removeprefix("D"),
            started_on=elected,
        )
        made[person["id"]] = mandate_id
        _other_seats(tx, mandate_id, person, made, elected)
    return made


def _districts(tx: Tx, data: Data) -> dict[str, str]:
    """Electoral districts by deputy: as named, and another number after each three deputies."""
    names = {d["constituency"] for d in data["deputies"] if d["constituency"]}
    sitting: dict[tuple[str, str], list[str]] = {}
    for person in data["deputies"]:
        if person["constituency"]:
            sitting.setdefault((person["level"], person["constituency"]), []).append(person["id"])
    made: dict[str, str] = {}
    for (level, name), people in sitting.items():
        for first in range(0, len(people), MOST_SEATS):
            number = int("".join(filter(str.isdigit, name))) + len(names) * (first // MOST_SEATS)
            here = people[first : first + MOST_SEATS]
            district = electoral_districts.save(
                tx, name=f"第{number}选区", level=LEVELS[level], seats=len(here)
            )
            made |= dict.fromkeys(here, district)
    return made


def _other_seats(
    tx: Tx, mandate_id: str, person: Data, made: Mapping[str, str], elected: date
) -> None:
    for also in person["also"]:
        other = LEVELS[also]
        deputies.add_mandate(
            tx,
            person_id=deputies.one(tx.session, mandate_id).person_id,
            level=other,
            town=person["town"],
            term_id=made[f"term.{other}"],
            home_id=made[person["home"]],
            started_on=elected,
        )


@operation(Right.REGISTER, "进家和联系选民")
def enter_activities(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the activities at homes and the meetings with voters, by date."""
    del about
    for activity in data["activities"]:
        visits.register(
            tx,
            held_on=day_of(activity["date"]),
            kind=VisitKind.from_label(activity["kind"]),
            home_id=ids[activity["home"]],
            deputy_ids=tuple(ids[d] for d in activity["deputies"]),
            received=activity["voters"],
            topic=activity["kind"],
        )
    for meeting in data["voter_visits"]:
        visits.register(
            tx,
            held_on=day_of(meeting["date"]),
            kind=VisitKind.LINK_VOTERS,
            method=LinkMethod.from_label(meeting["form"]),
            deputy_ids=(ids[meeting["deputy"]],),
            received=meeting["voters"],
            place=meeting["place"],
            topic=meeting["form"],
        )
    return {}
