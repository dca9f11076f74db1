import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.articles import chinese_number, number_of, order, tidy


@given(st.integers(1, 9999))
def test_a_number_is_read_back_from_its_numerals(number):
    assert number_of(chinese_number(number)) == number
    assert tidy(str(number)) == tidy(f"第 {number}条") == f"第{chinese_number(number)}条"


@given(st.integers(1, 9998), st.integers(1, 9999))
def test_articles_stand_in_the_order_of_their_numbers(one, other):
    assert (order(tidy(str(one))) < order(tidy(str(other)))) == (one < other)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (103, "一百零三"),
        (110, "一百一十"),
        (1001, "一千零一"),
    ],
)
def test_numbers_are_written_as_laws_write_them(number, text):
    assert chinese_number(number) == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("12", "第十二条"),
        ("第12条第二款", "第十二条第二款"),
        ("第十二条", "第十二条"),
        ("两百条", "第二百条"),
        ("总则", "总则"),
        ("10000", "10000"),
        ("", ""),
    ],
)
def test_an_article_is_tidied_and_anything_else_stays(typed, shown):
    assert tidy(typed) == shown


def test_what_is_no_article_comes_last():
    assert sorted(["总则", "第二条", ""], key=order) == ["第二条", "", "总则"]
    assert number_of("甲") is None
