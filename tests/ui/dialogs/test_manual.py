"""The manual behind F1."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from deputydesk.paths import resource
from deputydesk.ui.dialogs.manual import CHAPTER_OF, Manual, chapters, places, show_manual
from deputydesk.ui.pages import PAGES


@pytest.fixture
def manual(parent, qtbot):
    made = Manual(parent)
    made.show_chapter("04-suggestions")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_manual_is_shipped_with_the_program():
    names = [chapter.name for chapter in chapters()]

    assert names[0] == "01-start"
    assert len(names) >= 10
    assert all(resource(f"manual/{name}.md").exists() for name in names)


def test_it_opens_at_the_chapter_that_was_asked_for(manual):
    text = manual.text.toPlainText()

    assert text.startswith("代表建议")
    assert "期限怎么算" in text
    assert manual.contents.currentItem().text().strip() == "代表建议与意见督办"


def test_a_paragraph_has_no_blanks_where_its_lines_ended():
    for chapter in chapters():
        prose = re.sub(r"```.*?```", "", chapter.text, flags=re.DOTALL)
        assert not re.search(r"[一-鿿，。] [一-鿿]", prose), chapter.name


def test_search_lists_where_something_is_said_and_marks_it(manual):
    manual.search.setText("调休")

    assert manual.contents.count() == len(places("调休")) >= 1
    assert manual.text.textCursor().selectedText() == "调休"
    QTest.keyClick(manual.search, Qt.Key.Key_Return)
    assert manual.text.textCursor().selectedText() == "调休"


def test_search_that_finds_nothing_says_so(manual):
    manual.search.setText("区块链")

    assert manual.contents.count() == 0
    assert "没有找到" in manual._found.text()


def test_ctrl_f_goes_to_the_search_line(manual):
    manual.contents.setFocus()

    QTest.keyClick(manual.windowHandle(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert manual.search.hasFocus()


def test_links_lead_to_other_chapters(manual):
    manual.text.anchorClicked.emit(QUrl("08-keyboard.md"))

    assert manual.text.toPlainText().startswith("键盘")


def test_f1_opens_what_is_about_the_page_in_the_window_that_is_open(parent):
    show_manual(parent, "printing")
    show_manual(parent, "visits")

    [manual] = parent.findChildren(Manual)
    assert manual.text.toPlainText().startswith("接待与选民意见")
    assert set(CHAPTER_OF) == {page.name for page in PAGES}
    assert set(CHAPTER_OF.values()) <= {chapter.name for chapter in chapters()}
