"""Points for duty: what a scheme gives for entries, exactly, with limits, ranks and grades.

Nothing is kept running: points are worked out from the entries each time. An item gives `first`
for the first time in its period and `extra` for each further time, up to its cap; points of an
item that counts by the year, in a quarter, are those up to its end less those up to its beginning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from deputydesk.late import dataclass
from deputydesk.rules.choices import Choice

ZERO, ONE = Decimal(0), Decimal(1)
CENT = Decimal("0.01")
ANY_ROLE = "*"
"""In the factors by role: every role that is not named."""
QUARTERS = 4


class Period(Choice):
    """Over what time first, extra and cap of an item are counted."""

    YEAR = "year", "全年"
    QUARTER = "quarter", "每季度"


class Measure(Choice):
    """What is counted of an entry."""

    TIMES = "times", "次"
    HOURS = "hours", "学时"
    HALF_DAYS = "half_days", "半天"
    PEOPLE = "people", "人次"


class ProRata(Choice):
    """What becomes of points of a deputy who was in office for a part of the time only."""

    NONE = "none", "不折算"
    BASE = "base", "基础分按任职天数折算"
    SCALE = "scale", "总分按任职天数折算"


@dataclass(frozen=True)
class Item:
    """What one kind of duty is worth; an entry counts in the first item that takes it.

    Args:
        id: identifier, the same in every version of a scheme.
        name: what people call it.
        first: points for the first time; None while nobody has decided.
        extra: points for each further time.
        cap: the most in a period; None: no limit.
        period: over what time that is counted.
        kinds: kinds of duty it takes; none: only what is typed by hand.
        roles: by what points are multiplied for a role; 0: the item does not take it.
        negative: points are taken away.
        levels: levels of deputies it is for; none: all.
        evidence: counts only when the clerk has verified it.
        measure: what is counted of an entry.
        section: the part of the scheme it belongs to, which may have a limit of its own.
        is_own: the published rule does not say this; the office has to.
        note: what the published rule says beside.
    """

    id: str
    name: str
    first: Decimal | None
    extra: Decimal = ZERO
    cap: Decimal | None = None
    period: Period = Period.YEAR
    kinds: tuple[str, ...] = ()
    roles: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    negative: bool = False
    levels: tuple[str, ...] = ()
    evidence: bool = False
    measure: Measure = Measure.TIMES
    section: str = ""
    is_own: bool = False
    note: str = ""

    def factor(self, role: str) -> Decimal:
        """By what points of this role are multiplied."""
        return self.roles.get(role, self.roles.get(ANY_ROLE, ONE))


@dataclass(frozen=True)
class Section:
    """A part of a scheme; together its items give no more than its cap in a year."""

    name: str
    cap: Decimal | None = None


@dataclass(frozen=True)
class Band:
    """A grade that is reached with so many points in a year."""

    name: str
    least: Decimal


@dataclass(frozen=True)
class Scheme:
    """A whole set of rules.

    Args:
        items: what duty is worth.
        base: points that everybody starts with.
        base_period: whether they are for the year (a quarter has a fourth) or for each quarter.
        most: the most points in a year; None: no limit.
        sections: parts with a limit.
        bands: grades of the year, the highest first.
        pro_rata: for those in office a part of the time.
        least_days: who was in office for fewer days is listed without a rank.
        tail: how many at the end of the board are to be talked with.
        line: below how many points a deputy is to be talked with; None: no such line.
        objection_days: for how many days a published board may be objected to.
    """

    items: tuple[Item, ...]
    base: Decimal = ZERO
    base_period: Period = Period.YEAR
    most: Decimal | None = None
    sections: tuple[Section, ...] = ()
    bands: tuple[Band, ...] = ()
    pro_rata: ProRata = ProRata.BASE
    least_days: int = 0
    tail: int = 0
    line: Decimal | None = None
    objection_days: int = 3

    def item(self, item_id: str) -> Item | None:
        """The item with this identifier."""
        return next((item for item in self.items if item.id == item_id), None)

    def taking(self, kind: str, role: str, level: str) -> Item | None:
        """The item in which an entry counts: the first that takes its kind, role and level."""
        for item in self.items:
            is_taken = kind in item.kinds and (not item.levels or level in item.levels)
            if is_taken and item.factor(role):
                return item
        return None

    @property
    def has_limits(self) -> bool:
        """Whether anything but the items' own caps holds points down."""
        return self.most is not None or any(s.cap is not None for s in self.sections)

    @property
    def looks_back(self) -> bool:
        """Whether a quarter's points depend on the quarters before it."""
        return self.has_limits or any(item.period == Period.YEAR for item in self.items)

    def band(self, total: Decimal) -> str:
        """The grade reached with a year's points; empty if the scheme has none."""
        ordered = sorted(self.bands, key=lambda band: band.least, reverse=True)
        return next((band.name for band in ordered if total >= band.least), "")


@dataclass(frozen=True)
class Unit:
    """An entry as an item counts it: how much of it, times a factor."""

    amount: int = 1
    factor: Decimal = ONE


Units = Mapping[str, Sequence[Unit]]
"""What somebody did in a quarter, the earliest first, by item."""


@dataclass(frozen=True)
class Gain:
    """What a deputy gained: by item, to begin with, and what limits took away."""

    items: Mapping[str, Decimal]
    base: Decimal = ZERO
    cut: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """All together."""
        return sum(self.items.values(), self.base) - self.cut


def worth(item: Item, units: Sequence[Unit]) -> Decimal:
    """Points of one item for everything done in one of its periods, the earliest first."""
    if item.first is None:
        return ZERO
    points, is_first = ZERO, True
    for unit in units:
        if unit.amount > 0:
            points += (item.extra * unit.amount) * unit.factor
            if is_first:
                points += (item.first - item.extra) * unit.factor
                is_first = False
    if item.cap is not None:
        points = min(points, item.cap)
    return -points if item.negative else points


def gain(scheme: Scheme, quarters: Sequence[Units], shares: Sequence[Fraction]) -> Gain:
    """What is gained in the last of these quarters.

    Args:
        scheme: the rules of that quarter.
        quarters: what was done in each quarter of the year up to it.
        shares: what part of each quarter the deputy was in office.
    """
    items = _items(scheme, quarters)
    bases = [_base(scheme, part) for part in shares]
    if not scheme.has_limits:
        return Gain(items, bases[-1])
    raw = [
        *(_items(scheme, quarters[: number + 1]) for number in range(len(quarters) - 1)),
        items,
    ]
    so_far = _limited(scheme, raw, bases)
    before = _limited(scheme, raw[:-1], bases[:-1])
    free = sum(items.values(), bases[-1])
    return Gain(items, bases[-1], free - (so_far - before))


def together(gains: Sequence[Gain]) -> Gain:
    """What several quarters give together."""
    items: dict[str, Decimal] = {}
    for one in gains:
        for item, points in one.items.items():
            items[item] = items.get(item, ZERO) + points
    return Gain(items, sum((g.base for g in gains), ZERO), sum((g.cut for g in gains), ZERO))


def scaled(scheme: Scheme, total: Decimal, part: Fraction) -> Decimal:
    """The points that are compared: those gained, as if in office all the time if so ruled."""
    if scheme.pro_rata != ProRata.SCALE or part in (0, 1):
        return total
    whole = rounded(total * part.denominator / part.numerator)
    return whole if scheme.most is None else min(whole, max(scheme.most, total))


def ranks(totals: Sequence[Decimal]) -> list[int]:
    """The rank of each; equal points share one, and the next is left out (1, 1, 3)."""
    place: dict[Decimal, int] = {}
    for number, total in enumerate(sorted(totals, reverse=True), 1):
        place.setdefault(total, number)
    return [place[total] for total in totals]


def rounded(points: Decimal) -> Decimal:
    """To two places, a half upwards: what people see is what is compared."""
    return points.quantize(CENT, ROUND_HALF_UP)


def shown(points: Decimal) -> str:
    """As people read it: 12, 12.5, -1; never 12.50 or 1E+1."""
    text = f"{rounded(points):f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _items(scheme: Scheme, quarters: Sequence[Units]) -> dict[str, Decimal]:
    """Points by item in the last quarter; items that gave nothing and were not touched are out."""
    now = quarters[-1]
    found: dict[str, Decimal] = {}
    for item in scheme.items:
        units = now.get(item.id)
        if not units:
            continue
        if item.period == Period.QUARTER:
            found[item.id] = worth(item, units)
        else:
            earlier = [unit for quarter in quarters[:-1] for unit in quarter.get(item.id, ())]
            found[item.id] = worth(item, [*earlier, *units]) - worth(item, earlier)
    return found


def _base(scheme: Scheme, part: Fraction) -> Decimal:
    base = scheme.base / QUARTERS if scheme.base_period == Period.YEAR else scheme.base
    if scheme.pro_rata == ProRata.NONE or part == 1:
        return base if part else ZERO
    return rounded(base * part.numerator / part.denominator)


def _limited(
    scheme: Scheme, quarters: Sequence[Mapping[str, Decimal]], bases: Sequence[Decimal]
) -> Decimal:
    """All points of these quarters, held down by the sections' caps and the scheme's."""
    caps = {section.name: section.cap for section in scheme.sections}
    sums: dict[str, Decimal] = {}
    for item in scheme.items:
        points = sum((quarter.get(item.id, ZERO) for quarter in quarters), ZERO)
        sums[item.section] = sums.get(item.section, ZERO) + points
    total = sum(bases, ZERO)
    for name, points in sums.items():
        cap = caps.get(name)
        total += points if cap is None else min(points, cap)
    return total if scheme.most is None else min(total, scheme.most)
