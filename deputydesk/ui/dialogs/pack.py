"""A month's, quarter's or year's forms in one go: what is due, then one file or a folder."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.database import disk_faults
from deputydesk.office import Office
from deputydesk.operations.printouts import Printed
from deputydesk.progress import Progress
from deputydesk.reports import pack
from deputydesk.reports.form import Due
from deputydesk.reports.pack import Pack, Period
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import Made, PreviewDialog
from deputydesk.ui.messages import ask_folder
from deputydesk.ui.parts import Chips, IconButton, button, label
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.room import sized
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

PACK = "pack"
DUES = tuple(Due)
NOTE = "第一页是装袋清单：有什么、在第几页，缺的为什么缺。"


@dataclass(frozen=True)
class DueRow:
    """A form of the pack; `count` is of how many records there is one."""

    id: str
    title: str
    count: int
    is_of_records: bool

    @property
    def said(self) -> str:
        """How much there is of it."""
        if not self.count:
            return "没有"
        return f"{self.count} 份" if self.is_of_records else "按期间"


def rows_of(office: Office, period: Period) -> list[DueRow]:
    """What is due in a period."""
    return [
        DueRow(form.id, form.title, len(options), any(o.record_id for o in options))
        for form, options in pack.due(office, period)
    ]


class PackDialog(QDialog):
    """Chooses the period, lists what is due, prints it or writes it into a folder."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent.window())
        self.desk = desk
        self.setWindowTitle("整套打印")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chips = Chips(tuple(due.label for due in DUES), "期间")
        self.chips.group.button(1).setChecked(True)
        self._back = IconButton("上一期", "chevron-left", "Alt+Left")
        self._forward = IconButton("下一期", "chevron-right", "Alt+Right")
        self._name = label("", "h2")
        self.table: RowsTable[DueRow] = RowsTable(
            (
                Column("表格", lambda r: r.title, 0),
                Column("本期", lambda r: r.said, 90, tone=_tone),
            ),
            name="本期的表格",
            empty="这种期间没有规定要印的表格。",
        )
        self.duplex = QCheckBox("双面打印：每种表格从正面开始")
        self.duplex.setChecked(True)
        self.folder = button("存到文件夹，每种一个文件", "folder-open")
        self.show_pack = button("预览打印", "printer", primary=True)
        self.show_pack.set_key("Ctrl+P")
        self._period = Period.of(DUES[1], desk.today)
        self._lay_out()
        self.chips.group.idToggled.connect(self._turn)
        self._back.clicked.connect(self._go_back)
        self._forward.clicked.connect(self._go_on)
        self.folder.clicked.connect(self.save_files)
        self.show_pack.clicked.connect(self.preview)
        self._show(self._period)

    @property
    def period(self) -> Period:
        """The period in hand."""
        return self._period

    def preview(self) -> None:
        """Make all of it, and show it."""
        is_duplex = self.duplex.isChecked()
        folder = self.desk.folder / "preview"
        work = partial(
            _write,
            self.desk.office,
            self._period,
            folder,
            is_duplex=is_duplex,
            archival=self.desk.preferences.archival,  # it is saved as it is shown
        )
        run_task(self, f"正在生成{self._period.label}材料", work, self._show_made)

    def save_files(self) -> None:
        """Make all of it as files in a folder of the user's."""
        folder = ask_folder(self, "存到文件夹")
        if folder:
            to = folder / f"{self._period.label}材料"
            kept = self.desk.preferences
            work = partial(_write_files, self.desk.office, self._period, to, archival=kept.archival)
            run_task(self, f"正在生成{self._period.label}材料", work, self._say_written)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        for part in (self._back, self._name, self._forward):
            row.addWidget(part)
        outer.addLayout(row)
        outer.addWidget(self.table, 1)
        outer.addWidget(label(NOTE, "sub"))
        outer.addWidget(self.duplex)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.folder)
        foot.addWidget(self.show_pack)
        outer.addLayout(foot)
        self.resize(sized(self, 560, 520))

    def _turn(self, number: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on:
            self._show(Period.of(DUES[number], min(self._period.last, self.desk.today)))

    def _go_back(self) -> None:
        self._show(Period.of(self._period.kind, self._period.first - timedelta(1)))

    def _go_on(self) -> None:
        self._show(Period.of(self._period.kind, self._period.last + timedelta(1)))

    def _show(self, period: Period) -> None:
        self._period = period
        self._name.setText(period.label)
        self._forward.setEnabled(period.last < self.desk.today)
        self.table.set_rows(rows_of(self.desk.office, period))

    def _show_made(self, made: Made) -> None:
        PreviewDialog(self, self.desk, made).open()

    def _say_written(self, written: tuple[Path, Pack]) -> None:
        folder, done = written
        self.desk.say(f"已存到 {folder}：{done.pages} 页")


def _tone(row: DueRow) -> Tone:
    return Tone.GREEN if row.count else Tone.GREY


def _write(
    office: Office,
    period: Period,
    folder: Path,
    progress: Progress,
    *,
    is_duplex: bool,
    archival: bool,
) -> Made:
    """Make it, and leave no file behind."""
    to = folder / f"{PACK}.pdf"
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        pack.write(office, period, to, archival=archival, duplex=is_duplex, progress=progress)
        what = Printed(f"{period.kind.label}材料", PACK, about=period.label)
        return Made(PdfPages.read(to), what)
    finally:
        to.unlink(missing_ok=True)


def _write_files(
    office: Office, period: Period, folder: Path, progress: Progress, *, archival: bool
) -> tuple[Path, Pack]:
    done = pack.write_folder(office, period, folder, archival=archival, progress=progress)
    return folder, done
