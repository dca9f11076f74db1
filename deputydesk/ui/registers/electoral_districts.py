"""The register of electoral districts."""

from deputydesk.models import ElectoralDistrict, Mandate
from deputydesk.models.choices import Level
from deputydesk.operations import electoral_districts
from deputydesk.operations.electoral_districts import DistrictRow
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.register import Filter, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _fields(_desk: Desk) -> tuple[Field, ...]:
    return (
        ChoiceField("level", Level),
        TextField("name"),
        NumberField("seats", optional=True),
        NumberField("voters", optional=True),
        LongTextField("villages", lines=2),
    )


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _state(row: DistrictRow) -> str:
    if row.is_over:
        return "超额"
    return f"缺 {row.vacant} 名" if row.vacant else ""


ELECTORAL_DISTRICTS = Register[DistrictRow](
    model=ElectoralDistrict,
    title="选区",
    rows=lambda desk, _year: desk.ask(electoral_districts.rows),
    columns=(
        Column("选区", lambda r: r.name, 110),
        Column("层级", lambda r: r.level.label, 86, drop=2),
        Column("所辖村、社区、单位", lambda r: r.villages, 0, drop=3),
        Column("名额", lambda r: _count(r.seats), 56, sort=lambda r: r.seats or 0, right=True),
        Column(
            "选民", lambda r: _count(r.voters), 70, sort=lambda r: r.voters or 0, right=True, drop=1
        ),
        Column("代表", lambda r: "、".join(r.deputies), 190),
        Column(
            "核对",
            _state,
            76,
            tone=lambda r: Tone.AMBER if r.is_over or r.vacant else None,
        ),
    ),
    fields=_fields,
    save=electoral_districts.save,
    remove=electoral_districts.remove,
    years=False,
    keep=("level",),
    filters=(
        Filter("有空缺", lambda row, _today: row.vacant > 0),
        Filter("超额", lambda row, _today: row.is_over),
    ),
    summary=lambda rows: f"共 {len(rows)} 个，代表 {sum(len(r.deputies) for r in rows)} 名",
    empty="还没有选区。按 Ctrl+N 登记第一个。",
    shows=frozenset({Mandate}),
    hint="应选一至三名（选举法第二十五条）",
)
