"""The fold against an oracle that knows nothing of it, and its promises one by one."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.journal import fold as folding
from deputydesk.journal.fold import Change, Heads, fold

FIELDS = {"a": 0, "b": 0}


@st.composite
def logs(draw) -> list[Change]:
    """Changes of one row from three devices; each may replace any that came before it."""
    log: list[Change] = []
    seqs = {"x": itertools.count(1), "y": itertools.count(1), "z": itertools.count(1)}
    for _ in range(draw(st.integers(1, 8))):
        feed = draw(st.sampled_from("xyz"))
        kind = draw(st.sampled_from("IIUUUUDRX" if draw(st.integers(0, 9)) == 0 else "IUUUDR"))
        dots = [c.dot for c in log]
        base = tuple(sorted(draw(st.sets(st.sampled_from(dots))))) if dots else ()
        values = draw(st.dictionaries(st.sampled_from("ab"), st.integers(0, 2)))
        lam = draw(st.integers(1, 9))
        log.append(Change(feed, next(seqs[feed]), lam, kind, base, values if kind != "D" else {}))
    return log


def oracle(log: list[Change]) -> tuple[bool, dict[str, Any], dict[str, list[Any]]]:
    """Alive, values and conflicting values of a row, from the words of the definition."""
    unique = list({(c.feed, c.seq): c for c in log}.values())
    if not [c for c in unique if c.kind == "I"] or [c for c in unique if c.kind == "X"]:
        return False, {}, {}
    values: dict[str, Any] = {}
    conflicts: dict[str, list[Any]] = {}
    standing: set[str] = set()
    for name in FIELDS:
        wrote = [c for c in unique if c.kind == "I" or name in (c.values or {})]
        heads = [c for c in wrote if not any(c.dot in other.base for other in wrote)]
        heads.sort(key=lambda c: (c.lam, c.feed, c.seq))
        standing |= {c.dot for c in heads}
        said = [(c.values or {}).get(name, 0) for c in heads]
        values[name] = said[-1]
        if len(set(said)) > 1:
            conflicts[name] = said
    lives = [c for c in unique if c.kind in "IDR"]
    ends = [c for c in lives if not any(c.dot in other.base for other in lives)]
    if all(c.kind == "D" for c in ends):
        for end in ends:
            standing -= set(end.base)
        if not standing:
            return False, {}, {}
    return True, values, conflicts


def seen_by_people(log: list[Change]) -> tuple[bool, dict[str, Any], dict[str, list[Any]]]:
    state = fold(log, FIELDS)
    conflicts = {name: [value for _, value in said] for name, said in state.conflicts.items()}
    return state.alive, dict(state.values) if state.alive else {}, conflicts


@given(logs())
def test_fold_is_what_the_oracle_says(log):
    assert seen_by_people(log) == oracle(log)


@given(logs())
def test_the_short_way_of_a_straight_story_ends_where_the_long_one_does(log):
    usual = fold(log, FIELDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "_straight", lambda _log, _blanks: None)
        whole = fold(log, FIELDS)

    assert usual == whole


@given(st.data(), logs())
def test_order_and_repeats_do_not_matter(data, log):
    mixed = data.draw(st.permutations([*log, *data.draw(st.lists(st.sampled_from(log)))]))

    assert fold(mixed, FIELDS) == fold(log, FIELDS)


@given(logs())
def test_a_value_is_replaced_by_name_or_on_show(log):
    state = fold(log, FIELDS)

    for name in FIELDS if state.alive else ():
        shown = [state.values[name], *(value for _, value in state.conflicts.get(name, []))]
        wrote = [c for c in log if c.kind == "I" or name in (c.values or {})]
        named = {dot for c in wrote for dot in c.base}
        lost = [c for c in wrote if c.dot not in named and c.values.get(name, 0) not in shown]
        assert lost == []


@given(logs())
def test_heads_survive_the_table_that_keeps_them(log):
    heads = fold(log, FIELDS).heads

    assert Heads.from_text(heads.to_text()) == heads


def change(feed: str, seq: int, kind: str, *base: str, lam: int = 0, **values: Any) -> Change:
    return Change(feed, seq, lam or seq, kind, base, values)


BORN = change("x", 1, "I", a=1)


def test_edits_that_knew_each_other_are_no_conflict():
    second = change("x", 2, "U", "x:1", a=2)
    third = change("y", 1, "U", "x:2", lam=3, a=3)

    state = fold([BORN, second, third], FIELDS)

    assert (state.values, state.conflicts) == ({"a": 3, "b": 0}, {})


def test_concurrent_edits_keep_both_values_and_show_one():
    mine = change("x", 2, "U", "x:1", lam=2, a=2)
    theirs = change("y", 1, "U", "x:1", lam=3, a=3)

    state = fold([BORN, mine, theirs], FIELDS)

    assert state.values["a"] == 3
    assert state.conflicts == {"a": [("x:2", 2), ("y:1", 3)]}


def test_concurrent_edits_to_the_same_value_are_no_conflict():
    mine = change("x", 2, "U", "x:1", a=2)
    theirs = change("y", 1, "U", "x:1", a=2)

    assert fold([BORN, mine, theirs], FIELDS).conflicts == {}


def test_concurrent_edits_of_two_fields_are_no_conflict():
    mine = change("x", 2, "U", "x:1", a=2)
    theirs = change("y", 1, "U", "x:1", b=5)

    state = fold([BORN, mine, theirs], FIELDS)

    assert (state.values, state.conflicts) == ({"a": 2, "b": 5}, {})


def test_a_wrong_clock_cannot_beat_an_edit_that_knew_it():
    early_but_high = change("y", 1, "U", "x:1", lam=999, a=9)
    later = change("x", 2, "U", "y:1", lam=1000, a=2)

    assert fold([BORN, early_but_high, later], FIELDS).values["a"] == 2


def test_a_delete_that_did_not_see_an_edit_leaves_the_row():
    edited = change("y", 1, "U", "x:1", lam=2, a=2)
    deleted = change("x", 2, "D", "x:1")

    assert fold([BORN, edited, deleted], FIELDS).alive
    assert not fold([BORN, deleted], FIELDS).alive


def test_a_restored_row_lives_with_its_values():
    deleted = change("x", 2, "D", "x:1")
    restored = change("x", 3, "R", "x:2", b=7)

    state = fold([BORN, deleted, restored], FIELDS)

    assert (state.alive, state.values) == (True, {"a": 1, "b": 7})


def test_a_delete_must_have_seen_what_stands_and_no_more():
    deleted = change("x", 2, "D", "x:1")
    restored = change("x", 3, "R", "x:1", "x:2", a=5, b=7)
    again = change("x", 4, "D", "x:3")

    assert not fold([BORN, deleted, restored, again], FIELDS).alive


def test_a_deleted_row_shows_no_conflict_and_restored_shows_it_again():
    mine = change("x", 2, "U", "x:1", a=2)
    theirs = change("y", 1, "U", "x:1", a=3)
    deleted = change("x", 3, "D", "x:1", "x:2", "y:1")
    restored = change("x", 4, "R", "x:3")

    gone = fold([BORN, mine, theirs, deleted], FIELDS)
    back = fold([BORN, mine, theirs, deleted, restored], FIELDS)

    assert (gone.alive, gone.conflicts) == (False, {})
    assert (back.alive, list(back.conflicts)) == (True, ["a"])


def test_an_expunged_row_stays_away_whatever_comes_later():
    expunged = change("x", 2, "X", "x:1")
    edited = change("y", 1, "U", "x:1", lam=9, a=2)
    erased = Change("x", 1, 1, "I", (), None)

    state = fold([erased, expunged, edited], FIELDS)

    assert (state.alive, state.values, state.conflicts) == (False, FIELDS, {})


def test_a_change_that_came_before_its_row_waits():
    edited = change("y", 1, "U", "x:1", lam=2, a=2)

    assert not fold([edited], FIELDS).alive
    assert fold([edited, BORN], FIELDS).values["a"] == 2


def test_a_field_of_a_newer_version_is_kept():
    state = fold([change("x", 1, "I", a=1, from_the_future="值")], FIELDS)

    assert state.values == {"a": 1, "b": 0, "from_the_future": "值"}


def test_changes_that_claim_to_have_seen_each_other_are_told_alike_whatever_came_first():
    birth = change("x", 1, "I", lam=1, a=5)
    one = change("x", 2, "U", "x:1", "x:3", lam=2, a=6)
    other = change("x", 3, "U", "x:1", "x:2", lam=3, a=7)

    states = [fold(log, FIELDS) for log in itertools.permutations((birth, one, other))]

    assert {state.values["a"] for state in states} == {5}
