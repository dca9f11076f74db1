"""The demo office's matters: oversight, conversions, petitions, vacancies, the dispatch."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.models import Suggestion
from deputydesk.models.choices import EndReason, Level
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.models.oversight import OversightKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    by_elections,
    conversion_steps,
    conversions,
    deputies,
    dispatches,
    electoral_districts,
    oversights,
    petition_steps,
    petitions,
    units,
    vacancies,
)
from deputydesk.rules.dispatch_periods import DispatchKind, period_of
from deputydesk.rules.petition_flow import PetitionState

_STAGES = tuple(PetitionState)
CONGRESS = ("区委书记", "区人大常委会主任", "区人大常委会副主任")
"""Leaders that press a suggestion for the congress; the others do for the government."""


@operation(Right.HANDLE, "督办和检察衔接")
def enter_matters(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter what presses suggestions, and what went to the procuratorate or came from there."""
    made = {s.number: s for s in tx.session.scalars(select(Suggestion).order_by(Suggestion.id))}
    for given in data["suggestions"]:
        if given["key"]:
            _press(tx, given, made[given["no"]])
    for given in about["cases"]["conversions"]:
        _convert(tx, given, made, ids)
    return {}


def _press(tx: Tx, given: Data, suggestion: Suggestion) -> None:
    leader, assigned = given["leader"], day_of(given["assigned"])
    is_congress = leader in CONGRESS
    replied = day_of(given["replied"])
    for kind in (
        OversightKind.KEY,
        OversightKind.CONGRESS if is_congress else OversightKind.GOVERNMENT,
    ):
        oversight_id = oversights.save(
            tx,
            suggestion_id=suggestion.id,
            kind=kind,
            congress_leader=leader if is_congress else "",
            government_leader="" if is_congress else leader,
            started_on=assigned,
            due_on=day_of(given["due"]),
            plan="每月听取一次汇报，办理期间现场督办不少于一次。",
            steps=oversights.steps(tx.session, assigned),
        )
        oversights.save_visit(
            tx,
            oversight_id=oversight_id,
            held_on=assigned + (replied - assigned) // 2,
            form="听取汇报" if kind is OversightKind.KEY else "现场督办",
            content="听取承办单位汇报，查看办理进展，与代表面商",
            who=leader,
        )
        oversights.finish(
            tx, oversight_id=oversight_id, result="已按期答复，代表满意", ended_on=replied
        )


def _convert(tx: Tx, given: Data, made: Mapping[int, Suggestion], ids: Mapping[str, str]) -> None:
    way = ConversionDirection.stored(given["direction"])
    forth = way is ConversionDirection.TO_PROCURATORATE
    suggestion = made[given["suggestion" if forth else "deputy_of"]]
    conversion_id = conversions.save(
        tx,
        direction=way,
        subject=given["subject"],
        suggestion_id=suggestion.id if forth else "",
        field=PublicInterest.stored(given["field"]),
        screened_on=day_of(given["screened_on"]),
        advice_no="" if forth else given["advice_no"],
        issued_on=None if forth else day_of(given["issued_on"]),
    )
    if not forth:
        conversion_steps.propose(tx, conversion_id=conversion_id, suggestion_id=suggestion.id)
    else:
        conversion_steps.send(tx, conversion_id=conversion_id, sent_on=day_of(given["sent_on"]))
        conversion_steps.file(
            tx,
            conversion_id=conversion_id,
            filing_no=given["filing_no"],
            filed_on=day_of(given["filed_on"]),
        )
        conversion_steps.issue(
            tx,
            conversion_id=conversion_id,
            advice_no=given["advice_no"],
            issued_on=day_of(given["issued_on"]),
            unit_id=ids.get("unit.区自然资源分局", ""),
            copied_on=day_of(given["copied_on"]),
        )
        conversion_steps.rectify(
            tx,
            conversion_id=conversion_id,
            outcome=given["outcome"],
            rectified_on=day_of(given["rectified_on"]),
            recovered=given["recovered"],
        )
    conversion_steps.tell(tx, conversion_id=conversion_id, told_on=day_of(given["told_on"]))


@operation(Right.HANDLE, "信访代办")
def enter_petitions(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter petitions at every stage."""
    unit = units.add(tx, name="区信访局", short_name="信访局")
    agents = [d["id"] for d in data["deputies"][::18]]
    for place, given in enumerate(about["cases"]["petitions"]):
        day = day_of(given["reported_on"])
        petition_id = petitions.save(
            tx,
            reported_on=day,
            matter=given["matter"],
            category=given["category"],
            voter_name=given["voter"],
            people=given["people"],
            risk=given["risk"],
            risk_note="可能越级走访，代表每周联系一次" if given["risk"] else "",
        )
        tx.session.flush()
        until = given["until"]
        if until != "reported":
            _carry(tx, petition_id, day, ids[agents[place % len(agents)]], unit, until)
    return {}


def _carry(tx: Tx, petition_id: str, day: date, agent: str, unit: str, until: str) -> None:
    """Take a petition through its stages up to the one wanted."""
    is_extended, until = until == "extended", "told" if until == "extended" else until
    wanted = _STAGES.index(PetitionState.stored(until))

    def after(days: int) -> date:
        return min(day + timedelta(days), tx.today)

    def reaches(state: PetitionState) -> bool:
        return wanted >= _STAGES.index(state)

    petitions.name_agent(
        tx,
        petition_id=petition_id,
        agent_id=agent,
        named_on=after(2),
        promise="陪同登记，转递材料，跟踪进度，不代替机关作决定",
    )
    if reaches(PetitionState.REGISTERED):
        petition_steps.register(
            tx,
            petition_id=petition_id,
            unit_id=unit,
            registered_no=f"信{day:%Y%m%d}",
            registered_on=after(4),
        )
    if reaches(PetitionState.TOLD):
        petition_steps.tell(tx, petition_id=petition_id, told_on=after(14))
    if is_extended:
        petition_steps.extend(
            tx, petition_id=petition_id, extension_why="需要委托测量", extended_on=after(20)
        )
    if not reaches(PetitionState.ANSWERED):
        return
    petition_steps.answer(
        tx,
        petition_id=petition_id,
        answer="查明情况，依法依规作出处理意见",
        accepted=until == "closed",
        answered_on=after(40),
    )
    if until == "closed":
        petition_steps.close(tx, petition_id=petition_id, closed_on=after(45))
    elif reaches(PetitionState.REVIEWING):
        _dispute(tx, petition_id, day, until)
    if until in ("closed", "ended"):
        petition_steps.visit(
            tx, petition_id=petition_id, visit_note="代表上门回访，情绪平稳", visited_on=after(150)
        )


def _dispute(tx: Tx, petition_id: str, day: date, until: str) -> None:
    """Let a petitioner ask for a review, and for the last re-examination."""
    petition_steps.review(tx, petition_id=petition_id, reviewed_on=day + timedelta(50))
    if until == "reviewing":
        return
    petition_steps.review_result(
        tx,
        petition_id=petition_id,
        review_result="维持处理意见",
        review_answered_on=day + timedelta(75),
    )
    if until == "reviewed":
        return
    petition_steps.recheck(tx, petition_id=petition_id, rechecked_on=day + timedelta(90))
    if until == "ended":
        petition_steps.recheck_result(
            tx,
            petition_id=petition_id,
            recheck_result="维持复查意见，信访程序终结",
            closed_on=day + timedelta(115),
        )


@operation(Right.HANDLE, "缺额补选")
def enter_vacancies(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter a seat that was filled by a by-election and one that is vacant.

    Both were second seats, and a sitting deputy won: the number of deputies stays as published.
    """
    winner, *others = _single_seated(data)
    for (name, given), giver in zip(about["cases"]["vacancies"].items(), others, strict=False):
        vacancy_id = _vacant(tx, given, about, ids, giver)
        if name == "open":
            by_elections.call(tx, vacancy_id=vacancy_id, candidates=("杨永福", "吴雪梅"))
            continue
        by_elections.call(
            tx,
            vacancy_id=vacancy_id,
            candidates=(winner["name"],),
            voters=given["voters"],
        )
        by_elections.elect(
            tx,
            vacancy_id=vacancy_id,
            winner=winner["name"],
            election_on=day_of(given["election_on"]),
            **{
                count: given[count]
                for count in ("voters", "issued", "returned", "valid", "winner_votes")
            },
        )
        by_elections.examine(tx, vacancy_id=vacancy_id, examined_on=day_of(given["examined_on"]))
        by_elections.fill(
            tx,
            vacancy_id=vacancy_id,
            person_id=deputies.one(tx.session, ids[winner["id"]]).person_id,
            elected_announcement_no=given["elected_announcement_no"],
            elected_announced_on=day_of(given["elected_announced_on"]),
        )
    return {}


def _single_seated(data: Data) -> list[Data]:
    """Deputies of the district, of one town, with no second seat."""
    return [
        d for d in data["deputies"]
        if d["level"] == "区" and d["town"] == "五当召镇" and not d["also"]
    ]  # fmt: skip


def _vacant(tx: Tx, given: Data, about: Data, ids: Mapping[str, str], giver: Data) -> str:
    """A second seat that a deputy of the district has given up, as far as the announcement."""
    mandate_id = deputies.add_mandate(
        tx,
        person_id=deputies.one(tx.session, ids[giver["id"]]).person_id,
        level=Level.TOWN,
        town="五当召镇",
        term_id=ids[f"term.{Level.TOWN}"],
        electoral_district_id=electoral_districts.save(
            tx, name=given["district"], level=Level.TOWN
        ),
        home_id=ids["H07"],
        started_on=day_of(about["elected_on"]),
    )
    tx.session.flush()
    vacancy_id = vacancies.end(
        tx,
        mandate_id=mandate_id,
        ended_on=day_of(given["ended_on"]),
        reason=EndReason.stored(given["reason"]),
    )
    tx.session.flush()
    vacancies.review(tx, vacancy_id=vacancy_id, reviewed_on=day_of(given["reviewed_on"]))
    vacancies.confirm(tx, vacancy_id=vacancy_id, confirmed_on=day_of(given["confirmed_on"]))
    vacancies.announce(
        tx,
        vacancy_id=vacancy_id,
        announcement_no=given["announcement_no"],
        announced_on=day_of(given["announced_on"]),
    )
    return vacancy_id


@operation(Right.HANDLE, "周调度、月小结、季报告")
def enter_dispatches(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Make the reports of some weeks, of every month and quarter, each on its own last day."""
    del data, ids
    for name, kind in (
        ("weeks", DispatchKind.WEEK),
        ("months", DispatchKind.MONTH),
        ("quarters", DispatchKind.QUARTER),
    ):
        for day in map(day_of, about["cases"][name]):
            last = min(period_of(kind, day).last, tx.today)
            then = replace(tx, now=datetime.combine(last, time(16, 30)))
            dispatches.make(then, kind=kind, day=day, signed_by=about["profile"]["head"])
    return {}
