"""Letters that go to the fields of a form when pressed with Alt."""

from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.key_letters import KEYS, assign

NAMES = st.lists(
    st.text("日期代表之家参加主题人次姓名电话备注保存打印Ab1 （）、", max_size=6), max_size=50
)


def test_a_field_has_the_first_letter_of_its_name():
    assert assign(["日期", "方式", "代表之家"]) == ["R", "F", "D"]


def test_the_second_of_two_has_the_next_letter_of_its_name():
    assert assign(["姓名", "性别", "学历"]) == ["X", "B", "L"]


def test_buttons_have_the_letters_that_they_have_everywhere():
    assert assign(["事项", "派出所", "打印", "保存并登记下一条"]) == ["X", "C", "P", "S"]


def test_a_name_without_a_free_letter_takes_what_the_others_leave():
    assert assign(["日", "日", "安排"]) == ["R", "B", "A"]


def test_a_letter_that_means_something_else_is_left_alone():
    assert assign(["日期"], taken="R") == ["Q"]


def test_what_comes_after_the_last_letter_is_pressed_after_a_nought():
    given_out = assign([""] * (2 * len(KEYS) + 1))

    assert given_out[len(KEYS) - 1 : len(KEYS) + 2] == ["9", "0A", "0B"]
    assert given_out[-2:] == ["09", ""]


@given(NAMES)
def test_no_letter_is_given_twice_and_none_is_wasted(names):
    given_out = [letter for letter in assign(names) if letter]

    assert len(given_out) == len(set(given_out)) == min(len(names), 2 * len(KEYS))
