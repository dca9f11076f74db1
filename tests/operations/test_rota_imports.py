import pytest

from deputydesk.errors import UserError
from deputydesk.models.choices import HomeLevel
from deputydesk.operations import rota_imports, rotas
from tests import make


@pytest.fixture
def homes(office):
    return (
        make.home(office),
        make.home(office, name="缸房地村人大代表之家", level=HomeLevel.VILLAGE),
    )


def read(office, text):
    return office.ask(rota_imports.read, text, make.TODAY)


def test_a_pasted_plan_is_understood_and_entered(office, homes):
    make.deputy(office, name="王伟")
    make.deputy(office, name="巴特尔·达来")
    text = (
        "日期\t代表之家\t代表\n"
        "2026-12-01\t五当召镇人大代表之家\t王伟、巴特尔•达来\n"
        "\n"
        "12月2日,缸房地村,王伟\n"
        "12.3 | 五当召镇 | 王伟"
    )

    report = office.do(rota_imports.enter, text=text)

    assert (report.entered, report.refused, report.text) == (3, (), "登记3天。")
    rows = office.ask(rotas.rows, make.TODAY)
    assert [(r.planned_on.day, r.home[:3], len(r.deputies)) for r in rows] == [
        (1, "五当召", 2),
        (2, "缸房地", 1),
        (3, "五当召", 1),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2026-12-01\t五当召镇", "缺少一列"),
        ("某天\t五当召镇\t王伟", "看不懂日期“某天”"),
        ("2026-12-01\t李家村\t王伟", "没有“李家村”这个家"),
        ("2026-12-01\t五当召镇\t赵六", "没有在任代表叫“赵六”"),
        ("2026-12-01\t五当召镇\t高娃", "有2名代表叫“高娃”"),
        ("2026-12-01\t五当召镇\t、", "没有写代表姓名"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(office, homes, line, sentence):
    for name in ("王伟", "高娃", "高娃"):
        make.deputy(office, name=name)

    [row] = read(office, line)

    assert sentence in row.error
    assert row.number == 1


def test_good_rows_are_entered_and_the_others_named_with_their_number(office, homes):
    make.deputy(office, name="王伟")
    text = (
        "2026-12-01\t五当召镇\t王伟\n2026-12-05\t五当召镇\t王伟\n"
        "2026-12-01\t五当召镇\t王伟\n12-02\t没有的家\t王伟"
    )

    report = office.do(rota_imports.enter, text=text)

    assert (report.entered, [row.number for row in report.refused]) == (1, [2, 3, 4])
    assert "建议改为2026年12月7日" in report.refused[0].error
    assert "已有安排" in report.refused[1].error
    assert report.text == "登记1天，3行没有登记。"


def test_nothing_pasted_is_said_and_two_homes_of_one_name_are_not_guessed(office, homes):
    make.home(office, name="五当召镇代表之家", level=HomeLevel.VILLAGE)

    assert "不止一家" in read(office, "12-01\t五当召镇\t王伟")[0].error
    with pytest.raises(UserError, match="没有可以登记的行"):
        office.do(rota_imports.enter, text="日期\t家\t姓名\n\n")
