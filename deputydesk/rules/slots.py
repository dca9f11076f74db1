"""Slots for figures in running text: `{suggestions.total}`, filled as a report says numbers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from deputydesk.rules.amounts import wan
from deputydesk.rules.choices import Choice
from deputydesk.rules.rates import (
    NOTHING,
    Rate,
    count_text,
    growth,
    growth_text,
    money_text,
    rounded_down,
)

_WAN = 1_000_000  # 分 in one 万元
_PARTS = re.compile(r"\{([^{}:\n]*)(?::([^{}\n]*))?\}|[^{}]+|[{}]")


class SlotFormat(Choice):
    """How a slot says its figure: as the report's other numbers unless it wants it otherwise."""

    USUAL = "", "带单位"
    NUMBER = "数", "只写数字"
    WHOLE = "分母", "分母"
    EXACT = "准确", "准确数字"
    ROUNDED = "约", "取整（140多）"
    WAN = "万元", "万元"
    CHANGE = "增减", "增长、下降"


@dataclass(frozen=True)
class SlotValue:
    """A figure as a slot says it; what a finished report keeps of it."""

    id: str
    name: str
    unit: str
    value: int | None
    numerator: int | None
    denominator: int | None
    definition: str
    is_money: bool = False

    @property
    def is_rate(self) -> bool:
        """Whether it is a share of a whole."""
        return self.numerator is not None and self.denominator is not None and self.unit != "%"

    @property
    def is_growth(self) -> bool:
        """Whether it says how much something grew."""
        return self.unit == "%"

    def text(self, form: SlotFormat = SlotFormat.USUAL, *, rounded: bool = False) -> str:
        """The figure in words.

        Args:
            form: how the slot wants it.
            rounded: whether counts of the whole report are rounded down (140多次).
        """
        if form is SlotFormat.CHANGE or self.is_growth:
            return self._change(signed=form is not SlotFormat.CHANGE)
        if form is SlotFormat.WHOLE:
            return str(self.denominator or 0)
        rounds = form is SlotFormat.ROUNDED or (rounded and form is not SlotFormat.EXACT)
        if self.is_money:
            return _money(self.value or 0, form, rounds=rounds)
        if self.is_rate and form is not SlotFormat.NUMBER:
            return Rate(self.numerator or 0, self.denominator or 0).text
        if self.is_rate:  # of a rate that stands beside, so the two must agree
            return str(self.numerator or 0)
        count = self.value or 0
        unit = "" if form is SlotFormat.NUMBER else self.unit
        return f"{rounded_down(count) if rounds else count_text(count)}{unit}"

    def _change(self, *, signed: bool) -> str:
        if self.is_growth and self.value is None:
            return NOTHING
        this, last = self.numerator or 0, self.denominator or 0
        if signed or not last or this == last:
            return growth_text(this, last) if last or this == last else NOTHING
        percent = growth(this, last) or 0
        return f"{'增长' if this > last else '下降'}{abs(percent)}%" if percent else "基本持平"


def _money(fen: int, form: SlotFormat, *, rounds: bool) -> str:
    """43.4万元; 43万余元 where numbers are rounded down."""
    whole, rest = divmod(fen, _WAN)
    if rounds and whole > 0 and rest:
        return f"{whole}万余元"
    return wan(fen).replace(",", "") if form is SlotFormat.WAN else money_text(fen)


@dataclass(frozen=True)
class Segment:
    """A piece of a filled text; `slot` is the figure that it says, `is_wrong` if there is none."""

    text: str
    slot: str = ""
    is_wrong: bool = False


@dataclass(frozen=True)
class _Slot:
    whole: str
    name: str
    form: str


def _pieces(text: str) -> Iterator[str | _Slot]:
    for found in _PARTS.finditer(text):
        if found[1] is not None:
            yield _Slot(found[0], found[1].strip(), (found[2] or "").strip())
        else:
            yield found[0]


def slots_in(*texts: str) -> list[str]:
    """The names of all slots in these texts, each once, in their order."""
    found = [p.name for text in texts for p in _pieces(text) if isinstance(p, _Slot)]
    return list(dict.fromkeys(found))


def fill(
    text: str,
    values: Mapping[str, SlotValue],
    words: Mapping[str, str],
    *,
    rounded: bool = False,
) -> list[Segment]:
    """The text with its slots filled.

    Args:
        text: the text.
        values: figures by their id.
        words: slots that stand for words, such as 单位 and 年度.
        rounded: whether counts are rounded down.
    """
    found: list[Segment] = []
    for piece in _pieces(text):
        if isinstance(piece, str):
            found.append(Segment(piece, is_wrong=piece in {"{", "}"}))
        elif piece.name in words:
            found.append(Segment(words[piece.name]))
        elif piece.name in values and piece.form in list(SlotFormat):
            form = SlotFormat(piece.form)
            said = values[piece.name].text(form, rounded=rounded)
            found.append(Segment(said, piece.name))
        else:
            found.append(Segment(piece.whole, piece.name, is_wrong=True))
    return found


def faults(text: str, known: Mapping[str, str], words: Iterable[str]) -> list[str]:
    """A sentence for each slot that cannot be filled.

    Args:
        text: the text.
        known: names of figures by their id.
        words: slots that stand for words.
    """
    found: dict[str, None] = {}
    everything = {*known, *words}
    for piece in _pieces(text):
        if isinstance(piece, str):
            if piece in {"{", "}"}:
                found["花括号不成对：每个数字位置都写成 {指标} 的样子。"] = None
        elif piece.name not in everything:
            found[_unknown(piece.name, known)] = None
        elif piece.form not in list(SlotFormat):
            forms = "、".join(form.value for form in SlotFormat if form.value)
            found[f"“{piece.whole}”的写法“{piece.form}”没有，可以写：{forms}。"] = None
    return list(found)


def _unknown(name: str, known: Mapping[str, str]) -> str:
    if not name:
        return "有一个空的数字位置“{}”。"
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"是不是“{near[0]}”（{known[near[0]]}）？" if near else "请从数字目录里选。"
    return f"没有“{name}”这个数字。{hint}"
