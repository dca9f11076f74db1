"""The register of planned days at homes, and who has come."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from deputydesk.models import Attendance, Home, Mandate, Preset, RotaShift, Visit, VisitDeputy
from deputydesk.models.choices import VisitKind
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import rota_coverage, rota_visits, rotas
from deputydesk.operations.rota_coverage import CoverageRow, HomeRotaRow, ShareRow
from deputydesk.operations.rotas import ShiftRow
from deputydesk.operations.visits import LINKS
from deputydesk.reports import Options
from deputydesk.ui import lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form, prints
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.register import Action, Filter, Move, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

TONES = {
    ShiftState.PLANNED: Tone.BLUE,
    ShiftState.HELD: Tone.GREEN,
    ShiftState.MISSED: Tone.RED,
    ShiftState.CANCELLED: Tone.GREY,
}


def can_hold(row: ShiftRow) -> bool:
    """Whether its visit can be registered."""
    return row.state in (ShiftState.PLANNED, ShiftState.MISSED)


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        DateField("planned_on", ahead=True),
        TextField("slot"),
        PickField("home_id", partial(lookups.homes, desk), wide=True),
        PickManyField("deputy_ids", partial(lookups.deputies_in_office, desk), label="进家代表"),
        PickField("topic", partial(lookups.topics, desk), wide=True, free=True),
        LongTextField("note", lines=2),
    )


def _hold_fields(desk: Desk, _row: ShiftRow) -> tuple[Field, ...]:
    kinds = [(kind, kind.label) for kind in VisitKind if kind not in LINKS]
    return (
        PickManyField("deputy_ids", partial(lookups.deputies_in_office, desk), label="参加代表"),
        ChoiceField("kind", options=kinds),
        NumberField("received"),
        PickField("topic", partial(lookups.topics, desk), free=True),
        TextField("slot"),
        TextField("sign_sheet"),
        TextField("recorder"),
        LongTextField("note", lines=2),
    )


def _hold_start(desk: Desk, row: ShiftRow) -> dict[str, object]:
    known = desk.ask(rota_visits.start, row.id)
    return {
        "deputy_ids": known.deputy_ids,
        "slot": known.slot,
        "topic": known.topic,
        "recorder": desk.office.user.name,
    }


def _open_visit(_parent: QWidget, desk: Desk, row: ShiftRow) -> None:
    desk.open(Visit, row.visit_id)


def _print_notice(parent: QWidget, desk: Desk, row: ShiftRow) -> None:
    preview_form(parent, desk, "reception_notice", Options(record_id=row.id))


def _announced(row: ShiftRow) -> str:
    if row.announced_on:
        return f"{row.announced_on:%m-%d} 已公告"
    return f"{row.announce_by:%m-%d} 前公告" if row.is_open else ""


def _moved(row: ShiftRow) -> str:
    return f"原定 {row.moved_from:%m-%d}：{row.moved_why}" if row.moved_from else row.moved_why


def _summary(rows: Sequence[ShiftRow]) -> str:
    counts = {state: sum(row.state == state for row in rows) for state in ShiftState}
    parts = [f"{state.label} {count} 天" for state, count in counts.items() if count]
    return " · ".join(parts)


HOLD = Move[ShiftRow](
    "登记进家", rota_visits.hold, "shift_id", _hold_fields, can_hold, Visit, _hold_start
)
MOVES = (
    HOLD,
    Move[ShiftRow](
        "公告",
        rotas.announce,
        "shift_id",
        fields=lambda _desk, _row: (DateField("announced_on"),),
        when=lambda row: row.is_open,
        start=lambda desk, _row: {"announced_on": desk.today},
    ),
    Move[ShiftRow](
        "改期",
        rotas.move,
        "shift_id",
        fields=lambda _desk, _row: (
            DateField("planned_on", ahead=True),
            LongTextField("moved_why", lines=2),
        ),
        when=can_hold,
        start=lambda _desk, row: {"planned_on": row.planned_on},
    ),
    Move[ShiftRow](
        "未开展",
        rota_visits.miss,
        "shift_id",
        fields=lambda _desk, _row: (LongTextField("moved_why", label="未开展的原因", lines=2),),
        when=lambda row: row.state == ShiftState.MISSED and not row.explained,
    ),
    Move[ShiftRow](
        "取消",
        rotas.cancel,
        "shift_id",
        fields=lambda _desk, _row: (LongTextField("moved_why", label="取消的原因", lines=2),),
        when=lambda row: row.is_open,
    ),
)
OPEN_VISIT = Action[ShiftRow](
    "进家登记", "clipboard-pen", _open_visit, lambda row: bool(row.visit_id)
)

PRINT_NOTICE = Action[ShiftRow](
    "接待日公告", "printer", _print_notice, lambda row: row.state != ShiftState.CANCELLED
)


def _of_month(row: ShiftRow, today: date) -> bool:
    return (row.planned_on.year, row.planned_on.month) == (today.year, today.month)


ROTAS = Register[ShiftRow](
    model=RotaShift,
    title="安排表",
    rows=lambda desk, year: desk.ask(rotas.rows, desk.today, year=year),
    columns=(
        Column("日期", lambda r: r.day, 124),
        Column("代表之家", lambda r: r.home, 190),
        Column("进家代表", lambda r: "、".join(r.deputies), 0),
        Column("时间", lambda r: r.slot, 120, drop=3),
        Column("公告", _announced, 108, drop=2),
        Column("状态", lambda r: r.state.label, 82, tone=lambda r: TONES.get(r.state)),
        Column("调整", _moved, 170, drop=1),
    ),
    fields=_fields,
    save=rotas.save,
    remove=rotas.remove,
    keep=("planned_on", "slot", "topic"),
    moves=MOVES,
    actions=(OPEN_VISIT, PRINT_NOTICE, prints("sign_in", "签到表")),
    filters=(
        Filter("待开展", lambda row, _today: row.is_open),
        Filter("本月", _of_month),
        Filter("待公告", lambda row, _today: row.is_open and row.announced_on is None),
        Filter("未开展", lambda row, _today: row.state == ShiftState.MISSED),
    ),
    summary=_summary,
    empty="还没有安排。点“编制年度安排”，或按 Ctrl+N 登记一天。",
    shows=frozenset({Attendance, Home, Visit, Preset}),
)


def _covered(rows: Sequence[CoverageRow]) -> str:
    return f"已进家 {rota_coverage.share(rows).text}" if rows else ""


def _level(row: CoverageRow) -> str:
    return row.level.label


def _of_year(desk: Desk, year: int | None) -> list[CoverageRow]:
    year = year or desk.today.year
    first, last = date(year, 1, 1), min(date(year, 12, 31), desk.today)
    return desk.ask(rota_coverage.deputies_came, first, last, desk.today)


def _of_quarter(desk: Desk, _year: int | None) -> list[CoverageRow]:
    return desk.ask(rota_coverage.deputies_came, *rota_coverage.quarter_of(desk.today), desk.today)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


_COVERAGE: tuple[Column[CoverageRow], ...] = (
    Column("姓名", lambda r: r.name, 120),
    Column("层级", _level, 90),
    Column("所属", lambda r: r.town, 130, drop=1),
    Column("代表之家", lambda r: r.home, 0),
    Column("应到", lambda r: str(r.planned), 60, sort=lambda r: r.planned, right=True, drop=3),
    Column("进家", lambda r: str(r.came), 60, sort=lambda r: r.came, right=True),
    Column("最近一次", lambda r: _day(r.last_on), 100, drop=4),
    Column("下次安排", lambda r: _day(r.next_on), 100, drop=2),
    Column(
        "情况",
        lambda r: "未进家" if r.is_missing else "已进家",
        80,
        tone=lambda r: Tone.AMBER if r.is_missing else Tone.GREEN,
    ),
)
_MISSING = (
    Filter[CoverageRow]("未进家", lambda row, _today: row.is_missing),
    Filter[CoverageRow]("未进家也没有安排", lambda row, _today: row.is_missing and not row.next_on),
)
_READ = frozenset({RotaShift, Attendance, Visit, VisitDeputy, Mandate})


def _open_deputy(_parent: QWidget, desk: Desk, row: CoverageRow) -> None:
    desk.open(Mandate, row.id)


_DEPUTY = (Action[CoverageRow]("代表", "users", _open_deputy),)

COVERAGE = Register[CoverageRow](
    model=Visit,
    title="全年覆盖",
    rows=_of_year,
    columns=_COVERAGE,
    actions=_DEPUTY,
    filters=_MISSING,
    summary=_covered,
    empty="还没有代表。按 F9 导入代表花名册。",
    shows=_READ,
)
QUARTER = Register[CoverageRow](
    model=Visit,
    title="本季覆盖",
    rows=_of_quarter,
    columns=_COVERAGE,
    years=False,
    actions=_DEPUTY,
    filters=_MISSING,
    summary=_covered,
    empty="还没有代表。按 F9 导入代表花名册。",
    shows=_READ,
)


def _parts(desk: Desk, year: int | None) -> list[ShareRow]:
    rows = _of_year(desk, year)
    return [
        *rota_coverage.shares(rows, _level),
        *rota_coverage.shares(rows, lambda row: row.town or "未写明所属"),
    ]


PARTS = Register[ShareRow](
    model=Visit,
    title="分层级、乡镇",
    rows=_parts,
    columns=(
        Column("层级、所属", lambda r: r.id, 0),
        Column("代表", lambda r: str(r.came.denominator), 80, right=True),
        Column("已进家", lambda r: str(r.came.numerator), 80, right=True),
        Column(
            "未进家",
            lambda r: str(r.came.denominator - r.came.numerator),
            80,
            sort=lambda r: r.came.denominator - r.came.numerator,
            right=True,
        ),
        Column(
            "覆盖率", lambda r: r.came.text, 160, sort=lambda r: r.came.percent or 0, right=True
        ),
    ),
    empty="还没有代表。按 F9 导入代表花名册。",
    shows=_READ,
)


def _homes_done(desk: Desk, year: int | None) -> list[HomeRotaRow]:
    year = year or desk.today.year
    return desk.ask(rota_coverage.homes_done, date(year, 1, 1), date(year, 12, 31), desk.today)


HOMES_DONE = Register[HomeRotaRow](
    model=RotaShift,
    title="各家完成",
    rows=_homes_done,
    columns=(
        Column("代表之家", lambda r: r.home, 0),
        Column("级别", lambda r: r.level.label, 120, drop=1),
        Column("应开展", lambda r: str(r.planned), 80, sort=lambda r: r.planned, right=True),
        Column("已开展", lambda r: str(r.held), 80, sort=lambda r: r.held, right=True),
        Column(
            "未开展",
            lambda r: str(r.missed),
            80,
            sort=lambda r: r.missed,
            alert=lambda r: r.missed > 0,
            right=True,
        ),
        Column("待开展", lambda r: str(r.ahead), 80, sort=lambda r: r.ahead, right=True),
        Column("已取消", lambda r: str(r.cancelled), 80, sort=lambda r: r.cancelled, right=True),
    ),
    filters=(Filter("有未开展", lambda row, _today: row.missed > 0),),
    summary=lambda rows: f"已开展 {sum(r.held for r in rows)} / {sum(r.planned for r in rows)} 天",
    empty="这一年还没有安排。",
    shows=_READ,
)
