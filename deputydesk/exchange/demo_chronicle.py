"""The demo office's registers: legislation, regulations, publicity, polls, practices, support."""

from collections.abc import Mapping
from datetime import date, timedelta

from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.models.choices import StationRole
from deputydesk.models.chronicle import OutletLevel, PracticeKind, SupportKind
from deputydesk.models.legislation import AdoptionState, LegRole
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    leg_opinions,
    leg_people,
    leg_rounds,
    online_polls,
    party_support,
    practices,
    publicity,
    regulations,
    stations,
)


@operation(Right.REGISTER, "立法联络")
def enter_legislation(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the points, those who help, and what was said on five draft laws."""
    points = _points(tx, data, ids)
    law = about["cases"]["legislation"]
    begun = day_of(about["elected_on"])
    for person in law["advisers"]:
        leg_people.save(
            tx, role=LegRole.ADVISER, name=person["name"], job=person["job"], from_on=begun
        )
    for person in law["liaisons"]:
        leg_people.save(
            tx,
            role=LegRole.LIAISON,
            name=person["name"],
            station_id=points[int(person["station"])],
            from_on=begun,
        )
    for given in law["rounds"]:
        _collect(tx, given, points)
    return {}


def _points(tx: Tx, data: Data, ids: Mapping[str, str]) -> list[str]:
    """Ten stations for legislation, and a collection point at every home."""
    homes = [(ids[home["id"]], _short(home["name"])) for home in data["homes"]]
    hosts = [*homes[:8], homes[25], homes[10]]
    sites = [
        stations.save(tx, name=f"{name}立法联络站", roles=(StationRole.LEGISLATION,), home_id=home)
        for home, name in hosts
    ]
    return sites + [
        stations.save(
            tx, name=f"{name}立法信息采集点", roles=(StationRole.COLLECTION,), home_id=home
        )
        for home, name in homes
    ]


def _short(name: str) -> str:
    return name.replace("人大代表之家", "").replace("代表之家", "")


def _collect(tx: Tx, given: Data, points: list[str]) -> None:
    held = day_of(given["held_on"])
    used = [points[place] for place in sorted({int(o["point"]) for o in given["opinions"]})]
    round_id = leg_rounds.save(
        tx,
        name=given["name"],
        topic=given["topic"],
        tasked_by=given["tasked_by"],
        received_on=day_of(given["received_on"]),
        due_on=day_of(given["due_on"]),
        held_on=held,
        place="区人大常委会会议室",
        people=given["people"],
        point_ids=tuple(used),
    )
    tx.session.flush()
    for number, opinion in enumerate(given["opinions"]):
        _say(tx, round_id, opinion, points, held + timedelta(number % 6), day_of(given["told_on"]))
    leg_rounds.report(tx, round_id=round_id, reported_on=day_of(given["reported_on"]))
    leg_rounds.feed_back(tx, round_id=round_id, fed_back_on=day_of(given["fed_back_on"]))


def _say(tx: Tx, round_id: str, given: Data, points: list[str], day: date, told_on: date) -> None:
    opinion_id = leg_opinions.save(
        tx,
        round_id=round_id,
        article=given["article"],
        content=given["content"],
        station_id=points[int(given["point"])],
        speaker=given["speaker"],
        given_on=day,
    )
    if not given["adoption"]:
        return
    tx.session.flush()
    adoption = AdoptionState.stored(given["adoption"])
    why = "上位法已有规定，不再重复" if adoption is AdoptionState.REFUSED else ""
    leg_opinions.decide(tx, opinion_id=opinion_id, adoption=adoption, answer=why)
    leg_opinions.tell(tx, opinion_id=opinion_id, fed_back_on=told_on)


@operation(Right.REGISTER, "制度和宣传")
def enter_chronicle(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter regulations, articles, the poll, practices and the party committee's support."""
    told = about["chronicle"]
    for given in told["regulations"]:
        revised = given["revised_on"]
        days = {
            "adopted_on": day_of(given["adopted_on"]),
            "revised_on": day_of(revised) if revised else None,
        }
        regulations.save(tx, **(given | days))
    homes = [ids[home["id"]] for home in data["homes"]]
    for place, given in enumerate(told["publicity"]):
        day, level = day_of(given["published_on"]), OutletLevel.stored(given["level"])
        home = homes[place % len(homes)]
        publicity.save(tx, **(given | {"published_on": day, "level": level, "home_id": home}))
    poll = told["poll"]
    days = {name: day_of(poll[name]) for name in ("from_on", "to_on")}
    online_polls.save(tx, **(poll | days))
    for given in told["practices"]:
        kind = PracticeKind.stored(given["kind"])
        owner = "区人大常委会" if kind is PracticeKind.METHOD else "人大代表"
        day = day_of(given["noted_on"])
        practices.save(tx, **(given | {"kind": kind, "noted_on": day, "owner": owner}))
    for given in told["party_support"]:
        kind, day = SupportKind.stored(given["kind"]), day_of(given["held_on"])
        party_support.save(tx, **(given | {"kind": kind, "held_on": day}))
    return {}
