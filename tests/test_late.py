"""Dataclasses that are put together when first used, beside Python's own."""

import copy
import dataclasses
from collections.abc import Sequence
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from threading import Barrier, Thread

import pytest

from deputydesk.late import dataclass


def kinds():
    """Kinds as rows have them, made anew: nothing of them was used yet."""

    @dataclass(frozen=True)
    class Row:
        id: str
        number: int = 3
        tags: Sequence[str] = field(default_factory=list[str])

    @dataclass(frozen=True)
    class LongRow(Row):
        note: str = "无"

        def __post_init__(self) -> None:
            object.__setattr__(self, "note", self.note.strip())

    return Row, LongRow


def test_a_row_has_its_values_defaults_equality_and_text():
    row, long_row = kinds()

    assert row("1") == row("1", 3, [])
    assert row("1") != row("2")
    assert repr(long_row("1", note=" 满意 ")).endswith(
        "LongRow(id='1', number=3, tags=[], note='满意')"
    )
    assert row("1").tags is not row("1").tags


def test_a_frozen_row_stays_as_it_is_and_can_be_a_key():
    row, _ = kinds()
    made = row("1", tags=())

    with pytest.raises(FrozenInstanceError):
        made.id = "2"  # pyright: ignore[reportAttributeAccessIssue]
    assert {made: "甲"}[row("1", tags=())] == "甲"


def test_fields_are_known_before_the_first_is_made():
    row, long_row = kinds()

    assert [f.name for f in fields(long_row)] == ["id", "number", "tags", "note"]
    assert [f.name for f in fields(row)] == ["id", "number", "tags"]
    assert dataclasses.is_dataclass(row)


def test_rows_are_taken_apart_copied_and_changed_as_usual():
    _, long_row = kinds()
    made = long_row("1")

    assert asdict(made) == {"id": "1", "number": 3, "tags": [], "note": "无"}
    assert replace(made, note="有").note == "有"
    assert copy.copy(made) == made
    match made:
        case long_row(ident, number):
            assert (ident, number) == ("1", 3)


def test_a_missing_value_is_an_error_as_usual():
    row, _ = kinds()

    with pytest.raises(TypeError, match="missing 1 required positional argument: 'id'"):
        row()  # pyright: ignore[reportCallIssue]


def test_a_row_that_may_change_does():
    @dataclass
    class Work:
        done: int = 0

    work = Work()
    work.done = 2

    assert work == Work(2)


def test_pythons_own_dataclass_may_stand_on_one():
    row, _ = kinds()

    @dataclasses.dataclass(frozen=True)
    class Below(row):
        place: str = "家"

    assert Below("1").place == "家"
    assert Below("1").number == 3


def test_two_threads_may_make_the_first_at_the_same_time():
    row, _ = kinds()
    start = Barrier(8)
    made = []

    def work():
        start.wait()
        made.append(row("1"))

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [row("1")] * 8
