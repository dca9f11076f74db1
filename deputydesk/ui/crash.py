"""What happens to an error that nobody caught: a sentence if it is the user's, a report if ours."""

import faulthandler
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import strftime
from types import TracebackType
from typing import IO

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from deputydesk import __version__
from deputydesk.errors import UserError
from deputydesk.late import dataclass, field, override
from deputydesk.ui import messages, style
from deputydesk.ui.parts import button, label

LOG = "log.txt"
LOG_LIMIT = 1_000_000

_HANZI = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_NUMBER = re.compile(r"\d{5,}")


def without_people(text: str) -> str:
    """The text without anything that may name a person: hanzi, long numbers, the home folder."""
    text = text.replace(str(Path.home()), "~")
    return _NUMBER.sub("#", _HANZI.sub("□", text))


def described(error: BaseException) -> str:
    """Where an error came from, and what it says, without what may name a person.

    The lines of our own source are ours and stay whole; the message may quote data.
    """
    import traceback

    lines: list[str] = []
    for cause in _causes(error):
        lines += [f"{type(cause).__module__}.{type(cause).__name__}: {without_people(str(cause))}"]
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"  {without_people(frame.filename)}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in found:
        found.append(at)
        at = at.__cause__ or at.__context__
    return found


def versions() -> str:
    """What is running on what."""
    import platform

    return "\n".join(
        (
            f"DeputyDesk {__version__}",
            f"Python {platform.python_version()}",
            f"Qt {qVersion()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
        )
    )


def write_report(to: Path, log: Path, description: str) -> None:
    """Write a problem report that can be sent to anybody: log and versions, no data."""
    import zipfile

    part = to.with_name(to.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as report:
        report.writestr("versions.txt", versions())
        report.writestr("error.txt", description)
        if log.exists():
            told = log.read_text(encoding="utf-8", errors="replace")
            report.writestr(LOG, without_people(told))
    part.replace(to)


@dataclass
class Hook:
    """Takes every error that nobody caught, of any thread; made by `install`."""

    log: Path
    relay: "Relay"
    show: Callable[[str], None]
    _is_showing: bool = field(default=False)

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Show the user's errors as sentences; log the others and offer a report."""
        del kind, trace
        if isinstance(error, UserError):
            messages.show_error(error)
        elif not isinstance(error, KeyboardInterrupt):
            self.report(described(error))
        _let_go()

    def from_thread(self, told: threading.ExceptHookArgs) -> None:
        """Take an error of another thread, and show it in the window's."""
        if told.exc_value is not None:
            self.relay.fell.emit(described(told.exc_value))

    def report(self, description: str) -> None:
        """Log, and offer a report, one at a time."""
        _write(self.log, description)
        if self._is_showing or QApplication.instance() is None:
            return
        self._is_showing = True
        try:
            self.show(description)
        finally:
            self._is_showing = False


class Relay(QObject):
    """Brings a description from another thread into the window's."""

    fell = Signal(str)


def install(folder: Path) -> Hook:
    """Take all errors that nobody catches, and keep a log of them in the data folder."""
    log = folder / LOG
    hook = Hook(log, Relay(), _Shown(log))
    hook.relay.fell.connect(hook.report, Qt.ConnectionType.QueuedConnection)
    sys.excepthook = hook
    threading.excepthook = hook.from_thread
    return hook


def start_log(folder: Path) -> None:
    """Note the start and what runs, and have faults of Qt itself written beside the log."""
    log = folder / LOG
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.txt"))
    _write(log, "started: " + versions().replace("\n", ", "))
    faulthandler.enable(_faults(folder))


def _faults(folder: Path) -> IO[str]:
    """A file that stays open as long as the program runs."""
    return (folder / "faults.txt").open("w", encoding="utf-8")


def _write(log: Path, text: str) -> None:
    """Add to the log; a disk that refuses must not hide the error itself."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{strftime('%Y-%m-%d %H:%M:%S')} {text}\n")
    except OSError:
        return


def _let_go() -> None:
    """Python keeps the last error and all widgets in its frames alive; let them go."""
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)


@dataclass
class _Shown:
    """Shows the dialog of a crash."""

    log: Path

    def __call__(self, description: str) -> None:
        CrashDialog(description, self.log).exec()


class CrashDialog(QDialog):
    """Says that the program made a mistake, and offers to save a report of it."""

    def __init__(self, description: str, log: Path) -> None:
        super().__init__(QApplication.activeWindow())
        self._description = description
        self._log = log
        self.setWindowTitle("程序出错")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(20), style.px(18), style.px(20), style.px(14))
        outer.setSpacing(style.px(10))
        outer.addWidget(label("程序出了错，刚才的操作没有完成。", "h2"))
        text = label(
            "已保存的内容不受影响，没保存的文字留有草稿。请保存问题报告并交给技术人员；"
            "报告中没有姓名、电话等个人信息。"
        )
        text.setWordWrap(True)
        outer.addWidget(text)
        details = QPlainTextEdit(description)
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setAccessibleName("技术细节")
        outer.addWidget(details, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        go_on = button("继续工作")
        go_on.clicked.connect(self.accept)
        save = button("保存问题报告", "save", primary=True)
        save.clicked.connect(self._save)
        row.addWidget(go_on)
        row.addWidget(save)
        outer.addLayout(row)
        self.resize(style.px(560), style.px(320))

    @override
    def reject(self) -> None:
        self.accept()

    def _save(self) -> None:
        to = messages.ask_file_to_save(self, "保存问题报告", "问题报告.zip", "压缩文件 (*.zip)")
        if to is None:
            return
        try:
            write_report(to, self._log, self._description)
        except OSError as error:
            raise UserError("问题报告没有保存成功。", hint="请换一个文件夹再试。") from error
        self.accept()
