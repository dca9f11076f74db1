"""Headers, columns, blocks: where the persons of a sheet stand."""

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange.roster import read_roster
from tests.exchange.roster_books import HEAD, id_no, names, phone, read, reasons, sheet_of, xlsx


def people(first: int, count: int) -> list[tuple[object, ...]]:
    """Rows below HEAD."""
    return [
        (
            n,
            f"王{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n // 10 or ''}",
            "男",
            "汉族",
            f"19{60 + n}-05",
            phone(n),
            None,
        )
        for n in range(first, first + count)
    ]


def test_titles_and_captions_above_the_header_are_skipped_and_named(tmp_path):
    roster = read(
        tmp_path,
        [["某区人大代表名册"], ["填报单位：代表工委", None, "2023年3月"], HEAD, *people(1, 2)],
    )

    assert names(roster) == ["王乙", "王丙"]
    assert reasons(roster) == [(1, "标题"), (2, "标题")]
    assert roster.columns[0].header_row == 3


def test_two_header_rows_with_merged_groups(tmp_path):
    rows = [
        ["名册"],
        ["序号", "姓  名", "基 本 情 况", None, None, "联系方式", None],
        [None, None, "性别", "民族", "出生\n年月", "手机", "身份证号"],
        (1, "王甲", "男", "汉", "1960-05", phone(1), id_no("19600503")),
    ]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    for area in ("A1:G1", "A2:A3", "B2:B3", "C2:E2", "F2:G2"):
        sheet.merge_cells(area)
    book.save(tmp_path / "册.xlsx")

    (record,) = read_roster(tmp_path / "册.xlsx").records

    assert (record.sex, record.ethnic, record.birth) == ("男", "汉族", "1960-05")
    assert (record.phone, record.id_no) == (phone(1), id_no("19600503"))


def test_two_header_rows_without_any_merge(tmp_path):
    path = tmp_path / "册.csv"
    path.write_text(
        "序号,姓名,基本情况,,,联系方式,,党派\n"
        ",,性别,民族,出生年月,手机,身份证号,\n"
        f"1,王甲,男,汉族,1960-05,{phone(1)},{id_no('19600503')},民盟\n",
        encoding="utf-8",
    )

    (record,) = read_roster(path).records

    assert (record.sex, record.birth, record.phone, record.party) == (
        "男",
        "1960-05",
        phone(1),
        "民盟",
    )
    assert record.id_no == id_no("19600503")


def test_groups_above_a_header_whose_names_stand_in_the_second_row(tmp_path):
    rows = [
        ["代表", None, None, "联系人", None],
        ["姓名", "性别", "电话", "姓名", "电话"],
        ["王甲", "男", phone(1), "李秘书", phone(2)],
    ]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("D1:E1")
    book.save(tmp_path / "册.xlsx")

    (record,) = read_roster(tmp_path / "册.xlsx").records

    assert (record.name, record.phone) == ("王甲", phone(1))
    assert record.note == f"姓名：李秘书；电话：{phone(2)}"


def test_groups_above_a_header_of_a_file_without_merges(tmp_path):
    rows = [
        ["名册"],
        ["代表", None, None, "联系人", None],
        ["姓名", "性别", "电话", "姓名", "电话"],
        ["王甲", "男", phone(1), "李秘书", phone(2)],
    ]

    (record,) = read(tmp_path, rows).records

    assert (record.name, record.phone) == ("王甲", phone(1))


def test_words_beside_the_table_are_remarks(tmp_path):
    rows = [["姓名", "性别"], ["王甲", "男", None, "去世"], ["王乙", "女", None, "村里的会计"]]

    first, second = read(tmp_path, rows).records

    assert (first.status, second.status, second.note) == ("去世", "在任", "村里的会计")


def test_columns_without_a_heading_between_two_header_rows(tmp_path):
    path = tmp_path / "册.csv"
    path.write_text(
        ",姓名,,基本情况,,\n民族,,,性别,出生年月,\n回,王甲,x,男,1960-05,y\n", encoding="utf-8"
    )

    (record,) = read_roster(path).records

    assert (record.ethnic, record.sex, record.birth) == ("回族", "男", "1960-05")


def test_a_heading_cut_over_two_rows_is_put_together(tmp_path):
    roster = read(
        tmp_path,
        [
            ["姓名", "出生", "文化", "工作单位"],
            [None, "年月", "程度", "及职务"],
            ["王甲", "1960-05", "大专", "教师"],
        ],
    )

    (record,) = roster.records
    assert (record.birth, record.education, record.job) == ("1960-05", "大专", "教师")


def test_sex_in_two_columns_with_ticks(tmp_path):
    rows = [
        ["姓名", "性别", None, "是否党员"],
        [None, "男", "女", None],
        ["王甲", "√", None, "是"],
        ["王乙", None, "√", "否"],
    ]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    sheet.merge_cells("B1:C1")
    book.save(tmp_path / "册.xlsx")

    first, second = read_roster(tmp_path / "册.xlsx").records

    assert (first.sex, first.party) == ("男", "中共党员")
    assert (second.sex, second.party) == ("女", None)


def test_two_blocks_side_by_side(tmp_path):
    head = ["序号", "姓名", "性别", "联系电话"]
    rows = [
        [*head, None, *head],
        [1, "王甲", "男", phone(1), None, 4, "王丁", "女", phone(4)],
        [2, "王乙", "男", phone(2), None, 5, "王戊", "女", phone(5)],
        [3, "王丙", "男", phone(3)],
        ["合计：5人"],
    ]

    roster = read(tmp_path, rows)

    assert names(roster) == ["王甲", "王乙", "王丙", "王丁", "王戊"]
    assert [record.phone for record in roster.records] == [phone(n) for n in range(1, 6)]
    assert reasons(roster) == [(5, "合计")]


def test_two_blocks_without_a_gap_and_without_numbers(tmp_path):
    head = ["姓名", "性别", "民族"]

    roster = read(tmp_path, [[*head, *head], ["王甲", "男", "回", "王乙", "女", "满"]])

    assert [(r.name, r.sex, r.ethnic) for r in roster.records] == [
        ("王甲", "男", "回族"),
        ("王乙", "女", "满族"),
    ]


def test_headers_repeated_down_the_sheet_may_differ(tmp_path):
    rows = [
        HEAD,
        *people(1, 2),
        HEAD,
        *people(3, 1),
        ["五当召镇"],
        ["姓名", "电话", "性别"],
        ["赵六", phone(6), "女"],
    ]

    roster = read(tmp_path, rows)

    assert names(roster) == ["王乙", "王丙", "王丁", "赵六"]
    assert roster.records[3].sex == "女"
    assert [reason for reason in reasons(roster) if reason[1] == "重复的表头"] == [
        (4, "重复的表头"),
        (7, "重复的表头"),
    ]


def test_part_of_a_header_that_comes_again_is_no_person(tmp_path):
    rows = [
        ["序号", "代表姓名", "性别"],
        [1, "王甲", "男"],
        ["序号", None, "性别"],
        [2, "王乙", "女"],
    ]

    roster = read(tmp_path, rows)

    assert names(roster) == ["王甲", "王乙"]
    assert (3, "重复的表头") in reasons(roster)


def test_each_sheet_has_headings_of_its_own(tmp_path):
    path = xlsx(
        tmp_path / "册.xlsx",
        {
            "石拐街道": [["姓名", "性别", "手机号码"], ["王甲", "男", phone(1)]],
            "五当召镇": [["代表姓名", "联系方式", "族别"], ["其其格", phone(2), "蒙"]],
            "统计": [["类别", "人数"], ["男", 1]],
            "空": [],
        },
    )

    roster = read_roster(path)

    assert [(r.name, r.phone, r.source.sheet) for r in roster.records] == [
        ("王甲", phone(1), "石拐街道"),
        ("其其格", phone(2), "五当召镇"),
    ]
    assert roster.records[1].ethnic == "蒙古族"
    assert [(s.source.sheet, s.reason) for s in roster.skipped] == [
        ("统计", "没有“姓名”一列，不是名册")
    ]


def test_a_list_of_nothing_but_names(tmp_path):
    assert names(read(tmp_path, [["代表姓名"], ["王甲"], ["巴图"]])) == ["王甲", "巴图"]


def test_two_lines_of_headings_for_two_lines_of_every_person(tmp_path):
    rows = [
        ["姓名", "性别", "出生年月", "党派"],
        [None, "民族", "联系电话", "职务"],
        ["王甲", "男", "1960-05", "民盟"],
        [None, "回族", phone(1), "教师"],
        ["王乙", "女", "1961-05", "群众"],
        [None, "汉族", phone(2), "医生"],
    ]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    for row in (1, 3, 5):
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=1)
    book.save(tmp_path / "册.xlsx")

    first, second = read_roster(tmp_path / "册.xlsx").records

    assert (first.sex, first.ethnic, first.birth, first.phone) == (
        "男",
        "回族",
        "1960-05",
        phone(1),
    )
    assert (second.name, second.ethnic, second.job, second.party) == (
        "王乙",
        "汉族",
        "医生",
        "群众",
    )


def test_a_form_for_one_person_is_read_by_its_labels(tmp_path):
    form = [
        ["代表登记表"],
        ["姓名", "其其格", "性别", "女", "民族", "蒙古"],
        ["出生年月", "1978.05", "政治面貌", "群众", "职务", None],
        ["联系电话", phone(1), None, None],
    ]

    roster = read_roster(
        xlsx(tmp_path / "册.xlsx", {"其其格": form, "巴图": [["姓名", "巴图", "性别", "男"]]})
    )

    assert [(r.name, r.sex, r.birth, r.phone) for r in roster.records] == [
        ("其其格", "女", "1978-05", phone(1)),
        ("巴图", "男", None, None),
    ]


def test_a_file_without_names_says_how_to_help(tmp_path):
    path = xlsx(tmp_path / "册.xlsx", {"表": [["名目", "数"], ["甲", 1]]})

    with pytest.raises(UserError, match="找不到表头") as failure:
        read_roster(path)

    assert "姓名" in failure.value.hint


def test_the_user_says_what_the_columns_are(tmp_path):
    path = xlsx(
        tmp_path / "册.xlsx", {"表": [["甲栏", "乙栏"], ["王甲", phone(1)], ["巴图", phone(2)]]}
    )

    roster = read_roster(path, mapping={("表", 0): "name", ("表", 1): "phone"})

    assert [(r.name, r.phone) for r in roster.records] == [
        ("甲栏", None),
        ("王甲", phone(1)),
        ("巴图", phone(2)),
    ]
    assert roster.columns[0].header_row == 0


def test_the_user_corrects_what_a_heading_means(tmp_path):
    rows = [["姓名", "单位", "电话", "号"], ["王甲", "教师", phone(1), phone(2)]]
    path = xlsx(tmp_path / "册.xlsx", {"表": rows})

    before = read_roster(path)
    after = read_roster(
        path, mapping={("表", 1): "job", ("表", 2): "", ("表", 3): "phone", ("表", 9): "note"}
    )

    assert [(c.heading, c.field, c.sample) for c in before.columns[0].columns][:3] == [
        ("姓名", "name", "王甲"),
        ("单位", "employer", "教师"),
        ("电话", "phone", phone(1)),
    ]
    assert (after.records[0].job, after.records[0].phone) == ("教师", phone(2))
    assert after.records[0].note == f"电话：{phone(1)}"


def test_hidden_columns_are_read_only_if_no_visible_one_says_the_same(tmp_path):
    rows = [
        ["姓名", "电话", "身份证号", "联系电话", "内部"],
        ["王甲", phone(9), id_no("19600503"), phone(1), "x"],
    ]
    book, sheet = sheet_of(tmp_path / "册.xlsx", rows)
    for column in "BCE":
        sheet.column_dimensions[column].hidden = True
    book.save(tmp_path / "册.xlsx")

    (record,) = read_roster(tmp_path / "册.xlsx").records

    assert (record.phone, record.id_no, record.note) == (phone(1), id_no("19600503"), None)


def test_a_mobile_number_goes_before_a_landline(tmp_path):
    (record,) = read(
        tmp_path, [["姓名", "电话", "手机"], ["王甲", "0472-8700000", phone(1)]]
    ).records

    assert record.phone == phone(1)
    assert record.note == "电话另有：0472-8700000"


def test_columns_of_no_known_field_are_kept_in_the_note_but_not_the_age(tmp_path):
    rows = [["姓名", "年龄", "所在村", "备注", "代表证号"], ["王甲", 45, "缸房地村", "连任", "017"]]

    (record,) = read(tmp_path, rows).records

    assert record.note == "连任；所在村：缸房地村"
    assert record.certificate_no == "017"


def test_words_that_are_headings_elsewhere_do_not_make_a_header(tmp_path):
    rows = [
        ["代表"],
        ["代表", "共3名"],
        ["代表团", "姓名", "基本情况", None, "联系"],
        [None, None, "性别", "民族", None],
        ["甲", "王甲", "男", "汉族", "教师"],
    ]

    roster = read(tmp_path, rows)

    assert [(r.name, r.sex, r.ethnic, r.town) for r in roster.records] == [
        ("王甲", "男", "汉族", "甲")
    ]


def test_a_first_row_without_a_name_is_no_second_header_row(tmp_path):
    rows = [["姓名", "性别", "电话"], [None, None, phone(9)], ["王甲", "男", phone(1)]]

    roster = read(tmp_path, rows)

    assert names(roster) == ["王甲"]
    assert reasons(roster) == [(2, "没有姓名")]


def test_blocks_of_unlike_headings_begin_at_their_names(tmp_path):
    rows = [["序号", "姓名", "性别", "号", "姓名", "性别"], [1, "王甲", "男", 2, "王乙", "女"]]

    roster = read(tmp_path, rows)

    assert [(r.name, r.sex) for r in roster.records] == [("王甲", "男"), ("王乙", "女")]


def test_a_large_roster_is_read_in_time(tmp_path):
    rows = [
        (n, f"王{n // 1000}甲{n}", "男", "汉族", "1960-05", phone(n % 9999), None, None)
        for n in range(1500)
    ]

    assert len(read(tmp_path, [(*HEAD, "乡镇"), *rows]).records) == 1500
