"""What columns of long lists show can be sorted and filtered as the list shows it."""

from datetime import date

import pytest

from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import (
    activities,
    event_opinions,
    expenses,
    leaves,
    listing,
    services,
    shown,
    trainings,
    visit_list,
    visits,
)
from deputydesk.operations.listing import Wanted
from deputydesk.rules.cell_filters import Arrangement, CellFilter
from deputydesk.ui.registers import activities as shown_activities
from deputydesk.ui.registers import event_opinions as shown_opinions
from deputydesk.ui.registers import expenses as shown_expenses
from deputydesk.ui.registers import leaves as shown_leaves
from deputydesk.ui.registers import services as shown_services
from deputydesk.ui.registers import trainings as shown_trainings
from deputydesk.ui.visit_list import columns as visit_columns
from tests import make

REGISTERS = [
    (activities, shown_activities.ACTIVITIES),
    (event_opinions, shown_opinions.EVENT_OPINIONS),
    (expenses, shown_expenses.EXPENSES),
    (leaves, shown_leaves.LEAVES),
    (services, shown_services.SERVICES),
    (trainings, shown_trainings.TRAININGS),
]
NAMES = [noun.__name__.rpartition(".")[2] for noun, _ in REGISTERS]


def asked(office, noun, arrangement, limit=None):
    wanted = Wanted(make.TODAY, arrangement=arrangement)
    return list(office.ask(listing.ids, noun.LISTING, wanted, limit))


def rows_of(office, noun):
    order = asked(office, noun, Arrangement())
    found = {row.id: row for row in office.ask(noun.rows, ids=order)}
    return [found[record_id] for record_id in order]


@pytest.mark.parametrize(("noun", "register"), REGISTERS, ids=NAMES)
def test_the_database_sorts_as_the_list_would(demo_office, noun, register):
    rows = rows_of(demo_office, noun)
    assert rows

    for title in noun.LISTING.columns:
        column = next(c for c in register.columns if c.title == title)
        for is_down in (False, True):
            by_hand = sorted(rows, key=column.sort or column.text, reverse=is_down)
            found = asked(demo_office, noun, Arrangement((), title, is_down))
            assert found == [row.id for row in by_hand], (title, is_down)
            assert asked(demo_office, noun, Arrangement((), title, is_down), 5) == found[:5]


@pytest.mark.parametrize(("noun", "register"), REGISTERS, ids=NAMES)
def test_the_database_finds_the_cells_that_show_a_text(demo_office, noun, register):
    rows = rows_of(demo_office, noun)

    for title in noun.LISTING.columns:
        column = next(c for c in register.columns if c.title == title)
        for text in {column.text(row) for row in rows[:40]} | {"", "没有", "12"}:
            for is_out in (False, True):
                one = CellFilter(title, text, is_out)
                expected = [row.id for row in rows if one.lets_pass(column.text(row))]
                assert asked(demo_office, noun, Arrangement((one,))) == expected, one


def test_visits_are_sorted_and_filtered_as_their_list_would(demo_office):
    def ids(**how):
        found = visit_list.ids
        return list(demo_office.ask(found, year=None, today=make.TODAY, **how))

    at = {row.id: row for row in demo_office.ask(visits.rows)}
    rows = [at[record_id] for record_id in ids()]
    for column in visit_columns():
        if column.title not in visit_list.COLUMNS:
            continue
        by_hand = sorted(rows, key=column.sort or column.text)
        assert ids(arrangement=Arrangement((), column.title)) == [row.id for row in by_hand]
        text = column.text(rows[3])
        expected = [row.id for row in rows if column.text(row) == text]
        assert ids(arrangement=Arrangement((CellFilter(column.title, text),))) == expected
    assert demo_office.ask(visit_list.size, None) == len(rows)
    assert ids(arrangement=Arrangement((CellFilter("编号", "12"),))) == []


def test_an_amount_is_found_as_it_is_written(office):
    wang = make.deputy(office, name="王伟")
    for amount, mandate_id in ((120_050, wang), (1_200, "")):
        office.do(
            expenses.save,
            spent_on=date(2026, 5, 6),
            kind=ExpenseKind.MATERIAL,
            content="印资料",
            amount=amount,
            level=Level.TOWN,
            mandate_id=mandate_id,
            over_reason="没有标准",
        )

    def found(column, text):
        ids = asked(office, expenses, Arrangement((CellFilter(column, text),)))
        return [row.amount for row in office.ask(expenses.rows, ids=ids)]

    assert found("金额（元）", "1,200.50") == [120_050]
    assert found("金额（元）", "很多") == []
    assert found("代表", "王伟") == [120_050]
    assert found("代表", "") == [1_200]
    assert office.ask(listing.size, expenses.LISTING, 2026) == 2


@pytest.mark.parametrize(
    ("year", "words"), [(None, ("培训",)), (2023, ("代表",)), (2023, ("没有",))]
)
def test_a_first_page_begins_as_the_whole_list_does(demo_office, monkeypatch, year, words):
    for ahead in (1, 8):
        monkeypatch.setattr(shown, "AHEAD", ahead)
        for noun in (activities, trainings, expenses):
            wanted = Wanted(make.TODAY, year, words=words)
            whole = demo_office.ask(listing.ids, noun.LISTING, wanted)
            first = demo_office.ask(listing.ids, noun.LISTING, wanted, 3)
            assert (len(first), set(first) <= set(whole)) == (min(3, len(whole)), True)
