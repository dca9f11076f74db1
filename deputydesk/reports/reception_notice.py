"""接待日公告: where and when deputies receive voters, what for, and what is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.models import RotaShift
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import local_rules, rotas
from deputydesk.operations.rotas import ShiftRow
from deputydesk.reports import official
from deputydesk.reports.form import AskLastDay, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter import Letter, write
from deputydesk.reports.letter_sources import PAPERS, Sender, letterhead, sender
from deputydesk.reports.letter_word import write_docx
from deputydesk.reports.official import Block, Signature
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.word import WordPaper
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import in_order
from deputydesk.rules.typed_dates import weekday

FORM_ID = "reception_notice"
RULE = "reception_notice"
"""The local rule: what voters may come with."""
TITLE = "人大代表接待选民日公告"
_ANNEX = "人大代表接待选民日安排表"
_KIND = "GG"
_IN_TEXT = 3
"""More days than this stand in a table."""
_AHEAD = timedelta(days=31)
_GAP = "　　　　　　　　　　"
_COLUMNS = (
    Column("日期", 32),
    Column("时间", 33),
    Column("接待地点", 49, "left"),
    Column("接待代表", 42, "left"),
)
_STYLE = Style(size=10.5, lead=5.2, head_size=10.5, head_height=9, ruled=True, row=10)


@dataclass(frozen=True)
class Schedule:
    """Many days, as a table on a page of its own."""

    days: Annotated[tuple[tuple[str, ...], ...], "安排表"]

    def draw(self, flow: Flow) -> None:
        """Draws the table."""
        official.annex_head(flow, _ANNEX)
        table = Table(flow, _COLUMNS, _STYLE)
        table.rows(self.days)
        table.close()

    def write_word(self, paper: WordPaper) -> None:
        """Writes the table into a Word file."""
        paper.annex(_ANNEX)
        paper.table(_COLUMNS, self.days)


def _read(job: Job) -> list[Letter]:
    by = sender(job)
    chosen = job.options.record_id
    last = job.options.last or job.today
    if chosen:
        found = job.office.ask(rotas.rows, job.today, ids=(chosen,))
    else:
        until = last if last > job.today else job.today + _AHEAD
        ahead = job.office.ask(rotas.rows, job.today, first=job.today, last=until)
        found = [row for row in ahead if row.is_open]
    return [_notice(job, by, found, last)]


def _notice(job: Job, by: Sender, shifts: Sequence[ShiftRow], typed: date) -> Letter:
    rule = job.office.ask(local_rules.current, RULE, job.today).rule
    day = next((s.announced_on for s in shifts if s.announced_on), None) or job.today
    in_table = len(shifts) > _IN_TEXT
    owner = shifts[0].id if len(shifts) == 1 else ""
    return Letter(
        head=letterhead(
            job, by, form=FORM_ID, owner_id=owner, style="red", kind=_KIND,
            day=shifts[0].planned_on if owner else None,
        ),
        title=TITLE,
        blocks=(
            Block(
                "text",
                "为密切人大代表同人民群众的联系，听取和反映选民的意见建议，"
                "现将人大代表接待选民日有关事项公告如下。",
            ),
            Block("heading", "一、接待时间、地点和代表"),
            *(_days(shifts, typed) if not in_table else [_see_annex(shifts)]),
            *_parts(by, rule),
        ),
        annexes=(_ANNEX,) if in_table else (),
        signed=Signature(by.organ, day),
        annex=Schedule(tuple(_row(s) for s in shifts)) if in_table else None,
    )  # fmt: skip


def _parts(by: Sender, rule: local_rules.Rule) -> list[Block]:
    found: list[Block] = []
    parts = [("接待范围", rule["scope"]), ("不受理的事项", rule["refused"])]
    contact = [by.contact] if by.contact else []
    parts.append(("注意事项和联系方式", [*rule["advice"], *contact]))
    numerals = iter("二三四")
    for title, lines in parts:
        if not lines:
            continue
        found.append(Block("heading", f"{next(numerals)}、{title}"))
        if len(lines) == 1:
            found.append(Block("text", f"{lines[0]}。"))
        else:
            ends = ["；"] * (len(lines) - 1) + ["。"]
            found += [
                Block("text", f"{n}.{line}{end}")
                for n, (line, end) in enumerate(zip(lines, ends, strict=True), start=1)
            ]
    return found


def _days(shifts: Sequence[ShiftRow], typed: date) -> list[Block]:
    if not shifts:
        return [
            Block("text", f"时间：{_full(typed)}{_GAP}"),
            Block("text", f"地点：{_GAP}"),
            Block("text", f"接待代表：{_GAP}"),
        ]
    if len(shifts) == 1:
        (s,) = shifts
        return [
            Block("text", f"时间：{_full(s.planned_on)}{s.slot}"),
            Block("text", f"地点：{s.home}"),
            Block("text", f"接待代表：{'、'.join(in_order(s.deputies)) or _GAP}"),
            *([Block("text", f"主题：{s.topic}")] if s.topic else []),
            *([_moved(s)] if s.moved_from else []),
        ]
    return [
        Block(
            "text",
            f"{n}.{_full(s.planned_on)}{s.slot}，在{s.home}，"
            f"接待代表：{'、'.join(in_order(s.deputies)) or _GAP}。",
        )
        for n, s in enumerate(shifts, start=1)
    ]


def _moved(s: ShiftRow) -> Block:
    assert s.moved_from, "caller checks that it was moved"
    return Block("text", f"原定{date_text(s.moved_from)}的接待日改在上述时间举行，敬请谅解。")


def _see_annex(shifts: Sequence[ShiftRow]) -> Block:
    first, last = shifts[0].planned_on, shifts[-1].planned_on
    return Block("text", f"{date_text(first)}至{date_text(last)}共安排{len(shifts)}次，详见附件。")


def _row(s: ShiftRow) -> tuple[str, ...]:
    day = s.planned_on
    short = f"{day.month}月{day.day}日（{weekday(day)}）"  # the years stand in the text
    return short, s.slot, s.home, "、".join(in_order(s.deputies))


def _full(day: date) -> str:
    return f"{date_text(day)}（{weekday(day)}）"


def _shifts(session: Session) -> list[Offered]:
    today = session.scalar(select(func.max(RotaShift.planned_on)))
    if today is None:
        return []
    return [
        Offered(s.id, f"{s.day} {s.home}", "、".join(in_order(s.deputies)))
        for s in reversed(rotas.rows(session, today))
        if s.state is not ShiftState.CANCELLED
    ]


FORM = Form(
    FORM_ID,
    "接待日公告",
    Group.RECEPTION,
    "选一天，印这一天的公告；不选，印今天起到截至日（默认一个月内）待开展的安排。",
    _read,
    partial(write, title=TITLE),
    (
        AskRecord(RotaShift, _shifts, "进家安排", blank="截至日前的全部安排"),
        AskLastDay("截至（没有安排的，印这一天）"),
        PAPERS,
    ),
    source="GB/T 9704-2012第7.2条（红头）；公告要素按公开的代表接待日制度（提前3天以上公告）",
    write_docx=write_docx,
)
