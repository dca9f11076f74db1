"""A field for money: people type 元 (or 万元), the program keeps 分."""

import unicodedata
from decimal import Decimal, InvalidOperation

from typing_extensions import override

from deputydesk.ui.fields import LineField

YUAN, WAN = 100, 1_000_000
"""分 in one 元, and in one 万元."""


def money(fen: int, unit: int = YUAN) -> str:
    """An amount as people read it: 1,234.50 元; with `unit=WAN` 766.2 万元, without the word."""
    amount = Decimal(fen) / unit
    return f"{amount:,.2f}" if unit == YUAN else f"{amount.normalize():,f}"


class MoneyField(LineField):
    """An amount; empty is 0.

    Args:
        name: identifier of the value.
        label: its Chinese name; the model's if empty.
        wide: take the whole width of the form.
        unit: what people type: `YUAN` or `WAN`; the caption should say which.
    """

    def __init__(self, name: str, *, label: str = "", wide: bool = False, unit: int = YUAN) -> None:
        super().__init__(name, label=label, wide=wide)
        self._unit = unit

    @override
    def value(self) -> int:
        """The amount in 分."""
        typed = unicodedata.normalize("NFKC", self.control.text()).strip()
        typed = typed.replace(",", "").removesuffix("元").removesuffix("万")
        if not typed:
            return 0
        try:
            fen = Decimal(typed) * self._unit
        except InvalidOperation:
            raise self.wrong(f"{self.text}应当是数字，如 1200 或 1200.50。") from None
        if not fen.is_finite() or fen != fen.to_integral_value():
            raise self.wrong(f"{self.text}最多精确到分。")
        return int(fen)

    @override
    def set_value(self, value: int | None) -> None:
        if not value:
            self.control.setText("")
            return
        amount = Decimal(value) / self._unit
        self.control.setText(f"{amount.normalize():f}")
