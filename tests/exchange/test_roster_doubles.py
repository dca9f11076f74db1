"""People who stand in a roster twice, and people who only have the same name."""

from deputydesk.exchange.roster import read_roster
from tests.exchange.roster_books import answered, id_no, names, phone, read, reasons, xlsx

HEAD = ["序号", "姓名", "性别", "民族", "出生年月", "联系电话", "身份证号", "职务"]


def row(number, name, birth="1978-05", tel=1, job: str | None = "教师", sex="男", ident=None):
    return [number, name, sex, "汉族", birth, phone(tel) if tel else None, ident, job]


def test_an_exact_double_is_left_out_and_named(tmp_path):
    roster = read(tmp_path, [HEAD, row(1, "王强"), row(2, "李四", tel=2), row(3, "王 强")])

    assert names(roster) == ["王强", "李四"]
    assert reasons(roster) == [(4, "与第2行完全重复")]
    assert roster.questions == ()


def test_a_double_completes_what_the_first_row_does_not_say(tmp_path):
    rows = [HEAD, row(1, "王强", job=None), row(2, "王强", birth="1978-05-12")]

    (record,) = read(tmp_path, rows).records

    assert (record.job, record.birth) == ("教师", "1978-05-12")


def test_a_double_with_another_phone_is_asked_about(tmp_path):
    rows = [HEAD, row(1, "王强", tel=1), row(2, "王强", tel=2)]

    roster = read(tmp_path, rows)
    (question,) = roster.questions

    assert [record.phone for record in roster.records] == [None]
    assert reasons(roster) == [(3, "与第2行重复，联系电话不同，已合成一条")]
    assert [choice.value for choice in question.choices] == [phone(1), phone(2), "two", ""]
    assert [r.phone for r in read(tmp_path, rows, {question.id: phone(2)}).records] == [phone(2)]
    assert [r.phone for r in read(tmp_path, rows, {question.id: "two"}).records] == [
        phone(1),
        phone(2),
    ]
    assert [r.phone for r in read(tmp_path, rows, {question.id: ""}).records] == [None]


def test_one_id_number_is_one_person_whatever_else_differs(tmp_path):
    number = id_no("19780512")
    rows = [
        HEAD,
        row(1, "王强", tel=1, ident=number),
        row(2, "王强", tel=2, ident=number, job="书记"),
    ]

    roster = read(tmp_path, rows)

    assert len(roster.records) == 1
    assert (roster.records[0].phone, roster.records[0].job) == (None, None)
    assert all("two" not in [c.value for c in q.choices] for q in roster.questions)


def test_namesakes_are_two_people(tmp_path):
    rows = [
        HEAD,
        row(1, "王强", birth="1978-05", tel=1),
        row(2, "王强", birth="1981-07", tel=2),
        row(3, "王强", birth="1978-05", tel=3, sex="女"),
        row(4, "王强", birth="1990-01", tel=4, ident=id_no("19900101")),
        row(5, "王强", birth="1990-01", tel=4, ident=id_no("19900101", number=22)),
    ]

    roster = read(tmp_path, rows)

    assert len(roster.records) == 5
    assert roster.questions == ()


def test_namesakes_of_whom_nothing_else_is_known_are_asked_about(tmp_path):
    rows = [["姓名", "性别"], ["王强", "男"], ["王强", "男"]]

    roster = read(tmp_path, rows)

    assert names(roster) == ["王强", "王强"]
    assert names(read(tmp_path, rows, answered(roster, "same"))) == ["王强"]


def test_rows_alike_in_everything_are_doubles_even_without_a_number(tmp_path):
    rows = [["姓名", "性别", "民族", "党派", "职务"], *[["王强", "男", "汉", "民盟", "教师"]] * 2]

    assert names(read(tmp_path, rows)) == ["王强"]


def test_another_sheet_with_names_only_adds_to_the_people_known(tmp_path):
    path = xlsx(
        tmp_path / "册.xlsx",
        {
            "名册": [
                HEAD,
                row(1, "王强"),
                row(2, "李四", tel=2),
                row(3, "李四", birth="1960-01", tel=3),
            ],
            "分组": [["姓名", "乡镇"], ["王强", "五当召镇"], ["李四", "五当召镇"]],
        },
    )

    roster = read_roster(path)

    assert [(r.name, r.town) for r in roster.records] == [
        ("王强", "五当召镇"),
        ("李四", None),
        ("李四", None),
        ("李四", "五当召镇"),
    ]
    assert roster.skipped[-1].reason == "与工作表“名册”第2行是同一人，已合成一条"


def test_two_mandates_of_one_person_are_two_records(tmp_path):
    path = xlsx(
        tmp_path / "册.xlsx",
        {"区代表": [HEAD, row(1, "王强")], "镇代表": [HEAD, row(1, "王强")]},
    )
    rows = [["姓名", "层级", "电话"], ["王强", "区", phone(1)], ["王强", "市", phone(1)]]

    assert names(read_roster(path)) == ["王强", "王强"]
    assert [record.level for record in read(tmp_path, rows).records] == ["区", "市"]


def test_the_same_phone_of_two_names_is_no_double(tmp_path):
    assert names(read(tmp_path, [HEAD, row(1, "王强"), row(2, "李四")])) == ["王强", "李四"]


def test_one_person_struck_out_above_and_entered_anew_below_is_asked_about(tmp_path):
    rows = [[*HEAD, "备注"], [*row(1, "王强"), "辞职"], [*row(2, "王强"), None]]

    roster = read(tmp_path, rows)

    assert [record.status for record in roster.records] == [None]
    assert [question.field for question in roster.questions] == ["status"]
