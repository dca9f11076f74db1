"""The floor of a start: a bare window with a label, in a process of its own.

Arguments: `bare`, or `orm` to import SQLAlchemy first; `start` or `freeze`; when it was begun.
"""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from benchmarks._here import tell


def main() -> None:
    """Show the window, say when it was painted, and go."""
    kind, task, began = sys.argv[1:]
    if kind == "orm":
        from sqlalchemy import orm

        del orm
    app = QApplication(sys.argv[:1])
    window = QWidget()
    QLabel("代表履职工作台", window)
    filtering = _Painted(window, kind, task, float(began))
    window.installEventFilter(filtering)
    window.resize(window.screen().availableSize())
    window.showMaximized()
    app.exec()


class _Painted(QObject):
    def __init__(self, window: QWidget, kind: str, task: str, began: float) -> None:
        super().__init__(window)
        self._told = (kind, began)
        self._task = task

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        tell(*self._told)
        if self._task == "start":
            QApplication.quit()
            return
        from benchmarks._freeze import Freeze

        self._freeze = Freeze(self)
