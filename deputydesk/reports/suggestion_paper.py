"""代表建议专用纸: whose suggestion it is, its text on ruled lines, and who signs with the lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import ruled
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.record_sheet import DAY, Kind, begin, day_or_room, write_sheets, yes_or_no
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.rules.names import spaced

_KIND = Kind("代表建议、批评和意见专用纸", "代表建议专用纸")
_NAMED = 6
"""So many who sign with the lead are named on the first page; the others below the text only."""
_BLANK_SIGNERS = 40
_LINES = 9
"""To write on, where there is no text; fewer where so all who sign fit onto the page."""
_FEWEST = 5
_SIGN = 16.0
_SIGNERS = (
    Column("序号", 11),
    Column("代表姓名", 32, fits=True),
    Column("签　名", 40),
    Column("序号", 11),
    Column("代表姓名", 32, fits=True),
    Column("签　名", 40),
)
_STYLE = Style(size=11, lead=5.4, head_size=10.5, head_height=9, ruled=True, row=11)
_ABOVE_SIGNERS = 4.0


@dataclass(frozen=True)
class SuggestionPaper:
    """A suggestion as it is handed in; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    suggestion: Annotated[str, "建议编号"] = ""
    """第17号."""
    meeting: Annotated[str, "提出届次"] = ""
    category: Annotated[str, "类别"] = ""
    submitted_on: date | None = None
    headline: Annotated[str, "标题"] = ""
    lead: Annotated[str, "领衔代表"] = ""
    certificate: Annotated[str, "代表证号"] = ""
    district: Annotated[str, "所在选区"] = ""
    job: Annotated[str, "工作单位及职务"] = ""
    phone: Annotated[str, "联系电话"] = ""
    cosigners: Annotated[tuple[str, ...], "附议代表"] = ()
    """In official order."""
    wished_unit: Annotated[str, "希望承办单位"] = ""
    wishes_talk: bool | None = None
    is_public: bool | None = None
    is_confidential: bool | None = None
    reason: Annotated[str, "案由"] = ""
    proposal: Annotated[str, "具体建议"] = ""
    review: Annotated[str, "审查意见"] = ""
    reviewed_on: date | None = None
    handling: Annotated[str, "交办意见"] = ""
    handled_on: date | None = None


def write(
    papers: Iterable[SuggestionPaper],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes each suggestion, or the paper to write one on; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [SuggestionPaper()], _draw, to, office=office,
        printed_on=printed_on, progress=progress, named=lambda paper: paper.headline,
    )  # fmt: skip


def _draw(paper: SuggestionPaper, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    _about(sheet, paper)
    _wishes(sheet, paper)
    _handled(sheet, paper, office)
    note = (
        "填写说明：一件建议只写一件事，写明情况、原因和具体建议；领衔代表和附议代表亲笔签名，"
        f"附议代表应当了解并同意全部内容；请用钢笔、签字笔书写或者打印，交{office.organ}。"
    )
    sheet.close(note=note)
    flow.turn()
    _text(flow, paper)
    _signers(flow, paper)
    return flow


def _about(sheet: Sheet, paper: SuggestionPaper) -> None:
    sheet.cells((Cell("建议编号", paper.suggestion, 1.1), Cell("类别", paper.category, 0.9)))
    sheet.cells(
        (
            Cell("提出届次", paper.meeting, 1.1),
            Cell("提出日期", day_or_room(paper.submitted_on), 0.9),
        )
    )
    sheet.cells((Cell("标　　题", paper.headline),), height=18)
    sheet.cells(
        (
            Cell("领衔代表", spaced(paper.lead), 1.1, is_name=True),
            Cell("代表证号", paper.certificate, 0.9),
        ),
        height=11,
    )
    sheet.cells((Cell("所在选区", paper.district),))
    sheet.cells((Cell("单位及职务", paper.job),), height=11)
    sheet.cells((Cell("联系电话", paper.phone, 1.1), Cell("邮政编码", "", 0.9)))
    sheet.cells((Cell("通讯地址", ""),))
    sheet.cells((Cell("附议代表", _cosigners(paper.cosigners)),), height=14)


def _cosigners(names: Sequence[str]) -> str:
    if not names:
        return ""
    if len(names) <= _NAMED:
        return "、".join(names)
    return f"{'、'.join(names[:_NAMED])}等{len(names)}名（全部名单和签名附后）"


def _wishes(sheet: Sheet, paper: SuggestionPaper) -> None:
    sheet.cells((Cell("希望承办\n单　　位", paper.wished_unit),), height=12)
    sheet.cells(
        (
            Cell("需要面商", yes_or_no(is_yes=paper.wishes_talk), 1),
            Cell("同意公开", yes_or_no(is_yes=paper.is_public), 1),
            Cell("姓名保密", yes_or_no(is_yes=paper.is_confidential), 1),
        ),
        height=11,
    )


def _handled(sheet: Sheet, paper: SuggestionPaper, office: OfficeHead) -> None:
    signed = f"{office.chair}（签名）：　　　　　　　　{day_or_room(paper.reviewed_on)}"
    sheet.block(f"{office.handling_organ}\n审查意见", paper.review, height=40, sign=signed)
    given = f"经办人（签名）：　　　　　　　　{day_or_room(paper.handled_on)}"
    sheet.block("交办意见\n（主办、协办\n和期限）", paper.handling, height=38, sign=given)


def _text(flow: Flow, paper: SuggestionPaper) -> None:
    blank = _blank_lines(flow.page_room, len(paper.cosigners))
    ruled.heading(flow, "案　由", "（反映的情况和问题、原因分析）")
    ruled.text(flow, paper.reason, least=3 if paper.reason else blank)
    flow.y += 3
    ruled.heading(flow, "具体建议", "（解决问题的办法和措施）")
    ruled.text(flow, paper.proposal, least=3 if paper.proposal else blank, keep=_SIGN)
    if not paper.headline:
        ruled.rest(flow, keep=_SIGN)
    flow.y += _SIGN
    signed = f"领衔代表（签名）：　　　　　　　　　　{DAY}"
    flow.page.text(flow.right - 2, flow.y - 4, signed, "Song", 11, align="right")


def _blank_lines(page: float, signers: int) -> int:
    """How many lines to write on each part has: a page holds both and those who sign, or not."""
    rows = -(-signers // 2)
    names = _ABOVE_SIGNERS + ruled.HEAD + _STYLE.head_height + max(2, rows) * _STYLE.row
    room = page - 2 * ruled.HEAD - 3 - _SIGN - names
    fitting = int(room / ruled.LEAD / 2)
    return min(fitting, _LINES) if rows and fitting >= _FEWEST else _LINES


def _signers(flow: Flow, paper: SuggestionPaper) -> None:
    """A place to sign for each who signs with the lead; without any, places only on blank paper."""
    names = [spaced(name) for name in paper.cosigners]
    if not names and paper.headline:
        return
    if names:
        flow.y += _ABOVE_SIGNERS
    else:
        flow.turn()
    ruled.heading(
        flow,
        f"附议代表签名（共{len(names)}名）" if names else "附议代表签名",
        "（按姓名笔画为序）" if names else "",
    )
    rows = -(-(len(names) or _BLANK_SIGNERS) // 2)
    filled = names + [""] * (2 * rows - len(names))
    table = Table(flow, _SIGNERS, _STYLE)
    table.rows(
        [
            part
            for at in (2 * row, 2 * row + 1)
            for part in (_counted(at, len(names)), filled[at], "")
        ]
        for row in range(rows)
    )
    table.close()


def _counted(at: int, most: int) -> str:
    return str(at + 1) if at < most or not most else ""
