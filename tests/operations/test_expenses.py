from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.activity import ActivityKind
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import EndReason, Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import (
    activities,
    budgets,
    deputies,
    expense_rates,
    expense_shares,
    expenses,
    funds,
    local_rules,
    subsidies,
)
from deputydesk.operations.participants import Attendee
from tests import make

DAY = date(2026, 11, 2)
YUAN = 100


@pytest.fixture
def deputy(office):
    return make.deputy(office)


@pytest.fixture
def rate(office, deputy):
    """2000 元 for the one township deputy."""
    return set_rate(office)


def set_rate(office, **changed):
    good = {"year": 2026, "level": Level.TOWN, "per_head": 2000 * YUAN}
    return office.do(expense_rates.save, **(good | changed))


def add_fund(office, **changed):
    good = {"year": 2026, "name": "代表之家建设", "amount": 500 * YUAN}
    return office.do(funds.save, **(good | changed))


def spend(office, amount=100, **changed):
    good = {
        "spent_on": DAY,
        "kind": ExpenseKind.ACTIVITY,
        "content": "租车",
        "amount": amount * YUAN,
    }
    return office.do(expenses.save, **(good | changed))


def pay(office, mandate, half_days=1, *, amount=0, **changed):
    return spend(
        office,
        amount,
        kind=ExpenseKind.SUBSIDY,
        mandate_id=mandate,
        half_days=half_days,
        **changed,
    )


def allow(office, per_half_day=50.0):
    office.do(
        local_rules.adopt,
        kind=expense_rates.SUBSIDY,
        name="每半天",
        valid_from=date(2026, 1, 1),
        rule={"per_half_day": per_half_day},
    )


def event(office, *attendees, ended_on=None):
    return office.do(
        activities.save,
        kind=ActivityKind.INSPECTION,
        name="视察",
        held_on=DAY,
        ended_on=ended_on,
        attendees=attendees,
    )


def balance(office, level=Level.TOWN):
    return office.ask(expense_rates.balance, 2026, level, make.TODAY)


def test_the_budget_counts_mandates_of_the_level_at_the_end_of_the_year(office, rate):
    person = office.ask(deputies.rows)[0].person_id
    office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)  # counts there, too
    gone, late = make.deputy(office, name="高娃"), date(2027, 1, 5)
    office.do(deputies.add, name="丁一", level=Level.TOWN, started_on=late)
    office.do(
        deputies.end_mandate, mandate_id=gone, ended_on=date(2026, 6, 1), reason=EndReason.MOVED
    )
    set_rate(office, level=Level.DISTRICT, per_head=2500 * YUAN, source="区财政")

    found = office.ask(expense_rates.rows, 2026, make.TODAY)

    assert [(r.level, r.heads, r.budget) for r in found] == [
        (Level.TOWN, 1, 2000 * YUAN),
        (Level.DISTRICT, 1, 2500 * YUAN),
    ]


def test_the_approved_headcount_takes_the_place_of_the_count(office, rate):
    set_rate(office, record_id=rate, headcount=60)

    [row] = office.ask(expense_rates.rows, None, make.TODAY)
    assert (row.heads, row.budget, row.spent, row.left) == (60, 120_000 * YUAN, 0, 120_000 * YUAN)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"year": 26}, "year", "2000到2100之间"),
        ({"per_head": 0}, "per_head", "大于0"),
        ({"headcount": -1}, "headcount", "不能小于0"),
        ({}, "level", "已经登记过2026年苏木乡镇代表的经费标准"),
    ],
)
def test_a_wrong_rate_is_refused(office, rate, changed, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        set_rate(office, **changed)

    assert error.value.field == field


def test_rates_are_removed_and_come_back(office, rate):
    second = set_rate(office, level=Level.DISTRICT)

    office.do(expense_rates.remove, ids=(rate,))
    assert office.undo().about == "2026年苏木乡镇"
    office.do(expense_rates.remove, ids=(rate, second))
    assert office.ask(expense_rates.rows, 2026, make.TODAY) == []
    assert balance(office) is None


def test_an_expense_takes_from_its_level_and_is_numbered_by_year(office, rate):
    made = spend(office, 300, voucher_no="记-12", payee="客运公司")

    [row] = office.ask(expenses.rows, 2026, level=Level.TOWN)
    assert (row.id, row.number, row.voucher_no) == (made, 1, "记-12")
    assert row.charged_to == "苏木乡镇代表经费"
    assert (balance(office).spent, balance(office).left) == (300 * YUAN, 1700 * YUAN)
    assert office.ask(expenses.rows, 2025) == []
    assert office.ask(expenses.rows, fund_id="x") == []


def test_an_expense_over_the_budget_is_refused_unless_it_says_why(office, rate):
    spend(office, 1900)

    with pytest.raises(FieldError) as error:
        spend(office, 250)
    assert error.value.field == "amount"
    assert str(error.value) == (
        "2026年苏木乡镇代表经费还剩100元，这笔支出超出150元。"
        "确需支出的，请在“超支说明”中写明理由和依据。"
    )
    assert len(office.ask(expenses.rows)) == 1

    spend(office, 250, over_reason="主席团会议同意追加")
    spend_all = balance(office)
    assert (spend_all.left, office.ask(expenses.rows)[0].over_reason) == (
        -150 * YUAN,
        "主席团会议同意追加",
    )


def test_what_is_left_to_the_fen_may_be_spent(office, rate):
    office.do(expenses.save, spent_on=DAY, kind=ExpenseKind.OTHER, content="租车", amount=199_999)
    with pytest.raises(FieldError, match="还剩0.01元，这笔支出超出0.01元"):
        office.do(expenses.save, spent_on=DAY, kind=ExpenseKind.OTHER, content="邮资", amount=2)

    office.do(expenses.save, spent_on=DAY, kind=ExpenseKind.OTHER, content="邮资", amount=1)

    assert balance(office).left == 0


def test_a_changed_expense_does_not_count_twice(office, rate):
    made = spend(office, 1900)

    spend(office, 2000, record_id=made)
    with pytest.raises(FieldError, match="还剩2,000元，这笔支出超出1元"):
        spend(office, 2001, record_id=made)

    assert (balance(office).left, office.ask(expenses.rows)[0].number) == (0, 1)


def test_an_expense_moved_to_another_year_is_held_against_that_year(office, rate):
    made = spend(office, 1900)
    set_rate(office, year=2025, per_head=1000 * YUAN)

    with pytest.raises(FieldError, match="2025年苏木乡镇代表经费还剩1,000元"):
        spend(office, 1900, record_id=made, spent_on=date(2025, 12, 1))

    spend(office, 900, record_id=made, spent_on=date(2025, 12, 1))
    assert office.ask(expenses.rows, 2025)[0].number == 1


def test_without_a_rate_nobody_knows_what_is_left(office):
    with pytest.raises(FieldError, match="还没有登记2026年苏木乡镇代表经费的标准") as error:
        spend(office)

    assert error.value.field == "level"
    spend(office, over_reason="标准未定，先行支出")


def test_a_fund_pays_until_it_is_empty(office):
    fund = add_fund(office)
    spend(office, 450, fund_id=fund)

    with pytest.raises(FieldError, match="“代表之家建设”还剩50元，这笔支出超出10元"):
        spend(office, 60, fund_id=fund)

    spend(office, 50, fund_id=fund)
    [row] = office.ask(funds.rows, 2026)
    assert (row.spent, row.left) == (500 * YUAN, 0)
    assert office.ask(expenses.rows, fund_id=fund)[0].charged_to == "代表之家建设"


def test_a_fund_is_of_its_year_and_stays_while_it_was_used(office):
    fund, unused = add_fund(office), add_fund(office, name="培训")
    used = add_fund(office, record_id=unused, name="代表培训", year=2025)
    spend(office, 1, fund_id=fund)

    with pytest.raises(FieldError, match="是2026年度的经费"):
        spend(office, 1, fund_id=fund, spent_on=date(2025, 5, 1))
    with pytest.raises(UserError, match="“代表之家建设”已有支出，不能删除"):
        office.do(funds.remove, ids=(fund,))
    office.do(funds.remove, ids=(used,))
    assert office.undo().about == "代表培训"
    assert [f.name for f in office.ask(funds.rows)] == ["代表之家建设", "代表培训"]


@pytest.mark.parametrize(
    ("changed", "field"), [({"year": 1}, "year"), ({"name": ""}, "name"), ({"amount": 0}, "amount")]
)
def test_a_wrong_fund_is_refused(office, changed, field):
    with pytest.raises(FieldError) as error:
        add_fund(office, **changed)

    assert error.value.field == field


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"spent_on": date(2026, 11, 24)}, "spent_on", "不能晚于今天"),
        ({"content": " "}, "content", "请填写事由"),
        ({"amount": 0}, "amount", "大于0"),
        ({"amount": -1}, "amount", "大于0"),
        ({"fund_id": "gone"}, "fund_id", "请选择专项经费"),
        ({"event_id": "gone"}, "event_id", "请选择活动"),
        ({"mandate_id": "gone"}, "mandate_id", "请选择代表"),
        ({"half_days": 1}, "half_days", "只有误工补贴"),
    ],
)
def test_a_wrong_expense_is_refused(office, rate, changed, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        spend(office, **changed)

    assert error.value.field == field
    assert office.ask(expenses.rows) == []


def test_a_subsidy_is_half_days_times_the_rate_in_force(office, rate, deputy):
    allow(office, 50.5)

    pay(office, deputy, 2)

    [row] = office.ask(expenses.rows, mandate_id=deputy)
    assert (row.amount, row.deputy, row.half_days) == (101 * YUAN, "王伟", 2)
    with pytest.raises(FieldError, match="每半天50.50元，1个半天应为50.50元"):
        pay(office, deputy, 1, spent_on=date(2026, 11, 3), amount=60)


def test_without_a_rule_the_amount_is_typed(office, rate, deputy):
    with pytest.raises(FieldError, match="请填写金额"):
        pay(office, deputy)

    pay(office, deputy, amount=80)
    assert office.ask(expenses.rows)[0].amount == 80 * YUAN


def test_who_has_a_fixed_income_gets_no_subsidy(office, rate, deputy):
    office.do(subsidies.mark_secure, mandate_id=deputy)

    with pytest.raises(FieldError, match="王伟有固定工资收入，不发误工补贴") as error:
        pay(office, deputy, amount=50)
    assert error.value.field == "mandate_id"

    office.do(subsidies.mark_insecure, mandate_id=deputy)
    pay(office, deputy, amount=50)


def test_a_subsidy_is_for_no_more_half_days_than_the_event_has_and_paid_once(office, rate, deputy):
    held = event(office, Attendee(deputy, half_days=4), ended_on=date(2026, 11, 3))

    for half_days in (0, 5):
        with pytest.raises(FieldError, match="误工半天数应在1到4之间"):
            pay(office, deputy, half_days, amount=50, event_id=held)
    made = pay(office, deputy, 4, amount=200, event_id=held)
    with pytest.raises(FieldError, match="已经发放（第1号）"):
        pay(office, deputy, 1, amount=50, event_id=held)

    pay(office, deputy, 3, amount=150, event_id=held, record_id=made)
    assert office.ask(expenses.rows)[0].event == "视察"


def test_without_an_event_a_day_has_two_half_days(office, rate, deputy):
    with pytest.raises(FieldError, match="1到2之间。几天的补贴请选择活动"):
        pay(office, deputy, 3, amount=50)
    pay(office, deputy, 1, amount=50)

    with pytest.raises(FieldError, match="已发1个半天"):
        pay(office, deputy, 2, amount=100)
    pay(office, deputy, 2, amount=100, spent_on=date(2026, 11, 3))


def test_everybody_of_an_event_is_paid_at_once(office, rate, deputy):
    names = ("高娃", "丁一", "李娜")
    secure, away, none = (make.deputy(office, name=name) for name in names)
    office.do(subsidies.mark_secure, mandate_id=secure)
    held = event(
        office,
        Attendee(deputy, half_days=2),
        Attendee(secure, half_days=2),
        Attendee(away, Presence.LEAVE),
        Attendee(none),
    )
    with pytest.raises(UserError, match="还没有登记误工补贴标准"):
        office.do(subsidies.pay, event_id=held)
    allow(office)

    assert office.do(subsidies.pay, event_id=held, approved_by="苏和") == 1

    [row] = office.ask(expenses.rows)
    assert (row.deputy, row.amount, row.content) == ("王伟", 100 * YUAN, "误工补贴：视察")
    with pytest.raises(UserError, match="没有要发放的代表"):
        office.do(subsidies.pay, event_id=held)
    assert office.undo().about == "视察 1名 100元"
    assert office.ask(expenses.rows) == []


def test_paying_everybody_is_all_or_nothing(office, deputy):
    allow(office, 600)
    set_rate(office, headcount=1, per_head=1000 * YUAN)
    other = make.deputy(office, name="高娃")
    held = event(office, Attendee(deputy, half_days=1), Attendee(other, half_days=1))

    with pytest.raises(FieldError, match="超出200元"):
        office.do(subsidies.pay, event_id=held)

    assert office.ask(expenses.rows) == []


def test_what_each_deputy_had_in_a_year_is_listed(office, rate, deputy):
    former = make.deputy(office, name="高娃")
    idle = make.deputy(office, name="丁一")
    office.do(subsidies.mark_secure, mandate_id=idle)
    pay(office, deputy, 2, amount=100)
    pay(office, deputy, 1, amount=50, spent_on=date(2026, 11, 3))
    pay(office, former, 1, amount=50)
    for gone in (former, make.deputy(office, name="李娜")):
        office.do(deputies.end_mandate, mandate_id=gone, ended_on=DAY, reason=EndReason.RESIGNED)

    found = {r.name: r for r in office.ask(subsidies.rows, 2026)}

    assert (found["王伟"].times, found["王伟"].half_days, found["王伟"].amount) == (
        2,
        3,
        150 * YUAN,
    )
    assert found["丁一"].fixed_income
    assert found["丁一"].amount == 0
    assert set(found) == {"王伟", "高娃", "丁一"}
    assert sum(r.amount for r in office.ask(subsidies.rows, 2025)) == 0


def test_a_deputy_of_two_levels_is_listed_once_with_what_was_paid_for_either(office, rate, deputy):
    person = office.ask(deputies.one, deputy).person_id
    main = office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT, main=True)
    pay(office, deputy, 1, amount=50)

    [row] = office.ask(subsidies.rows, 2026)

    assert (row.id, row.times, row.amount) == (main, 1, 50 * YUAN)


def test_a_deputy_of_two_levels_is_not_paid_for_either_on_one_day(office, rate, deputy):
    set_rate(office, level=Level.DISTRICT)
    person = office.ask(deputies.one, deputy).person_id
    other = office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)
    pay(office, deputy, 2, amount=100)

    with pytest.raises(FieldError, match="这名代表这一天已发2个半天"):
        pay(office, other, 1, amount=50)


def test_a_bill_is_divided_among_the_levels_to_the_fen(office, rate, deputy):
    made = office.do(
        deputies.add_mandate,
        person_id=office.ask(deputies.one, deputy).person_id,
        level=Level.DISTRICT,
    )
    others = [make.deputy(office, name=n, level=Level.DISTRICT) for n in ("高娃", "丁一")]
    set_rate(office, level=Level.DISTRICT)
    held = event(office, Attendee(deputy), *(Attendee(other) for other in others))
    whole = spend(office, 100, event_id=held, voucher_no="记-3")

    assert office.do(expense_shares.divide, expense_id=whole) == 2

    found = {x.level: x for x in office.ask(expenses.rows)}
    assert (found[Level.TOWN].amount, found[Level.DISTRICT].amount) == (3333, 6667)
    assert found[Level.TOWN].id == whole
    assert {x.voucher_no for x in found.values()} == {"记-3"}
    assert office.undo().about == "租车 100元"
    assert made
    assert [x.amount for x in office.ask(expenses.rows)] == [100 * YUAN]


def test_what_cannot_be_divided_says_what_can(office, rate, deputy):
    alone = spend(office, 100, event_id=event(office, Attendee(deputy)))

    for expense in (alone, spend(office, 100)):
        with pytest.raises(UserError, match="不能分摊"):
            office.do(expense_shares.divide, expense_id=expense)


def test_the_year_at_a_glance_adds_up(office, rate):
    fund, old = add_fund(office), add_fund(office, name="结转", year=2025)
    add_fund(office, name="往年", year=2025)
    spend(office, 300)
    spend(office, 1800, over_reason="追加")
    spend(office, 20, fund_id=old)
    spend(office, 600, fund_id=fund, over_reason="追加")

    found = office.ask(budgets.rows, 2026, make.TODAY)

    assert [(b.name, b.budget, b.spent, b.left, b.overspent) for b in found] == [
        ("苏木乡镇代表经费", 2000 * YUAN, 2100 * YUAN, -100 * YUAN, 1),
        ("代表之家建设", 500 * YUAN, 600 * YUAN, -100 * YUAN, 1),
        ("结转", 500 * YUAN, 20 * YUAN, 480 * YUAN, 0),
    ]
    assert found[0].used.text == "105%（210000/200000）"
    assert sum(b.spent for b in found) == sum(x.amount for x in office.ask(expenses.rows, 2026))


def test_expenses_are_removed_and_come_back(office, rate):
    made = spend(office)

    office.do(expenses.remove, ids=(made,))
    assert balance(office).spent == 0

    assert office.undo().about == "租车"
    assert balance(office).spent == 100 * YUAN
