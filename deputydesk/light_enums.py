"""Enums of PySide6 are made in a quarter of the time: three thousand names stand in a first window.

PySide6 makes a Python enum of every enum of a type when the type is first named. Python 3.11 takes
ten microseconds a name, since it weighs all that a class body may say; a list of names with
numbers says little. What is made here is the same (`tests/test_light_enums.py` compares all of
Qt's), and where anything is unusual Python makes it.
"""

import sys
from enum import EnumType, Flag
from functools import cache
from typing import Any, cast

Members = list[tuple[str, int]]
SAMPLE: Members = [("A", 1), ("B", 4), ("C", 2), ("D", 1), ("E", 7), ("F", 0)]
_make = cast("Any", EnumType)._create_  # Any: it is not in the types of EnumType


def install() -> None:
    """Make enums in this way from now on, where Python makes them as it is known here."""
    EnumType._create_ = _create  # pyright: ignore[reportAttributeAccessIssue]  # as above


def _create(
    kind: Any,  # Any: an enum class without members, as in `Flag("Name", [("A", 1)])`
    name: str,
    names: Any,  # Any: in this and other forms
    *,
    module: str | None = None,
    boundary: Any = None,  # Any: what to do with unknown bits
    **more: Any,  # Any: what else may be said
) -> Any:  # Any: the new enum
    """Stand in for `EnumType._create_`."""
    if module is None:
        frame = sys._getframe(2)  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - as Python
        module = frame.f_globals.get("__name__")
    if _is_plain(names, more):
        made = _pattern(kind, boundary)
        if made and made[1].isdisjoint([member for member, _ in names]):
            return _enum(kind, name, names, made[0] | {"__module__": module})
    return _make(kind, name, names, module=module, boundary=boundary, **more)


def _is_plain(names: Any, more: dict[str, Any]) -> bool:  # Any: as above
    """Whether it is a list of different names with whole numbers, and nothing else."""
    if type(names) is not list or more not in ({}, _NOTHING_MORE):
        return False
    pairs = cast("list[Any]", names)  # Any: looked at here
    return all(
        type(one) is tuple and type(one[0]) is str and one[0][0] != "_" and type(one[1]) is int
        for one in pairs
    ) and len({name for name, _ in pairs}) == len(pairs)


_NOTHING_MORE = {"qualname": None, "type": None, "start": 1}


@cache
def _pattern(
    kind: Any, boundary: Any
) -> tuple[dict[str, Any], frozenset[str]] | None:  # Any: above
    """What the class of an enum of a kind has, and names that are something else there.

    None: Python makes it otherwise than it is known here.
    """
    try:
        known = _make(kind, "Sample", SAMPLE, module=__name__, boundary=boundary)
        pattern = {n: v for n, v in _own(known).items() if n not in known.__members__}
        taken = frozenset(n for base in kind.__mro__ for n in _own(base)) | {"mro"}
        ours = _enum(kind, "Sample", SAMPLE, pattern)
        return (pattern, taken) if said(ours) == said(known) else None
    except (AttributeError, TypeError):
        return None


def _enum(kind: Any, name: str, names: Members, pattern: dict[str, Any]) -> Any:  # Any: above
    """A new enum."""
    listed: list[str] = []
    by_name: dict[str, Any] = {}  # Any: members
    by_value: dict[int, Any] = {}  # Any: members
    own = {"_member_names_": listed, "_member_map_": by_name, "_value2member_map_": by_value}
    own["_unhashable_values_"] = []
    enum: Any = type.__new__(EnumType, name, (kind,), pattern | own)
    is_flag, is_int = issubclass(enum, Flag), issubclass(enum, int)
    mask = single = 0
    for name_of, value in names:
        member = by_value.get(value)
        is_single = value != 0 and value & (value - 1) == 0
        if member is None:
            member = int.__new__(enum, value) if is_int else object.__new__(enum)
            own_values = member.__dict__
            own_values["_value_"] = value
            own_values["_name_"] = name_of
            own_values["__objclass__"] = enum
            own_values["_sort_order_"] = len(listed)
            by_value[value] = member
            if is_single or not is_flag:
                listed.append(name_of)
        mask |= value
        single |= value if is_single else 0
        by_name[name_of] = member
        type.__setattr__(enum, name_of, member)
    if is_flag:
        _set_bits(enum, mask, single, [by_name[name]._value_ for name in listed])
    return enum


def _set_bits(enum: Any, mask: int, single: int, values: list[int]) -> None:  # Any: above
    """What is known of all the bits of a flag."""
    type.__setattr__(enum, "_flag_mask_", mask)
    type.__setattr__(enum, "_singles_mask_", single)
    type.__setattr__(enum, "_all_bits_", 2 ** mask.bit_length() - 1)
    by_order = enum._iter_member_by_def_ if values != sorted(values) else None
    if by_order:
        type.__setattr__(enum, "_iter_member_", by_order)
    elif "_iter_member_" in _own(enum):
        type.__delattr__(enum, "_iter_member_")


def said(enum: Any) -> dict[str, Any]:  # Any: above
    """All that a class of an enum says, so that two that say the same are equal."""

    def plain(value: Any) -> Any:  # Any: whatever a class holds
        if isinstance(value, enum):
            members = {k: v for k, v in value.__dict__.items() if k != "__objclass__"}
            return list(members.items()), value.__dict__["__objclass__"] is enum
        if isinstance(value, dict):
            return [(key, plain(one)) for key, one in value.items()]  # pyright: ignore[reportUnknownVariableType]
        return getattr(value, "__func__", value)

    return {name: plain(value) for name, value in _own(enum).items()}


def _own(kind: Any) -> dict[str, Any]:  # Any: above
    """What stands in a class itself."""
    return {**cast("dict[str, Any]", vars(kind))}  # Any: above
