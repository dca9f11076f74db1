from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import project_payments, projects
from tests.operations.project_case import WAN, building, project


def pay(office, project_id, wan, **changed):
    values = {"paid_on": date(2026, 5, 1), "amount": wan * WAN} | changed
    return office.do(project_payments.save, project_id=project_id, **values)


def test_payments_add_up_to_the_share_paid(office):
    made = building(office, budget=200 * WAN)
    pay(office, made, 50, voucher_no="记-12")
    pay(office, made, 110, paid_on=date(2026, 8, 1))

    later, earlier = office.ask(project_payments.rows, 2026)

    assert (earlier.rate.text, later.rate.text) == (
        "25%（50000000/200000000）",
        "80%（160000000/200000000）",
    )
    assert (earlier.voucher_no, earlier.project) == ("记-12", "旧区供水管网改造")
    found = office.ask(projects.one, made)
    assert (found.paid, found.paid_rate.percent) == (160 * WAN, 80)
    assert office.ask(project_payments.rows, 2025) == []
    assert len(office.ask(project_payments.rows, project_id=made)) == 2


def test_more_than_the_budget_is_refused_with_how_much_too_much(office):
    made = building(office, budget=200 * WAN)
    first = pay(office, made, 150)

    with pytest.raises(
        FieldError, match="累计拨款2,100,000元，超过项目投资2,000,000元，多100,000元"
    ) as error:
        pay(office, made, 60)
    pay(office, made, 200, record_id=first)

    assert error.value.field == "amount"
    [row] = office.ask(project_payments.rows)
    assert row.amount == 200 * WAN


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"amount": 0}, "amount", "金额应大于0"),
        ({"paid_on": date(2026, 11, 24)}, "paid_on", "日期不能晚于今天"),
        ({"paid_on": date(2026, 2, 1)}, "paid_on", "日期不能早于项目确定日期"),
        ({"project_id": "none"}, "project_id", "请选择民生实事项目"),
    ],
)
def test_a_wrong_field_is_named(office, changed, field, sentence):
    good = {"project_id": building(office), "paid_on": date(2026, 5, 1), "amount": WAN}

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(project_payments.save, **(good | changed))

    assert error.value.field == field


def test_nothing_is_paid_for_what_was_never_decided(office):
    made = project(office)

    with pytest.raises(FieldError, match="还没有确定实施，不能登记拨款"):
        pay(office, made, 1)


def test_a_removed_payment_is_not_counted_and_comes_back(office):
    made = building(office)
    payment = pay(office, made, 10)

    office.do(project_payments.remove, ids=(payment,))
    assert office.ask(projects.one, made).paid == 0

    office.undo()
    assert office.ask(projects.one, made).paid == 10 * WAN
