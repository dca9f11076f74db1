"""The demo's homes: supervisors, checklists, the plan of days, members who contact deputies."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.models.choices import LinkMethod, VisitKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    home_checks,
    links,
    local_rules,
    rota_plans,
    rota_visits,
    rotas,
    supervisor_remarks,
    supervisors,
    visits,
)
from deputydesk.operations.home_checks import Finding
from deputydesk.operations.presets import calendar
from deputydesk.paths import resource

METHODS = (LinkMethod.FORUM, LinkMethod.APPOINTMENT, LinkMethod.TALK, LinkMethod.PHONE)


@operation(Right.REGISTER, "监督员和八有检查")
def enter_watching(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the supervisors with some remarks, and a check of every home."""
    del about
    given = _given()
    jobs, since = given["jobs"], day_of(given["appointed_on"])
    first_of: dict[str, str] = {}
    for number, one in enumerate(data["supervisors"]):
        made = supervisors.save(
            tx,
            home_id=ids[one["home"]],
            name=one["name"],
            job=jobs[number % len(jobs)],
            from_on=since,
        )
        first_of.setdefault(one["home"], made)
    tx.session.flush()
    for remark in given["remarks"]:
        supervisor_remarks.save(
            tx,
            supervisor_id=first_of[remark["home"]],
            mandate_id=ids[_deputies(data, remark["home"])[0]],
            made_on=day_of(remark["made_on"]),
            content=remark["content"],
            handled=remark["handled"],
        )
    for number, home in enumerate(data["homes"]):
        home_checks.check(
            tx,
            home_id=ids[home["id"]],
            checked_on=day_of(given["checked_on"]),
            findings=tuple(_findings(given, number)),
        )
    return {}


@operation(Right.REGISTER, "进家安排")
def enter_rota(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the days of the demo's year as planned and held, and the plan of the next."""
    plan = _given()["rota"]
    year = day_of(about["today"]).year
    manner = {"slot": plan["slot"], "topic": plan["topic"]}
    for activity in data["activities"]:
        held = day_of(activity["date"])
        if held.year == year and calendar().is_workday(held):
            rotas.save(
                tx,
                planned_on=held,
                home_id=ids[activity["home"]],
                deputy_ids=tuple(ids[d] for d in activity["deputies"]),
                slot=plan["slot"],
                topic=activity["kind"],
            )
    tx.session.flush()
    rota_visits.match(tx)
    _odd_days(tx, plan, data, ids)
    for habit, homes in (
        (plan["town"], [h for h in data["homes"] if h["level"] != "嘎查村级"]),
        (plan["village"], [h for h in data["homes"] if h["level"] == "嘎查村级"]),
    ):
        rota_plans.make(
            tx,
            year=plan["next_year"],
            home_ids=[ids[h["id"]] for h in homes if _deputies(data, h["id"])],
            habit_text=habit,
            **manner,
        )
    tx.session.flush()
    _announce(tx, plan)
    return {}


@operation(Right.REGISTER, "组成人员联系代表")
def enter_contacts(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the members and the deputies each contacted; the last has not begun."""
    del about
    given = _given()["members"]
    local_rules.adopt(
        tx,
        kind=links.MEMBERS,
        name=given["name"],
        valid_from=day_of(given["valid_from"]),
        rule={"members": [{**one, "asked": given["asked"]} for one in given["people"]]},
        source=given["source"],
    )
    people: list[str] = [ids[d["id"]] for d in data["deputies"] if d["level"] == "区"]
    together: int = given["together"]
    days: list[str] = given["days"]
    active = given["people"][: -given["idle"]]
    for number, member in enumerate(active):
        for turn, day in enumerate(days):
            first = (number * len(days) + turn) * together
            visits.register(
                tx,
                held_on=day_of(day) + timedelta(days=number % 2),
                kind=VisitKind.LINK_DEPUTIES,
                member=member["name"],
                method=METHODS[(number + turn) % len(METHODS)],
                deputy_ids=tuple(people[(first + n) % len(people)] for n in range(together)),
                topic=given["topic"],
            )
            tx.session.flush()
    return {}


def _given() -> Any:  # Any: JSON
    return json.loads(resource("demo/homes.json").read_text(encoding="utf-8"))


def _deputies(data: Data, home: str) -> list[str]:
    return [d["id"] for d in data["deputies"] if d["home"] == home]


def _findings(given: Data, number: int) -> Iterator[Finding]:
    """What was found at the home of this number: every few lack something."""
    wanting = given["wanting"]
    lacks = (
        {wanting["items"][number % len(wanting["items"])]}
        if not (number % wanting["every"])
        else set[str]()
    )
    for item, evidence in given["evidence"].items():
        if item in lacks:
            yield Finding(item, passed=False, note=wanting["note"])
        else:
            yield Finding(item, passed=True, evidence=evidence)


def _odd_days(tx: Tx, plan: Data, data: Data, ids: Mapping[str, str]) -> None:
    """One day missed, one cancelled, one moved."""
    for what in ("missed", "cancelled", "moved"):
        one = plan[what]
        shift = rotas.save(
            tx,
            planned_on=day_of(one["planned_on"]),
            home_id=ids[one["home"]],
            deputy_ids=tuple(ids[d] for d in _deputies(data, one["home"])[:2]),
            slot=plan["slot"],
            topic=plan["topic"],
        )
        tx.session.flush()
        if what == "missed":
            rota_visits.miss(tx, shift_id=shift, moved_why=one["why"])
        elif what == "cancelled":
            rotas.cancel(tx, shift_id=shift, moved_why=one["why"])
        else:
            to = day_of(one["to"])
            rotas.move(tx, shift_id=shift, planned_on=to, moved_why=one["why"])


def _announce(tx: Tx, plan: Data) -> None:
    """Announce the first days of the next year."""
    first, last = date(plan["next_year"], 1, 1), day_of(plan["first_days_until"])
    for row in rotas.rows(tx.session, tx.today, first=first, last=last):
        rotas.announce(tx, shift_id=row.id, announced_on=day_of(plan["announced_on"]))
