"""Promises that every figure of the catalogue keeps, on the demo office."""

from datetime import date

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import demo_day
from deputydesk.operations import deputies, figures
from deputydesk.operations.figures import Dimension, Side
from deputydesk.operations.figures.measures import GRAINS
from tests import make

PUBLISHED = {
    "homes.total": "27个",
    "homes.level.district": "1个",
    "homes.level.town": "7个",
    "homes.level.village": "17个",
    "homes.level.enterprise": "2个",
    "supervisors.homes": "100%（27/27）",
    "mandates.total": "252名",
    "home_activities.total": "143次",
    "coverage.deputies": "100%（252/252）",
    "coverage.leaders": "100%（11/11）",
    "reception.voters": "1216人次",
    "opinions.received": "206件",
    "opinions.handed_on": "100%（206/206）",
    "link.voters": "2450人次",
    "opinions.heard": "423件次",
    "opinions.settled": "94.1%（398/423）",
    "suggestions.total": "181件",
    "suggestions.growth": "+16%",
    "suggestions.answered": "100%（181/181）",
    "suggestions.satisfied": "100%（181/181）",
    "conversions.total": "3件",
    "activities.kind.report": "22次",
    "activities.kind.inspection": "5次",
    "activities.kind.law_check": "8次",
    "activities.kind.follow_up": "6次",
    "activities.kind.research": "13次",
    "activities.kind.committee": "14次",
    "activities.kind.interview": "2次",
    "activities.kind.trial": "3次",
    "activities.kind.law_order": "2场次",
    "activities.pre_meeting.topics": "4项",
    "services.kind.policy": "36次",
    "services.kind.volunteer.people": "214人次",
    "projects.level.district": "20项",
    "projects.level.district.invested": "7662万元",
    "projects.level.town": "85项",
    "stations.total": "40个",
    "stations.role.station": "3个",
    "stations.role.reception": "2个",
    "stations.role.legislation": "10个",
    "stations.role.collection": "27个",
    "leg_persons.adviser": "10名",
    "leg_persons.liaison": "20名",
    "leg_rounds.people": "52人次",
    "leg_opinions.total": "103条",
    "leg_opinions.fed_back": "35.9%（37/103）",
    "trainings.level.district": "5期",
    "trainings.level.town": "4期",
    "trainings.level.street": "10期",
    "regulations.total": "20项",
    "expense_rates.district": "2500元",
    "expense_rates.town": "2000元",
    "budget.funds": "107万元",
    "publicity.above": "6篇",
    "polls.hits": "448万次",
    "polls.votes": "433万票",
    "polls.winners": "10名",
    "cadre_opinions.people": "11人",
    "cadre_opinions.total": "38项",
    "party_support.kind.note": "25次",
    "party_support.kind.group": "2个",
}
"""What was published, as the demo office has it."""

LEADERS = ("区委书记", "区委副书记、区长")
"""Whose coming to a home was published for both years."""

MORE_THAN = {
    "home_activities.total": (140, 150),
    "reception.voters": (1200, 1300),
    "opinions.received": (200, 210),
    "activities.overseeing.people": (200, 300),
    "activities.kind.trial.people": (30, 40),
    "conversions.recovered": (43_000_000, 44_000_000),
    "trainings.online": (60, 70),
    "publicity.total": (40, 50),
    "party_support.kind.study": (10, 20),
    "supervisors.total": (54, 82),
}
"""What was published as 多 or 余: from this number, below that."""


@pytest.fixture(scope="module")
def demo(demo_file, tmp_path_factory):
    """The demo office, only read here."""
    opened = make.copied_office(demo_file, tmp_path_factory.mktemp("figures"))
    opened.clock = demo_day.clock_for(demo_file.parent, make.at())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def found(demo):
    """All figures of all time, by id."""
    return {f.id: f for f in demo.ask(figures.figures)}


def counted(figure):
    """What the rows of a figure add up to."""
    return figure.value if figure.numerator is None else figure.numerator


def weight(rows):
    return sum(row.weight for row in rows)


@pytest.mark.parametrize("ident", PUBLISHED)
def test_a_published_figure_comes_out_of_the_demo(found, ident):
    assert found[ident].text == PUBLISHED[ident]


@pytest.mark.parametrize("year", [2022, 2023])
def test_the_secretary_and_the_head_of_the_district_came_in_both_years(demo, year):
    jobs = {row.id: row.job for row in demo.ask(deputies.rows, former=True)}

    rows = demo.ask(
        figures.rows_of, "coverage.leaders", first=date(year, 1, 1), last=date(year, 12, 31)
    )

    assert {jobs[row.id] for row in rows} >= set(LEADERS)


@pytest.mark.parametrize("ident", MORE_THAN)
def test_a_figure_published_as_more_than_so_many_comes_out_of_the_demo(found, ident):
    least, below = MORE_THAN[ident]

    assert least <= found[ident].value < below


@pytest.mark.parametrize("ident", figures.CATALOGUE)
def test_the_rows_of_a_figure_add_up_to_it(demo, found, ident):
    figure = found[ident]
    rows = demo.ask(figures.rows_of, ident)

    assert weight(rows) == counted(figure)
    assert all(row.title and row.opens_table and row.opens_id for row in rows)
    if figure.denominator is not None:
        out_of = demo.ask(figures.rows_of, ident, side=Side.OUT_OF)
        assert weight(out_of) == figure.denominator


@pytest.mark.parametrize("ident", figures.CATALOGUE)
def test_the_parts_of_a_figure_add_up_to_it_and_to_their_own_rows(demo, found, ident):
    for by in figures.dimensions(ident):
        parts = demo.ask(figures.compare, ident, by=by)
        values = [counted(part.figure) for part in parts]

        assert by not in GRAINS or figures.makes_whole(ident, by)
        if figures.makes_whole(ident, by):
            assert sum(values) == counted(found[ident]), by
        for part in parts[:2]:
            rows = demo.ask(figures.rows_of, ident, by=by, key=part.key)
            assert weight(rows) == counted(part.figure), by
            assert part.name


def test_every_figure_says_what_it_counts_and_has_a_name_of_its_own(found):
    assert all(f.definition and f.name and f.unit for f in found.values())
    assert len({f.name for f in found.values()}) == len(found)
    assert len(found) == sum(len(chapter) for chapter in figures.CHAPTERS.values())


def test_the_catalogue_has_each_figure_once_in_the_order_of_its_chapters():
    ids = [m.id for chapter in figures.CHAPTERS.values() for m in chapter]

    assert list(figures.CATALOGUE) == ids
    assert len(figures.CATALOGUE) == len({*ids})
    assert len(figures.CHAPTERS) == len(list(figures.CHAPTERS))
    assert "no.such" not in figures.CATALOGUE


def test_a_figure_that_does_not_exist_is_a_sentence(demo):
    with pytest.raises(UserError, match="没有“no.such”这个统计数字"):
        demo.ask(figures.figures, ids=("no.such",))


def test_a_figure_is_not_split_by_what_its_rows_do_not_know(demo):
    with pytest.raises(UserError, match="“代表之家”不能按渠道分"):
        demo.ask(figures.compare, "homes.total", by=Dimension.CHANNEL)
    with pytest.raises(UserError, match="不能按月份分"):
        demo.ask(figures.rows_of, "groups.total", by=Dimension.MONTH, key="2023-01")


def test_a_matrix_holds_the_same_as_its_rows_and_columns(demo):
    cells = demo.ask(
        figures.matrix, "home_activities.total", by=Dimension.HOME, columns=Dimension.QUARTER
    )

    for place, by in enumerate((Dimension.HOME, Dimension.QUARTER)):
        for part in demo.ask(figures.compare, "home_activities.total", by=by):
            held = sum(n for key, n in cells.items() if key[place] == part.key)
            assert held == part.figure.value


def test_parts_without_anything_are_listed_if_wished(demo):
    year = {"first": date(2023, 1, 1), "last": date(2023, 12, 31)}
    wished = {"by": Dimension.MONTH, "empty": True}

    homes = demo.ask(
        figures.compare, "home_activities.total", by=Dimension.HOME, empty=True, **year
    )
    deputies = demo.ask(figures.compare, "coverage.link", by=Dimension.DEPUTY, empty=True)
    channels = demo.ask(figures.compare, "opinions.heard", by=Dimension.CHANNEL, empty=True, **year)
    assert len(homes) == 27
    assert len(deputies) == 252
    assert {part.name for part in channels} >= {"电话", "来信"}
    assert len(demo.ask(figures.compare, "opinions.heard", **wished, **year)) == 12
    assert len(demo.ask(figures.compare, "opinions.heard", **wished)) == 24
    towns = demo.ask(figures.compare, "opinions.heard", by=Dimension.TOWN, empty=True)
    assert all(part.figure.value for part in towns)


def test_all_time_has_no_parts_where_nothing_was_ever_entered(office):
    parts = office.ask(figures.compare, "opinions.heard", by=Dimension.MONTH, empty=True)

    assert parts == []


def test_a_figure_stands_beside_the_quarter_before_and_last_year(demo):
    found = demo.ask(
        figures.against, "home_activities.total", first=date(2023, 4, 1), last=date(2023, 6, 30)
    )

    spans = (found.span, found.span_before, found.span_year_before)
    assert [span.text for span in spans] == ["2023年第2季度", "2023年第1季度", "2022年第2季度"]
    assert (found.this.value, found.before.value, found.year_before.value) == (23, 12, 20)
    assert found.this.percent is None


def test_the_confidential_figures_name_nobody(demo):
    assert figures.dimensions("cautions.total") == list(GRAINS)
    assert all(
        "谈话提醒" in row.title or "年度" in row.title
        for row in demo.ask(figures.rows_of, "cautions.total")
    )
