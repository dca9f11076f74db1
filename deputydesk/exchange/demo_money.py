"""The demo office's money: rates, a special fund, expenses, and subsidies of one activity."""

from collections.abc import Mapping

from deputydesk.exchange.demo_activities import told
from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.models.activity import ActivityKind
from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    activities,
    expense_rates,
    expenses,
    funds,
    local_rules,
    subsidies,
)
from deputydesk.rules.budgets import fen

LEVELS = {"区": Level.DISTRICT, "苏木镇": Level.TOWN}
WAN = 10_000
"""元 in a 万元."""


@operation(Right.SETUP, "代表活动经费")
def enter_money(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter the rates of each year, the fund, and what was spent."""
    del ids
    money, other = told()["money"], data["other"]
    for year in money["years"]:
        for level, yuan in other["expense_quota"].items():
            expense_rates.save(
                tx, year=year, level=LEVELS[level], per_head=fen(yuan), source=money["source"]
            )
            tx.session.flush()
    fund_id = funds.save(
        tx, **money["fund"], amount=fen(other["budget_wan"] * WAN), source=money["source"]
    )
    tx.session.flush()
    for one in money["expenses"]:
        expenses.save(
            tx,
            spent_on=day_of(one["date"]),
            kind=ExpenseKind.stored(one["kind"]),
            level=LEVELS[one["level"]],
            fund_id=fund_id if one.get("fund") else "",
            content=one["content"],
            amount=fen(one["yuan"]),
            voucher_no=one["voucher"],
            payee=one["payee"],
            handler=about["operator"],
        )
    _subsidies(tx, money, about["operator"])
    return {}


def _subsidies(tx: Tx, money: Data, handler: str) -> None:
    """Adopt a rate, and pay those who came to the last activity of a kind."""
    rule = money["subsidy"]
    local_rules.adopt(
        tx,
        kind=expense_rates.SUBSIDY,
        name=rule["name"],
        valid_from=day_of(rule["valid_from"]),
        rule={"per_half_day": rule["per_half_day"]},
        source=rule["source"],
    )
    tx.session.flush()
    last = activities.rows(tx.session, kind=ActivityKind.stored(money["subsidy_for"]))[0]
    subsidies.pay(tx, event_id=last.id, spent_on=last.held_on, handler=handler)
