"""PySide6 started lightly answers as it does by itself, down to its words about wrong arguments."""

import os
import subprocess
import sys

import pytest

PLAIN = "from PySide6 import QtWidgets\n"
LIGHT = "from deputydesk import light_qt\nlight_qt.load()\n"
OTHER = "from deputydesk import light_qt\nlight_qt.KNOWN = frozenset()\nlight_qt.load()\n"
IS_LIGHT = "import sys\nprint('shibokensupport.signature.loader' in sys.modules)\n"
WRONG = """
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

app = QApplication([])
for wrong in (lambda: QPoint("x"), lambda: QWidget().resize(1, "y"), lambda: QWidget().nothing):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(error)
"""
PYTHONS_OWN = "print(list.append.__doc__, len.__doc__, str.join.__doc__)\n"
HELP = "from PySide6.QtWidgets import QWidget\nprint(QWidget.resize.__doc__)\n"


@pytest.mark.parametrize(
    "asked", [WRONG, HELP, PYTHONS_OWN, WRONG + HELP, PYTHONS_OWN + HELP + WRONG]
)
def test_what_is_wrong_with_an_argument_is_told_in_the_same_words(asked: str) -> None:
    assert _told(LIGHT + asked) == _told(PLAIN + asked)


def test_what_help_texts_need_is_not_loaded_at_the_start() -> None:
    assert _told(PLAIN + IS_LIGHT) == "True\n"
    assert _told(LIGHT + "import sqlalchemy.orm\n" + IS_LIGHT) == "False\n"


def test_a_pyside_that_nobody_looked_through_is_loaded_whole() -> None:
    assert _told(OTHER + IS_LIGHT + WRONG) == _told(PLAIN + IS_LIGHT + WRONG)


def test_python_keeps_its_own_import_and_compile() -> None:
    same = "import builtins\nbefore = builtins.__import__, builtins.compile\n"
    after = "print(before == (builtins.__import__, builtins.compile))\n"

    assert _told(same + LIGHT + after) == "True\n"
    assert _told(same + OTHER + after) == "True\n"


def _told(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
