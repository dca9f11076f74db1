"""Lists and totals beside the catalogue say the same as the catalogue."""

from datetime import date

import pytest

from deputydesk.exchange import demo_day
from deputydesk.models.choices import VisitKind
from deputydesk.operations import (
    attendance_rates,
    figures,
    local_rules,
    places,
    publishing,
    rota_coverage,
    supervisors,
    todo,
    trainings,
    units,
    visits,
)
from deputydesk.operations.figures import Dimension, Side
from tests import make

YEAR = {"first": date(2023, 1, 1), "last": date(2023, 12, 31)}
SPAN = tuple(YEAR.values())


@pytest.fixture(scope="module")
def demo(demo_file, tmp_path_factory):
    """The demo office, only read here."""
    opened = make.copied_office(demo_file, tmp_path_factory.mktemp("elsewhere"))
    opened.clock = demo_day.clock_for(demo_file.parent, make.at())
    yield opened
    opened.close()


def one(office, ident, **period):
    return office.ask(figures.figures, ids=(ident,), **(period or YEAR))[0]


@pytest.mark.parametrize(
    ("ident", "at_home"), [("coverage.deputies", False), ("coverage.at_home", True)]
)
def test_who_is_missing_is_the_rest_of_the_coverage(demo, ident, at_home):
    rest = demo.ask(figures.rows_of, ident, side=Side.REST, **YEAR)

    missing = demo.ask(visits.unvisited, *SPAN, at_home=at_home)

    assert sorted(missing) == sorted(row.id for row in rest)


def test_the_list_of_the_rota_knows_the_same_deputies_as_the_coverage(demo):
    came = rota_coverage.share(demo.ask(rota_coverage.deputies_came, *SPAN, date(2023, 12, 31)))

    said = one(demo, "coverage.at_home")
    assert (came.numerator, came.denominator) == (said.numerator, said.denominator)


def test_the_matrix_of_homes_adds_up_to_the_activities(demo):
    homes = {home.id: home.visits for home in demo.ask(places.homes, 2023)}
    parts = demo.ask(
        figures.compare, "home_activities.total", by=Dimension.HOME, empty=True, **YEAR
    )

    assert homes == {part.key: part.figure.value for part in parts}


def test_the_bars_of_the_units_add_up_to_what_was_assigned(demo):
    loads = demo.ask(units.loads, **YEAR, today=date(2023, 12, 31))

    said = one(demo, "assignments.closed")
    assert sum(load.done for load in loads) == said.numerator
    assert sum(load.done + load.working + load.late for load in loads) == said.denominator


def test_attendance_is_counted_alike_in_the_list_and_in_the_catalogue(demo, monkeypatch):
    meetings = {m: e for m, e in attendance_rates.EVENTS.items() if m.__tablename__ == "meeting"}
    monkeypatch.setattr(attendance_rates, "EVENTS", meetings)
    rows = demo.ask(attendance_rates.rows, date(2022, 1, 1), date(2023, 12, 31))

    said = one(demo, "meetings.attendance", first=date(2022, 1, 1), last=date(2023, 12, 31))
    assert sum(row.present for row in rows) == said.numerator
    assert sum(row.expected for row in rows) == said.denominator


def test_public_tiles_say_what_the_catalogue_says(demo):
    site = demo.ask(publishing.review, date(2023, 12, 31)).site

    tiles = {tile.label: tile.value for tile in site.tiles}
    held = one(demo, "home_activities.total")
    assert tiles[held.name] == str(held.value)
    assert sum(int(home.tiles[0].value) for home in site.homes) == held.value


def test_voters_called_on_from_a_home_are_no_activity_of_it(office):
    home, deputy = make.home(office), make.deputy(office)
    office.do(
        visits.register,
        held_on=date(2026, 11, 3),
        kind=VisitKind.LINK_VOTERS,
        home_id=home,
        deputy_ids=(deputy,),
    )

    [row] = office.ask(places.homes, 2026)
    said = one(office, "home_activities.total", first=date(2026, 1, 1), last=make.TODAY)
    blank = [t.id for t in office.ask(todo.todos, make.TODAY) if t.tag == "本月空白"]
    assert (row.visits, said.value, blank) == (0, 0, [home])
    assert office.ask(visits.unvisited, date(2026, 1, 1), make.TODAY) == []
    assert office.ask(visits.unvisited, date(2026, 1, 1), make.TODAY, at_home=True) == [deputy]


def test_who_was_not_trained_is_the_rest_of_the_coverage(demo):
    rest = demo.ask(figures.rows_of, "coverage.training", side=Side.REST, **YEAR)

    assert sorted(demo.ask(trainings.untrained, *SPAN)) == sorted(row.id for row in rest)


def test_homes_have_the_supervisors_that_the_local_rule_asks_for(office):
    home = make.home(office)
    for name in ("甲", "乙"):
        office.do(supervisors.save, home_id=home, name=name)
    period = {"first": date(2026, 1, 1), "last": make.TODAY}
    rule = dict(local_rules.shipped("home_duty")[0].rule)
    assert one(office, "supervisors.homes", **period).numerator == 1

    for day, least in ((date(2026, 3, 1), 3), (date(2027, 3, 1), 1)):
        office.do(
            local_rules.adopt,
            kind="home_duty",
            name=f"{least}名",
            valid_from=day,
            rule=rule | {"least_supervisors": least},
        )

    assert one(office, "supervisors.homes", **period).numerator == 0
    assert one(office, "supervisors.homes", last=date(2026, 2, 28)).numerator == 1
    assert [row.home for row in office.ask(supervisors.warnings, make.TODAY)] == [
        "五当召镇人大代表之家"
    ]
    assert one(office, "supervisors.homes", last=date(2027, 3, 1)).numerator == 1
