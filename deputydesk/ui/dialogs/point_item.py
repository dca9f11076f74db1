"""The form of one item of the rules of points, and how its values become the item."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from deputydesk.errors import FieldError
from deputydesk.models.base import new_id
from deputydesk.models.choices import Level
from deputydesk.rules.duty import COSIGN, LEAD, DutyKind
from deputydesk.rules.point_schemes import points_typed
from deputydesk.rules.points import (
    ANY_ROLE,
    ONE,
    ZERO,
    Band,
    Item,
    Measure,
    Period,
    Section,
    shown,
)
from deputydesk.ui.choices import Candidate
from deputydesk.ui.fields import CheckField, ChoiceField, Field, LongTextField, TextField
from deputydesk.ui.pickers import PickManyField

ROLES = (("lead", LEAD), ("cosign", COSIGN), ("other_role", ANY_ROLE))
"""Fields of the factors by role."""


def item_fields() -> tuple[Field, ...]:
    """What an item says, in the order in which it is thought of."""
    return (
        TextField("name", label="项目名称", wide=True),
        TextField("first", label="首次分"),
        TextField("extra", label="每多一次"),
        TextField("cap", label="封顶（不填为不封顶）"),
        ChoiceField("period", Period, label="封顶和首次按"),
        ChoiceField("measure", Measure, label="计数单位"),
        TextField("section", label="所属分类"),
        PickManyField("kinds", _kinds, label="计入的履职类别（不选的只计手工登记）"),
        TextField("lead", label="领衔系数"),
        TextField("cosign", label="附议系数"),
        TextField("other_role", label="其他角色系数"),
        PickManyField("levels", _levels, label="只计这些层级的代表（不选为全部）", wide=False),
        CheckField("negative", label="扣分"),
        CheckField("evidence", label="须核实依据后计分"),
        LongTextField("note", label="说明", lines=2),
    )


def values_of(item: Item) -> dict[str, Any]:  # Any: values of the fields
    """What the form shows of an item."""
    return {
        "name": item.name,
        "first": _text(item.first),
        "extra": _text(item.extra),
        "cap": _text(item.cap),
        "period": item.period,
        "measure": item.measure,
        "section": item.section,
        "kinds": list(item.kinds),
        **{name: _text(item.roles.get(role)) for name, role in ROLES},
        "levels": list(item.levels),
        "negative": item.negative,
        "evidence": item.evidence,
        "note": item.note,
    }


def item_of(before: Item | None, values: dict[str, Any]) -> Item:  # Any: as `values_of`
    """The item that the form says; `before` is the one that it changes.

    Raises:
        FieldError: points or factors are no numbers.
    """
    first = points_typed(values["first"], "first", "首次分")
    extra = points_typed(values["extra"], "extra", "每多一次的分值")
    roles: dict[str, Decimal] = {}
    for name, role in ROLES:
        factor = points_typed(values[name], name, "系数")
        if factor is not None:
            roles[role] = factor
    if not values["name"].strip():
        raise FieldError("name", "请填写项目名称。")
    made = Item(
        id=before.id if before else new_id("item"),
        name=values["name"].strip(),
        first=first,
        extra=ZERO if extra is None else extra,
        cap=points_typed(values["cap"], "cap", "封顶分"),
        period=values["period"],
        kinds=tuple(values["kinds"]),
        roles=roles,
        negative=values["negative"],
        levels=tuple(values["levels"]),
        evidence=values["evidence"],
        measure=values["measure"],
        section=values["section"].strip(),
        note=values["note"],
    )
    return replace(made, is_own=bool(before and before.is_own))


def sections_of(lines: Sequence[str]) -> tuple[Section, ...]:
    """Sections as typed, one a line: 会议期间 40.

    Raises:
        FieldError: a cap is no number.
    """
    return tuple(Section(name, cap) for name, cap in map(_named, lines, ["sections"] * len(lines)))


def bands_of(lines: Sequence[str]) -> tuple[Band, ...]:
    """Grades as typed, one a line: 好 80.

    Raises:
        FieldError: there is no number behind a grade, or it is none.
    """
    found: list[Band] = []
    for line in lines:
        name, least = _named(line, "bands")
        if least is None:
            raise FieldError("bands", f"“{line}”没有写明多少分以上，如：好 80。")
        found.append(Band(name, least))
    return tuple(found)


def lines_of(rows: Sequence[Section | Band]) -> list[str]:
    """Sections or grades as they are typed."""
    numbers = [row.cap if isinstance(row, Section) else row.least for row in rows]
    return [f"{row.name} {_text(n)}".strip() for row, n in zip(rows, numbers, strict=True)]


def points_text(item: Item) -> str:
    """4，每多一次 2，封顶 12: what a list says of an item."""
    if item.first is None:
        return "待本单位填写"
    sign = "−" if item.negative else ""
    said = [f"{sign}{shown(item.first)}"]
    if item.extra != item.first:
        said.append(f"每多一{item.measure.label} {sign}{shown(item.extra)}")
    if item.cap is not None:
        said.append(f"{item.period.label}封顶 {shown(item.cap)}")
    return "，".join(said)


def roles_text(item: Item) -> str:
    """附议×0.5, or 只计领衔: the factors that are not 1."""
    said = {role: factor for role, factor in item.roles.items() if role != ANY_ROLE}
    others = item.roles.get(ANY_ROLE, ONE)
    if not others:
        only = [
            role if factor == ONE else f"{role}×{shown(factor)}" for role, factor in said.items()
        ]
        return f"只计{'、'.join(only)}"
    parts = [f"{role}×{shown(factor)}" for role, factor in said.items() if factor != ONE]
    return "，".join([*parts, f"其他×{shown(others)}"] if others != ONE else parts)


def kinds_text(item: Item) -> str:
    """The kinds of duty that count."""
    return "、".join(DutyKind.stored(kind).label for kind in item.kinds) or "手工登记"


def _named(line: str, field: str) -> tuple[str, Decimal | None]:
    name, _, number = line.rpartition(" ")
    if not name:
        return line.strip(), None
    return name.strip(), points_typed(number, field, f"“{name.strip()}”的分数")


def _text(points: Decimal | None) -> str:
    return "" if points is None else shown(points)


def _kinds() -> list[Candidate]:
    return [Candidate(kind.value, kind.label, kind.part.label) for kind in DutyKind]


def _levels() -> list[Candidate]:
    return [Candidate(level.value, level.label) for level in Level]
