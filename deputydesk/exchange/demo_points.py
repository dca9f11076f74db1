"""The demo office's points: rules, closed and published quarters, commendations, reports, talks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    cautions,
    honours,
    point_objections,
    point_quarters,
    point_schemes,
    work_reports,
)
from deputydesk.rules.point_schemes import published
from deputydesk.rules.quarters import Quarter


@operation(Right.SETUP, "履职积分")
def enter_points(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Adopt published rules, then close and publish the quarters that are over."""
    del data
    said = about["points"]
    rules = next(one for one in published() if one.id == said["scheme"])
    point_schemes.save(
        tx,
        name=rules.name,
        valid_from=day_of(said["valid_from"]),
        scheme=replace(rules.scheme, tail=said["tail"]),
        source=rules.source,
    )
    for honour in said["honours"]:
        honours.save(
            tx,
            mandate_id=ids[honour["deputy"]],
            name=honour["name"],
            given_on=day_of(honour["given_on"]),
            giver=honour["giver"],
        )
    for report in said["reports"]:
        _report(tx, report, ids)
    tx.session.flush()
    for year, number in said["closed"]:
        _close(tx, Quarter(year, number))
    _object(tx, said["objection"], Quarter(*said["closed"][0]))
    _talk(tx, said["talk"], Quarter(*said["closed"][-1]))
    return {}


def _report(tx: Tx, said: Data, ids: Mapping[str, str]) -> None:
    """A deputy's report to the voters."""
    days = ("first_on", "last_on", "given_on")
    work_reports.save(
        tx,
        mandate_id=ids[said["deputy"]],
        **{name: day_of(said[name]) for name in days},
        **{name: said[name] for name in ("opening", *work_reports.SECTIONS)},
    )


def _close(tx: Tx, quarter: Quarter) -> None:
    closed_on = quarter.after.first + timedelta(days=6)
    record = point_quarters.close(tx, quarter=quarter, leave_unverified=True, closed_on=closed_on)
    tx.session.flush()
    point_quarters.publish(tx, quarter_id=record, published_on=closed_on + timedelta(days=2))
    tx.session.flush()


def _object(tx: Tx, said: Data, quarter: Quarter) -> None:
    """An objection to the board of a quarter, decided."""
    found = point_quarters.closed(tx.session, quarter)
    assert found, "the quarter was just closed"
    assert found.published_on, "and published"
    mandate = found.board["rows"][said["place"]]["mandate"]
    objection = point_objections.raise_objection(
        tx,
        quarter_id=found.id,
        mandate_id=mandate,
        raised_on=found.published_on,
        content=said["content"],
    )
    point_objections.decide(
        tx,
        objection_id=objection,
        decision=said["decision"],
        decided_on=found.published_on + timedelta(days=2),
    )


def _talk(tx: Tx, said: Data, quarter: Quarter) -> None:
    """Talks after the last closed quarter: one held, the others to come."""
    tail = point_quarters.tail(tx.session, quarter)[: said["people"]]
    cautions.start_many(tx, quarter=quarter, reasons=[(row.id, row.reason) for row in tail])
    tx.session.flush()
    first = cautions.rows(tx.session)[-1]
    held: date = day_of(said["held_on"])
    cautions.notify(tx, caution_id=first.id, noticed_on=held - timedelta(days=5))
    cautions.hold(
        tx,
        caution_id=first.id,
        held_on=held,
        talker=said["talker"],
        second_talker=said["second_talker"],
        content=said["content"],
        answer=said["answer"],
        signed=True,
    )
