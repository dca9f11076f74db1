"""网上代表之家: what would be published is checked, confirmed, and written into a folder."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout
from typing_extensions import override

from deputydesk.exchange import home_pages
from deputydesk.exchange.home_pages import Prepared, Written
from deputydesk.journal.values import models
from deputydesk.models import (
    Attachment,
    Home,
    HomeCheck,
    Mandate,
    Person,
    PointQuarter,
    Project,
    Regulation,
    Reply,
    RotaShift,
    Station,
    Suggestion,
    Visit,
)
from deputydesk.operations.public_rows import CheckLine, LineKind, Selection
from deputydesk.rules.names import search_text
from deputydesk.ui import lookups, messages, style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import CheckField
from deputydesk.ui.form import Form
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, button, label
from deputydesk.ui.pickers import PickManyField
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

KINDS = tuple(LineKind)
TONES = {
    LineKind.WARNING: Tone.AMBER,
    LineKind.LEFT_OUT: Tone.GREY,
    LineKind.NOTE: Tone.BLUE,
    LineKind.PUBLISHED: Tone.GREEN,
}
BEFORE = "先点“检查”：看清将公开谁的什么、什么不公开和为什么，再发布。"
CHANGED = "记录有变动，请重新检查。"
NONE = "这一类没有内容。"
NO_FOLDER = "还没有选择文件夹"


class PublishPage(Page):
    """What to publish at the left, the check at the right."""

    title = "网上代表之家"
    shows = frozenset(
        {
            *(Home, HomeCheck, Mandate, Person, PointQuarter, Project, Regulation, Reply),
            *(RotaShift, Station, Suggestion, Visit, Attachment),
        }
    )
    finds = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._prepared: Prepared | None = None
        self._released: frozenset[str] = frozenset()
        self._folder: Path | None = None
        self._wanted = ""
        self.form = Form(desk, "publish", self._fields(), columns=1)
        self.chips = Chips(tuple(kind.label for kind in KINDS), "检查结果")
        self.table: RowsTable[CheckLine] = RowsTable(_columns(), name="检查结果", empty=BEFORE)
        self.release = button("仍然公开")
        self.look = button("打开记录")
        self._where = label(NO_FOLDER, "sub")
        self.choose = button("选择文件夹")
        self.open_folder = button("打开文件夹")
        self.open_page = button("打开网页")
        self.check = self.add_button("检查", "list-checks")
        self.publish = self.add_button("发布", "upload", primary=True)
        self._lay_out()
        self._connect()
        self.form.start()
        self.form.saved()
        self._show_state()

    @override
    def refresh(self) -> None:
        if self._prepared is not None:
            self._forget(CHANGED)

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self._show_lines()

    def set_folder(self, folder: Path) -> None:
        """Publish into this folder."""
        self._folder = folder
        self._where.setText(str(folder))
        self._where.setToolTip(str(folder))
        self._show_state()

    def start_check(self) -> None:
        """Read what would be published, in a task."""
        values = self.form.values()
        self.form.saved()
        selection = Selection(
            home_ids=values["home_ids"],
            released=self._released,
            unsigned=values["unsigned"],
            since=values["since"],
        )
        work = partial(home_pages.prepare, self.desk.office, selection)
        run_task(self, "正在检查要公开的内容", work, self._show)

    def start_publishing(self) -> None:
        """Have the clerk confirm, then write in a task."""
        assert self._prepared, "the button waits for the check"
        assert self._folder, "the button waits for a folder"
        values = self.form.values()
        review = self._prepared.review
        people = review.count(LineKind.PUBLISHED)
        question = f"公开{people}名代表的信息，写成{len(review.site.homes) + 1}个网页？"
        if not messages.confirm(question, self._consequences(self._prepared), "发布", parent=self):
            return
        work = partial(
            home_pages.write,
            self._prepared,
            self._folder,
            weixin=values["weixin"],
            dark=values["dark"],
        )
        run_task(self, "正在写网页", work, self._say_written)

    def _consequences(self, prepared: Prepared) -> str:
        assert self._folder, "asked by `start_publishing`"
        review = prepared.review
        said = [
            f"不公开{review.count(LineKind.LEFT_OUT)}项。",
            f"待确认的{review.count(LineKind.WARNING)}项不写入。",
            "网页发出去就收不回来，请确认已看过检查结果。",
        ]
        stale = home_pages.stale(prepared, self._folder)
        if stale:
            said.append(f"这个文件夹里以前发布、这次没有选的{len(stale)}个网页将删除。")
        return "\n".join(said)

    def _fields(self) -> tuple[PickManyField | DateField | CheckField, ...]:
        return (
            PickManyField(
                "home_ids", partial(lookups.homes, self.desk), label="代表之家（不选为全部）"
            ),
            DateField("since", label="公开何日以来的建议（不填为去年1月1日）", optional=True),
            CheckField("unsigned", label="要求姓名保密的建议，不署名公开"),
            CheckField("weixin", label="另写可粘贴到公众号文章的网页"),
            CheckField("dark", label="打开时为深色（用于大屏）"),
        )

    def _lay_out(self) -> None:
        left, right = QFrame(), QFrame()
        halves = QSplitter()
        halves.setHandleWidth(style.px(11))
        halves.setChildrenCollapsible(False)
        for frame in (left, right):
            frame.setObjectName("card")
            halves.addWidget(frame)
        self._lay_out_left(QVBoxLayout(left))
        column = QVBoxLayout(right)
        column.setContentsMargins(1, style.px(10), 1, style.px(8))
        column.setSpacing(style.px(8))
        row = QHBoxLayout()
        row.setContentsMargins(style.px(14), 0, style.px(14), 0)
        row.addWidget(self.chips, 1)
        row.addWidget(self.look)
        row.addWidget(self.release)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        left.setMinimumWidth(style.px(330))
        halves.setSizes([style.px(340), style.px(820)])
        halves.setStretchFactor(1, 1)
        self.body.addWidget(halves, 1)

    def _lay_out_left(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(1, style.px(10), 1, style.px(12))
        column.setSpacing(style.px(6))
        heading = label("公开什么", "h2")
        heading.setContentsMargins(style.px(15), 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(self.form, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(style.px(15), 0, style.px(15), 0)
        inside.setSpacing(style.px(8))
        inside.addWidget(label("写到哪里", "h2"))
        self._where.setWordWrap(True)
        inside.addWidget(self._where)
        row = QHBoxLayout()
        for made in (self.choose, self.open_folder, self.open_page):
            row.addWidget(made)
        row.addStretch(1)
        inside.addLayout(row)
        column.addLayout(inside)

    def _connect(self) -> None:
        self.check.clicked.connect(self.start_check)
        self.publish.clicked.connect(self.start_publishing)
        self.choose.clicked.connect(self._ask_folder)
        self.open_folder.clicked.connect(self._open_folder)
        self.open_page.clicked.connect(self._open_page)
        self.release.clicked.connect(self._release)
        self.look.clicked.connect(self._open_record)
        self.table.opened.connect(self._open_record)
        self.table.picked.connect(self._show_state)
        self.chips.group.idToggled.connect(self._show_lines)
        self.form.edited.connect(self._note_edit)
        self.form.save_next.connect(self.start_check)

    def _show(self, prepared: Prepared) -> None:
        self._prepared = prepared
        for number, kind in enumerate(KINDS):
            self.chips.set_text(number, f"{kind.label} {prepared.review.count(kind)}")
        first = next(n for n, kind in enumerate(KINDS) if prepared.review.count(kind))
        self.chips.group.button(first).setChecked(True)
        site = prepared.review.site
        self.set_subtitle(
            f"{len(site.homes)} 个代表之家，{prepared.review.count(LineKind.PUBLISHED)} 名代表，"
            f"{len(site.suggestions)} 件建议"
        )
        self.table.set_empty(NONE)
        self._show_lines()

    def _show_lines(self) -> None:
        lines = self._prepared.review.lines if self._prepared else ()
        kind = KINDS[self.chips.chosen()]
        words = search_text(self._wanted).split()
        self.table.set_rows(
            [
                line
                for line in lines
                if line.kind == kind
                and all(word in search_text(f"{line.about} {line.why}") for word in words)
            ]
        )
        self._show_state()

    def _show_state(self, _row: object = None) -> None:
        at = self.table.current()
        self.publish.setEnabled(self._prepared is not None and self._folder is not None)
        self.release.setVisible(KINDS[self.chips.chosen()] == LineKind.WARNING)
        self.release.setEnabled(at is not None)
        self.look.setEnabled(at is not None and bool(at.record_id))
        there = self._folder is not None and (self._folder / home_pages.INDEX).exists()
        self.open_folder.setEnabled(self._folder is not None)
        self.open_page.setEnabled(there)

    def _forget(self, why: str) -> None:
        """What was checked does not hold any more."""
        self._prepared = None
        for number, kind in enumerate(KINDS):
            self.chips.set_text(number, kind.label)
        self.set_subtitle("")
        self.table.set_empty(why)
        self._show_lines()

    def _note_edit(self) -> None:
        if self._prepared is not None:
            self._forget(BEFORE)

    def _release(self) -> None:
        chosen = {line.record_id for line in self.table.selected()}
        self._released = frozenset(self._released | chosen)
        self.start_check()

    def _open_record(self, _row: object = None) -> None:
        at = self.table.current()
        if at is not None and at.record_id:
            self.desk.open(models()[at.table], at.record_id)

    def _ask_folder(self) -> None:
        folder = messages.ask_folder(self, "网页写到哪个文件夹")
        if folder is not None:
            self.set_folder(folder)

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _open_page(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder / home_pages.INDEX)))

    def _say_written(self, written: Written) -> None:
        self.desk.say(f"已写入 {len(written.files)} 个网页到 {written.folder}")
        self._show_state()


def _columns() -> tuple[Column[CheckLine], ...]:
    return (
        Column("", lambda r: r.kind.label, 66, tone=lambda r: TONES[r.kind]),
        Column("代表或记录", lambda r: r.about, 190),
        Column("内容", lambda r: r.what, 0),
        Column("依据、原因", lambda r: r.why, 230),
    )
