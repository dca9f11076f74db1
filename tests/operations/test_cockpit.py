from datetime import date

import pytest

from deputydesk.operations import cockpit
from deputydesk.operations.figures import Dimension
from deputydesk.rules.periods import Span
from tests import make

TODAY = date(2026, 11, 23)


def board(office, first=None, last=None):
    span = Span(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None
    return office.ask(cockpit.board, span=span, today=TODAY)


@pytest.mark.parametrize(
    ("first", "last", "by", "names"),
    [
        ("2026-09-01", "2026-12-31", Dimension.MONTH, ("9月", "10月", "11月")),
        ("2025-12-01", "2026-01-31", Dimension.MONTH, ("25.12", "26.1")),
        ("2026-01-01", "2026-01-31", Dimension.MONTH, ("1月",)),
        (
            "2023-10-01",
            "2026-01-31",
            Dimension.QUARTER,
            ("23年4季度", *(f"{y}年{q}季度" for y in (24, 25) for q in (1, 2, 3, 4)), "26年1季度"),
        ),
        ("2019-01-01", "2026-12-31", Dimension.YEAR, tuple(str(y) for y in range(2019, 2027))),
    ],
)
def test_trends_are_split_so_that_they_can_be_read_and_end_today(office, first, last, by, names):
    found = board(office, first, last)

    assert (found.by, found.names) == (by, names)
    assert len(found.month_names) <= 12
    assert all(len(line.values) == len(names) for line in found.trends)


def test_homes_with_the_least_come_first_each_month_by_itself(office):
    busy = make.home(office, name="青山村人大代表之家")
    make.home(office, name="工业园区代表之家")
    deputy = make.deputy(office)
    for day in (date(2026, 10, 8), date(2026, 11, 9), date(2026, 11, 10)):
        make.visit(office, busy, deputy, held_on=day)

    homes = board(office, "2026-10-01", "2026-12-31").homes

    assert [(home.short_name, home.values) for home in homes] == [
        ("工业园区", (0, 0)),
        ("青山村", (1, 2)),
    ]


def test_all_time_begins_with_the_first_record_and_is_compared_with_nothing(office):
    make.visit(office, make.home(office), make.deputy(office), held_on=date(2025, 3, 1))

    found = board(office)

    assert found.keys[0] == "2025-01"
    assert found.keys[-1] == "2026-11"
    assert {card.before for card in found.cards} == {None}
    assert found.trends[0].values[2] == 1


def test_a_part_that_is_new_or_gone_is_compared_with_nothing_counted(office):
    old, new, deputy = (
        make.home(office, name="旧"),
        make.home(office, name="新"),
        make.deputy(office),
    )
    make.visit(office, old, deputy, held_on=date(2026, 2, 2))
    make.visit(office, new, deputy, held_on=date(2026, 5, 2))
    quarter = Span(date(2026, 4, 1), date(2026, 6, 30))

    parts = office.ask(cockpit.compared, "home_activities.total", by=Dimension.HOME, span=quarter)
    kinds = office.ask(
        cockpit.compared,
        "home_activities.deputies",
        by=Dimension.TOWN,
        span=Span(date(2026, 7, 1), date(2026, 9, 30)),
    )

    shown = {p.name: (p.this.value, p.before.value, p.year_before.value) for p in parts}
    assert shown == {"新": (1, 0, 0), "旧": (0, 1, 0)}
    assert [(p.id, p.name, p.this.value, p.before.value) for p in kinds] == [("", "未填写", 0, 1)]
