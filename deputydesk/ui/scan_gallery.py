"""抽查画廊: the boxes that were read as marked, the palest first; those read as empty, the darkest.

One glance finds the outlier; Enter asks for its row again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.exchange import scan_cuts
from deputydesk.exchange.scan_cuts import Cut
from deputydesk.models.scan import PageState
from deputydesk.operations.scan_pages import PageShown, RowShown
from deputydesk.operations.scan_runs import RunRow
from deputydesk.rules.page_sight import Sight
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import Chips, framed, label
from deputydesk.ui.scan_queue import Key, key_of
from deputydesk.ui.tasks import is_running, run_task

MARKED, EMPTY = "读作已选（最淡的在前）", "读作没有选（最深的在前）"
AT_ONCE = 200
"""Boxes that are shown: those after them are less doubtful still."""
SIDE = 96
HINT = "有没有看着不对的？用方向键走到那一格，按 Enter 重新认定那一行。"
NONE = "还没有读好的票面。"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Box:
    """A box of a certain row."""

    key: Key
    digest: str
    sight: Sight
    option: int
    ink: float
    words: str


def boxes(run: RunRow, pages: Sequence[PageShown], *, marked: bool) -> list[Box]:
    """The boxes of certain rows that were read so, the most doubtful first."""
    found: list[Box] = []
    for page in pages:
        sight = scan_cuts.sight(run, page)
        if sight is None or page.state is not PageState.READ or not page.picture:
            continue
        for row in page.rows:
            found += [
                Box(key_of(row), page.picture, sight, option, ink, _words(row, option))
                for option, ink in enumerate(row.read.ink)
                if row.read.answer and marked == _is_marked(row, option)
            ]
    return sorted(found, key=_palest if marked else _darkest)[:AT_ONCE]


def _is_marked(row: RowShown, option: int) -> bool:
    return row.question.options[option].id == row.read.answer


def _words(row: RowShown, option: int) -> str:
    return f"{row.question.name}\n{row.question.options[option].label}"


def _palest(box: Box) -> float:
    return box.ink


def _darkest(box: Box) -> float:
    return -box.ink


class Boxes(QAbstractListModel):
    """Boxes and their pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: Sequence[Box] = ()
        self._pictures: list[QPixmap] = []

    def set_boxes(self, boxes: Sequence[Box], pictures: Sequence[bytes]) -> None:
        """Show these."""
        self.beginResetModel()
        self.boxes = boxes
        self._pictures = [_picture(data) for data in pictures]
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.boxes)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        box = self.boxes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return box.words
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pictures[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return box.words.replace("\n", "，")
        return None


def _picture(data: bytes) -> QPixmap:
    """As large as its place at the user's text size: the words below are as wide as it."""
    image, side = QImage.fromData(data) if data else QImage(), style.px(SIDE)
    if image.isNull():  # its file is gone
        return QPixmap()
    keeps, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(side, side, keeps, smooth))


class BoxList(QListView):
    """The boxes side by side."""

    opened = Signal(int)
    """Place of the box on which the user pressed Enter or clicked twice."""

    def __init__(self, model: Boxes) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName("方框")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(style.px(SIDE), style.px(SIDE)))
        self.setGridSize(QSize(style.px(SIDE + 22), style.px(SIDE + 48)))
        self.setWordWrap(True)
        self.doubleClicked.connect(self._open)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())


class GalleryView(QWidget):
    """The boxes of a run, the most doubtful of those that are certain first."""

    reopened = Signal(object)
    """The row (page and number) that is to be asked again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: object = None
        self._run: RunRow | None = None
        self._pages: Sequence[PageShown] = ()
        self.kind = Chips((MARKED, EMPTY), "哪些方框")
        self.model = Boxes()
        self.list = BoxList(self.model)
        self.state = label("", "sub")
        self.setFocusProxy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        column.addWidget(self.kind)
        self.state.setWordWrap(True)
        column.addWidget(self.state)
        column.addWidget(framed(self.list), 1)
        self.kind.group.idToggled.connect(self._choose)
        self.list.opened.connect(self._open)

    def show_run(self, run: RunRow | None, pages: Sequence[PageShown]) -> None:
        """Show the boxes of a run."""
        self._run, self._pages = run, pages
        state = (run.id if run else "", self.kind.chosen(), [page.picture for page in pages])
        if (
            state != self._shown and not is_running()
        ):  # what was read never changes; only pages come and go
            self._shown = state
            self._fetch()

    def _choose(self, place: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        del place
        if is_on:
            self._fetch()

    def _fetch(self) -> None:
        run, is_marked = self._run, self.kind.chosen() == 0
        found = boxes(run, self._pages, marked=is_marked) if run else []
        self.state.setText(HINT if found else NONE)
        if not found:
            self.model.set_boxes((), ())
            return
        wanted = [Cut(box.digest, box.sight.box(box.key[1], box.option)) for box in found]
        work = partial(scan_cuts.cuts, self._desk.office, wanted)
        run_task(self, "正在取票面图像", work, partial(self._show, found))

    def _show(self, found: Sequence[Box], pictures: Sequence[bytes]) -> None:
        self.model.set_boxes(found, pictures)
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus()

    def _open(self, place: int) -> None:
        self.reopened.emit(self.model.boxes[place].key)
