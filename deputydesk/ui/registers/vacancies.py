"""The register of vacant seats and by-elections, and the seats of each constituency."""

from collections.abc import Callable, Sequence
from functools import partial

from deputydesk.models import ElectoralDistrict, Mandate, Vacancy
from deputydesk.models.choices import EndReason, Sex
from deputydesk.operations import by_elections, vacancies
from deputydesk.operations.vacancies import SeatsRow, VacancyRow
from deputydesk.rules.vacancy_flow import VACANCY, VacancyState, VacancyStep
from deputydesk.ui import case_lookups, lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.list_field import ListField
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

_T = VacancyStep


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("mandate_id", partial(case_lookups.seats, desk), wide=True),
        DateField("arose_on"),
        ChoiceField("end_reason", EndReason, label="终止原因"),
        LongTextField("note", lines=3),
    )


def _may(step: VacancyStep) -> Callable[[VacancyRow], bool]:
    def may(row: VacancyRow) -> bool:
        return VACANCY.may(row.state, step)

    return may


def _day(name: str) -> Callable[[Desk, VacancyRow], tuple[Field, ...]]:
    def fields(_desk: Desk, _row: VacancyRow) -> tuple[Field, ...]:
        return (DateField(name),)

    return fields


def _announced(_desk: Desk, _row: VacancyRow) -> tuple[Field, ...]:
    return (DateField("announced_on"), TextField("announcement_no"))


def _called(_desk: Desk, _row: VacancyRow) -> tuple[Field, ...]:
    return (
        ListField("candidates", label="候选人（每行一名，可以等额）", lines=3),
        NumberField("voters", optional=True),
        LongTextField("note", lines=2),
    )


def _elected(_desk: Desk, _row: VacancyRow) -> tuple[Field, ...]:
    return (
        DateField("election_on"),
        NumberField("voters", label="选民数（间接选举填全体代表数）"),
        NumberField("issued"),
        NumberField("returned"),
        NumberField("valid"),
        TextField("winner"),
        NumberField("winner_votes"),
    )


def _filled(desk: Desk, row: VacancyRow) -> tuple[Field, ...]:
    return (
        DateField("elected_announced_on"),
        TextField("elected_announcement_no"),
        PickField(
            "person_id",
            partial(case_lookups.sitting_people, desk, row.winner),
            label="当选人已是其他层级代表的，选出来",
            wide=True,
        ),
        ChoiceField("sex", Sex, label="性别"),
        PhoneField("phone", label="联系电话"),
        TextField("job", label="工作单位及职务", wide=True),
        PickField("home_id", partial(lookups.homes, desk), label="所在代表之家（不填同原代表）"),
        TextField("certificate_no", label="代表证号"),
    )


def _counted(_desk: Desk, row: VacancyRow) -> dict[str, object]:
    return {"voters": row.voters or 0, "winner": row.candidates[0] if row.candidates else ""}


def _sum(rows: Sequence[VacancyRow]) -> str:
    filled = sum(row.is_filled for row in rows)
    return f"出缺 {len(rows)} 名，已补齐 {filled} 名" if rows else ""


def _sum_seats(rows: Sequence[SeatsRow]) -> str:
    vacant = sum(row.vacant for row in rows)
    return f"{len(rows)} 个选区，缺额 {vacant} 名" if rows else ""


VACANCIES: Register[VacancyRow] = Register(
    model=Vacancy,
    title="缺额补选",
    rows=lambda desk, year: desk.ask(vacancies.rows, year=year),
    columns=(
        Column("出缺", lambda r: f"{r.arose_on}", 92),
        Column("原代表", lambda r: r.name, 100),
        Column("层级", lambda r: r.level.label, 80, drop=1),
        Column("选区", lambda r: r.district, 90),
        Column("原因", lambda r: r.reason, 0),
        Column("公告", lambda r: r.announcement_no, 140, drop=2),
        Column("当选", lambda r: r.winner, 84, drop=3),
        Column(
            "状态", lambda r: r.state.label, 104,
            tone=lambda r: Tone.GREEN if r.is_filled else Tone.AMBER,
        ),
    ),
    fields=_fields,
    save=vacancies.save,
    remove=vacancies.remove,
    keep=("arose_on", "end_reason"),
    start=lambda desk: {"arose_on": desk.today},
    moves=(
        Move("资格审查", vacancies.review, "vacancy_id", _day("reviewed_on"), _may(_T.REVIEW)),
        Move("大会确认", vacancies.confirm, "vacancy_id", _day("confirmed_on"), _may(_T.CONFIRM)),
        Move("公告终止", vacancies.announce, "vacancy_id", _announced, _may(_T.ANNOUNCE)),
        Move("组织补选", by_elections.call, "vacancy_id", _called, _may(_T.CALL)),
        Move(
            "登记补选结果", by_elections.elect, "vacancy_id", _elected, _may(_T.ELECT),
            start=_counted,
        ),
        Move(
            "当选资格审查", by_elections.examine, "vacancy_id", _day("examined_on"),
            _may(_T.EXAMINE),
        ),
        Move("公告当选", by_elections.fill, "vacancy_id", _filled, _may(_T.FILL)),
    ),
    filters=(
        Filter("未补齐", lambda row, _today: not row.is_filled),
        Filter("补选中", lambda row, _today: row.state is VacancyState.CALLED),
    ),
    summary=_sum,
    empty="没有缺额。代表资格终止的，按 Ctrl+N 登记出缺。",
    shows=frozenset({Mandate, ElectoralDistrict}),
    hint="登记出缺时，代表资格同时终止；任期届满不产生缺额",
)  # fmt: skip
SEATS: Register[SeatsRow] = Register(
    model=ElectoralDistrict,
    title="选区名额",
    rows=lambda desk, _year: desk.ask(vacancies.seats),
    columns=(
        Column("选区", lambda r: r.district, 130),
        Column("层级", lambda r: r.level.label, 90),
        Column("应选", lambda r: "" if r.seats is None else str(r.seats), 60, right=True),
        Column("在任", lambda r: str(r.filled), 60, sort=lambda r: r.filled, right=True),
        Column(
            "缺额", lambda r: str(r.vacant or ""), 60, sort=lambda r: r.vacant, right=True,
            alert=lambda r: r.vacant > 0,
        ),
        Column("代表", lambda r: "、".join(r.deputies), 0),
    ),
    years=False,
    filters=(Filter("有缺额", lambda row, _today: row.vacant > 0),),
    summary=_sum_seats,
    empty="还没有选区。在“家站建设”（F11）里登记。",
    shows=frozenset({Mandate, Vacancy}),
    files=False,
)  # fmt: skip
