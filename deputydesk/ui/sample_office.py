"""The sample office: what says so at the top of its window, and the way in and out."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from deputydesk.errors import UserError
from deputydesk.paths import is_installed
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import Yielding, button, label

if TYPE_CHECKING:
    from deputydesk.ui.main_window import MainWindow

FOLDER = "demo"
"""Where it is, inside the folder of the office's own data."""
DATA = "office.db"
SERVER = "-"
"""Stands for the office's own data where it is on a server: that is never written down."""
TITLE = "示范单位（虚构数据） - 代表履职工作台"


class SampleBanner(QFrame):
    """Says that everything here is invented, and leads out of it.

    Args:
        has_own: whether there is an office of one's own to go back to.
    """

    left = Signal()
    """Back to the office's own data."""
    removed = Signal()
    """Away with the sample office."""

    def __init__(self, *, has_own: bool) -> None:
        super().__init__()
        self.setObjectName("sample")
        self.setAccessibleName("示范数据")
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(16), style.px(4), style.px(12), style.px(4))
        row.setSpacing(style.px(8))
        row.addWidget(label("示范数据", "samplename"))
        self._said = Yielding("单位和人都是虚构的，可以随意试，不影响本单位")
        row.addWidget(self._said, 1)
        self.back = button("回到本单位" if has_own else "登记本单位", "arrow-left")
        self.back.clicked.connect(self.left)
        self.remove = button("删除示范单位", "trash-2")
        self.remove.clicked.connect(self._ask)
        row.addWidget(self.back)
        row.addWidget(self.remove)

    def set_day(self, today: date) -> None:
        """Say which day it is here; it stays there."""
        self._said.setText(
            f"单位和人都是虚构的，可以随意试，不影响本单位。这里的今天总是{today.year}年"
            f"{today.month}月{today.day}日"
        )

    def _ask(self) -> None:
        if messages.confirm(
            "要删除示范单位吗？",
            "示范单位里试着做的都会消失，窗口随即关闭。本单位的数据不受影响；以后还可以重新打开示范单位。",
            "删除",
            parent=self.window(),
        ):
            self.removed.emit()


class SampleWindow(QObject):
    """The window of the sample office: says so, and leads back.

    Args:
        window: the window.
        clock: the present time.
        own: the office's own data; None if it is on a server, whose window is left open.
    """

    is_removed = False
    """Whether the sample office is to be taken away once it is closed."""

    def __init__(
        self, window: "MainWindow", clock: Callable[[], datetime], own: Path | None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._own = own
        self.banner = SampleBanner(has_own=own is None or own.exists())
        self.banner.left.connect(self._leave)
        self.banner.removed.connect(self._take_away)
        window.set_sample(self.banner, TITLE)

    def remove(self, folder: Path) -> None:
        """Take it away; its window and its data are closed."""
        import faulthandler

        from deputydesk.exchange import demo_folder

        faulthandler.disable()  # its file lies there
        try:
            demo_folder.remove(folder, folder / DATA, self._clock())
        except UserError as error:
            messages.show_error(error)

    def _leave(self) -> None:
        """Back to the office's own window, which is started again unless it is open."""
        from deputydesk.exchange import demo_folder

        if not self._window.close():
            return
        if self._own and not demo_folder.is_open(self._own, self._clock()):
            start_program("--data", str(self._own))

    def _take_away(self) -> None:
        self._leave()
        self.is_removed = not self._window.isVisible()


def start_program(*arguments: str) -> None:
    """Start this program once more, in a window of its own.

    Raises:
        UserError: the system does not start it.
    """
    program = [] if is_installed() else ["-m", "deputydesk"]
    if not QProcess.startDetached(sys.executable, [*program, *arguments])[0]:
        raise UserError("没有打开成功。", hint="请关闭程序，再从桌面上打开。")


def open_sample(desk: Desk) -> None:
    """Open the sample office beside the office's own window."""
    own = desk.office.data.path
    start_program("--demo", "--own", str(own) if own else SERVER)
    desk.say("示范单位在另一个窗口里打开，第一次需要十几秒")


def remove_sample(desk: Desk) -> bool:
    """Take the sample office away, after asking; False if the user would rather keep it.

    Raises:
        UserError: it is open, or the disk does not let go of it.
    """
    from deputydesk.exchange import demo_folder

    folder = desk.folder / FOLDER
    if not messages.confirm(
        "要删除示范单位吗？",
        "示范单位里试着做的都会消失。本单位的数据不受影响；以后还可以重新打开示范单位。",
        "删除",
    ):
        return False
    demo_folder.remove(folder, folder / DATA, desk.clock())
    desk.say("示范单位已删除")
    return True


def has_sample(desk: Desk) -> bool:
    """Whether there is a sample office to be taken away."""
    from deputydesk.exchange import demo_folder

    return demo_folder.is_demo(desk.folder / FOLDER)
