"""双联系记录卡, of A5: who met whom and how, what was heard, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Visit
from deputydesk.models.choices import LinkMethod, VisitKind
from deputydesk.operations import opinions, visits
from deputydesk.operations.opinion_rows import OpinionRow
from deputydesk.operations.visits import LINKS, VisitRow
from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered, OfficeHead
from deputydesk.reports.kit import Flow
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.page import A5
from deputydesk.reports.record_sheet import DAY, Kind, begin, write_sheets
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import in_order

_KIND = Kind("双联系记录卡", "双联系记录卡")
_CODE = "LX"
_NEWEST = 400
_DIRECTIONS = {
    VisitKind.LINK_DEPUTIES: "组成人员联系代表",
    VisitKind.LINK_VOTERS: "代表联系选民",
}


@dataclass(frozen=True)
class LinkCard:
    """The card; what is empty is filled in by hand."""

    number: Annotated[str, "编号"] = ""
    code: str = ""
    kind: VisitKind | None = None
    member: Annotated[str, "组成人员"] = ""
    deputies: Annotated[str, "代表"] = ""
    received: int = 0
    held_on: date | None = None
    slot: Annotated[str, "时间"] = ""
    method: LinkMethod | None = None
    place: Annotated[str, "地点"] = ""
    topic: Annotated[str, "联系内容"] = ""
    heard: Annotated[str, "意见建议"] = ""
    result: Annotated[str, "办理情况"] = ""
    recorder: Annotated[str, "记录人"] = ""


def write(
    papers: Iterable[LinkCard],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a card for each contact, or a blank one; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    return write_sheets(
        _KIND, list(papers) or [LinkCard()], _draw, to, office=office, printed_on=printed_on,
        progress=progress, named=lambda paper: paper.number,
    )  # fmt: skip


def _draw(paper: LinkCard, office: OfficeHead, printed_on: date) -> Flow:
    flow = begin(paper, _KIND.title, office, printed_on, size=A5)
    sheet = Sheet(flow)
    ways = (f"{'☑' if paper.kind is kind else '☐'} {words}" for kind, words in _DIRECTIONS.items())
    sheet.cells((Cell("联系方向", "　".join(ways)),), height=9)
    sheet.cells((Cell("组成人员", paper.member, is_name=True),), height=9)
    sheet.cells((Cell("代　　表", paper.deputies),), height=9)
    held = f"{date_text(paper.held_on)} {paper.slot}" if paper.held_on else DAY
    sheet.cells((Cell("联系时间", held.rstrip()),), height=9)
    methods = "　".join(
        f"{'☑' if paper.method is method else '☐'} {method.label}"
        for method in LinkMethod
        if method.label
    )
    sheet.cells((Cell("联系方式", methods),), height=9)
    count = f"{paper.received}人次" if paper.received else "　　　人次"
    sheet.cells((Cell("地　　点", paper.place, 1.25), Cell("人次", count, 0.75)), height=9)
    sheet.block("联系内容", paper.topic, height=14)
    sheet.block("反映的\n意见建议", paper.heard, height=29)
    sheet.block("办理和\n反馈情况", paper.result, height=17)
    sheet.cells(
        (Cell("被联系人\n签　　名", ""), Cell("记录人", paper.recorder, is_name=True)), height=11
    )
    note = "说明：一次联系填一张；意见建议逐件登记、交办和反馈，不在联系中直接处理。"
    sheet.close(note=note)
    return flow


def _read(job: Job) -> list[LinkCard]:
    chosen = job.options.record_id
    return [job.office.ask(_card, chosen, job.today)] if chosen else []


def _card(session: Session, record_id: str, today: date) -> LinkCard:
    found = visits.rows(session, visit_id=record_id)
    if not found:
        raise UserError("找不到这次联系，可能已被删除。", hint="请刷新后再试。")
    row = found[0]
    heard = opinions.rows(session, today=today, visit_id=record_id)
    return _filled(row, sorted(heard, key=lambda one: one.number))


def _filled(row: VisitRow, heard: list[OpinionRow]) -> LinkCard:
    return LinkCard(
        number=record_number(_CODE, row.id, row.held_on),
        code=code_of(_CODE, row.id, row.held_on),
        kind=row.kind,
        member=row.member,
        deputies="、".join(in_order(row.deputies)),
        received=row.received,
        held_on=row.held_on,
        slot=row.slot,
        method=row.method,
        place=row.home or row.place,
        topic="\n".join(part for part in (row.topic, row.note) if part),
        heard=_numbered([one.matter for one in heard]),
        result=_numbered([_outcome(one) for one in heard]),
        recorder=row.recorder,
    )


def _numbered(lines: list[str]) -> str:
    if len(lines) < 2:
        return "".join(lines)
    return "\n".join(f"{place}.{line}" for place, line in enumerate(lines, start=1))


def _outcome(row: OpinionRow) -> str:
    parts = (row.route.label, row.unit, row.outcome or row.spot_answer)
    return "，".join(part for part in parts if part) or "待办理"


def _offered(session: Session) -> list[Offered]:
    newest = (
        select(Visit.id)
        .where(Visit.kind.in_(LINKS))
        .order_by(Visit.held_on.desc(), Visit.id.desc())
        .limit(_NEWEST)
    )
    return [_offer(row) for row in visits.rows(session, ids=list(session.scalars(newest)))]


def _one(session: Session, record_id: str) -> Offered | None:
    found = visits.rows(session, visit_id=record_id)
    return next((_offer(row) for row in found if row.kind in LINKS), None)


def _offer(row: VisitRow) -> Offered:
    return Offered(
        row.id, f"{row.held_on:%Y-%m-%d}　{row.member or '、'.join(row.deputies)}", row.topic
    )


FORM = Form(
    "link_card",
    "双联系记录卡",
    Group.RECEPTION,
    "A5 一张。选一次联系，印出已登记的内容；不选，印空白卡供随身带、当场记。",
    _read,
    write,
    (AskRecord(Visit, _offered, "联系", blank="空白卡", one=_one),),
    source="自拟：“双联系”（组成人员联系代表、代表联系选民）的做法见石拐区人大的公开报道",
)
