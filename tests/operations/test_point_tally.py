"""The board counts in the database what the list of entries reads one by one: both say the same."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from deputydesk.models import Mandate, PointEntry
from deputydesk.models.choices import Level
from deputydesk.models.points import PointState
from deputydesk.office import Right, operation
from deputydesk.operations import deputies, duty, point_rows, points
from deputydesk.rules.point_schemes import published
from deputydesk.rules.points import Measure
from deputydesk.rules.quarters import Quarter
from tests.operations.duty_case import YEAR, add, adopt, receive, scheme


@operation(Right.SETUP, "改任职日期")
def set_start(tx, *, mandate_id, day):
    tx.session.get(Mandate, mandate_id).started_on = day


QUARTERS = tuple(Quarter(YEAR, number) for number in range(1, 5))
SAID = (None, PointState.VERIFIED, PointState.REFUSED, PointState.DRAFT)
NAMES = tuple(one.name for one in published())


def filled(name, *, by_hours=False):
    """The published rules, what they leave open filled in."""
    rules = scheme(name)
    own = {i.id: ("1.5", "0.5", "4") for i in rules.items if i.first is None}
    rules = scheme(name, **own)
    if not by_hours:
        return rules
    items = [
        replace(item, measure=Measure.HOURS, evidence=True) if "training" in item.kinds else item
        for item in rules.items
    ]
    return replace(rules, items=tuple(items))


def judge(office, *, at):
    """The clerk says something of most entries, of some twice, and types some more."""
    for number, row in enumerate(
        row for quarter in QUARTERS for row in office.ask(point_rows.entries, quarter)
    ):
        state = SAID[(number + at) % len(SAID)]
        about = {"mandate_id": row.mandate_id, "source_kind": row.table, "source_id": row.source_id}
        if state:
            add(office, PointEntry, **about, earned_on=row.day, state=state)
        if number % 5 == 0:
            add(office, PointEntry, **about, earned_on=row.day, state=SAID[number % 3 + 1])
    for number, deputy in enumerate(office.ask(points.board, QUARTERS[0]).rows):
        items = office.ask(points.board, QUARTERS[0]).items
        for place, (item, _) in enumerate(items):
            add(
                office,
                PointEntry,
                mandate_id=deputy.id,
                item=item,
                earned_on=date(YEAR, 2, 1) + timedelta(60 * ((number + place) % 5)),
                quantity=1 + place % 2,
                role=("领衔", "附议", "")[place % 3],
                state=SAID[(number + place) % 3 + 1],
            )


@pytest.mark.parametrize("at", range(len(SAID)))
@pytest.mark.parametrize("name", NAMES)
def test_the_board_is_the_sum_of_its_entries(duty_office, name, at):
    adopt(duty_office, filled(name, by_hours=at % 2 == 1))
    judge(duty_office, at=at)

    for quarter in QUARTERS:
        entries = duty_office.ask(point_rows.entries, quarter)
        for row in duty_office.ask(points.board, quarter).rows:
            mine = [e for e in entries if e.deputy_id == row.id]
            by_item = Counter()
            for entry in mine:
                by_item[entry.item_id] += entry.gave
            gained = {item: given for item, given in by_item.items() if given}
            assert {i: given for i, given in row.items.items() if given} == gained
            assert row.pending == sum(e.waits for e in mine)
    assert duty_office.ask(points.board, QUARTERS[1]).rows[0].total > Decimal(0)


def test_what_somebody_did_before_the_seat_began_is_nobodys(duty_office):
    adopt(duty_office, filled("汝州"))
    before = duty_office.ask(points.board, QUARTERS[0]).rows
    later = duty_office.do(deputies.add, name="钱七", level=Level.TOWN, started_on=date(YEAR, 2, 1))
    receive(duty_office, later, date(YEAR, 2, 3))
    assert len(duty_office.ask(points.board, QUARTERS[0]).rows) == len(before) + 1

    duty_office.do(set_start, mandate_id=later, day=date(YEAR, 9, 1))

    assert duty_office.ask(points.board, QUARTERS[0]).rows == before


def test_entries_are_counted_by_quarter_without_being_read(duty_office):
    kinds = frozenset({"visit.reception", "training"})

    lines = duty_office.ask(duty.totals, quarters=QUARTERS, kinds=kinds)

    ended = [sum(line[3 + place] for line in lines) for place in range(len(QUARTERS))]
    read = [
        len(duty_office.ask(duty.briefs, first=date(YEAR, 1, 1), last=q.last, kinds=kinds))
        for q in QUARTERS
    ]
    assert ended == read
    assert read[-1] > read[0] > 0
    assert {line[1] for line in lines} == kinds


def test_what_the_clerk_spoke_of_is_read(duty_office):
    adopt(duty_office, filled("汝州"))
    [row, *_] = duty_office.ask(point_rows.entries, QUARTERS[0], item_id="reception")
    about = {"mandate_id": row.mandate_id, "source_kind": row.table, "source_id": row.source_id}
    add(duty_office, PointEntry, **about, earned_on=row.day, state=PointState.REFUSED)
    asked = {"first": QUARTERS[0].first, "last": QUARTERS[0].last}
    kinds = frozenset({"visit.reception"})

    found = duty_office.ask(duty.judged, **asked, kinds=kinds, tables=frozenset({"visit"}))

    assert [line[0] for line in found] == [row.source_id]
