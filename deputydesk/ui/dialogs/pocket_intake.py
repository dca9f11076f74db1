"""Taking in notes from deputies' phones (代表随手记): scanned, opened, looked at, registered."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.errors import UserError
from deputydesk.exchange import pocket_intake, pocket_page
from deputydesk.exchange.pocket_intake import Inbox
from deputydesk.office import Office
from deputydesk.operations.pocket_notes import Intake, NoteRow, NoteState
from deputydesk.progress import Progress
from deputydesk.rules.pocket_notes import Bundle
from deputydesk.ui import lookups, messages, style
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.desk import Desk
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.parts import button, framed, label
from deputydesk.ui.pickers import PickField
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task
from deputydesk.ui.thumbnails import paths_in

HOW = (
    "代表在手机上点“显示二维码”，用扫码枪一张一张扫；或打开代表交来的文件、二维码照片，也可以拖到这里。"
    "先看清楚，再登记；交过的不会登记两次。"
)
KINDS = "代表随手记文件或二维码照片 (*.json *.txt *.jpg *.jpeg *.png *.bmp)"
ASKED = (NoteState.CHANGED, NoteState.REMOVED)
TONES = {
    NoteState.NEW: Tone.GREEN,
    NoteState.KNOWN: Tone.GREY,
    NoteState.CHANGED: Tone.AMBER,
    NoteState.REMOVED: Tone.AMBER,
    NoteState.UNFIT: Tone.VIOLET,
}


class PocketIntakeDialog(QDialog):
    """Shows what phones handed over, and registers it in one step.

    Args:
        parent: the page that opens it.
        desk: the desk.
    """

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.inbox = Inbox(desk.office.code)
        self._bundles: list[Bundle] = []
        self._accepted: set[str] = set()
        self.setWindowTitle("收代表随手记")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.line = LineEdit()
        self.open_files = button("打开文件或照片", "folder-open")
        self.make_page = button("生成随手记页面", "smartphone")
        self.state = label("", "sub")
        self.table: RowsTable[NoteRow] = RowsTable(
            self._columns(), name="收到的记录", empty="还没有收到记录。"
        )
        self.about = label("", "sub")
        self.accept_change = button("采用")
        self.register = button("登记", primary=True)
        self._lay_out()
        self._connect()
        self._show()
        screen = self.screen().availableGeometry()
        self.resize(
            min(style.px(980), screen.width() - 40), min(style.px(620), screen.height() - 60)
        )

    def scan(self, text: str) -> None:
        """Take what the scanner typed."""
        try:
            said = self.inbox.add_scan(text)
        except UserError as error:  # said beside the line: a box would swallow the next scan
            self.state.setText(str(error))
            return
        self._show()
        self.state.setText(said)

    def take_files(self, paths: list[Path]) -> None:
        """Take files and pictures, whatever their order."""
        said = [self.inbox.add_file(path) for path in paths]
        self._show()
        self.state.setText(" ".join([*said[-1:], *self.inbox.gaps()]))

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # a scanner ends with Enter: it must not press a button
        super().keyPressEvent(arg__1)

    @override
    def dragEnterEvent(self, arg__1: QDragEnterEvent) -> None:
        if paths_in(arg__1.mimeData()):
            arg__1.acceptProposedAction()

    @override
    def dropEvent(self, arg__1: QDropEvent) -> None:
        arg__1.acceptProposedAction()
        self.take_files(paths_in(arg__1.mimeData()))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(12))
        outer.setSpacing(style.px(10))
        how = label(HOW, "sub")
        how.setWordWrap(True)
        outer.addWidget(how)
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        self.line.setPlaceholderText("扫手机上的二维码")
        self.line.setAccessibleName("扫码")
        row.addWidget(self.line, 1)
        row.addWidget(self.open_files)
        row.addWidget(self.make_page)
        outer.addLayout(row)
        outer.addWidget(self.state)
        outer.addWidget(framed(self.table), 1)
        self.about.setWordWrap(True)
        self.about.setMinimumHeight(style.px(38))
        outer.addWidget(self.about)
        foot = QHBoxLayout()
        foot.addWidget(self.accept_change)
        foot.addStretch(1)
        close = button("关闭")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        foot.addWidget(self.register)
        outer.addLayout(foot)

    def _connect(self) -> None:
        self.line.returnPressed.connect(self._enter)
        self.open_files.clicked.connect(self._open)
        self.make_page.clicked.connect(self._ask_whose)
        self.table.picked.connect(self._explain)
        self.table.opened.connect(self._accept)
        self.accept_change.clicked.connect(self._accept)
        self.register.clicked.connect(self._register)

    def _columns(self) -> tuple[Column[NoteRow], ...]:
        return (
            Column("状态", self._state_of, 130, tone=lambda r: TONES[r.state]),
            Column("日期", lambda r: f"{r.heard_on}", 92),
            Column("代表", lambda r: r.deputy, 80),
            Column("渠道", lambda r: r.channel, 108, drop=2),
            Column("代表之家", lambda r: r.home, 150, drop=1),
            Column("反映事项", lambda r: r.matter, 0),
            Column("照片", lambda r: "有" if r.has_photo else "", 50),
        )

    def _state_of(self, row: NoteRow) -> str:
        if row.id in self._accepted:
            return "采用手机上的" if row.state is NoteState.CHANGED else "仍然登记"
        return row.state.label

    def _enter(self) -> None:
        text = self.line.text().strip()
        self.line.clear()
        if text:
            self.scan(text)

    def _open(self) -> None:
        paths = messages.ask_files_to_open(self, "打开代表随手记", KINDS)
        if paths:
            self.take_files(paths)

    def _show(self) -> None:
        """Look at everything that is whole, and list it."""
        self._bundles = self.inbox.whole()
        rows = pocket_intake.preview(self._desk.office, self._bundles)
        self._accepted &= {row.id for row in rows}
        self.table.set_rows(rows)
        self._count()

    def _count(self) -> None:
        rows = self.table.rows.rows()
        wanted = sum(row.state is NoteState.NEW or row.id in self._accepted for row in rows)
        photos = sum(row.has_photo and row.state is NoteState.KNOWN for row in rows)
        self.register.setText(f"登记 {wanted} 条" if wanted or not photos else "补照片")
        self.register.setEnabled(bool(wanted or photos))
        self._explain(self.table.current())

    def _explain(self, row: NoteRow | None) -> None:
        is_asked = row is not None and row.state in ASKED
        self.about.setText(row.about if row else "")
        self.accept_change.setVisible(is_asked)
        if row is not None and is_asked:
            back = row.id in self._accepted
            take = "采用手机上的" if row.state is NoteState.CHANGED else "仍然登记"
            self.accept_change.setText("不采用，保持原样" if back else take)

    def _accept(self) -> None:
        row = self.table.current()
        if row is not None and row.state in ASKED:
            self._accepted ^= {row.id}
            self.table.set_rows(self.table.rows.rows())
            self._count()

    def _register(self) -> None:
        work = partial(_take, self._desk.office, list(self._bundles), tuple(self._accepted))
        run_task(self, "正在登记代表随手记", work, self._say_taken)

    def _say_taken(self, done: Intake) -> None:
        parts = (
            (done.added, "新登记 {} 条"),
            (done.changed, "更新 {} 条"),
            (done.photos, "照片 {} 张"),
            (done.same, "{} 条原来就有"),
            (done.unfit, "{} 条不能登记"),
        )
        said = "，".join(words.format(count) for count, words in parts if count)
        self._accepted.clear()
        self._show()
        self.state.setText(f"{said}。按 Ctrl+Z 整个撤销。")
        self._desk.say(said)

    def _ask_whose(self) -> None:
        people = PickField(
            "mandate_id",
            partial(lookups.deputies_in_office, self._desk),
            label="代表（不选为全体，打开时选自己的姓名）",
            wide=True,
        )
        form = Form(self._desk, "pocket-page", (people,))
        form.start(mandate_id="")
        dialog = FormDialog(self, "生成随手记页面", form, self._write_page, "生成")
        dialog.setMinimumWidth(style.px(520))
        dialog.open()

    def _write_page(self, *, mandate_id: str) -> None:
        name = pocket_page.file_name(self._desk.office, mandate_id)
        to = messages.ask_file_to_save(self, "保存随手记页面", name, "网页 (*.html)")
        if to:
            count = pocket_page.write(self._desk.office, to, mandate_id)
            self.state.setText(f"已生成 {to}，{count} 名代表可用。发到代表手机上，用浏览器打开。")


def _take(
    office: Office, bundles: list[Bundle], accepted: tuple[str, ...], progress: Progress
) -> Intake:
    return pocket_intake.take(office, bundles, accepted, progress)
