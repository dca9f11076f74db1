"""How alike two texts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.similarity import ALIKE, holds, pairs, score, weights

texts = st.text(alphabet="村东头路灯不亮自来水浑浊，。 ab12", max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("村道路灯不亮", "村道路灯都不亮"),
        ("自来水浑浊", "自来水，浑浊！"),
        ("ＡＢ１２号楼漏水", "ab12号楼 漏水"),
        ("建议修缮文化广场", "修缮文化广场的建议"),
    ],
)
def test_the_same_matter_in_other_words_is_alike(one, other):
    assert score(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [("村道路灯不亮", "自来水浑浊"), ("低保发放", "垃圾清运"), ("", ""), ("，", "。")],
)
def test_another_matter_is_not_alike(one, other):
    assert score(one, other) == 0


def test_what_all_of_them_say_counts_little():
    told = ("关于修路的建议", "关于供水的建议", "关于养老的建议", "关于绿化的建议")
    by = weights(told)

    assert score(told[0], told[1]) >= ALIKE
    assert score(told[0], told[1], by) < ALIKE
    assert score(told[0], "关于修路的意见", by) > score(told[0], told[1], by)


def test_a_part_is_found_in_a_longer_text():
    assert holds("村东头路灯不亮已经三个月", "路灯不亮") == 1
    assert holds("村东头路灯不亮已经三个月", "自来水") == 0
    assert holds("村东头路灯不亮", "") == 0


def test_one_character_is_its_own_pair():
    assert pairs("水") == {"水"}
    assert pairs("，") == frozenset()
    assert score("水", "水") == 1


@given(texts, texts, st.lists(texts, max_size=5))
def test_a_score_lies_between_0_and_1_and_has_no_direction(one, other, others):
    by = weights([one, *others])

    assert 0 <= score(one, other, by) == score(other, one, by) <= 1
    assert 0 <= holds(one, other, by) <= 1


@given(texts)
def test_a_text_is_wholly_like_itself(text):
    assert score(text, text) == (1 if pairs(text) else 0)


@given(st.lists(texts, min_size=1, max_size=6))
def test_every_pair_says_something_and_none_more_than_all(told):
    assert all(0 < weight <= 1 for weight in weights(told).values())
