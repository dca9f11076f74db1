"""What cells mean, and when they do not say it clearly."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.exchange.grid import Cell
from deputydesk.exchange.roster_birth import Habit, habit_of, read_birth
from deputydesk.exchange.roster_name import read_name
from deputydesk.exchange.roster_status import read_status, status_in
from deputydesk.exchange.roster_values import (
    ETHNIC_GROUPS,
    check_digit_fits,
    read_ethnic,
    read_id,
    read_party,
    read_phone,
    read_sex,
)
from tests.exchange.roster_books import answered, id_no, one, phone, read

PLAIN = Habit()


@pytest.mark.parametrize(
    "written",
    [
        "1978-05", "1978.05", "1978.5", "1978年5月", "1978年05月", "１９７８．０５",
        "１９７８年５月", "197805",
        "78.5", "78.05", "78年5月", "1978/5", "1978/05", "1978、5", "1978，05", "1978—05",
        "1978 . 05", "05/1978",
        "1978年5月生", "1978.05（46岁）", "一九七八年五月", "七八年五月", "May-78", "78-May",
        "'1978.05", "1978.05.",
        "公历1978年5月", 197805, 197805.0, 1978.05, 1978.5, 78.5, "7805", 7805,
    ],
)  # fmt: skip
def test_a_birth_month_in_all_its_spellings(written):
    assert read_birth(Cell(written), PLAIN).value == "1978-05"


@pytest.mark.parametrize(
    "written",
    [
        "1978-05-12", "1978.5.12", "1978年5月12日", "19780512", "780512", "1978/05/12 00:00:00",
        19780512, 28622,
        "28622", 28622.5, "5/12/1978", "12/05/1978", "一九七八年五月十二日",
    ],
)  # fmt: skip
def test_a_birthday_in_all_its_spellings(written):
    reading = read_birth(Cell(written), PLAIN)

    assert reading.value == "1978-05-12" or "1978-05-12" in reading.candidates


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        (1978.1, ("1978-01", "1978-10")),
        ("1978.1", ("1978-01", "1978-10")),
        ("78。1", ("1978-01", "1978-10")),
        ("5/6/1978", ("1978-05-06", "1978-06-05")),
        (19785, ("1978-05", "1954-03-02")),
        ("45岁", ()),
        (45, ()),
        ("1978", ()),
        (1978, ()),
        ("78年", ()),
        ("不记得", ()),
        ("1978.13", ()),
        ("1978-02-30", ()),
        ("15.3", ()),
        ("15.1", ()),
        ("2015-03", ()),
        (123, ()),
        (999, ()),
        ("13/14/1978", ()),
        ("Abc-78", ()),
        (datetime(1878, 5, 1), ()),
        (datetime(2060, 5, 1), ("1960-05-01",)),
        (1978.333, ()),
    ],
)
def test_a_birth_month_that_could_be_another_is_left_empty(written, candidates):
    reading = read_birth(Cell(written), PLAIN)

    assert reading.value is None
    assert reading.doubt
    assert reading.candidates == candidates


def test_month_and_day_that_can_be_told_apart_are():
    assert read_birth(Cell("5/13/1978"), PLAIN).value == "1978-05-13"
    assert read_birth(Cell("13-5-1978"), PLAIN).value == "1978-05-13"


def test_a_date_cell_that_hides_the_day_is_a_month():
    day = datetime(1978, 5, 1)

    assert read_birth(Cell(day, "yyyy-mm"), PLAIN).value == "1978-05"
    assert read_birth(Cell(day, 'yyyy"年"m"月"'), PLAIN).value == "1978-05"
    assert read_birth(Cell(day, "mmm-yy"), PLAIN).value == "1978-05"
    assert read_birth(Cell(day, "yyyy-mm-dd"), PLAIN).value == "1978-05-01"
    assert read_birth(Cell(datetime(1978, 5, 12), "yyyy-mm"), PLAIN).value == "1978-05-12"


def test_the_habits_of_a_column_tell_january_from_october():
    texts = habit_of([Cell("1978.1"), Cell("1980.10")], typed=True)
    csv = habit_of([Cell("1978.1"), Cell("1980.10")], typed=False)
    shown = habit_of([Cell(1978.1, "0.00"), Cell(1978.05, "0.00")], typed=True)
    mixed = habit_of([Cell(1978.1, "0.00"), Cell(1978.5, "0.00")], typed=True)

    assert read_birth(Cell("1978.1"), texts).value == "1978-01"
    assert read_birth(Cell(1978.1), texts).value is None
    assert read_birth(Cell("1978.1"), csv).value is None
    assert read_birth(Cell(1978.1, "0.00"), shown).value == "1978-10"
    assert read_birth(Cell(1978.1, "0.00"), mixed).value is None
    assert read_birth(Cell(1978.5, "0.00"), mixed).value == "1978-05"


def test_bare_days_of_excel_among_others_are_days():
    habit = habit_of([Cell(19785), Cell(28622), Cell("30001")], typed=True)

    assert read_birth(Cell(19785), habit).value == "1954-03-02"


@pytest.mark.parametrize(
    ("written", "day", "value"),
    [
        (1978.1, "19781012", "1978-10"),
        (1978.1, "19780112", "1978-01"),
        (1978.1, "19780512", None),
        ("45岁", "19780512", "1978-05-12"),
        ("1978", "19780512", "1978-05-12"),
        ("1978", "19790512", None),
        ("5/6/1978", "19780605", "1978-06-05"),
    ],
)
def test_the_id_number_decides_between_months(written, day, value):
    assert read_birth(Cell(written), PLAIN, day_in_id=day).value == value


@given(st.dates(datetime(1930, 1, 1).date(), datetime(2005, 12, 31).date()))
def test_any_month_reads_back_as_itself(day):
    month = f"{day:%Y-%m}"

    spellings = [
        month,
        f"{day:%Y年}{day.month}月",
        f"{day:%Y.%m}",
        f"{day:%Y%m}",
        f"{day:%y}年{day.month}月",
    ]

    assert {read_birth(Cell(text), PLAIN).value for text in spellings} == {month}
    assert read_birth(Cell(float(f"{day.year}.{day.month}")), PLAIN).value in {None, month}


@pytest.mark.parametrize(
    "written",
    [
        14000000001, 14000000001.0, "14000000001", "140 0000 0001", "140-0000-0001",
        "１４００００００００１",
        "'14000000001", "+86 14000000001", "8614000000001", "1.4000000001E+10", "14000000001.0",
        "手机：14000000001",
        "\u200b14000000001\u00a0", "86-14000000001",
    ],
)  # fmt: skip
def test_a_mobile_number_in_all_its_spellings(written):
    assert read_phone(Cell(written)).value == "14000000001"


@pytest.mark.parametrize(
    ("written", "value", "rest"),
    [
        ("14000000001/14000000002", "14000000001", "14000000002"),
        ("14000000001、0472-8700000", "14000000001", "0472-8700000"),
        ("0472-8700000；14000000001", "14000000001", "0472-8700000"),
        ("14000000001 14000000002", "14000000001", "14000000002"),
        ("1400000000114000000002", "14000000001", "14000000002"),
        ("14000000001\n14000000002", "14000000001", "14000000002"),
        ("14000000001（王秘书）", "14000000001", "王秘书"),
        ("(0472)8700000", "0472-8700000", ""),
        ("0472-8700000转808", "0472-8700000转808", ""),
        ("8700000", "8700000", ""),
        (8700000, "8700000", ""),
    ],
)
def test_several_numbers_and_landlines(written, value, rest):
    reading = read_phone(Cell(written))

    assert (reading.value, reading.rest) == (value, rest)


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("1400000000", ("0140-0000000",)),
        (4728700000, ("0472-8700000",)),
        ("140000000012", ()),
        ("1.4E+10", ()),
        (1.5, ()),
        ("打村委会", ()),
    ],
)
def test_a_phone_number_that_cannot_be_one_is_left_empty(written, candidates):
    reading = read_phone(Cell(written))

    assert reading.value is None
    assert reading.doubt
    assert reading.candidates == candidates


def test_an_id_number_in_all_its_spellings():
    good = id_no("19800122", "男", 66)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in good)
    spellings = [good, wide, f"'{good}", f" {good[:6]} {good[6:14]} {good[14:]} ", f"\t{good}"]

    assert {read_id(Cell(text)).value for text in spellings} == {good}
    assert read_id(Cell(f"{good[:6]}-{good[6:14]}-{good[14:]}")).value == good


def test_an_id_number_ending_in_any_x():
    good = next(n for n in (id_no("19800122", "男", k) for k in range(99)) if n.endswith("X"))

    for letter in "xXｘＸ×хХ*":
        expected = None if letter == "*" else good
        assert read_id(Cell(good[:-1] + letter)).value == expected


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (150299197308124032, "末几位已经丢失"),
        (1.50299197308124e17, "末几位已经丢失"),
        ("1.50299E+17", "末几位已经丢失"),
        ("150299197308124000", "末几位已经丢失"),
        ("150299197308124033", "校验码不对"),
        ("150299197313124033", "校验码不对"),
        ("15029919730812403", "17位"),
        ("150299730812403", "15位"),
        (12345, "只有5位"),
    ],
)
def test_an_id_number_that_cannot_be_one_is_left_empty(written, said):
    reading = read_id(Cell(written))

    assert reading.value is None
    assert said in reading.doubt


def test_an_id_number_whose_last_three_digits_may_be_lost_is_asked_about():
    odd = next(n for n in (id_no("19800122", "男", k) for k in range(99)) if n[-1] == "0")
    lost = next(
        text
        for month in range(1, 13)
        for day in range(1, 28)
        for region in range(100, 999)
        if check_digit_fits(text := f"150{region}1980{month:02}{day:02}1000")
    )

    assert read_id(Cell(odd)).value == odd
    assert read_id(Cell(lost)).candidates == (lost,)


def test_an_id_number_with_stars_says_nothing():
    assert read_id(Cell("150299********4032")) == read_id(Cell("150299********4032"))
    assert read_id(Cell("150299********4032")).doubt == ""


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_of_an_id_number_is_noticed(place, change):
    good = id_no("19780512")
    digit = int(good[place]) if good[place] != "X" else 10
    wrong = good[:place] + str((digit + change) % 10) + good[place + 1 :]

    assert wrong == good or not check_digit_fits(wrong)


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("男", "男"),
        ("女性", "女"),
        ("F", "女"),
        ("男 √ 女 □", "男"),
        ("□男 ☑女", "女"),
        (" 女 ", "女"),
    ],
)
def test_sex(written, sex):
    assert read_sex(Cell(written)).value == sex


def test_sex_that_is_none_is_asked_about():
    assert read_sex(Cell("1")).candidates == ("男", "女")


def test_all_56_groups_by_their_names_and_short_forms():
    assert len(ETHNIC_GROUPS) == 56
    assert all(read_ethnic(Cell(group)).value == group for group in ETHNIC_GROUPS)
    assert all(read_ethnic(Cell(g.removesuffix("族"))).value == g for g in ETHNIC_GROUPS)
    assert read_ethnic(Cell("蒙")).value == "蒙古族"
    assert read_ethnic(Cell("鄂")).doubt
    assert read_ethnic(Cell("蒙古簇")).doubt


def test_parties():
    assert [read_party(Cell(text)).value for text in ("党员", "中共", "预备党员", "民盟")] == [
        "中共党员",
        "中共党员",
        "中共预备党员",
        "民盟",
    ]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("辞职", "辞职"), ("已辞职", "辞职"), ("2023年3月辞职", "辞职"),
        ("2023.3因个人原因辞去代表职务", "辞职"),
        ("2022年12月因工作调动辞去区人大代表职务", "辞职"), ("因病去世", "去世"),
        ("已故", "去世"), ("病故", "去世"),
        ("调离本区", "调离"), ("调往包头市", "调离"), ("迁出本镇", "迁出"), ("被罢免", "罢免"),
        ("代表资格终止", "终止"),
        ("暂停执行代表职务", "暂停"), ("2024年5月去世，代表资格自行终止", "去世"),
    ],
)  # fmt: skip
def test_a_remark_that_says_who_is_no_longer_in_office(written, status):
    assert status_in(written).value == status


@pytest.mark.parametrize("written", ["补选", "连任", "原区长", "2023年1月补选产生", "十六届代表"])
def test_a_remark_that_says_nothing_of_it(written):
    assert status_in(written).value is None
    assert status_in(written).doubt == ""


@pytest.mark.parametrize(
    "written", ["接替张三（辞职）", "拟辞职", "辞去村主任职务", "张三辞职后补选", "工作调动"]
)
def test_a_remark_that_may_speak_of_something_else_is_a_doubt(written):
    assert status_in(written).value is None
    assert status_in(written).doubt


def test_a_column_of_states():
    assert read_status("在任").value == "在任"
    assert read_status("是").value == "在任"
    assert read_status("已辞职").value == "辞职"
    assert read_status("离任").doubt


@pytest.mark.parametrize(
    ("written", "name", "facts", "notes"),
    [
        ("张  三", "张三", {}, ()),
        ("张\u3000三", "张三", {}, ()),
        ("张\u200b三\ufeff", "张三", {}, ()),
        ("额尔德尼•毕力格", "额尔德尼·毕力格", {}, ()),
        ("其其格（女，蒙古族）", "其其格", {"sex": "女", "ethnic": "蒙古族"}, ()),
        ("其其格(女、蒙)", "其其格", {"sex": "女", "ethnic": "蒙古族"}, ()),
        ("马 丽 （女回族）", "马丽", {"sex": "女", "ethnic": "回族"}, ()),
        ("马丽〔女", "马丽", {"sex": "女"}, ()),
        ("马丽芳 女 回族", "马丽芳", {"sex": "女", "ethnic": "回族"}, ()),
        ("李\n女", "李女", {}, ()),
        ("张三（男性）", "张三", {"sex": "男"}, ()),
        ("张三（党员）", "张三", {"party": "中共党员"}, ()),
        ("张三（大）", "张三", {}, ("姓名旁注：大",)),
        ("△张三", "张三", {}, ("姓名带“△”标记",)),
        ("3.张三", "张三", {}, ()),
        ("𬱖𫖮*", "𬱖𫖮", {}, ("姓名带“*”标记",)),
    ],
)
def test_names_and_what_stands_beside_them(written, name, facts, notes):
    named = read_name(Cell(written))

    assert (named.name, named.facts, named.notes) == (name, facts, notes)


def test_a_state_beside_the_name(tmp_path):
    roster = read(tmp_path, [["姓名", "性别"], ["张三（已辞职）", "男"]])

    assert roster.records[0].status == "辞职"


def test_the_id_number_tells_sex_and_birth_where_the_list_does_not(tmp_path):
    record = one(tmp_path, "身份证号", id_no("19780512", "女"), ("出生年月", "45岁"))

    assert (record.sex, record.birth) == ("女", "1978-05-12")


def test_an_id_number_that_lost_its_end_still_tells_january_from_october(tmp_path):
    record = one(tmp_path, "身份证号", 150299197810124000, ("出生年月", 1978.1))

    assert (record.birth, record.id_no) == ("1978-10", None)


def test_contradictions_with_the_id_number_are_asked_about(tmp_path):
    rows = [
        ["姓名", "性别", "出生年月", "身份证号"],
        ["王甲", "女", "1978-06", id_no("19780512", "男")],
    ]

    roster = read(tmp_path, rows)
    sex, birth = roster.questions[1], roster.questions[0]
    again = read(tmp_path, rows, {sex.id: "男", birth.id: "1978-06"})

    assert (roster.records[0].sex, roster.records[0].birth) == (None, None)
    assert [choice.value for choice in sex.choices] == ["女", "男", ""]
    assert [choice.value for choice in birth.choices] == ["1978-06", "1978-05-12", ""]
    assert (again.records[0].sex, again.records[0].birth) == ("男", "1978-06")
    assert again.questions == ()


def test_a_column_and_a_note_that_contradict_each_other_are_asked_about(tmp_path):
    roster = read(tmp_path, [["姓名", "民族"], ["其其格（蒙古族）", "汉族"]])

    assert roster.records[0].ethnic is None
    assert "不一致" in roster.questions[0].text


def test_those_of_whom_nothing_is_noted_are_asked_about_once(tmp_path):
    rows = [
        ["姓名", "职务"],
        ["王甲", "教师"],
        ["其其格（女，蒙古族）", "医生"],
        ["王乙（女）", "教师"],
    ]

    roster = read(tmp_path, rows)
    again = read(tmp_path, rows, answered(roster, "汉族", "ethnic") | answered(roster, "男", "sex"))

    assert [(r.sex, r.ethnic) for r in roster.records] == [
        (None, None),
        ("女", "蒙古族"),
        ("女", None),
    ]
    assert len(roster.questions) == 2
    assert [(r.sex, r.ethnic) for r in again.records] == [
        ("男", "汉族"),
        ("女", "蒙古族"),
        ("女", "汉族"),
    ]


def test_answers_typed_in_are_read_like_cells(tmp_path):
    rows = [
        ["姓名", "出生年月", "电话", "身份证号"],
        ["王甲", "45岁", "140", None],
        ["王乙", None, None, "123"],
    ]
    roster = read(tmp_path, rows)
    typed = {"birth": "1978年5月", "phone": "140 0000 0001", "id_no": id_no("19780512")}

    first, second = read(tmp_path, rows, {q.id: typed[q.field] for q in roster.questions}).records

    assert (first.birth, first.phone) == ("1978-05", phone(1))
    assert (second.birth, second.id_no) == ("1978-05-12", id_no("19780512"))


def test_an_empty_answer_leaves_the_field_empty(tmp_path):
    rows = [["姓名", "出生年月"], ["王甲", "1978.1"]]
    roster = read(tmp_path, rows)

    again = read(tmp_path, rows, answered(roster, ""))

    assert again.records[0].birth is None
    assert again.questions == ()


def test_states_that_contradict_each_other_are_asked_about(tmp_path):
    rows = [
        ["姓名", "状态", "备注"],
        ["王甲", "在任", "2023年辞职"],
        ["王乙", "离任", None],
        ["王丙", "已辞职", "辞职"],
    ]

    roster = read(tmp_path, rows)

    assert [record.status for record in roster.records] == [None, None, "辞职"]
    assert "不一致" in roster.questions[0].text
    assert roster.records[2].note == "辞职；状态：已辞职"


def test_employer_and_post_make_the_job(tmp_path):
    rows = [
        ["姓名", "工作单位", "职务"],
        ["王甲", "区住建局", "副局长"],
        ["王乙", "某镇", "某镇镇长"],
        ["王丙", "某厂", "无"],
    ]

    assert [record.job for record in read(tmp_path, rows).records] == [
        "区住建局副局长",
        "某镇镇长",
        "某厂",
    ]
