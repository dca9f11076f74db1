"""A trial of the program on this PC: it opens, prints and says into a file how that went."""

import json
import pkgutil
import sys
import time
from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, qVersion
from PySide6.QtWidgets import QApplication, QDialog

import deputydesk
from deputydesk.operations import deputies, offices
from deputydesk.reports import Options, printing
from deputydesk.ui import messages
from deputydesk.ui.desk import Desk
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.tasks import TaskDialog, board

RESULT, WINDOW, FORM, PAGE = "result.json", "window.png", "form.pdf", "form.png"
REPORT = "duty_report"
LOOK_MS, LONGEST_S = 200, 900
"""How often it looks for a message, which nobody would answer, and how long nothing may go on."""


class Smoke(QObject):
    """The trial; begun before the window is, it ends the program by itself.

    Args:
        desk: the desk of the sample office that is about to open.
        folder: where the result, the pictures and the printed form are written.
    """

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self._desk, self._folder = desk, folder
        self._began = self._went_on = time.perf_counter()
        self._counted = ""
        self._told: dict[str, Any] = {"ok": False, "said": "程序没有开完。"}  # Any: JSON
        self._steps: Generator[None] | None = None
        self._is_at_work = False
        self._look = QTimer(self)
        self._look.timeout.connect(self._look_round)
        self._look.start(LOOK_MS)
        desk.arrived.connect(self._arrive)
        board().went_on.connect(self._hear)
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / RESULT).unlink(missing_ok=True)

    def end(self) -> int:
        """Write the result; the exit code of the program, 0 if all went well."""
        self._look.stop()
        text = json.dumps(self._told, ensure_ascii=False, indent=1)
        part = self._folder / f"{RESULT}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(self._folder / RESULT)
        return 0 if self._told["ok"] else 1

    def _hear(self, said: str) -> None:
        """What a task says while it works; how long it still takes may change without any work."""
        counted = said.partition("，")[0]
        if counted != self._counted:
            self._counted, self._went_on = counted, time.perf_counter()

    def _arrive(self) -> None:
        self._went_on = time.perf_counter()
        self._told |= {"ready_s": self._seconds(), "said": "试运行没有做完。"}
        self._steps = self._tried()

    def _look_round(self) -> None:
        """Go on; stop where somebody would have to answer, or where it takes too long."""
        asking = _asking()
        if asking or time.perf_counter() - self._went_on > LONGEST_S:
            said = "；".join(map(messages.said_by, asking)) or "用的时间太长。"
            self._stop(said)
        elif self._steps and not self._is_at_work:
            # not here: while this is at work, its timer does not look again
            QTimer.singleShot(0, self._go_on)

    def _go_on(self) -> None:
        """One step; where it fails, the program's own message is what is looked for."""
        assert self._steps, "begun"
        self._is_at_work = True
        try:
            next(self._steps)
        except StopIteration:
            self._told |= {"ok": True, "said": "一切正常。", "whole_s": self._seconds()}
            self._stop(self._told["said"])
        self._is_at_work = False
        self._went_on = time.perf_counter()

    def _stop(self, said: str) -> None:
        self._look.stop()
        self._told["said"] = said
        QApplication.closeAllWindows()
        QApplication.exit(0)

    def _tried(self) -> Generator[None]:
        """What is tried, a step at a time, so that the window is painted in between."""
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        self._told |= _about(window, self._desk)
        yield
        window.grab().save(str(self._folder / WINDOW))
        self._told["pages"] = []
        for spec in window.specs:
            window.go(spec.name)
            yield
            self._told["pages"].append(spec.title)
        self._told["pages_s"] = self._seconds()
        self._told["form_pages"] = _print(self._desk, self._folder)
        yield
        self._told["modules"] = len(_import_all())

    def _seconds(self) -> float:
        return round(time.perf_counter() - self._began, 1)


def _asking() -> list[QDialog]:
    """The dialogs that somebody would have to answer; a task ends by itself."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible() and not isinstance(widget, TaskDialog)
    ]


def _about(window: MainWindow, desk: Desk) -> dict[str, Any]:  # Any: JSON
    screen = window.screen()
    profile = desk.ask(offices.profile)
    return {
        "version": deputydesk.__version__,
        "python": sys.version.split()[0],
        "qt": qVersion(),
        "platform": sys.platform,
        "installed": str(Path(sys.executable)),
        "screen": [screen.size().width(), screen.size().height(), screen.devicePixelRatio()],
        "title": window.windowTitle(),
        "organ": profile.organ.full if profile else "",
    }


def _print(desk: Desk, folder: Path) -> int:
    """Print one form, and draw its first page as the preview does; returns its pages."""
    import pypdfium2

    person = desk.ask(deputies.rows)[0]
    options = Options(deputy_ids=(person.id,))
    pages = printing.write(desk.office, REPORT, folder / FORM, options)
    paper = pypdfium2.PdfDocument(folder / FORM)
    try:
        paper[0].render(scale=2).to_pil().save(folder / PAGE)
    finally:
        paper.close()
    return pages


def _import_all() -> list[str]:
    """Every module of the program, so that nothing it needs can be missing unnoticed."""
    found = [
        module.name
        for module in pkgutil.walk_packages(deputydesk.__path__, "deputydesk.")
        if ".migrations." not in module.name and not module.name.endswith("__main__")
    ]
    for name in found:
        import_module(name)
    return found
