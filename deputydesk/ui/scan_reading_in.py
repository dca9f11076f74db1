"""读入: scans are looked at first, page by page with what is wrong and what to do; then kept."""

import atexit
import shutil
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListView, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.exchange import scan_intake, scan_pictures
from deputydesk.exchange.scan_intake import Kept, Looked, SeenPage
from deputydesk.models import Feedback
from deputydesk.office import Office
from deputydesk.operations import scan_batches, scan_retention
from deputydesk.operations.scan_batches import BatchRow
from deputydesk.operations.scan_runs import RunRow
from deputydesk.progress import Progress
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.parts import Scroll, button, framed, label
from deputydesk.ui.stick_place import StickPlace
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task
from deputydesk.ui.thumbnails import paths_in, thumbnail

KINDS = "扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.bmp)"
SIDE = 104
HOW = (
    "用灰度 200 dpi 扫描，存成 PDF 或 JPG；正反、歪斜、顺序都不要紧。"
    "选文件、文件夹或U盘，也可以拖到这里。先看清楚，再留下；入账以前都可以撤回。"
)
NOTHING = "还没有看过扫描件。"
Index = QModelIndex | QPersistentModelIndex


def outcome(page: SeenPage) -> tuple[str, Tone]:
    """What became of a page, in a word or two."""
    if page.refusal:
        return "拒收", Tone.AMBER
    if page.known:
        return "读过了", Tone.GREY
    if page.doubts:
        return f"待确认 {page.doubts} 项", Tone.VIOLET
    return "已读", Tone.GREEN


def explained(page: SeenPage) -> str:
    """A page in words: where it comes from, what became of it, what to do."""
    where = f"{page.file} 第 {page.number} 页"
    said = outcome(page)[0]
    if page.refusal:
        return f"{where}：{said}\n\n{page.refusal.words}\n{page.refusal.hint}"
    if page.known:
        return f"{where}：{said}\n\n这一页已经读入过，不再计一次。"
    more = (
        f"{page.rows} 行，其中 {page.doubts} 行要人工确认。"
        if page.doubts
        else (f"{page.rows} 行，都读清楚了。")
    )
    return f"{where}：{said}\n\n{page.run_name}，第 {page.form_page} 页\n{more}"


class Strip(QAbstractListModel):
    """The pages that were looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: Sequence[SeenPage] = ()
        self.ratio = 1.0

    def set_pages(self, pages: Sequence[SeenPage]) -> None:
        """Show these."""
        self.beginResetModel()
        self.pages = pages
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.pages)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        page = self.pages[index.row()]
        said, tone = outcome(page)
        if role == Qt.ItemDataRole.DisplayRole:
            return said
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(style.ink(tone).text)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(page)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return explained(page).replace("\n\n", "，").replace("\n", "。")
        return None

    def _sign(self, page: SeenPage) -> QIcon:
        side = style.px(SIDE)
        if page.thumb is None or not page.thumb.is_file():
            blank = QPixmap(round(side * 0.7), side)
            blank.fill(QColor(style.theme().line2))
            return QIcon(blank)
        return QIcon(thumbnail(str(page.thumb), side, self.ratio))


class ReadingInView(QWidget):
    """Chooses files, shows what was read of them, keeps it."""

    kept = Signal(str)
    """The id of a run that got pages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._run: RunRow | None = None
        self._looked: Looked | None = None
        self.setAcceptDrops(True)
        self.place = StickPlace(desk)
        self.look = button("从这里读入", "scan-line", primary=True)
        self.look_files = button("选择文件", "file-text")
        self.state = label(NOTHING, "sub")
        self.strip = Strip()
        self.pages = QListView()
        self.about = wrapped("")
        self.keep = button("留下已读的页", "download", primary=True)
        self.drop = button("不要", "x")
        self.next_refused = button("下一页拒收的", "arrow-right")
        self.batches: RowsTable[BatchRow] = RowsTable(
            _columns(), name="读入过的扫描件", empty="这一批票还没有读入扫描件。"
        )
        self.remove = button("撤回这一次读入", "undo-2")
        self.setFocusProxy(self.look)
        self._lay_out()
        self._connect()
        self._show_looked_at()

    def show_run(self, run: RunRow | None) -> None:
        """Show what was read into a run so far."""
        self._run = run
        if not self.place.combo.count():
            self.place.refresh()
        self.batches.set_rows(self._desk.ask(scan_batches.rows, run.id) if run else [])
        self._show_batch(self.batches.current())

    def look_at(self, sources: Sequence[Path]) -> None:
        """Read files and folders, in a task."""
        self._close()
        work = partial(_read, self._desk.office, sources)
        run_task(self, "正在读扫描件", work, self._show_looked)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look_at(paths_in(event.mimeData()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        row.addWidget(self.place, 1)
        row.addWidget(self.look_files)
        row.addWidget(self.look)
        column.addLayout(row)
        how = label(HOW, "faint")
        how.setWordWrap(True)
        column.addWidget(how)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(style.px(9))
        split.setChildrenCollapsible(False)
        split.addWidget(self._seen())
        split.addWidget(framed(self.batches))
        split.setSizes([style.px(330), style.px(150)])
        column.addWidget(split, 1)
        foot = QHBoxLayout()
        foot.setSpacing(style.px(8))
        foot.addWidget(self.remove)
        self.state.setWordWrap(True)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.next_refused)
        foot.addWidget(self.drop)
        foot.addWidget(self.keep)
        column.addLayout(foot)

    def _seen(self) -> QWidget:
        """The strip of pages, with what is said of the one that is chosen beside it."""
        self.pages.setModel(self.strip)
        self.pages.setAccessibleName("看过的页")
        self.pages.setViewMode(QListView.ViewMode.IconMode)
        self.pages.setMovement(QListView.Movement.Static)
        self.pages.setResizeMode(QListView.ResizeMode.Adjust)
        self.pages.setUniformItemSizes(True)
        self.pages.setIconSize(QSize(style.px(SIDE), style.px(SIDE)))
        self.pages.setGridSize(QSize(style.px(SIDE + 14), style.px(SIDE + 34)))
        self.about.setAccessibleName("这一页怎么样")
        inside = QWidget()
        text = QVBoxLayout(inside)
        text.setContentsMargins(style.px(14), style.px(10), style.px(14), style.px(10))
        text.addWidget(self.about)
        text.addStretch(1)
        said = Scroll(inside)
        said.setAccessibleName("这一页怎么样")
        both = QSplitter()
        both.setHandleWidth(style.px(11))
        both.setChildrenCollapsible(False)
        both.addWidget(framed(self.pages))
        both.addWidget(framed(said))
        both.setSizes([style.px(780), style.px(360)])
        return both

    def _connect(self) -> None:
        self.look.clicked.connect(self._look)
        self.look_files.clicked.connect(self._look_files)
        self.pages.selectionModel().currentChanged.connect(self._explain)
        self.keep.set_key("Ctrl+Enter")
        self.keep.clicked.connect(self._keep)
        self.drop.clicked.connect(self._drop)
        self.next_refused.set_key("Ctrl+J")
        self.next_refused.clicked.connect(self._go_to_refused)
        self.batches.picked.connect(self._show_batch)
        self.remove.clicked.connect(self._remove)

    def _look(self) -> None:
        self.look_at([self.place.needed()])

    def _look_files(self) -> None:
        found = messages.ask_files_to_open(self, "打开扫描件", KINDS)
        if found:
            self.look_at(found)

    def _show_looked(self, looked: Looked) -> None:
        self._looked = looked
        atexit.register(shutil.rmtree, looked.spool, ignore_errors=True)  # ballots lie there
        self._show_looked_at()
        self.pages.setFocus()

    def _show_looked_at(self) -> None:
        pages = self._looked.pages if self._looked else ()
        self.strip.ratio = self.devicePixelRatioF()
        self.strip.set_pages(pages)
        good = sum(not page.refusal and not page.known for page in pages)
        self.keep.setEnabled(good > 0)
        self.keep.setText(f" 留下 {good} 页" if good else " 留下已读的页")
        self.drop.setEnabled(self._looked is not None)
        self.state.setText(_said(self._looked) if self._looked else NOTHING)
        refused = self._refused()
        self.next_refused.setEnabled(bool(refused))
        if pages:
            self.pages.setCurrentIndex(self.strip.index(refused[0] if refused else 0))
        else:
            self.about.setText("")

    def _refused(self) -> list[int]:
        """Places of the pages that were refused."""
        return [place for place, page in enumerate(self.strip.pages) if page.refusal]

    def _go_to_refused(self) -> None:
        """Go to the next page that was refused; after the last one to the first again."""
        refused = self._refused()
        at = self.pages.currentIndex().row()
        place = next((place for place in refused if place > at), refused[0])
        self.pages.setCurrentIndex(self.strip.index(place))
        self.pages.setFocus()

    def _explain(self, index: QModelIndex) -> None:
        self.about.setText(explained(self.strip.pages[index.row()]) if index.isValid() else "")

    def _keep(self) -> None:
        looked = self._looked
        assert looked, "the button is enabled when there is something"
        run_task(self, "正在留下扫描件", partial(_keep, self._desk.office, looked), self._show_kept)
        self._looked = None  # however it ends, its pictures go with it
        self._show_looked_at()

    def _show_kept(self, kept: Sequence[Kept]) -> None:
        said = "；".join(f"{one.run_name} 留下 {one.kept} 页" for one in kept)
        self.state.setText(f"{said}。接着到“待确认”。")
        self._desk.say(said)
        self.kept.emit(kept[0].run_id)

    def _drop(self) -> None:
        self._close()
        self._show_looked_at()

    def _close(self) -> None:
        if self._looked:
            self._looked.close()
        self._looked = None

    def _show_batch(self, batch: BatchRow | None) -> None:
        is_open = self._run is not None and self._run.is_open
        self.remove.setEnabled(batch is not None and is_open)

    def _remove(self) -> None:
        batch = self.batches.current()
        asked = f"撤回{batch.taken_on:%m月%d日}读入的 {batch.kept} 页？" if batch else ""
        hint = "这些页的读数、认定和图像一起去掉，可以重新读入。"
        if batch and messages.confirm(asked, hint, "撤回", parent=self):
            scan_pictures.remove(self._desk.office, batch.id)


def _read(office: Office, sources: Sequence[Path], progress: Progress) -> Looked:
    return scan_intake.read(office, sources, progress=progress)


def _keep(office: Office, looked: Looked, progress: Progress) -> Sequence[Kept]:
    return scan_intake.keep(office, looked, progress)


def _columns() -> tuple[Column[BatchRow], ...]:
    return (
        Column("读入日期", lambda r: f"{r.taken_on}", 92),
        Column("读入人", lambda r: r.taken_by, 90),
        Column("文件", lambda r: str(r.files), 56, right=True),
        Column("页", lambda r: str(r.pages), 56, right=True),
        Column("留下", lambda r: str(r.kept), 56, right=True),
        Column("拒收", _refused, 0),
    )


def _refused(row: BatchRow) -> str:
    return "；".join(f"{words.rstrip('。')} {count} 页" for words, count in row.refused.items())


def _said(looked: Looked) -> str:
    """What was read, of which runs nothing could be, and whose names stay in the pictures."""
    said = _summed(looked.pages)
    if any(run.record_kind == Feedback.__tablename__ for run in _kept_runs(looked)):
        said += scan_retention.NAMES_STAY
    if looked.lost:
        lost = "、".join(f"“{name}”" for name in looked.lost)
        said += f"{lost}的空白票不见了，没有读；请从备份里找回“attachments”文件夹。"
    return said


def _kept_runs(looked: Looked) -> Iterable[RunRow]:
    """The runs of which pages would be kept."""
    ids = {page.run_id for page in looked.pages if not page.known}
    return (run for run in looked.runs.values() if run.id in ids)


def _summed(pages: Sequence[SeenPage]) -> str:
    counts = (
        (sum(not p.refusal and not p.known for p in pages), "读好 {} 页"),
        (sum(p.doubts for p in pages if not p.refusal and not p.known), "待确认 {} 项"),
        (sum(p.known for p in pages), "读过的 {} 页"),
        (sum(bool(p.refusal) for p in pages), "拒收 {} 页"),
    )
    return "，".join(text.format(count) for count, text in counts if count) + "。"
