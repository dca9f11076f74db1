import openpyxl
import pytest

from deputydesk.errors import UserError
from deputydesk.exchange.roster import read_roster
from deputydesk.exchange.roster_import import take_in
from deputydesk.models.choices import Level, OfficeKind
from deputydesk.operations import deputies
from tests import make


def roster(folder, *rows):
    book = openpyxl.Workbook()
    book.active.append(["五当召镇人大代表名册"])
    book.active.append(["序号", "姓名", "性别", "民族", "出生年月", "联系电话"])
    for row in rows:
        book.active.append(row)
    path = folder / "名册.xlsx"
    book.save(path)
    return read_roster(path)


ROWS = (
    [1, "王  伟", "男", "汉族", "1978-05", "14000000001"],
    [2, "乌云其木格", "女", "蒙古族", "1980.11", "14000000002"],
)


def test_a_roster_comes_in_once_and_can_be_undone(office, tmp_path):
    found = roster(tmp_path, *ROWS)

    assert take_in(office, found).added == 2
    assert take_in(office, found).same == 2

    rows = {d.name: d for d in office.ask(deputies.rows)}
    assert set(rows) == {"王伟", "乌云其木格"}
    assert (rows["王伟"].level, rows["王伟"].town) == (Level.TOWN, "五当召镇")
    assert office.undo().text == "导入代表名册（新增2人，补充0人）"
    assert office.ask(deputies.rows) == []


def test_a_district_office_takes_its_own_level_and_no_town(office, tmp_path):
    make.profile(office, kind=OfficeKind.DISTRICT, name="石拐区")

    take_in(office, roster(tmp_path, *ROWS), town="吉忽伦图苏木")

    assert {(d.level, d.town) for d in office.ask(deputies.rows)} == {
        (Level.DISTRICT, "吉忽伦图苏木")
    }


def test_an_empty_roster_and_an_office_without_profile_are_said(office, tmp_path):
    with pytest.raises(UserError, match="没有读到代表"):
        take_in(office, roster(tmp_path))

    bare = make.empty_office(tmp_path / "bare")
    with pytest.raises(UserError, match="还没有填写单位信息"):
        take_in(bare, roster(tmp_path, *ROWS))
    bare.close()


def test_a_column_of_leading_posts_says_who_leads(office, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["姓名", "性别", "职务", "是否领导干部", "联系领导"],
        ["王伟", "男", "镇长", "是", "甲"],
        ["李静", "女", "教师", "否", "甲"],
        ["高娃", "女", "", "副镇长", "甲"],
        ["丁一", "男", "牧民", "", "甲"],
        ["赵六", "男", "牧民", "非领导", "甲"],
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "名册.xlsx")
    found = read_roster(tmp_path / "名册.xlsx")

    assert take_in(office, found).added == 5

    rows = {d.name: d for d in office.ask(deputies.rows)}
    assert {name: row.leader for name, row in rows.items()} == {
        "王伟": True,
        "李静": False,
        "高娃": True,
        "丁一": False,
        "赵六": False,
    }
    assert rows["高娃"].note == "领导职务：副镇长；联系领导：甲"
    assert rows["赵六"].note == "领导职务：非领导；联系领导：甲"
    assert take_in(office, found).same == 5


def test_who_leads_no_more_is_corrected_by_the_next_roster(office, tmp_path):
    who = {"name": "王伟", "level": Level.TOWN, "leader": True}
    office.do(deputies.add, **who)
    book = openpyxl.Workbook()
    for row in (["序号", "姓名", "领导职务"], [1, "王伟", "否"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "名册.xlsx")

    assert take_in(office, read_roster(tmp_path / "名册.xlsx")).changed == 1
    assert office.ask(deputies.rows)[0].leader is False
