"""Only rows whose cells say something, or all but those."""

from deputydesk.rules.cell_filters import Arrangement, CellFilter, with_filter

HERE = CellFilter("地点", "五当召镇")
NOT_HERE = CellFilter("地点", "五当召镇", is_out=True)


def test_a_filter_says_what_it_does():
    assert HERE.sentence == "地点：五当召镇"
    assert NOT_HERE.sentence == "地点：非五当召镇"
    assert CellFilter("凭证\n号", "").sentence == "凭证号：空白"


def test_only_these_or_all_but_these_pass():
    assert [HERE.lets_pass(text) for text in ("五当召镇", "青山村")] == [True, False]
    assert [NOT_HERE.lets_pass(text) for text in ("五当召镇", "青山村")] == [False, True]


def test_several_texts_are_left_out_but_only_one_is_shown_alone():
    other = CellFilter("地点", "青山村", is_out=True)

    assert with_filter((NOT_HERE,), other) == (NOT_HERE, other)
    assert with_filter((NOT_HERE, other), HERE) == (HERE,)
    assert with_filter((HERE,), other) == (other,)
    assert with_filter((HERE,), HERE) == (HERE,)


def test_an_arrangement_knows_which_columns_it_asks_for():
    assert Arrangement((HERE,), "日期").columns == {"地点", "日期"}
    assert Arrangement().columns == set()
