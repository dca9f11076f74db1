"""Into the office and out of it: the roster, and every kind of record as a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.exchange import sheets, xlsx
from deputydesk.exchange.sheets import SheetOutcome
from deputydesk.models import labels
from deputydesk.office import Office
from deputydesk.progress import SILENT, Progress
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.pocket_intake import PocketIntakeDialog
from deputydesk.ui.messages import ask_file_to_open, ask_file_to_save, ask_folder, tell
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, button, framed, label
from deputydesk.ui.roster_wizard import RosterWizard
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

KINDS = "Excel 文件 (*.xlsx)"
HOW = (
    "每种记录一张表，第一行是中文标题。导出后在 Excel 或 WPS 里修改，再导入回来："
    "有“记录号”的行修改原来的记录，没有的新增。任何一行有错，都指出工作表、行和标题，什么都不写入。"
)


FIRST = ("person", "mandate", "home", "unit", "visit", "opinion", "suggestion", "assignment")
"""What people ask for most stands first; the rest follows by name."""


@dataclass(frozen=True)
class KindRow:
    """A kind of record that can be exported and imported."""

    id: str
    title: str
    headings: str


class ExchangePage(Page):
    """The roster wizard, and the table of record kinds."""

    title = "导入导出"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chips = Chips(("导入代表名册", "各种表格"), "导入导出")
        self.wizard = RosterWizard(desk)
        self.table = RowsTable(
            (
                Column[KindRow]("表格", lambda r: r.title, 170),
                Column[KindRow]("内容", lambda r: r.headings, 0),
            ),
            name="记录种类",
        )
        self.out = button("导出为 Excel", "download", primary=True)
        self.blank = button("导出空白表", "file-spreadsheet")
        self.take_in = button("从 Excel 导入", "upload")
        self.pocket = self.add_button("代表随手记", "smartphone")
        self._views = QStackedWidget()
        self._lay_out()
        self.chips.group.idToggled.connect(self._choose)
        self.out.clicked.connect(self._export)
        self.table.opened.connect(self._export)
        self.blank.clicked.connect(self._export_blank)
        self.take_in.clicked.connect(self._import)
        self.pocket.clicked.connect(self._open_pocket)

    @override
    def refresh(self) -> None:
        if not self.table.rows.rowCount():
            self.table.set_rows(
                [
                    KindRow(
                        name, title, "、".join(list(labels(sheets.model_of(name)).values())[1:])
                    )
                    for name, title in sorted(sheets.kinds().items(), key=_rank)
                ]
            )
            self.table.selectRow(0)

    def _lay_out(self) -> None:
        self.body.addWidget(self.chips)
        self._views.addWidget(self.wizard)
        self._views.addWidget(self._tables())
        self.body.addWidget(self._views, 1)

    def _tables(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(10))
        how = label(HOW, "sub")
        how.setWordWrap(True)
        column.addWidget(how)
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        for part in (self.out, self.take_in, self.blank):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(label("可以选中几种一起导出（Ctrl 或 Shift）", "faint"))
        column.addLayout(row)
        column.addWidget(framed(self.table), 1)
        return whole

    def _open_pocket(self) -> None:
        PocketIntakeDialog(self, self.desk).open()

    def _choose(self, place: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_on:
            self._views.setCurrentIndex(place)

    def _export(self) -> None:
        kinds = self.table.selected()
        if len(kinds) > 1:
            folder = ask_folder(self, "导出到哪个文件夹")
            files = [(kind.id, folder / f"{kind.title}.xlsx") for kind in kinds] if folder else []
        else:
            to = self._ask_to("", kinds)
            files = [(kinds[0].id, to)] if to else []
        if files:
            work = partial(_write, self.desk.office, files)
            run_task(self, "正在导出", work, self._say_exported)

    def _export_blank(self) -> None:
        kinds = self.table.selected()[:1]
        to = self._ask_to("（空白）", kinds)
        if to:
            run_task(self, "正在导出", partial(_write_blank, kinds[0].id, to), self._say_exported)

    def _ask_to(self, mark: str, kinds: Sequence[KindRow]) -> Path | None:
        if not kinds:
            return None
        return ask_file_to_save(self, "导出为 Excel", f"{kinds[0].title}{mark}.xlsx", KINDS)

    def _import(self) -> None:
        kinds = self.table.selected()[:1]
        source = ask_file_to_open(self, f"导入{kinds[0].title}", KINDS) if kinds else None
        if source:
            self.import_sheet(kinds[0].id, source)

    def import_sheet(self, kind: str, source: Path) -> None:
        """Take in the records of a sheet, in a task."""
        work = partial(_read, self.desk.office, kind, source)
        run_task(self, "正在导入", work, self._tell)

    def _tell(self, outcome: SheetOutcome) -> None:
        tell(
            f"新增 {outcome.added} 条，修改 {outcome.changed} 条，{outcome.same} 条与原来相同。",
            "导入是一步操作，按 Ctrl+Z 整个撤销。",
            parent=self,
        )

    def _say_exported(self, said: str) -> None:
        self.desk.say(said)


def _rank(kind: tuple[str, str]) -> tuple[int, str]:
    name = kind[0]
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def _write(office: Office, files: Sequence[tuple[str, Path]], progress: Progress = SILENT) -> str:
    """Export kinds of record; returns what to say about it."""
    rows = 0
    for done, (kind, to) in enumerate(files):
        progress.step(done, len(files), to.name)
        rows += sheets.export(office, kind, to)
    where = files[0][1] if len(files) == 1 else files[0][1].parent
    return f"已导出 {rows} 条到 {where}"


def _write_blank(kind: str, to: Path, progress: Progress = SILENT) -> str:
    """Write the headings only, to be filled in."""
    model = sheets.model_of(kind)
    headings = [heading for name, heading in labels(model).items() if name != "id"]
    xlsx.write(to, model.title, headings, [], progress)
    return f"空白表已存为 {to}"


def _read(office: Office, kind: str, source: Path, progress: Progress = SILENT) -> SheetOutcome:
    progress.step(0, 1, source.name)
    return sheets.take_in(office, kind, source)
