"""What a figure came to."""

from deputydesk.late import dataclass
from deputydesk.operations.figures.measures import Measure, Unit
from deputydesk.rules.rates import NOTHING, Rate, count_text, growth, growth_text, money_text


@dataclass(frozen=True)
class Figure:
    """One number; a rate keeps what it was divided from.

    An amount of money is in 分, as in the tables; `text` says it in 元 or 万元.
    """

    id: str
    name: str
    unit: str
    value: int | None
    numerator: int | None
    denominator: int | None
    definition: str

    @property
    def text(self) -> str:
        """As people read it: 423件次, 94.1%（398/423）, or how much it grew."""
        if self.numerator is None or self.denominator is None:
            if self.is_money:
                return money_text(self.value or 0)
            return f"{count_text(self.value or 0)}{self.unit}"
        if self.unit == Unit.PERCENT.label:
            return NOTHING if self.value is None else growth_text(self.numerator, self.denominator)
        return Rate(self.numerator, self.denominator).text

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit == Unit.MONEY.label

    @property
    def percent(self) -> float | None:
        """A rate in percent to one decimal; None of nothing, or if it is no rate."""
        if self.numerator is None or self.denominator is None or self.unit == Unit.PERCENT.label:
            return None
        return Rate(self.numerator, self.denominator).percent


def made(measure: Measure, counted: int, out_of: int) -> Figure:
    """The figure that a measure came to."""
    value: int | None = counted
    if measure.unit is Unit.PERCENT:
        value = growth(counted, out_of)
    return Figure(
        id=measure.id,
        name=measure.name,
        unit=measure.unit.label,
        value=value,
        numerator=counted if measure.out_of else None,
        denominator=out_of if measure.out_of else None,
        definition=measure.definition,
    )
