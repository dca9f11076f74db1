from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.exchange import sheets
from deputydesk.journal.values import models
from deputydesk.models.choices import Channel, Level, StationRole
from deputydesk.office import Right, User
from deputydesk.operations import (
    deputies,
    evaluations,
    opinions,
    places,
    point_quarters,
    presets,
    regulations,
    stations,
    units,
    visits,
)
from deputydesk.rules.quarters import Quarter
from tests import make
from tests.operations import duty_case


def cells(path) -> list[list[Any]]:
    return [[c.value for c in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def rewritten(path, change):
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(path)
    return path


def column(sheet, heading) -> int:
    return next(c.column for c in sheet[1] if c.value == heading)


def test_headings_are_the_chinese_labels_and_ids_become_names(office, tmp_path):
    home = make.home(office)
    make.visit(office, home, make.deputy(office), held_on=date(2026, 3, 5), received=6)

    sheets.export(office, "进家登记", tmp_path / "visits.xlsx")
    sheets.export(office, "visit_deputy", tmp_path / "deputies.xlsx")

    headings, row = cells(tmp_path / "visits.xlsx")
    shown = dict(zip(headings, row, strict=True))
    assert (shown["方式"], shown["代表之家"]) == ("接待选民", "五当召镇人大代表之家")
    assert (shown["日期"].date(), shown["接待人次"]) == (date(2026, 3, 5), 6)
    assert cells(tmp_path / "deputies.xlsx")[1][2:] == ["王伟", "是"]


def test_texts_stay_texts(office, tmp_path):
    office.do(units.add, name="=1+1", phone="004721234567", contact="@甲")

    sheets.export(office, "unit", tmp_path / "units.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "units.xlsx").active
    for heading, text in (("单位名称", "=1+1"), ("联系电话", "004721234567"), ("联系人", "@甲")):
        cell = sheet.cell(2, column(sheet, heading))
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_every_kind_goes_out_and_in_again_unchanged(office, tmp_path):
    home, deputy = make.home(office), make.deputy(office)
    make.visit(office, home, deputy)
    make.unit(office)
    make.meeting(office)
    office.do(presets.set_deadlines, valid_from=date(2026, 1, 1))
    office.do(stations.save, name="民馨站", roles=(StationRole.RECEPTION,), home_id=home)
    office.do(evaluations.prepare, name="测评会", held_on=make.TODAY, deputy_ids=(deputy,))

    for kind in models():
        sheets.export(office, kind, tmp_path / f"{kind}.xlsx")
        listed = sheets.listing(office, kind)

        if listed:
            outcome = sheets.take_in(office, kind, tmp_path / f"{kind}.xlsx")
            assert (outcome.added, outcome.changed) == (0, 0)
        assert sheets.listing(office, kind) == listed


def test_a_sheet_adds_new_lines_and_changes_known_ones(office, tmp_path):
    unit = make.unit(office, name="区水务局")
    path = tmp_path / "units.xlsx"
    sheets.export(office, "unit", path)

    def edit(sheet):
        sheet.cell(2, column(sheet, "联系人"), "甲")
        sheet.cell(3, column(sheet, "单位名称"), "区教育局")

    outcome = sheets.take_in(office, "unit", rewritten(path, edit))

    assert (outcome.added, outcome.changed, outcome.same) == (1, 1, 0)
    rows = {u.name: u for u in office.ask(units.rows)}
    assert rows["区水务局"].id == unit
    assert rows["区水务局"].contact == "甲"
    assert rows["区教育局"].contact == ""
    assert office.undo().title == "导入表格"
    assert [u.contact for u in office.ask(units.rows)] == [""]


@pytest.mark.parametrize(
    ("heading", "value", "sentence"),
    [
        ("日期", "三月", "第2行的“日期”不能是“三月”。日期请写成 2026-03-05"),
        ("日期", None, "第2行没有填“日期”"),
        ("方式", "喝茶", "“方式”不能是“喝茶”。可填：接待选民、"),
        ("接待人次", "很多", "“接待人次”不能是“很多”。请填数字"),
        ("代表之家", "没有的家", "请填写已登记的代表之家名称"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_and_nothing_is_taken(
    office, tmp_path, heading, value, sentence
):
    make.visit(office, make.home(office), make.deputy(office))
    path = tmp_path / "visits.xlsx"
    sheets.export(office, "visit", path)
    before = sheets.listing(office, "visit")

    def edit(sheet):
        sheet.cell(2, column(sheet, "主题"), "改过")
        sheet.cell(2, column(sheet, heading)).value = value

    with pytest.raises(FieldError, match=sentence):
        sheets.take_in(office, "visit", rewritten(path, edit))
    assert sheets.listing(office, "visit") == before


def test_yes_and_no_are_read_and_other_words_named(office, tmp_path):
    make.deputy(office)
    path = tmp_path / "people.xlsx"
    sheets.export(office, "person", path)

    rewritten(path, lambda sheet: sheet.cell(2, column(sheet, "领导职务"), "是"))
    sheets.take_in(office, "person", path)
    assert sheets.listing(office, "person")[0]["leader"] is True

    rewritten(path, lambda sheet: sheet.cell(2, column(sheet, "领导职务"), "也许"))
    with pytest.raises(FieldError, match="请填“是”或“否”"):
        sheets.take_in(office, "person", path)


def test_doubled_names_carry_their_number(office, tmp_path):
    home = make.home(office)
    for _ in range(2):
        make.visit(office, home, make.deputy(office))
    path = tmp_path / "deputies.xlsx"

    sheets.export(office, "visit_deputy", path)

    assert all(row[2].startswith("王伟〔T1-") for row in cells(path)[1:])
    assert sheets.take_in(office, "visit_deputy", path).same == 2


def test_dates_may_be_typed_with_dots_or_slashes(office, tmp_path):
    make.visit(office, make.home(office), make.deputy(office))
    path = tmp_path / "visits.xlsx"
    sheets.export(office, "visit", path)

    rewritten(path, lambda sheet: sheet.cell(2, column(sheet, "日期"), "2026/03/05"))
    sheets.take_in(office, "visit", path)

    assert sheets.listing(office, "visit")[0]["held_on"] == date(2026, 3, 5)


def test_wrong_headings_files_and_kinds_are_said(office, tmp_path):
    path = tmp_path / "units.xlsx"
    make.unit(office)
    sheets.export(office, "unit", path)

    with pytest.raises(UserError, match="没有“茶叶”这种记录"):
        sheets.export(office, "茶叶", path)
    rewritten(path, lambda sheet: sheet.cell(1, 1, "茶叶"))
    with pytest.raises(UserError, match="标题“茶叶”不是“承办单位”的内容"):
        sheets.take_in(office, "unit", path)
    rewritten(path, lambda sheet: sheet.delete_cols(1, 2))
    with pytest.raises(UserError, match="缺少“单位名称”列"):
        sheets.take_in(office, "unit", path)
    openpyxl.Workbook().save(path)
    with pytest.raises(UserError, match="内容|空"):
        sheets.take_in(office, "unit", path)
    (tmp_path / "blank.csv").write_text(" ,,\n,,\n", "utf-8")
    with pytest.raises(UserError, match="内容|空"):
        sheets.take_in(office, "unit", tmp_path / "blank.csv")


def test_lists_stand_beside_ids_with_names(office):
    home = make.home(office)
    make.deputy(office, home_id=home)

    [row] = sheets.listing(office, "代表")

    assert (row["home_id"], row["home_id.name"]) == (home, "五当召镇人大代表之家")
    assert row["level"] == Level.TOWN
    assert "visit" in sheets.kinds()
    assert office.ask(deputies.rows)[0].home_id == home
    assert office.ask(places.homes, 2026)[0].deputies == 1


texts = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"),
    max_size=40,
).map(str.strip)


@settings(max_examples=30)
@given(text=texts.filter(bool))
def test_any_text_comes_back_as_it_went(text, tmp_path_factory, empty_file):
    folder = tmp_path_factory.mktemp("text")
    office = make.copied_office(empty_file, folder)
    office.do(units.add, name="局", contact=text)

    sheets.export(office, "unit", folder / "units.xlsx")

    assert sheets.take_in(office, "unit", folder / "units.xlsx").same == 1
    office.close()


def test_the_whole_demo_office_goes_out_and_in_again_unchanged(demo_office, tmp_path):
    for kind in models():
        before = sheets.listing(demo_office, kind)
        sheets.export(demo_office, kind, tmp_path / f"{kind}.xlsx")

        if before:
            outcome = sheets.take_in(demo_office, kind, tmp_path / f"{kind}.xlsx")
            assert (outcome.added, outcome.changed) == (0, 0), kind
        assert sheets.listing(demo_office, kind) == before, kind
    assert demo_office.check() == []


def test_what_no_cell_can_hold_is_left_out_and_stays_as_it_is(office, tmp_path):
    long = "长" * 40_000
    office.do(regulations.save, name="代表履职守则", content=long)
    path = tmp_path / "regulations.xlsx"

    sheets.export(office, "regulation", path)
    rewritten(path, lambda sheet: sheet.cell(2, column(sheet, "类别"), "履职"))
    sheets.take_in(office, "regulation", path)

    [row] = sheets.listing(office, "regulation")
    assert (row["content"], row["category"]) == (long, "履职")
    rewritten(path, lambda sheet: sheet.cell(2, column(sheet, "记录号")).__setattr__("value", None))
    with pytest.raises(FieldError, match="“内容”表格里放不下，不能新增"):
        sheets.take_in(office, "regulation", path)
    assert len(sheets.listing(office, "regulation")) == 1


def test_what_refers_to_a_removed_record_goes_out_and_in_again(office, tmp_path):
    visit = make.visit(office, make.home(office), make.deputy(office))
    office.do(opinions.hear, channel=Channel.HOME, matter="路灯", visit_id=visit)
    office.do(visits.delete, visit_id=visit)
    path = tmp_path / "opinions.xlsx"

    sheets.export(office, "opinion", path)

    assert sheets.take_in(office, "opinion", path).same == 1
    assert sheets.listing(office, "opinion")[0]["visit_id"] == visit


def test_who_may_not_register_a_record_neither_takes_it_in_nor_takes_it_back(office, tmp_path):
    path = tmp_path / "regulations.xlsx"
    office.do(regulations.save, name="代表履职守则")
    sheets.export(office, "制度", path)
    rewritten(path, lambda sheet: sheet.cell(2, column(sheet, "名称"), "代表守则"))
    registrar, other = office.user, User("张丽", frozenset({Right.SETUP}))

    office.user = other
    with pytest.raises(NotAllowed, match="“登记制度”的权限"):
        sheets.take_in(office, "制度", path)
    office.user = registrar
    sheets.take_in(office, "制度", path)
    office.user = other
    with pytest.raises(NotAllowed, match="撤销：导入表格"):
        office.undo()

    assert [row.name for row in office.ask(regulations.rows)] == ["代表守则"]


def test_a_closed_quarter_cannot_be_rewritten_by_a_sheet(office, tmp_path):
    duty_case.five(office)
    duty_case.adopt(office, duty_case.scheme("汝州"))
    office.do(point_quarters.close, quarter=Quarter(duty_case.YEAR, 1), leave_unverified=True)
    path = tmp_path / "quarters.xlsx"
    sheets.export(office, "point_quarter", path)
    before = sheets.listing(office, "point_quarter")

    rewritten(path, lambda sheet: sheet.cell(2, column(sheet, "积分榜"), "{}"))

    with pytest.raises(FieldError, match="“季度积分”的“积分榜”已经固定，不能用表格修改"):
        sheets.take_in(office, "point_quarter", path)
    assert sheets.listing(office, "point_quarter") == before


def test_whatever_a_record_refers_to_is_named(demo_office):
    for kind in models():
        for row in sheets.listing(demo_office, kind):
            named = {k: v for k, v in row.items() if k.endswith(".name")}
            assert all(named.values()), (kind, row)
