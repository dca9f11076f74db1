import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import UserError
from deputydesk.rules.rates import Rate
from deputydesk.rules.satisfaction import (
    COMPETENCE,
    EXCELLENCE,
    SATISFACTION,
    SCALES,
    Satisfaction,
    Scale,
    check_ballots,
    check_tally,
    grade,
    mostly_satisfied_rate,
    needs_rehandling,
    satisfied_rate,
)

NONE, YES, MOSTLY, NO = Satisfaction


def test_rates_are_over_returned_forms_only():
    answers = [YES, YES, MOSTLY, NO, NONE, None, None]

    assert satisfied_rate(answers) == Rate(2, 5)
    assert mostly_satisfied_rate(answers) == Rate(3, 5)
    assert satisfied_rate([None]).text == "—（0/0）"


def test_either_dissatisfaction_asks_for_a_second_round():
    assert needs_rehandling(YES, NO)
    assert needs_rehandling(NO, YES)
    assert not needs_rehandling(MOSTLY, NONE)


GRADES = (
    (SATISFACTION, (80, 60, 20, 0), "满意"),
    (SATISFACTION, (79, 2, 79, 0), "基本满意"),
    (SATISFACTION, (50, 30, 60, 20), "不满意"),  # exactly half is not more than half
    (COMPETENCE, (80, 10, 10), "称职"),
    (COMPETENCE, (799, 200, 1), "基本称职"),
    (COMPETENCE, (50, 50, 0), "基本称职"),
    (COMPETENCE, (49, 51, 0), "不称职"),
    (EXCELLENCE, (80, 20, 0, 0), "优秀"),
    (EXCELLENCE, (60, 20, 20, 0), "称职"),
    (EXCELLENCE, (30, 20, 50, 0), "基本称职"),
    (EXCELLENCE, (0, 40, 50, 10), "不称职"),
    (COMPETENCE, (0, 0, 0), "未评定"),
)


@pytest.mark.parametrize(("scale", "votes", "expected"), GRADES)
def test_votes_give_a_grade_by_the_scale(scale, votes, expected):
    counts = {option.id: n for option, n in zip(scale.options, votes, strict=True)}

    assert grade(counts, scale) == expected


def test_an_option_nobody_ticked_may_be_left_out():
    assert grade({"competent": 5}, COMPETENCE) == "称职"


@given(scale=st.sampled_from(SCALES), votes=st.lists(st.integers(0, 500), min_size=4, max_size=4))
def test_every_result_has_a_grade_and_one_vote_for_the_best_never_lowers_it(scale, votes):
    counts = {option.id: n for option, n in zip(scale.options, votes, strict=False)}
    better = counts | {scale.options[0].id: votes[0] + 1}
    ranks = ["未评定", *reversed([rule.label for rule in scale.rule])]

    assert ranks.index(grade(better, scale)) >= ranks.index(grade(counts, scale))


@pytest.mark.parametrize("scale", SCALES)
def test_a_scale_is_stored_as_plain_values_and_comes_back(scale):
    stored = json.loads(json.dumps(scale.to_dict()))

    assert Scale.from_dict(stored) == scale


def rule(**changes: object):
    return [{"label": "称职", "options": [], "percent": 0, "more_than": False} | changes]


DAMAGES = (
    {"name": 5},
    {"options": "competent"},
    {"options": ["competent"]},
    {"options": [{"id": "competent"}]},
    {"options": [{"id": "competent", "label": "称职"}] * 2},
    {"rule": []},
    {"rule": rule(options=["nobody"])},
    {"rule": rule(options=["competent"], percent=80)},
    {"rule": rule(options=["competent"], percent=120) + rule(options=[])},
    {"rule": rule(options=["competent"], percent="80")},
    {"rule": rule(options=["competent"], more_than=1)},
    {"rule": rule(options="competent")},
    {"rule": rule(options=[1])},
    {"source": None},
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_scale_that_makes_no_sense_is_refused(damage):
    with pytest.raises(UserError, match="测评档次的设置不完整"):
        Scale.from_dict(COMPETENCE.to_dict() | damage)


def test_ballots_that_agree_have_no_problem():
    assert check_ballots(issued=160, returned=158, valid=156, invalid=2) == []


def test_more_returned_than_issued_is_named_at_the_field():
    problems = check_ballots(issued=150, returned=158, valid=156, invalid=2)

    assert [(p.field, p.message) for p in problems] == [
        ("returned", "收回158张，比发出150张多8张。")
    ]


def test_valid_and_invalid_have_to_make_the_returned():
    problems = check_ballots(issued=160, returned=158, valid=150, invalid=2)

    assert [(p.field, p.message) for p in problems] == [
        ("valid", "有效150＋无效2＝152张，比收回158张少6张。")
    ]


def test_negative_numbers_are_named():
    problems = check_ballots(issued=160, returned=158, valid=160, invalid=-2)

    assert [(p.field, p.message) for p in problems] == [("invalid", "无效票数不能是负数（-2）。")]


def test_a_row_that_adds_up_has_no_problem():
    counts = {"yes": 120, "mostly": 30, "no": 5}

    assert check_tally(counts, void=1, valid=156, scale=SATISFACTION) == []


def test_a_row_that_is_off_says_by_how_much():
    counts = {"yes": 120, "mostly": 30, "no": 5, "unknown": 2}

    (short,) = check_tally(counts, void=1, valid=160, scale=SATISFACTION)
    (long,) = check_tally(counts, void=5, valid=160, scale=SATISFACTION)

    assert (short.field, short.message) == (
        "counts",
        "满意120＋基本满意30＋不满意5＋不了解2＋空白或多选1＝158，比有效票160少2票。",
    )
    assert long.message.endswith("＝162，比有效票160多2票。")


def test_a_negative_or_foreign_number_in_a_row_is_named_at_its_cell():
    counts = {"competent": -1, "excellent": 3}

    problems = check_tally(counts, void=-2, valid=0, scale=COMPETENCE)

    assert [(p.field, p.message) for p in problems] == [
        ("excellent", "“称职—基本称职—不称职”没有“excellent”这一项。"),
        ("competent", "“称职”不能是负数（-1）。"),
        ("void", "“空白或多选”不能是负数（-2）。"),
    ]


@given(votes=st.lists(st.integers(0, 200), min_size=5, max_size=5), valid=st.integers(0, 1000))
def test_a_row_agrees_exactly_when_its_sum_is_the_valid_ballots(votes, valid):
    *cells, void = votes
    counts = {option.id: n for option, n in zip(SATISFACTION.options, cells, strict=True)}

    problems = check_tally(counts, void=void, valid=valid, scale=SATISFACTION)

    assert (problems == []) == (sum(votes) == valid)


def test_rows_left_blank_count_in_the_base_as_in_the_printed_shares():
    votes = {"yes": 80, "mostly": 0, "no": 79, "unknown": 0}

    assert grade(votes, SATISFACTION) == "满意"
    assert grade(votes, SATISFACTION, void=2) == "不满意"
    assert grade({}, SATISFACTION, void=3) == "未评定"
