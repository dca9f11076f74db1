"""The register of what was printed or saved; each line opens the very paper again."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from deputydesk.exchange.attachments import size_text
from deputydesk.journal.values import models
from deputydesk.models import Printout
from deputydesk.operations import printouts
from deputydesk.operations.printouts import PrintoutRow
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_kept
from deputydesk.ui.register import Action, Filter, Register
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column


def _when(row: PrintoutRow) -> str:
    day = f"{row.printed_on}" if row.printed_on else ""
    return f"{day} {row.printed_at}".strip()


def _open_again(parent: QWidget, desk: Desk, row: PrintoutRow) -> None:
    preview_kept(parent, desk, row)


def _open_record(_parent: QWidget, desk: Desk, row: PrintoutRow) -> None:
    desk.open(models()[row.record_kind], row.record_id)


def _sum(rows: Sequence[PrintoutRow]) -> str:
    """How much there is, and what it takes on the disk: a paper printed twice is kept once."""
    if not rows:
        return ""
    sizes = {row.digest: row.size for row in rows}
    return f"共 {len(rows)} 次，副本 {size_text(sum(sizes.values()))}"


PRINTOUTS = Register[PrintoutRow](
    model=Printout,
    title="打印记录",
    rows=lambda desk, year: desk.ask(printouts.rows, year),
    columns=(
        Column("时间", _when, 130),
        Column("表格", lambda r: r.name, 190),
        Column("内容", lambda r: r.about, 0),
        Column("页数", lambda r: f"{r.pages}", 56, sort=lambda r: r.pages, right=True),
        Column("份数", lambda r: f"{r.copies}", 56, sort=lambda r: r.copies, right=True, drop=2),
        Column(
            "去处",
            lambda r: r.went_to,
            150,
            tone=lambda r: Tone.GREY if r.is_file else None,
        ),
        Column("经手人", lambda r: r.printed_by, 80, drop=1),
    ),
    actions=(
        Action("打开原件", "eye", _open_again, when=lambda row: bool(row.digest)),
        Action("所印的记录", "list", _open_record, when=lambda row: row.record_kind in models()),
    ),
    filters=(
        Filter("打印", lambda row, _today: not row.is_file),
        Filter("存为文件", lambda row, _today: row.is_file),
    ),
    summary=_sum,
    empty="还没有打印过。按 F8 打印第一张；打印或另存的每一份都记在这里，可以照原样再打印。",
    hint="副本只留在本机，不随数据导出；几年以前的在“设置”里可以清理。",
    files=False,
)
