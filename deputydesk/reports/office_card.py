"""单位名片核对表: who an office is and the numbers of its card, for the one who enrols it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from deputydesk.operations import partners
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import Form, Group, Job, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.page import BLACK, GREY
from deputydesk.reports.record_sheet import DAY, Kind, begin, write_sheets
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.rules.fingerprints import DIGITS, GROUPS, fingerprint

_KIND = Kind("单位名片核对表", "单位名片核对表")
_ACROSS, _HIGH = 4, 17.0
_ROOM = "　" * DIGITS
_WAYS = "☐ 当面　　☐ 电话（打对方单位公开的号码）　　☐ 机要、公文交换送达本表"
_SAID = "☐ 八组全部一致，已登记　　　☐ 不一致，没有登记"
_HOW = (
    "一、本表与名片文件（{file}）分开交给对方：名片放在U盘里，本表当面交、电话里念，或随公文送达。\n"
    "二、对方在“U盘交换”页（Shift+F11）点“登记单位”，打开名片文件，再照本表逐组输入数字。"
    "有一位不同，就不是本单位的名片，请不要登记，并立即告知本单位。\n"
    "三、登记以后，双方的U盘只有对方能打开，改动过的不收。本单位重新生成密钥后，数字就变了，"
    "须重新印发本表，对方重新登记。"
)


@dataclass(frozen=True)
class CardSheet:
    """The sheet; what is empty is filled in by hand."""

    name: Annotated[str, "单位名称"] = ""
    office: Annotated[str, "单位代码"] = ""
    groups: tuple[str, ...] = ()
    number: str = ""
    code: str = ""

    @property
    def file(self) -> str:
        """Name of the card's file."""
        return f"{self.office}.ddcard" if self.office else "单位代码.ddcard"


def write(
    paper: CardSheet,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the sheet; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, [paper], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.name,
    )  # fmt: skip


def _draw(paper: CardSheet, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on)
    sheet = Sheet(flow)
    sheet.cells((Cell("单位名称", paper.name),), height=12)
    sheet.cells((Cell("单位代码", paper.office), Cell("名片文件", paper.file)), height=12)
    sheet.close()
    flow.y += 10
    flow.page.text(flow.left, flow.y, "核对数字", "Hei", 12)
    flow.y += 3
    _groups(flow, paper.groups or (_ROOM,) * GROUPS)
    flow.y += 8
    sheet = Sheet(flow)
    sheet.cells((Cell("核对方式", _WAYS),), height=12)
    sheet.cells((Cell("核对结果", _SAID),), height=12)
    sheet.cells((Cell("对方单位", ""), Cell("核 对 人", "")), height=12)
    sheet.cells((Cell("核对日期", DAY), Cell("念数字的人", "")), height=12)
    sheet.close()
    flow.y += 4
    for line in _HOW.format(file=paper.file).split("\n"):
        flow.paragraph(line, "Song", 10.5, lead=6, indent=0, color=GREY)
        flow.y += 1.5
    return flow


def _groups(flow: Flow, groups: tuple[str, ...]) -> None:
    """The numbers, large, each group in a box with its place, in the order they are read out."""
    page, wide = flow.page, flow.width / _ACROSS
    for n, group in enumerate(groups):
        x = flow.left + n % _ACROSS * wide
        y = flow.y + n // _ACROSS * _HIGH
        page.rect(x, y, wide, _HIGH, stroke=BLACK, weight=0.6)
        page.text(x + 2.5, y + 5, str(n + 1), "Song", 9, color=GREY)
        page.text(x + wide / 2 + 1.5, y + 11.5, group, "Hei", 20, align="center")
    flow.y += _HIGH * len(groups) / _ACROSS


def _read(job: Job) -> CardSheet:
    return job.office.ask(_paper, job.head.organ)


def _paper(session: Session, name: str) -> CardSheet:
    keys = partners.keys(session)
    if not keys:
        return CardSheet()
    key, (code, _) = keys[0], partners.myself(session)
    said = fingerprint(code, key.suite, key.public.sign, key.public.seal, key.recovery)
    return CardSheet(name, code, tuple(said.split()))


FORM = Form(
    "office_card",
    _KIND.title,
    Group.OFFICE,
    "U盘交换前，交给对方核对本单位名片的八组数字；还没有生成名片的，印空白表。",
    _read,
    write,
    source="自拟：名片文件和核对数字分两路送达，由人逐组核对",
)
