"""What was handled before shows what is like it, and who handled it; measured on past records."""

from datetime import date

import pytest

from deputydesk.models.choices import Channel, Route
from deputydesk.operations import assignments, opinions, reviews, similar, suggestions
from tests import make

DAY = date(2026, 3, 2)


@pytest.fixture
def handled(office):
    """Suggestions that were given to units: water, roads and lamps; returns the units' ids."""
    lead = make.deputy(office)
    water, roads = make.unit(office, name="区水务局"), make.unit(office, name="区交通运输局")
    for headline, unit in (
        ("关于改造东胜村供水管网的建议", water),
        ("关于更换缸房地村老旧供水管网的建议", water),
        ("关于解决鸡毛窑村供水管网漏水的建议", water),
        ("关于硬化白草沟村通村道路的建议", roads),
        ("关于修补厂汉沟村通村道路的建议", water),
    ):
        given(office, lead, headline, unit)
    return office, water, roads


def given(office, lead, headline, unit):
    made = office.do(suggestions.enter, headline=headline, lead_id=lead, submitted_on=DAY)
    office.do(reviews.accept, suggestion_id=made, reviewed_on=DAY)
    office.do(assignments.assign, suggestion_id=made, main_id=unit, assigned_on=DAY)
    return made


def found(office, text, **more):
    return office.ask(similar.beside, text, today=make.TODAY, **more).rows


def test_earlier_suggestions_of_the_same_matter_are_found_the_most_alike_first(handled):
    office, *_ = handled

    rows = found(office, "关于改造白草沟村供水管网的建议")

    assert rows[0].headline == "关于改造东胜村供水管网的建议"
    assert (rows[0].code, rows[0].units, rows[0].outcome) == ("2026年第1号", "区水务局", "已交办")
    assert {row.kind for row in rows} == {"suggestion"}
    assert [row.alike for row in rows] == sorted((row.alike for row in rows), reverse=True)


def test_what_a_voter_said_is_found_as_well_and_counts_for_the_unit(handled):
    office, *_ = handled
    heard = office.do(opinions.hear, channel=Channel.PHONE, matter="村里路灯不亮", heard_on=DAY)
    lamps = make.unit(office, name="供电所")
    office.do(opinions.assign, opinion_id=heard, route=Route.UNIT, unit_id=lamps, assigned_on=DAY)

    [row] = found(office, "村东头路灯不亮")

    assert (row.kind, row.code, row.units, row.outcome) == (
        "opinion",
        "意见第1号（2026）",
        "供电所",
        "已转办",
    )
    proposed = office.ask(similar.unit_for, "村东头路灯不亮")
    assert (proposed.unit_id, proposed.why) == (lamps, "以前1件类似的由供电所办理")


def test_nothing_is_like_a_new_matter_or_a_single_character(handled):
    office, *_ = handled

    assert found(office, "增设老年食堂") == []
    assert found(office, "水") == []
    assert office.ask(similar.unit_for, "增设老年食堂") is None


def test_the_record_itself_is_not_like_itself(handled):
    office, *_ = handled
    [first, *_] = found(office, "关于改造东胜村供水管网的建议")

    rows = found(office, "关于改造东胜村供水管网的建议", leave_out=first.id)

    assert first.id not in [row.id for row in rows]


def test_the_unit_is_proposed_with_the_ground_for_it(handled):
    office, water, _ = handled

    proposed = office.ask(similar.unit_for, "关于更换老旧供水管网、解决漏水的建议")

    assert proposed.unit_id == water
    assert proposed.why == "以前2件类似的都由区水务局办理"


def test_no_unit_is_proposed_where_earlier_ones_do_not_agree(handled):
    office, *_ = handled

    assert office.ask(similar.unit_for, "关于整修东胜村通村道路的建议") is None


def test_most_of_them_are_enough(handled):
    office, _, roads = handled
    lead = make.deputy(office, name="李娜")
    for village in ("大磁", "脑包沟"):
        given(office, lead, f"关于整修{village}村通村道路的建议", roads)

    proposed = office.ask(similar.unit_for, "关于整修厂汉沟村通村道路的建议")

    assert proposed.unit_id == roads
    assert proposed.why == "以前4件类似的，3件由区交通运输局办理"


def test_one_that_is_only_a_little_alike_proposes_nothing(handled):
    office, unit, _ = handled
    lead = make.deputy(office, name="李娜")
    given(office, lead, "关于村卫生室药品供应的建议", unit)
    text = "村卫生室缺医生"

    assert found(office, text)
    assert office.ask(similar.unit_for, text) is None


def test_on_the_demo_offices_own_past_nine_of_ten_proposals_are_right(demo_office):
    rows = demo_office.ask(suggestions.rows, today=make.TODAY)
    given_out = [row for row in rows if row.unit_ids]

    proposed = {
        row.id: demo_office.ask(similar.unit_for, row.headline, leave_out=row.id)
        for row in given_out
    }

    right = [r for r in given_out if (p := proposed[r.id]) and p.unit_id in r.unit_ids]
    wrong = [r for r in given_out if (p := proposed[r.id]) and p.unit_id not in r.unit_ids]
    assert len(given_out) > 150
    assert len(right) >= 0.9 * len(given_out)
    assert len(wrong) <= 0.02 * len(given_out)


def test_signs_alone_are_like_nothing(handled):
    office, *_ = handled

    assert found(office, "……！？") == []


def test_letters_are_found_in_either_case_and_a_long_text_by_some_of_its_pairs(office):
    lead, unit = make.deputy(office), make.unit(office, name="区工信局")
    made = given(office, lead, "关于5G信号覆盖的建议", unit)

    assert [row.id for row in found(office, "5g信号覆盖")] == [made]
    told = "村里5G信号覆盖不好" + "手机时常没有信号打不通电话孩子上网课也断断续续" * 3
    given(office, lead, f"关于{told}的建议", unit)
    assert len(found(office, told)) >= 1


def test_of_very_many_that_share_something_the_newest_are_compared(office, monkeypatch):
    monkeypatch.setattr(similar, "READ", 1)
    lead, unit = make.deputy(office), make.unit(office, name="区水务局")
    for village in ("东胜", "大磁"):
        newest = given(office, lead, f"关于改造{village}村供水管网的建议", unit)

    assert [row.id for row in found(office, "改造缸房地村供水管网")] == [newest]
