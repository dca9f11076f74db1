"""封账证明: that a quarter's board was closed, by which rules, and what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import PointObjection, PointQuarter
from deputydesk.operations import offices, point_quarters, points
from deputydesk.operations.point_board import BoardRow, Standing
from deputydesk.operations.points import ClosedRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, official
from deputydesk.reports.form import AskRecord, Due, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.official import Block, Signature
from deputydesk.reports.page import GREY
from deputydesk.reports.score_board_sources import quarter_of
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import spaced
from deputydesk.rules.points import shown
from deputydesk.rules.quarters import Quarter

_TITLE = "代表履职积分封账证明"
_ANNEX = "代表履职积分名单"
_STYLE = Style(size=10.5, lead=5, head_size=10.5, head_height=9, row=8.2)
_COLUMNS = (
    Column("名次", 16),
    Column("代表姓名", 34, fits=True),
    Column("层级", 26),
    Column("所在代表之家", 56, "left"),
    Column("积分", 18),
    Column("说明", 28),
)
_GROUP, _PER_LINE = 8, 4


@dataclass(frozen=True)
class Listed:
    """A deputy of the closed board."""

    rank: Annotated[str, "名次"]
    name: Annotated[str, "代表姓名"]
    level: Annotated[str, "层级"]
    home: Annotated[str, "代表之家"]
    total: Annotated[str, "积分"]
    note: Annotated[str, "说明"] = ""


@dataclass(frozen=True)
class Certificate:
    """What is certified of a closed quarter."""

    label: Annotated[str, "季度"]
    sentences: Annotated[tuple[str, ...], "证明内容"]
    digest: Annotated[str, "校验值"]
    organ: Annotated[str, "落款"]
    number: Annotated[str, "编号"]
    code: str
    rows: Annotated[tuple[Listed, ...], "名单"] = ()


def write(
    paper: Certificate | None,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the certificate with the list it is of; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    progress.step(0, 1, paper.label if paper else "")
    fonts.check_printable([*fonts.texts_of(paper, "封账证明"), *fonts.texts_of(office)])
    with document(
        to, title=_TITLE, subject="履职积分封账证明", office=office, printed_on=printed_on
    ) as making:
        flow = _draw(paper, office, printed_on) if paper else _nothing(office, printed_on)
        making.add(flow, bookmark=paper.label if paper else "")
        return making.pages


def _nothing(office: OfficeHead, printed_on: date) -> Flow:
    flow = official.new_flow(RecordFooter(office, printed_on))
    official.title(flow, _TITLE)
    flow.page.text(105, flow.y + 20, "还没有封账的季度。", "Song", 14, align="center", color=GREY)
    return flow


def _draw(paper: Certificate, office: OfficeHead, printed_on: date) -> Flow:
    flow = official.new_flow(RecordFooter(office, printed_on, paper.number, paper.code))
    official.title(flow, _TITLE)
    first, *last = paper.sentences
    official.body(flow, [Block("text", first), *(Block("text", said) for said in last[:-1])])
    groups = [paper.digest[n : n + _GROUP] for n in range(0, len(paper.digest), _GROUP)]
    for start in range(0, len(groups), _PER_LINE):
        flow.need(official.LEAD)
        line = "　".join(groups[start : start + _PER_LINE])
        base = flow.y + official.LEAD / 2 + 2
        flow.page.text((flow.left + flow.right) / 2, base, line, "Song", 15, align="center")
        flow.y += official.LEAD
    signed = Signature(paper.organ, printed_on)
    closing = [Block("text", last[-1]), Block("text", "特此证明。")]
    official.body(flow, closing, tail=signed.lines)
    official.signature(flow, signed)
    if paper.rows:
        official.annex_head(flow, f"{paper.label}{_ANNEX}")
        _list(flow, paper.rows)
    return flow


def _list(flow: Flow, rows: Sequence[Listed]) -> None:
    table = Table(flow, _COLUMNS, _STYLE)
    table.rows(
        (row.rank, spaced(row.name), row.level, row.home, row.total, row.note) for row in rows
    )
    table.close()


def _read(job: Job) -> Certificate | None:
    quarter = job.office.ask(quarter_of, job.options.record_id, job.today)
    profile = job.office.ask(offices.profile)
    organ = profile.organ.full if profile else job.head.organ
    return job.office.ask(_certificate, quarter, organ, is_chosen=bool(job.options.record_id))


def _certificate(
    session: Session, quarter: Quarter, organ: str, *, is_chosen: bool
) -> Certificate | None:
    record = points.closed(session, quarter)
    if record is None:
        if is_chosen:
            raise UserError(f"{quarter.label}还没有封账，不能出具证明。", hint="请先封账。")
        return None
    if point_quarters.digest(record) != record.digest:
        raise UserError(
            f"{quarter.label}的积分榜与封账时的校验值不符，不能出具证明。",
            hint="请先到“设置”的“备份与核对”里核对数据。",
        )
    closed, rows = points.closed_row(record), points.frozen_rows(record)
    raised = session.scalar(select(func.count()).where(PointObjection.quarter_id == record.id))
    return Certificate(
        quarter.label,
        _sentences(closed, rows, organ, raised or 0),
        record.digest.upper(),
        organ,
        f"FZ-{quarter.year}-{quarter.number}",
        f"DD1:FZ:{quarter.year}Q{quarter.number}:{record.digest[:8].upper()}",
        tuple(_listed(row) for row in rows),
    )


def _sentences(
    closed: ClosedRow, rows: Sequence[BoardRow], organ: str, raised: int
) -> tuple[str, ...]:
    quarter = closed.quarter
    ranked = [row.total for row in rows if row.rank]
    suspended = sum(row.standing == Standing.SUSPENDED for row in rows)
    short = sum(row.standing == Standing.SHORT for row in rows)
    apart = "".join(
        f"，{words}{number}名"
        for words, number in (("暂停执行职务", suspended), ("任职时间短不排名", short))
        if number
    )
    days = f"{date_text(quarter.first)}至{date_text(quarter.last)}"
    closing = f"已于{date_text(closed.closed_on)}封账，封账人{closed.closed_by}"
    rules = f"积分规则为“{closed.scheme_name}”，自{date_text(closed.scheme_from)}起施行"
    most = f"，最高{shown(max(ranked))}分，最低{shown(min(ranked))}分" if ranked else ""
    listed = f"榜上代表{len(rows)}名（名单附后），其中参加排名{len(ranked)}名{apart}"
    average = f"人均{shown(points.averages(rows))}分{most}"
    return (
        f"{quarter.label}（{days}）代表履职积分经{organ}核算，{closing}。{rules}。",
        f"{listed}；{average}。{_published(closed, raised)}",
        "封账以后，本季的规则、名单和得分不再变动。积分榜全部内容的校验值（SHA-256）为：",
        "经核对，现存的积分榜与封账时的校验值一致。",
    )


def _published(closed: ClosedRow, raised: int) -> str:
    if not closed.published_on or not closed.objections_until:
        return "积分榜还没有公示。"
    told = f"收到异议{raised}条" if raised else "没有收到异议"
    days = f"{date_text(closed.published_on)}至{date_text(closed.objections_until)}"
    return f"积分榜已于{days}公示，{told}。"


def _listed(row: BoardRow) -> Listed:
    is_suspended = row.standing == Standing.SUSPENDED
    return Listed(
        rank=str(row.rank or "—"),
        name=row.name,
        level=row.level.label,
        home=row.home or row.town,
        total="—" if is_suspended else shown(row.total),
        note=row.standing.label or row.note,
    )


def _closed(session: Session) -> list[Offered]:
    return [
        Offered(row.id, row.quarter.label, f"{row.closed_on:%Y-%m-%d} 封账", row.quarter.last)
        for row in points.closed_rows(session)
    ]


FORM = Form(
    "score_certificate",
    "积分封账证明",
    Group.DEPUTY,
    "证明一个季度的积分榜已经封账：规则版本、校验值、盖章处，附全部名单；内容被改动过的不能出具。",
    _read,
    write,
    (AskRecord(PointQuarter, _closed, "季度", blank="最近封账的季度", none="本季度没有封账"),),
    due=(Due.QUARTER,),
    source="自拟：按公文格式（GB/T 9704-2012）的版心和落款",
)
