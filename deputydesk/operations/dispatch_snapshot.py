"""What a dispatch report holds: the ledger as it stood on a day, as plain data that is kept."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from deputydesk.rules.deadlines import chinese
from deputydesk.rules.dispatch_periods import DispatchKind, DispatchPeriod

SOON_DAYS = 15
"""An answer is due soon when it is due within so many days, as on today's list."""


@dataclass(frozen=True)
class UnitLine:
    """How a unit stands (table A); assigned = answered + not_due + soon + overdue."""

    unit: str
    assigned: int = 0
    answered: int = 0
    not_due: int = 0
    soon: int = 0
    overdue: int = 0
    satisfied: int = 0
    mostly: int = 0
    dissatisfied: int = 0


COUNTS = tuple(name for name in UnitLine.__dataclass_fields__ if name != "unit")


@dataclass(frozen=True)
class OpenLine:
    """A suggestion that was not closed."""

    id: str
    number: int
    headline: str
    lead: str
    units: str
    assigned_on: date | None
    due_on: date | None
    state: str
    mark: str


@dataclass(frozen=True)
class OverdueLine:
    """An answer that was overdue (table B)."""

    number: int
    headline: str
    unit: str
    due_on: date
    days: int
    urged: int


@dataclass(frozen=True)
class ChangeLine:
    """What happened to a suggestion in the period (table C)."""

    number: int
    headline: str
    what: str


HAPPENED = {
    "registered": "登记",
    "assigned": "交办",
    "answered": "答复",
    "returned": "收回征询意见表",
    "extended": "批准延期",
    "urged": "催办督办",
    "closed": "办结",
    "kept": "落实承诺",
}
"""What is counted of a period, by name, as the text calls it."""


@dataclass(frozen=True)
class Snapshot:
    """The whole ledger of a period as it stood on its last day, or on the day it was made."""

    kind: DispatchKind
    first: date
    last: date
    as_of: date
    units: tuple[UnitLine, ...]
    open: tuple[OpenLine, ...]
    overdue: tuple[OverdueLine, ...]
    changes: tuple[ChangeLine, ...]
    happened: Mapping[str, int]

    @property
    def period(self) -> DispatchPeriod:
        """The period it is of."""
        return DispatchPeriod(self.kind, self.first, self.last)

    @property
    def total(self) -> UnitLine:
        """All units together."""
        sums = {name: sum(getattr(line, name) for line in self.units) for name in COUNTS}
        return UnitLine("合计", **sums)

    def to_dict(self) -> dict[str, Any]:  # Any: JSON
        """As JSON keeps it."""
        return json.loads(json.dumps(asdict(self), default=str, ensure_ascii=False))

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Snapshot":  # Any: JSON
        """From what JSON kept."""
        return cls(
            kind=DispatchKind.stored(kept["kind"]),
            first=_day(kept["first"]),
            last=_day(kept["last"]),
            as_of=_day(kept["as_of"]),
            units=tuple(UnitLine(**line) for line in kept["units"]),
            open=tuple(OpenLine(**_days(line)) for line in kept["open"]),
            overdue=tuple(OverdueLine(**_days(line)) for line in kept["overdue"]),
            changes=tuple(ChangeLine(**line) for line in kept["changes"]),
            happened=dict(kept["happened"]),
        )


def digest_of(kept: Mapping[str, Any], *words: str) -> str:  # Any: JSON
    """The check value of a snapshot and the words that belong to it."""
    text = json.dumps([kept, *words], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def summary_of(snapshot: Snapshot) -> str:
    """The text of the report, which the clerk may change before it is made."""
    period, total = snapshot.period, snapshot.total
    counted = "，".join(
        f"{words}{snapshot.happened[name]}件"
        for name, words in HAPPENED.items()
        if snapshot.happened.get(name)
    )
    text = f"{period.word}{counted or '没有新的办理情况'}。"
    if not total.assigned:
        return text
    text += (
        f"截至{chinese(snapshot.as_of)}，各承办单位共承办代表建议{total.assigned}件次，"
        f"已答复{total.answered}件次"
    )
    waiting = {"未到期": total.not_due, "近期到期": total.soon, "逾期": total.overdue}
    text += "".join(f"，{words}{count}件次" for words, count in waiting.items() if count) + "。"
    late = [line.unit for line in snapshot.units if line.overdue]
    if late:
        text += f"{'、'.join(late)}有逾期未答复的建议，请抓紧办理。"
    if total.dissatisfied:
        text += f"代表对{total.dissatisfied}件次的办理结果不满意，请重新办理。"
    return text


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _days(line: Mapping[str, Any]) -> dict[str, Any]:  # Any: JSON
    """A line with its days made dates again."""
    return {
        name: _day(value) if name.endswith("_on") and value else value
        for name, value in line.items()
    }
