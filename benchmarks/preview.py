"""The first page seen after Ctrl+P, in CPU milliseconds: a form of one page, and one of many.

In a process of its own each time, as cold as the program is: nothing of paper is imported until
the key is pressed. The floor is the same page of the same file, drawn by PDFium alone.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks._measure import Results, Target, child, interleaved, targets

if TYPE_CHECKING:
    from deputydesk.reports.form import Options

ROUNDS = 5
MOST_MS = 300
PEOPLE = 60
NAMES = {
    "floor": "PDFium alone, one page",
    "reception_form": "接待选民登记表, first time",
    "again": "接待选民登记表, again",
    "duty_report": f"履职报告 of {PEOPLE} deputies, first time",
}


def main() -> None:
    """Print the table; with a form's id and a time, measure it once and say what it took."""
    if len(sys.argv) > 1:
        _once(sys.argv[1])
        return
    results = interleaved(
        [lambda: child("preview", "reception_form"), lambda: child("preview", "duty_report")],
        rounds=ROUNDS,
    )
    _tell(results)


def _tell(results: Results) -> None:
    print(f"\nFrom Ctrl+P to the first page seen; medians of {ROUNDS} rounds")
    print(f"  {'':44} {'wall ms':>9} {'CPU ms':>9}")
    for name, title in NAMES.items():
        cost = results.median(name)
        print(f"  {title:44} {cost.wall * 1000:9.1f} {cost.cpu * 1000:9.1f}")
    first = results.median("reception_form").cpu * 1000
    targets([Target("the first page seen after Ctrl+P, CPU", first, MOST_MS, " ms")])


def _once(form_id: str) -> None:
    """Press the key in a window on a small office, and wait for the page."""
    import gc

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    gc.disable()  # as the program does: see ui/garbage.py
    with tempfile.TemporaryDirectory() as name:
        from PySide6.QtWidgets import QApplication

        app = QApplication(sys.argv[:1])
        from deputydesk.ui import style

        style.apply(app, style.LIGHT, 1.0)
        _measure(app, Path(name), form_id)


def _measure(app: Any, folder: Path, form_id: str) -> None:  # Any: the QApplication
    from benchmarks._here import say
    from deputydesk.ui.desk import Desk
    from deputydesk.ui.main_window import MainWindow
    from tests import make

    office = make.empty_office(folder / "office")
    make.profile(office)
    for number in range(PEOPLE if form_id == "duty_report" else 0):
        make.deputy(office, name=f"代表{number}")
    desk = Desk(folder, office.clock)
    desk.attach(office)
    window = MainWindow(desk)
    window.resize(1366, 768)
    window.show()
    page = window.go("visits")
    app.processEvents()
    assert page, "the office is there"
    seen = _seen(app, page, desk, form_id)
    say(form_id, *seen)
    if form_id != "duty_report":
        say("again", *_seen(app, page, desk, form_id))
        say("floor", *_floor(office, folder / "form.pdf"))
    office.close()


def _seen(app: Any, page: Any, desk: Any, form_id: str) -> tuple[float, float]:  # Any: Qt's
    """Seconds of the clock and of the CPU until a page stands in the preview."""
    wall, cpu = time.perf_counter(), time.process_time()
    from deputydesk.ui.dialogs.preview import PreviewDialog, preview_form

    preview_form(page, desk, form_id, _options())
    dialogs: list[PreviewDialog] = []
    while not any(_shows(dialog) for dialog in dialogs):
        app.processEvents()
        time.sleep(0.002)
        dialogs = page.window().findChildren(PreviewDialog)
    took = time.perf_counter() - wall, time.process_time() - cpu
    for dialog in dialogs:
        dialog.close()
    return took


def _options() -> "Options":
    from deputydesk.reports import Options

    return Options()


def _shows(dialog: Any) -> bool:  # Any: the preview
    return dialog.panel.view.has_painted


def _floor(office: Any, to: Path) -> tuple[float, float]:  # Any: the office
    """The same page drawn by PDFium alone."""
    from deputydesk.reports.printing import write
    from deputydesk.ui.pdf_pages import PdfPages

    write(office, "reception_form", to)
    wall, cpu = time.perf_counter(), time.process_time()
    PdfPages.read(to).image(0, 96)
    return time.perf_counter() - wall, time.process_time() - cpu
