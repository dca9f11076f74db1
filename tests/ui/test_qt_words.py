"""Nothing of Qt's own speaks English to the clerk."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCalendarWidget,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QTextBrowser,
    QWidget,
)

from deputydesk.ui.qt_words import speak_chinese

ENGLISH = re.compile(r"[A-Za-z]{2,}")
KEY = re.compile(r"\t.*|\(&\w\)|CUPS|PDF")
"""A shortcut, the letter of a mnemonic, names of things."""


@pytest.fixture(autouse=True)
def chinese(qapp):
    """Qt as the application sets it up."""
    made = speak_chinese(qapp)
    yield
    for translator in made:
        qapp.removeTranslator(translator)


def _own_words(widget: QWidget) -> list[str]:
    found = [widget.toolTip(), widget.accessibleName(), *(a.text() for a in widget.actions())]
    if isinstance(widget, QLabel | QAbstractButton):
        found.append(widget.text())
    if isinstance(widget, QMenu | QGroupBox):
        found.append(widget.title())
    if isinstance(widget, QAbstractItemView) and widget.model():
        model, side = widget.model(), Qt.Orientation.Horizontal
        found += [str(model.headerData(n, side)) for n in range(model.columnCount())]
    if isinstance(widget, QComboBox):
        found += [widget.itemText(n) for n in range(widget.count())]
    return found


def _english(inside: QWidget) -> list[str]:
    said = {
        KEY.sub("", words)
        for widget in (inside, *inside.findChildren(QWidget))
        for words in _own_words(widget)
    }
    return sorted(words for words in said if ENGLISH.search(words) and not words.startswith("/"))


def _buttons() -> QWidget:
    box = QDialogButtonBox()
    for kind in QDialogButtonBox.StandardButton:
        if kind.value and kind is not QDialogButtonBox.StandardButton.NoButton:
            box.addButton(kind)
    return box


def _message() -> QWidget:
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.YesToAll | QMessageBox.StandardButton.Ok)
    box.setDetailedText("细节")
    return box


def _file(mode: QFileDialog.AcceptMode) -> QWidget:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    return dialog


def _calendar() -> QWidget:
    calendar = QCalendarWidget()
    calendar.setLocale(QLocale("zh_CN"))
    return calendar


ALL: dict[str, Callable[[], QWidget]] = {
    "标准按钮": _buttons,
    "提示": _message,
    "打开文件": lambda: _file(QFileDialog.AcceptMode.AcceptOpen),
    "保存文件": lambda: _file(QFileDialog.AcceptMode.AcceptSave),
    "日历": _calendar,
    "输入": QInputDialog,
    "进度": QProgressDialog,
    "打印": QPrintDialog,
}


@pytest.mark.parametrize("made", ALL.values(), ids=ALL)
def test_buttons_and_dialogs_of_qt_are_in_chinese(qtbot, made):
    shown = made()
    qtbot.addWidget(shown)

    assert _english(shown) == []


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextBrowser])
def test_the_menu_of_a_field_is_in_chinese(qtbot, kind):
    field = kind()
    qtbot.addWidget(field)

    menu = field.createStandardContextMenu()
    qtbot.addWidget(menu)

    assert "复制" in " ".join(_own_words(menu))
    assert _english(menu) == []


def test_a_button_that_agrees_says_so_in_chinese(qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    qtbot.addWidget(box)

    assert box.button(QDialogButtonBox.StandardButton.Ok).text() == "确定"
