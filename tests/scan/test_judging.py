"""What a row says is judged by measures of its boxes alone."""

from dataclasses import replace

import numpy as np
import pytest

from deputydesk.scan.boxes import Boxes
from deputydesk.scan.field import Field
from deputydesk.scan.reasons import Doubt
from deputydesk.scan.rows import Judge
from deputydesk.scan.settings import Settings
from deputydesk.scan.sheet import Scene
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
        tint=none, tints=0.001, around=none, close=none, sectors=none.astype(int),
        hoop=none.astype(int), passing=none,
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


def ghosts(*places):
    ink = dict.fromkeys(places, 0.6)
    return page(ink=ink, own=ink, darkness=dict.fromkeys(places, 0.2),
                extent=dict.fromkeys(places, 4.0))  # fmt: skip


def test_what_shines_through_a_sheet_is_nothing_beside_a_sure_mark(field):
    assert judged(field, ghosts((2, 1), (4, 2), (7, 3)), 4) == ((0,), ())


def test_a_second_mark_so_light_as_if_it_shone_through_is_asked_about_where_nothing_else_does(
    field,
):
    assert judged(field, ghosts((4, 2)), 4)[1] == (Doubt.WEAK,)
    light = replace(ghosts((2, 1), (4, 2), (7, 3)), pen=0.4)
    assert judged(field, light, 4)[1]


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


def test_a_light_mark_is_none_where_the_page_is_not_one_of_ticks(field):
    light = {
        "ink": {(5, 1): 4.0}, "own": {(5, 1): 4.0}, "darkness": {(5, 1): 0.42},
        "hook": {(5, 1): True}, "piece": {(5, 1): 4.0},
    }  # fmt: skip

    assert judged(field, page(**light)) == ((1,), ())
    light["hook"] = {(row, 0): False for row in range(ROWS)}
    assert judged(field, page(**light)) == ((1,), (Doubt.WEAK,))


def test_in_black_and_white_a_single_mark_nearly_erased_makes_every_row_doubtful(field):
    boxes = page(rough={(2, 0): 0.3})

    for row in range(ROWS):
        assert judged(field, boxes, row, bilevel=True)[1][-1] is Doubt.ERASED
    assert judged(field, boxes, 4) == ((0,), ())
    assert judged(field, page(rough={(2, 0): 0.2}), 4, bilevel=True) == ((0,), ())


def test_in_black_and_white_rough_edges_make_every_row_doubtful(field):
    boxes = page(rough={(row, 0): 0.2 for row in range(ROWS)})

    assert judged(field, boxes, 4, bilevel=True) == ((0,), (Doubt.BROKEN,))
    assert judged(field, page(), 4, bilevel=True) == ((0,), ())


def test_a_crumb_among_smooth_strokes_is_asked_about_and_two_are_lost_strokes(field):
    crumb = {(2, 1): 0.15}

    assert judged(field, page(ink=crumb, own=crumb), 4, bilevel=True) == ((0,), ())
    assert judged(field, page(ink=crumb, own=crumb), 2, bilevel=True) == ((0,), (Doubt.BROKEN,))
    crumb[7, 2] = 0.15
    assert judged(field, page(ink=crumb, own=crumb), 4, bilevel=True)[1] == (Doubt.BROKEN,)


def test_where_black_and_white_has_three_blank_rows_it_may_have_taken_marks_anywhere(field):
    two, three = ({(row, 0): 0.0 for row in rows} for rows in ((5, 7), (5, 7, 9)))

    assert judged(field, page(ink=two, own=two), 4, bilevel=True) == ((0,), ())
    assert judged(field, page(ink=three, own=three), 4, bilevel=True)[1] == (Doubt.BROKEN,)
    assert judged(field, page(ink=three, own=three), 4) == ((0,), ())


def test_a_box_that_is_a_little_darker_as_a_whole_makes_a_blank_row_doubtful(field):
    assert judged(field, page(tint={(5, 2): 0.02})) == ((), ())
    assert judged(field, page(tint={(5, 2): 0.04})) == ((2,), (Doubt.WEAK,))


def test_an_outline_much_heavier_is_asked_about_however_uneven_the_print_is(field):
    boxes = replace(page(heavy={(5, 2): 0.3}), uneven=0.09)

    assert judged(field, boxes) == ((2,), (Doubt.OUTLINE,))


def test_a_spot_of_a_thick_pen_is_no_certain_mark(field):
    thick = {(row, 0): 10.0 for row in range(ROWS) if row != 5}
    spot = {**thick, (4, 0): 3.0}

    boxes = page(ink=spot, own=spot, hook={(4, 0): False})

    assert judged(field, boxes, 4) == ((0,), (Doubt.SMALL,))
    assert judged(field, page(ink=thick, own=thick), 4) == ((0,), ())


def test_a_shadow_on_a_page_of_light_ticks_is_no_certain_mark(field):
    darkness = {(row, 0): 0.3 for row in range(ROWS) if row != 5}
    boxes = replace(page(darkness={**darkness, (4, 0): 0.2}, hook={(4, 0): False}), pen=0.3)

    assert judged(field, boxes, 4) == ((0,), (Doubt.WEAK,))
    assert judged(field, boxes, 3) == ((0,), ())


def test_a_trace_in_another_box_is_asked_about_where_all_marks_are_light(field):
    boxes = page(ink={(4, 2): 0.15}, own={(4, 2): 0.15}, darkness={(4, 2): 0.12})

    assert judged(field, boxes, 4) == ((0,), ())
    assert judged(field, replace(boxes, pen=0.4), 4) == ((0,), (Doubt.WEAK,))


def test_where_the_print_is_patchy_a_blank_row_may_hide_a_mark_upon_an_outline(field):
    assert judged(field, replace(page(), uneven=0.12)) == ((), (Doubt.BLANK_NOISY,))


def test_the_rim_of_a_stain_is_no_certain_mark(field):
    boxes = page(around={(4, 0): 12.0}, hook={(4, 0): False})

    assert judged(field, boxes, 4) == ((0,), (Doubt.BESIDE,))


def test_a_stain_over_another_box_is_nothing_beside_a_tick(field):
    stain = {"ink": {(4, 2): 12.0}, "own": {(4, 2): 12.0}, "darkness": {(4, 2): 0.45},
             "filled": {(4, 2): 0.5}, "width": {(4, 2): 4.0}, "piece": {(4, 2): 40.0},
             "extent": {(4, 2): 15.0}}  # fmt: skip

    assert judged(field, page(**stain), 4) == ((0,), ())
    assert judged(field, page(**stain, rough={(4, 2): 0.1}), 4)[1]


def test_a_light_filling_beside_one_that_is_filled_in_is_asked_about(field):
    filled = {(row, 0): 0.9 for row in range(ROWS)}

    assert judged(field, page(filled=filled), 4) == ((0,), ())
    assert judged(field, page(filled=filled, tint={(4, 2): 0.1}), 4) == ((0,), (Doubt.WEAK,))


def test_in_black_and_white_a_thinner_mark_among_filled_boxes_is_asked_about(field):
    filled = {(row, 0): 0.9 for row in range(ROWS)} | {(4, 0): 0.3}

    assert judged(field, page(filled=filled), 4) == ((0,), ())
    assert judged(field, page(filled=filled), 4, bilevel=True) == ((0,), (Doubt.SMALL,))


def test_a_stroke_that_lies_in_its_own_box_is_no_line_though_it_reaches_the_next_row(field):
    lanes = np.zeros((COUNT, 9), bool)
    lanes[4 * OPTIONS, 4] = True
    through = {"through": {(4, 0): True}, "width": {(4, 0): 0.0}, "hook": {(4, 0): False}}
    crosses = (lanes, np.zeros_like(lanes))

    alone = replace(page(**through, share={(4, 0): 0.7}), crosses=crosses)
    long = replace(page(**through, share={(4, 0): 0.2}), crosses=crosses)

    assert judged(field, alone, 4) == ((0,), ())
    assert judged(field, long, 4) == ((0,), (Doubt.LINE,))


def rings(**more):
    """Measures of a page of rings around the first options; the sixth row (5) is left blank."""
    at = [(row, 0) for row in range(ROWS) if row != 5]
    nothing = dict.fromkeys(at, 0.0)
    changed = {
        "ink": nothing, "own": nothing, "darkness": nothing, "piece": dict.fromkeys(at, 12.0),
        "sectors": dict.fromkeys(at, 15), "around": dict.fromkeys(at, 12.0),
        "hook": dict.fromkeys(at, False), "main": dict.fromkeys(at, 0),
    }  # fmt: skip
    for name, values in more.items():
        changed[name] = {**changed.get(name, {}), **values}
    return replace(page(**changed), sure=0)


def test_a_ring_is_an_answer_where_one_rings_all_his_answers(field):
    assert judged(field, rings(), 4) == ((0,), ())


def test_a_ring_put_together_of_two_from_other_rows_is_no_certain_answer(field):
    boxes = rings(sectors={(5, 1): 12}, around={(5, 1): 15.0}, piece={(5, 1): 0.0})

    assert judged(field, boxes) == ((1,), (Doubt.CIRCLED,))


def test_a_lighter_ring_beside_a_ring_is_asked_about(field):
    assert judged(field, rings(piece={(4, 2): 3.0}), 4) == ((0,), (Doubt.CIRCLED,))


def test_a_stroke_across_a_box_may_be_the_side_of_another_rows_ring(field):
    boxes = rings(
        ink={(5, 2): 1.1}, own={(5, 2): 1.1}, darkness={(5, 2): 0.9}, share={(5, 2): 0.2},
        width={(5, 2): 0.2}, extent={(5, 2): 8.0}, piece={(5, 2): 6.0},
    )  # fmt: skip

    assert Doubt.SHARED in judged(field, boxes)[1]


def test_in_black_and_white_rings_are_answers_if_none_of_them_has_a_gap(field):
    assert judged(field, rings(), 4, bilevel=True) == ((0,), ())
    assert judged(field, rings(sectors={(7, 0): 13}), 4, bilevel=True)[1] == (Doubt.BROKEN,)


def test_a_ring_that_hangs_together_with_one_of_another_row_is_asked_about(field):
    apart = {"sectors": {(4, 0): 12}, "around": {(4, 0): 12.0}}

    assert judged(field, rings(**apart), 4) == ((0,), ())
    assert judged(field, rings(**apart, piece={(4, 0): 24.0}), 4) == ((0,), (Doubt.CIRCLED,))


def test_among_rings_a_stroke_that_mostly_lies_elsewhere_is_no_certain_mark(field):
    across = {
        "ink": {(5, 1): 3.0}, "own": {(5, 1): 3.0}, "darkness": {(5, 1): 0.9},
        "width": {(5, 1): 0.6}, "piece": {(5, 1): 7.0},
    }  # fmt: skip

    assert judged(field, rings(**across)) == ((1,), ())
    assert judged(field, rings(**across, share={(5, 1): 0.4})) == ((1,), (Doubt.SHARED,))


def test_where_answers_may_be_ringed_a_little_of_a_ring_makes_a_blank_row_doubtful(field):
    little = {(5, 1): 0.8}

    assert judged(field, page(foreign=little)) == ((), ())
    assert judged(field, replace(rings(foreign=little), sure=8)) == ((), (Doubt.SHARED,))


def test_where_no_ring_is_known_long_strokes_without_a_foot_may_be_rings(field):
    long = {(row, 0): 21.0 for row in range(ROWS)}
    plain = {(row, 0): False for row in range(ROWS)}
    side = {"share": {(4, 0): 0.4}, "width": {(4, 0): 0.6}}

    assert judged(field, page(hook=plain, **side), 4) == ((0,), ())
    assert judged(field, page(hook=plain, extent=long, **side), 4) == ((0,), (Doubt.SHARED,))


def test_the_shadow_in_a_box_is_no_certain_mark_where_one_rings_his_answers(field):
    shadow = {
        "ink": {(5, 1): 15.0}, "own": {(5, 1): 15.0}, "darkness": {(5, 1): 0.22},
        "filled": {(5, 1): 0.4}, "width": {(5, 1): 3.0}, "piece": {(5, 1): 15.0},
    }  # fmt: skip

    boxes = replace(rings(**shadow), pen=0.22)

    assert judged(field, boxes) == ((1,), (Doubt.WEAK,))


def test_a_smear_among_darker_and_larger_ticks_is_no_certain_mark(field):
    pale = {"darkness": {(4, 0): 0.5}, "hook": {(4, 0): False}}

    assert judged(field, page(**pale), 4) == ((0,), ())
    assert judged(field, page(**pale, ink={(4, 0): 1.7}), 4) == ((0,), (Doubt.WEAK,))


def test_a_short_stroke_of_hardly_any_ink_may_be_a_spot(field):
    spot = {"ink": {(4, 0): 1.0}, "own": {(4, 0): 1.0}, "extent": {(4, 0): 3.1}}

    assert judged(field, page(**spot), 4) == ((0,), ())
    assert Doubt.SPECK in judged(field, page(**spot, hook={(4, 0): False}), 4)[1]


def test_the_side_of_a_ring_is_not_taken_for_a_mark_half_outside_its_box(field):
    side = {
        "ink": {(5, 1): 0.5}, "own": {(5, 1): 0.5}, "darkness": {(5, 1): 0.8},
        "piece": {(5, 1): 5.0}, "hook": {(row, 0): False for row in range(ROWS)},
    }  # fmt: skip

    assert Doubt.WEAK not in judged(field, page(**side))[1]
    assert judged(field, page(**side, share={(5, 1): 0.1}))[1] == (Doubt.WEAK,)


def test_a_line_may_end_in_a_box_with_more_than_half_of_its_piece(field):
    lanes = np.zeros((COUNT, 9), bool)
    lanes[4 * OPTIONS, 4] = True
    end = {"through": {(4, 0): True}, "width": {(4, 0): 0.0}, "share": {(4, 0): 0.58}}
    crosses = (lanes, np.zeros_like(lanes))

    ended = replace(page(**end, hook={(4, 0): False}), crosses=crosses)

    assert judged(field, ended, 4) == ((0,), (Doubt.LINE,))


def test_in_black_and_white_filled_boxes_are_broken_from_fewer_rough_edges_on(field):
    rough = {(row, 0): 0.06 for row in range(ROWS)}
    filled = {(row, 0): 0.9 for row in range(ROWS)}

    assert judged(field, page(rough=rough), 4, bilevel=True) == ((0,), ())
    assert judged(field, page(rough=rough, filled=filled), 4, bilevel=True) == (
        (0,),
        (Doubt.BROKEN,),
    )
