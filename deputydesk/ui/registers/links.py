"""Who has contacted whom: members the deputies, deputies the voters."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from deputydesk.models import Mandate, Preset, Visit, VisitDeputy
from deputydesk.operations import links
from deputydesk.operations.links import LinkRow, MemberRow, MethodRow
from deputydesk.ui.desk import Desk
from deputydesk.ui.register import Action, Filter, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

_READ = frozenset({VisitDeputy, Mandate, Preset})


def _period(desk: Desk, year: int | None) -> tuple[date, date]:
    year = year or desk.today.year
    return date(year, 1, 1), min(date(year, 12, 31), desk.today)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _asked(row: MemberRow) -> str:
    return f"{len(row.deputies)}/{row.asked}" if row.asked else str(len(row.deputies))


def _members(rows: Sequence[MemberRow]) -> str:
    begun = sum(bool(row.deputies) for row in rows)
    people = len({name for row in rows for name in row.deputies})
    return f"组成人员 {len(rows)} 名，已联系 {begun} 名；联系到代表 {people} 名"


def _open_deputy(_parent: QWidget, desk: Desk, row: LinkRow) -> None:
    desk.open(Mandate, row.id)


LINK_MEMBERS = Register[MemberRow](
    model=Visit,
    title="组成人员联系代表",
    rows=lambda desk, year: desk.ask(links.by_member, *_period(desk, year)),
    columns=(
        Column("组成人员", lambda r: r.id, 110),
        Column("职务", lambda r: r.post, 110, drop=1),
        Column(
            "联系代表",
            _asked,
            90,
            sort=lambda r: len(r.deputies),
            tone=lambda r: Tone.AMBER if r.is_short else Tone.GREEN,
        ),
        Column("人次", lambda r: str(r.contacts), 60, sort=lambda r: r.contacts, right=True),
        Column("方式", lambda r: r.methods, 180, drop=2),
        Column("最近一次", lambda r: _day(r.last_on), 100, drop=3),
        Column("代表", lambda r: "、".join(r.deputies), 0),
    ),
    filters=(
        Filter("还没有联系", lambda row, _today: not row.deputies),
        Filter("没有联系够", lambda row, _today: row.is_short),
    ),
    summary=_members,
    empty="还没有组成人员。在“本地规则”（Shift+F10）里填写联系代表的组成人员，或在进家登记里登记。",
    shows=_READ,
    files=False,
)


def _deputies(rows: Sequence[LinkRow]) -> str:
    if not rows:
        return ""
    voters = sum(row.voters for row in rows)
    return (
        f"联系选民 {links.meeting_voters(rows).text}，{voters} 人次；"
        f"被组成人员联系 {links.contacted(rows).text}"
    )


LINK_DEPUTIES = Register[LinkRow](
    model=Visit,
    title="代表联系选民",
    rows=lambda desk, year: desk.ask(links.by_deputy, *_period(desk, year)),
    columns=(
        Column("代表", lambda r: r.name, 120),
        Column("层级", lambda r: r.level.label, 90, drop=1),
        Column("所属", lambda r: r.town, 130, drop=2),
        Column("联系选民", lambda r: str(r.met), 80, sort=lambda r: r.met, right=True),
        Column("人次", lambda r: str(r.voters), 70, sort=lambda r: r.voters, right=True),
        Column("方式", lambda r: r.methods, 0),
        Column("联系人（组成人员）", lambda r: "、".join(r.contacted_by), 170),
        Column("最近一次", lambda r: _day(r.last_on), 100, drop=3),
    ),
    actions=(Action("代表", "users", _open_deputy),),
    filters=(
        Filter("没有联系选民", lambda row, _today: not row.met),
        Filter("没有被联系", lambda row, _today: not row.contacted_by),
    ),
    summary=_deputies,
    empty="还没有代表。按 F9 导入代表花名册。",
    shows=_READ,
    files=False,
)

LINK_METHODS = Register[MethodRow](
    model=Visit,
    title="联系方式",
    rows=lambda desk, year: desk.ask(links.by_method, *_period(desk, year)),
    columns=(
        Column("方式", lambda r: r.id, 0),
        Column(
            "组成人员联系代表（次）",
            lambda r: str(r.to_deputies),
            190,
            sort=lambda r: r.to_deputies,
            right=True,
        ),
        Column(
            "代表联系选民（次）",
            lambda r: str(r.to_voters),
            170,
            sort=lambda r: r.to_voters,
            right=True,
        ),
    ),
    empty="这一年还没有双联系。在“进家登记”（F3）里登记，方式选双联系的一种。",
    shows=_READ,
    files=False,
)
