"""Dataclasses that are put together when first used, beside Python's own."""

import copy
import dataclasses
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from threading import Barrier, Thread
from typing import ClassVar, Generic, TypeVar

import pytest

from deputydesk import late
from deputydesk.late import dataclass

T = TypeVar("T")


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


def test_many_are_as_the_first_ones():
    row, long_row = kinds()

    first = [row(str(n), tags=()) for n in range(3)]
    many = [row(str(n), tags=()) for n in range(3 * late.MANY)]

    assert many[:3] == first
    assert len({*many, *first}) == len(many)
    assert repr(many[0]) == repr(first[0])
    assert long_row("1", note=" 有 ").note == "有"
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'id'"):
        many[-1].id = "2"  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'id'"):
        del many[0].id  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [(("1", 2, [], 4), {}), (("1",), {"id": "2"}), ((), {"number": 1}), (("1",), {"more": 1})],
)
def test_what_is_given_wrongly_is_an_error_as_usual(args, kwargs):
    row, _ = kinds()
    row("1")
    usual = dataclasses.make_dataclass("Row", [("id", str), ("number", int, 3), ("tags", list, ())])

    with pytest.raises(TypeError) as wanted:
        usual(*args, **kwargs)
    with pytest.raises(TypeError) as error:
        row(*args, **kwargs)

    assert str(error.value).partition("__init__")[2] == str(wanted.value).partition("__init__")[2]


def test_kinds_that_say_more_than_fields_are_pythons_own():
    made = []

    @dataclass
    class Counted:
        total: dataclasses.InitVar[int]
        half: int = field(init=False)
        kind: ClassVar[str] = "数"
        parts: list[int] = field(default_factory=list[int], repr=False)

        def __post_init__(self, total: int) -> None:
            self.half = total // 2
            made.append(total)

    @dataclass(order=True)
    class Ordered:
        number: int = 0

    @dataclass(eq=False)
    class Alone:
        number: int = 0

    assert (Counted(6).half, Counted(6).parts, made) == (3, [], [6, 6])
    assert repr(Counted(6)).endswith("Counted(half=3)")
    assert Ordered(1) < Ordered(2)
    assert Alone(1) != Alone(1)


def test_what_belongs_to_the_class_is_no_field():
    @dataclass(frozen=True)
    class Named:
        kind: ClassVar[str] = "名"
        name: "str" = ""

    assert Named("水") == Named(name="水")
    assert [f.name for f in fields(Named)] == ["name"]
    assert hash(Named("水")) == hash(Named("水"))


def test_a_mutable_default_is_refused_as_usual():
    @dataclass
    class Wrong:
        tags: list[str] = []  # noqa: RUF012 - that is the mistake

    with pytest.raises(ValueError, match="mutable default"):
        Wrong()


def test_kinds_may_be_generic_and_hold_themselves():
    @dataclass
    class Box(Generic[T]):
        inside: T | None = None
        more: list[T] = field(default_factory=list)

    box = Box[object]()
    box.inside = box

    assert repr(box).endswith("Box(inside=..., more=[])")
    assert replace(box, inside=1).inside == 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(box)


def test_an_order_of_fields_that_cannot_be_is_refused_as_usual():
    @dataclass
    class Above:
        first: int = 0

    @dataclass
    class Below(Above):
        second: int  # pyright: ignore[reportGeneralTypeIssues]

    with pytest.raises(TypeError, match="non-default argument 'second' follows default argument"):
        Below(1, 2)


def test_fields_that_say_more_may_be_put_off_as_well():
    @dataclass(frozen=True)
    class Shelf:
        name: str = late.field(default="架")
        books: list[str] = late.field(default_factory=list[str])

    @dataclass
    class Told:
        name: str = ""
        size: int = late.field(init=False, default=3)

    assert Shelf() == Shelf("架", [])
    assert Shelf().books is not Shelf().books
    assert late.asdict(Shelf()) == {"name": "架", "books": []}
    assert late.replace(Shelf(), name="柜").name == "柜"
    assert Told("水").size == 3
    assert repr(Told("水")).endswith("Told(name='水', size=3)")


def test_a_start_imports_neither_dataclasses_nor_types_of_tomorrow():
    asked = "print('dataclasses' in sys.modules, 'typing_extensions' in sys.modules)"
    code = f"import deputydesk.late, sys; {asked}"

    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )

    assert done.stdout == "False False\n"


def test_a_method_in_the_place_of_another_is_left_as_it_is():
    def method() -> None: ...

    assert late.override(method) is method
