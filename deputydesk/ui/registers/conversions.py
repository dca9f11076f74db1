"""The register of matters between deputies and the procuratorate."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from deputydesk.models import Conversion, Suggestion
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.operations import conversion_steps, conversions
from deputydesk.operations.conversions import ConversionRow
from deputydesk.rules.budgets import yuan
from deputydesk.rules.conversion_flow import CONVERSION, ConversionState, ConversionStep
from deputydesk.ui import case_lookups, lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, TextField
from deputydesk.ui.money_field import MoneyField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.registers.case_actions import open_suggestion
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

_S, _T = ConversionState, ConversionStep
_TONES = {
    _S.NOT_TAKEN: Tone.GREY,
    _S.RECTIFIED: Tone.GREEN,
    _S.TOLD: Tone.GREEN,
    _S.SCREENED: Tone.AMBER,
}


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        ChoiceField("direction", ConversionDirection, wide=True),
        PickField("suggestion_id", partial(case_lookups.all_suggestions, desk), wide=True),
        TextField("subject", label="事项（不填则用建议标题）", wide=True),
        ChoiceField("field", PublicInterest, wide=True),
        DateField("screened_on"),
        PickField("mandate_id", partial(lookups.deputies_in_office, desk)),
        PickField("unit_id", partial(case_lookups.all_units, desk), wide=True),
        TextField("advice_no", label="检察建议书文号（检察建议转来时填）", wide=True),
        DateField("issued_on", optional=True),
    )


def _may(step: ConversionStep) -> Callable[[ConversionRow], bool]:
    """Whether a step can be taken: by the state, and in the direction that has it."""

    def may(row: ConversionRow) -> bool:
        is_back = step is _T.PROPOSE
        fits = step is _T.TELL or is_back is not row.is_forth
        return fits and CONVERSION.may(row.state, step)

    return may


def _send(_desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (DateField("sent_on"), TextField("office_no"))


def _decline(_desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (LongTextField("not_taken_why", lines=3),)


def _file(_desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (DateField("filed_on"), TextField("filing_no"), TextField("office_no"))


def _issue(desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (
        DateField("issued_on"),
        TextField("advice_no"),
        PickField("unit_id", partial(case_lookups.all_units, desk), wide=True),
        DateField("copied_on", optional=True),
    )


def _copied(_desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (DateField("copied_on"),)


def _sue(_desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (DateField("sued_on"),)


def _rectify(_desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (
        DateField("rectified_on"),
        MoneyField("recovered"),
        LongTextField("outcome", lines=3),
    )


def _propose(desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (
        PickField(
            "suggestion_id",
            partial(case_lookups.all_suggestions, desk),
            label="代表已经提出的建议（没有提出的不填，起草下面的草稿）",
            wide=True,
        ),
        PickField("mandate_id", partial(lookups.deputies_in_office, desk)),
        TextField("headline", label="草稿标题"),
        LongTextField("reason", label="案由", lines=3),
        LongTextField("proposal", label="具体建议", lines=3),
    )


def _tell(_desk: Desk, _row: ConversionRow) -> tuple[Field, ...]:
    return (DateField("told_on"), LongTextField("outcome", label="结果（不填不变）", lines=2))


def _copy_is_due(row: ConversionRow, _today: date) -> bool:
    return row.waits_for_copy


def _copy_text(row: ConversionRow) -> str:
    if row.copied_on:
        return f"{row.copied_on:%m-%d}已抄送"
    return f"{row.copy_due_on:%m-%d}前抄送" if row.copy_due_on else ""


def _sum(rows: Sequence[ConversionRow]) -> str:
    if not rows:
        return ""
    recovered = sum(row.recovered for row in rows)
    money = f"，挽回 {yuan(recovered)}" if recovered else ""
    return f"共 {len(rows)} 件{money}"


CONVERSIONS: Register[ConversionRow] = Register(
    model=Conversion,
    title="检察衔接",
    rows=lambda desk, year: desk.ask(conversions.rows, year=year, today=desk.today),
    columns=(
        Column("编号", lambda r: str(r.number), 52, sort=lambda r: r.number, right=True),
        Column("方向", lambda r: "转检察" if r.is_forth else "转建议", 70, drop=2),
        Column("事项", lambda r: r.subject, 0),
        Column("建议", lambda r: f"第{r.suggestion_no}号" if r.suggestion_no else "", 70, drop=3),
        Column("领域", lambda r: r.field.label, 120, drop=4),
        Column(
            "状态", lambda r: r.state.label, 104, tone=lambda r: _TONES.get(r.state, Tone.BLUE)
        ),
        Column("抄送", _copy_text, 100, drop=1, alert=lambda r: r.is_late),
    ),
    fields=_fields,
    save=conversions.save,
    remove=conversions.remove,
    keep=("direction", "screened_on"),
    start=lambda desk: {"screened_on": desk.today},
    moves=(
        Move("移送", conversion_steps.send, "conversion_id", _send, _may(_T.SEND)),
        Move("不予立案", conversion_steps.decline, "conversion_id", _decline, _may(_T.DECLINE)),
        Move("立案", conversion_steps.file, "conversion_id", _file, _may(_T.FILE)),
        Move("发出检察建议", conversion_steps.issue, "conversion_id", _issue, _may(_T.ISSUE)),
        Move(
            "收到抄送件",
            conversion_steps.copy_back,
            "conversion_id",
            _copied,
            lambda row: row.waits_for_copy,
        ),
        Move("起诉", conversion_steps.sue, "conversion_id", _sue, _may(_T.SUE)),
        Move("整改到位", conversion_steps.rectify, "conversion_id", _rectify, _may(_T.RECTIFY)),
        Move(
            "转为代表建议", conversion_steps.propose, "conversion_id", _propose, _may(_T.PROPOSE),
            start=lambda _desk, row: {"headline": f"关于{row.subject}的建议"},
        ),
        Move("告知代表", conversion_steps.tell, "conversion_id", _tell, _may(_T.TELL)),
    ),
    actions=(open_suggestion(lambda row: row.suggestion_id),),
    filters=(
        Filter("转检察建议", lambda row, _today: row.is_forth),
        Filter("转代表建议", lambda row, _today: not row.is_forth),
        Filter("待抄送", _copy_is_due),
        Filter("待告知", lambda row, _today: CONVERSION.may(row.state, _T.TELL)),
    ),
    summary=_sum,
    empty="还没有检察衔接事项。涉及公益的代表建议，按 Ctrl+N 登记。",
    shows=frozenset({Suggestion}),
    hint="移送不影响建议的正常办理；抄送期限可在“本地规则”里改",
)  # fmt: skip
