"""The register of petitions that deputies carry; who petitions is in the form only."""

from collections.abc import Callable, Sequence
from functools import partial

from deputydesk.models import Petition
from deputydesk.models.choices import Sex, YesNo
from deputydesk.operations import petition_steps, petitions
from deputydesk.operations.petitions import OVER, PetitionRow
from deputydesk.rules.petition_flow import PETITION, PetitionState, PetitionStep
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.ui import case_lookups, lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.fields import (
    CheckField,
    ChoiceField,
    Field,
    LongTextField,
    NumberField,
    TextField,
)
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.scan_returns import takes_back
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

_S, _T = PetitionState, PetitionStep
_TONES = {
    _S.REPORTED: Tone.AMBER,
    _S.NAMED: Tone.AMBER,
    _S.ANSWERED: Tone.VIOLET,
    _S.REVIEWED: Tone.VIOLET,
    _S.CLOSED: Tone.GREEN,
    _S.ENDED: Tone.GREEN,
}
_RULE = "代表只陪同和转递，不作决定（代表法第三十一条）"


def _fields(_desk: Desk) -> tuple[Field, ...]:
    return (
        DateField("reported_on"),
        NumberField("people", label="走访人数（代表）"),
        TextField("matter", wide=True),
        TextField("category"),
        TextField("voter_name", label="信访人（可不填）"),
        ChoiceField("voter_sex", Sex, label="性别"),
        PhoneField("voter_phone", label="联系电话"),
        TextField("voter_address", label="住址", wide=True),
        LongTextField("detail", lines=3),
        CheckField("risk"),
        TextField("risk_note", wide=True),
    )


def _may(step: PetitionStep) -> Callable[[PetitionRow], bool]:
    def may(row: PetitionRow) -> bool:
        return PETITION.may(row.state, step)

    return may


def _may_extend(row: PetitionRow) -> bool:
    return PETITION.may(row.state, _T.EXTEND) and row.extended_on is None


def _may_visit(row: PetitionRow) -> bool:
    return PETITION.may(row.state, _T.VISIT) and row.visited_on is None


def _agent(desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (
        PickField("agent_id", partial(lookups.deputies_in_office, desk)),
        DateField("named_on"),
        LongTextField("promise", lines=2),
    )


def _register(desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (
        PickField("unit_id", partial(case_lookups.all_units, desk), wide=True),
        DateField("registered_on"),
        TextField("registered_no"),
    )


def _extend(_desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (
        DateField("extended_on"),
        NumberField("days", label="延长天数"),
        LongTextField("extension_why", lines=2),
    )


def _answer(_desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (
        DateField("answered_on"),
        LongTextField("answer", label="机关的处理意见", lines=4),
        CheckField("accepted"),
    )


def _review(_desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (DateField("reviewed_on"), CheckField("late_accepted", label="逾期申请，机关已受理"))


def _review_result(_desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (
        DateField("review_answered_on"),
        LongTextField("review_result", lines=3),
        CheckField("accepted"),
    )


def _recheck(_desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (DateField("rechecked_on"), CheckField("late_accepted", label="逾期申请，机关已受理"))


def _recheck_result(_desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (DateField("closed_on", label="复核意见日期"), LongTextField("recheck_result", lines=3))


def _visit(_desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
    return (
        DateField("visited_on"),
        ChoiceField("visit_told", YesNo),
        ChoiceField("visit_attitude", Satisfaction),
        ChoiceField("visit_result", Satisfaction),
        ChoiceField("visit_follow", YesNo),
        LongTextField("visit_note", lines=3),
    )


def _day(name: str) -> Callable[[Desk, PetitionRow], tuple[Field, ...]]:
    def fields(_desk: Desk, _row: PetitionRow) -> tuple[Field, ...]:
        return (DateField(name),)

    return fields


def _due(row: PetitionRow) -> str:
    return f"{row.next_due}" if row.next_due else ""


def _sum(rows: Sequence[PetitionRow]) -> str:
    over = sum(row.state in OVER for row in rows)
    return f"共 {len(rows)} 件，办结 {over} 件" if rows else ""


PETITIONS: Register[PetitionRow] = Register(
    model=Petition,
    title="信访代办",
    rows=lambda desk, year: desk.ask(petitions.rows, year=year, today=desk.today),
    columns=(
        Column("编号", lambda r: str(r.number), 52, sort=lambda r: r.number, right=True),
        Column("受理", lambda r: f"{r.reported_on}", 92, drop=1),
        Column("信访人", lambda r: r.who, 96, drop=3),
        Column("事项", lambda r: r.matter, 0),
        Column("代办代表", lambda r: r.agent, 80, drop=2),
        Column("受理机关", lambda r: r.unit, 110, drop=4),
        Column("时限", _due, 92, sort=_due, alert=lambda r: r.is_late),
        Column(
            "状态", lambda r: r.state.label, 104, tone=lambda r: _TONES.get(r.state, Tone.BLUE)
        ),
    ),
    fields=_fields,
    save=petitions.save,
    keep=("reported_on",),
    remove=petitions.remove,
    start=lambda desk: {"reported_on": desk.today, "people": 1},
    moves=(
        Move("确定代办代表", petitions.name_agent, "petition_id", _agent, _may(_T.NAME_AGENT)),
        Move("机关登记", petition_steps.register, "petition_id", _register, _may(_T.REGISTER)),
        Move("告知受理", petition_steps.tell, "petition_id", _day("told_on"), _may(_T.TELL)),
        Move(
            "延长期限", petition_steps.extend, "petition_id", _extend, _may_extend,
            start=lambda desk, _row: {"days": 30, "extended_on": desk.today},
        ),
        Move("答复", petition_steps.answer, "petition_id", _answer, _may(_T.ANSWER)),
        Move("办结", petition_steps.close, "petition_id", _day("closed_on"), _may(_T.CLOSE)),
        Move("申请复查", petition_steps.review, "petition_id", _review, _may(_T.REVIEW)),
        Move(
            "复查意见", petition_steps.review_result, "petition_id", _review_result,
            _may(_T.REVIEW_RESULT),
        ),
        Move("申请复核", petition_steps.recheck, "petition_id", _recheck, _may(_T.RECHECK)),
        Move(
            "复核意见", petition_steps.recheck_result, "petition_id", _recheck_result,
            _may(_T.RECHECK_RESULT),
        ),
        Move("回访", petition_steps.visit, "petition_id", _visit, _may_visit),
    ),
    actions=(
        prints("petition_form", "登记表"),
        prints("return_visit", "回访表", _may_visit),
        takes_back(Petition, _may_visit),
    ),
    filters=(
        Filter("在办", lambda row, _today: row.state not in OVER),
        Filter("逾期", lambda row, _today: row.is_late),
        Filter("稳定风险", lambda row, _today: row.risk and row.state not in OVER),
        Filter("待回访", lambda row, _today: _may_visit(row)),
    ),
    summary=_sum,
    empty="还没有信访代办。选民请代表代办的信访事项，按 Ctrl+N 登记。",
    hint=_RULE,
)  # fmt: skip
