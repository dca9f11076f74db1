"""Enums that are made quickly are those that Python makes, one and all."""

import enum
import subprocess
import sys

import pytest

from deputydesk import light_enums
from deputydesk.light_enums import SAMPLE, said

ALL = """
import enum, sys
from deputydesk import light_enums
if sys.argv[1] == "quick":
    light_enums.install()
from PySide6 import QtCore, QtGui, QtWidgets

def told(one, name):
    if isinstance(one, enum.EnumType):
        words = {n: v if isinstance(v, (list, tuple)) else repr(v).partition(" at 0x")[0]
                 for n, v in light_enums.said(one).items()}
        print(name, one.__qualname__, one.__module__, one.__mro__, sorted(words.items()), list(one))
    elif isinstance(one, type):
        for inner, what in list(vars(one).items()):
            if isinstance(what, type) and what.__module__.startswith("PySide6"):
                told(what, f"{name}.{inner}")

for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        told(getattr(module, name), f"{module.__name__}.{name}")
"""
KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)


def _quick(kind, names, **more):
    return light_enums._create(kind, "Kind", names, module=__name__, **more)


def _pythons(kind, names, **more):
    return light_enums._make(kind, "Kind", names, module=__name__, **more)


def test_every_enum_of_qt_is_as_python_makes_it():
    quick, pythons = _told("quick"), _told("python")

    assert len(quick.splitlines()) > 600
    assert quick == pythons


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("boundary", [None, enum.KEEP])
@pytest.mark.parametrize(
    "names",
    [
        [],
        SAMPLE,
        [("A", 8), ("B", 2), ("C", 4)],
        [("A", -1), ("B", 3), ("C", -1)],
        [("A", 0)],
        [("A", "水"), ("B", 2.5)],
        ["A", "B"],
        "A B",
        (("A", 1), ("B", 2)),
        {"A": 1, "B": 2},
    ],
)
def test_enums_of_every_form_are_as_python_makes_them(kind, boundary, names):
    try:
        wanted = said(_pythons(kind, names, boundary=boundary))
    except (TypeError, ValueError) as error:
        with pytest.raises(type(error)):
            _quick(kind, names, boundary=boundary)
        return

    assert said(_quick(kind, names, boundary=boundary)) == wanted


def test_members_are_found_joined_and_told_apart():
    kind = _quick(enum.Flag, [("A", 1), ("B", 2), ("AB", 3)], boundary=enum.KEEP)

    assert kind.A | kind.B is kind.AB
    assert kind(3) is kind.AB
    assert [*(kind.A | kind.B)] == [kind.A, kind.B]
    assert (kind.A & ~kind.B, kind["B"], kind(8).value) == (kind.A, kind.B, 8)
    with pytest.raises(AttributeError):
        kind.A = 3


def test_a_member_may_be_called_as_what_all_members_have():
    kind = _quick(enum.Enum, [("name", 1), ("B", 2)])

    assert (kind.name.value, kind.B.name) == (1, "B")


def test_a_name_that_comes_twice_is_refused_as_ever():
    for make in (_quick, _pythons):
        with pytest.raises(TypeError):
            make(enum.Enum, [("A", 1), ("A", 2)])


def test_the_module_is_the_callers_where_none_is_named():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(enum.EnumType, "_create_", light_enums._create)
        kind = enum.Enum("Kind", [("A", 1)])

    assert kind.__module__ == __name__


def test_where_python_makes_enums_otherwise_it_makes_them(monkeypatch):
    monkeypatch.setattr(light_enums, "said", lambda _enum: object())
    light_enums._pattern.cache_clear()

    assert light_enums._pattern(enum.Enum, None) is None
    assert _quick(enum.Enum, [("A", 1)]).A.value == 1

    light_enums._pattern.cache_clear()


def _told(how: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ALL, how], check=False, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
