"""The register of the numbers under which documents went out."""

from functools import partial

from deputydesk.models import DocumentNumber
from deputydesk.operations import document_numbers
from deputydesk.operations.document_numbers import DocumentNumberRow
from deputydesk.reports import FORMS
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field, LongTextField, TextField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Move, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _prefixes(desk: Desk) -> list[Candidate]:
    return [Candidate(prefix, prefix) for prefix in desk.ask(document_numbers.prefixes)]


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("prefix", partial(_prefixes, desk), free=True),
        DateField("given_on"),
        TextField("name", wide=True),
        TextField("organ", wide=True),
        TextField("recipient", wide=True),
        LongTextField("note", lines=2),
    )


def _start(desk: Desk) -> dict[str, object]:
    known = desk.ask(document_numbers.prefixes)
    return {"prefix": known[0] if known else "", "given_on": desk.today}


def _state(row: DocumentNumberRow) -> str:
    if row.is_double:
        return "重号"
    return "有效" if row.is_valid else "作废"


def _tone(row: DocumentNumberRow) -> Tone:
    if row.is_double:
        return Tone.RED
    return Tone.GREEN if row.is_valid else Tone.GREY


def _form(row: DocumentNumberRow) -> str:
    return FORMS[row.form].title if row.form in FORMS else ""


DOCUMENT_NUMBERS = Register[DocumentNumberRow](
    model=DocumentNumber,
    title="发文登记",
    rows=lambda desk, year: desk.ask(document_numbers.rows, year),
    columns=(
        Column("文号", lambda r: r.code, 170, sort=lambda r: (r.prefix, r.year, r.number)),
        Column("标题", lambda r: r.name, 0),
        Column("主送", lambda r: r.recipient, 170, drop=1),
        Column("文种", _form, 120, drop=2),
        Column("发文日期", lambda r: f"{r.given_on}", 100),
        Column("状态", _state, 72, tone=_tone),
        Column("作废原因", lambda r: r.cancel_reason, 150, drop=3),
    ),
    fields=_fields,
    save=document_numbers.save,
    keep=("prefix", "given_on"),
    start=_start,
    moves=(
        Move[DocumentNumberRow](
            "作废",
            document_numbers.cancel,
            "number_id",
            fields=lambda _desk, _row: (
                DateField("cancelled_on"),
                LongTextField("cancel_reason", lines=2),
            ),
            when=lambda row: row.is_valid,
            start=lambda desk, _row: {"cancelled_on": desk.today},
        ),
    ),
    filters=(
        Filter("有效", lambda row, _today: row.is_valid),
        Filter("作废", lambda row, _today: not row.is_valid),
        Filter("重号", lambda row, _today: row.is_double),
    ),
    empty="还没有发文。打印公文时点“编文号”，或按 Ctrl+N 登记一份别处印发的。",
    hint="文号按代字和年份连续编，作废的保留，不再使用。",
)
