"""Rules that vary by place, as shipped: what a kind of rule holds, and the versions to choose from.

A kind is a folder of `resources/presets`: `kind.json` says what such a rule holds, every other
file is one version of it with its source. What an office adopts is kept with its records.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.paths import resource
from deputydesk.rules.choices import Choice

BEGINNING = date(2000, 1, 1)
"""From when a shipped version holds: before anything that an office records."""

Rule = Mapping[str, Any]
"""What a version says, by the names of its kind's fields; whatever JSON holds."""


class FieldKind(Choice):
    """What a field of a rule holds."""

    TEXT = "text", "文字"
    NUMBER = "number", "数"
    FLAG = "flag", "是否"
    LINES = "lines", "每行一项"
    ROWS = "rows", "表格"
    CHOICE = "choice", "选择"


@dataclass(frozen=True)
class RuleField:
    """One thing that a rule of a kind says: its name in the rule, and how people see it."""

    name: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    hint: str = ""
    least: int = 0
    most: int | None = None
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    columns: tuple["RuleField", ...] = ()


@dataclass(frozen=True)
class RuleKind:
    """A kind of rule: its Chinese name, what it is for, and what it holds."""

    kind: str
    title: str
    about: str
    fields: tuple[RuleField, ...]


@dataclass(frozen=True)
class RuleRow:
    """A version of a rule, from a day on; `id` is empty for one that came with the program."""

    id: str
    kind: str
    name: str
    valid_from: date
    rule: Rule
    source: str
    notes: Mapping[str, str] = field(default_factory=dict[str, str])
    """By field: the article that says it, for a version that came with the program."""

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the program and the office has adopted none."""
        return not self.id


@cache
def kinds() -> tuple[RuleKind, ...]:
    """All kinds of rules, in the order in which people see them."""
    found = [_read(folder / "kind.json") for folder in _folders()]
    placed = sorted(zip(found, _folders(), strict=True), key=lambda pair: pair[0].get("order", 99))
    return tuple(
        RuleKind(
            folder.name, kind["title"], kind.get("about", ""), tuple(map(_field, kind["fields"]))
        )
        for kind, folder in placed
    )


def kind_of(kind: str) -> RuleKind:
    """The kind with this identifier."""
    found = next((one for one in kinds() if one.kind == kind), None)
    assert found, f"resources/presets/{kind}/kind.json is there"
    return found


@cache
def shipped(kind: str) -> tuple[RuleRow, ...]:
    """The versions of a kind that came with the program, the default first."""
    files = sorted(resource(f"presets/{kind}").glob("*.json"))
    found = [_read(file) for file in files if file.name != "kind.json"]
    found.sort(key=lambda version: (not version.get("default", False), version.get("order", 99)))
    return tuple(
        RuleRow("", kind, one["name"], BEGINNING, one["rule"], one["source"], one.get("notes", {}))
        for one in found
    )


def checked(kind: str, rule: Rule) -> dict[str, Any]:  # Any: whatever JSON holds
    """The rule as it is stored, every field of its kind filled in.

    Raises:
        FieldError: a field holds what it cannot, at the field's name.
    """
    return {one.name: _checked(one, rule.get(one.name)) for one in kind_of(kind).fields}


def _checked(asked: RuleField, value: Any) -> Any:  # Any: a value of a rule
    if asked.kind == FieldKind.NUMBER:
        return _number(asked, value)
    if asked.kind == FieldKind.FLAG:
        return bool(value)
    if asked.kind == FieldKind.CHOICE:
        if value not in asked.options:
            raise FieldError(asked.name, f"请选择{asked.title}。")
        return value
    if asked.kind == FieldKind.LINES:
        lines = [line.strip() for line in value or () if line.strip()]
        return _enough(asked, lines, [*map(str, lines)])
    if asked.kind == FieldKind.ROWS:
        return _rows(asked, value or ())
    text = str(value or "").strip()
    if asked.least and not text:
        raise FieldError(asked.name, f"请填写{asked.title}。")
    return text


def _number(asked: RuleField, value: Any) -> int | float:  # Any: a value of a rule
    number = 0 if value is None else value
    if not isinstance(number, int | float):
        raise FieldError(asked.name, f"{asked.title}应当是数字。")
    if number < asked.least or (asked.most is not None and number > asked.most):
        limits = f"不能小于{asked.least}" + (
            "" if asked.most is None else f"，也不能大于{asked.most}"
        )
        raise FieldError(asked.name, f"{asked.title}{limits}。")
    return number


def _rows(asked: RuleField, rows: Sequence[Rule]) -> list[Any]:  # Any: whatever JSON holds
    kept: list[dict[str, Any]] = []
    for place, row in enumerate(rows, 1):
        try:
            kept.append(
                {column.name: _checked(column, row.get(column.name)) for column in asked.columns}
            )
        except FieldError as error:
            raise FieldError(asked.name, f"第{place}行：{error.message}") from error
    first = asked.columns[0].name
    return _enough(asked, kept, [str(row[first]) for row in kept])


def _enough(asked: RuleField, kept: list[Any], names: list[str]) -> list[Any]:  # Any: as given
    if len(kept) < asked.least:
        raise FieldError(asked.name, f"{asked.title}至少要有{asked.least}项。")
    if asked.most is not None and len(kept) > asked.most:
        raise FieldError(asked.name, f"{asked.title}最多{asked.most}项。")
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise FieldError(asked.name, f"{asked.title}里“{twice}”写了两次。")
    return kept


def _folders() -> list[Path]:
    return [file.parent for file in sorted(resource("presets").glob("*/kind.json"))]


def _read(file: Path) -> dict[str, Any]:  # Any: whatever JSON holds
    return cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))


def _field(said: Rule) -> RuleField:
    return RuleField(
        name=said["name"],
        title=said["title"],
        kind=FieldKind(said.get("kind", "text")),
        hint=said.get("hint", ""),
        least=said.get("least", 0),
        most=said.get("most"),
        options=said.get("options", {}),
        columns=tuple(map(_field, said.get("columns", ()))),
    )
