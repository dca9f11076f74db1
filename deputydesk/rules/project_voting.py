"""The secret vote on livelihood projects: which ballots count, who passes, who is chosen, ties.

A ballot with more ticks for than there are seats is void, one with as many or fewer is valid
(as 选举法 has it for deputies). A candidate needs more than half, of all deputies or of those
present as the rule says; among those who pass, the most votes are chosen up to the seats. In a
vote held again among the tied, all of whom have passed, the most votes are enough.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Self

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.rules.choices import Choice
from deputydesk.rules.satisfaction import Option, check_ballots

OPTIONS = (Option("yes", "赞成"), Option("no", "反对"), Option("abstain", "弃权"))
"""What can be ticked for a candidate; a row left blank or ticked twice counts as 弃权."""


class Quorum(Choice):
    """How many deputies must be present."""

    TWO_THIRDS = "two_thirds", "三分之二以上的代表出席"
    HALF = "half", "过半数的代表出席"


class Majority(Choice):
    """Of whom more than half must be for a candidate."""

    ALL = "all", "全体代表"
    PRESENT = "present", "到会代表"


class Tie(Choice):
    """What is done when candidates are tied at the last place."""

    REVOTE = "revote", "就同票的项目再次投票，得票多的当选"
    SHOW = "show", "由到会代表举手表决决定"
    BOTH = "both", "同票的项目一并当选"


_VOID_RULE = (
    "每张票赞成的项目等于或者少于应选项数的有效，多于应选项数的作废；"
    "一个项目不画或者画两项以上的，该项目按弃权计"
)


@dataclass(frozen=True)
class VoteRule:
    """How a vote is decided; it is kept with the vote, so a later rule never changes it."""

    quorum: Quorum = Quorum.TWO_THIRDS
    majority: Majority = Majority.ALL
    tie: Tie = Tie.REVOTE
    name: str = ""
    source: str = ""
    is_again: bool = False
    """A vote held again among the tied: they have passed already."""

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any], **also: Any) -> Self:  # Any: what JSON holds
        """The rule as a preset or a vote keeps it; what is missing is as usual."""
        return cls(
            quorum=Quorum.stored(stored.get("quorum", Quorum.TWO_THIRDS.value)),
            majority=Majority.stored(stored.get("majority", Majority.ALL.value)),
            tie=Tie.stored(stored.get("tie", Tie.REVOTE.value)),
            name=also.get("name", stored.get("name", "")),
            source=also.get("source", stored.get("source", "")),
            is_again=bool(also.get("is_again", stored.get("is_again", False))),
        )

    def to_dict(self) -> dict[str, Any]:  # Any: what JSON holds
        """The rule as a vote keeps it."""
        return {
            "quorum": self.quorum.value,
            "majority": self.majority.value,
            "tie": self.tie.value,
            "name": self.name,
            "source": self.source,
            "is_again": self.is_again,
        }

    @property
    def sentences(self) -> tuple[str, ...]:
        """The rule in words, as the report prints it."""
        chosen = (
            "再次投票以得票多的当选"
            if self.is_again
            else f"赞成票超过{self.majority.label}半数的，按得票多少在应选项数以内当选"
        )
        return (
            f"{self.quorum.label}，方可投票",
            _VOID_RULE,
            chosen,
            f"末位得票相等、不能确定当选项目时，{self.tie.label}",
        )

    def is_quorate(self, present: int, expected: int) -> bool:
        """Whether enough deputies are present."""
        if self.quorum == Quorum.HALF:
            return present * 2 > expected
        return present * 3 >= expected * 2

    def has_passed(self, yes: int, *, expected: int, present: int) -> bool:
        """Whether these votes are enough to be chosen, if there are seats."""
        if self.is_again:
            return yes > 0
        return yes * 2 > (present if self.majority == Majority.PRESENT else expected)


@dataclass(frozen=True)
class Outcome:
    """What a count gave: ranks, who is chosen, who is tied at the last place for what is open."""

    ranks: Mapping[str, int]
    chosen: tuple[str, ...]
    tied: tuple[str, ...]
    open_seats: int
    """Seats that the tied would have to share; 0 when nobody is tied."""


def outcome(
    yes: Mapping[str, int], *, seats: int, expected: int, present: int, rule: VoteRule
) -> Outcome:
    """Who is chosen, by votes for each candidate; tied ones stay undecided unless both are in."""
    ordered = sorted(yes, key=lambda each: -yes[each])
    passed = [
        each for each in ordered if rule.has_passed(yes[each], expected=expected, present=present)
    ]
    shown = {each: 1 + sum(votes > yes[each] for votes in yes.values()) for each in yes}
    if len(passed) <= seats:
        return Outcome(shown, tuple(passed), (), 0)
    if seats < 1:
        return Outcome(shown, (), (), 0)
    last = yes[passed[seats - 1]]
    above = [each for each in passed if yes[each] > last]
    level = [each for each in passed if yes[each] == last]
    if len(above) + len(level) <= seats or rule.tie == Tie.BOTH:
        return Outcome(shown, (*above, *level), (), 0)
    return Outcome(shown, tuple(above), tuple(level), seats - len(above))


def check_turnout(*, expected: int, present: int, issued: int, rule: VoteRule) -> list[FieldError]:
    """What does not agree before a ballot is opened: 应到 ≥ 实到 ≥ 发出, enough are present."""
    if expected < 1:
        return [FieldError("expected", "请填写应到代表人数。")]
    if present > expected:
        sentence = f"实到{present}人，比应到{expected}人多{present - expected}人。"
        return [FieldError("present", sentence, hint="请核对签到。")]
    if not rule.is_quorate(present, expected):
        sentence = f"应到{expected}人，实到{present}人，不够“{rule.quorum.label}”，不能投票。"
        return [FieldError("present", sentence, hint="请核对签到，或另行召开会议。")]
    if issued > present:
        sentence = f"发出{issued}张，比实到代表{present}人多{issued - present}张。"
        return [FieldError("issued", sentence, hint="一名代表一张票，请核对发出的票数。")]
    return []


def check_papers(*, issued: int, returned: int, valid: int, invalid: int) -> list[FieldError]:
    """What does not agree among the ballots; more returned than issued makes the vote void."""
    problems = check_ballots(
        issued=issued, returned=returned, valid=valid, invalid=invalid, void="作废"
    )
    return [
        FieldError("returned", problem.message, hint="收回多于发出的，投票无效，应当重新投票。")
        if problem.field == "returned" and returned > issued
        else problem
        for problem in problems
    ]


def check_row(counts: Mapping[str, int], valid: int) -> str:
    """What does not agree in one candidate's row: 赞成＋反对＋弃权＝有效票; empty when it does."""
    cells = [(option.label, counts.get(option.id, 0)) for option in OPTIONS]
    wrong = next((f"“{label}”不能是负数（{n}）。" for label, n in cells if n < 0), "")
    total = sum(number for _, number in cells)
    if wrong or total == valid:
        return wrong
    terms = "＋".join(f"{label}{number}" for label, number in cells)
    off = f"{'多' if total > valid else '少'}{abs(total - valid)}票"
    return f"{terms}＝{total}，比有效票{valid}{off}。"


def check_ticks(yes: Sequence[int], *, valid: int, seats: int) -> str:
    """A valid ballot has at most as many ticks as seats: all of them together cannot have more."""
    total, most = sum(yes), valid * seats
    if total <= most:
        return ""
    return (
        f"赞成票合计{total}，比有效票{valid}张×应选{seats}项＝{most}多{total - most}，"
        "一定有多选的票没有作废。"
    )


def paper_of(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A ballot as it is typed: `1 3 5 -7` is 赞成 for 1, 3, 5 and 反对 for 7; `0` is a blank one.

    Raises:
        FieldError: something in it is no place on a ballot.
    """
    parts = re.split(r"[\s,，、;；]+", unicodedata.normalize("NFKC", text).strip())
    if parts == [""]:
        raise FieldError("paper", "请输入赞成的序号，如 1 3 5；一项也没有赞成的输入 0。")
    wrong = next((part for part in parts if not re.fullmatch(r"-?\d{1,3}", part)), None)
    if wrong is not None:
        raise FieldError("paper", f"看不懂“{wrong}”，请输入序号，反对的前面加减号，如 1 3 -5。")
    numbers = [int(part) for part in parts if int(part)]
    return tuple(n for n in numbers if n > 0), tuple(-n for n in numbers if n < 0)


@dataclass(frozen=True)
class PaperCount:
    """Ballots counted one by one; no ballot can be found again in it."""

    rows: Mapping[int, Mapping[str, int]]
    """By place on the ballot: the votes of each option."""
    valid: int = 0
    void: int = 0

    @classmethod
    def of(cls, places: int) -> Self:
        """A count of no ballot, of so many candidates."""
        return cls({place: dict.fromkeys(_IDS, 0) for place in range(1, places + 1)})

    def with_paper(
        self, ticked: Sequence[int], against: Sequence[int] = (), *, seats: int, times: int = 1
    ) -> Self:
        """The count with one more ballot (`times` −1 takes one like it out again).

        Args:
            ticked: places for which 赞成 is ticked.
            against: places for which 反对 is ticked; one named in both counts as 弃权.
            seats: how many may be ticked.
            times: 1 to add it, −1 to take it back.

        Raises:
            FieldError: a place is not on the ballot, or more is taken out than was put in.
        """
        strange = [place for place in (*ticked, *against) if place not in self.rows]
        if strange:
            raise FieldError("paper", f"票上没有第{strange[0]}项，序号是1到{len(self.rows)}。")
        pro, contra = set(ticked), set(against)
        both = pro & contra
        if len(pro) > seats:
            if self.void + times < 0:
                raise FieldError("paper", _NOT_THERE)
            return type(self)(self.rows, self.valid, self.void + times)
        rows = {
            place: {
                key: votes + times * (key == _ticked(place, pro - both, contra - both))
                for key, votes in row.items()
            }
            for place, row in self.rows.items()
        }
        if self.valid + times < 0 or any(v < 0 for row in rows.values() for v in row.values()):
            raise FieldError("paper", _NOT_THERE)
        return type(self)(rows, self.valid + times, self.void)


_IDS = tuple(option.id for option in OPTIONS)
_NOT_THERE = "计票里没有这样一张票。"


def _ticked(place: int, pro: set[int], contra: set[int]) -> str:
    return "yes" if place in pro else "no" if place in contra else "abstain"
