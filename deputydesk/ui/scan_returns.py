"""收回扫描: from the record whose papers were printed to the run that comes back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from deputydesk.errors import UserError
from deputydesk.models import Record, ScanRun
from deputydesk.operations import scan_runs
from deputydesk.ui.desk import Desk
from deputydesk.ui.register import Action
from deputydesk.ui.table import HasId

TEXT, SIGN = "收回扫描", "scan-line"


def take_back(desk: Desk, model: type[Record], record_id: str) -> None:
    """Open the newest run of papers of a record.

    Raises:
        UserError: none were printed.
    """
    for run in desk.ask(scan_runs.rows):
        if run.record_kind == model.__tablename__ and run.record_id in (record_id, ""):
            desk.open(ScanRun, run.id)
            return
    raise UserError(
        "还没有打印过这一次的票。", hint="请先打印：从打印预览里印出或存下的票，才能扫描读票。"
    )


def _always(_row: object) -> bool:
    return True


def takes_back(
    model: type[Record],
    when: Callable[[Any], bool] = _always,  # Any: rows of whichever kind
) -> Action[Any]:
    """The button of a register whose records have papers that come back."""

    def run(_parent: QWidget, desk: Desk, row: HasId) -> None:
        take_back(desk, model, row.id)

    return Action(TEXT, SIGN, run, when)
