"""What deputies think of answers, and what voters think of deputies: rates, tallies, grades."""

from collections.abc import Iterable, Mapping
from typing import Self, cast

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.rules.choices import Choice
from deputydesk.rules.rates import Rate

UNGRADED = "未评定"
_WHOLE = 100


class Satisfaction(Choice):
    """A deputy's opinion of an answer; of the attitude and of the result, each on its own."""

    NONE = "none", "未表态"
    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


JUDGED = (Satisfaction.SATISFIED, Satisfaction.MOSTLY, Satisfaction.DISSATISFIED)
"""What an opinion can be, once there is one; the best first."""


def satisfied_rate(answers: Iterable[Satisfaction | None]) -> Rate:
    """满意 ÷ returned; None is a form that was not returned and is not counted."""
    return _share(answers, Satisfaction.SATISFIED)


def mostly_satisfied_rate(answers: Iterable[Satisfaction | None]) -> Rate:
    """(满意 + 基本满意) ÷ returned; None is a form that was not returned and is not counted."""
    return _share(answers, Satisfaction.SATISFIED, Satisfaction.MOSTLY)


def needs_rehandling(attitude: Satisfaction, result: Satisfaction) -> bool:
    """Whether the suggestion has to be handled again: either of the two is 不满意."""
    return Satisfaction.DISSATISFIED in (attitude, result)


@dataclass(frozen=True)
class Option:
    """A column of the ballot."""

    id: str
    label: str


@dataclass(frozen=True)
class Grade:
    """A grade and the share of the votes it needs: these options together, in percent."""

    label: str
    options: tuple[str, ...]
    percent: int
    more_than: bool = False

    def is_reached(self, votes: int, total: int) -> bool:
        """Whether so many of the votes are enough."""
        reached, needed = votes * _WHOLE, self.percent * total
        return reached > needed if self.more_than else reached >= needed


@dataclass(frozen=True)
class Scale:
    """The columns of a ballot and the rule that makes a grade of the votes.

    The grades are tried from the best; the last one needs 0 percent and so always fits.
    """

    name: str
    options: tuple[Option, ...]
    rule: tuple[Grade, ...]
    source: str = ""

    def to_dict(self) -> dict[str, object]:
        """The scale as plain values, to be stored with an evaluation or among the settings."""
        return {
            "name": self.name,
            "options": [{"id": option.id, "label": option.label} for option in self.options],
            "rule": [
                {
                    "label": grade.label,
                    "options": list(grade.options),
                    "percent": grade.percent,
                    "more_than": grade.more_than,
                }
                for grade in self.rule
            ],
            "source": self.source,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, object]) -> Self:
        """The scale that was stored.

        Raises:
            UserError: the stored scale is damaged or contradicts itself.
        """
        try:
            scale = cls(
                _text(stored["name"]),
                tuple(Option(_text(o["id"]), _text(o["label"])) for o in _rows(stored["options"])),
                tuple(_grade(row) for row in _rows(stored["rule"])),
                _text(stored["source"]),
            )
            scale._check()
        except (KeyError, TypeError, ValueError) as error:
            raise UserError("测评档次的设置不完整。", hint="请在“设置”中重新选择档次。") from error
        return scale

    def _check(self) -> None:
        """A scale that a person edited must still make sense."""
        known = {option.id for option in self.options}
        if len(known) < len(self.options) or not self.rule or self.rule[-1].percent:
            raise ValueError(self.name)
        for rule in self.rule:
            if not known.issuperset(rule.options) or not 0 <= rule.percent <= _WHOLE:
                raise ValueError(rule.label)


_YES, _MOSTLY, _NO = Option("yes", "满意"), Option("mostly", "基本满意"), Option("no", "不满意")
_COMPETENT, _PARTLY = Option("competent", "称职"), Option("partly", "基本称职")
_INCOMPETENT = Option("incompetent", "不称职")
_EXCELLENT = Option("excellent", "优秀")

SATISFACTION = Scale(
    "满意—基本满意—不满意—不了解",
    (_YES, _MOSTLY, _NO, Option("unknown", "不了解")),
    (
        Grade("满意", ("yes",), 50),
        Grade("基本满意", ("yes", "mostly"), 50, more_than=True),
        Grade("不满意", (), 0),
    ),
    "满意票达到半数为满意；满意与基本满意票合计超过半数为基本满意；其余为不满意（各地常见做法）",
)
COMPETENCE = Scale(
    "称职—基本称职—不称职",
    (_COMPETENT, _PARTLY, _INCOMPETENT),
    (
        Grade("称职", ("competent",), 80),
        Grade("基本称职", ("competent",), 50),
        Grade("不称职", (), 0),
    ),
    "称职票达到80%为称职；达到50%不足80%为基本称职；不足50%为不称职（公开的地方做法）",
)
EXCELLENCE = Scale(
    "优秀—称职—基本称职—不称职",
    (_EXCELLENT, _COMPETENT, _PARTLY, _INCOMPETENT),
    (
        Grade("优秀", ("excellent",), 80),
        Grade("称职", ("excellent", "competent"), 80),
        Grade("基本称职", ("excellent", "competent"), 50),
        Grade("不称职", (), 0),
    ),
    "优秀票达到80%为优秀；优秀与称职票合计达到80%为称职、达到50%为基本称职（示例，请按本地办法修改）",
)
SCALES = (SATISFACTION, COMPETENCE, EXCELLENCE)


def grade(counts: Mapping[str, int], scale: Scale, *, void: int = 0) -> str:
    """The grade that the votes give by the rule of the scale.

    The base is the valid ballots: the votes and the rows left blank or ticked twice, the same as
    of the shares that are printed.
    """
    votes = sum(counts.get(option.id, 0) for option in scale.options)
    if votes == 0:
        return UNGRADED
    total = votes + void
    for candidate in scale.rule[:-1]:
        if candidate.is_reached(sum(counts.get(o, 0) for o in candidate.options), total):
            return candidate.label
    return scale.rule[-1].label


def check_ballots(
    *, issued: int, returned: int, valid: int, invalid: int, void: str = "无效"
) -> list[FieldError]:
    """What does not agree in the ballots of a meeting: 发出 ≥ 收回, 收回 = 有效 + 无效.

    `void` is what the ballots that do not count are called.
    """
    numbers = {
        "issued": ("发出", issued),
        "returned": ("收回", returned),
        "valid": ("有效", valid),
        "invalid": (void, invalid),
    }
    problems = [
        FieldError(field, f"{label}票数不能是负数（{number}）。", hint="请改正。")
        for field, (label, number) in numbers.items()
        if number < 0
    ]
    if returned > issued:
        problems.append(
            FieldError(
                "returned",
                f"收回{returned}张，比发出{issued}张多{returned - issued}张。",
                hint="请核对发出和收回的票数。",
            )
        )
    if valid + invalid != returned:
        problems.append(
            FieldError(
                "valid",
                f"有效{valid}＋{void}{invalid}＝{valid + invalid}张，"
                f"比收回{returned}张{_off(valid + invalid, returned, '张')}。",
                hint=f"请核对有效票和{void}票。",
            )
        )
    return problems


def check_tally(
    counts: Mapping[str, int], *, void: int, valid: int, scale: Scale
) -> list[FieldError]:
    """What does not agree in one deputy's row: 各项得票 + 该行空白或多选 = 有效票.

    The problem of a single number carries the option's id or `void`; of the sum, `counts`.
    """
    labels = {option.id: option.label for option in scale.options}
    problems = [
        FieldError(stray, f"“{scale.name}”没有“{stray}”这一项。", hint="请重新选择测评档次。")
        for stray in counts
        if stray not in labels
    ]
    problems += [
        FieldError(field, f"“{label}”不能是负数（{number}）。", hint="请改正。")
        for field, label, number in _cells(counts, void, labels)
        if number < 0
    ]
    total = sum(number for _, _, number in _cells(counts, void, labels))
    if not problems and total != valid:
        terms = "＋".join(f"{label}{number}" for _, label, number in _cells(counts, void, labels))
        off = _off(total, valid, "票")
        problems.append(
            FieldError(
                "counts", f"{terms}＝{total}，比有效票{valid}{off}。", hint="请对照计票单改正。"
            )
        )
    return problems


def _share(answers: Iterable[Satisfaction | None], *wanted: Satisfaction) -> Rate:
    returned = [answer for answer in answers if answer is not None]
    return Rate(sum(answer in wanted for answer in returned), len(returned))


def _cells(
    counts: Mapping[str, int], void: int, labels: Mapping[str, str]
) -> list[tuple[str, str, int]]:
    cells = [(field, label, counts.get(field, 0)) for field, label in labels.items()]
    return [*cells, ("void", "空白或多选", void)]


def _off(number: int, right: int, unit: str) -> str:
    return f"{'多' if number > right else '少'}{abs(number - right)}{unit}"


def _grade(row: Mapping[str, object]) -> Grade:
    percent, more_than, options = row["percent"], row["more_than"], row["options"]
    if not isinstance(percent, int) or not isinstance(more_than, bool):
        raise TypeError(row)
    if not isinstance(options, list):
        raise TypeError(row)
    ids = tuple(_text(option) for option in cast("list[object]", options))
    return Grade(_text(row["label"]), ids, percent, more_than)


def _rows(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    rows = cast("list[object]", value)
    if not all(isinstance(row, dict) for row in rows):
        raise TypeError(rows)
    return cast("list[Mapping[str, object]]", rows)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
