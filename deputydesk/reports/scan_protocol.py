"""读票计票记录: how scanned papers came to their count, signed by those who answer for it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.page import A4, GREY, RED
from deputydesk.reports.result_parts import count_tiles, signatures
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import date_text, percent

TITLE = "读票计票记录"
_SIGNERS = ("计票人", "监票人", "负责人")
_SIGNATURES, _NOTE = 30.0, 4.4
_FIRST_ROWS = 30.0
"""A table of two rows, with its head and the sentence below it."""
_LINES = 12
"""Rows to fill in on a blank record."""
_STYLE = Style(row=6.6, size=9, lead=4.2, head_height=7, ruled=True, padding=1.2, above=0.6)


@dataclass(frozen=True)
class Batch:
    """Files that were read in one go."""

    taken_on: date
    taken_by: Annotated[str, "读入人"]
    files: int
    pages: int
    kept: int
    digest: str


@dataclass(frozen=True)
class Row:
    """What a question got; `votes` in the order of the options."""

    name: Annotated[str, "项目"]
    votes: tuple[int, ...]
    void: int


@dataclass(frozen=True)
class Protocol:
    """How a run was read and counted; what is not known is filled in by hand."""

    name: Annotated[str, "名称"] = ""
    code: str = ""
    form: Annotated[str, "表格"] = ""
    layout: str = ""
    blank: str = ""
    reader: str = ""
    printed: int = 0
    printed_on: date | None = None
    two_people: bool = False
    people: Annotated[tuple[str, ...], "认定人"] = ()
    """Who decided on rows, the first in front."""
    issued: int = 0
    returned: int | None = None
    invalid: int = 0
    pages: tuple[int, int, int] = (0, 0, 0)
    """Pages that count, that are void, that were scanned twice."""
    rows_read: tuple[int, int, int] = (0, 0, 0)
    """Rows that count as read, as people decided, and of these otherwise than read."""
    sample: int = 0
    is_trial: bool = False
    is_all_reviewed: bool = False
    explanation: Annotated[str, "说明"] = ""
    counter: Annotated[str, "计票人"] = ""
    scrutineer: Annotated[str, "监票人"] = ""
    booked_on: date | None = None
    booked_by: Annotated[str, "入账人"] = ""
    batches: tuple[Batch, ...] = ()
    left_out: Annotated[tuple[tuple[str, int], ...], "不计入的页"] = ()
    """Why pages do not count, and how many."""
    corrections: Annotated[tuple[str, ...], "更正"] = ()
    options: Annotated[tuple[str, ...], "选项"] = ()
    rows: Annotated[tuple[Row, ...], "结果"] = ()

    @property
    def is_blank(self) -> bool:
        """Whether all of it is filled in by hand."""
        return self.returned is None

    def said(self, number: int) -> str:
        """A number, or room for one."""
        return "" if self.is_blank else str(number)


def write(
    protocol: Protocol,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the record; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(protocol), *fonts.texts_of(office)])
    with document(
        to, title=f"{protocol.name}{TITLE}", subject=TITLE, office=office, printed_on=printed_on
    ) as making:
        progress.step(0, 1, TITLE)
        making.add(_draw(protocol, office, printed_on))
        return making.pages


def _draw(said: Protocol, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, f"DP-{said.code}" if said.code else ""), size=A4)
    page, middle = flow.page, flow.size.width / 2
    page.fit(middle, 25, said.name or office.full_name, flow.width, "BiaoSong", 16, align="center")
    page.text(middle, 35, TITLE, "BiaoSong", 22, align="center")
    page.line(flow.left, 40, flow.right, 40, weight=1.4, color=RED)
    page.line(flow.left, 41.1, flow.right, 41.1, weight=0.4, color=RED)
    flow.y = 45
    _counts(flow, said)
    _facts(flow, said)
    _results(flow, said)
    _left_out(flow, said)
    _batches(flow, said)
    _notes(flow, said)
    flow.need(_SIGNATURES)
    people = (said.counter, said.scrutineer, "")
    signatures(flow, tuple(zip(_SIGNERS, people, strict=True)))
    return flow


def _counts(flow: Flow, said: Protocol) -> None:
    if said.returned is None:
        room = "　　　　"
        text = f"发出{room}张　收回{room}张　有效票{room}张　无效票{room}张"
        flow.page.text(flow.size.width / 2, flow.y + 7, text, "Song", 12, align="center")
        flow.y += 14
        return
    count_tiles(
        flow,
        (
            ("发出", said.issued, "张", f"印制 {said.printed} 张"),
            ("收回", said.returned, "张", f"收回率 {percent(said.returned, said.issued)}"),
            ("有效票", said.returned - said.invalid, "张", ""),
            ("无效票", said.invalid, "张", ""),
        ),
    )


def _facts(flow: Flow, said: Protocol) -> None:
    """How many pages and rows came about how."""
    table = Table(flow, [Column("事项", 46, "left"), Column("数", 18), *_wide(flow, 64)], _STYLE)
    read, void, same = (said.said(number) for number in said.pages)
    by_machine, by_people, changed = (said.said(number) for number in said.rows_read)
    of = f"{said.form}，版式 {said.layout}，表号 {said.code}" if said.code else ""
    reader = f"读票程序 {said.reader}" if said.reader else ""
    table.rows(
        [
            ["计入的页", read, of],
            ["整张无效的页", void, "原因见下"],
            ["重复扫描的页", same, "同一张只计一次"],
            ["按读数计入的行", by_machine, reader],
            ["人工认定的行", by_people, _asked(said)],
            ["其中改了读数的行", changed, ""],
            ["人工抽查的行", said.said(said.sample), _sampled(said)],
        ]
    )
    table.close()
    flow.y += 4


def _asked(said: Protocol) -> str:
    if said.is_blank:
        return ""
    names = f"（{'、'.join(said.people)}）" if said.people else ""
    if said.two_people:
        return f"两人{names}各自认定，不一致的第三次共同认定"
    return f"一人认定{names}"


def _sampled(said: Protocol) -> str:
    if said.is_blank:
        return ""
    if not said.sample:
        return "没有抽查（已满试用张数）"
    agreed = "有读错的，已全部改由人工认定" if said.is_all_reviewed else "全部一致"
    return f"不看读数独立录入，{agreed}"


def _wide(flow: Flow, taken: float) -> list[Column]:
    return [Column("说明", flow.width - taken, "left")]


def _results(flow: Flow, said: Protocol) -> None:
    flow.section("计票结果", keep=_FIRST_ROWS)
    each = min(22.0, 90 / max(1, len(said.options)))
    name = flow.width - 12 - each * len(said.options) - 18
    columns = [
        Column("序号", 12),
        Column("项目", name, "left", fits=True),
        *(Column(option, each, fits=True) for option in said.options),
        Column("空白、无效", 18),
    ]
    table = Table(flow, columns, _STYLE)
    table.rows(
        [
            [str(number), row.name, *map(str, row.votes), str(row.void)]
            for number, row in enumerate(said.rows, start=1)
        ]
        or [[str(number), *[""] * (len(columns) - 1)] for number in range(1, _LINES + 1)],
        keep=2 + _NOTE,
    )
    table.close()
    flow.y += 2
    if said.returned is not None:
        note = f"每行各数之和等于有效票{said.returned - said.invalid}张。"
        flow.paragraph(note, "Song", 9, lead=_NOTE, indent=0, color=GREY)
    flow.y += 3


def _left_out(flow: Flow, said: Protocol) -> None:
    flow.section("没有计入的页")
    table = Table(flow, [Column("页数", 18), *_wide(flow, 18)], _STYLE)
    table.rows(
        [[str(count), why] for why, count in said.left_out]
        or [["", ""] if said.is_blank else ["0", "没有"]]
    )
    table.close()
    flow.y += 4


def _batches(flow: Flow, said: Protocol) -> None:
    flow.section("扫描件")
    columns = [
        Column("读入日期", 28),
        Column("读入人", 22, fits=True),
        Column("文件", 12),
        Column("页数", 12),
        Column("计入", 12),
        Column("校验值（SHA-256）", flow.width - 86, "left"),
    ]
    table = Table(flow, columns, _STYLE)
    table.rows(
        [
            [
                f"{b.taken_on:%Y-%m-%d}",
                b.taken_by,
                str(b.files),
                str(b.pages),
                str(b.kept),
                _grouped(b.digest),
            ]
            for b in said.batches
        ]
        or [[""] * len(columns)]
    )
    table.close()
    flow.y += 4


def _grouped(digest: str) -> str:
    """A check value in groups that can be read out and that may be broken."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _notes(flow: Flow, said: Protocol) -> None:
    if said.is_blank:
        return
    booked = (
        f"{date_text(said.booked_on)}由{said.booked_by}入账。" if said.booked_on else "尚未入账。"
    )
    notes = [
        f"{booked}空白票 {date_text(said.printed_on)}印制，校验值 {_grouped(said.blank)}。",
        *(["试用期间的读票，结果以人工抽查和本记录签名为准。"] if said.is_trial else []),
        *([f"票数说明：{said.explanation}"] if said.explanation else []),
        *(f"入账后更正：{each}" for each in said.corrections),
    ]
    for number, note in enumerate(notes, start=1):
        keep = _SIGNATURES if number == len(notes) else 0
        flow.paragraph(
            f"注{number}．{note}", "Song", 9, lead=_NOTE, indent=0, keep=keep, color=GREY
        )
