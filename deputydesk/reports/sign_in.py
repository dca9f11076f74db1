"""签到表: who is to come, room to sign, and blank lines for those who come beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.page import GREY
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.rules.names import spaced

_STYLE = Style(
    size=10.5,
    lead=4.8,
    head_size=10.5,
    head_height=9,
    ruled=True,
    framed=True,
    row=9.3,
    padding=1.2,
)
_COLUMNS = (
    Column("序号", 10),
    Column("姓　名", 27, fits=True),
    Column("层级", 20, fits=True),
    Column("单位及职务", 44, "left"),
    Column("联系电话", 27, fits=True),
    Column("签　名", 33),
    Column("时间", 14),
)
_HALF = (
    Column("序号", 11),
    Column("姓　名", 30, fits=True),
    Column("签　名", 30),
    Column("时间", 14),
)
_GUESTS = 6
"""At least so many lines for those who are not on the list."""
_BELOW = 12.0
"""mm for the note below the table."""


@dataclass(frozen=True)
class Signer:
    """Somebody who is to sign; `sign` is what stands in the place for it, as 请假."""

    name: Annotated[str, "姓名"]
    level: Annotated[str, "层级、身份"] = ""
    job: Annotated[str, "单位及职务"] = ""
    phone: Annotated[str, "联系电话"] = ""
    sign: Annotated[str, "签名"] = ""
    at: Annotated[str, "签到时间"] = ""


@dataclass(frozen=True)
class SignIn:
    """The sheet of an event; without an event it is filled in by hand."""

    title: Annotated[str, "标题"] = "签　到　表"
    number: Annotated[str, "编号"] = ""
    code: str = ""
    event: Annotated[str, "活动名称"] = ""
    when: Annotated[str, "时间"] = ""
    place: Annotated[str, "地点"] = ""
    host: Annotated[str, "主持"] = ""
    signers: Annotated[tuple[Signer, ...], "签到人员"] = ()
    order: Annotated[str, "排序说明"] = ""
    came: int | None = None
    """How many have come; None before anybody has."""
    away: int = 0


def write(
    sheets: Iterable[SignIn],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    dense: bool = False,
) -> int:
    """Writes the sheets, dense ones with two persons a line; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    sheets = list(sheets) or [SignIn()]
    fonts.check_printable([*fonts.texts_of(sheets, "签到表"), *fonts.texts_of(office)])
    title = sheets[0].title.replace("　", "")
    with document(to, title=title, subject="签到表", office=office, printed_on=printed_on) as made:
        for done, sheet in enumerate(sheets):
            progress.step(done, len(sheets), sheet.event)
            flow = Flow(RecordFooter(office, printed_on, sheet.number, sheet.code), top=20)
            _head(flow, sheet, office)
            (_dense if dense else _roomy)(flow, sheet.signers)
            _note(flow, sheet)
            made.add(flow, bookmark=sheet.event or title)
        return made.pages


def _head(flow: Flow, sheet: SignIn, office: OfficeHead) -> None:
    page = flow.page
    page.fit(105, 28, sheet.title, flow.width, "BiaoSong", 20, align="center")
    flow.y = 38
    page.fit(flow.left, flow.y, office.full_name, 80, "Song", 10.5)
    if sheet.number:
        page.text(flow.right, flow.y, f"编号：{sheet.number}", "Song", 10.5, align="right")
    flow.y += 3
    table = Sheet(flow)
    table.cells((Cell("活动名称", sheet.event),), height=9)
    table.cells((Cell("时　　间", sheet.when or _DAY), Cell("主持人", sheet.host, 0.6)), height=9)
    table.cells((Cell("地　　点", sheet.place),), height=9)
    expected = f"{len(sheet.signers)}人" if sheet.signers else "　　人"
    came = "　　人" if sheet.came is None else f"{sheet.came}人"
    away = f"{sheet.away}人" if sheet.signers else "　　人"
    table.cells((Cell("应　　到", expected), Cell("实到", came), Cell("请假", away)), height=9)
    table.close()
    flow.y += 3


_DAY = "　　　　年　　月　　日　　时　　分"


def _roomy(flow: Flow, signers: tuple[Signer, ...]) -> None:
    table = Table(flow, _COLUMNS, _STYLE)
    table.rows(
        [str(number), spaced(one.name), one.level, one.job, one.phone, one.sign, one.at]
        for number, one in enumerate(signers, start=1)
    )
    if signers:
        _leave_room(flow, table, len(_COLUMNS), _GUESTS)
    else:
        blank = [""] * (len(_COLUMNS) - 1)
        table.rows([str(number), *blank] for number in range(1, _fitting(flow)))
    table.close()


def _dense(flow: Flow, signers: tuple[Signer, ...]) -> None:
    """Two persons a line; the numbers run down the left half of each page, then the right."""
    table = Table(flow, [*_HALF, *_HALF], _STYLE)
    cells = [[str(n), spaced(one.name), one.sign, one.at] for n, one in enumerate(signers, start=1)]
    cells = cells or [[str(number), "", "", ""] for number in range(1, 2 * _fitting(flow) - 1)]
    nobody = ["", "", "", ""]
    room = flow.room
    while cells:
        lines = min(int((room - _STYLE.head_height) / _STYLE.row), ceil(len(cells) / 2))
        left, right = cells[:lines], cells[lines : 2 * lines]
        right += [nobody] * (len(left) - len(right))
        table.rows([*one, *other] for one, other in zip(left, right, strict=True))
        cells = cells[2 * lines :]
        room = flow.page_room
    if signers:
        _leave_room(flow, table, 2 * len(_HALF), _GUESTS // 2)
    table.close()


def _leave_room(flow: Flow, table: Table, columns: int, least: int) -> None:
    """Empty lines down to the foot of the page on which the least of them stand."""
    blank = [""] * columns
    table.rows(blank for _ in range(least))
    table.rows(blank for _ in range(_fitting(flow)))


def _fitting(flow: Flow) -> int:
    """How many more lines the page has room for."""
    return int((flow.room - _BELOW) / _STYLE.row)


def _note(flow: Flow, sheet: SignIn) -> None:
    order = f"名单{sheet.order}；" if sheet.order and sheet.signers else ""
    words = f"注：{order}未列入名单的列席人员、来宾，请签在空白行。时间栏已印时间的，为扫码签到。"
    flow.y += 1.5
    flow.paragraph(words, "Song", 9, lead=4.6, indent=0, color=GREY)
