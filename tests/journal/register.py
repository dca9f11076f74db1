"""The journal's oracle: rows as plain dicts, which keep what nobody has replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = tuple[str, str]
Seen = tuple[frozenset[int], dict[str, frozenset[int]]]


@dataclass
class Kept:
    """A row: per field the writings that nobody replaced, and its births and deaths."""

    fields: dict[str, dict[int, Any]]
    life: dict[int, set[int] | None]  # a death names what it ended; a birth is None

    @property
    def values(self) -> dict[str, Any]:
        return {name: said[max(said)] for name, said in self.fields.items()}

    @property
    def alive(self) -> bool:
        deaths = [named for named in self.life.values() if named is not None]
        if len(deaths) < len(self.life):
            return True
        writings = {number for said in self.fields.values() for number in said}
        return bool(writings - set().union(*deaths))

    @property
    def conflicts(self) -> set[str]:
        if not self.alive:
            return set()
        return {name for name, said in self.fields.items() if len({*map(str, said.values())}) > 1}

    def seen(self) -> Seen:
        """What a form that is opened now has seen."""
        return frozenset(self.life), {name: frozenset(said) for name, said in self.fields.items()}


@dataclass
class Line:
    """What an action did to a row."""

    row: Row
    names: set[str]
    before: tuple[bool, dict[str, Any]]
    after: tuple[bool, dict[str, Any]] = (False, {})


@dataclass
class Action:
    kind: str
    user: str
    lines: list[Line] = field(default_factory=list)
    undone: bool = False


class Oracle:
    """The office's records and what undo and redo would do."""

    def __init__(self, blanks: Mapping[str, dict[str, Any]]) -> None:
        self.blanks = blanks
        self.rows: dict[Row, Kept] = {}
        self.actions: list[Action] = []
        self.action = Action("do", "")
        self._said: dict[tuple[Row, str, int], Any] = {}
        self._number = 0

    # ------------------------------------------------------------ what is there

    def living(self, table: str | None = None) -> list[Row]:
        return [row for row, kept in self.rows.items() if kept.alive and table in (None, row[0])]

    def tables(self) -> dict[str, dict[str, dict[str, Any]]]:
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for tab, pk in self.living():
            found.setdefault(tab, {})[pk] = self.rows[tab, pk].values
        return found

    def conflicts(self) -> set[tuple[str, str, str]]:
        return {(*row, name) for row, kept in self.rows.items() for name in kept.conflicts}

    # ------------------------------------------------------------ what is done

    def begin(self, kind: str, user: str) -> None:
        self.action = Action(kind, user)

    def end(self) -> None:
        for line in self.action.lines:
            kept = self.rows[line.row]
            line.after = (kept.alive, kept.values)
        if self.action.lines or self.action.kind != "do":
            self.actions.append(self.action)

    def insert(self, row: Row, values: dict[str, Any]) -> None:
        number = self._next()
        whole = self.blanks[row[0]] | values
        self.action.lines.append(Line(row, set(whole), (False, {})))
        self.rows[row] = Kept({name: {} for name in whole}, {number: None})
        self._say(row, number, whole, {})

    def edit(self, row: Row, values: dict[str, Any], seen: Seen | None = None) -> None:
        kept = self.rows[row]
        _, fields = seen or kept.seen()
        seen_values = self._shown(row, fields)
        changed = {
            name: value
            for name, value in values.items()
            if value not in (kept.values[name], seen_values[name])
        }
        if changed:
            self.action.lines.append(Line(row, set(changed), (True, kept.values)))
            self._say(row, self._next(), changed, fields)

    def delete(self, row: Row, seen: Seen | None = None) -> None:
        kept = self.rows[row]
        life, fields = seen or kept.seen()
        self.action.lines.append(Line(row, set(), (True, kept.values)))
        named = {*life, *(number for numbers in fields.values() for number in numbers)}
        kept.life = {n: d for n, d in kept.life.items() if n not in named} | {self._next(): named}

    # ------------------------------------------------------------ undo and redo

    def newest(self, kind: str, user: str) -> Action | None:
        """The action that Ctrl+Z (`undo`) or Ctrl+Y (`redo`) takes."""
        for action in reversed(self.actions):
            if action.user != user:
                continue
            if kind == "redo" and action.kind == "do":
                return None
            if not action.undone and (action.kind == "undo") == (kind == "redo"):
                return action
        return None

    def refuses(self, action: Action) -> bool:
        """Whether something newer touched what the action touched."""
        return any(self._touched_since(line) for line in action.lines)

    def reverse(self, action: Action, kind: str, user: str) -> None:
        self.begin(kind, user)
        for line in action.lines:
            kept = self.rows[line.row]
            alive, values = line.before
            if not alive:
                if kept.alive:
                    self.delete(line.row)
            elif not kept.alive:
                self._restore(line.row, values)
            else:
                self.edit(line.row, {name: values[name] for name in line.names})
        action.undone = True
        self.end()

    def _touched_since(self, line: Line) -> bool:
        kept = self.rows[line.row]
        alive, values = line.after
        return kept.alive != alive or any(kept.values[n] != values[n] for n in line.names)

    def _restore(self, row: Row, values: dict[str, Any]) -> None:
        kept = self.rows[row]
        changed = {name: v for name, v in values.items() if kept.values[name] != v}
        self.action.lines.append(Line(row, set(values), (False, kept.values)))
        number = self._next()
        kept.life = {number: None}
        self._say(row, number, changed, kept.seen()[1])

    def _say(
        self, row: Row, number: int, values: dict[str, Any], seen: dict[str, frozenset[int]]
    ) -> None:
        for name, value in values.items():
            said = self.rows[row].fields[name]
            left = {n: v for n, v in said.items() if n not in seen.get(name, ())}
            self.rows[row].fields[name] = left | {number: value}
            self._said[row, name, number] = value

    def _shown(self, row: Row, fields: dict[str, frozenset[int]]) -> dict[str, Any]:
        return {name: self._said[row, name, max(numbers)] for name, numbers in fields.items()}

    def _next(self) -> int:
        self._number += 1
        return self._number
