"""Ids of a long list in one text are as a list of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.record_ids import RecordIds

LETTERS = "ab1-"
EVEN = st.lists(st.text(LETTERS, min_size=3, max_size=3), unique=True)
UNEVEN = st.lists(st.text(LETTERS, min_size=1, max_size=4), unique=True)


@given(EVEN | UNEVEN, st.slices(12))
def test_they_are_read_as_a_list_is(ids, part):
    kept = RecordIds.of(ids)

    assert (len(kept), list(kept), kept[part]) == (len(ids), ids, ids[part])
    assert [kept[n] for n in range(-len(ids), len(ids))] == ids * 2
    with pytest.raises(IndexError):
        kept[len(ids)]


@given(EVEN | UNEVEN, st.text(LETTERS, min_size=1, max_size=4))
def test_each_is_found_where_it_stands_and_no_other(ids, other):
    kept = RecordIds.of(ids)

    assert [kept.place(one) for one in ids] == list(range(len(ids)))
    assert kept.place(other) == (ids.index(other) if other in ids else -1)
    assert (other in kept) is (other in ids)
    assert 7 not in kept


@given(EVEN | UNEVEN, EVEN)
def test_one_list_continues_another_if_it_begins_with_it(first, more):
    before, after = RecordIds.of(first), RecordIds.of([*first, *more])

    assert after.continues(before) is bool(first)
    assert before.followed_by(RecordIds.of(more)) == [*first, *more]
    assert before.followed_by(RecordIds.of(more)) == after


def test_a_longer_id_is_no_continuation():
    assert not RecordIds("r1,r23").continues(RecordIds("r1,r2"))
    assert RecordIds("a,b") != "a,b"


def test_a_list_that_was_kept_so_is_not_kept_again():
    kept = RecordIds("a,b")

    assert RecordIds.of(kept) is kept
