"""The demo office's livelihood projects: voted on, built, paid for, judged; street assemblies."""

from collections.abc import Mapping, Sequence
from datetime import date

from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.project import ProjectLevel
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    assemblies,
    assembly_members,
    event_opinions,
    milestones,
    project_evals,
    project_payments,
    project_steps,
    project_votes,
    projects,
)
from deputydesk.operations.project_votes import VoteTally

WAN = 1_000_000
DONE = "已完工"


@operation(Right.HANDLE, "民生实事项目和票决")
def enter_projects(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the projects of the district, with a vote of each year, and those of the towns."""
    del about
    plan = data["project_plan"]
    for vote in plan["votes"]:
        chosen = [p for p in data["projects"] if p["year"] == vote["year"]]
        listed = _candidates(tx, plan, vote, [*chosen, *vote["lost"]], ids)
        _vote(tx, vote, listed, ids)
        for place, given in enumerate(chosen):
            _carry_out(tx, plan, given, listed[place][0])
    for number, given in enumerate(data["grassroots_projects"]):
        _grassroots(tx, plan["grassroots"], given, number)
    return {}


def _candidates(
    tx: Tx, plan: Data, vote: Data, given: Sequence[Data], ids: Mapping[str, str]
) -> list[tuple[str, int]]:
    """Propose and shortlist the projects of a year; returns each with the votes it will get."""
    listed: list[tuple[str, int]] = []
    for number, project in enumerate(given):
        project_id = projects.save(
            tx,
            level=ProjectLevel.DISTRICT,
            year=vote["year"],
            name=project["name"],
            content=plan["content"],
            source=plan["sources"][number % len(plan["sources"])],
            proposed_on=day_of(vote["proposed_on"]),
            budget=project["invest_wan"] * WAN,
            unit_id=ids[f"unit.{project['dept']}"] if "dept" in project else "",
        )
        project_steps.shortlist(
            tx,
            project_id=project_id,
            screening=plan["screening"],
            screened_on=day_of(vote["screened_on"]),
        )
        tx.session.flush()
        listed.append((project_id, project["votes"]))
    return listed


def _vote(tx: Tx, vote: Data, listed: Sequence[tuple[str, int]], ids: Mapping[str, str]) -> None:
    held = day_of(vote["held_on"])
    vote_id = project_votes.save(
        tx,
        level=ProjectLevel.DISTRICT,
        year=vote["year"],
        name=vote["meeting"],
        held_on=held,
        seats=vote["seats"],
        expected=vote["expected"],
        meeting_id=ids[vote["meeting"]],
        host=vote["host"],
        counter=vote["counter"],
        scrutineer=vote["scrutineer"],
    )
    tx.session.flush()
    valid = vote["valid"]
    project_votes.count(
        tx,
        vote_id=vote_id,
        present=vote["present"],
        issued=vote["present"],
        returned=valid + vote["invalid"],
        valid=valid,
        invalid=vote["invalid"],
        tallies=tuple(
            VoteTally(project_id, yes, (valid - yes) // 2, valid - yes - (valid - yes) // 2)
            for project_id, yes in listed
        ),
    )
    tx.session.flush()
    project_votes.announce(tx, vote_id=vote_id, announced_on=held)


def _carry_out(tx: Tx, plan: Data, given: Data, project_id: str) -> None:
    """Begin it, with its milestones, payments and evaluations; finish it if it is finished."""
    year, is_done = given["year"], given["progress"] == DONE
    over = plan["carried_over"]
    next_day = over["late_day" if given["no"] in over["late"] else "next_day"]
    project_steps.start(
        tx,
        project_id=project_id,
        started_on=_in(year, plan["started"]),
        due_on=_in(year, plan["finished"]) if is_done else day_of(next_day),
    )
    steps = plan["milestones"]
    for number, step in enumerate(steps, 1):
        is_open = number == len(steps) and not is_done
        due = day_of(next_day) if is_open else _in(year, step["day"])
        milestones.save(
            tx,
            project_id=project_id,
            name=step["name"],
            due_on=due,
            done_on=None if is_open else due,
            percent=step["percent"],
        )
    for number, payment in enumerate(plan["payments"]):
        if number == 0 or is_done:
            project_payments.save(
                tx,
                project_id=project_id,
                paid_on=_in(year, payment["day"]),
                amount=given["invest_wan"] * WAN * payment["percent"] // 100,
                voucher_no=f"{payment['voucher']}{given['no']}",
            )
    names, days = ("一评", "二评", "三评"), plan["evaluation"]["days"]
    for step, day, grade in zip(names, days, given["review3"], strict=True):
        _judge(tx, plan, project_id, step, _in(year, day), grade)
    if given["inquiry"]:
        asked = dict(plan["inquiry"])
        day = _in(year, asked.pop("day"))
        project_evals.save(tx, project_id=project_id, step="一问", held_on=day, **asked)
    if is_done:
        _finish(tx, plan, given, project_id)


def _finish(tx: Tx, plan: Data, given: Data, project_id: str) -> None:
    tx.session.flush()
    project_steps.finish(tx, project_id=project_id, done_on=_in(given["year"], plan["finished"]))
    judged = _in(given["year"], plan["judged"])
    _judge(tx, plan, project_id, "满意度测评", judged, given["review3"][-1])


def _judge(tx: Tx, plan: Data, project_id: str, step: str, held: date, grade: str) -> None:
    rule = plan["evaluation"]
    satisfied, mostly, dissatisfied = rule[grade]
    project_evals.save(
        tx,
        project_id=project_id,
        step=step,
        held_on=held,
        members=rule["members"],
        present=rule["present"],
        satisfied=satisfied,
        mostly=mostly,
        dissatisfied=dissatisfied,
    )


def _grassroots(tx: Tx, plan: Data, given: Data, number: int) -> None:
    year = given["year"]
    project_id = projects.save(
        tx,
        level=ProjectLevel.TOWN,
        year=year,
        name=given["name"],
        town=given["town"],
        source=plan["source"],
        proposed_on=_in(year, plan["proposed"]),
    )
    tx.session.flush()
    project_steps.adopt(
        tx,
        project_id=project_id,
        decision=plan["decision"],
        chosen_on=_in(year, plan["chosen"]),
    )
    project_steps.start(tx, project_id=project_id, started_on=_in(year, plan["started"]))
    if year < tx.today.year or number % 4:
        project_steps.finish(tx, project_id=project_id, done_on=_in(year, plan["finished"]))
    else:
        project_steps.set_progress(tx, project_id=project_id, progress=60)


@operation(Right.REGISTER, "街道议事会议")
def enter_assemblies(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the members of street assemblies and their meetings."""
    del about, ids
    plan = data["project_plan"]
    for street in plan["streets"]:
        for member in street["members"]:
            assembly_members.save(tx, street=street["street"], **member)
    tx.session.flush()
    for meeting in plan["meetings"]:
        votes: Sequence[int | None] = meeting["votes"] or (None, None, None)
        assembly_id = assemblies.save(
            tx,
            kind=AssemblyKind.COUNCIL,
            name=meeting["name"],
            street=meeting["street"],
            held_on=day_of(meeting["held_on"]),
            place=f"{meeting['street']}会议室",
            present=meeting["present"],
            topics=meeting["topics"],
            resolution=meeting["resolution"],
            votes_for=votes[0],
            votes_against=votes[1],
            votes_abstain=votes[2],
        )
        tx.session.flush()
        if meeting["said"]:
            event_opinions.note_down(tx, event_id=assembly_id, lines=tuple(meeting["said"]))
    return {}


def _in(year: int, day: str) -> date:
    return day_of(f"{year}-{day}")
