from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import HomeLevel
from deputydesk.operations import home_checks, local_rules
from deputydesk.operations.home_checks import Finding
from tests import make

DAY = date(2026, 3, 5)


@pytest.fixture
def home(office):
    return make.home(office)


def check(office, home, *findings, on=DAY):
    office.do(home_checks.check, home_id=home, checked_on=on, findings=findings)


def state(office, day=make.TODAY):
    return office.ask(home_checks.states, day)[0]


def test_a_home_is_checked_item_by_item(office, home):
    assert (state(office).share.text, len(state(office).unchecked)) == ("0%（0/8）", 8)

    check(
        office,
        home,
        Finding("有固定场所", passed=True, evidence="60平方米，照片"),
        Finding("有规范标识", passed=False, note="没有牌匾"),
    )

    now = state(office)
    assert now.share.text == "12.5%（1/8）"
    assert (now.missing, len(now.unchecked), now.checked_on) == (("有规范标识",), 6, DAY)
    assert now.items[0].evidence == "60平方米，照片"
    assert now.items[1].note == "没有牌匾"
    assert office.undo().about == "五当召镇人大代表之家 1/2项"


def test_the_newest_check_counts_and_earlier_ones_stay(office, home):
    check(office, home, Finding("有规范标识", passed=False))
    check(office, home, Finding("有规范标识", passed=True, evidence="已挂牌"), on=date(2026, 6, 1))

    assert state(office).items[1].passed
    assert state(office, date(2026, 5, 31)).missing == ("有规范标识",)
    assert [(r.checked_on, r.passed) for r in office.ask(home_checks.rows, home)] == [
        (date(2026, 6, 1), True),
        (DAY, False),
    ]
    assert office.ask(home_checks.rows, "other") == []


def test_a_second_check_of_the_day_corrects_the_first(office, home):
    check(office, home, Finding("有规范标识", passed=False))
    check(office, home, Finding("有规范标识", passed=True, evidence="看错了"))

    [row] = office.ask(home_checks.rows)
    assert (row.passed, row.evidence, row.home) == (True, "看错了", "五当召镇人大代表之家")
    office.do(home_checks.remove, ids=(row.id,))
    assert state(office).share.numerator == 0


def test_another_checklist_holds_from_its_day_and_earlier_checks_stay_as_they_were(office, home):
    check(office, home, Finding("有固定场所", passed=True, evidence="有"))
    office.do(
        local_rules.adopt,
        kind=home_checks.CHECKLIST,
        name="本镇五有",
        valid_from=date(2026, 7, 1),
        rule={"items": [{"name": "有固定场所"}, {"name": "有手机"}]},
    )

    assert state(office, date(2026, 6, 30)).share.text == "12.5%（1/8）"
    assert state(office, date(2026, 7, 1)).share.text == "50%（1/2）"
    with pytest.raises(FieldError, match="“有规范标识”不在检查清单里"):
        check(office, home, Finding("有规范标识", passed=False), on=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("findings", "on", "sentence"),
    [
        ((Finding("有固定场所", passed=True, evidence=" "),), DAY, "“有固定场所”达标，请写依据"),
        ((), DAY, "请至少检查一项"),
        ((Finding("有固定场所", passed=False),), date(2026, 11, 24), "不能晚于今天"),
    ],
)
def test_a_check_that_cannot_be_is_refused(office, home, findings, on, sentence):
    with pytest.raises(FieldError, match=sentence):
        check(office, home, *findings, on=on)

    assert office.ask(home_checks.rows) == []


def test_homes_stand_by_level_and_one_can_be_asked(office, home):
    village = make.home(office, name="缸房地村人大代表之家", level=HomeLevel.VILLAGE)

    assert [s.id for s in office.ask(home_checks.states, DAY)] == [home, village]
    assert [s.id for s in office.ask(home_checks.states, DAY, village)] == [village]
    assert state(office).checked_on is None
