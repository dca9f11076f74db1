"""The window that takes in deputies' notes: scanned, opened, asked about, registered."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deputydesk.errors import UserError
from deputydesk.operations import opinions
from deputydesk.operations.pocket_notes import NoteState
from deputydesk.rules import pocket_codes
from deputydesk.ui import messages
from deputydesk.ui.dialogs.pocket_intake import PocketIntakeDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.exchange import ExchangePage
from tests import make
from tests.ui import hands

ID = "01a21ed257b671029a0891ed887c514d"


@pytest.fixture
def note(office):
    home = make.home(office)
    deputy = make.deputy(office, name="王伟", home_id=home)
    return {
        "id": ID,
        "deputy": deputy,
        "date": "2026-11-20",
        "home": home,
        "channel": "home",
        "matter": "路灯不亮",
        "detail": "东头三盏。" * 80,
    }


@pytest.fixture
def window(desk, note, parent, qtbot):
    made = PocketIntakeDialog(parent, desk)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.line.setFocus()
    return made


def whole(*notes, office="T1"):
    said = {"deputydesk": "pocket", "version": 1, "office": office, "notes": list(notes)}
    return json.dumps(said, ensure_ascii=False)


def file_of(folder, *notes, **other):
    path = folder / f"随手记{len(list(folder.iterdir()))}.json"
    path.write_text(whole(*notes, **other), encoding="utf-8")
    return path


def scan(window, text):
    QTest.keyClicks(window.line, text)
    hands.press(window.line, Qt.Key.Key_Return)


def register(window, qtbot):
    window.register.click()
    qtbot.waitUntil(lambda: "整个撤销" in window.state.text())


def states(window):
    return [row.state for row in window.table.rows.rows()]


def matters(desk):
    return [row.matter for row in desk.ask(opinions.rows, today=desk.today)]


def test_codes_are_scanned_looked_at_and_registered(window, desk, note, qtbot):
    codes = pocket_codes.encode(whole(note).encode())
    assert not window.register.isEnabled()

    scan(window, codes[0])
    assert window.state.text() == f"第 1 张，已收 1 / {len(codes)} 张。"
    scan(window, codes[1][:90])
    assert "再扫一次这一张" in window.state.text()
    for code in codes[1:]:
        scan(window, code)

    assert states(window) == [NoteState.NEW]
    assert window.register.text() == "登记 1 条"
    register(window, qtbot)
    assert matters(desk) == ["路灯不亮"]
    assert window.state.text().startswith("新登记 1 条")
    assert states(window) == [NoteState.KNOWN]
    assert not window.register.isEnabled()


def test_files_are_opened_or_dropped(window, desk, note, tmp_path, monkeypatch):
    window._open()
    path = file_of(tmp_path, note)
    monkeypatch.setattr(messages, "ask_files_to_open", lambda *_: [path])
    window.open_files.click()
    assert states(window) == [NoteState.NEW]

    other = file_of(tmp_path, note | {"id": "2" * 32, "matter": "饮水"})
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    no_key = Qt.KeyboardModifier.NoModifier
    window.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), *how, no_key))
    window.dropEvent(QDropEvent(QPointF(5, 5), *how, no_key))

    assert len(states(window)) == 2


@pytest.fixture(autouse=True)
def no_file(monkeypatch):
    monkeypatch.setattr(messages, "ask_files_to_open", lambda *_: [])


def test_a_file_of_another_office_is_refused_and_leaves_no_trace(window, note, tmp_path):
    with pytest.raises(UserError, match="其他单位"):
        window.take_files([file_of(tmp_path, note, office="T2")])

    window.take_files([file_of(tmp_path, note)])
    assert states(window) == [NoteState.NEW]


def test_a_change_on_the_phone_is_asked_about(window, desk, note, tmp_path, qtbot):
    window.take_files([file_of(tmp_path, note)])
    register(window, qtbot)
    window.take_files([file_of(tmp_path, note | {"matter": "路灯不亮，杆也歪了"})])
    assert states(window) == [NoteState.CHANGED]
    assert not window.register.isEnabled()

    window.table.select(f"{ID}")
    assert "“路灯不亮” → “路灯不亮，杆也歪了”" in window.about.text()
    assert window.accept_change.text() == "采用手机上的"
    window.accept_change.click()
    assert window.accept_change.text() == "不采用，保持原样"
    assert window.table.rows.columns[0].text(window.table.rows.row(0)) == "采用手机上的"
    window.accept_change.click()
    assert not window.register.isEnabled()
    window.table.opened.emit(window.table.current())
    register(window, qtbot)

    qtbot.waitUntil(lambda: matters(desk) == ["路灯不亮，杆也歪了"])


def test_what_was_removed_is_registered_again_only_if_wanted(window, desk, note, tmp_path, qtbot):
    window.take_files([file_of(tmp_path, note)])
    register(window, qtbot)
    desk.undo()
    window._show()
    assert states(window) == [NoteState.REMOVED]

    window.table.select(ID)
    window.accept_change.click()
    assert window.table.rows.columns[0].text(window.table.rows.row(0)) == "仍然登记"
    register(window, qtbot)

    qtbot.waitUntil(lambda: matters(desk) == ["路灯不亮"])


def test_enter_presses_no_button_and_an_empty_line_is_nothing(window):
    hands.press(window.line, Qt.Key.Key_Return)
    hands.press(window, Qt.Key.Key_Return)

    assert window.isVisible()
    hands.press(window, Qt.Key.Key_Escape)


def test_the_page_is_written_for_one_or_all(window, desk, note, tmp_path, monkeypatch):
    to = tmp_path / "页.html"
    asked = []
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *words: asked.append(words[2]) or to)

    window.make_page.click()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog))
    dialog.form.set_values({"mandate_id": note["deputy"]})
    dialog.save()

    assert asked == ["代表随手记-王伟.html"]
    assert "王伟" in to.read_text(encoding="utf-8")
    assert "1 名代表可用" in window.state.text()


def test_the_exchange_page_opens_it(desk, note, qtbot):
    page = ExchangePage(desk)
    qtbot.addWidget(page)
    page.show()
    page.read_again()

    page.pocket.click()

    assert page.findChild(PocketIntakeDialog).windowTitle() == "收代表随手记"
