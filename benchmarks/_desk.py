"""The program's own start on an office, in a process of its own.

Arguments: `start` or `freeze`; when it was begun. The program says on stderr how far it is; what
is measured then is told on stdout. Its data are where it looks for them by itself.
"""

import io
import os
import sys

from benchmarks._here import tell


def main() -> None:
    """Start the program, listen to how far it is, and end it."""
    task, began = sys.argv[1:]
    os.environ["DEPUTYDESK_TIMING"] = "1"
    del sys.argv[1:]
    sys.stderr = _Marks(task, float(began))

    from deputydesk.__main__ import main as start

    start()


class _Marks(io.TextIOWrapper):
    """Stands in for stderr, in the same thread as the window."""

    def __init__(self, task: str, began: float) -> None:
        super().__init__(sys.stderr.buffer, "utf-8", line_buffering=True)
        self._task = task
        self._began = began

    def write(self, text: str, /) -> int:
        if text.startswith("DEPUTYDESK_PAINTED "):
            self._reach(text.split()[1])
        return super().write(text)

    def _reach(self, mark: str) -> None:
        tell(mark, self._began)
        if self._task == "freeze" and mark == "first":
            from benchmarks._freeze import Freeze

            self._freeze = Freeze(None)
        elif self._task == "start" and mark == "ready":
            from PySide6.QtWidgets import QApplication

            QApplication.quit()
