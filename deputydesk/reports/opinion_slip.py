"""选民意见转办单: what a voter said goes to a unit, with a slip to sign and a sheet to report on.

Who the voter is stays in the office: the unit reaches the voter through the deputy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.models import Opinion
from deputydesk.models.choices import Route
from deputydesk.operations import opinions
from deputydesk.operations.opinion_detail import Detail
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, record_number, sender
from deputydesk.reports.record_sheet import (
    DAY,
    Kind,
    begin,
    boxes,
    day_or_room,
    title_again,
    write_sheets,
)
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.slip import Slip, SlipCell
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import spaced
from deputydesk.rules.satisfaction import JUDGED, Satisfaction

FORM_ID = "opinion_slip"
_KIND = Kind("选民意见转办单", "选民意见转办单")
_REPORT = "选民意见办理情况反馈单"
_CODE = "ZB"
_ROUTES = (Route.VILLAGE, Route.UNIT)


@dataclass(frozen=True)
class OpinionPaper:
    """An opinion on its way to a unit; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    opinion: Annotated[str, "意见编号"] = ""
    heard_on: date | None = None
    channel: Annotated[str, "反映渠道"] = ""
    deputy: Annotated[str, "接待代表"] = ""
    home: Annotated[str, "代表之家"] = ""
    place: Annotated[str, "涉及地点"] = ""
    category: Annotated[str, "类别"] = ""
    hearings: int = 1
    matter: Annotated[str, "反映事项"] = ""
    detail: Annotated[str, "情况记录"] = ""
    deputy_view: Annotated[str, "代表意见"] = ""
    unit: Annotated[str, "承办单位"] = ""
    assigned_on: date | None = None
    due_on: date | None = None
    is_provisional: bool = False
    refused_why: Annotated[str, "退回重办的理由"] = ""
    outcome: Annotated[str, "办理结果"] = ""
    handled_on: date | None = None
    told: Annotated[str, "反馈选民"] = ""
    judged: Satisfaction | None = None
    contact: Annotated[str, "联系方式"] = ""


def write(
    papers: Iterable[OpinionPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the papers of each opinion, or blank ones; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [OpinionPaper()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.opinion,
    )  # fmt: skip


def _draw(paper: OpinionPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    _about(sheet, paper)
    given = f"{office.organ}（盖章）：　　　　　　　　{day_or_room(paper.assigned_on)}"
    sheet.block("转办意见", _request(paper, office), height=34, sign=given)
    slip = _slip(paper, office)
    sheet.close(below=slip.height)
    slip.draw(flow)
    flow.turn()
    _report(flow, paper, office)
    return flow


def _about(sheet: Sheet, paper: OpinionPaper) -> None:
    sheet.cells((Cell("意见编号", paper.opinion), Cell("反映日期", day_or_room(paper.heard_on))))
    sheet.cells(
        (Cell("接待代表", spaced(paper.deputy), is_name=True), Cell("反映渠道", paper.channel))
    )
    sheet.cells((Cell("代表之家", paper.home), Cell("类　　别", paper.category)))
    sheet.cells((Cell("涉及地点", paper.place),))
    counted = f"（同一事项共{paper.hearings}件次）" if paper.hearings > 1 else ""
    sheet.cells((Cell("反映事项", f"{paper.matter}{counted}"),), height=13)
    sheet.block("情况记录", paper.detail, height=34)
    sheet.block("代表意见", paper.deputy_view, height=16)
    until = day_or_room(paper.due_on) + ("（暂定）" if paper.is_provisional else "")
    sheet.cells((Cell("承办单位", paper.unit),), height=11)
    sheet.cells((Cell("转办日期", day_or_room(paper.assigned_on)), Cell("办理时限", until)))


def _request(paper: OpinionPaper, office: OfficeHead) -> str:
    until = f"于{date_text(paper.due_on)}前" if paper.due_on else "在规定时限内"
    again = f"选民对上次办理不认可：{paper.refused_why}。请重新办理。" if paper.refused_why else ""
    return (
        f"{again}请你单位{until}办理，填写后附的反馈单，书面告知{office.organ}，由接待代表反馈选民。"
        "需要向选民了解情况的，请与接待代表联系。"
    ).replace("。。", "。")


def _slip(paper: OpinionPaper, office: OfficeHead) -> Slip:
    return Slip(
        "签收回执",
        (
            (SlipCell("转办编号", paper.number), SlipCell("承办单位", paper.unit)),
            (SlipCell("经办人员"), SlipCell("联系电话")),
            (SlipCell("签收人员"), SlipCell("签收日期", DAY)),
        ),
        f"请签收后沿虚线剪下，退回{office.organ}。{paper.contact}",
    )


def _report(flow: Flow, paper: OpinionPaper, office: OfficeHead) -> None:
    title_again(flow, _REPORT)
    sheet = Sheet(flow)
    sheet.cells((Cell("转办编号", paper.number), Cell("意见编号", paper.opinion)))
    sheet.cells((Cell("反映事项", paper.matter),), height=13)
    sheet.cells((Cell("承办单位", paper.unit),), height=11)
    done = f"承办单位负责人（签名、盖章）：　　　　　　{day_or_room(paper.handled_on)}"
    sheet.block("办理结果", paper.outcome, height=76, sign=done)
    sheet.cells((Cell("经办人", "", 1), Cell("联系电话", "", 1.2)), height=12)
    sheet.block("反馈选民\n时间方式", paper.told, height=18)
    sheet.cells((Cell("选民评价", boxes(JUDGED, paper.judged)),), height=13)
    sheet.cells((Cell("接待代表\n签　　名", "", 1), Cell("日　　期", DAY, 1.2)), height=13)
    note = (
        f"填表说明：办理结果由承办单位填写，盖章后退回{office.organ}；"
        "其余由接待代表反馈选民后填写。选民评价“不满意”的，退回重新办理一次。"
    )
    sheet.close(note=note)


def _read(job: Job) -> list[OpinionPaper]:
    if not job.options.record_id:
        return []
    found = job.office.ask(opinions.detail, opinion_id=job.options.record_id, today=job.today)
    return [_paper(found, sender(job).contact)]


def _paper(d: Detail, contact: str) -> OpinionPaper:
    row = d.row
    is_given = row.route in _ROUTES
    return OpinionPaper(
        number=record_number(_CODE, row.id, row.heard_on),
        code=code_of(_CODE, row.id, row.heard_on),
        opinion=row.code,
        heard_on=row.heard_on,
        channel=row.channel.label,
        deputy=row.deputy,
        home=row.home,
        place=row.place,
        category=row.category,
        hearings=row.hearings,
        matter=row.matter,
        detail=row.detail,
        deputy_view=row.deputy_view,
        unit=row.unit,
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        is_provisional=row.provisional,
        refused_why=row.refused_why,
        outcome=row.outcome if is_given else "",
        handled_on=row.handled_on,
        told=f"{date_text(row.told_on)}　{row.told_how}" if is_given and row.told_on else "",
        judged=row.satisfaction if row.settled else None,
        contact=contact,
    )


def _given(session: Session) -> list[Offered]:
    return [
        Offered(row.id, f"{row.code}　{row.matter}", f"{row.unit}　{row.state.label}")
        for row in opinions.rows(session, today=date.min)
        if row.unit
    ]


FORM = Form(
    FORM_ID,
    "选民意见转办单和签收回执",
    Group.RECEPTION,
    "选一件转给单位、社区办理的意见：转办单、可剪下的签收回执和反馈单，不印选民姓名。",
    _read,
    write,
    (AskRecord(Opinion, _given, "意见", blank="空白单"),),
    source=(
        "自拟：代表向有关单位转交、由单位办理并答复，按《代表法》第31条；"
        "签收、时限、反馈和评价按本地选民意见办理规则"
    ),
)
