"""The pictures of the manual, taken of the demo office. `dev.py manual` makes them anew.

Each shows a page or a window as it is on the demo's own day, in light colours at the standard size.
"""

import io
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deputydesk.exchange import demo, demo_day
from deputydesk.models import Suggestion, Survey
from deputydesk.operations import suggestions, surveys
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.questions import QuestionsDialog
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.pages.scan_runs import CLOSING, DOUBTS, ScanRunsPage
from deputydesk.ui.questions_field import QuestionsField
from tests import make
from tests.ui import manual_scans

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "manual" / "pictures"
SIZE = (1040, 660)
"""The window, small enough that its text can still be read in the manual."""
Colour = tuple[int, int, int]
COLOURS = 64
"""The colours found most often stay as they are; others become the nearest of them."""


@dataclass(frozen=True)
class Picture:
    """A picture by its file's name, and how what it shows is brought up."""

    name: str
    take: Callable[[MainWindow], QWidget]


def _page(name: str) -> Callable[[MainWindow], QWidget]:
    def take(window: MainWindow) -> QWidget:
        page = window.go(name)
        assert page
        return page

    return take


def _whole(window: MainWindow) -> QWidget:
    window.go("today")
    return window


def _new_visit(window: MainWindow) -> QWidget:
    page = window.go("visits")
    assert page
    page.start_new()
    return page


def _suggestion(window: MainWindow) -> QWidget:
    page = window.go("suggestions")
    assert page
    desk = page.desk
    rows = desk.ask(suggestions.rows, today=desk.today)
    page.open_record(Suggestion, rows[0].id)
    [dialog] = [d for d in window.findChildren(QDialog) if d.isVisible()]
    dialog.resize(*SIZE)
    return dialog


def _survey(window: MainWindow) -> QWidget:
    page = window.go("activities")
    assert page
    desk = page.desk
    page.open_record(Survey, desk.ask(surveys.rows)[0].id)
    [field] = page.findChildren(QuestionsField)
    field.control.write.click()
    [dialog] = [d for d in window.findChildren(QuestionsDialog) if d.isVisible()]
    dialog.resize(*SIZE)
    return dialog


def _scans(part: int) -> Callable[[MainWindow], QWidget]:
    def take(window: MainWindow) -> QWidget:
        page = window.go("scan_runs")
        assert isinstance(page, ScanRunsPage)
        if page.at_hand() is None:
            manual_scans.read_in(page)
            page.refresh()
        page.go(part)
        return page

    return take


PICTURES = (
    Picture("today", _whole),
    Picture("deputies", _page("deputies")),
    Picture("new-visit", _new_visit),
    Picture("board", _page("suggestions")),
    Picture("suggestion", _suggestion),
    Picture("evaluations", _page("evaluations")),
    Picture("printing", _page("printing")),
    Picture("settings", _page("settings")),
    Picture("exchange", _page("exchange")),
    Picture("activities", _page("activities")),
    Picture("survey", _survey),
    Picture("scan-doubts", _scans(DOUBTS)),
    Picture("scan-closing", _scans(CLOSING)),
    Picture("projects", _page("projects")),
    Picture("homes", _page("homes")),
    Picture("rotas", _page("rotas")),
    Picture("points", _page("points")),
    Picture("dispatches", _page("dispatches")),
    Picture("cockpit", _page("cockpit")),
    Picture("publish", _page("publish")),
    Picture("annual-report", _page("annual_reports")),
)


@contextmanager
def _window(folder: Path) -> Generator[MainWindow]:
    made = folder / "demo" / "office.db"
    made.parent.mkdir()
    with demo.created(made, make.at()):
        pass
    office = make.copied_office(made, folder / "office")
    office.clock = demo_day.clock_for(made.parent, make.at())
    desk = Desk(folder / "pc", office.clock)
    demo_day.mark(folder / "office", office.clock().date().isoformat())  # no first steps
    desk.attach(office)
    window = MainWindow(desk)
    window.resize(*SIZE)
    window.show()
    yield window
    window.close()
    office.close()


def _settle() -> None:
    for _ in range(6):  # a page lays itself out again when its text has come
        QApplication.processEvents()


def _keep(pixmap: QPixmap, to: Path) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]  # stub lacks it
    image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    raw = image.tobytes()
    pixels: list[Colour] = list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))
    found = Counter(pixels)
    inks = [QColor(c) for ink in style.LIGHT.tones.values() for c in (ink.text, ink.ground)]
    kept = [colour for colour, _ in found.most_common(COLOURS)]
    kept += [(c.red(), c.green(), c.blue()) for c in inks]  # small spots, but they mean something
    place = {colour: kept.index(min(kept, key=partial(_apart, colour))) for colour in found}
    small = Image.frombytes("P", image.size, bytes(map(place.__getitem__, pixels)))
    small.putpalette([part for colour in kept for part in colour])
    small.save(to, optimize=True)


def _apart(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def draw(names: list[str]) -> None:
    """Take these pictures, or all; pictures that are no more wanted are taken away."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _window(Path(folder)) as window:
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            widget = picture.take(window)
            _settle()
            at = QApplication.focusWidget()
            if at:
                at.clearFocus()
            _settle()
            _keep(widget.grab(QRect(QPoint(0, 0), widget.size())), FOLDER / f"{picture.name}.png")
            if isinstance(widget, QDialog):
                widget.close()
            sys.stdout.write(f"{picture.name}\n")
    for old in FOLDER.glob("*.png"):
        if old.stem not in {picture.name for picture in PICTURES}:
            old.unlink()


def main(names: list[str]) -> None:
    """Make them, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication([])
    app.setCursorFlashTime(0)
    style.apply(app, style.LIGHT, 1.0)
    draw(names)


if __name__ == "__main__":
    main(sys.argv[1:])
