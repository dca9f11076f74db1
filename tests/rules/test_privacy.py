import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.privacy import Sensitive, Trace, Watch, bare, masked

WATCH = Watch(
    names=frozenset({"王伟", "蒋"}),
    numbers=frozenset({"04728700001", "110"}),
    public_names=frozenset({"王伟林"}),
    public_numbers=frozenset({"13900000000"}),
)


@pytest.mark.parametrize(
    ("text", "trace", "excerpt"),
    [
        ("请拨13812345678。", Trace.MOBILE, "138****5678"),
        ("请拨138 1234-5678", Trace.MOBILE, "138****5678"),
        ("１３８１２３４５６７８", Trace.MOBILE, "138****5678"),
        ("2023-01-05 138 1234 5678", Trace.MOBILE, "138****5678"),
        ("8613812345678", Trace.MOBILE, "861****5678"),
        ("证号15020519700101123x", Trace.ID_NUMBER, "150****123X"),
        ("证号150205700101123", Trace.ID_NUMBER, "150****1123"),
        ("卡号6222 0202 0000 1234 567", Trace.CARD, "622****4567"),
        ("电话0472-8700001", Trace.KNOWN_NUMBER, "047****0001"),
        ("王伟反映路灯不亮", Trace.NAME, "王伟"),
    ],
)
def test_what_gives_a_person_away_is_found(text, trace, excerpt):
    assert WATCH.find([text]) == [Sensitive(trace, excerpt)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "代表王伟林建议修路",
        "2023年投资12345678元，涉及110户",
        "公开电话13900000000",
        "电话0472-8700002",
        "蒋家沟",
        "编号20230105001",
    ],
)
def test_what_may_stand_there_is_left_alone(text):
    assert WATCH.find([text]) == []


def test_the_same_thing_is_said_once():
    found = WATCH.find(["13812345678", "再说一遍：13812345678，王伟"])

    assert [one.trace for one in found] == [Trace.MOBILE, Trace.NAME]
    assert found[0].text == "像手机号的数字（138****5678）"


def test_a_short_number_is_masked_wholly():
    assert masked("8700") == "****"


@given(
    st.text(string.ascii_letters + "，路灯 -", max_size=20),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["", " ", "-"]),
    st.text(string.ascii_letters + "。年", max_size=20),
)
def test_a_mobile_number_is_found_however_it_is_parted(before, number, gap, after):
    written = gap.join((number[:3], number[3:7], number[7:]))

    found = Watch().find([before + written + after])

    assert [one.excerpt for one in found] == [masked(number)]


@given(st.text("0123456789- 　（）Xx", max_size=30))
def test_a_bare_number_holds_digits_only(text):
    assert set(bare(text)) <= set("0123456789X")
    assert bare(bare(text)) == bare(text)
