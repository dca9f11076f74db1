"""What stands behind the points: every entry with its item, its state and what it gave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from deputydesk.late import dataclass
from deputydesk.models import PointEntry
from deputydesk.models.points import PointState
from deputydesk.operations import duty, point_schemes
from deputydesk.operations.duty import DutyRow
from deputydesk.operations.point_tally import Key, Matcher, Word, amount, counts, people, words
from deputydesk.operations.points import closed
from deputydesk.rules.duty import DutyKind
from deputydesk.rules.points import ZERO, Item, Measure, Period, Scheme, Unit, shown, worth
from deputydesk.rules.quarters import Quarter

TABLE = PointEntry.__tablename__
_NO_KIND = frozenset({""})
"""Where nothing but what was typed waits for a word."""


@dataclass(frozen=True)
class EntryRow:
    """An entry as the board counts it; `table` and `source_id` are where it comes from."""

    id: str
    table: str
    source_id: str
    mandate_id: str
    deputy_id: str
    name: str
    item_id: str
    item: str
    day: date
    kind: str
    role: str
    amount: int
    measure: Measure
    title: str
    state: PointState
    counted: bool
    gave: Decimal = ZERO
    evidence: str = ""
    note: str = ""
    open_table: str = ""
    open_id: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether it was typed by hand and comes from no record."""
        return self.table == TABLE

    @property
    def waits(self) -> bool:
        """Whether it counts only when the clerk says so, and the clerk has not."""
        return self.state == PointState.DRAFT and not self.counted

    @property
    def state_label(self) -> str:
        """待核实 is said only of what waits; the office's own registers need no word."""
        is_plain = self.state == PointState.DRAFT and self.counted
        return "已计分" if is_plain else self.state.label

    @property
    def gave_text(self) -> str:
        """What it gave: 4, 0.5, -1; 0 when the limit was reached before."""
        return shown(self.gave) if self.counted else "—"


def entries(
    session: Session, quarter: Quarter, *, deputy_id: str = "", item_id: str = ""
) -> list[EntryRow]:
    """What stands behind the points of a quarter, of a deputy or all, in an item or all.

    Of a closed quarter, what was counted when it was closed.
    """
    record = closed(session, quarter)
    if record:
        names = {row["mandate"]: row["name"] for row in record.board["rows"]}
        found = [_thawed(line, names) for line in record.board["entries"]]
    else:
        rules = point_schemes.current(session, quarter)
        found = computed(session, quarter, rules.scheme, deputy_id) if rules else []
    return [
        row for row in found if deputy_id in ("", row.deputy_id) and item_id in ("", row.item_id)
    ]


def queue(session: Session, quarter: Quarter) -> list[EntryRow]:
    """What waits for the clerk's word in a quarter, the earliest first."""
    rules = None if closed(session, quarter) else point_schemes.current(session, quarter)
    if rules is None:
        return [row for row in entries(session, quarter) if row.waits]
    proved = (item for item in rules.scheme.items if item.evidence)
    kinds = frozenset(kind for item in proved for kind in item.kinds)
    found = _found(session, quarter.first, quarter.last, rules.scheme, "", kinds or _NO_KIND)
    return [row for row in found if row.waits]


def computed(
    session: Session, quarter: Quarter, scheme: Scheme, deputy_id: str = ""
) -> list[EntryRow]:
    """The entries of a quarter by a scheme, as they are now, with what each gave."""
    first = quarter.so_far[0].first if scheme.looks_back else quarter.first
    kinds = frozenset(kind for item in scheme.items for kind in item.kinds) or _NO_KIND
    found = _found(session, first, quarter.last, scheme, deputy_id, kinds)
    return _with_points(found, scheme, quarter)


def _found(
    session: Session,
    first: date,
    last: date,
    scheme: Scheme,
    deputy_id: str,
    kinds: frozenset[str],
) -> list[EntryRow]:
    """The entries of some days, the earliest first, before it is said what each gave."""
    who = people(session, last, deputy_id)
    matcher = Matcher(scheme, who)
    mine = [m for m, main in who.main_of.items() if main == deputy_id] if deputy_id else None
    said = words(session, first, last, mine)
    drawn = duty.rows(session, first=first, last=last, mandate_ids=mine, kinds=kinds)
    made = [
        *(_derived(row, matcher, said.states) for row in drawn if row.table != TABLE),
        *(_typed(entry, scheme, matcher) for entry in said.typed),
    ]
    found = [row for row in made if row and deputy_id in ("", row.deputy_id)]
    found.sort(key=lambda row: (row.day, row.is_typed, row.id))
    return found


def frozen(row: EntryRow) -> list[Any]:  # Any: what JSON holds
    """An entry as a closed quarter keeps it."""
    return [
        *(row.deputy_id, row.mandate_id, row.table, row.source_id, row.item_id, row.item),
        *(row.day.isoformat(), row.kind, row.role, row.amount, row.measure.value, row.title),
        *(row.state.value, row.counted, f"{row.gave:f}", row.evidence, row.note),
        *(row.open_table, row.open_id),
    ]


def _thawed(line: Sequence[Any], names: Mapping[str, str]) -> EntryRow:  # Any: as `frozen`
    deputy, mandate, table, source = line[:4]
    return EntryRow(
        id=f"{table}:{source}:{mandate}",
        table=table,
        source_id=source,
        mandate_id=mandate,
        deputy_id=deputy,
        name=names.get(deputy, ""),
        item_id=line[4],
        item=line[5],
        day=date.fromisoformat(line[6]),
        kind=line[7],
        role=line[8],
        amount=line[9],
        measure=Measure.stored(line[10]),
        title=line[11],
        state=PointState.stored(line[12]),
        counted=line[13],
        gave=Decimal(line[14]),
        evidence=line[15],
        note=line[16],
        open_table=line[17],
        open_id=line[18],
    )


def _derived(row: DutyRow, matcher: Matcher, said: Mapping[Key, Word]) -> EntryRow | None:
    taken = matcher.take(row.mandate_id, row.kind, row.role)
    if taken is None:
        return None
    item, deputy = taken.item, taken.deputy
    word = said.get((row.table, row.id, row.mandate_id))
    state = word.state if word else PointState.DRAFT
    return EntryRow(
        id=f"{row.table}:{row.id}:{row.mandate_id}",
        table=row.table,
        source_id=row.id,
        mandate_id=row.mandate_id,
        deputy_id=deputy.id,
        name=deputy.name,
        item_id=item.id,
        item=item.name,
        day=row.day,
        kind=row.kind.label,
        role=row.role,
        amount=amount(item, people=row.people, hours=row.hours, half_days=row.half_days),
        measure=item.measure,
        title=row.text,
        state=state,
        counted=counts(item, state),
        evidence=word.evidence if word else "",
        note=word.note if word else "",
        open_table=row.open_table,
        open_id=row.open_id,
    )


def _typed(entry: Word, scheme: Scheme, matcher: Matcher) -> EntryRow | None:
    deputy, item = matcher.deputy(entry.mandate_id), scheme.item(entry.item)
    if deputy is None or item is None:
        return None
    return EntryRow(
        id=f"{TABLE}:{entry.id}:{entry.mandate_id}",
        table=TABLE,
        source_id=entry.id,
        mandate_id=entry.mandate_id,
        deputy_id=deputy.id,
        name=deputy.name,
        item_id=item.id,
        item=item.name,
        day=entry.earned_on,
        kind=DutyKind.OTHER.label,
        role=entry.role,
        amount=entry.quantity,
        measure=item.measure,
        title="，".join(part for part in (entry.evidence, entry.note) if part),
        state=entry.state,
        counted=entry.state == PointState.VERIFIED,
        evidence=entry.evidence,
        note=entry.note,
        open_table=TABLE,
        open_id=entry.id,
    )


def _with_points(found: Sequence[EntryRow], scheme: Scheme, quarter: Quarter) -> list[EntryRow]:
    """Say what each entry of the quarter gave, after those before it."""
    items = {item.id: item for item in scheme.items}
    done: dict[tuple[str, str], list[Unit]] = {}
    rows: list[EntryRow] = []
    for row in found:
        item = items[row.item_id]
        is_now = row.day >= quarter.first
        if not is_now and item.period == Period.QUARTER:
            continue
        gave = _gave(item, done.setdefault((row.deputy_id, item.id), []), row)
        if is_now:
            rows.append(replace(row, gave=gave))
    return rows


def _gave(item: Item, done: list[Unit], row: EntryRow) -> Decimal:
    if not row.counted:
        return ZERO
    before = worth(item, done)
    done.append(Unit(row.amount, item.factor(row.role)))
    return worth(item, done) - before
