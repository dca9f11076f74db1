"""Cells that cannot be taken are refused with a sentence and a hint."""

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import sheets, xlsx
from deputydesk.models import Activity, Expense, Project


def taken(office, folder, kind, headings, row):
    xlsx.write(folder / "in.xlsx", kind, headings, [row])
    return sheets.take_in(office, kind, folder / "in.xlsx")


@pytest.mark.parametrize("amount", ["很多", "1.005"])
def test_an_amount_is_yuan_with_two_digits(office, tmp_path, amount):
    headings = ["日期", "类别", "列支层级", "事由", "金额（元）"]
    row = ["2026-03-05", "代表活动", "苏木乡镇", "印资料", amount]

    with pytest.raises(FieldError, match="金额（元）") as caught:
        taken(office, tmp_path, Expense.title, headings, row)

    assert "最多两位小数" in caught.value.hint


def test_a_list_and_an_amount_come_in_as_they_went_out(office, tmp_path):
    headings = ["日期", "活动类型", "名称", "议题"]
    row = ["2026-03-05", "集体视察", "视察供水", "供水、供热"]

    assert taken(office, tmp_path, Activity.title, headings, row).added == 1
    assert sheets.listing(office, Activity.title)[0]["topics"] == ["供水", "供热"]


def test_a_yes_or_no_is_nothing_else(office, tmp_path):
    with pytest.raises(FieldError) as caught:
        taken(office, tmp_path, "制度", ["名称", "上墙"], ["守则", "也许"])

    assert "“是”或“否”" in caught.value.hint


def test_what_the_program_fills_in_is_left_as_it_is(office, tmp_path):
    headings = ["级别", "年度", "会议名称", "日期", "应选项数", "票决办法"]
    row = ["区级", "2026", "会议", "2026-03-05", "10", "{"]

    with pytest.raises(UserError):
        taken(office, tmp_path, "民生实事票决", headings, row)


def test_a_number_is_a_number(office, tmp_path):
    with pytest.raises(FieldError) as caught:
        taken(
            office,
            tmp_path,
            Project.title,
            ["级别", "年度", "项目名称", "征集日期"],
            ["区级", "x", "y", "2026-03-05"],
        )

    assert "数字" in caught.value.hint
