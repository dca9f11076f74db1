"""Schemes of points as JSON keeps them, what is wrong with one, and the published ones."""

import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, cast

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.paths import resource
from deputydesk.rules.points import Band, Item, Measure, Period, ProRata, Scheme, Section

Json = Mapping[str, Any]  # whatever JSON holds

MOST_PLACES = 2
"""Decimals that points may have: what is shown must be what is counted."""


@dataclass(frozen=True)
class Published:
    """A scheme as a place has published it, as far as it did."""

    id: str
    name: str
    source: str
    about: str
    scheme: Scheme

    @property
    def open_items(self) -> tuple[Item, ...]:
        """What the office has to decide itself."""
        return tuple(item for item in self.scheme.items if item.first is None)


@cache
def published() -> tuple[Published, ...]:
    """The published schemes that come with the program, in their order."""
    files = sorted(resource("presets/points").glob("*.json"))
    found = [(file.stem, json.loads(file.read_text(encoding="utf-8"))) for file in files]
    found.sort(key=lambda pair: pair[1]["order"])
    return tuple(
        Published(name, one["name"], one["source"], one["about"], from_dict(one["rule"]))
        for name, one in found
    )


def to_dict(scheme: Scheme) -> dict[str, Any]:  # Any: whatever JSON holds
    """The scheme as JSON keeps it: points as text, so that none is rounded."""
    kept = {one.name: _plain(getattr(scheme, one.name)) for one in fields(scheme)}
    kept["items"] = [_row(item) for item in scheme.items]
    kept["sections"] = [_row(section) for section in scheme.sections]
    kept["bands"] = [_row(band) for band in scheme.bands]
    return kept


def from_dict(said: Json) -> Scheme:
    """The scheme that JSON keeps; what is not said is as usual."""
    usual = Scheme(())
    return Scheme(
        items=tuple(_item(row) for row in said["items"]),
        base=_points(said.get("base")) or usual.base,
        base_period=Period.stored(said.get("base_period", usual.base_period)),
        most=_points(said.get("most")),
        sections=tuple(Section(r["name"], _points(r.get("cap"))) for r in said.get("sections", ())),
        bands=tuple(Band(r["name"], Decimal(r["least"])) for r in said.get("bands", ())),
        pro_rata=ProRata.stored(said.get("pro_rata", usual.pro_rata)),
        least_days=said.get("least_days", usual.least_days),
        tail=said.get("tail", usual.tail),
        line=_points(said.get("line")),
        objection_days=said.get("objection_days", usual.objection_days),
    )


def points_typed(text: str, field: str, what: str) -> Decimal | None:
    """Points as somebody typed them; None of nothing.

    Raises:
        FieldError: it is no number, below zero, or has more than two decimals.
    """
    typed = text.strip().replace("．", ".").replace("。", ".")  # as Chinese keyboards type a dot
    if not typed:
        return None
    try:
        points = Decimal(typed)
    except InvalidOperation:
        raise FieldError(field, f"{what}应当是数字，如 3 或 0.5。") from None
    if not points.is_finite() or points < 0:
        raise FieldError(field, f"{what}不能小于0；扣分的项目请勾选“扣分”。")
    exponent = points.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_PLACES:
        raise FieldError(field, f"{what}最多两位小数。")
    return points


def check(scheme: Scheme) -> None:
    """Refuse a scheme by which nobody could count.

    Raises:
        FieldError: says which item lacks what.
    """
    if not scheme.items:
        raise FieldError("items", "请至少填写一个积分项目。")
    names = [item.name for item in scheme.items]
    for item in scheme.items:
        if not item.name.strip():
            raise FieldError("items", "有的项目没有名称。")
        if names.count(item.name) > 1:
            raise FieldError("items", f"项目“{item.name}”写了两次。")
        if item.first is None:
            raise FieldError(
                "items",
                f"“{item.name}”还没有填写分值。",
                hint="公开的办法没有说明的，由本单位确定；不计分的，请删去这一项。",
            )
        if item.cap is not None and item.cap < item.first:
            raise FieldError("items", f"“{item.name}”的封顶分低于首次分值。")
    known = {section.name for section in scheme.sections} | {""}
    for item in scheme.items:
        if item.section not in known:
            raise FieldError("items", f"“{item.name}”所属的“{item.section}”没有列入分类。")


def _plain(value: Any) -> Any:  # Any: a field of a scheme; whatever JSON holds
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return str(value)  # of a Choice, what it stores
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[Any, ...]", value)]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in cast("Json", value).items()}
    return value


def _row(one: Item | Section | Band) -> dict[str, object]:
    return {column.name: _plain(getattr(one, column.name)) for column in fields(one)}


def _points(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _item(row: Json) -> Item:
    first = _points(row.get("first"))
    extra = _points(row.get("extra"))
    return Item(
        id=row["id"],
        name=row["name"],
        first=first,
        extra=Decimal(0) if extra is None else extra,
        cap=_points(row.get("cap")),
        period=Period.stored(row.get("period", Period.YEAR)),
        kinds=tuple(row.get("kinds", ())),
        roles={role: Decimal(factor) for role, factor in row.get("roles", {}).items()},
        negative=row.get("negative", False),
        levels=tuple(row.get("levels", ())),
        evidence=row.get("evidence", False),
        measure=Measure.stored(row.get("measure", Measure.TIMES)),
        section=row.get("section", ""),
        is_own=row.get("is_own", False),
        note=row.get("note", ""),
    )
