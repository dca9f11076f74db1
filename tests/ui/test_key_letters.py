"""Alt and a letter go to every field and press every button; Alt held shows which."""

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel

from deputydesk.operations import evaluations
from deputydesk.operations.deputies import rows as deputy_rows
from deputydesk.rules.key_letters import KEYS
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import CheckField, Field, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.key_letters import KeyLetters, letters_of
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.preferences import Preferences
from tests import make
from tests.ui.everywhere import views

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(demo_office, tmp_path, qapp, qtbot):
    """The window on the demo office, hearing Alt."""
    desk = Desk(tmp_path / "data", make.at(), Preferences(operator="张丽"))
    desk.attach(demo_office)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def letters(window, qapp):
    """What hears Alt there."""
    return KeyLetters(qapp, window)


def press_alt(top, letter):
    """Press Alt and a letter in a window, wherever the focus is."""
    QTest.keyClick(top.windowHandle(), Qt.Key[f"Key_{letter}"], ALT)


def letter_of(top, name):
    """The letter of a control by what it is called or says."""
    for letter, control in letters_of(top).items():
        said = control.text().strip() if isinstance(control, QAbstractButton) else ""
        if name in (said, control.accessibleName()):
            return letter
    raise AssertionError(name)


def test_each_field_of_each_page_has_a_letter_and_alt_goes_there(window, letters):
    faults, seen = list[str](), 0
    for name, page in views(window):
        entries = {control: letter for letter, control in letters_of(window).items()}
        for field in page.findChildren(Field):
            if not field.isVisible() or not field.isEnabled() or field.findChildren(Field):
                continue
            seen += 1
            entry = next((c for c in entries if field.isAncestorOf(c)), None)
            if entry is None:
                faults.append(f"{name}：{field.text} has no letter")
                continue
            page.setFocus()
            press_alt(window, entries[entry])
            if QApplication.focusWidget() is not entry:
                faults.append(f"{name}：{field.text} {entries[entry]}")
        faults += [f"{name}：{key}" for key in _clashing(window)]
        faults += [f"{name}：{pair}" for pair in _overlapping(window, letters)]

    assert faults == []
    assert seen > 300


def _clashing(window):
    """Keys of the window that are Alt and a letter."""
    meant = {QKeyCombination(ALT, Qt.Key[f"Key_{letter}"]) for letter in KEYS}
    keys = [shortcut.key() for shortcut in window.findChildren(QShortcut)]
    return [key.toString() for key in keys if key.count() and key[0] in meant]


def _overlapping(window, letters):
    """Letters shown outside the window or on one another."""
    letters.show()
    places = list(letters.shown.places.items())
    QApplication.sendEvent(window.windowHandle(), QEvent(QEvent.Type.FocusOut))
    for number, (one, at) in enumerate(places):
        if not window.rect().contains(at):
            yield one
        yield from (f"{one} on {other}" for other, there in places[:number] if at.intersects(there))


def test_a_button_is_pressed_by_its_letter(window, letters):
    page = window.go("activities")

    press_alt(window, letter_of(window, "新登记"))

    assert letter_of(window, "新登记") == "N"
    assert page.view.form.isAncestorOf(QApplication.focusWidget())


def test_a_grid_of_many_numbers_leaves_letters_to_the_buttons(window, letters, demo_office):
    deputies = tuple(row.id for row in demo_office.ask(deputy_rows)[:20])
    page = window.go("evaluations")
    values = {"name": "述职测评会", "held_on": page.desk.today, "deputy_ids": deputies}
    page.desk.do(evaluations.prepare, **values)
    page.table.selectRow(0)

    named = {control.accessibleName() for control in letters_of(window).values()}

    assert len([name for name in named if name.endswith(" 满意")]) == 1
    for button in ("打印选票", "收回扫描", "准备测评"):
        assert letter_of(window, button) in KEYS


def test_a_letter_goes_to_the_chips_and_leaves_the_pressed_one_pressed(window, letters):
    page = window.go("activities")

    press_alt(window, letter_of(window, page.registers[0].title))

    assert QApplication.focusWidget() is page.chips.group.button(0)
    assert page.chips.chosen() == 0


def test_holding_alt_shows_the_letters_until_another_key(window, letters, qtbot):
    window.go("activities")
    handle = window.windowHandle()

    QTest.keyPress(handle, Qt.Key.Key_Alt, ALT)
    qtbot.waitUntil(lambda: letters.shown is not None)
    shown = letters.shown
    before = window.grab().toImage()

    assert set(shown.places) <= set(letters_of(window))
    assert len(shown.places) > 15
    QTest.keyRelease(handle, Qt.Key.Key_Alt)
    assert letters.shown is None
    assert window.grab().toImage() != before


def test_a_click_or_another_window_takes_the_letters_away(window, letters):
    window.go("activities")
    letters.show()

    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=window.rect().center())

    assert letters.shown is None


def test_a_letter_without_a_control_does_nothing(window, letters):
    window.go("recycle_bin")
    free = next(letter for letter in KEYS if letter not in letters_of(window))
    at = QApplication.focusWidget()

    press_alt(window, free)

    assert QApplication.focusWidget() is at


def test_while_a_list_is_dropped_down_the_letters_are_the_lists(window, letters):
    page = window.go("activities")
    page.year.setFocus()
    page.year.showPopup()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_S, ALT)

    assert not letters.eventFilter(window.windowHandle(), event)
    page.year.hidePopup()


def test_in_a_dialog_alt_goes_to_its_fields_and_ticks_its_boxes(window, letters, qtbot, desk):
    form = Form(desk, "", [TextField("name", label="姓名"), CheckField("is_open", label="公开")])
    dialog = FormDialog(window, "登记", form, lambda **_: None)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)

    press_alt(dialog, "G")

    assert form.field("is_open").value() is True
    press_alt(dialog, "X")
    assert QApplication.focusWidget() is form.field("name").control
    dialog.reject()


def test_in_a_form_of_many_fields_the_last_are_reached_after_a_nought(window, letters, qtbot, desk):
    fields = [TextField(f"n{n}", label="名") for n in range(len(KEYS) + 2)]
    form = Form(desk, "", fields)
    dialog = FormDialog(window, "登记", form, lambda **_: None)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    named = {control: letter for letter, control in letters_of(dialog).items()}
    last = fields[-1].control

    handle = dialog.windowHandle()
    press_alt(dialog, "0")
    press_alt(dialog, named[last][1])

    assert named[last].startswith("0")
    assert QApplication.focusWidget() is last
    fields[0].control.setFocus()
    press_alt(dialog, "0")
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    press_alt(dialog, named[last][1])
    assert QApplication.focusWidget() is not last
    dialog.reject()


def test_a_nought_keeps_the_letters_in_sight(window, letters, qtbot, desk):
    fields = [TextField(f"n{n}", label="名") for n in range(len(KEYS) + 2)]
    dialog = FormDialog(window, "登记", Form(desk, "", fields), lambda **_: None)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    handle = dialog.windowHandle()
    QTest.keyPress(handle, Qt.Key.Key_Alt, ALT)
    qtbot.waitUntil(lambda: letters.shown is not None)

    letters.eventFilter(handle, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_0, ALT))

    assert letters.shown is not None
    assert "0A" in letters_of(dialog)
    QTest.keyRelease(handle, Qt.Key.Key_Alt, ALT)
    dialog.reject()


def test_a_dialog_that_is_not_ours_keeps_its_own_letters(window, letters, qtbot):
    dialog = QDialog(window)
    QLabel("Qt", dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)

    assert not dialog.windowHandle().property("hears Alt")
    dialog.reject()


def test_before_the_office_has_come_there_is_nothing_to_go_to(tmp_path, qtbot):
    window = MainWindow(Desk(tmp_path, make.at(), Preferences()))
    qtbot.addWidget(window)
    window._at = ""

    assert letters_of(window) == {}


def test_a_list_opened_by_its_letter_takes_the_keys(window, letters):
    page = window.go("activities")

    press_alt(window, letter_of(window, "年份"))

    assert isinstance(QApplication.focusWidget(), QComboBox)
    assert QApplication.focusWidget() is page.year
