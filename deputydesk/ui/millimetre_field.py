"""The field for a length by which something is moved: millimetres, with tenths, to either side."""

import unicodedata

from typing_extensions import override

from deputydesk.ui.fields import LineField

MOST = 20.0
_MINUS = str.maketrans("−—–", "---")


class MillimetreField(LineField):
    """A number of millimetres between -20 and 20; empty is 0."""

    @override
    def value(self) -> float:
        typed = unicodedata.normalize("NFKC", self.control.text()).translate(_MINUS).strip()
        try:
            moved = float(typed.replace("。", ".") or 0)
        except ValueError:
            raise self.wrong("请填毫米数，如 1.5 或 -0.8。") from None
        if not -MOST <= moved <= MOST:  # also what is no number at all
            raise self.wrong(f"移动不能超过{MOST:g}毫米。")
        return round(moved, 1)

    @override
    def set_value(self, value: float | None) -> None:
        self.control.setText(f"{value:g}" if value else "")
