"""Rates and growth as reports state them: always with the counts, never better than they are."""

from deputydesk.late import dataclass
from deputydesk.rules.amounts import wan, yuan

NOTHING = "—"
_TEN_THOUSAND, _MILLION = 10_000, 1_000_000
_WHOLE = 1000  # 100 % in tenths of a percent
_HUNDRED_YUAN = 10_000  # in 分
_TEN_THOUSAND_YUAN = 100 * _HUNDRED_YUAN


@dataclass(frozen=True)
class Rate:
    """A share of a whole; both counts stay with it."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        """A count is never below zero."""
        assert self.numerator >= 0, "counts are not negative"
        assert self.denominator >= 0, "counts are not negative"

    @property
    def percent(self) -> float | None:
        """Percent to one decimal; None of nothing; 100 only when both counts are equal."""
        if self.denominator == 0:
            return None
        tenths = _half_up(self.numerator * _WHOLE, self.denominator)
        if tenths == _WHOLE and self.numerator != self.denominator:
            tenths += 1 if self.numerator > self.denominator else -1
        return tenths / 10

    @property
    def text(self) -> str:
        """As printed: 94.1%（398/423）."""
        percent = self.percent
        shown = NOTHING if percent is None else f"{percent:.1f}".removesuffix(".0") + "%"
        return f"{shown}（{self.numerator}/{self.denominator}）"


def growth(this: int, last: int) -> int | None:
    """Growth over last year in whole percent; None when there was nothing last year."""
    return _half_up((this - last) * 100, last) if last else None


def growth_text(this: int, last: int) -> str:
    """Growth as printed: +16%, -3%, 持平; a dash when there was nothing last year."""
    if this == last:
        return "持平"
    percent = growth(this, last)
    if percent == 0:
        return "微增" if this > last else "微降"
    return NOTHING if percent is None else f"{percent:+d}%"


def rounded_down(count: int, more: str = "多") -> str:
    """A count for running text, rounded down to two figures: 143 is 140多, 1234 is 1200多."""
    step = 10 ** max(len(str(count)) - 2, 1)
    if count < step or count % step == 0:
        return str(count)
    return f"{count // step * step}{more}"


def count_text(count: int) -> str:
    """A count as people read it: 448万 rather than 4480000, where nothing is lost by it."""
    if count < _MILLION or count % _TEN_THOUSAND:
        return str(count)
    return f"{count // _TEN_THOUSAND}万"


def money_text(fen: int) -> str:
    """An amount kept in 分 as running text says it: 2500元, 12.5元, 43万元, 1.25万元."""
    said = wan if abs(fen) >= _TEN_THOUSAND_YUAN and fen % _HUNDRED_YUAN == 0 else yuan
    return said(fen).replace(",", "")


def _half_up(part: int, whole: int) -> int:
    """`part / whole` rounded to a whole number, halves away from zero."""
    rounded = (2 * abs(part) + whole) // (2 * whole)
    return rounded if part >= 0 else -rounded
