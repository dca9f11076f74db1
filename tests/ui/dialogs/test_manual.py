"""The manual behind F1."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from deputydesk.paths import resource
from deputydesk.ui import style
from deputydesk.ui.dialogs import manual as dialog
from deputydesk.ui.dialogs.manual import Manual, show_manual
from deputydesk.ui.manual_text import chapters, headings, hits
from tests.ui import hands


@pytest.fixture
def manual(parent, qtbot):
    made = Manual(parent)
    made.show_place("04-suggestions")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _marked(manual):
    return manual.text.textCursor().selectedText()


def _coloured(manual):
    return [mark.cursor.selectedText() for mark in manual.text.extraSelections()]


def test_the_manual_is_shipped_with_the_program():
    names = [chapter.name for chapter in chapters()]

    assert names[0] == "01-start"
    assert len(names) >= 10
    assert all(resource(f"manual/{name}.md").exists() for name in names)


def test_no_chapter_has_two_headings_of_one_name():
    for chapter in chapters():
        names = [line.text for line in headings(chapter)]
        assert len(names) == len(set(names)), chapter.name


def test_it_opens_at_the_chapter_that_was_asked_for(manual):
    text = manual.text.toPlainText()

    assert text.startswith("代表建议")
    assert "期限怎么算" in text
    assert manual.contents.currentItem().text().strip() == "代表建议与意见督办"


def test_it_opens_at_a_heading_and_marks_what_is_said_of_a_word_there(parent):
    show_manual(parent, "04-suggestions#一路怎么走", "没有这个词", "延期")

    [manual] = parent.findChildren(Manual)
    assert manual.contents.currentItem().text().strip() == "一路怎么走"
    assert _marked(manual) == "延期"
    assert "单位申请" in manual.text.textCursor().block().text()


def test_a_word_that_is_said_elsewhere_in_the_chapter_is_marked_there(parent):
    show_manual(parent, "04-suggestions#看板和列表", "承诺事项落实回执")

    [manual] = parent.findChildren(Manual)
    assert _marked(manual) == "承诺事项落实回执"


def test_without_a_place_it_opens_at_the_beginning(parent):
    show_manual(parent)

    [manual] = parent.findChildren(Manual)
    assert manual.text.toPlainText().startswith("开始使用")


def test_a_paragraph_has_no_blanks_where_its_lines_ended():
    for chapter in chapters():
        prose = re.sub(r"```.*?```", "", chapter.text, flags=re.DOTALL)
        assert not re.search(r"[一-鿿，。] [一-鿿]", prose), chapter.name


def test_search_lists_the_sentences_and_marks_the_first(manual):
    hands.write(manual.search, "调休")

    listed = [manual.contents.item(n).text() for n in range(manual.contents.count())]
    assert any("调休上班的周六、周日是工作日" in line for line in listed)
    assert any("期限怎么算" in line for line in listed)
    assert _marked(manual) == "调休"
    assert set(_coloured(manual)) == {"调休"}
    assert manual._said.text().startswith(f"{len(hits('调休'))} 处")


def test_enter_and_f3_go_round_what_was_found_and_shift_goes_back(manual):
    hands.write(manual.search, "调休")
    places = [manual.text.textCursor().position()]
    for _ in range(len(hits("调休"))):
        hands.press(manual.search, Qt.Key.Key_Return)
        places.append(manual.text.textCursor().position())
    hands.press(manual.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    back = manual.text.textCursor().position()
    hands.shortcut(manual, Qt.Key.Key_F3)
    on = manual.text.textCursor().position()
    hands.shortcut(manual, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)

    assert len(set(places)) == len(hits("调休")) >= 2
    assert places[0] == places[-1] == on
    assert back == places[-2] == manual.text.textCursor().position()


def test_headings_are_found_by_their_initials(manual):
    hands.write(manual.search, "qebx")

    assert [hit.sentence for hit in hits("qebx")] == ["缺额补选"]
    assert _marked(manual) == "缺额补选"


def test_every_hit_is_where_it_is_said(manual):
    for hit in hits("打印")[:40]:
        manual.text.show_chapter(hit.chapter)
        cursor = QTextCursor(manual.text.document())
        cursor.setPosition(hit.at)
        cursor.setPosition(hit.at + hit.length, QTextCursor.MoveMode.KeepAnchor)
        assert cursor.selectedText() == "打印"


def test_a_long_sentence_is_listed_from_shortly_before_the_word(manual):
    hands.write(manual.search, "刚才的一步")

    assert "…" in manual.contents.currentItem().text()
    assert "刚才的一步" in manual.contents.currentItem().text()
    assert "Ctrl+Z" in manual.contents.currentItem().toolTip()


def test_who_finds_too_much_is_shown_the_first_of_it(manual, monkeypatch):
    monkeypatch.setattr(dialog, "MOST", 5)
    hands.write(manual.search, "的")

    listed = [manual.contents.item(n).text() for n in range(manual.contents.count())]
    assert len([line for line in listed if line.startswith("   ")]) == 5
    assert "只列出前 5 处" in manual._said.text()


def test_search_that_finds_nothing_says_so(manual):
    hands.write(manual.search, "区块链")
    hands.press(manual.search, Qt.Key.Key_Return)

    assert manual.contents.count() == 0
    assert "没有找到" in manual._said.text()


def test_the_contents_come_back_when_the_search_is_emptied(manual):
    hands.write(manual.search, "调休")
    manual.search.clear()

    assert manual.contents.item(0).text().strip() == "开始使用"
    assert _coloured(manual) == []


def test_ctrl_f_goes_to_the_search_line(manual):
    manual.contents.setFocus()

    QTest.keyClick(manual.windowHandle(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert manual.search.hasFocus()


def test_links_lead_to_other_chapters_and_headings(manual):
    manual.text.anchorClicked.emit(QUrl("08-keyboard.md#列表"))

    assert manual.text.toPlainText().startswith("键盘")
    assert manual.contents.currentItem().text().strip() == "列表"


def test_the_chapter_follows_the_text_size(manual, qapp):
    manual.text.show_heading("一路怎么走")
    before = manual.text.document().defaultFont().pixelSize()
    style.apply(qapp, style.LIGHT, 1.5)
    larger = manual.text.document().defaultFont().pixelSize()
    style.apply(qapp, style.LIGHT, 1.0)

    assert larger > before


def test_f1_brings_the_window_that_is_open_already(parent):
    show_manual(parent, "06-print")
    show_manual(parent, "03-visits")

    [manual] = parent.findChildren(Manual)
    assert manual.text.toPlainText().startswith("接待与选民意见")
