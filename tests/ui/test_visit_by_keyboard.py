"""A visit with two opinions, registered by keyboard: how many keys, in which order."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.models.choices import Channel, VisitKind
from deputydesk.operations import receptions, visits
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.pages.visits import VisitsPage
from tests import make
from tests.ui import hands

MOST = 12
PACE = 30.0
"""Seconds that a visit may take."""
KEY, THINK = 0.28, 1.35
"""Seconds of a key and of getting ready for a field, of an average typist (Card, Moran, Newell)."""
HANZI_KEYS = 2.5
"""Keys of a hanzi with an input method."""


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget
    return widget


@dataclass
class Clerk:
    """Hands that count: keys beside the text, the text, and the fields they came to."""

    keys: list[str] = field(default_factory=list[str])
    letters: float = 0
    path: list[str] = field(default_factory=list[str])

    def type(self, text: str) -> None:
        """Type into the field that has the focus."""
        at = focused()
        for number in range(len(text) if text.isascii() else 0):
            QTest.keyClicks(at, text[number])
        if not text.isascii():
            hands.write(at, text)
        self.letters += len(text) if text.isascii() else len(text) * HANZI_KEYS

    def press(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, and note where the focus went."""
        before = focused()
        self.keys.append(key.name)
        hands.press(before, key, modifier)
        if focused() is not before:
            self.path.append(focused().accessibleName())

    @property
    def seconds(self) -> float:
        """What it takes at a human pace."""
        return len(self.keys) * (KEY + THINK) + self.letters * KEY


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, name="王伟", home_id=home)


@pytest.fixture
def window(desk, deputy, qtbot):
    make.deputy(desk.office, name="李娜")
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.go("visits")
    return made


def begin(window: MainWindow, clerk: Clerk) -> None:
    clerk.keys.append("Ctrl+N")
    hands.shortcut(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    clerk.path.append(focused().accessibleName())


TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_visit_with_two_opinions_takes_twelve_keys_beside_the_text(window, desk, home, deputy):
    clerk = Clerk()

    begin(window, clerk)
    clerk.type("ww")
    clerk.press(TAB)  # takes 王伟 from the list and goes on
    clerk.type("代表接待日")
    clerk.press(ENTER)
    clerk.type("2")
    clerk.press(ENTER)
    clerk.type("郝平")
    clerk.press(ENTER)
    clerk.type("13800138000")
    clerk.press(ENTER)
    clerk.type("村道路灯不亮")
    clerk.press(ENTER)
    clerk.type("东头三盏灯不亮")
    clerk.press(TAB)  # the second opinion begins by itself
    clerk.type("高娃")
    clerk.press(ENTER)
    clerk.type("13900139000")
    clerk.press(ENTER)
    clerk.type("自来水浑浊")
    clerk.press(ENTER)
    clerk.type("早晚有泥沙")
    clerk.press(ENTER, CTRL)

    assert len(clerk.keys) <= MOST
    assert clerk.path == [
        "参加代表",  # day, kind and home are known
        "主题",
        "接待人次",
        "选民姓名",  # so is the way opinions come here
        "联系电话",
        "反映事项",
        "情况记录",
        "意见2 选民姓名",
        "意见2 联系电话",
        "意见2 反映事项",
        "意见2 情况记录",
        "主题",  # the next visit: the first that does not stay, of those typed into
    ]
    [row] = desk.ask(visits.rows)
    assert (row.held_on, row.kind, row.home_id) == (make.TODAY, VisitKind.RECEPTION, home)
    assert (row.deputy_ids, row.topic, row.received) == ((deputy,), "代表接待日", 2)
    said = desk.ask(receptions.heard, row.id)
    assert [(one.voter_name, one.voter_phone, one.matter, one.detail) for one in said] == [
        ("郝平", "13800138000", "村道路灯不亮", "东头三盏灯不亮"),
        ("高娃", "13900139000", "自来水浑浊", "早晚有泥沙"),
    ]
    assert {one.channel for one in said} == {Channel.HOME}


def test_a_visit_takes_less_than_thirty_seconds_at_a_human_pace(window, desk):
    """The seven fields of the paper: day and home are there, four are typed."""
    clerk = Clerk()

    begin(window, clerk)
    clerk.type("ww")
    clerk.press(TAB)
    clerk.press(ENTER)
    clerk.type("1")
    clerk.press(ENTER)
    clerk.type("郝平")
    clerk.press(ENTER)
    clerk.type("13800138000")
    clerk.press(ENTER)
    clerk.type("路灯不亮")
    clerk.press(ENTER, CTRL)

    assert len(desk.ask(visits.rows)) == 1
    assert clerk.seconds < PACE


def test_what_is_known_is_passed_by_enter_and_reached_by_shift_tab(window):
    clerk = Clerk()

    begin(window, clerk)
    for _ in range(3):
        clerk.press(Qt.Key.Key_Backtab)

    assert clerk.path == ["参加代表", "代表之家", "方式", "日期"]


def test_the_next_visit_of_a_batch_begins_where_typing_began(window, desk):
    clerk = Clerk()
    begin(window, clerk)
    clerk.type("ww")
    clerk.press(TAB)
    clerk.press(ENTER)
    clerk.type("3")
    clerk.press(ENTER, CTRL)
    assert focused().accessibleName() == "接待人次"  # the deputies stay

    for _ in range(2):
        clerk.press(Qt.Key.Key_Backtab)
    clerk.type("ln")
    clerk.press(TAB)
    clerk.press(ENTER, CTRL)

    assert focused().accessibleName() == "参加代表"  # who are others now each time
    assert [row.deputies for row in desk.ask(visits.rows)] == [("王伟", "李娜"), ("王伟",)]


def test_enter_that_ends_a_word_of_the_input_method_does_not_go_on(window):
    clerk = Clerk()
    begin(window, clerk)
    at = focused()
    QApplication.sendEvent(at, QInputMethodEvent("wang'wei", []))

    for key in (ENTER, TAB, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        clerk.press(key)
    clerk.press(ENTER, CTRL)

    assert focused() is at
    page = window.go("visits")
    assert isinstance(page, VisitsPage)
    assert page.form.field("deputy_ids").error() == ""  # Ctrl+Enter did not save either
    assert not page.deputies.control.line.list.isVisible()  # nothing is committed: no list
    hands.write(at, "王伟")
    assert page.deputies.control.line.list.isVisible()


def test_tab_behind_an_opinion_that_says_nothing_goes_on_to_the_rest(window):
    clerk = Clerk()
    begin(window, clerk)
    page = window.go("visits")
    assert isinstance(page, VisitsPage)
    page.heard._blocks[0].detail.control.setFocus()

    clerk.press(TAB)

    assert clerk.path[-1] == "再记一条意见"
    assert len(page.heard._blocks) == 1
