"""The strip of files that belong to a record, and the portrait in the deputy file."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from deputydesk.exchange import attachments as files
from deputydesk.models import Opinion, Visit
from deputydesk.models.choices import Channel
from deputydesk.operations import attachments, deputies, opinions
from deputydesk.ui import messages
from deputydesk.ui.attachments import AttachmentStrip
from deputydesk.ui.deputy_file import DeputyFile
from deputydesk.ui.dialogs.opinion import OpinionDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.visits import VisitsPage
from deputydesk.ui.parts import press_by
from tests import make
from tests.ui import hands


@pytest.fixture
def visit(office) -> str:
    return make.visit(office, make.home(office), make.deputy(office))


@pytest.fixture
def strip(desk, visit, qtbot):
    made = AttachmentStrip(desk)
    qtbot.addWidget(made)
    made.resize(700, 120)
    made.show_record(Visit, visit)
    return made


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "现场.jpg"
    Image.new("RGB", (300, 200), "#3366AA").save(path)
    return path


@pytest.fixture
def scan(tmp_path) -> Path:
    path = tmp_path / "签到表.pdf"
    path.write_bytes(b"%PDF-1.7" + b" " * 900)
    return path


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def names(strip) -> list[str]:
    return [row.name for row in strip.rows()]


def dragged(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget, data: QMimeData) -> bool:
    """Drag something over a widget and let it go; whether it was taken."""
    copy, left, no_key = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, no_key)
    enter.ignore()
    widget.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    if hasattr(widget, "show_rows"):
        widget.dragMoveEvent(QDragMoveEvent(QPoint(6, 6), copy, data, left, no_key))
    widget.dropEvent(QDropEvent(QPointF(6, 6), copy, data, left, no_key))
    return True


def test_files_dragged_onto_the_strip_are_attached(strip, photo, scan):
    assert drop(strip.list, dragged(photo, scan))

    assert names(strip) == ["现场.jpg", "签到表.pdf"]
    assert strip._title.text() == "附件 2"
    assert strip.list.item(0).toolTip().startswith("现场.jpg，")
    strip.grab()
    assert not drop(strip.list, QMimeData())


def test_files_are_chosen_with_the_button(strip, photo, scan, monkeypatch):
    monkeypatch.setattr(messages, "ask_files_to_open", lambda *_: [photo, scan])

    strip.add.click()
    strip.add.click()

    assert names(strip) == ["现场.jpg", "签到表.pdf"]


def test_a_large_file_is_taken_in_a_task(strip, tmp_path, qtbot):
    big = tmp_path / "扫描件.bin"
    big.write_bytes(b"7" * (5 << 20))

    strip.take([big])

    qtbot.waitUntil(lambda: names(strip) == ["扫描件.bin"])


def test_a_picture_and_files_are_pasted(strip, scan):
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    hands.press_ctrl(strip.list, Qt.Key.Key_V)

    QApplication.clipboard().setMimeData(dragged(scan))
    strip.paste()

    assert names(strip) == ["粘贴的图片 2026-11-23 090000.png", "签到表.pdf"]


def test_a_pasted_photo_is_kept_as_one(strip):
    picture = QImage(2000, 1200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    QApplication.clipboard().setImage(picture)

    strip.paste()

    assert names(strip)[0].endswith(".jpg")


def test_pasting_text_is_a_sentence(strip, visit, desk):
    QApplication.clipboard().setText("不是文件")

    with pytest.raises(messages.UserError, match="剪贴板里没有图片或文件"):
        strip.paste()


def test_attachments_are_opened_with_the_systems_program(strip, desk, photo, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    strip._open()
    strip.take([photo])
    strip.list.setCurrentRow(0)

    strip.list.itemActivated.emit(strip.list.item(0))

    assert Path(opened[0].toLocalFile()).name == "现场.jpg"
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    with pytest.raises(messages.UserError, match="没有能打开“现场.jpg”的程序"):
        strip._open()


def test_an_attachment_is_renamed_described_saved_and_removed(
    strip, desk, scan, tmp_path, monkeypatch
):
    for nothing in (strip._rename, strip._describe, strip._save_as, strip._remove):
        nothing()
    strip.take([scan])
    strip.list.setCurrentRow(0)
    monkeypatch.setattr(messages, "ask_text", lambda *_, **__: "十一月")
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_: tmp_path / "另存.pdf")

    strip._rename()
    strip.list.setCurrentRow(0)
    strip._save_as()
    strip._describe()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog))
    dialog.form.set_values({"note": "两页", "confidential": True})
    dialog.save()

    assert (tmp_path / "另存.pdf").read_bytes() == scan.read_bytes()
    assert strip.list.item(0).toolTip() == "十一月.pdf，1 KB，两页，不公开"
    strip.list.item(0).setSelected(True)
    strip._remove()
    assert names(strip) == []
    desk.undo()
    assert names(strip) == ["十一月.pdf"]


def test_f2_renames_also_where_the_window_opens_a_page_by_it(
    parent, desk, visit, photo, qtbot, monkeypatch
):
    strip, page = AttachmentStrip(desk), QPushButton("工作台")
    column = QVBoxLayout(parent)
    column.addWidget(page)
    column.addWidget(strip)
    press_by(page, "F2")
    opened = []
    page.clicked.connect(opened.append)
    monkeypatch.setattr(messages, "ask_text", lambda *_, **__: "路灯")
    strip.show_record(Visit, visit)
    strip.take([photo])
    parent.show()
    with qtbot.waitActive(parent):
        parent.activateWindow()

    strip.list.setFocus()
    strip.list.setCurrentRow(0)
    hands.shortcut(strip, Qt.Key.Key_F2)

    assert names(strip) == ["路灯.jpg"]
    assert opened == []


def test_a_missing_file_is_shown_as_missing(strip, desk, scan, photo):
    strip.take([scan, photo])
    for file in files.store_of(desk.office).folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"broken") if "pdf" in file.name else file.unlink()

    strip.refresh()

    assert strip.list.item(0).toolTip().endswith("文件不见了")


def test_a_picture_that_breaks_later_is_shown_as_such(strip, desk, photo):
    strip.take([photo])
    [row] = strip.rows()
    files.store_of(desk.office).path(row.digest).write_bytes(b"broken")

    strip.refresh()

    assert not strip.list.item(0).icon().isNull()


def test_without_a_record_there_is_no_strip(strip):
    strip.show_record(Visit, "")

    assert strip.isHidden()
    strip.take([Path("x")])
    assert strip.rows() == []


def test_the_window_of_an_opinion_takes_files(desk, photo, parent):
    opinion = desk.do(
        opinions.hear, channel=Channel.HOME, matter="路灯", mandate_id=make.deputy(desk.office)
    )
    window = OpinionDialog(parent, desk, opinion)
    window.open_at()

    window.attachments.take([photo])

    kind = Opinion.__tablename__
    assert [row.name for row in desk.ask(attachments.rows, kind, opinion)] == ["现场.jpg"]
    assert window.attachments.isVisible()
    window.reject()


def test_the_visit_form_shows_the_strip_for_what_is_registered(desk, visit, qtbot):
    page = VisitsPage(desk)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.read_again()
    assert page.attachments.isHidden()

    page.table.selectRow(0)
    page.table.picked.emit(page.table.current())

    assert page.attachments.isVisible()


@pytest.fixture
def deputy_file(desk, visit, qtbot):
    made = DeputyFile(desk)
    qtbot.addWidget(made)
    desk.changed.connect(lambda _: None)
    made.show_deputy(desk.ask(deputies.rows)[0])
    return made


def test_a_portrait_is_chosen_and_replaced(deputy_file, desk, photo, tmp_path, monkeypatch):
    button = deputy_file.photo
    assert button.accessibleName() == "添加照片"
    monkeypatch.setattr(messages, "ask_file_to_open", lambda *_: photo)

    button.click()

    assert button.accessibleName() == "更换照片"
    other = tmp_path / "证件照.png"
    Image.new("RGB", (90, 120), "#AA3333").save(other)
    assert drop(button, dragged(other))
    person = desk.ask(deputies.rows)[0].person_id
    assert desk.ask(attachments.photos)[person].name == "证件照.png"
    assert not drop(button, QMimeData())
    monkeypatch.setattr(messages, "ask_file_to_open", lambda *_: None)
    button.click()


def test_a_film_of_two_gigabytes_is_refused_and_what_lies_there_stays(
    strip, photo, tmp_path, qtbot, shown_errors
):
    strip.take([photo])
    film = tmp_path / "录像.mp4"
    with film.open("wb") as file:
        file.truncate(2 << 30)

    strip.take([film])

    qtbot.waitUntil(lambda: bool(shown_errors))
    assert "“录像.mp4”有 2.0 GB，附件不能超过 100.0 MB" in shown_errors[0]
    assert names(strip) == ["现场.jpg"]
