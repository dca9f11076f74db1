"""The main way of a suggestion (domain.md 3.1), by keyboard, and all the way back by undo."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from deputydesk.models.choices import CommitmentState, UnitRole
from deputydesk.operations import suggestions
from deputydesk.rules.suggestion_flow import SuggestionState
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.record import RecordDialog
from deputydesk.ui.fields import Field
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.pages.suggestions import SuggestionsPage
from deputydesk.ui.pickers import PickEdit
from tests import make
from tests.ui import hands

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Clerk:
    """Someone who works with the keyboard only, and whose days go by."""

    def __init__(self, qtbot, desk: Desk, page: SuggestionsPage) -> None:
        self._qtbot = qtbot
        self._desk = desk
        self._page = page

    def on(self, day: date) -> None:
        """It is this day now."""
        moment = make.at(datetime(day.year, day.month, day.day, 9, 0))
        self._desk.clock = self._desk.office.clock = moment

    @property
    def window(self) -> QWidget:
        """The window in front; without a window manager nobody else brings it there."""
        found = QApplication.activeModalWidget() or self._page.window()
        if QApplication.activeWindow() is not found:
            found.activateWindow()
            QApplication.processEvents()
        return found

    @property
    def form(self) -> Form:
        """The form that is being filled in."""
        dialog = self.window
        assert isinstance(dialog, FormDialog)
        return dialog.form

    @property
    def focus(self) -> QWidget:
        """Where typing goes."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where typing goes."""
        QTest.keyClick(self.focus, key, modifier)

    def go_to(self, name: str) -> None:
        """Press Tab until the field of this name has the focus."""
        control = self.form.field(name).control
        for _ in range(40):
            if control is self.focus or control.isAncestorOf(self.focus):
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"{name} cannot be reached with Tab")

    def fill(self, **texts: str) -> None:
        """Go to fields and type; a name that is offered is taken with Enter."""
        for name, text in texts.items():
            self.go_to(name)
            field = self.focus
            if isinstance(field, QLineEdit):
                field.selectAll()
            if text.isascii():
                QTest.keyClicks(field, text)
            else:
                hands.write(field, text)
            if isinstance(field, PickEdit):
                self.press(ENTER)

    def choose(self, name: str, shown: str) -> None:
        """Go down in a list until it shows this."""
        self.go_to(name)
        combo = self.focus
        assert isinstance(combo, QComboBox)
        for _ in range(combo.count()):
            if combo.currentText() != shown:
                self.press(Qt.Key.Key_Down)
        assert combo.currentText() == shown

    def save(self) -> None:
        """Ctrl+Enter; the dialog closes."""
        dialog, form = self.window, self.form
        self.press(ENTER, CTRL)
        assert [f.text + f.error() for f in form.findChildren(Field) if f.error()] == []
        self._qtbot.waitUntil(lambda: self.window is not dialog)

    def take(self, operation: str) -> None:
        """Press the digit of a step."""
        detail = self.window
        assert isinstance(detail, RecordDialog)
        keys = {button.step.operation: button.text()[0] for button in detail.steps.buttons}
        QTest.keyClick(detail, Qt.Key(ord(keys[operation])))
        self.waits_for_a_form()

    def waits_for_a_form(self) -> None:
        """Until the dialog is there."""
        self._qtbot.waitUntil(lambda: isinstance(self.window, FormDialog))

    def undo(self) -> None:
        """Ctrl+Z in the window of the suggestion."""
        QTest.keyClick(self.window, Qt.Key.Key_Z, CTRL)


@pytest.fixture
def page(qtbot, desk):
    """The page in front."""
    shown = SuggestionsPage(desk)
    qtbot.addWidget(shown)
    desk.changed.connect(shown.refresh)
    shown.refresh()
    shown.show()
    shown.activateWindow()
    return shown


@pytest.fixture
def clerk(qtbot, desk, page) -> Clerk:
    """Someone at the keyboard."""
    return Clerk(qtbot, desk, page)


def _read(desk):
    row = desk.ask(suggestions.rows, today=desk.today)[0]
    return desk.ask(suggestions.detail, suggestion_id=row.id, today=desk.today)


def _register(clerk, desk, page) -> None:
    clerk.on(date(2026, 3, 2))
    QTest.keyClick(page, Qt.Key.Key_J, CTRL)
    clerk.waits_for_a_form()
    clerk.fill(headline="关于改造旧区供水管网的建议", lead_id="ww", cosigner_ids="bt")
    clerk.fill(reason="冬季水压不足。", proposal="更换末端管网。")
    clerk.save()


def _assign_to_two_units(clerk) -> None:
    clerk.take("reviews.accept")
    clerk.save()
    clerk.on(date(2026, 3, 5))
    clerk.take("assignments.assign")
    clerk.fill(main_id="住建局", assist_ids="水务局")
    clerk.save()


def _one_hands_back(clerk) -> None:
    clerk.on(date(2026, 3, 9))
    clerk.take("assignments.ask_hand_back")
    clerk.fill(reason="不属本单位职责。")
    clerk.save()
    clerk.take("assignments.decide_hand_back")
    clerk.choose("agreed", "同意退办")
    clerk.fill(unit_id="综合执法局")
    clerk.save()


def _sign(clerk) -> None:
    clerk.take("assignments.sign")
    clerk.choose("assignment_id", "区综合执法局（主办）")
    clerk.fill(signed_by="李工")
    clerk.save()


def _extend(clerk) -> None:
    clerk.on(date(2026, 6, 1))
    clerk.take("extensions.ask")
    clerk.fill(reason="须招标。")
    clerk.save()
    clerk.take("extensions.grant")
    clerk.fill(new_due_on="2026-08-10")
    clerk.save()


def _talk(clerk) -> None:
    clerk.take("talks.log")
    clerk.choose("form", "上门")
    clerk.fill(content="现场看了三处。")
    clerk.save()


def _answer(clerk, day: date, planned: str) -> None:
    clerk.on(day)
    clerk.take("replies.answer")
    clerk.choose("answer_class", "B类")
    clerk.fill(planned=planned, planned_by="2027-10-30")
    clerk.save()


def _judge(clerk, day: date, result: str, opinion: str = "") -> None:
    clerk.take("feedbacks.send")
    clerk.save()
    clerk.on(day)
    clerk.take("feedbacks.receive")
    clerk.choose("attitude", "满意")
    clerk.choose("result", result)
    if opinion:
        clerk.fill(opinion=opinion)
    clerk.save()


def _archive(clerk) -> None:
    clerk.take("suggestions.archive")
    clerk.fill(file_no="2026-建议-001", pages="12")
    clerk.save()


def test_a_suggestion_goes_its_whole_way_by_keyboard_and_back_by_undo(
    clerk, desk, page, shown_errors
):
    for name in ("王伟", "巴特尔"):
        make.deputy(desk.office, name=name)
    for name in ("区住建局", "区水务局", "区综合执法局"):
        make.unit(desk.office, name=name)
    before = desk.undoable()

    _register(clerk, desk, page)
    page.board.lists[0].setFocus()
    QTest.keyClick(page.board.lists[0], ENTER)
    _assign_to_two_units(clerk)
    assigned = _read(desk)
    _one_hands_back(clerk)
    _sign(clerk)
    handed = _read(desk)
    _extend(clerk)
    _talk(clerk)
    extended = _read(desk)
    _answer(clerk, date(2026, 8, 3), "列入2027年改造计划。")
    answered = _read(desk)
    _judge(clerk, date(2026, 8, 10), "不满意", "没有写明哪一段。")
    again = _read(desk)
    _answer(clerk, date(2026, 9, 1), "2027年10月底以前改造东片三条管线。")
    _judge(clerk, date(2026, 9, 7), "满意")
    _archive(clerk)
    archived = _read(desk)

    assert shown_errors == []
    assert [s.name for s in archived.cosigners] == ["巴特尔"]
    by_role = {a.role: a for a in assigned.assignments}
    assert by_role[UnitRole.MAIN].due_on == date(2026, 6, 5)
    assert by_role[UnitRole.ASSIST].due_on == date(2026, 4, 7)  # 清明假期顺延
    assert [a.unit for a in handed.at_work if a.answers] == ["区综合执法局"]
    assert next(a.due_on for a in handed.at_work if a.answers) == date(2026, 6, 9)
    assert next(a.due_on for a in extended.at_work if a.answers) == date(2026, 8, 10)
    assert extended.row.talked
    assert answered.row.state is SuggestionState.ANSWERED
    assert again.row.state is SuggestionState.REHANDLE
    assert again.row.due_on == date(2026, 9, 10)
    assert archived.row.state is SuggestionState.ARCHIVED
    assert [c.state for c in archived.commitments] == [CommitmentState.OPEN]
    assert archived.row.first_result.label == "不满意"
    assert archived.row.result.label == "满意"

    texts = []
    while desk.undoable() != before:
        texts.append(desk.undoable())
        clerk.undo()

    assert texts[0].startswith("建议归档")
    assert texts[-1].startswith("登记代表建议")
    assert len(texts) == 16
    assert desk.ask(suggestions.rows, today=desk.today) == []
    assert clerk.window is page.window()
    assert shown_errors == []
