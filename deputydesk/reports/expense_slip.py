"""经费开支审批单: what money was spent on, in figures and in capital numerals, with who signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Expense, Fund
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import expenses
from deputydesk.operations.expenses import ExpenseRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.record_sheet import Kind, begin, boxes, day_or_room, write_sheets
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.rules.budgets import yuan
from deputydesk.rules.money_words import words

_KIND = Kind("代表活动经费开支审批单", "经费开支单")
_CODE = "KZ"
_NEWEST = 400


@dataclass(frozen=True)
class ExpenseSlip:
    """The form; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    order: Annotated[str, "台账号"] = ""
    spent_on: date | None = None
    kind: ExpenseKind | None = None
    content: Annotated[str, "事由"] = ""
    event: Annotated[str, "活动"] = ""
    amount: int | None = None
    charged_to: Annotated[str, "列支项目"] = ""
    deputy: Annotated[str, "代表"] = ""
    half_days: int = 0
    payee: Annotated[str, "领款人、收款单位"] = ""
    voucher_no: Annotated[str, "凭证号"] = ""
    approved_by: Annotated[str, "审批人"] = ""
    handler: Annotated[str, "经办人"] = ""
    over_reason: Annotated[str, "超支说明"] = ""
    note: Annotated[str, "备注"] = ""


def write(
    papers: Iterable[ExpenseSlip],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a slip for each expense, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [ExpenseSlip()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.content[:40],
    )  # fmt: skip


def _draw(paper: ExpenseSlip, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    sheet.cells(
        (Cell("开支日期", day_or_room(paper.spent_on), 1.2), Cell("台账号", paper.order, 0.8)),
        height=11,
    )
    sheet.cells((Cell("类　　别", boxes(ExpenseKind, paper.kind)),), height=16)
    sheet.block("事　　由", paper.content, height=26)
    sheet.cells((Cell("相关活动", paper.event),), height=12)
    figures = yuan(paper.amount) if paper.amount is not None else "　　　　　　　　　元"
    capitals = words(paper.amount) if paper.amount is not None else ""
    sheet.cells((Cell("金额（大写）", f"人民币{capitals}"),), height=13)
    sheet.cells((Cell("金额（小写）", figures, 1.1), Cell("附单据", "　　　张", 0.9)), height=12)
    sheet.cells((Cell("列支项目", paper.charged_to),), height=12)
    days = f"{paper.half_days}个半天" if paper.half_days else ""
    sheet.cells(
        (Cell("代　　表", paper.deputy, 1.1, is_name=True), Cell("误工半天", days, 0.9)), height=12
    )
    sheet.cells(
        (Cell("领款人、\n收款单位", paper.payee, 1.1), Cell("凭证号", paper.voucher_no, 0.9)),
        height=13,
    )
    sheet.block("超支说明\n及 备 注", _remarks(paper), height=20)
    _signatures(sheet, paper, office)
    note = "填表说明：专款专用；一事一单，原始单据附后；大小写金额须一致，涂改无效。"
    sheet.close(note=note)
    return flow


def _remarks(paper: ExpenseSlip) -> str:
    over = f"超支：{paper.over_reason}" if paper.over_reason else ""
    return "\n".join(part for part in (over, paper.note) if part)


def _signatures(sheet: Sheet, paper: ExpenseSlip, office: OfficeHead) -> None:
    sheet.cells((Cell("经 办 人", paper.handler, 1, is_name=True), Cell("证明人", "")), height=13)
    approved = f"（已审批：{paper.approved_by}）" if paper.approved_by else ""
    day = "　　　　年　　月　　日"
    sign = f"{office.chair}（签名）：　　　　　　　　　{day}"
    sheet.block(f"{office.handling_organ}\n审批意见", approved, height=28, sign=sign)
    sheet.cells((Cell("财务审核", ""), Cell("领款人签名", "")), height=14)


def _read(job: Job) -> list[ExpenseSlip]:
    if not job.options.record_id:
        return []
    return [job.office.ask(_paper, job.options.record_id)]


def _paper(session: Session, record_id: str) -> ExpenseSlip:
    found = expenses.rows(session, ids=[record_id])
    if not found:
        raise UserError("找不到这笔支出，可能已被删除。", hint="请刷新后再试。")
    fund = session.get(Fund, found[0].fund_id) if found[0].fund_id else None
    return _slip(found[0], fund.year if fund else found[0].spent_on.year)


def _slip(row: ExpenseRow, year: int) -> ExpenseSlip:
    """The form of an expense from the money of a year."""
    return ExpenseSlip(
        number=record_number(_CODE, row.id, row.spent_on),
        code=code_of(_CODE, row.id, row.spent_on),
        order=f"{row.spent_on.year}年第{row.number}号",
        spent_on=row.spent_on,
        kind=row.kind,
        content=row.content,
        event=row.event,
        amount=row.amount,
        charged_to=f"{year}年{row.charged_to}",
        deputy=row.deputy,
        half_days=row.half_days,
        payee=row.payee,
        voucher_no=row.voucher_no,
        approved_by=row.approved_by,
        handler=row.handler,
        over_reason=row.over_reason,
        note=row.note,
    )


def _offered(session: Session) -> list[Offered]:
    return [_offer(row) for row in expenses.rows(session)[:_NEWEST]]


def _one(session: Session, record_id: str) -> Offered | None:
    return next((_offer(row) for row in expenses.rows(session, ids=[record_id])), None)


def _offer(row: ExpenseRow) -> Offered:
    return Offered(
        row.id,
        f"{row.spent_on.year}年第{row.number}号　{row.content}",
        f"{row.spent_on:%Y-%m-%d}　{yuan(row.amount)}",
    )


FORM = Form(
    "expense_slip",
    "经费开支审批单",
    Group.OFFICE,
    "选一笔支出，印出大小写金额和审批栏；不选，印空白单。",
    _read,
    write,
    (AskRecord(Expense, _offered, "支出", blank="空白单", one=_one),),
    source="自拟：专款专用按《代表法》第42条；大写金额按《支付结算办法》附一的填写规定",
)
