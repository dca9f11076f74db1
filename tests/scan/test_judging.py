"""What a row says is judged by measures of its boxes alone."""

from dataclasses import replace

import numpy as np
import pytest

from deputydesk.scan.boxes import Boxes
from deputydesk.scan.field import Field
from deputydesk.scan.reasons import Doubt
from deputydesk.scan.rows import Judge, Scene
from deputydesk.scan.settings import Settings
from tests.scan.paper import a_ballot

ROWS, OPTIONS = 13, 4
COUNT = ROWS * OPTIONS


@pytest.fixture(scope="module")
def field():
    return Field(a_ballot().template)


def page(**changed) -> Boxes:
    """Measures of a page: the first option of every row but the sixth (5) is ticked."""
    marked = np.zeros(COUNT, bool)
    marked[::OPTIONS] = True
    marked[5 * OPTIONS] = False
    none, ink = np.zeros(COUNT), np.where(marked, 5.0, 0.0)
    made = Boxes(
        ink=ink, own=ink, darkness=np.where(marked, 1.0, 0.0), filled=ink / 23, lent=none,
        share=np.ones(COUNT), stray=none, foreign=none, outline=none, heavy=none, uneven=0.01,
        around=none, close=none, sectors=none.astype(int), hoop=none.astype(int), passing=none,
        crosses=(np.zeros((COUNT, 9), bool), np.zeros((COUNT, 9), bool)),
        through=np.zeros(COUNT, bool), width=2 * marked, extent=6.0 * marked, piece=ink,
        main=marked.astype(int), aside=none, hook=marked, rough=none, matches=np.ones(COUNT),
        dusty=np.zeros(COUNT, bool), pen=1.0, sure=12,
    )  # fmt: skip
    for name, values in changed.items():
        whole = np.array(getattr(made, name))
        for (row, option), value in values.items():
            whole[row * OPTIONS + option] = value
        made = replace(made, **{name: whole})
    return made


def judged(field, boxes, row=5, **scene):
    found = Judge(Scene(boxes, field, Settings(), 0.11, scene.get("bilevel", False))).rows()[row]
    return found.answer, found.doubts


def test_a_blank_row_and_a_ticked_one_are_certain(field):
    assert judged(field, page()) == ((), ())
    assert judged(field, page(), 4) == ((0,), ())


def test_an_outline_that_is_not_found_makes_its_row_doubtful(field):
    assert judged(field, page(matches={(4, 2): 0.1}), 4) == ((0,), (Doubt.LOST,))


def test_what_shines_through_beside_a_sure_mark_is_nothing(field):
    boxes = page(ink={(4, 2): 0.6}, own={(4, 2): 0.6}, darkness={(4, 2): 0.2}, extent={(4, 2): 4.0})

    assert judged(field, boxes, 4) == ((0,), ())


def test_another_rows_stroke_in_passing_beside_a_sure_mark_is_nothing(field):
    boxes = page(ink={(4, 2): 0.6}, darkness={(4, 2): 0.9}, passing={(4, 2): 0.6})

    assert judged(field, boxes, 4) == ((0,), ())


def test_a_line_that_is_heavier_than_the_others_makes_a_blank_row_doubtful(field):
    assert judged(field, page(heavy={(5, 2): 0.15})) == ((2,), (Doubt.OUTLINE,))


def test_a_line_down_the_column_makes_blank_rows_doubtful(field):
    crosses = {(row, 2): True for row in range(4, 9)}
    boxes = page(through={(row, 2): True for row in range(4, 9)})
    lanes = np.zeros((COUNT, 9), bool)
    for row, option in crosses:
        lanes[row * OPTIONS + option, 4] = True

    assert judged(field, replace(boxes, crosses=(lanes, lanes))) == ((), (Doubt.LINE,))


def test_a_mark_whose_stroke_is_all_that_the_row_below_has_is_doubtful(field):
    boxes = page(
        ink={(5, 0): 3.0}, own={(5, 0): 3.0}, darkness={(5, 0): 0.9}, lent={(5, 0): 3.0},
        hook={(row, 0): False for row in range(ROWS)}, width={(4, 0): 0.5}, main={(5, 0): 1},
    )  # fmt: skip

    assert Doubt.SHARED in judged(field, boxes, 4)[1]


def test_a_row_that_another_rows_ink_fills_alone_makes_both_doubtful(field):
    boxes = page(
        passing={(5, 0): 1.2}, hook={(row, 0): False for row in range(ROWS)}, width={(4, 0): 0.5}
    )

    assert Doubt.SHARED in judged(field, boxes, 4)[1]


def test_a_stroke_through_a_box_that_goes_on_to_the_next_row_is_a_line(field):
    lanes = np.zeros((COUNT, 9), bool)
    lanes[4 * OPTIONS, 4] = True
    boxes = page(through={(4, 0): True}, width={(4, 0): 0.0})

    assert judged(field, boxes, 4) == ((0,), ())
    boxes = replace(page(hook={(4, 0): False}, through={(4, 0): True}, width={(4, 0): 0.0}),
                    crosses=(lanes, np.zeros_like(lanes)))  # fmt: skip
    assert judged(field, boxes, 4) == ((0,), (Doubt.LINE,))


def test_a_light_mark_is_none_where_the_page_is_not_one_of_ticks(field):
    light = {
        "ink": {(5, 1): 4.0}, "own": {(5, 1): 4.0}, "darkness": {(5, 1): 0.42},
        "hook": {(5, 1): True}, "piece": {(5, 1): 4.0},
    }  # fmt: skip

    assert judged(field, page(**light)) == ((1,), ())
    light["hook"] = {(row, 0): False for row in range(ROWS)}
    assert judged(field, page(**light)) == ((1,), (Doubt.WEAK,))


def test_in_black_and_white_rough_edges_make_every_row_doubtful(field):
    boxes = page(rough={(row, 0): 0.2 for row in range(ROWS)})

    assert judged(field, boxes, 4, bilevel=True) == ((0,), (Doubt.BROKEN,))
    assert judged(field, page(), 4, bilevel=True) == ((0,), ())
