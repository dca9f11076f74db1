"""What a counting grid counts: its rows, what is typed into them, and how they are judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deputydesk.rules.satisfaction import Option

VOID = "void"
"""Identifier of the cell for rows left blank or ticked twice."""


@dataclass(frozen=True)
class Counted:
    """What a row of the grid counts: a deputy or a project on the ballot, and what it got."""

    key: str
    """By which errors name the row (`tally.…`)."""
    position: int
    name: str
    hint: str
    counts: Mapping[str, int]
    void: int = 0


@dataclass(frozen=True)
class Typed:
    """What was typed into a row."""

    key: str
    counts: Mapping[str, int]
    void: int = 0


@dataclass(frozen=True)
class Sheet:
    """A kind of counting sheet.

    Args:
        who: heading of the names.
        options: what can be ticked.
        problem: what does not agree in a row, of its counts, its void ones and the valid ballots;
            empty when all does.
        result: what the counts of a row make of it, such as a grade.
        result_title: heading of that.
        void: heading of the rows left blank or ticked twice; empty if they are not counted apart.
    """

    who: str
    options: tuple[Option, ...]
    problem: Callable[[Mapping[str, int], int, int], str]
    result: Callable[[Mapping[str, int], int], str]
    result_title: str = "等次"
    void: str = ""

    @property
    def cells(self) -> dict[str, str]:
        """What is typed in a row: identifier and heading."""
        cells = {option.id: option.label for option in self.options}
        return cells | {VOID: self.void} if self.void else cells
