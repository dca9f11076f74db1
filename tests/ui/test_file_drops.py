"""Scans dropped on a row, photos pasted in the form: they belong to the record."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import attachments
from deputydesk.ui.controls import LongEdit
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.registers_page import RegistersPage
from tests.ui import sample_register
from tests.ui.hands import press_ctrl, show_page, write
from tests.ui.sample_register import EXPENSES


class SamplePage(RegistersPage):
    title = "经费"
    registers = (EXPENSES,)


@pytest.fixture
def page(desk, qtbot):
    for content, day in (("茶水", 6), ("桌椅", 5)):
        desk.do(
            sample_register.save,
            content=content,
            amount=100,
            spent_on=date(2026, 3, day),
            kind=ExpenseKind.HOME,
        )
    made = SamplePage(desk)
    show_page(made, desk, qtbot)
    return made


@pytest.fixture
def dragged(tmp_path):
    file = tmp_path / "发票.txt"
    file.write_text("100元", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
COPY = Qt.DropAction.CopyAction


def enter(widget, data, at) -> bool:
    event = QDragEnterEvent(at.toPoint(), COPY, data, LEFT, NONE)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


CORNER = QPointF(5, 5)


def drop(widget, data, at=CORNER):
    enter(widget, data, at)  # Qt drops where one entered last
    QApplication.sendEvent(widget, QDropEvent(at, COPY, data, LEFT, NONE, QEvent.Type.Drop))


def names(page, place):
    row = page.view.table.rows.row(place)
    return [a.name for a in page.desk.ask(attachments.rows, "expense", row.id)]


def choose(page):
    """Click on the first row, which the form shows then."""
    table = page.view.table
    QTest.mouseClick(table.viewport(), LEFT, NONE, middle(table, 0).toPoint())


def middle(table, place):
    return QPointF(table.visualRect(table.rows.index(place, 0)).center())


def test_a_scan_dropped_on_a_row_belongs_to_that_record(page, dragged):
    table = page.view.table
    choose(page)

    drop(table.viewport(), dragged, middle(table, 1))

    assert names(page, 0) == []
    assert names(page, 1) == ["发票.txt"]


def test_on_the_row_in_the_form_it_is_seen_at_once(page, dragged):
    table = page.view.table
    choose(page)

    drop(table.viewport(), dragged, middle(table, 0))

    assert [row.name for row in page.view.attachments.rows()] == ["发票.txt"]


def test_beside_the_rows_nothing_is_taken(page, dragged):
    drop(page.view.table.viewport(), dragged, QPointF(20, 400))

    assert (names(page, 0), names(page, 1)) == ([], [])


def test_text_dragged_over_the_list_is_nothing(page):
    data = QMimeData()
    data.setText("茶水")

    assert not enter(page.view.table.viewport(), data, QPointF(5, 5))


def test_a_scan_dropped_on_the_form_belongs_to_its_record(page, dragged):
    choose(page)

    drop(page.view.form, dragged)

    assert names(page, 0) == ["发票.txt"]


@pytest.mark.parametrize("name", ["content", "note"])
def test_a_field_leaves_files_to_the_form_and_takes_text(page, dragged, name):
    choose(page)
    field = page.view.form.field("content")
    control = field.control
    if name == "note":  # several lines, in the same form
        control = LongEdit(2)
        control.setParent(field)
        control.show()

    at = control.viewport() if isinstance(control, LongEdit) else control
    drop(at, dragged)

    assert names(page, 0) == ["发票.txt"]
    text = QMimeData()
    text.setText("茶水")
    assert enter(at, text, CORNER)


def test_a_picture_pasted_in_a_field_belongs_to_the_record(page):
    choose(page)
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    line = page.view.form.field("content").control
    line.setFocus()

    press_ctrl(line, Qt.Key.Key_V)

    [name] = names(page, 0)
    assert name == "粘贴的图片 2026-11-23 090000.png"
    assert line.text() == "茶水"


def test_text_is_pasted_into_the_field_as_ever(page):
    choose(page)
    QApplication.clipboard().setText("和茶杯")
    line = page.view.form.field("content").control
    line.setFocus()
    line.end(False)

    press_ctrl(line, Qt.Key.Key_V)

    assert line.text() == "茶水和茶杯"
    assert names(page, 0) == []


def test_before_the_record_is_saved_it_is_said_what_to_do(page, dragged, shown_errors):
    page.start_new()

    drop(page.view.form, dragged)

    assert shown_errors == ["这条记录还没有保存。请先按 Ctrl+Enter 保存，再添加附件。"]


def test_a_phone_number_in_any_width_is_kept_in_one(qtbot):
    field = PhoneField("phone")
    field.build(text="电话", required=False, hint="")
    qtbot.addWidget(field)
    write(field.control, " ０４７２－８７１２３４５ ")

    assert field.value() == "0472-8712345"
