"""Which rows are persons, and what is said of the others."""

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange.roster import read_roster
from tests.exchange.roster_books import (
    HEAD,
    STRUCK,
    answered,
    id_no,
    names,
    phone,
    read,
    reasons,
    sheet_of,
    xlsx,
)

FULL = ["序号", "姓名", "性别", "联系电话", "职务", "备注"]


def test_totals_notes_and_empty_rows_are_no_persons(tmp_path):
    rows = [
        FULL,
        [1, "王甲", "男", phone(1), "教师", None],
        ["小计", None, "1人", "女0人"],
        [],
        [2, "王乙", "男", phone(2), "教师", None],
        [None, "石拐街道小计", None, "1人"],
        ["合计", "2人"],
        [3],
        [4],
        ["注：1.王丙同志因工作变动不再列入；"],
        ["2.李四、张三的电话请以最新通知为准"],
        ["填表人：赵秘书", None, "联系电话：0472-8700000"],
        [None, "说明", "电话为本人手机"],
        ["共2人，其中女0人"],
        ["2023年3月15日"],
        ["※ 名单由代表工委提供并负责解释"],
    ]

    roster = read(tmp_path, rows)

    assert names(roster) == ["王甲", "王乙"]
    assert reasons(roster) == [
        (3, "小计"),
        (6, "小计"),
        (7, "合计"),
        (10, "说明"),
        (11, "说明"),
        (12, "说明"),
        (13, "说明"),
        (14, "合计"),
        (15, "说明"),
        (16, "说明"),
    ]
    assert roster.skipped[3].text.startswith("注：1.王丙")


def test_a_note_across_the_sheet_is_no_person_even_in_the_column_of_names(tmp_path):
    rows = [
        ["姓名", "性别", "电话"],
        ["王甲", "男", phone(1)],
        ["李四等3人为新增代表"],
        ["王五已调走；电话停用"],
    ]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    sheet.merge_cells("A3:C3")
    book.save(tmp_path / "册.xlsx")

    roster = read_roster(tmp_path / "册.xlsx")

    assert names(roster) == ["王甲"]
    assert reasons(roster) == [(3, "说明"), (4, "说明")]


def test_captions_give_town_status_or_group_to_those_below(tmp_path):
    rows = [
        FULL,
        ["一、石拐街道代表团（1人）"],
        [1, "王甲", "男", phone(1)],
        ["第二代表小组"],
        [2, "王乙", "男", phone(2)],
        ["已辞职代表"],
        [3, "王丙", "男", phone(3)],
    ]

    first, second, third = read(tmp_path, rows).records

    assert (first.town, first.status, first.note) == ("石拐街道", "在任", None)
    assert (second.town, second.note) == (None, "所在分组：第二代表小组")
    assert third.status == "辞职"


@pytest.mark.parametrize("merged", [True, False])
def test_the_town_stands_beside_the_first_of_a_group(tmp_path, merged):
    rows = [["代表团", "序号", "姓名"], ["五当召镇代表团", 1, "王甲"]]
    rows += [[None, n, f"王{'乙丙丁戊'[n - 2]}"] for n in range(2, 6)]
    rows += [["小计", None, "5人"], [None, 6, "王己"], ["白狐沟街道"], [None, 7, "王庚"]]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    if merged:
        sheet.merge_cells("A2:A6")
    book.save(tmp_path / "册.xlsx")

    towns = [record.town for record in read_roster(tmp_path / "册.xlsx").records]

    assert towns == ["五当召镇"] * 5 + [None, "白狐沟街道"]


def test_a_column_of_towns_that_is_nearly_full_is_not_filled_up(tmp_path):
    rows = [["姓名", "乡镇"], ["王甲", "甲镇"], ["王乙", None], ["王丙", "乙镇"]]

    assert [record.town for record in read(tmp_path, rows).records] == ["甲镇", None, "乙镇"]


def test_ditto_marks_mean_what_stands_above(tmp_path):
    rows = [
        ["姓名", "性别", "民族", "联系电话", "职务"],
        ["王甲", "男", "蒙古族", phone(1), "教师"],
        ["王乙", "〃", "″", "同上", '"'],
        ["王丙", "同上", "''", "—〃—", "同上"],
    ]

    records = read(tmp_path, rows).records

    assert [(r.sex, r.ethnic, r.phone, r.job) for r in records] == [
        ("男", "蒙古族", phone(1), "教师")
    ] * 3


def test_a_ditto_mark_below_nothing_is_asked_about(tmp_path):
    roster = read(tmp_path, [["姓名", "性别", "电话"], ["王甲", "同上", phone(1)]])

    assert roster.records[0].sex is None
    assert "上面却没有内容" in roster.questions[0].text


def test_a_person_over_two_rows_is_one_person(tmp_path):
    rows = [
        FULL,
        [1, "王甲", "男", phone(1), "五当召镇副镇长", None],
        [None, None, None, None, "白草沟村支部书记", "连任"],
        [2, "王乙", "男", phone(2), "教师", None],
        [None, None, None, phone(3), None, None],
    ]

    first, second = read(tmp_path, rows).records

    assert (first.job, first.note) == ("五当召镇副镇长 白草沟村支部书记", "连任")
    assert (second.phone, second.note) == (phone(2), f"电话另有：{phone(3)}")


def test_a_person_over_merged_rows_is_one_person(tmp_path):
    rows = [
        FULL,
        [1, "王甲", "男", phone(1), "副镇长", None],
        [],
        [None, None, None, None, "村支书", None],
        [2, "王乙", None, phone(2), "教师", None],
    ]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    for area in ("A2:A4", "B2:B4", "C2:C5"):
        sheet.merge_cells(area)
    book.save(tmp_path / "册.xlsx")

    first, second = read_roster(tmp_path / "册.xlsx").records

    assert (first.name, first.job) == ("王甲", "副镇长 村支书")
    assert second.sex == "男"


def test_a_long_name_that_goes_on_in_the_next_row(tmp_path):
    rows = [
        FULL,
        [1, "嘉木样·洛桑久美·", "男", phone(1)],
        [None, "图丹却吉尼玛"],
        [2, "王乙", "男"],
    ]

    assert names(read(tmp_path, rows)) == ["嘉木样·洛桑久美·图丹却吉尼玛", "王乙"]


def test_a_row_without_a_name_is_asked_about(tmp_path):
    rows = [FULL, [1, "王甲", "男", phone(1)], [2, None, "女", phone(2), "教师"], [3, "同上", "女"]]

    roster = read(tmp_path, rows)
    again = read(tmp_path, rows, {roster.questions[0].id: "王乙"})

    assert names(roster) == ["王甲"]
    assert reasons(roster) == [(3, "没有姓名"), (4, "没有姓名")]
    assert roster.questions[0].free
    assert [(r.name, r.phone) for r in again.records] == [("王甲", phone(1)), ("王乙", phone(2))]
    assert len(again.questions) == 1


def test_a_name_in_an_empty_row_is_asked_about(tmp_path):
    rows = [["姓名", "性别", "电话", "职务"], ["王甲", "男", phone(1), "教师"], ["巴图"]]

    roster = read(tmp_path, rows)

    assert names(roster) == ["王甲"]
    assert names(read(tmp_path, rows, answered(roster, "take"))) == ["王甲", "巴图"]


def test_rows_that_hold_no_single_name_are_refused_with_the_reason(tmp_path):
    rows = [
        FULL,
        [1, "王甲、王乙", "男", phone(1)],
        [2, 12345, "男", phone(2)],
        [3, "#N/A", "男"],
        [4, "巴图", "男"],
    ]

    roster = read(tmp_path, rows)

    assert names(roster) == ["巴图"]
    assert reasons(roster) == [
        (2, "一格里写了几个姓名，请每人一行后再导入"),
        (3, "姓名一栏是数字"),
        (4, "单元格是错误值 #N/A"),
    ]


def hidden_row(tmp_path, serials, *, filtered=False):
    rows = [HEAD] + [
        [serial, f"王{'甲乙丙'[n]}", "男", "汉族", "1960-05", phone(n), None]
        for n, serial in enumerate(serials)
    ]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    sheet.row_dimensions[3].hidden = True
    if filtered:
        sheet.auto_filter.ref = "A1:G4"
        sheet.auto_filter.add_filter_column(1, ["王甲"])
    book.save(tmp_path / "册.xlsx")
    return tmp_path / "册.xlsx"


@pytest.mark.parametrize(
    ("serials", "filtered", "taken"),
    [
        ((1, 9, 2), False, ["王甲", "王丙"]),
        ((None, None, None), False, ["王甲", "王丙"]),
        ((1, 2, 3), False, ["王甲", "王乙", "王丙"]),
        ((None, None, None), True, ["王甲", "王乙", "王丙"]),
    ],
)
def test_hidden_rows_are_asked_about_and_taken_only_if_the_list_counts_them(
    tmp_path, serials, filtered, taken
):
    path = hidden_row(tmp_path, serials, filtered=filtered)

    roster = read_roster(path)

    assert names(roster) == taken
    assert "被隐藏" in roster.questions[0].text
    assert names(read_roster(path, answered(roster, "take"))) == ["王甲", "王乙", "王丙"]
    without = read_roster(path, answered(roster, ""))
    assert names(without) == ["王甲", "王丙"]
    assert reasons(without) == [(3, "隐藏的行")]


@pytest.mark.parametrize("title", ["旧名单", "名册"])
def test_sheets_put_away_are_asked_about(tmp_path, title):
    path = xlsx(
        tmp_path / "册.xlsx",
        {
            "代表名册": [["姓名", "性别"], ["王甲", "男"]],
            title: [["上届代表名单"], ["姓名", "性别"], ["王乙", "男"]],
        },
    )

    roster = read_roster(path)
    again = read_roster(path, answered(roster, "take"))

    assert names(roster) == ["王甲"]
    assert roster.questions[0].field == "sheet"
    assert roster.skipped[-1].reason == "看起来是旧名单，没有导入"
    assert names(again) == ["王甲", "王乙"]
    assert again.questions == ()


def test_a_hidden_sheet_is_not_read_unless_the_user_says_so(tmp_path):
    path = xlsx(tmp_path / "册.xlsx", {"甲": [["姓名", "性别"], ["王甲", "男"]]})
    book, sheet = sheet_of(path, [["姓名", "性别"], ["王甲", "男"]])
    book.create_sheet("乙").append(["姓名", "性别"])
    book.worksheets[1].append(["王乙", "男"])
    book.worksheets[1].sheet_state = "veryHidden"
    sheet.title = "甲"
    book.save(path)

    roster = read_roster(path)

    assert names(roster) == ["王甲"]
    assert names(read_roster(path, answered(roster, "take"))) == ["王甲", "王乙"]


def test_struck_out_rows_are_people_no_longer_in_office(tmp_path):
    rows = [FULL] + [[n, f"王{'甲乙丙丁'[n]}", "男", phone(n), "教师", None] for n in range(4)]
    rows[2][5] = "2023年3月辞职"
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    for column in "ABCDE":
        sheet[f"{column}3"].font = STRUCK
        sheet[f"{column}4"].font = STRUCK
    sheet["D5"].font = STRUCK
    book.save(tmp_path / "册.xlsx")

    roster = read_roster(tmp_path / "册.xlsx")
    again = read_roster(tmp_path / "册.xlsx", answered(roster, "调离"))

    assert [record.status for record in roster.records] == ["在任", "辞职", None, "在任"]
    assert [question.field for question in roster.questions] == ["status"]
    assert again.records[2].status == "调离"
    assert roster.records[3].phone is None
    assert roster.records[3].note == f"已划去的联系电话：{phone(3)}"


def test_an_answer_that_makes_no_sense_is_said(tmp_path):
    rows = [["姓名", "电话"], ["王甲", "140"]]
    roster = read(tmp_path, rows)

    with pytest.raises(UserError, match=r"第2行.*“一二三”看不懂"):
        read(tmp_path, rows, answered(roster, "一二三"))


def test_an_answer_is_kept_with_what_it_was_given_for(tmp_path):
    roster = read(tmp_path, [["姓名", "出生年月"], ["王甲", 1978.1]])
    answers = answered(roster, "1978-10")

    same = read(tmp_path, [["姓名", "出生年月"], ["王甲", 1978.1]], answers)
    other = read(tmp_path, [["姓名", "出生年月"], ["王乙", 1978.1]], answers)

    assert same.records[0].birth == "1978-10"
    assert same.questions == ()
    assert other.records[0].birth is None


def test_errors_and_formulas_without_result_are_asked_about(tmp_path):
    rows = [["姓名", "电话", "职务"], ["王甲", "#REF!", "#N/A"], ["王乙", "=A1&A2", "教师"]]

    roster = read(tmp_path, rows)

    assert [record.phone for record in roster.records] == [None, None]
    assert "错误值" in roster.questions[0].text
    assert "公式" in roster.questions[1].text


def test_id_numbers_beside_names_are_not_persons_twice(tmp_path):
    rows = [["姓名", "身份证号"], ["王甲", id_no("19600503")], ["王乙", id_no("19600503")]]

    roster = read(tmp_path, rows)
    again = read(tmp_path, rows, answered(roster, "代表名册!3"))

    assert [record.id_no for record in roster.records] == [None, None]
    assert [record.id_no for record in again.records] == [None, id_no("19600503")]


def test_statistics_and_signatures_below_the_list_are_no_persons(tmp_path):
    rows = [
        FULL,
        [1, "王甲", "男", phone(1), "教师", None],
        ["合计", "男89人", "女47人"],
        [None, "其中：党员30人", "30"],
        ["平均年龄", "45.6岁"],
        [None, "类别", "人数"],
        [None, "男", 89],
        [None, "蒙古族", 12],
        [None, "姓名", 12],
        ["制表人", "张三", None, "审核：李四"],
        ["注：", "王五为补选代表", "男"],
        [None, "李四已调离"],
        [None, "社会各界人士代表"],
        ["甲", "王乙", "男"],
    ]

    roster = read(tmp_path, rows)

    assert names(roster) == ["王甲", "王乙"]
    assert reasons(roster) == [
        (3, "合计"),
        (4, "合计"),
        (5, "合计"),
        (6, "姓名一栏不是姓名"),
        (7, "姓名一栏不是姓名"),
        (8, "姓名一栏不是姓名"),
        (9, "姓名一栏不是姓名"),
        (10, "说明"),
        (11, "说明"),
        (12, "说明"),
        (13, "小标题"),
    ]


def test_a_town_may_stand_in_a_row_of_its_own_with_or_without_a_number(tmp_path):
    rows = [
        ["乡镇", "序号", "姓名", "性别"],
        ["一区", 1, None, None],
        [None, 2, "王甲", "男"],
        [None, 3, "王乙", "男"],
        ["二区"],
        [None, 4, "王丙", "男"],
        [None, "附表"],
    ]

    assert [record.town for record in read(tmp_path, rows).records] == ["一区", "一区", "二区"]


def test_a_list_of_other_people_is_asked_about(tmp_path):
    path = xlsx(
        tmp_path / "册.xlsx",
        {
            "代表": [["姓名", "性别"], ["王甲", "男"]],
            "工作人员": [["姓名", "性别"], ["王乙", "男"]],
        },
    )

    roster = read_roster(path)

    assert names(roster) == ["王甲"]
    assert roster.skipped[-1].reason == "看起来不是代表名册，没有导入"


def test_a_number_out_of_use_is_not_the_phone(tmp_path):
    rows = [["姓名", "联系电话（旧）", "联系电话（新）"], ["王甲", phone(1), phone(2)]]

    (record,) = read(tmp_path, rows).records

    assert (record.phone, record.note) == (phone(2), f"联系电话（旧）：{phone(1)}")


def test_a_number_of_people_beside_the_town_makes_no_total_of_its_first_person(tmp_path):
    rows = [
        ["代表团", "姓名", "性别"],
        ["白\n狐\n沟\n街\n道\n2人", "王甲", "男"],
        ["石拐街道（1人）", "王乙", "男"],
    ]

    assert [(r.name, r.town) for r in read(tmp_path, rows).records] == [
        ("王甲", "白狐沟街道"),
        ("王乙", "石拐街道"),
    ]


def test_a_long_remark_beside_the_name_does_not_lose_the_person(tmp_path):
    told = "额尔德尼·毕力格（女，蒙古族；2023年3月因工作变动，辞去代表职务，由王强接替）"

    (record,) = read(tmp_path, [["序号", "姓名", "性别"], [1, told, "女"]]).records

    assert (record.name, record.ethnic) == ("额尔德尼·毕力格", "蒙古族")


def test_a_total_ends_its_group_but_not_a_caption_of_those_who_left(tmp_path):
    rows = [
        FULL,
        ["石拐街道"],
        [1, "王甲", "男", phone(1)],
        ["小计", "1人"],
        [2, "王乙", "男", phone(2)],
        ["辞职代表"],
        [3, "王丙", "男", phone(3)],
        ["小计", "1人"],
        [4, "王丁", "男", phone(4)],
    ]

    assert [(r.town, r.status) for r in read(tmp_path, rows).records] == [
        ("石拐街道", "在任"),
        (None, "在任"),
        (None, "辞职"),
        (None, "辞职"),
    ]
