"""履职监督员登记表: who watches over the deputies of each home, since when, and what they said."""

from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Home
from deputydesk.operations import places, supervisor_remarks, supervisors
from deputydesk.operations.supervisors import SupervisorRow
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.listing import Listing, Part, write
from deputydesk.reports.tables import Column
from deputydesk.reports.wording import short_date
from deputydesk.rules.names import spaced

_CODE = "JDY"
_TITLE = "人大代表履职监督员登记表"
_BLANK = 16
_COLUMNS = (
    Column("序号", 12),
    Column("代表之家", 46, "left"),
    Column("姓　名", 28, fits=True),
    Column("工作单位及职务", 66, "left"),
    Column("联系电话", 32, fits=True),
    Column("聘任日期", 26),
    Column("解聘日期", 26),
    Column("评语", 14),
    Column("签　名", 30),
)
_REMARKS = (
    Column("日期", 26),
    Column("代表之家", 46, "left"),
    Column("监督员", 28, fits=True),
    Column("代　表", 28, fits=True),
    Column("评语", 80, "left"),
    Column("处理情况", 60, "left"),
)


def _register(session: Session, home_id: str, today: date) -> Listing:
    """The supervisors of a home or of all, those in office first.

    Raises:
        UserError: there is no such home.
    """
    names = {row.id: row.name for row in places.home_names(session)}
    if home_id and home_id not in names:
        raise UserError("找不到这个代表之家，可能已被删除。", hint="请刷新后再试。")
    rank = {one: place for place, one in enumerate(names)}
    found = [row for row in supervisors.rows(session) if home_id in ("", row.home_id)]
    found.sort(key=lambda row: (rank.get(row.home_id, len(rank)), not row.serves_on(today), row.id))
    wrong = [row for row in supervisors.warnings(session, today) if home_id in ("", row.id)]
    serving = [row for row in found if row.serves_on(today)]
    parts = [Part(_COLUMNS, _lines(found), blank=0 if found else _BLANK)]
    said = _remarks(session, {row.id for row in found})
    if said:
        parts.append(Part(_REMARKS, said, "监督员评语"))
    return Listing(
        title=f"{names[home_id]}履职监督员登记表" if home_id else _TITLE,
        period=f"截至{short_date(today, with_year=True)}",
        total=f"在聘{len(serving)}名，{len({row.home_id for row in serving})}家",
        parts=tuple(parts),
        notes=tuple(f"注：{row.sentence}" for row in wrong) if found else (),
        number=record_number(_CODE, home_id, None) if home_id else "",
        code=code_of(_CODE, home_id, None) if home_id else "",
        is_wide=True,
    )


def _lines(rows: list[SupervisorRow]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(place),
            row.home,
            spaced(row.name),
            row.job,
            row.phone,
            short_date(row.from_on, with_year=True),
            short_date(row.to_on, with_year=True),
            str(row.remarks or ""),
            "",
        )
        for place, row in enumerate(rows, start=1)
    )


def _remarks(session: Session, ids: set[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            short_date(row.made_on, with_year=True),
            row.home,
            spaced(row.supervisor),
            spaced(row.deputy),
            row.content,
            row.handled,
        )
        for row in supervisor_remarks.rows(session)
        if row.supervisor_id in ids
    )


def _homes(session: Session) -> list[Offered]:
    return [Offered(row.id, row.name, row.detail) for row in places.home_names(session)]


def _read(job: Job) -> list[Listing]:
    return [job.office.ask(_register, job.options.record_id, job.today)]


FORM = Form(
    "supervisor_register",
    "履职监督员登记表",
    Group.HOME,
    "各家的履职监督员：任期、签名、评语和处理；选一家，或全部。还没有登记的，印空白表。",
    _read,
    partial(write, subject="履职监督员登记表"),
    (AskRecord(Home, _homes, "代表之家", blank="全部"),),
    source="自拟：每家二至三名履职监督员的做法见石拐区人大的公开报道；人数按本地规则核对",
)
