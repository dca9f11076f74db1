"""Money: rates, funds, expenses with a reason when over, subsidies, the year at a glance."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from deputydesk.models.activity import ActivityKind, ServiceKind
from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import (
    activities,
    deputy_groups,
    expense_rates,
    expenses,
    funds,
    rotas,
    services,
    subsidies,
)
from deputydesk.operations.participants import Attendee
from deputydesk.ui import event_lookups
from deputydesk.ui.registers.expense_rates import BUDGETS, EXPENSE_RATES
from deputydesk.ui.registers.expenses import EXPENSES, SUBSIDIES
from deputydesk.ui.registers.funds import FUNDS
from deputydesk.ui.registers_page import RegistersPage
from tests import make
from tests.ui.hands import press_ctrl, write

DAY = date(2026, 11, 2)


class MoneyPage(RegistersPage):
    title = "代表经费"
    registers = (EXPENSES, SUBSIDIES, BUDGETS, EXPENSE_RATES, FUNDS)


@pytest.fixture
def deputy(office):
    return make.deputy(office)


@pytest.fixture
def page(desk, deputy, qtbot):
    made = MoneyPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


def turn(page, register):
    page.chips.group.button(page.registers.index(register)).setChecked(True)
    return page.view


def save(view):
    view.form.save_next.emit()


def set_rate(desk, level=Level.TOWN):
    desk.do(expense_rates.save, year=2026, level=level, per_head=200_000)


def cells(view, row=0):
    return [view.table.rows.cell(row, n).text for n in range(len(view.register.columns))]


def test_rates_and_funds_are_typed_in_yuan(page, desk):
    rates = turn(page, EXPENSE_RATES)
    write(rates.form.field("per_head").control, "2,000")
    press_ctrl(rates.form.field("per_head").control, Qt.Key.Key_Return)
    special = turn(page, FUNDS)
    write(special.form.field("amount").control, "1070000")
    write(special.form.field("name").control, "代表之家建设")
    save(special)

    assert desk.ask(expense_rates.rows, 2026, make.TODAY)[0].per_head == 200_000
    assert desk.ask(funds.rows)[0].amount == 107_000_000
    assert cells(special)[2:] == ["1,070,000.00", "0.00", "1,070,000.00"]
    assert page._subtitle.text() == "共 1,070,000元，剩余 1,070,000元"
    turn(page, EXPENSE_RATES)
    assert page._subtitle.text() == "预算 2,000元，已支出 0元，剩余 2,000元"


def test_an_expense_over_the_budget_says_so_at_the_amount_and_goes_with_a_reason(page, desk):
    set_rate(desk)
    form = page.view.form
    write(form.field("content").control, "租车")
    write(form.field("amount").control, "2500")
    save(page.view)
    assert "还剩2,000元，这笔支出超出500元" in form.field("amount").error()
    assert desk.ask(expenses.rows) == []

    write(form.field("over_reason").control, "主席团同意追加")
    save(page.view)

    assert [x.amount for x in desk.ask(expenses.rows)] == [250_000]
    assert [page.view.chips.group.button(n).text() for n in (3, 4)] == ["无凭证 1", "有超支说明 1"]
    view = turn(page, BUDGETS)
    assert cells(view) == [
        "苏木乡镇代表经费",
        "2,000.00",
        "1",
        "2,000.00",
        "2,500.00",
        "-500.00",
        "125.0%",
    ]
    assert view.chips.group.button(1).text() == "超支 1"
    page.year.setCurrentIndex(page.year.count() - 1)
    page.refresh()
    assert len(view.table.rows.rows()) == 1


def test_the_year_of_a_fund_shows_no_headcount_and_nothing_of_nothing_has_no_rate(page, desk):
    desk.do(funds.save, year=2026, name="专项", amount=100)
    desk.do(expense_rates.save, year=2026, level=Level.CITY, per_head=100)

    view = turn(page, BUDGETS)

    assert [cells(view, n)[1:3] + cells(view, n)[-1:] for n in (0, 1)] == [
        ["1.00", "0", "—"],
        ["", "", "0.0%"],
    ]


def test_a_subsidy_is_listed_by_deputy_and_income_is_marked(page, desk, deputy):
    set_rate(desk)
    desk.do(
        expenses.save,
        spent_on=DAY,
        kind=ExpenseKind.SUBSIDY,
        content="误工",
        amount=5000,
        mandate_id=deputy,
        half_days=1,
    )
    view = turn(page, SUBSIDIES)
    assert cells(view)[-3:] == ["1", "1", "50.00"]
    assert page._subtitle.text() == "1 名代表领取，共 50元"
    view.table.selectRow(0)
    secure, insecure = (made for _, made in view.moves.move_buttons)

    secure.click()
    assert cells(view)[3] == "有"
    insecure.click()

    assert not desk.ask(subsidies.rows)[0].fixed_income
    assert [view.chips.group.button(n).text() for n in (1, 2)] == ["已领取 1", "无固定收入 1"]


def test_a_bill_of_two_levels_is_divided(page, desk, deputy):
    other = make.deputy(desk.office, name="高娃", level=Level.DISTRICT)
    set_rate(desk)
    set_rate(desk, Level.DISTRICT)
    held = desk.do(
        activities.save,
        kind=ActivityKind.INSPECTION,
        name="视察",
        held_on=DAY,
        attendees=(Attendee(deputy), Attendee(other)),
    )
    desk.do(
        expenses.save,
        spent_on=DAY,
        kind=ExpenseKind.ACTIVITY,
        content="租车",
        amount=101,
        event_id=held,
    )
    page.view.table.selectRow(0)

    page.view.moves.move_buttons[0][1].click()

    assert sorted(x.amount for x in desk.ask(expenses.rows)) == [50, 51]
    assert page._subtitle.text() == "2 笔，共 1.01元"


def test_fields_offer_events_funds_and_groups_by_name(page, desk):
    fund = desk.do(funds.save, year=2026, name="专项", amount=100)
    group = desk.do(deputy_groups.save, name="第一代表小组")

    home = make.home(desk.office)
    held = desk.do(services.save, kind=ServiceKind.AID, campaign="帮扶", held_on=DAY)
    desk.do(
        rotas.save,
        home_id=home,
        planned_on=DAY,
        deputy_ids=(make.deputy(desk.office, name="高娃"),),
    )

    [offered] = event_lookups.all_funds(desk)
    assert [event.id for event in event_lookups.recent_events(desk)] == [held]
    [listed] = event_lookups.groups(desk)

    assert (offered.id, offered.name, offered.detail) == (fund, "专项", "2026年")
    assert (listed.id, listed.name) == (group, "第一代表小组")
