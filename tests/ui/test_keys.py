"""The page of keys in the manual says what the program hears, and nothing else."""

import re

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from deputydesk.paths import resource
from deputydesk.ui.desk import Desk
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.pages import PAGES
from deputydesk.ui.parts import Button, IconButton
from deputydesk.ui.preferences import Preferences
from tests import make
from tests.ui.everywhere import views

WRITTEN = {
    "加号": "+",
    "减号": "-",
    "←": "Left",
    "→": "Right",
    "左": "Left",
    "右": "Right",
    "下": "Down",
    "PageUp": "PgUp",
    "PageDown": "PgDown",
}
WITH_OTHERS = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+[^、\s|，；（）或]+|F\d+|Del\b")


def manual() -> str:
    """The chapter of the keys."""
    return resource("manual/08-keyboard.md").read_text(encoding="utf-8")


def told_keys() -> set[str]:
    """Every key that the chapter names, as Qt writes it."""
    found = set[str]()
    for written in WITH_OTHERS.findall(manual()):
        key = written
        for word, name in WRITTEN.items():
            key = key.replace(word, name)
        found.add(key)
    return found


@pytest.fixture
def window(demo_office, tmp_path, qtbot):
    """The window on the demo office."""
    desk = Desk(tmp_path / "data", make.at(), Preferences(operator="张丽"))
    desk.attach(demo_office)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_key_that_the_window_hears_is_told(window):
    heard = set[str]()
    for _name, _page in views(window):
        sequences = [k for s in window.findChildren(QShortcut) for k in QShortcut.keys(s)]
        sequences += [k for a in window.findChildren(QAction) for k in a.shortcuts()]
        heard |= {said(sequence) for sequence in sequences}

    assert sorted(heard - told_keys() - {""}) == []


def said(sequence: QKeySequence) -> str:
    """A key as the manual writes it."""
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    return text.replace("Return", "Enter").replace("Ctrl+=", "Ctrl++")  # one key, two names


def test_every_page_is_told_with_its_key():
    lines = manual().partition("## 填写")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    pairs = {tuple(row[n : n + 2]) for row in cells if len(row) == 4 for n in (0, 2)}
    pairs -= {("页面", "键"), ("---", "---"), ("", "")}

    assert pairs == {(page.title, page.key) for page in PAGES}


def test_no_key_is_told_that_nothing_hears():
    folder = resource("manual").parent.parent / "deputydesk" / "ui"
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))

    def is_heard(key: str) -> bool:
        plain = key.rpartition("+")[2] or "+"
        names = {key, key.replace("PgUp", "PageUp").replace("PgDown", "PageDown")}
        quoted = any(f'"{name}"' in source for name in names)
        qt = {"Del": "Delete", "Left": "Left", "Enter": "Return", "Tab": "Backtab"}.get(
            plain, plain
        )
        return quoted or f"Key.Key_{qt}" in source or f"StandardKey.{STANDARD.get(key)}" in source

    assert sorted(key for key in told_keys() - QTS if not is_heard(key)) == []


QTS = {"Shift+Tab", "Ctrl+A", "Alt+字母"}
"""What Qt itself hears, and the letters, which `test_key_letters` presses."""
STANDARD = {"Ctrl+V": "Paste", "Ctrl+C": "Copy", "Ctrl+F": "Find", "Ctrl+S": "Save"}


def test_the_tooltip_of_a_button_with_a_key_names_it(window):
    silent = {
        f"{name}: {button.accessibleName()} {key}"
        for name, page in views(window)
        for button in page.findChildren(Button) + page.findChildren(IconButton)
        for shortcut in button.findChildren(QShortcut)
        for key in {said(k) for k in QShortcut.keys(shortcut)}
        if key.replace("PgUp", "PageUp").replace("PgDown", "PageDown") not in button.toolTip()
        and key not in button.toolTip()
    }

    assert sorted(silent) == []
