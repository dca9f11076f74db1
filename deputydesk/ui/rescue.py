"""The data file is damaged at start: nothing touches it, and the newest good backup is offered."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import backup, setting_back
from deputydesk.exchange.backup import BackupRow
from deputydesk.office import User
from deputydesk.progress import Progress
from deputydesk.ui import messages, stick_words
from deputydesk.ui.desk import Desk
from deputydesk.ui.navigation import NOBODY
from deputydesk.ui.tasks import run_task

Clock = Callable[[], datetime]


def begin(window: QWidget, desk: Desk, data: Path, error: UserError) -> "Rescue":
    """Look for the newest good backup, and offer it; the window is closed if none is put back."""
    made = Rescue(window, data, desk.clock, User(desk.preferences.operator or NOBODY))
    made.given_up.connect(window.close)
    made.start(error)
    return made


class Rescue(QObject):
    """Looks for a backup, asks, and puts it in the place of what is damaged.

    Args:
        window: the window, still without an office.
        data: the damaged file.
        clock: the present time.
        user: who works here.
    """

    restored = Signal()
    """The data is that of the backup; it can be opened."""
    given_up = Signal()
    """There is no good backup, or the user does not want it."""

    def __init__(self, window: QWidget, data: Path, clock: Clock, user: User) -> None:
        super().__init__(window)
        self._window, self._data = window, data
        self._clock, self._user = clock, user
        self._error = UserError("")

    def start(self, error: UserError) -> None:
        """Look for the newest good backup; `error` says what is wrong with the data."""
        self._error = error
        work = partial(_found, self._data, self._clock, self._user)
        run_task(self._window, "数据文件已损坏，正在查找完好的备份", work, self._offer)

    def _offer(self, row: BackupRow | None) -> None:
        if row is None:
            messages.show_error(self._error)
            self.given_up.emit()
            return
        is_wanted = messages.confirm(
            f"{self._error.message}要恢复 {row.at:%Y-%m-%d %H:%M} 的备份吗？",
            f"这是最近一份完好的备份（{row.why.label}，{stick_words.size(row.size)}），已打开核对过。\n"
            "损坏的文件先另存到备份文件夹。恢复以后，上级收到过的内容可以用U盘收回来。\n"
            "取消就退出程序，什么都不改动。",
            "恢复",
            parent=self._window,
        )
        if not is_wanted:
            self.given_up.emit()
            return
        work = partial(_put_back, self._data, row.path, self._clock, self._user)
        run_task(self._window, "正在恢复备份", work, self._end)

    def _end(self, error: UserError | None) -> None:
        if error is None:
            self.restored.emit()
            return
        messages.show_error(error)
        self.given_up.emit()


def _found(data: Path, clock: Clock, user: User, progress: Progress) -> BackupRow | None:
    try:
        return setting_back.newest_good(data, clock=clock, user=user, progress=progress)
    except (Cancelled, UserError):
        return None


def _put_back(
    data: Path, source: Path, clock: Clock, user: User, progress: Progress
) -> UserError | None:
    del progress  # it is not to be stopped half-way
    try:
        backup.restore(data, source, clock=clock, user=user)
    except UserError as error:
        return error
    return None
