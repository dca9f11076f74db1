import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.project_satisfaction import check, grade

GRADES = ["不满意", "基本满意", "满意"]


@pytest.mark.parametrize(
    ("satisfied", "mostly", "wanted"),
    [
        (15, 0, "满意"),
        (14, 2, "基本满意"),
        (14, 1, "不满意"),
        (0, 16, "基本满意"),
        (0, 15, "不满意"),
        (0, 0, "不满意"),
    ],
)
def test_the_published_rule_counts_all_members_not_those_who_voted(satisfied, mostly, wanted):
    assert grade(satisfied=satisfied, mostly=mostly, members=30) == wanted


def test_nobody_judges_nothing():
    assert grade(satisfied=0, mostly=0, members=0) == "未评定"


@given(st.integers(1, 200), st.data())
def test_one_more_satisfied_member_never_lowers_the_grade(members, data):
    satisfied = data.draw(st.integers(0, members - 1))
    mostly = data.draw(st.integers(0, members - 1 - satisfied))

    before = grade(satisfied=satisfied, mostly=mostly, members=members)
    after = grade(satisfied=satisfied + 1, mostly=mostly, members=members)

    assert GRADES.index(after) >= GRADES.index(before)


def numbers(**changed):
    return {
        "members": 30, "present": 29, "satisfied": 20, "mostly": 6, "dissatisfied": 3
    } | changed  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"present": 31}, "present", "实到31人，比应到30人多1人"),
        ({"mostly": 7}, "satisfied", "满意20＋基本满意7＋不满意3＝30票，比实到29人多1票"),
        ({"dissatisfied": -1}, "dissatisfied", "不满意不能小于0"),
    ],
)
def test_more_votes_than_people_are_said_in_a_sentence(changed, field, sentence):
    problem = check(**numbers(**changed))

    assert problem
    assert problem.field == field
    assert sentence in problem.message


def test_votes_of_everybody_present_or_fewer_are_right():
    assert check(**numbers()) is None
    assert check(**numbers(mostly=0)) is None
