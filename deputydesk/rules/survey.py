"""Surveys: what a question may be, how it is ticked, and what its counts may say."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Self

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.rules.choices import Choice
from deputydesk.rules.satisfaction import Option

MOST_QUESTIONS = 30
MOST_OF_ONE, MOST_OF_SEVERAL = 5, 10
"""Options that stand in a line with the box of who cannot say; that stand one below another."""
TICKED = "yes"
"""The answer of a box that stands alone."""
UNKNOWN = Option("none", "不了解")
GRADES = ("满意", "基本满意", "不满意")
LONGEST, LONGEST_OPTION = 80, 24


class Ask(Choice):
    """How many of the options may be ticked."""

    ONE = "one", "单选"
    SEVERAL = "several", "多选"
    GRADE = "grade", "评等次"


@dataclass(frozen=True)
class Asked:
    """A question of a survey; a box for who cannot say stands at the end where one is ticked."""

    id: str
    ask: Ask
    text: str
    options: tuple[Option, ...]
    most: int = 0
    """How many options may be ticked where several may; 0: all of them."""

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:  # Any: JSON
        """A question as a survey keeps it."""
        options = tuple(Option(value, label) for value, label in kept["options"])
        return cls(kept["id"], Ask(kept["ask"]), kept["text"], options, kept.get("most", 0))

    def to_dict(self) -> dict[str, Any]:  # Any: JSON
        """A question as a survey keeps it."""
        options = [[option.id, option.label] for option in self.options]
        kept = {"id": self.id, "ask": self.ask.value, "text": self.text, "options": options}
        return kept | ({"most": self.most} if self.most else {})

    @property
    def how(self) -> str:
        """How it is ticked, as the paper says it."""
        if self.ask is not Ask.SEVERAL:
            return Ask.ONE.label
        return f"可多选，最多{self.most}项" if self.most else "可多选"


def questions_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Asked, ...]:
    """The questions that somebody typed: each its kind, its text and its options.

    Raises:
        FieldError: there are none or too many, or one cannot be asked so; says which.
    """
    if not rows:
        raise FieldError("questions", "问卷还没有题目。", hint="请加一行，写第一道题。")
    if len(rows) > MOST_QUESTIONS:
        raise FieldError("questions", f"题目最多{MOST_QUESTIONS}道，现在有{len(rows)}道。")
    return tuple(_question(number, row) for number, row in enumerate(rows, start=1))


def _question(number: int, row: Mapping[str, Any]) -> Asked:
    ask, text = Ask(row["ask"] or Ask.ONE.value), str(row["text"]).strip()
    if not text:
        raise FieldError("questions", f"第{number}题还没有写题目。")
    if len(text) > LONGEST:
        raise FieldError("questions", f"第{number}题太长，最多{LONGEST}个字。")
    given = [str(option).strip() for option in row["options"]]
    labels = list(GRADES) if ask is Ask.GRADE and not given else given
    _check_options(number, ask, labels)
    most = int(row.get("most") or 0) if ask is Ask.SEVERAL else 0
    if most and not 1 < most < len(labels):
        text = f"第{number}题有{len(labels)}个选项，“最多选”要多于一、少于{len(labels)}。"
        raise FieldError("questions", text, hint="不限的，空着不写；只选一项的，题型选“单选”。")
    options = [Option(chr(ord("a") + place), label) for place, label in enumerate(labels)]
    if ask is not Ask.SEVERAL and UNKNOWN.label not in labels:
        options.append(UNKNOWN)
    return Asked(f"q{number}", ask, text, tuple(options), most)


def _check_options(number: int, ask: Ask, labels: Sequence[str]) -> None:
    most = MOST_OF_SEVERAL if ask is Ask.SEVERAL else MOST_OF_ONE
    if not 2 <= len(labels) <= most:
        text = f"第{number}题是{ask.label}，要有二到{most}个选项，现在有{len(labels)}个。"
        raise FieldError("questions", text, hint="选项用顿号分开；“不了解”一栏自动加在最后。")
    if len(set(labels)) < len(labels):
        raise FieldError("questions", f"第{number}题有两个相同的选项。")
    long = next((label for label in labels if len(label) > LONGEST_OPTION), "")
    if long:
        raise FieldError("questions", f"第{number}题的选项“{long}”太长，最多{LONGEST_OPTION}个字。")


Counts = Mapping[str, Mapping[str, int]]
"""By question, how many ticked each option."""


def check(questions: Sequence[Asked], counts: Counts, *, valid: int) -> None:
    """Refuse counts that cannot be.

    Raises:
        FieldError: a question or an option is missing, or was ticked more often than papers count.
    """
    for number, asked in enumerate(questions, start=1):
        given = counts.get(asked.id, {})
        for option in asked.options:
            count = given.get(option.id)
            if count is None:
                raise FieldError("tally", f"第{number}题还没有“{option.label}”的票数。")
            if not 0 <= count <= valid:
                text = f"第{number}题“{option.label}”{count}，有效的只有{valid}份。"
                raise FieldError("tally", text)
        total = sum(given[option.id] for option in asked.options)
        if asked.ask is not Ask.SEVERAL and total > valid:
            text = f"第{number}题各项共{total}，比有效的{valid}份多{total - valid}。"
            raise FieldError("tally", text)
        if asked.most and total > valid * asked.most:
            text = f"第{number}题最多选{asked.most}项，{valid}份最多{valid * asked.most}，"
            raise FieldError("tally", f"{text}现在共{total}。")


def tally_lines(questions: Sequence[Asked], counts: Counts) -> str:
    """A line for each question with the number of each option, to be typed over."""
    return "\n".join(
        f"{number}. {asked.text}："
        + "、".join(
            f"{option.label} {counts.get(asked.id, {}).get(option.id, 0)}"
            for option in asked.options
        )
        for number, asked in enumerate(questions, start=1)
    )


def counts_of(questions: Sequence[Asked], typed: str) -> dict[str, dict[str, int]]:
    """The numbers that somebody typed into these lines.

    Raises:
        FieldError: a line is missing, or an option has no number; says which.
    """
    lines = [line for line in typed.splitlines() if line.strip()]
    if len(lines) != len(questions):
        text = f"每道题一行，应当有{len(questions)}行，现在有{len(lines)}行。"
        raise FieldError("tally", text)
    return {
        asked.id: _counts(number, asked, line)
        for number, (asked, line) in enumerate(zip(questions, lines, strict=True), start=1)
    }


def _counts(number: int, asked: Asked, line: str) -> dict[str, int]:
    said = line.rpartition("：")[2]
    found: dict[str, int] = {}
    for option in asked.options:
        match = re.search(rf"(?:^|、)\s*{re.escape(option.label)}\s*(\d+)\s*(?=、|$)", said)
        if match is None:
            text = f"第{number}题“{option.label}”后面要有一个数。"
            raise FieldError("tally", text, hint="请写成“满意 12、基本满意 5、不满意 0”。")
        found[option.id] = int(match[1])
    return found
