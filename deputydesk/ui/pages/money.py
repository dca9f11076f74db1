"""Money for deputies: rates, funds, what was spent and what is left."""

from deputydesk.ui.registers.expense_rates import BUDGETS, EXPENSE_RATES
from deputydesk.ui.registers.expenses import EXPENSES, SUBSIDIES
from deputydesk.ui.registers.funds import FUNDS
from deputydesk.ui.registers_page import RegistersPage


class MoneyPage(RegistersPage):
    """Expenses, what each level has left, subsidies, funds and rates."""

    title = "代表经费"
    papers = ("expense_ledger",)
    registers = (EXPENSES, SUBSIDIES, FUNDS, EXPENSE_RATES, BUDGETS)
