from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import FieldError
from deputydesk.rules import point_schemes
from deputydesk.rules.duty import DutyKind
from deputydesk.rules.point_schemes import check, from_dict, points_typed, published, to_dict
from deputydesk.rules.points import Band, Item, Measure, Period, ProRata, Scheme, Section

ITEM = Item("a", "接待选民", Decimal(4), Decimal(2), Decimal(12))

amounts = st.decimals(0, 100, places=2)
schemes = st.builds(
    Scheme,
    items=st.lists(
        st.builds(
            Item,
            id=st.text(min_size=1),
            name=st.text(),
            first=st.none() | amounts,
            extra=amounts,
            cap=st.none() | amounts,
            period=st.sampled_from(Period),
            kinds=st.lists(st.sampled_from(DutyKind).map(str)).map(tuple),
            roles=st.dictionaries(st.text(), amounts),
            negative=st.booleans(),
            measure=st.sampled_from(Measure),
            section=st.text(),
            is_own=st.booleans(),
        )
    ).map(tuple),
    base=amounts,
    most=st.none() | amounts,
    sections=st.lists(st.builds(Section, st.text(), st.none() | amounts)).map(tuple),
    bands=st.lists(st.builds(Band, st.text(), amounts)).map(tuple),
    pro_rata=st.sampled_from(ProRata),
    line=st.none() | amounts,
)


@given(schemes)
def test_a_scheme_goes_through_json_and_back(scheme):
    assert from_dict(to_dict(scheme)) == scheme


def test_json_that_says_little_means_the_usual():
    assert from_dict({"items": []}) == Scheme(())


def test_the_published_schemes_come_with_source_and_say_what_they_do_not_say():
    by_name = {one.name: one for one in published()}

    assert list(by_name) == ["汝州", "江北", "银川", "璧山", "东宝", "马蹄乡"]
    assert all(one.source and one.about for one in by_name.values())
    assert by_name["汝州"].open_items == ()
    assert [i.name for i in by_name["江北"].scheme.items if i.first is not None] == [
        "提出建议",
        "参加视察、调研",
        "人代会请假",
    ]
    assert by_name["银川"].scheme.most == 100
    assert by_name["东宝"].scheme.base == 60
    assert {s.name: s.cap for s in by_name["马蹄乡"].scheme.sections} == {
        "会议期间": 40,
        "闭会期间": 60,
        "加分": None,
    }


def test_published_schemes_name_only_kinds_of_duty_that_there_are():
    named = {k for one in published() for item in one.scheme.items for k in item.kinds}

    assert named <= {kind.value for kind in DutyKind}


def test_a_scheme_that_says_nothing_of_an_item_is_marked_as_the_offices_own():
    for one in published():
        assert all(item.is_own == (item.first is None) for item in one.scheme.items)


@pytest.mark.parametrize(
    ("scheme", "sentence"),
    [
        (Scheme(()), "至少填写一个积分项目"),
        (Scheme((replace(ITEM, name=" "),)), "没有名称"),
        (Scheme((ITEM, replace(ITEM, id="b"))), "项目“接待选民”写了两次"),
        (Scheme((replace(ITEM, first=None),)), "“接待选民”还没有填写分值"),
        (Scheme((replace(ITEM, cap=Decimal(3)),)), "封顶分低于首次分值"),
        (Scheme((replace(ITEM, section="闭会"),)), "所属的“闭会”没有列入分类"),
    ],
)
def test_a_scheme_by_which_nobody_can_count_is_refused(scheme, sentence):
    with pytest.raises(FieldError, match=sentence):
        check(scheme)


def test_a_whole_scheme_is_taken():
    check(Scheme((replace(ITEM, section="闭会"),), sections=(Section("闭会", Decimal(60)),)))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("3", Decimal(3)), (" 0.5 ", Decimal("0.5")), ("", None), ("1。5", Decimal("1.5"))],
)
def test_points_are_typed_as_people_do(text, amount):
    assert points_typed(text, "first", "首次分") == amount


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("三分", "首次分应当是数字"),
        ("-1", "不能小于0；扣分的项目请勾选“扣分”"),
        ("NaN", "不能小于0"),
        ("0.125", "最多两位小数"),
    ],
)
def test_points_that_are_none_get_a_sentence(text, sentence):
    with pytest.raises(FieldError, match=sentence):
        points_typed(text, "first", "首次分")


def test_the_module_keeps_what_it_read():
    assert point_schemes.published() is published()
