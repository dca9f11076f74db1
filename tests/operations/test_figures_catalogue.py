"""Promises that every figure of the catalogue keeps, on the demo office."""

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import demo_day
from deputydesk.operations import figures
from deputydesk.operations.figures import Dimension, Side
from deputydesk.operations.figures.measures import GRAINS
from tests import make


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


def test_a_figure_that_does_not_exist_is_a_sentence(demo):
    with pytest.raises(UserError, match="没有“no.such”这个统计数字"):
        demo.ask(figures.figures, ids=("no.such",))


def test_a_figure_is_not_split_by_what_its_rows_do_not_know(demo):
    with pytest.raises(UserError, match="“代表之家”不能按渠道分"):
        demo.ask(figures.compare, "homes.total", by=Dimension.CHANNEL)
    with pytest.raises(UserError, match="不能按月份分"):
        demo.ask(figures.rows_of, "groups.total", by=Dimension.MONTH, key="2023-01")
