"""The search box leaves an input method alone until a text is committed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from deputydesk.ui.navigation import SearchBox
from tests.ui import hands


def test_what_is_being_spelt_is_not_looked_for(qtbot):
    box = SearchBox()
    qtbot.addWidget(box)
    box.show()
    box.setFocus()

    QApplication.sendEvent(box, QInputMethodEvent("ludeng", []))
    is_waiting = box._timer.isActive()
    with qtbot.waitSignal(box.wanted) as told:
        hands.write(box, "路灯")

    assert not is_waiting
    assert told.args == ["路灯"]
    hands.press(box, Qt.Key.Key_Escape)
    assert box.text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape])
def test_keys_belong_to_the_input_method_while_it_spells(qtbot, key):
    box = SearchBox()
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    hands.write(box, "路灯")
    QApplication.sendEvent(box, QInputMethodEvent("huai", []))
    told = []
    box.wanted.connect(told.append)
    box.given_up.connect(lambda: told.append("given up"))

    hands.press(box, key)

    assert told == []
    assert box.text() == "路灯"
