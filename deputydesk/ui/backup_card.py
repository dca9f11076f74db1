"""The card of settings for backups and the check of the data."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.exchange import backup, checking
from deputydesk.exchange.backup import BackupRow
from deputydesk.journal.check import Fault
from deputydesk.office import Office
from deputydesk.progress import Progress
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import button, card
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

SHOWN_FAULTS = 8


@dataclass(frozen=True)
class _Backup:
    """A backup as a row of the list."""

    row: BackupRow

    @property
    def id(self) -> str:
        return self.row.path.name


class BackupCard(QWidget):
    """Lists the backups, makes one now, and holds the data against the log.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.desk = desk
        self.table: RowsTable[_Backup] = RowsTable(
            _backup_columns(), name="备份列表", empty="还没有备份。点“立即备份”做第一份。"
        )
        self.back_up = button("立即备份", "save")
        self.check = button("核对数据", "circle-check")
        frame, inside = card("备份与核对", "退出时自动备份")
        row = QHBoxLayout()
        row.addWidget(self.back_up)
        row.addWidget(self.check)
        row.addStretch(1)
        inside.addLayout(row)
        self.table.setMinimumHeight(style.px(124))
        inside.addWidget(self.table, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.back_up.clicked.connect(self._make_backup)
        self.check.clicked.connect(self._check_data)

    def refresh(self) -> None:
        """List the backups there are."""
        self.table.set_rows([_Backup(row) for row in backup.rows(self.desk.office)])

    def _make_backup(self) -> None:
        run_task(self, "正在备份", partial(_copy, self.desk.office), self._say_copied)

    def _say_copied(self, made: Path) -> None:
        self.refresh()
        self.table.select(made.name)
        self.desk.say(f"已备份到 {made}")

    def _check_data(self) -> None:
        run_task(self, "正在核对数据", partial(_examine, self.desk.office), self._say_checked)

    def _say_checked(self, faults: list[Fault]) -> None:
        if not faults:
            self.desk.say("核对完成：数据与日志一致")
            messages.tell("数据完好。", "所有记录都与日志一致。", parent=self)
            return
        said = "\n".join(f"· {fault.message}" for fault in faults[:SHOWN_FAULTS])
        more = f"\n……共 {len(faults)} 处" if len(faults) > SHOWN_FAULTS else ""
        advice = "请不要继续登记，先从最近的备份恢复，或与技术人员联系。"
        messages.tell("数据与日志不一致。", f"{said}{more}\n{advice}", parent=self)


def _copy(office: Office, progress: Progress) -> Path:
    progress.step(0, 1, "正在备份")
    return backup.back_up(office, progress=progress)


def _examine(office: Office, progress: Progress) -> list[Fault]:
    progress.step(0, 0, "正在核对每一条记录")
    return checking.faults(office, progress)


def _backup_columns() -> tuple[Column[_Backup], ...]:
    return (
        Column("时间", lambda r: f"{r.row.at:%Y-%m-%d %H:%M}", 130),
        Column("原因", lambda r: r.row.why.label, 80),
        Column("文件", lambda r: r.row.path.name, 0),
        Column(
            "大小",
            lambda r: f"{r.row.size / 1_000_000:.1f} MB",
            76,
            sort=lambda r: r.row.size,
            right=True,
        ),
    )
