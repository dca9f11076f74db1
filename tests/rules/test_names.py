import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.paths import resource
from deputydesk.rules.names import (
    DOT,
    NameOrder,
    clean_name,
    in_order,
    initials,
    search_text,
    sort_key,
    spaced,
    unknown,
)

LONGEST = "嘉木样·洛桑久美·图丹却吉尼玛"
RARE = "𬱖𫖮"
SAME = (  # (as typed, as stored)
    ("张  三", "张三"),
    ("张\u3000三", "张三"),
    ("张\u00a0\u2002三\t", "张三"),
    ("\u3164张\u2800三", "张三"),
    ("\u200b张\u200d三\ufeff", "张三"),
    ("张\u0007三\ufe0f", "张三"),
    ("额尔敦达来", "额尔敦达来"),
    ("●王·莉", "王·莉"),
    ("巴特尔 • 达来", "巴特尔·达来"),
    ("买买提.艾力", "买买提·艾力"),
    ("买买提 . 艾力", "买买提·艾力"),
    ("买买提·・艾力", "买买提·艾力"),
    ("⼈民", "人民"),
    ("ＡＢ１", "AB1"),
    ("J. Smith", "J. Smith"),
    ("  John\u00a0 Smith ", "John Smith"),
    ("J.张", "J.张"),
    (LONGEST, LONGEST),
    (RARE, RARE),
    ("", ""),
    (" · ", ""),
)


@pytest.mark.parametrize(("typed", "stored"), SAME)
def test_a_name_is_stored_in_one_form(typed, stored):
    assert clean_name(typed) == stored


@pytest.mark.parametrize("dot", "・•．‧･●∙⋅·")
def test_every_dot_of_a_roster_becomes_the_right_one(dot):
    assert clean_name(f"巴特尔{dot}达来") == "巴特尔·达来"


@pytest.mark.parametrize("name", ["\uf9dc", "\U0002f800", "﨑", "\ue815", "寇昉", "贠红卫", "孙喆"])
def test_rare_and_compatibility_hanzi_stay_as_written(name):
    assert clean_name(name) == name


def test_mongolian_letters_keep_their_separator_and_words():
    name = "ᠪᠠᠭᠠ ᠲᠤᠷ\u180eᠠ"

    assert clean_name(name) == name


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean_name(text)

    assert clean_name(once) == once


@given(st.text())
def test_no_text_at_all_breaks_order_initials_or_search(text):
    assert in_order([text]) == [text]
    assert in_order([text], NameOrder.SURNAME) == [text]
    assert len(initials(text)) <= 8
    assert set(unknown(text)) <= set(clean_name(text))
    assert DOT not in search_text(text)


def test_search_ignores_dot_width_and_case():
    assert search_text("巴特尔·达来") == search_text("巴特尔・达来") == search_text("巴特尔达来")
    assert search_text("ＡＢ-１２\u3000３.5") == "ab-12 3.5"
    assert search_text("\uf9dc") == search_text("隆")


ORDERED = (
    ("田大利", "田富"),  # the second character has fewer strokes
    ("木沙", "木沙·买买提", "木沙江·海拉特"),  # a shorter name first, the dot below all
    ("丁一", "于一", "王一", "田一", "刘一", "李一"),  # by the number of strokes
    ("王一", "木一", "牛一", "文一", "孔一"),  # four strokes: 横 before 撇 before 点 before 折
    ("上一", "山一", "千一", "门一", "马一"),  # three strokes: 竖 before 撇 before 点 before 折
    ("欧阳娜", "欧阳娜娜", "皇甫平"),
)


@pytest.mark.parametrize("names", [(), *ORDERED])
@given(chance=st.randoms(use_true_random=False))
def test_names_stand_in_the_official_order(names, chance: random.Random):
    shuffled = list(names)
    chance.shuffle(shuffled)

    assert in_order(shuffled) == list(names)


def test_both_official_conventions_are_there():
    names = ["王毅飞", "王大", "李强", "李干平", "王富"]

    assert in_order(names) == ["王大", "王富", "王毅飞", "李干平", "李强"]
    assert in_order(names, NameOrder.SURNAME) == ["王大", "王富", "王毅飞", "李强", "李干平"]
    assert in_order(["田大利", "田富"], NameOrder.SURNAME) == ["田富", "田大利"]
    assert [order.label for order in NameOrder] == ["按姓名笔画为序", "按姓氏笔画为序"]


def test_the_same_name_twice_keeps_its_order():
    first, second = "张  三", "张三"

    assert in_order([first, second]) == [first, second]
    assert in_order([second, first]) == [second, first]


def test_characters_without_a_place_sort_last_and_are_named():
    names = ["John", "〇一", RARE, "张三"]

    assert in_order(names) == ["张三", RARE, "John", "〇一"]
    assert unknown("〇一") == "〇"
    assert unknown(LONGEST) == ""
    assert unknown("\ue815三") == "\ue815"


def test_the_table_holds_every_general_character_in_its_official_order():
    lines = resource("names/stroke_order.txt").read_text(encoding="utf-8").split()

    everything = "".join(lines)
    assert len(everything) == len(set(everything)) == 98_060
    assert all("CJK" in unicodedata.name(c, "CJK") for c in everything)
    assert [lines[n - 1].index(c) for n, c in ((1, "一"), (2, "二"), (3, "三"), (4, "丰"))] == [
        0
    ] * 4
    assert sort_key("乙") < sort_key("二") < sort_key("𬱖") < sort_key("𫖮") < sort_key("龘")


FOUND_BY = (
    ("张三", {"zs"}),
    ("盖连玉", {"gly"}),
    ("单志刚", {"dzg", "szg", "czg"}),
    ("仇英", {"cy", "qy"}),
    ("查干", {"cg", "zg"}),
    ("曾解", {"zj", "zx", "cj", "cx"}),
    ("么红", {"yh", "mh"}),
    ("厘米", {"lm", "xm"}),
    ("巴特尔·达来", {"btedl"}),
    ("John 张", {"johnz"}),
    ("·", set()),
    ("\ue815", set()),
    (LONGEST, {"jmylsjmtdqjnm"}),
)


@pytest.mark.parametrize(("name", "keys"), FOUND_BY)
def test_a_name_is_found_by_its_initials(name, keys):
    assert set(initials(name)) == keys


def test_the_usual_reading_comes_first_and_eight_are_the_most():
    assert initials("单志刚")[0] == "dzg"
    assert len(initials("单查仇区曾解")) == 8
    assert initials("单查仇区曾解")[0] == "dccqcj"


def test_two_characters_are_spread_for_print_and_others_are_not():
    assert spaced("张三") == "张\u3000三"
    assert spaced(RARE) == "𬱖\u3000𫖮"
    assert [spaced(n) for n in ("张三丰", "李", "Al", LONGEST)] == ["张三丰", "李", "Al", LONGEST]
