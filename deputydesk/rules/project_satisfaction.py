"""The grade of a project by those who judge it: shares of ALL members, not of those who voted.

The published rule of 镇海 (2022): 满意 by at least half of all members is 满意; else 满意 and
基本满意 together by more than half is 基本满意; else 不满意. Attendance is printed with it.
"""

from deputydesk.errors import FieldError
from deputydesk.rules.satisfaction import UNGRADED, Grade

RULE = (
    Grade("满意", ("satisfied",), 50),
    Grade("基本满意", ("satisfied", "mostly"), 50, more_than=True),
    Grade("不满意", (), 0),
)
RULE_TEXT = (
    "满意票达到全体成员半数的为满意；满意票不足半数，满意与基本满意票合计超过全体成员半数的为基本满意；"
    "其余为不满意（按应到人数计，公开的镇海区2022年办法）"
)


def grade(*, satisfied: int, mostly: int, members: int) -> str:
    """The grade by the rule; `未评定` while nobody is a member."""
    if members < 1:
        return UNGRADED
    counts = {"satisfied": satisfied, "mostly": mostly}
    for rule in RULE[:-1]:
        if rule.is_reached(sum(counts[option] for option in rule.options), members):
            return rule.label
    return RULE[-1].label


def check(
    *, members: int, present: int, satisfied: int, mostly: int, dissatisfied: int
) -> FieldError | None:
    """What does not agree: 应到 ≥ 实到 ≥ all votes together; None when all does."""
    numbers = {
        "members": ("应到人数", members),
        "present": ("实到人数", present),
        "satisfied": ("满意", satisfied),
        "mostly": ("基本满意", mostly),
        "dissatisfied": ("不满意", dissatisfied),
    }
    for field, (label, number) in numbers.items():
        if number < 0:
            return FieldError(field, f"{label}不能小于0。")
    if present > members:
        return FieldError("present", f"实到{present}人，比应到{members}人多{present - members}人。")
    votes = satisfied + mostly + dissatisfied
    if votes > present:
        sentence = f"满意{satisfied}＋基本满意{mostly}＋不满意{dissatisfied}＝{votes}票，"
        return FieldError("satisfied", f"{sentence}比实到{present}人多{votes - present}票。")
    return None
