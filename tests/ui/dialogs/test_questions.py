"""编写题目: questions are typed one after another, moved, taken out and back, beside the paper."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deputydesk.ui.dialogs.questions import KEYS, QuestionsDialog
from deputydesk.ui.form import Form
from deputydesk.ui.registers.surveys import SURVEYS
from tests import make
from tests.ui.hands import press, press_ctrl, write

GRADE = {"ask": "grade", "text": "总体怎样", "options": [], "most": 0}
WISH = {"ask": "several", "text": "最盼什么", "options": ["路", "水", "电"], "most": 2}
TIME = {"ask": "one", "text": "走多久", "options": ["十分钟", "半小时"], "most": 0}
ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def form(desk, qtbot):
    assert SURVEYS.fields
    made = Form(desk, "survey", SURVEYS.fields(desk), model=SURVEYS.model)
    qtbot.addWidget(made)
    made.resize(380, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def opened(form, qtbot):
    """Opens the window with these questions in the form."""

    def begin(*questions, at=0):
        form.start(held_on=make.TODAY, questions=questions)
        shown = form.field("questions").control
        if questions:
            shown.list.setCurrentRow(at)
        shown.write.click()
        dialog = window(form)
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return begin


def window(form):
    return next(d for d in form.findChildren(QuestionsDialog) if d.isVisible())


def text(dialog):
    return dialog.form.field("text").control


def options(dialog):
    return dialog.form.field("options").control


def asked(dialog):
    return [question["text"] for question in dialog.questions]


def test_a_survey_is_typed_without_the_mouse(opened, form):
    dialog = opened()
    write(text(dialog), "走多久")
    press(text(dialog), ENTER)
    for option in ("十分钟", "半小时"):
        write(options(dialog), option)
        press(options(dialog), ENTER)
    press(options(dialog), ENTER)
    assert QApplication.focusWidget() is text(dialog)
    write(text(dialog), "哪里最不便")

    press_ctrl(text(dialog), ENTER)

    assert not dialog.isVisible()
    second = {"ask": "one", "text": "哪里最不便", "options": [], "most": 0}
    assert form.field("questions").value() == [TIME, second]
    assert form.is_edited


def test_enter_goes_to_the_next_question_that_is_there(opened):
    dialog = opened(GRADE, WISH)

    press(text(dialog), ENTER)
    press(options(dialog), ENTER)

    assert text(dialog).toPlainText() == "最盼什么"
    assert options(dialog).toPlainText() == "路\n水\n电"
    assert asked(dialog) == ["总体怎样", "最盼什么"]


def test_a_question_is_added_only_when_something_is_written_in_this_one(opened):
    dialog = opened()

    dialog.add_button.click()

    assert asked(dialog) == [""]


def test_how_many_of_several_may_be_ticked_is_chosen_and_forgotten_with_the_kind(opened):
    dialog = opened({**WISH, "most": 0})
    most, kind = (dialog.form.field(name).control for name in ("most", "ask"))

    most.setCurrentText("最多选2项")
    assert dialog.questions == [WISH]
    assert dialog.list.item(0).text() == "1．最盼什么（多选，最多2项）\n路、水、电"
    kind.setCurrentText("单选")

    assert dialog.questions[0]["most"] == 0
    assert not most.isEnabled()


def test_questions_change_places_by_keys_and_stay_where_they_are_at_the_end(opened):
    dialog = opened(GRADE, WISH, TIME)

    QTest.keyClick(text(dialog), Qt.Key.Key_Down, ALT)
    QTest.keyClick(text(dialog), Qt.Key.Key_Down, ALT)
    QTest.keyClick(text(dialog), Qt.Key.Key_Down, ALT)
    assert asked(dialog) == ["最盼什么", "走多久", "总体怎样"]
    assert not dialog.down_button.isEnabled()
    dialog.move_down()
    QTest.keyClick(text(dialog), Qt.Key.Key_Up, ALT)

    assert asked(dialog) == ["最盼什么", "总体怎样", "走多久"]
    assert text(dialog).toPlainText() == "总体怎样"


def test_a_question_that_was_taken_out_comes_back(opened, form):
    dialog = opened(GRADE, WISH, at=1)
    dialog.list.setFocus()
    press(dialog.list, Qt.Key.Key_Delete)
    press(dialog.list, Qt.Key.Key_Delete)
    assert asked(dialog) == [""]
    assert dialog.said.text() == "已删去第1题，按 Ctrl+Z 撤销"
    assert form.field("questions").value() == []

    for _ in range(3):
        press_ctrl(dialog.list, Qt.Key.Key_Z)

    assert dialog.questions == [GRADE, WISH]
    assert form.field("questions").value() == [GRADE, WISH]


def test_the_list_leads_to_a_question(opened):
    dialog = opened(GRADE, WISH)

    dialog.list.setFocus()
    press(dialog.list, Qt.Key.Key_Down)
    assert text(dialog).toPlainText() == "最盼什么"
    dialog.list.itemActivated.emit(dialog.list.currentItem())

    assert QApplication.focusWidget() is text(dialog)


def test_the_paper_is_drawn_while_one_types_at_the_page_of_the_question(opened, qtbot):
    long = [{**WISH, "text": f"第{n}件事"} for n in range(12)]
    dialog = opened(*long)
    assert dialog.paper.page() == 1
    assert dialog.said.text() == KEYS

    dialog.list.setCurrentRow(11)

    qtbot.waitUntil(lambda: dialog.paper.page() > 1)


def test_what_is_still_missing_is_said_and_the_others_are_drawn(opened, qtbot):
    dialog = opened()
    assert "写好第一道题" in dialog.paper.spoken_value()
    write(text(dialog), "总体怎样")
    qtbot.waitUntil(lambda: "要有二到5个选项" in dialog.said.text())
    assert "写好第一道题" in dialog.paper.spoken_value()

    dialog.form.field("ask").control.setCurrentText("评等次")
    dialog.add_button.click()
    write(text(dialog), "还要问什么")
    write(options(dialog), "一项")

    qtbot.waitUntil(lambda: dialog.paper.spoken_value() == "第1页，共1页")
    qtbot.waitUntil(lambda: "第2题" not in KEYS and "选项" in dialog.said.text())


def test_the_paper_is_drawn_before_title_and_day_are_right(opened, form, qtbot):
    form.field("held_on")
    dialog = opened(GRADE)
    form.field("held_on").control.setText("什么时候")

    dialog.draw_paper()

    assert dialog.paper.spoken_value() == "第1页，共1页"


def test_no_more_than_thirty_questions_are_begun(opened):
    dialog = opened(*[GRADE] * 30)
    dialog.list.setCurrentRow(29)

    dialog.go_on()

    assert len(dialog.questions) == 30
    assert dialog.said.text() == "题目最多30道。"


def test_a_question_in_the_form_opens_itself_and_a_draft_brings_all_back(form):
    field = form.field("questions")
    field.set_value([GRADE, WISH])

    field.control.list.setCurrentRow(1)
    press(field.control.list, ENTER)
    dialog = window(form)
    assert text(dialog).toPlainText() == "最盼什么"
    dialog.reject()
    kept = field.raw()
    field.clear()
    assert field.value() == []
    field.set_raw(kept)

    assert field.value() == [GRADE, WISH]
