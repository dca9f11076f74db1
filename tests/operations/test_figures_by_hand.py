"""Every figure on a small office: the number that was worked out by hand, from exactly its rows."""

import pytest

from deputydesk.operations import figures
from deputydesk.operations.figures import Side
from tests import make
from tests.operations.figure_answers import ANSWERS
from tests.operations.figure_world import FIRST, LAST, enter, ident


@pytest.fixture(scope="module")
def world(empty_file, tmp_path_factory):
    """The small office, only read here."""
    opened = make.copied_office(empty_file, tmp_path_factory.mktemp("world"))
    opened.do(enter)
    yield opened
    opened.close()


def counted(answer):
    """What an answer says: the total, and the rows it is from."""
    total, names = answer if isinstance(answer, tuple) else (len(answer.split()), answer)
    return total, sorted(map(ident, names.split()))


def is_rate(answer):
    return isinstance(answer, tuple) and not isinstance(answer[0], int)


def test_there_is_an_answer_for_every_figure():
    assert sorted(ANSWERS) == sorted(figures.CATALOGUE)


@pytest.mark.parametrize("figure_id", ANSWERS)
def test_a_figure_is_what_it_was_worked_out_to_be_and_opens_exactly_its_rows(world, figure_id):
    answer = ANSWERS[figure_id]
    period = {"first": FIRST, "last": LAST}

    found = world.ask(figures.figures, ids=(figure_id,), **period)[0]
    sides = zip(answer, (Side.COUNTED, Side.OUT_OF), strict=True) if is_rate(answer) else ()
    for said, side in sides or ((answer, Side.COUNTED),):
        rows = world.ask(figures.rows_of, figure_id, side=side, **period)
        is_whole = side is Side.OUT_OF
        number = found.denominator if is_whole else found.numerator
        number = found.value if found.numerator is None else number
        assert (number, sorted(row.id for row in rows)) == counted(said)
        assert sum(row.weight for row in rows) == number
