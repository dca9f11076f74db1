"""The register of deputies' reports to their voters: their words, printed with the figures."""

from functools import partial

from PySide6.QtWidgets import QWidget

from deputydesk.models import Mandate, WorkReport
from deputydesk.operations import work_reports
from deputydesk.operations.work_reports import SECTIONS, WorkReportRow
from deputydesk.reports import Options
from deputydesk.ui import lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.dialogs.word_file import save_word
from deputydesk.ui.fields import Field, LongTextField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Action, Register
from deputydesk.ui.table import Column

FORM = "work_report"


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("mandate_id", partial(lookups.deputies_in_office, desk), wide=True),
        DateField("first_on"),
        DateField("last_on", ahead=True),
        DateField("given_on", optional=True),
        LongTextField("opening", lines=2),
        *(LongTextField(name, lines=3) for name in SECTIONS),
    )


def _start(desk: Desk) -> dict[str, object]:
    return {
        "first_on": desk.today.replace(month=1, day=1),
        "last_on": desk.today.replace(month=12, day=31),
        "given_on": None,
    }


def _write_word(parent: QWidget, desk: Desk, row: WorkReportRow) -> None:
    name = f"{row.deputy}{row.last_on.year}年述职报告"
    save_word(parent, desk, FORM, name, Options(record_id=row.id))


WORK_REPORTS: Register[WorkReportRow] = Register(
    model=WorkReport,
    title="述职报告",
    rows=lambda desk, year: desk.ask(work_reports.rows, year),
    columns=(
        Column("代表", lambda r: r.deputy, 90),
        Column("层级", lambda r: r.level.label, 90, drop=1),
        Column("期间", lambda r: f"{r.first_on}—{r.last_on}", 0),
        Column("述职日期", lambda r: f"{r.given_on}" if r.given_on else "", 92),
        Column("已写部分", lambda r: f"{r.written}/{len(SECTIONS)}", 72, drop=2),
    ),
    fields=_fields,
    save=work_reports.save,
    remove=work_reports.remove,
    keep=("first_on", "last_on", "given_on"),
    start=_start,
    actions=(
        prints(FORM, "打印"),
        Action("存为 Word", "file-text", _write_word),
    ),
    empty="还没有述职报告。按 Ctrl+N 登记代表写的内容，数字在打印时自动加上。",
    shows=frozenset({Mandate}),
    hint="只写代表自己的话；参加了几次、提了几件，打印时按登记的履职自动写进各部分",
)
