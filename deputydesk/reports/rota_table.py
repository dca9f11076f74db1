"""代表进家轮值表: the planned days of a period by home, with deputies, state and changes."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Home, RotaShift
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import places, rotas
from deputydesk.operations.rotas import ShiftRow
from deputydesk.reports.form import AskPaper, AskPeriod, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.listing import Listing, Part, write
from deputydesk.reports.tables import Column
from deputydesk.reports.wording import period_text
from deputydesk.rules.names import in_order
from deputydesk.rules.typed_dates import weekday

_TITLE = "人大代表进家轮值表"
_PUBLIC = "public"
_COLUMNS = (
    Column("序号", 12),
    Column("日　期", 40),
    Column("时　间", 40, "left"),
    Column("代表之家", 60, "left"),
    Column("进家代表", 84, "left"),
    Column("主　题", 50, "left"),
)
_OWN = (Column("状态", 20), Column("公告、调整", 50, "left"))


def _table(
    session: Session, home_id: str, days: tuple[date, date], today: date, *, is_public: bool
) -> Listing:
    """The planned days of a home, or of all; for the wall without what is the office's own.

    Raises:
        UserError: there is no such home.
    """
    names = {row.id: row.name for row in places.home_names(session)}
    if home_id and home_id not in names:
        raise UserError("找不到这个代表之家，可能已被删除。", hint="请刷新后再试。")
    found = rotas.rows(session, today, first=days[0], last=days[1], home_id=home_id)
    if is_public:
        found = [row for row in found if row.state is not ShiftState.CANCELLED]
    lines = [_line(place, row, is_public=is_public) for place, row in enumerate(found, start=1)]
    where = names.get(home_id, "")
    return Listing(
        title=f"{where}代表进家轮值表" if where else _TITLE,
        period=period_text(*days),
        total=_total(found, is_public=is_public),
        parts=(
            Part(
                _COLUMNS if is_public else (*_COLUMNS, *_OWN),
                tuple(lines),
                nothing="这一期间没有安排",
            ),
        ),
        notes=("注：遇节假日或临时调整，以代表之家的公告为准。",) if is_public else (),
        is_wide=True,
    )


def _total(rows: Sequence[ShiftRow], *, is_public: bool) -> str:
    people = {one for row in rows for one in row.deputy_ids}
    said = f"共{len(rows)}天，{len({row.home_id for row in rows})}家，代表{len(people)}名"
    if is_public:
        return said
    counts = {state: sum(row.state is state for row in rows) for state in ShiftState}
    known = "，".join(f"{state.label}{count}" for state, count in counts.items() if count)
    return f"{said}（{known}）" if known else said


def _line(place: int, row: ShiftRow, *, is_public: bool) -> tuple[str, ...]:
    day = row.planned_on
    shown = (
        str(place),
        f"{day.isoformat()} {weekday(day)}",
        row.slot,
        row.home,
        "、".join(in_order(row.deputies)),
        row.topic,
    )
    return shown if is_public else (*shown, row.state.label, _changes(row))


def _changes(row: ShiftRow) -> str:
    parts = (
        f"{row.announced_on.isoformat()}公告" if row.announced_on else "",
        f"原定{row.moved_from.isoformat()}" if row.moved_from else "",
        row.moved_why,
        row.note,
    )
    return "；".join(part for part in parts if part)


def _homes(session: Session) -> list[Offered]:
    return [Offered(row.id, row.name, row.detail) for row in places.home_names(session)]


def _read(job: Job) -> list[Listing]:
    """The year asked for, whole: what is planned lies ahead."""
    first = job.options.first or job.today.replace(month=1, day=1)
    last = job.options.last or first.replace(month=12, day=31)
    is_public = FORM.paper(job.options) == _PUBLIC
    chosen = job.options.record_id
    return [job.office.ask(_table, chosen, (first, last), job.today, is_public=is_public)]


FORM = Form(
    "rota_table",
    "代表进家轮值表",
    Group.HOME,
    "一年或一季的进家安排，选一家或全部；张贴的不印状态和调整。",
    _read,
    partial(write, subject="代表进家轮值表"),
    (
        AskRecord(Home, _homes, "代表之家", blank="全部", others=(RotaShift,)),
        AskPeriod(),
        AskPaper(((_PUBLIC, "张贴用"), ("own", "机关用：带状态、公告和调整")), "用途"),
    ),
    source="自拟：按年度编排代表进家的日期、地点和代表，做法见公开的代表联络站接待制度",
)
