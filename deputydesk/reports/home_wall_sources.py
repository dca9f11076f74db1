"""What hangs on a home's walls: the office's rules, the home's deputies, days and checklist."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import ElectoralDistrict, Home, RotaShift
from deputydesk.models.choices import Route
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import home_checks, list_orders, places, regulations, rotas, supervisors
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.regulations import RegulationRow
from deputydesk.reports.form import AskPaper, AskRecord, Form, Group, Job, Offered, Options
from deputydesk.reports.home_wall import (
    TITLE,
    Body,
    Step,
    WallChart,
    WallSheet,
    WallTable,
    WallText,
    write,
)
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.tables import Column
from deputydesk.reports.wording import date_text, person_notes
from deputydesk.rules.names import in_order, spaced
from deputydesk.rules.typed_dates import weekday

_CODE = "SQ"
_A3, _A4, _TILES = "a3", "a4", "a3-tiles"
_STEPS = (
    Step("选民登记", "来访、来电、来信，登记姓名、住址、电话和反映的问题；可以匿名"),
    Step("代表接待", "代表听取意见，按原话记录；代表不直接处理问题"),
    Step("分类处理", "按事项性质确定去向", tuple(r.label for r in Route if r.label)[:5]),
    Step("限期办理", "承办单位签收、办理，在期限内答复"),
    Step("反馈选民", "代表把办理结果告诉选民，当面、电话或上门"),
    Step("选民评价、销号归档", "认可的销号；不认可的退回再办一次"),
)
_DEPUTIES = (
    Column("姓　名", 46, fits=True),
    Column("层级", 24, fits=True),
    Column("选　区", 34, "left"),
    Column("单位及职务", 50, "left"),
    Column("公开电话", 34, fits=True),
)
_VOTERS = (
    Column("选　区", 40, "left"),
    Column("所辖村（嘎查）、社区、单位", 72, "left"),
    Column("联系代表", 50, "left"),
)
_DAYS = (
    Column("日　期", 46),
    Column("时　间", 42, "left"),
    Column("接待代表", 60, "left"),
    Column("主　题", 34, "left"),
)
_ITEMS = (Column("项　目", 42), Column("要　求", 110, "left"), Column("达标", 20))


@dataclass(frozen=True)
class _Place:
    """A home, or the office where no home is registered yet."""

    id: str
    name: str


def _sheets(session: Session, job: Job) -> list[WallSheet]:
    """Everything for the wall of the home chosen, or of the first.

    Raises:
        UserError: there is no such home.
    """
    home = _home(session, job)
    number = record_number(_CODE, home.id, job.today) if home.id else ""
    code = code_of(_CODE, home.id, job.today) if home.id else ""
    return [
        WallSheet(title, home.name, body, number, code)
        for title, body in _bodies(session, home, job.today)
    ]


def _home(session: Session, job: Job) -> _Place:
    chosen = job.options.record_id
    homes = {row.id: row.name for row in places.home_names(session)}
    if chosen and chosen not in homes:
        raise UserError("找不到这个代表之家，可能已被删除。", hint="请刷新后再试。")
    if not homes:
        return _Place("", f"{job.head.name}人大代表之家")
    ident = chosen or next(iter(homes))
    return _Place(ident, homes[ident])


def _bodies(session: Session, home: _Place, today: date) -> Iterator[tuple[str, Body]]:
    rules = [row for row in regulations.rows(session) if _hangs(row, today)]
    for row in sorted(rules, key=lambda row: (row.category, row.number)):
        yield row.name, WallText(row.content, _origin(row))
    people = [
        row
        for row in list_orders.in_list_order(session, today)
        if home.id and row.home_id == home.id and not row.suspended
    ]
    order = f"名单{list_orders.caption(session, today)}；电话经代表本人同意公开。"
    yield (
        "代表信息",
        WallTable(_DEPUTIES, tuple(_deputy(row) for row in people), order, "还没有编入代表"),
    )
    yield (
        "代表接待日安排",
        WallTable(
            _DAYS,
            _days(session, home, today),
            "遇节假日或临时调整，以公告为准。",
            "今年还没有安排",
        ),
    )
    yield "代表联系选民", WallTable(_VOTERS, _voters(session, people), "", "还没有登记选区")
    yield "接待选民流程", WallChart(_STEPS)
    yield "代表之家“八有”", _items(session, home, today)
    yield "履职监督员", _supervisors(session, home, today)


def _hangs(row: RegulationRow, today: date) -> bool:
    """Whether it is to hang there, and its text is known."""
    return row.on_wall and row.holds(today) and bool(row.content)


def _origin(row: RegulationRow) -> str:
    day = row.revised_on or row.adopted_on
    word = "修订" if row.revised_on else "通过"
    parts = (row.document_no, f"{date_text(day)}{word}" if day else "")
    return "　".join(part for part in parts if part)


def _deputy(row: DeputyRow) -> tuple[str, ...]:
    phone = row.public_phone if row.phone_public else ""
    name = spaced(row.name) + person_notes(row.sex.label, row.ethnic)
    return name, row.level.label, row.district, row.job, phone


def _days(session: Session, home: _Place, today: date) -> tuple[tuple[str, ...], ...]:
    """What is planned this year from today's month on, or all of the year when nothing is."""
    if not home.id:
        return ()
    year = rotas.rows(session, today, year=today.year, home_id=home.id)
    held = [row for row in year if row.state is not ShiftState.CANCELLED]
    found = [row for row in held if row.planned_on >= today.replace(day=1)] or held
    return tuple(
        (
            f"{row.planned_on.month}月{row.planned_on.day}日（{weekday(row.planned_on)}）",
            row.slot,
            "、".join(in_order(row.deputies)),
            row.topic,
        )
        for row in found
    )


def _voters(session: Session, people: list[DeputyRow]) -> tuple[tuple[str, ...], ...]:
    """The constituencies of the home's deputies, each with its villages and deputies."""
    of: dict[str, list[str]] = {}
    for row in people:
        if row.electoral_district_id:
            of.setdefault(row.electoral_district_id, []).append(row.name)
    found = session.scalars(
        select(ElectoralDistrict).where(ElectoralDistrict.id.in_(of)).order_by(ElectoralDistrict.id)
    )
    return tuple((d.name, d.villages, "、".join(of[d.id])) for d in found)


def _items(session: Session, home: _Place, today: date) -> WallTable:
    found = home_checks.states(session, today, home.id) if home.id else []
    items = found[0].items if found else home_checks.items(session, today)
    marks = {True: "☑", False: "☐", None: ""}
    rows = tuple((one.item, one.about, marks[one.passed]) for one in items)
    return WallTable(_ITEMS, rows, "达标情况按最近一次检查。")


def _supervisors(session: Session, home: _Place, today: date) -> WallTable:
    columns = (Column("姓　名", 34, fits=True), Column("工作单位及职务", 100, "left"))
    rows = tuple(
        (spaced(row.name), row.job)
        for row in supervisors.rows(session)
        if row.home_id == home.id and row.serves_on(today)
    )
    note = "监督员对代表联系选民、接待选民、述职等履职情况进行监督。"
    return WallTable(columns, rows, note, "还没有聘任监督员")


def _homes(session: Session) -> list[Offered]:
    return [Offered(row.id, row.name, row.detail) for row in places.home_names(session)]


def _read(job: Job) -> list[WallSheet]:
    return job.office.ask(_sheets, job)


def _extras(options: Options) -> dict[str, bool]:
    return {"a3": options.paper != _A4, "in_tiles": options.paper == _TILES}


FORM = Form(
    "home_wall",
    TITLE,
    Group.HOME,
    "一家上墙的全部版面：选了“上墙”并录入正文的制度、代表信息、接待日、联系选民、流程、八有、监督员。",
    _read,
    write,
    (
        AskRecord(Home, _homes, "代表之家", blank="第一家", others=(RotaShift,)),
        AskPaper(
            (
                (_A3, "A3 竖向"),
                (_A4, "A4 竖向"),
                (_TILES, "A3，分块印在 A4 上拼接"),
            )
        ),
    ),
    extras=_extras,
    source="自拟：“八有八上墙”没有统一的公开文本；版面按公开的代表之家（咸安区等）上墙内容归并",
)
