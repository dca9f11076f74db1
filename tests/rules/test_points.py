from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.points import (
    Band,
    Gain,
    Item,
    Period,
    ProRata,
    Scheme,
    Section,
    Unit,
    gain,
    ranks,
    rounded,
    scaled,
    shown,
    together,
    worth,
)

FULL = Fraction(1)
points = st.decimals(0, 20, places=1)
units = st.lists(
    st.builds(Unit, st.integers(0, 4), st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(2)]))
)
items = st.builds(
    Item,
    id=st.just("a"),
    name=st.just("接待选民"),
    first=points,
    extra=points,
    cap=st.none() | points,
    period=st.sampled_from(Period),
    negative=st.booleans(),
)


def test_first_extra_and_cap_as_the_published_table_means_them():
    reception = Item("r", "接待选民", Decimal(4), Decimal(2), Decimal(12))

    assert [worth(reception, [Unit()] * n) for n in range(7)] == [0, 4, 6, 8, 10, 12, 12]


def test_half_points_and_half_days_are_exact():
    leave = Item("l", "请假", Decimal(1), Decimal(1), negative=True)
    cosign = Item("c", "附议", Decimal("0.1"), Decimal("0.1"))

    assert worth(leave, [Unit(3), Unit(1)]) == -4
    assert sum(worth(cosign, [Unit()]) for _ in range(10)) == 1
    assert worth(
        Item("s", "建议", Decimal(3), Decimal(3)), [Unit(), Unit(factor=Decimal("0.5"))]
    ) == Decimal("4.5")


def test_an_item_without_points_gives_none():
    assert worth(Item("x", "未定", None), [Unit()]) == 0


@given(items, units)
def test_no_item_passes_its_cap_and_only_a_negative_one_takes_away(item, done):
    given_points = worth(item, done)

    assert (given_points <= 0) if item.negative else (given_points >= 0)
    if item.cap is not None:
        assert abs(given_points) <= item.cap


@given(items, st.lists(units, min_size=4, max_size=4))
def test_four_quarters_of_an_item_by_the_year_make_the_year(item, year):
    scheme = Scheme((item,), base=Decimal(60))
    quarters = [{"a": done} for done in year]

    gains = [gain(scheme, quarters[: n + 1], [FULL] * (n + 1)) for n in range(4)]

    whole = together(gains)
    if item.period == Period.YEAR:
        assert whole.items.get("a", 0) == worth(item, [unit for done in year for unit in done])
    else:
        assert whole.items.get("a", 0) == sum(worth(item, done) for done in year)
    assert whole.base == 60
    assert whole.total == whole.items.get("a", 0) + 60


@given(st.lists(units, min_size=4, max_size=4), points, points)
def test_a_section_and_the_whole_give_no_more_than_their_caps_in_a_year(year, cap, most):
    item = Item("a", "会议", Decimal(3), Decimal(1), section="会议期间")
    scheme = Scheme((item,), most=most, sections=(Section("会议期间", cap),))
    quarters = [{"a": done} for done in year]

    gains = [gain(scheme, quarters[: n + 1], [FULL] * (n + 1)) for n in range(4)]

    free = worth(item, [unit for done in year for unit in done])
    assert together(gains).total == min(free, cap, most)
    assert all(one.cut >= 0 for one in gains)


@given(st.lists(points))
def test_ties_share_a_rank_and_the_next_is_left_out(totals):
    placed = ranks(totals)

    for total, rank in zip(totals, placed, strict=True):
        assert rank == 1 + sum(other > total for other in totals)


def test_ranks_are_one_one_three():
    assert ranks([Decimal(70), Decimal("69.5"), Decimal(70), Decimal(1)]) == [1, 3, 1, 4]


def test_who_joined_in_between_begins_with_a_part_or_is_compared_as_if_all_the_time():
    half = Fraction(1, 2)
    done = {"a": [Unit(), Unit()]}
    item = Item("a", "接待选民", Decimal(4), Decimal(2))
    by_base = Scheme((item,), base=Decimal(60), pro_rata=ProRata.BASE)
    by_total = Scheme((item,), most=Decimal(100), pro_rata=ProRata.SCALE)
    not_at_all = Scheme((item,), base=Decimal(60), pro_rata=ProRata.NONE)

    assert gain(by_base, [done], [half]).base == Decimal("7.5")
    assert gain(not_at_all, [done], [half]).base == 15
    assert gain(not_at_all, [done], [Fraction(0)]).base == 0
    assert scaled(by_base, Decimal(6), half) == 6
    assert scaled(by_total, Decimal(6), half) == 12
    assert scaled(by_total, Decimal(7), Fraction(45, 92)) == Decimal("14.31")
    assert scaled(by_total, Decimal(70), half) == 100


def test_base_points_for_each_quarter_are_not_split():
    scheme = Scheme((), base=Decimal(10), base_period=Period.QUARTER)

    assert gain(scheme, [{}], [FULL]) == Gain({}, Decimal(10))


def test_an_entry_counts_in_the_first_item_that_takes_its_kind_role_and_level():
    lead = Item(
        "lead",
        "领衔",
        Decimal(6),
        kinds=("suggestion",),
        roles={"领衔": Decimal(1), "*": Decimal(0)},
    )
    cosign = Item("cosign", "附议", Decimal(1), kinds=("suggestion",), levels=("town",))
    scheme = Scheme((lead, cosign))

    assert scheme.taking("suggestion", "领衔", "district") is lead
    assert scheme.taking("suggestion", "附议", "town") is cosign
    assert scheme.taking("suggestion", "附议", "district") is None
    assert scheme.item("cosign") is cosign
    assert scheme.item("gone") is None


def test_a_scheme_says_whether_it_looks_back():
    quarterly = Item("a", "接待", Decimal(1), period=Period.QUARTER)

    assert not Scheme((quarterly,)).looks_back
    assert Scheme((quarterly,), most=Decimal(100)).looks_back
    assert Scheme((Item("a", "接待", Decimal(1)),)).looks_back


def test_grades_are_reached_from_below():
    scheme = Scheme(
        (), bands=(Band("差", Decimal(0)), Band("好", Decimal(80)), Band("较好", Decimal(60)))
    )

    assert [scheme.band(Decimal(n)) for n in (100, 80, 79, 60, 59)] == [
        "好",
        "好",
        "较好",
        "较好",
        "差",
    ]
    assert Scheme(()).band(Decimal(100)) == ""


@pytest.mark.parametrize(
    ("given_points", "text"),
    [("12", "12"), ("12.50", "12.5"), ("-1", "-1"), ("0", "0"), ("100", "100"), ("0.005", "0.01")],
)
def test_points_are_shown_as_people_write_them(given_points, text):
    assert shown(Decimal(given_points)) == text


@given(st.decimals(-1000, 1000, places=4))
def test_what_is_shown_is_what_is_compared(given_points):
    assert Decimal(shown(given_points)) == rounded(given_points)
