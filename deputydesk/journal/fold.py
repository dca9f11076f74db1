"""What a row is: the fold of its changes. Order, repeats and clocks do not matter."""

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from deputydesk.journal.values import Value, reader, text_of

Dot = str
"""`feed:seq`, the name of a change."""

_read = reader(json.JSONDecoder())
LIFE = ""
"""The register that says whether the row lives; fields have names."""


class Change(NamedTuple):
    """One change as the log holds it; `values` is None when its body was erased."""

    feed: str
    seq: int
    lam: int
    kind: str
    base: tuple[Dot, ...]
    values: Mapping[str, Value] | None

    @property
    def dot(self) -> Dot:
        """The name of this change."""
        return f"{self.feed}:{self.seq}"

    @property
    def rank(self) -> tuple[int, str, int]:
        """Who wins when two changes did not know each other."""
        return (self.lam, self.feed, self.seq)

    def writes(self, name: str) -> bool:
        """Whether it writes this register; an insert writes every field."""
        if name == LIFE:
            return self.kind in "IDRX"
        return self.kind == "I" or (self.values is not None and name in self.values)


class Heads(NamedTuple):
    """Changes that nobody has replaced: of life, and of each field.

    A field that is not named has the heads of `rest` (the insert that gave all fields).
    """

    life: tuple[Dot, ...] = ()
    rest: tuple[Dot, ...] = ()
    fields: Mapping[str, tuple[Dot, ...]] = MappingProxyType({})

    @property
    def agree(self) -> bool:
        """Whether every field has one head, so that nothing can be in conflict."""
        return len(self.rest) == 1 and all(len(dots) == 1 for dots in self.fields.values())

    def of(self, name: str) -> tuple[Dot, ...]:
        """The heads of one field."""
        return self.fields.get(name, self.rest)

    def all(self) -> tuple[Dot, ...]:
        """Every head once: what a delete replaces."""
        return tuple(
            sorted({*self.life, *self.rest, *(d for f in self.fields.values() for d in f)})
        )

    def to_text(self) -> str:
        """As the table of rows keeps it."""
        named = {name: dots for name, dots in self.fields.items() if dots != self.rest}
        return text_of([self.life, self.rest, named])

    @classmethod
    def from_text(cls, text: str) -> "Heads":
        """As `to_text` wrote it."""
        life, rest, fields = _read(text)
        return cls(tuple(life), tuple(rest), {k: tuple(v) for k, v in fields.items()})


class RowState(NamedTuple):
    """A row as its changes make it; what is dead or pending shows no conflict."""

    alive: bool
    values: Mapping[str, Value]
    heads: Heads
    conflicts: Mapping[str, list[tuple[Dot, Value]]]


def fold(changes: Iterable[Change], blanks: Mapping[str, Value]) -> RowState:
    """The state of a row from all its changes, in whatever order they came.

    Args:
        changes: every change of the row that is known here.
        blanks: the row's fields and what they hold when an insert does not name them.
    """
    known = list(changes)
    if straight := _straight(known, blanks):
        return straight
    log = {c.dot: c for c in known}
    births = {dot: c for dot, c in log.items() if c.kind == "I"}
    rest = _heads(births, LIFE)
    names = set(blanks).union(*(c.values or () for c in log.values()))
    touched = names
    if len(rest) == 1:  # as good as always: a field that nobody touched has the one birth as head
        touched = {n for c in log.values() if c.kind != "I" for n in c.values or ()}
    fields = {name: _heads(log, name) for name in sorted(touched)}
    life = _heads(log, LIFE)
    heads = Heads(life, rest, {name: dots for name, dots in fields.items() if dots != rest})
    if any(c.kind == "X" for c in log.values()):
        return RowState(alive=False, values=dict(blanks), heads=heads, conflicts={})
    values = {**blanks, **(log[rest[0]].values or {})} if rest else dict(blanks)
    conflicts: dict[str, list[tuple[Dot, Value]]] = {}
    for name, dots in fields.items():
        if said := said_by(log, dots, name, blanks):
            values[name] = said[-1][1]
        if len({text_of(value) for _, value in said}) > 1:
            conflicts[name] = said
    standing = {
        *(rest if touched < names else ()),
        *(dot for dots in fields.values() for dot in dots),
    }
    if births and _lives(log, life, standing):
        return RowState(alive=True, values=values, heads=heads, conflicts=conflicts)
    return RowState(alive=False, values=values, heads=heads, conflicts={})


def _straight(changes: Sequence[Change], blanks: Mapping[str, Value]) -> RowState | None:
    """The state of a row that was born once and then changed by who had seen it, as most are.

    None if it was anything else, or may have been; then the whole fold says what it is.
    """
    birth, *later = sorted(changes, key=_rank_of) or [_NOTHING]
    if birth.kind != "I" or birth.base or birth.values is None:
        return None
    rest = (birth.dot,)
    seen = {*rest}
    heads: dict[str, tuple[Dot, ...]] = {}
    values = {**blanks, **birth.values}
    for change in later:
        if change.kind != "U" or change.values is None or not seen.issuperset(change.base):
            return None
        dot = change.dot
        head = (dot,)
        for name, value in change.values.items():
            if heads.get(name, rest)[0] not in change.base:
                return None
            heads[name] = head
            values[name] = value
        seen.add(dot)
    return RowState(alive=True, values=values, heads=Heads(rest, rest, heads), conflicts={})


_NOTHING = Change("", 0, 0, "", (), None)
_rank_of = itemgetter(*map(Change._fields.index, ("lam", "feed", "seq")))
"""`Change.rank`, without a call of Python's for each of many."""


def said_by(
    log: Mapping[Dot, Change], dots: Iterable[Dot], name: str, blanks: Mapping[str, Value]
) -> list[tuple[Dot, Value]]:
    """What these changes say of a field; the one that is shown comes last."""
    known = sorted(((dot, log[dot]) for dot in dots if dot in log), key=lambda one: one[1].rank)
    return [(dot, (c.values or {}).get(name, blanks.get(name))) for dot, c in known]


def past_of(log: Mapping[Dot, Change], dot: Dot) -> set[Dot]:
    """What a change replaced, and what that had replaced: of its fields, all that it knew."""
    found: set[Dot] = set()
    left = [dot]
    while left:
        change = log.get(left.pop())
        new = set(change.base) - found if change else set[Dot]()
        found |= new
        left += new
    return found


def _heads(log: Mapping[Dot, Change], name: str) -> tuple[Dot, ...]:
    writers = {dot: c for dot, c in log.items() if c.writes(name)}
    if len(writers) == 1:
        return tuple(writers)
    replaced = {seen for dot, c in writers.items() for seen in c.base if seen != dot}
    return tuple(sorted(writers.keys() - replaced))


def _lives(log: Mapping[Dot, Change], life: Iterable[Dot], standing: set[Dot]) -> bool:
    """Whether a birth stands, or a writing that no deleting change has seen."""
    if any(log[dot].kind in "IR" for dot in life):
        return True
    return not standing <= {seen for dot in life for seen in log[dot].base}
