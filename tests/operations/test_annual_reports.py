from datetime import date, datetime

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.annual_report import ReportState
from deputydesk.operations import annual_figures, annual_reports, local_rules
from deputydesk.operations.annual_rows import PartText
from deputydesk.operations.figures import CATALOGUE
from deputydesk.rules.local_rules import shipped
from deputydesk.rules.slots import slots_in
from tests import make

YEAR = {"first_on": date(2025, 1, 1), "last_on": date(2025, 12, 31)}


@pytest.fixture
def report(office):
    return office.do(annual_reports.start, year=2025)


def row(office, report):
    return office.ask(annual_reports.one, report)


def edit(office, report, **values):
    usual = {
        "name": "报告",
        "parts": (PartText("为民有温度", "进家{home_activities.total}。"),),
        **YEAR,
    }
    office.do(annual_reports.save, report_id=report, **(usual | values))


def paragraphs(office, report):
    return [p.text for p in office.ask(annual_figures.filled, report).paragraphs]


def test_a_report_begins_from_the_template_in_five_parts(office, report):
    found = row(office, report)

    assert found.name == "五当召镇人大主席团2025年代表工作报告"
    assert [part.title for part in found.parts] == [
        "站位有高度",
        "履职有广度",
        "监督有力度",
        "为民有温度",
        "自身有深度",
    ]
    assert (found.first_on, found.last_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert office.ask(annual_reports.mistakes, found) == []
    assert office.ask(annual_reports.rows) == [found]


def test_every_slot_of_the_shipped_template_is_in_the_catalogue(office, report):
    said = {name for text in row(office, report).texts for name in slots_in(text)}

    assert said - set(CATALOGUE) <= {"单位", "机关", "年度", "期间"}
    assert len(said) > 50
    assert "统一文本" in shipped("annual_report")[0].source


def test_figures_of_a_draft_are_live_and_of_a_final_report_frozen(office, report):
    edit(office, report, annex=("home_activities.total",))
    home, deputy = make.home(office), make.deputy(office)
    make.visit(office, home, deputy, held_on=date(2025, 3, 1))
    assert paragraphs(office, report) == ["报告", "一、为民有温度", "进家1次。"]

    office.do(annual_reports.finish, report_id=report)
    make.visit(office, home, deputy, held_on=date(2025, 4, 1))
    make.visit(office, home, deputy, held_on=date(2024, 4, 1))

    filled = office.ask(annual_figures.filled, report)
    assert paragraphs(office, report) == ["报告", "一、为民有温度", "进家1次。"]
    assert [(a.name, a.this, a.last) for a in filled.annex] == [("进家活动", "1次", "0次")]
    assert office.ask(annual_figures.value_of, report, "home_activities.total").value == 1
    assert (filled.is_final, filled.finished_on) == (True, make.TODAY)


def test_a_final_report_is_changed_only_after_it_was_sent_back(office, report):
    edit(office, report)
    with pytest.raises(UserError, match="还没有定稿"):
        office.do(annual_reports.reopen, report_id=report)
    office.do(annual_reports.finish, report_id=report)
    with pytest.raises(UserError, match="已经定稿，不能改动"):
        edit(office, report)
    with pytest.raises(UserError, match="已经定稿"):
        office.do(annual_reports.finish, report_id=report)

    office.do(annual_reports.reopen, report_id=report)
    make.visit(office, make.home(office), make.deputy(office), held_on=date(2025, 3, 1))

    assert row(office, report).state == ReportState.DRAFT
    assert not row(office, report).is_final
    assert paragraphs(office, report)[-1] == "进家1次。"
    assert office.ask(annual_figures.value_of, report, "home_activities.total").value == 1
    assert office.ask(annual_figures.value_of, report, "nothing.such") is None


def test_a_slot_that_cannot_be_filled_is_named_with_its_place(office, report):
    edit(
        office,
        report,
        parts=(PartText("广度", "进家{home_activity.total}"),),
        closing="{",
        annex=("gone.total",),
    )

    assert office.ask(annual_reports.mistakes, row(office, report)) == [
        "第1部分“广度”：没有“home_activity.total”这个数字。是不是“home_activities.total”（进家活动）？",
        "结尾：花括号不成对：每个数字位置都写成 {指标} 的样子。",
        "对比表：没有“gone.total”这个数字。",
    ]
    with pytest.raises(UserError, match=r"还不能定稿。第1部分“广度”：没有“home_activity.total”"):
        office.do(annual_reports.finish, report_id=report)
    with pytest.raises(UserError, match=r"“\{home_activity.total\}”填不出数字"):
        office.ask(annual_figures.printable, report)


def test_a_report_is_final_only_when_its_period_is_over(office):
    report = office.do(annual_reports.start, year=2026)

    with pytest.raises(UserError, match="统计期间还没有结束"):
        office.do(annual_reports.finish, report_id=report)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"parts": ()}, "parts"),
        ({"parts": (PartText("", "文字"),)}, "parts"),
        ({"first_on": date(2026, 1, 1)}, "last_on"),
    ],
)
def test_a_report_needs_a_title_parts_and_days_in_order(office, report, values, field):
    with pytest.raises(FieldError) as refused:
        edit(office, report, **values)

    assert refused.value.field == field


@pytest.mark.parametrize("year", [25, 2028])
def test_a_year_that_cannot_be_is_refused(office, year):
    with pytest.raises(FieldError, match="年度应当在"):
        office.do(annual_reports.start, year=year)


def test_numbers_are_rounded_down_for_the_whole_report_but_not_where_exact(office, report):
    home, deputy = make.home(office), make.deputy(office)
    for day in range(1, 14):
        make.visit(office, home, deputy, held_on=date(2025, 3, day))
    text = "进家{home_activities.total}，准确{home_activities.total:准确}。"

    edit(office, report, rounded=True, parts=(PartText("广度", text),))

    assert paragraphs(office, report)[-1] == "进家10多次，准确13次。"


def test_paragraphs_know_what_they_are(office, report):
    text = "（一）阵地建到身边\n\n（一）是句子。后面还有话。\n（三）三个聚力。\n普通段落"
    edit(office, report, opening="开头", parts=tuple(PartText(f"题{n}", text) for n in range(12)))

    found = office.ask(annual_figures.filled, report).paragraphs

    assert [p.kind for p in found[:7]] == [
        "title",
        "text",
        "heading",
        "subheading",
        "text",
        "subheading",
        "text",
    ]
    headings = [p.text for p in found if p.kind == "heading"]
    assert headings[0] == "一、题0"
    assert headings[9:12] == ["十、题9", "十一、题10", "十二、题11"]
    assert office.ask(annual_figures.filled, report).title == "报告"


def test_the_annex_holds_this_year_against_the_last(office, report):
    home, deputy = make.home(office), make.deputy(office)
    make.deputy(office, name="李娜")
    for day in (date(2024, 3, 1), date(2025, 3, 1), date(2025, 4, 1)):
        make.visit(office, home, deputy, held_on=day, received=5)
    names = ("home_activities.total", "coverage.deputies", "opinions.settled", "suggestions.growth")

    edit(office, report, annex=(*names, names[0]))

    filled = office.ask(annual_figures.filled, report)
    assert [(a.id, a.this, a.last, a.change) for a in filled.annex] == [
        ("home_activities.total", "2次", "1次", "+100%"),
        ("coverage.deputies", "50%（1/2）", "50%（1/2）", "持平"),
        ("opinions.settled", "—（0/0）", "—（0/0）", "—"),
        ("suggestions.growth", "—", "—", "—"),
    ]
    assert all(a.definition for a in filled.annex)
    assert filled.span_before.text == "2024年"


def test_a_rate_is_compared_in_points_and_a_longer_period_with_the_one_before(office):
    report = office.do(
        annual_reports.start, year=2025, first_on=date(2024, 1, 1), last_on=date(2025, 12, 31)
    )
    home, deputy = make.home(office), make.deputy(office)
    make.deputy(office, name="李娜")
    make.visit(office, home, deputy, held_on=date(2025, 3, 1))
    edit(office, report, first_on=date(2024, 1, 1), annex=("coverage.deputies",))

    filled = office.ask(annual_figures.filled, report)

    assert filled.annex[0].change == "+50个百分点"
    assert (filled.span_before.first, filled.span_before.last) == (
        date(2022, 1, 1),
        date(2023, 12, 31),
    )


def test_the_words_of_a_report_name_the_office_and_the_period(office, report):
    edit(office, report, opening="{单位}、{机关}、{年度}、{期间}")

    assert paragraphs(office, report)[1] == (
        "五当召镇、五当召镇人大主席团、2025年、2025年1月1日至2025年12月31日"
    )


def test_a_report_becomes_the_template_of_later_ones_and_leaves_earlier_ones_alone(office, report):
    edit(office, report, opening="本镇的开头", closing="完", annex=("homes.total",))

    office.do(annual_reports.adopt, report_id=report, name="本镇写法", source="主席团会议")

    later = row(office, office.do(annual_reports.start, year=2026))
    assert (later.opening, later.closing, later.annex) == ("本镇的开头", "完", ("homes.total",))
    assert later.name == "五当召镇人大主席团2026年代表工作报告"
    [adopted] = office.ask(local_rules.history, annual_reports.KIND)
    assert (adopted.name, adopted.source) == ("本镇写法", "主席团会议")


def test_a_report_that_is_gone_is_a_sentence(office, report):
    office.do(annual_reports.remove, ids=(report,))

    with pytest.raises(UserError, match="找不到这条“年度报告”记录"):
        office.ask(annual_reports.one, report)
    office.undo()
    assert row(office, report).year == 2025


def test_a_frozen_report_of_an_office_that_changed_its_name_keeps_the_old_one(office, report):
    edit(office, report, opening="{机关}")
    office.do(annual_reports.finish, report_id=report)
    office.clock = make.at(datetime(2027, 1, 5, 9, 0))

    make.profile(office, name="新镇")

    assert paragraphs(office, report)[1] == "五当召镇人大主席团"
