"""One window for each data folder: starting the program again brings the open one forward.

The data's own lock (`database/lock.py`) is what keeps two programs apart; this here only spares
a person who double-clicks twice, or opens a file from a stick, the sentence that says so.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QFileSystemWatcher,
    QLockFile,
    QObject,
    QSysInfo,
    QTimer,
    Signal,
)

FOLDER = "window"
"""Inside the data folder: the lock, and what other starts ask for."""
ASK = "ask-*.json"
WAIT_MS, LOOK_MS = 3000, 20
"""How long a start waits for the open window to answer, and how often it looks."""
AGAIN_MS = 500
"""After so long the open window looks once more for what it could not take away."""


class OneWindow(QObject):
    """The claim of a program to the only window of a data folder.

    Args:
        folder: the data folder.
    """

    asked = Signal(list)
    """The program was started again, with these files (list of Path)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._watcher: QFileSystemWatcher | None = None
        self._be_at(folder)

    def _be_at(self, folder: Path) -> None:
        self._place = folder / FOLDER
        self._lock = QLockFile(str(self._place / "lock"))
        self._lock.setStaleLockTime(0)  # however long the window is open

    def claim(self, files: tuple[Path, ...]) -> bool:
        """Whether to show a window; False if an open one has come forward instead.

        Where the open one does not answer, this program goes on: the data's lock will say who
        has it. A folder that is not there yet, or cannot be written, keeps nobody away.
        """
        if not self._place.is_dir() or self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            return True
        if self._ask(files):
            return False
        self._forget_another_pc()
        return True

    def move(self, folder: Path) -> None:
        """The window is to show another folder's data than it was started for."""
        self.end()
        self._be_at(folder)

    def listen(self) -> None:
        """Hear of further starts from now on."""
        if self._watcher:
            return
        try:
            self._place.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            return
        self._watcher = QFileSystemWatcher([str(self._place)], self)
        self._watcher.directoryChanged.connect(self._read)
        self._read()

    def end(self) -> None:
        """The window is closed: the next start shows its own."""
        if self._watcher:
            self._watcher.deleteLater()
            self._watcher = None
        self._lock.unlock()

    def _ask(self, files: tuple[Path, ...]) -> bool:
        """Ask the open window to come forward; whether it did."""
        _let_come_forward(self._lock)
        asked = self._place / ASK.replace("*", str(os.getpid()))
        part = asked.with_suffix(".part")
        try:
            told = json.dumps([str(file) for file in files], ensure_ascii=False)
            part.write_text(told, encoding="utf-8")
            part.replace(asked)
        except OSError:
            return False
        return _Waiting(asked).is_answered()

    def _forget_another_pc(self) -> None:
        """Remove a lock that was left on a stick or a shared folder by a PC that is gone.

        Of programs on this PC Qt finds out by itself whether they run.
        """
        _, host, _ = self._lock.getLockInfo()
        if host not in {"", QSysInfo.machineHostName()}:
            self._lock.removeStaleLockFile()

    def _read(self) -> None:
        if self._heard():
            QTimer.singleShot(AGAIN_MS, self, self._heard)

    def _heard(self) -> bool:
        """Say what was asked for; whether something is there that could not be taken away."""
        is_left = False
        for asked in sorted(self._place.glob(ASK)):
            try:
                files = [Path(file) for file in json.loads(asked.read_text(encoding="utf-8"))]
                asked.unlink()
            except OSError:  # just being taken away, or looked at by a scanner
                is_left = True
            except (TypeError, ValueError):  # not ours
                continue
            else:
                self.asked.emit(files)
        return is_left


class _Waiting(QObject):
    """Waits until a file is taken away by who reads it."""

    def __init__(self, asked: Path) -> None:
        super().__init__()
        self._asked = asked
        self._loop = QEventLoop()

    def is_answered(self) -> bool:
        """Whether it was taken within the time; else it is taken back."""
        look = QTimer(self)
        look.timeout.connect(self._look)
        look.start(LOOK_MS)
        end = QTimer(self)
        end.timeout.connect(self._loop.quit)
        end.start(WAIT_MS)
        self._loop.exec()
        answered = not self._asked.exists()
        self._asked.unlink(missing_ok=True)
        return answered

    def _look(self) -> None:
        if not self._asked.exists():
            self._loop.quit()


if sys.platform == "win32":  # pragma: no cover - the other system's branch
    import ctypes

    def _let_come_forward(lock: QLockFile) -> None:
        """Windows lets only the program in front put another one there."""
        process, *_ = lock.getLockInfo()
        ctypes.windll.user32.AllowSetForegroundWindow(process)
else:

    def _let_come_forward(lock: QLockFile) -> None:
        """Other systems ask nobody."""
