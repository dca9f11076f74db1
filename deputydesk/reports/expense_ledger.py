"""经费台账: what each level and fund has, spent, has left; every expense; what deputies had."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import budgets, expenses, subsidies
from deputydesk.operations.expenses import ExpenseRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import listing
from deputydesk.reports.form import MONTHLY, AskLastDay, Form, Group, Job, OfficeHead
from deputydesk.reports.listing import Listing, Part
from deputydesk.reports.tables import Column
from deputydesk.reports.wording import percent, short_date
from deputydesk.rules.budgets import FEN
from deputydesk.rules.money_words import words
from deputydesk.rules.names import spaced

_ITEMS = (
    Column("经费项目", 62, "left"),
    Column("标准\n（元/人）", 26, "right"),
    Column("人数", 18),
    Column("预算（元）", 34, "right"),
    Column("支出（元）", 34, "right"),
    Column("结余（元）", 34, "right"),
    Column("支出占预算", 34),
    Column("超支笔数", 20),
)
_KINDS = (Column("类别", 70, "left"), Column("笔数", 30), Column("金额（元）", 60, "right"))
_ENTRIES = (
    Column("编号", 11),
    Column("日期", 24),
    Column("类别", 26),
    Column("事由、备注", 74, "left"),
    Column("列支项目", 39, "left"),
    Column("代表", 20, fits=True),
    Column("领款人、收款单位", 30, "left"),
    Column("凭证号", 22, fits=True),
    Column("支出（元）", 24, "right"),
    Column("审批人", 18, fits=True),
)
_PEOPLE = (
    Column("序号", 14),
    Column("代表", 40, fits=True),
    Column("层级", 36),
    Column("工作单位及职务", 84, "left"),
    Column("领取次数", 24),
    Column("误工半天数", 26),
    Column("金额（元）", 38, "right"),
)


def write(
    ledger: Listing,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the ledger; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return listing.write(
        [ledger],
        to,
        subject="经费台账",
        office=office,
        printed_on=printed_on,
        progress=progress,
    )


def _money(fen: int) -> str:
    """1,234.50: always with 分, so that figures stand below each other."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // FEN:,}.{abs(fen) % FEN:02d}"


def _read(job: Job) -> Listing:
    last = job.options.last or job.today
    rows = [row for row in job.office.ask(expenses.rows, last.year) if row.spent_on <= last]
    rows.sort(key=lambda row: (row.spent_on, row.number, row.id))
    total = sum(row.amount for row in rows)
    budget = Part(_ITEMS, _items(job, last), "一、预算、支出和结余", "还没有登记经费标准和专项经费")
    return Listing(
        title=f"{job.head.full_name}{last.year}年代表活动经费台账",
        parts=(
            budget,
            Part(_KINDS, _kinds(rows), "二、按类别", "没有支出"),
            Part(_ENTRIES, tuple(map(_entry, rows)), "三、支出明细", "没有支出"),
            Part(_PEOPLE, _people(job, rows, last), "四、代表误工补贴", "没有发放误工补贴"),
        ),
        period=f"{last.year}年1月1日—{last.month}月{last.day}日",
        total=f"共{len(rows)}笔　合计{_money(total)}元（人民币{words(total)}）",
        notes=(f"注：{budgets.DEFINITION}；结余＝预算－支出。",),
        signs=(f"{job.head.chair}：", "财务审核：", "制表："),
        is_wide=True,
    )


def _items(job: Job, last: date) -> tuple[tuple[str, ...], ...]:
    """What each level and fund has; of the spent only that up to the last day."""
    later: Counter[str] = Counter()
    overspent: Counter[str] = Counter()
    for row in job.office.ask(expenses.rows):
        of = row.fund_id or row.charged_to
        if row.spent_on > last and (row.fund_id or row.spent_on.year == last.year):
            later[of] += row.amount
        elif row.spent_on.year == last.year and row.over_reason:
            overspent[of] += 1
    lines: list[tuple[str, ...]] = []
    budget = spent = 0
    for row in job.office.ask(budgets.rows, last.year, job.today):
        of = row.id if row.is_fund else row.name
        used = row.spent - later[of]
        budget, spent = budget + row.budget, spent + used
        standard = _money(row.per_head) if row.per_head else ""
        heads = "" if row.heads is None else str(row.heads)
        over = str(overspent[of] or "")
        lines.append((row.name, standard, heads, *_figures(row.budget, used), over))
    if len(lines) > 1:
        lines.append(("合计", "", "", *_figures(budget, spent), ""))
    return tuple(lines)


def _figures(budget: int, spent: int) -> tuple[str, ...]:
    return _money(budget), _money(spent), _money(budget - spent), percent(spent, budget)


def _kinds(rows: Sequence[ExpenseRow]) -> tuple[tuple[str, ...], ...]:
    lines = [
        (kind.label, str(len(mine)), _money(sum(row.amount for row in mine)))
        for kind in ExpenseKind
        if (mine := [row for row in rows if row.kind is kind])
    ]
    if len(lines) > 1:
        lines.append(("合计", str(len(rows)), _money(sum(row.amount for row in rows))))
    return tuple(lines)


def _entry(row: ExpenseRow) -> tuple[str, ...]:
    over = f"超支说明：{row.over_reason}" if row.over_reason else ""
    note = f"备注：{row.note}" if row.note else ""
    return (
        str(row.number),
        short_date(row.spent_on, with_year=True),
        row.kind.label,
        "\n".join(part for part in (row.content, over, note) if part),
        row.charged_to,
        spaced(row.deputy),
        row.payee,
        row.voucher_no,
        _money(row.amount),
        row.approved_by,
    )


def _people(job: Job, rows: Sequence[ExpenseRow], last: date) -> tuple[tuple[str, ...], ...]:
    """Who had a subsidy, in the official order of names."""
    paid = [row for row in rows if row.kind is ExpenseKind.SUBSIDY]
    times = Counter(row.mandate_id for row in paid)
    halves: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    for row in paid:
        halves[row.mandate_id] += row.half_days
        amounts[row.mandate_id] += row.amount
    found = [row for row in job.office.ask(subsidies.rows, last.year) if row.id in times]
    lines = [
        (
            str(place),
            spaced(row.name),
            row.level.label,
            row.job,
            str(times[row.id]),
            str(halves[row.id]),
            _money(amounts[row.id]),
        )
        for place, row in enumerate(found, start=1)
    ]
    if len(lines) > 1:
        total = _money(sum(row.amount for row in paid))
        lines.append(("", "合计", "", "", str(len(paid)), str(halves.total()), total))
    return tuple(lines)


FORM = Form(
    "expense_ledger",
    "经费台账",
    Group.OFFICE,
    "一年的预算、支出、结余，逐笔支出，各代表误工补贴；A4 横向，截至所选的一天。",
    _read,
    write,
    (AskLastDay(),),
    due=MONTHLY,
    source="自拟：列入预算、专款专用和误工补贴按《代表法》第41、42条；项目按经费标准和专项经费",
)
