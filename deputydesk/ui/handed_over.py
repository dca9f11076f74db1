"""Files that are opened from outside: by a double click, or by starting the program with them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk.errors import UserError
from deputydesk.exchange.bundle_file import SUFFIX
from deputydesk.ui import tasks
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.pages import sticks

PAGE = "sticks"


def come_forward(window: MainWindow) -> None:
    """Put the window in front of others."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def look_at(window: MainWindow, files: Sequence[Path]) -> None:
    """Show what bundles would bring; nothing is taken in before the user says so.

    Raises:
        UserError: one is no bundle, or something else has to be finished first.
    """
    for file in files:
        if file.suffix.lower() != SUFFIX:
            raise UserError(
                f"“{file.name}”不是交换文件。", hint=f"这里只能打开以 {SUFFIX} 结尾的文件。"
            )
        if not file.is_file():
            raise UserError(f"找不到“{file}”。", hint="请插好U盘，再打开一次。")
    if tasks.is_running() or QApplication.activeModalWidget():
        raise UserError(
            "手头的事还没有做完，没有打开交换文件。", hint="请先做完或关闭它，再打开一次。"
        )
    page = window.go(PAGE)
    assert isinstance(page, sticks.SticksPage), "the office is open"
    page.go(sticks.RECEIVING)
    page.receiving.look_at(files)
