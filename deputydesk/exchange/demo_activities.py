"""The demo office's activities, services, trainings, meetings and leave, with the known totals."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.models import Meeting
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingForm, TrainingLevel
from deputydesk.models.attendance import Presence
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    activities,
    deputy_groups,
    event_opinions,
    leaves,
    meeting_attendance,
    services,
    trainings,
)
from deputydesk.operations.participants import Attendee
from deputydesk.paths import resource

Ids = Mapping[str, str]
LEVEL = {
    "district": TrainingLevel.DISTRICT,
    "town": TrainingLevel.TOWN,
    "street": TrainingLevel.STREET,
}


def told() -> dict[str, Any]:  # Any: the demo's JSON
    """What the demo tells of activities and money."""
    text = resource("demo/activities.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@operation(Right.REGISTER, "代表活动和会议")
def enter_duty(tx: Tx, *, data: Data, about: Data, ids: Ids) -> dict[str, str]:
    """Enter activities, services, trainings, attendance of meetings, and leave."""
    del about
    given = told()
    seats = [ids[deputy["id"]] for deputy in data["deputies"]]
    _supervision(tx, given, data, seats)
    for number, one in enumerate(given["others"]):
        _other(tx, one, _some(seats, number * 17, one["deputies"]), ids)
    _cadres(tx, given["cadre"], data, ids)
    _groups(tx, given["groups"], data, ids)
    _services(tx, given["services"], data)
    _trainings(tx, given["trainings"], data, ids)
    _meetings(tx, given["absent_at_meetings"], ids)
    for number, one in enumerate(given["leaves"]):
        _leave(tx, one, seats[number * 30])
    return {}


def _days(data: Data, count: int) -> list[date]:
    """So many days, evenly over the demo's period."""
    first, last = map(day_of, data["meta"]["period"])
    return [first + (last - first) * (2 * n + 1) // (2 * count) for n in range(count)]


def _some(seats: Sequence[str], start: int, count: int) -> list[str]:
    return [seats[(start + n) % len(seats)] for n in range(count)]


def _supervision(tx: Tx, given: Data, data: Data, seats: Sequence[str]) -> None:
    """The committees' supervision of two years; every fifth has one deputy more."""
    done = 0
    for key, count in data["other"]["supervision"].items():
        how = given["supervision"][key]
        kind = ActivityKind.stored(how["kind"])
        for number, day in enumerate(_days(data, count)):
            heads = given["deputies_each"] + (done % given["one_more_every"] == 0)
            half_days = int(how["kind"] in given["with_half_days"])
            activity_id = activities.save(
                tx,
                kind=kind,
                name=f"{how['names'][number % len(how['names'])]}（{day.year}年）",
                held_on=day,
                organiser=how["organiser"],
                official=how["officials"][number] if "officials" in how else "",
                attendees=[
                    Attendee(one, half_days=half_days) for one in _some(seats, done * 4, heads)
                ],
            )
            if how["kind"] in given["reports"]["kinds"]:
                _report(tx, activity_id, day, given["reports"])
            done += 1


def _report(tx: Tx, activity_id: str, day: date, how: Data) -> None:
    """Pass the report on, if there was time, and have it answered, if there was."""
    forwarded = day + timedelta(days=how["forwarded_after"])
    answered = forwarded + timedelta(days=how["answered_after"])
    if forwarded <= tx.today:
        activities.forward(tx, activity_id=activity_id, report=how["text"], forwarded_on=forwarded)
    if answered <= tx.today:
        activities.feed_back(
            tx, activity_id=activity_id, feedback_on=answered, feedback=how["answer"]
        )


def _other(tx: Tx, one: Data, seats: Sequence[str], ids: Ids) -> None:
    activity_id = activities.save(
        tx,
        kind=ActivityKind.stored(one["kind"]),
        name=one["name"],
        held_on=day_of(one["date"]),
        organiser=one["organiser"],
        topics=one.get("topics", ()),
        people=one["people"],
        attendees=[Attendee(seat) for seat in seats],
    )
    for number, said in enumerate(one.get("opinions", ())):
        event_opinions.save(
            tx,
            event_id=activity_id,
            content=said,
            mandate_id=seats[number % len(seats)],
            unit_id=ids[f"unit.{one['unit']}"] if number == 0 else "",
        )


def _cadres(tx: Tx, how: Data, data: Data, ids: Ids) -> None:
    """Leaders speak as deputies; every opinion has its speaker."""
    speakers = [ids[d["id"]] for d in data["deputies"] if d["level"] == "区"][: how["speakers"]]
    activity_id = activities.save(
        tx,
        kind=ActivityKind.CADRE,
        name=how["name"],
        held_on=day_of(how["date"]),
        organiser=how["organiser"],
        people=how["people"],
        attendees=[Attendee(seat, role="发言") for seat in speakers],
    )
    for number, said in enumerate(how["opinions"]):
        event_opinions.save(
            tx,
            event_id=activity_id,
            content=said,
            mandate_id=speakers[number % len(speakers)],
            unit_id=ids[f"unit.{how['unit']}"] if number < how["given"] else "",
        )
    tx.session.flush()
    for row in event_opinions.rows(tx.session, event_id=activity_id)[: how["answered"]]:
        event_opinions.feed_back(
            tx,
            opinion_id=row.id,
            fed_back_on=day_of(how["answered_on"]),
            feedback=how["answer"],
        )


def _groups(tx: Tx, how: Data, data: Data, ids: Ids) -> None:
    """Groups meet each quarter, except one in the last."""
    seats = [ids[d["id"]] for d in data["deputies"] if d["level"] == "苏木镇"]
    for number, name in enumerate(how["names"]):
        members = _some(seats, number * how["deputies"], how["deputies"])
        group_id = deputy_groups.save(
            tx, name=name, leader_id=members[0], member_ids=tuple(members)
        )
        tx.session.flush()
        rests = name == how["at_rest"]
        for day in how["quarters"][: -1 if rests else None]:
            activities.save(
                tx,
                kind=ActivityKind.GROUP,
                name=how["name"],
                held_on=day_of(day),
                group_id=group_id,
                organiser=name,
                attendees=[Attendee(seat) for seat in members],
            )


def _services(tx: Tx, how: Data, data: Data) -> None:
    for day in _days(data, data["other"]["publicity"]):
        services.save(
            tx,
            kind=ServiceKind.POLICY,
            campaign=how["policy"]["campaign"],
            held_on=day,
            people=how["policy"]["people"],
        )
    campaigns = how["volunteer"]
    whole, rest = divmod(data["other"]["volunteer_person_times"], len(campaigns))
    for number, day in enumerate(_days(data, len(campaigns))):
        services.save(
            tx,
            kind=ServiceKind.VOLUNTEER,
            campaign=campaigns[number],
            held_on=day,
            people=whole + (number < rest),
        )
    for one in how["more"]:
        services.save(
            tx,
            kind=ServiceKind.stored(one["kind"]),
            campaign=one["campaign"],
            held_on=day_of(one["date"]),
            times=one["times"],
            people=one["people"],
        )


def _trainings(tx: Tx, how: Data, data: Data, ids: Ids) -> None:
    of = {
        "district": [ids[d["id"]] for d in data["deputies"] if d["level"] == "区"],
        "town": [ids[d["id"]] for d in data["deputies"] if d["level"] == "苏木镇"],
        "street": [],
    }
    for key, count in data["other"]["training"].items():
        seats, told_of = of[key], how[key]
        for number, day in enumerate(_days(data, count)):
            heads = _some(seats, number * told_of["deputies"], told_of["deputies"])
            trainings.save(
                tx,
                topic=told_of["topics"][number % len(told_of["topics"])],
                form=TrainingForm.CLASSROOM,
                level=LEVEL[key],
                held_on=day,
                hours=told_of["hours"],
                people=told_of["people"],
                attendees=[Attendee(seat) for seat in heads],
            )
    online = how["online"]
    for number, day in enumerate(_days(data, data["other"]["online_study"])):
        trainings.save(
            tx,
            topic=online["topics"][number % len(online["topics"])],
            form=TrainingForm.ONLINE,
            level=TrainingLevel.DISTRICT,
            held_on=day,
            hours=online["hours"],
            people=online["people"],
        )


def _meetings(tx: Tx, absent: Mapping[str, Sequence[str]], ids: Ids) -> None:
    """Everybody was called; some were excused or stayed away; the others came."""
    for name, stands in absent.items():
        meeting = tx.session.get(Meeting, ids[name])
        assert meeting, "entered with the places"
        assert meeting.opened_on, "the demo's meetings have their days"
        term = next(row for row in meeting_attendance.rows(tx.session) if row.id == meeting.id)
        expected = meeting_attendance.expected(tx.session, term.level, meeting.opened_on)
        stood = [Presence.from_label(text) for text in stands]
        rest = [Presence.PRESENT] * (len(expected) - len(stood))
        meeting_attendance.save(
            tx,
            record_id=meeting.id,
            term_id=meeting.term_id,
            number=meeting.number,
            name=meeting.name,
            opened_on=meeting.opened_on,
            closed_on=meeting.closed_on,
            attendees=[
                Attendee(seat, how) for seat, how in zip(expected, [*stood, *rest], strict=True)
            ],
        )


def _leave(tx: Tx, one: Data, seat: str) -> None:
    leave_id = leaves.save(
        tx,
        mandate_id=seat,
        from_on=day_of(one["from"]),
        to_on=day_of(one["to"]),
        reason=one["reason"],
    )
    tx.session.flush()
    if one["approved_by"]:
        leaves.approve(
            tx,
            leave_id=leave_id,
            approved_by=one["approved_by"],
            approved_on=day_of(one["from"]),
        )
