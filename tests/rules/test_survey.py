"""What a survey may ask, and what its counts may say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import FieldError
from deputydesk.rules.survey import (
    Ask,
    Asked,
    check,
    counts_of,
    questions_of,
    tally_lines,
)

GRADE = {"ask": "grade", "text": "路修得怎样", "options": []}
ONE = {"ask": "one", "text": "走多久", "options": ["十分钟", "半小时"]}
SEVERAL = {"ask": "several", "text": "最盼什么", "options": ["路", "水", "电"]}
ASKED = questions_of([GRADE, ONE, SEVERAL])


def test_where_one_is_ticked_there_is_a_box_for_who_cannot_say():
    grade, one, several = ASKED

    assert [option.label for option in grade.options] == ["满意", "基本满意", "不满意", "不了解"]
    assert [option.id for option in one.options] == ["a", "b", "none"]
    assert [option.label for option in several.options] == ["路", "水", "电"]
    assert [asked.id for asked in ASKED] == ["q1", "q2", "q3"]
    assert Asked.from_dict(grade.to_dict()) == grade
    own = questions_of([{**ONE, "options": ["是", "不了解"]}])
    assert [option.label for option in own[0].options] == ["是", "不了解"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "还没有题目"),
        ([GRADE] * 31, "最多30道，现在有31道"),
        ([GRADE, {**GRADE, "text": " "}], "第2题还没有写题目"),
        ([{**GRADE, "text": "长" * 81}], "第1题太长"),
        ([{**ONE, "options": ["只有一个"]}], "二到5个选项，现在有1个"),
        ([{**ONE, "options": list("一二三四五六")}], "二到5个选项，现在有6个"),
        ([{**SEVERAL, "options": list("一二三四五六七八九十甲")}], "二到10个选项，现在有11个"),
        ([{**ONE, "options": ["是", "是"]}], "两个相同的选项"),
        ([{**ONE, "options": ["是", "长" * 25]}], "太长，最多24个字"),
        ([{**SEVERAL, "most": 1}], "有3个选项，“最多选”要多于一、少于3"),
        ([{**SEVERAL, "most": 3}], "有3个选项，“最多选”要多于一、少于3"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_by_its_number(rows, said):
    with pytest.raises(FieldError, match=said) as refused:
        questions_of(rows)

    assert refused.value.field == "questions"


def test_a_question_without_a_kind_is_answered_by_one_option():
    assert questions_of([{**ONE, "ask": ""}])[0].ask is Ask.ONE


def test_how_many_options_may_be_ticked_is_kept_and_said_on_the_paper():
    most, several, one = questions_of([{**SEVERAL, "most": 2}, SEVERAL, {**ONE, "most": 2}])

    assert [each.how for each in (most, several, one)] == ["可多选，最多2项", "可多选", "单选"]
    assert [each.most for each in (most, several, one)] == [2, 0, 0]
    assert Asked.from_dict(most.to_dict()) == most
    assert "most" not in several.to_dict()


def test_no_question_gets_more_ticks_than_its_papers_may_bear():
    asked = questions_of([{**SEVERAL, "most": 2}])

    check(asked, {"q1": {"a": 10, "b": 10, "c": 0}}, valid=10)
    with pytest.raises(FieldError, match="第1题最多选2项，10份最多20，现在共21"):
        check(asked, {"q1": {"a": 10, "b": 10, "c": 1}}, valid=10)


COUNTS = {
    "q1": {"a": 5, "b": 3, "c": 1, "none": 1},
    "q2": {"a": 4, "b": 4, "none": 0},
    "q3": {"a": 9, "b": 10, "c": 0},
}


def test_of_several_options_each_may_be_ticked_on_every_paper():
    check(ASKED, COUNTS, valid=10)


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("q3", {"a": 11, "b": 0, "c": 0}, "第3题“路”11，有效的只有10份"),
        ("q2", {"a": 8, "b": 3, "none": 0}, "第2题各项共11，比有效的10份多1"),
        ("q1", {"a": 1}, "第1题还没有“基本满意”的票数"),
        ("q2", {"a": -1, "b": 0, "none": 0}, "第2题“十分钟”-1"),
    ],
)
def test_counts_that_cannot_be_are_refused(question, given, said):
    with pytest.raises(FieldError, match=said):
        check(ASKED, {**COUNTS, question: given}, valid=10)


def test_the_lines_that_are_typed_over_give_the_numbers_back():
    said = tally_lines(ASKED, COUNTS)

    assert said.splitlines()[1] == "2. 走多久：十分钟 4、半小时 4、不了解 0"
    assert counts_of(ASKED, said) == COUNTS
    assert counts_of(ASKED, said.replace(" 9", "9")) == COUNTS


@given(st.lists(st.integers(0, 999), min_size=10, max_size=10))
def test_whatever_numbers_are_typed_come_back(numbers):
    left = iter(numbers)
    counts = {asked.id: {option.id: next(left) for option in asked.options} for asked in ASKED}

    assert counts_of(ASKED, tally_lines(ASKED, counts)) == counts


def test_a_line_or_a_number_that_is_missing_is_named():
    said = tally_lines(ASKED, COUNTS)

    with pytest.raises(FieldError, match="应当有3行，现在有2行"):
        counts_of(ASKED, said.rpartition("\n")[0])
    with pytest.raises(FieldError, match="第3题“水”后面要有一个数"):
        counts_of(ASKED, said.replace("水 10", "水"))
