"""Of a secret run that went through the window nothing beside the data tells of the stack either.

The same sheets go through two windows in two orders: what is left is the same to the byte, in the
log, in drafts, in what this PC remembers; outside of the data folder nothing is left at all.
"""

import os
import shutil
import sys
import tempfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk.exchange import attachments
from deputydesk.scan.reader import Reader
from deputydesk.ui import crash
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.scan_whole import WholePage
from deputydesk.ui.pages.scan_runs import CLOSING, DOUBTS, GALLERY, ScanRunsPage
from deputydesk.ui.preferences import Preferences
from tests import make
from tests.exchange import test_scan_secrecy as secrecy
from tests.ui import hands, papers_back
from tests.ui.everywhere import settle

Key = Qt.Key
WHY = "票边有字"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The temporary folder and the home of this PC, both empty."""
    places = [tmp_path / "temp", tmp_path / "home"]
    for place in places:
        place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(places[0]))
    monkeypatch.setenv("TMPDIR", str(places[0]))
    monkeypatch.setenv("HOME", str(places[1]))
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    return places


@pytest.fixture
def printed(empty_file, tmp_path):
    """The folder of an office whose ballots have come back, and the stack."""
    office = make.copied_office(empty_file, tmp_path / "printed")
    make.profile(office)
    stack = secrecy.ballots(office, tmp_path)
    office.close()
    return tmp_path / "printed", stack


def failing_at(sheet):
    """A reader that falls over one sheet, wherever in the stack that lies."""
    read, height = Reader.read, sheet.height

    def fall(reader, picture):
        assert picture.shape[0] != height, "a fault of ours"
        return read(reader, picture)

    return fall


class Window:
    """The page on which papers are read in, with the log behind it."""

    def __init__(self, folder, qtbot, monkeypatch):
        self._office = secrecy.opened(folder)
        desk = Desk(folder, make.at(), Preferences(operator="张丽"))
        desk.attach(self._office)
        hook = crash.Hook(folder / crash.LOG, crash.Relay(), lambda _told: None)
        monkeypatch.setattr(sys, "excepthook", hook)
        monkeypatch.setattr(crash, "strftime", lambda _form: "2026-11-29 09:00:00")
        monkeypatch.setattr("deputydesk.exchange.scan_intake.os.cpu_count", lambda: 1)
        monkeypatch.setattr("deputydesk.ui.messages.ask_text", lambda *_args, **_kw: WHY)
        self._page = ScanRunsPage(desk)
        hands.show_page(self._page, desk, qtbot)

    def read_in(self, files):
        self._page.reading_in.look_at(files)
        settle()

    def keep(self):
        self._page.reading_in.keep.click()
        settle()

    def work(self):
        """Decides a row, looks at a whole page and at all boxes, types numbers and leaves it."""
        page = self._page
        page.go(DOUBTS)
        hands.press(page.doubts.asking.strip, Key.Key_Z)
        papers_back.opened(WholePage).close()
        hands.press(page.doubts.asking.strip, Key.Key_X)
        page.go(GALLERY)
        settle()
        page.go(CLOSING)
        hands.write(page.closing.form.field("issued").control, "9")
        settle()

    def close(self):
        for shown in QApplication.topLevelWidgets():
            shown.close()
        settle()
        self._office.close()


def test_two_stacks_of_the_same_sheets_leave_the_same_beside_the_data(
    printed, elsewhere, tmp_path, monkeypatch, qtbot
):
    original, stack = printed
    tall = stack.pages[1] = stack.pages[1].crop((0, 0, 1240, 1750))
    left, rows = [], []
    for order, pages in enumerate((stack.pages, stack.pages[::-1])):
        folder, scans = tmp_path / f"office {order}" / "data", tmp_path / f"scans {order}"
        shutil.copytree(original, folder)
        scans.mkdir()
        files = secrecy.picture_files(pages, scans)
        with monkeypatch.context() as patched:
            window = Window(folder, qtbot, patched)
            with monkeypatch.context() as falling:
                falling.setattr(Reader, "read", failing_at(tall))
                window.read_in(files)
            secrecy.Chance(patched)  # only now: what fails sooner has used up less of it
            window.read_in(files)
            window.keep()
            window.work()
            window.close()
            secrecy.booked(folder, stack)
        left.append(secrecy.left_in(folder))
        rows.append(secrecy.rows_in(folder))

    assert "a fault of ours" in left[0][crash.LOG][1].decode()
    assert secrecy.differing(*rows) == []
    assert [name for name in secrecy.differing(*left) if name != "office.db"] == []
    assert len([name for name in left[0] if attachments.FOLDER in name]) == 2 * secrecy.SHEETS + 1
    assert b"IMG_" not in b"".join(data for files in left for _time, data in files.values())
    assert [list(place.rglob("*")) for place in elsewhere] == [[], []]
    assert os.environ["HOME"] == str(elsewhere[1])
