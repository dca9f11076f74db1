import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.slots import Segment, SlotFormat, SlotValue, faults, fill, slots_in


def plain(value, unit="次", **more):
    return SlotValue("a.b", "活动", unit, value, None, None, "活动次数", **more)


def rate(part, whole, unit="件"):
    return SlotValue("a.rate", "办结", unit, part, part, whole, "办结÷全部")


@pytest.mark.parametrize(
    ("value", "form", "rounded", "text"),
    [
        (plain(143), "", False, "143次"),
        (plain(143), "", True, "140多次"),
        (plain(143), "准确", True, "143次"),
        (plain(143), "约", False, "140多次"),
        (plain(143), "数", False, "143"),
        (plain(143), "数", True, "140多"),
        (plain(9), "", True, "9次"),
        (plain(None), "", False, "0次"),
        (rate(398, 423), "", True, "94.1%（398/423）"),
        (rate(398, 423), "数", False, "398"),
        (rate(398, 423), "分母", False, "423"),
        (plain(766_200_0000, "元", is_money=True), "万元", False, "7662万元"),
        (plain(2500_00, "元", is_money=True), "", False, "2500元"),
        (plain(43_4567_00, "元", is_money=True), "", True, "43万余元"),
        (plain(43_0000_00, "元", is_money=True), "", True, "43万元"),
        (SlotValue("g", "增长", "%", 16, 181, 156, "比上次"), "", False, "+16%"),
        (SlotValue("g", "增长", "%", 16, 181, 156, "比上次"), "增减", True, "增长16%"),
        (SlotValue("g", "增长", "%", -14, 156, 181, "比上次"), "增减", False, "下降14%"),
        (SlotValue("g", "增长", "%", 0, 1001, 1000, "比上次"), "增减", False, "基本持平"),
        (SlotValue("g", "增长", "%", 0, 5, 5, "比上次"), "增减", False, "持平"),
        (SlotValue("g", "增长", "%", None, 5, 0, "比上次"), "增减", False, "—"),
    ],
)
def test_a_slot_says_its_figure_as_it_is_wanted(value, form, rounded, text):
    assert value.text(SlotFormat(form), rounded=rounded) == text


def test_a_text_is_filled_and_each_number_knows_its_figure():
    found = fill(
        "{单位}开展{a.b}，办结{ a.rate : 数 }件。",
        {"a.b": plain(5), "a.rate": rate(3, 4)},
        {"单位": "五当召镇"},
    )

    assert found == [
        Segment("五当召镇"),
        Segment("开展"),
        Segment("5次", "a.b"),
        Segment("，办结"),
        Segment("3", "a.rate"),
        Segment("件。"),
    ]


def test_what_cannot_be_filled_stays_visible_and_is_named():
    known = {"suggestions.total": "代表建议", "homes.total": "代表之家"}

    assert faults("{suggestions.totl}件", known, ()) == [
        "没有“suggestions.totl”这个数字。是不是“suggestions.total”（代表建议）？"
    ]
    assert faults("{天气}", known, ("单位",)) == ["没有“天气”这个数字。请从数字目录里选。"]
    assert faults("{}", known, ()) == ["有一个空的数字位置“{}”。"]
    assert faults("{homes.total:百分比}", known, ())[0].startswith("“{homes.total:百分比}”的写法")
    assert faults("共{homes.total 个", known, ()) == [
        "花括号不成对：每个数字位置都写成 {指标} 的样子。"
    ]
    assert faults("{单位}{homes.total:数}", known, ("单位",)) == []
    wrong = fill("有{天气}和}", {}, {})
    assert [s for s in wrong if s.is_wrong] == [
        Segment("{天气}", "天气", is_wrong=True),
        Segment("}", is_wrong=True),
    ]


@given(st.text("{}:ab.单位约\n", max_size=40))
def test_a_text_without_figures_comes_out_as_it_went_in(text):
    assert "".join(segment.text for segment in fill(text, {}, {})) == text


@given(st.text("ab.{}:单", max_size=30))
def test_what_is_said_to_be_well_can_be_filled(text):
    known = dict.fromkeys(slots_in(text), "名")
    values = {name: plain(1) for name in known}

    if not faults(text, known, ()):
        assert not any(segment.is_wrong for segment in fill(text, values, {}))


@given(st.integers(0, 10**7))
def test_a_number_rounded_down_never_says_more_than_there_is(count):
    said = plain(count).text(SlotFormat.ROUNDED).removesuffix("次").removesuffix("多")

    assert int(said) <= count
