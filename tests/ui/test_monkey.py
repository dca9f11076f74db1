"""A monkey works on the demo office; nothing that it does breaks anything.

`dev.py test --long` does 20,000 actions; `pytest tests/ui/test_monkey.py --monkey 3:4000` does what
seed 3 does, once more. With DEPUTYDESK_MONKEY_LOG each action is written there before it is done.
"""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.help_key import HelpKey
from deputydesk.ui.key_letters import KeyLetters
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.preferences import Preferences
from tests import make
from tests.ui.fake_printers import fake_printers
from tests.ui.monkey import Monkey, main_memory

__all__ = ["fake_printers"]

SHORT = ((1, 1000), (2, 1000))
LONG = tuple((seed, 4000) for seed in range(11, 16))
HELD = 3.0
"""So many times the memory of the open window at most; desk.md §6, row 5."""


def pytest_generate_tests(metafunc):
    """Which seeds do how many actions."""
    if "actions" not in metafunc.fixturenames:
        return
    asked = metafunc.config.getoption("--monkey")
    runs = LONG if metafunc.config.getoption("--long") else SHORT
    if asked:
        seed, _, actions = asked.partition(":")
        runs = ((int(seed), int(actions or 1000)),)
    metafunc.parametrize(("seed", "actions"), runs)


@pytest.fixture
def log():
    """Where the actions are written before they are done, if that is asked for."""
    name = os.environ.get("DEPUTYDESK_MONKEY_LOG")
    if not name:
        yield None
        return
    with Path(name).open("w", encoding="utf-8") as file:
        yield file


@pytest.fixture
def window(demo_office, tmp_path, qtbot, fake_printers):
    """The window on a copy of the demo office, as the program shows it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk = Desk(tmp_path / "demo", make.at(), Preferences(operator="张丽"))
    desk.attach(demo_office)
    made = MainWindow(desk)
    made.help_wanted.connect(HelpKey(app, made).show)
    KeyLetters(app, made)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    if desk.is_ready and desk.office is not demo_office:  # a backup was put back
        desk.office.close()
    style.apply(app, style.LIGHT, 1.0)


@pytest.fixture
def files(tmp_path):
    """A folder with a file of each kind that somebody may choose."""
    folder = tmp_path / "files"
    folder.mkdir()
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    picture.save(str(folder / "photo.png"))
    (folder / "notes.txt").write_text("没有用的文字", encoding="utf-8")
    (folder / "sheet.xlsx").write_bytes(b"PK no workbook")
    return folder


@pytest.mark.timeout(3600)
def test_whatever_a_monkey_does_nothing_breaks(
    window, demo_office, files, monkeypatch, log, seed, actions
):
    monkey = Monkey(window, seed, files, log)
    monkey.stub(monkeypatch.setattr)
    messages.forget_form()
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: monkey.note_error(error))
    before = qInstallMessageHandler(lambda _kind, _where, text: monkey.note_message(text))
    held = main_memory()
    try:
        monkey.run(actions)
    finally:
        qInstallMessageHandler(before)

    assert monkey.faults == [], f"--monkey {seed}:{actions}\n{monkey.story()}"
    assert demo_office.check() == []
    assert main_memory() <= HELD * held
