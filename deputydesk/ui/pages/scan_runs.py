"""Papers that come back: read in, what is doubtful decided, looked over, reconciled and booked."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget
from typing_extensions import override

from deputydesk.models import (
    Record,
    ScanBatch,
    ScanDecision,
    ScanPage,
    ScanReading,
    ScanRun,
)
from deputydesk.operations import scan_pages, scan_runs, scan_samples
from deputydesk.operations.scan_pages import PageShown
from deputydesk.operations.scan_runs import RunRow
from deputydesk.ui import style
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.scan_whole import show_whole
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, label
from deputydesk.ui.scan_closing import ClosingView
from deputydesk.ui.scan_doubts import DoubtsView
from deputydesk.ui.scan_gallery import GalleryView
from deputydesk.ui.scan_queue import Key
from deputydesk.ui.scan_reading_in import ReadingInView

READ_IN, DOUBTS, GALLERY, CLOSING = range(4)
NO_RUNS = "还没有印过可以扫描的票：印选票、票决票、测评票以后，那一批就列在这里"


class ScanRunsPage(Page):
    """One run at a time, in four parts."""

    title = "扫描读票"
    shows = frozenset({ScanRun, ScanBatch, ScanPage, ScanReading, ScanDecision})
    parts: ClassVar[tuple[str, ...]] = ("读入", "待确认", "抽查画廊", "核对入账")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._run: RunRow | None = None
        self._pages: Sequence[PageShown] = ()
        self.runs = Combo()
        self.chips = Chips(self.parts, "扫描读票")
        self.reading_in = ReadingInView(desk)
        self.doubts = DoubtsView(desk)
        self.gallery = GalleryView(desk)
        self.closing = ClosingView(desk)
        self._views = QStackedWidget()
        self._lay_out()
        self._connect()

    @override
    def refresh(self) -> None:
        runs = self.desk.ask(scan_runs.rows)
        wanted = self._run.id if self._run else ""
        self._run = next((run for run in runs if run.id == wanted), runs[0] if runs else None)
        self._list(runs)
        trial = self.desk.ask(scan_samples.trial)
        said = f"试用：已读 {trial.sheets}／{trial.of} 张真票，每批都要人工抽查"
        self.set_subtitle("" if trial.is_over else said)
        self._pages = self.desk.ask(scan_pages.pages, self._run.id) if self._run else ()
        self._count()
        self._show()

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        del model
        self._run = self.desk.ask(scan_runs.one, record_id)
        self.refresh()

    @override
    def at_hand(self) -> tuple[type[Record], str] | None:
        return (ScanRun, self._run.id) if self._run else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.chips.chosen() == DOUBTS:  # an answer counts though the parts still have the focus
            self.doubts.asking.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def go(self, part: int) -> None:
        """Go to one of the parts."""
        self.chips.group.button(part).setChecked(True)
        if view := self._views.currentWidget():
            view.setFocus()

    def _lay_out(self) -> None:
        self.runs.setAccessibleName("读票批次")
        self.runs.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.runs.setMinimumContentsLength(16)
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        caption = label("读票批次", "sub")
        caption.setBuddy(self.runs)
        row.addWidget(caption)
        row.addWidget(self.runs, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.chips)
        for view in (self.reading_in, self.doubts, self.gallery, self.closing):
            self._views.addWidget(view)
        self.body.addWidget(self._views, 1)

    def _connect(self) -> None:
        self.runs.activated.connect(self._choose_run)
        self.chips.group.idToggled.connect(self._choose_part)
        self.chips.group.idClicked.connect(self.go)
        self.reading_in.kept.connect(self._show_kept)
        self.doubts.whole_wanted.connect(self._show_whole)
        self.gallery.reopened.connect(self._reopen)
        self.closing.row_wanted.connect(self._reopen)
        self.closing.part_wanted.connect(self.go)

    def _list(self, runs: Sequence[RunRow]) -> None:
        self.runs.clear()
        for run in runs:
            text = f"{run.name}（表号 {run.code}，{run.state.label}）"
            self.runs.addItem(text, run.id)
        if not runs:
            self.runs.addItem(NO_RUNS, "")
        self.runs.setCurrentIndex(max(0, self.runs.findData(self._run.id if self._run else "")))
        self.runs.setToolTip(self.runs.currentText())
        self.runs.setEnabled(bool(runs))

    def _count(self) -> None:
        is_open = self._run is not None and self._run.is_open
        waiting = sum(len(page.open_rows) for page in self._pages) if is_open else 0
        name = self.parts[DOUBTS]
        self.chips.set_text(DOUBTS, f"{name} {waiting}" if waiting else name)

    def _show(self) -> None:
        at = self.chips.chosen()
        if at == READ_IN:
            self.reading_in.show_run(self._run)
        elif at == DOUBTS:
            self.doubts.show_run(self._run, self._pages)
        elif at == GALLERY:
            self.gallery.show_run(self._run, self._pages)
        else:
            self.closing.show_run(self._run, self._pages)

    def _choose_run(self, place: int) -> None:
        found = self.runs.itemData(place)
        self._run = self.desk.ask(scan_runs.one, found) if found else None
        self.refresh()

    def _choose_part(self, place: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_on:
            self._views.setCurrentIndex(place)
            self._show()

    def _show_kept(self, run_id: str) -> None:
        self._run = self.desk.ask(scan_runs.one, run_id)
        self.refresh()

    def _show_whole(self, page_id: str) -> None:
        assert self._run, "a page belongs to a run"
        show_whole(self, self.desk, self._run, page_id)

    def _reopen(self, key: Key) -> None:
        self.go(DOUBTS)
        self.doubts.reopen(key)
