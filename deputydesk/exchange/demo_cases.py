"""The demo office's cases: opinions and suggestions taken through their handling, an evaluation."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from deputydesk.models.choices import Channel, TalkForm, UnitRole
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    assignments,
    evaluations,
    feedbacks,
    opinions,
    replies,
    reviews,
    suggestions,
    talks,
)
from deputydesk.operations.evaluations import Tally
from deputydesk.rules.satisfaction import Satisfaction

Data = Mapping[str, Any]  # the demo's JSON


def day_of(text: str) -> date:
    """A date of the demo's JSON."""
    return date.fromisoformat(text)


@operation(Right.REGISTER, "选民意见")
def enter_opinions(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the opinions of voters and what became of each."""
    del about
    for opinion in data["opinions"]:
        heard = day_of(opinion["date"])
        opinion_id = opinions.hear(
            tx,
            heard_on=heard,
            channel=Channel.from_label(opinion["channel"]),
            matter=opinion["text"],
            mandate_id=ids[opinion["deputy"]],
            home_id=ids[opinion["home"]],
            voter_name=opinion["voter"] or "",
        )
        settled = day_of(opinion["settled"]) if opinion["settled"] else None
        _settle(tx, opinion_id, opinion["routed"], heard, settled, ids)
    return {}


def _settle(
    tx: Tx,
    opinion_id: str,
    routed: str,
    heard: date,
    settled: date | None,
    ids: Mapping[str, str],
) -> None:
    if routed == "当场答复":
        if settled:
            opinions.answer_on_spot(
                tx, opinion_id=opinion_id, answer="已向选民当场说明", answered_on=heard
            )
            opinions.close(tx, opinion_id=opinion_id, closed_on=settled)
        return
    opinions.assign(tx, opinion_id=opinion_id, unit_id=ids[f"unit.{routed}"], assigned_on=heard)
    if settled:
        handled = heard + (settled - heard) * 2 // 3
        opinions.handle(tx, opinion_id=opinion_id, outcome="已办理", handled_on=handled)
        opinions.feed_back(tx, opinion_id=opinion_id, told_how="电话", told_on=settled)
        opinions.close(
            tx, opinion_id=opinion_id, satisfaction=Satisfaction.SATISFIED, closed_on=settled
        )


@operation(Right.HANDLE, "代表建议")
def enter_suggestions(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the suggestions and take each through its handling."""
    del about
    for given in data["suggestions"]:
        suggestion_id = suggestions.enter(
            tx,
            headline=given["title"],
            lead_id=ids[given["lead"]],
            cosigner_ids=tuple(ids[d] for d in given["cosigners"]),
            meeting_id=ids[given["session"]],
            submitted_on=day_of(given["submitted"]),
            registered_on=day_of(given["submitted"]),
            number=given["no"],
            public=True,
        )
        reviews.accept(tx, suggestion_id=suggestion_id, reviewed_on=day_of(given["assigned"]))
        _handle(tx, suggestion_id, given, ids)
    return {}


def _handle(tx: Tx, suggestion_id: str, given: Data, ids: Mapping[str, str]) -> None:
    assigned, replied = day_of(given["assigned"]), day_of(given["replied"])
    assignments.assign(
        tx,
        suggestion_id=suggestion_id,
        main_id=ids[f"unit.{given['main']}"],
        assist_ids=tuple(ids[f"unit.{name}"] for name in given["assist"]),
        assigned_on=assigned,
    )
    tx.session.flush()
    for row in assignments.rows(tx.session, suggestion_id=suggestion_id):
        assignments.sign(tx, assignment_id=row.id, signed_on=assigned + timedelta(days=1))
    talks.log(
        tx,
        suggestion_id=suggestion_id,
        held_on=assigned + (replied - assigned) // 4,
        form=TalkForm.VISIT,
        unit_id=ids[f"unit.{given['main']}"],
        content="就办理思路与代表沟通。",
    )
    if given["returned_once"]:
        _answer(tx, suggestion_id, "C", assigned + (replied - assigned) * 3 // 4, again=True)
    _answer(tx, suggestion_id, given["result"], replied, again=False)


def _answer(tx: Tx, suggestion_id: str, answer_class: str, day: date, *, again: bool) -> None:
    tx.session.flush()
    mine = [
        row
        for row in assignments.rows(tx.session, suggestion_id=suggestion_id)
        if row.replied_on is None and row.role != UnitRole.ASSIST
    ]
    replies.answer(
        tx,
        assignment_id=mine[-1].id,
        answer_class=answer_class,
        replied_on=day,
        signer="单位主要负责人",
        planned="列入年度工作计划，分步实施。" if answer_class == "B" else "",
        planned_by=day + timedelta(days=365) if answer_class == "B" else None,
        refused_why="暂不具备条件。" if answer_class == "C" else "",
    )
    form = feedbacks.send(tx, suggestion_id=suggestion_id, sent_on=day)
    judged = Satisfaction.DISSATISFIED if again else Satisfaction.SATISFIED
    tx.session.flush()
    feedbacks.receive(
        tx,
        feedback_id=form,
        attitude=Satisfaction.SATISFIED,
        result=judged,
        returned_on=day + timedelta(days=1 if again else 3),
        talk_form=TalkForm.VISIT,
        opinion="问题没有解决，希望再研究。" if again else "",
    )


@operation(Right.EVALUATE, "述职测评")
def enter_evaluation(tx: Tx, *, about: Data, data: Data, ids: Mapping[str, str]) -> None:
    """Enter one counted and announced evaluation of deputies of one town."""
    chosen = [
        d["id"] for d in data["deputies"] if d["town"] == about["town"] and d["level"] == "苏木镇"
    ][: about["deputies"]]
    evaluation_id = evaluations.prepare(
        tx,
        name=about["name"],
        held_on=day_of(about["held_on"]),
        deputy_ids=tuple(ids[d] for d in chosen),
        place=about["place"],
        home_id=ids[about["home"]],
        host=about["host"],
    )
    tx.session.flush()
    evaluations.count(
        tx,
        evaluation_id=evaluation_id,
        issued=about["issued"],
        returned=about["returned"],
        valid=about["valid"],
        invalid=about["invalid"],
        tallies=tuple(_tallies([ids[d] for d in chosen], about["valid"])),
        counter=about["counter"],
        scrutineer=about["scrutineer"],
    )
    evaluations.announce(tx, evaluation_id=evaluation_id, announced_on=day_of(about["held_on"]))


def _tallies(mandate_ids: Iterable[str], valid: int) -> Iterable[Tally]:
    """Invented tallies that add up, a little different for each deputy."""
    for n, mandate_id in enumerate(mandate_ids):
        mostly, no, unknown = 8 + n * 7 % 17, n * 5 % 4, n * 3 % 5
        void = n % 3
        yes = valid - mostly - no - unknown - void
        counts = {"yes": yes, "mostly": mostly, "no": no, "unknown": unknown}
        yield Tally(mandate_id, counts, void)
