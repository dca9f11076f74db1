"""Signing in at the window: nothing is seen before, slips are said at their place, paper helps."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.office import Office, Right, User
from deputydesk.operations import accounts, sign_in
from deputydesk.operations.accounts import Role
from deputydesk.rules import paper_keys
from deputydesk.ui import screen_lock, tasks
from deputydesk.ui import sign_in as door
from deputydesk.ui.form import FormDialog
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.screen_lock import Curtain, ScreenLock
from deputydesk.ui.sign_in import SignIn
from tests.ui import hands

HEAD, CLERK = "three-horses", "horse-and-well"
PAPER = "0123456789" * 4


@pytest.fixture
def staffed(desk):
    """An office with a head and a clerk; nobody has signed in."""
    sign_in.turn_on(desk.office, "乌兰", HEAD)
    sign_in.add(desk.office, name="张丽", role=Role.CLERK, password=CLERK)
    sign_in.new_paper(desk.office, PAPER)
    accounts.lock(desk.office)
    return desk


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(600, 400)
    qtbot.addWidget(made)
    made.show()
    yield made
    for watching in made.findChildren(ScreenLock):
        QApplication.instance().removeEventFilter(watching)


@pytest.fixture
def asked(staffed, window, qtbot):
    made = SignIn(window, staffed, staffed.office, "退出程序")
    qtbot.addWidget(made)
    made.show()
    return made


def type_password(dialog, text):
    field = dialog.form.field("password").control
    field.setText(text)
    hands.press(field, Qt.Key.Key_Return)


def test_who_worked_here_last_only_types_the_password(asked, staffed):
    assert asked.form.field("name").value() == "张丽"

    type_password(asked, CLERK)

    assert asked.result() == SignIn.DialogCode.Accepted
    assert staffed.office.user.name == "张丽"
    assert Right.MANAGE not in staffed.office.user.rights


def test_another_person_is_chosen_from_the_list(asked, staffed):
    asked.form.set_values({"name": "乌兰", "password": HEAD})

    asked.enter.click()

    assert staffed.office.user.name == "乌兰"


def test_a_wrong_password_is_said_at_its_field_which_is_empty_again(asked, staffed):
    type_password(asked, HEAD)

    field = asked.form.field("password")
    assert field.error().startswith("密码不对。")
    assert field.value() == ""
    assert asked.isVisible()
    assert staffed.office.user.rights == frozenset({Right.ENTER})


def test_escape_by_habit_does_not_close_the_program(asked):
    hands.press(asked, Qt.Key.Key_Escape)
    assert asked.isVisible()

    hands.press(asked, Qt.Key.Key_F2)
    asked.give_up.click()
    assert not asked.isVisible()


def test_a_password_is_never_kept_as_a_draft(asked, staffed):
    field = asked.form.field("password")
    field.control.setText(HEAD)

    assert field.raw() == ""
    assert not asked.form.keep_draft()
    field.set_value(None)
    assert field.value() == ""


def recovery(asked) -> FormDialog:
    asked.forgot.click()
    return asked.findChildren(FormDialog)[0]


def test_the_head_comes_in_with_the_paper(asked, staffed):
    dialog = recovery(asked)
    typed = "　".join(paper_keys.groups(PAPER))
    dialog.form.set_values({"paper": typed, "new": "new-and-longer", "again": "new-and-longe"})
    dialog.form.save_next.emit()
    assert dialog.form.field("again").error().startswith("两次输入的密码不一样。")

    dialog.form.set_values({"again": "new-and-longer"})
    dialog.form.save_next.emit()

    assert asked.result() == SignIn.DialogCode.Accepted
    assert staffed.office.user.name == "乌兰"


def test_the_group_that_was_typed_wrongly_is_named(asked):
    dialog = recovery(asked)
    groups = list(paper_keys.groups(PAPER))
    groups[2] = groups[2][::-1]
    dialog.form.set_values({"paper": " ".join(groups), "new": "new-and-longer"})
    dialog.form.set_values({"again": "new-and-longer"})

    dialog.form.save_next.emit()

    assert dialog.form.field("paper").error().startswith("第3组数字")


def answered(monkeypatch, *answers):
    """What happens at the door: a password that lets somebody in, or that they give up."""
    seen = []

    def come(dialog):
        seen.append(dialog)
        answer = answers[len(seen) - 1]
        if answer is None:
            dialog.give_up.click()
        else:
            dialog.form.set_values({"name": answer[0]})
            type_password(dialog, answer[1])
        return dialog.result()

    monkeypatch.setattr(SignIn, "exec", come)
    return seen


def test_this_pc_remembers_who_came_in(staffed, window, monkeypatch):
    heard = []
    staffed.operator_changed.connect(heard.append)
    answered(monkeypatch, ("乌兰", HEAD))

    assert door.ask(window, staffed, staffed.office)

    assert heard == ["乌兰"]
    assert Preferences.load(staffed.folder).operator == "乌兰"


def test_giving_up_changes_nobody(staffed, window, monkeypatch):
    answered(monkeypatch, None)

    assert not door.ask(window, staffed, staffed.office)
    assert staffed.office.user.name == ""


def test_idle_minutes_lock_the_screen_and_work_goes_on_where_it_was(staffed, window, monkeypatch):
    lock = screen_lock.watch(window, staffed)
    sign_in.sign_in(staffed.office, "张丽", CLERK)
    dialog = QWidget(window, Qt.WindowType.Dialog)
    dialog.show()
    covered, sizes = [], []

    def come(asked):
        covered.extend(c.window() for w in (window, dialog) for c in w.findChildren(Curtain))
        covered.append(window.grab().toImage().pixelColor(5, 5).name())
        window.resize(700, 500)
        sizes.extend(c.size() for c in window.children() if isinstance(c, Curtain))
        assert staffed.office.user.name == ""
        type_password(asked, CLERK)
        return asked.result()

    monkeypatch.setattr(SignIn, "exec", come)

    lock.timer.timeout.emit()

    assert {window, dialog} <= set(covered[:-1])
    assert sizes == [window.size()]
    assert staffed.office.user.name == "张丽"
    assert not any(curtain.isVisible() for curtain in window.findChildren(Curtain))
    assert screen_lock.watch(window, staffed) is lock
    assert lock.timer.isActive()


def test_the_key_locks_wherever_the_focus_is(staffed, window, qtbot, monkeypatch):
    screen_lock.watch(window, staffed)
    sign_in.sign_in(staffed.office, "乌兰", HEAD)
    seen = answered(monkeypatch, ("乌兰", HEAD))

    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QApplication.sendEvent(window, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_L, keys))

    qtbot.waitUntil(lambda: len(seen) == 1)
    qtbot.waitUntil(lambda: staffed.office.user.name == "乌兰")


def test_whoever_gives_up_at_the_lock_closes_the_program(staffed, window, monkeypatch):
    lock = screen_lock.watch(window, staffed)
    sign_in.sign_in(staffed.office, "乌兰", HEAD)
    answered(monkeypatch, None, None)
    closes = [False]
    monkeypatch.setattr(window, "close", lambda: closes.pop(0) if closes else True)

    lock.lock()

    assert closes == []
    assert staffed.office.user.name == ""


@pytest.mark.parametrize("is_detached", [False, True])
def test_what_is_being_worked_on_ends_with_its_rights_before_the_lock(
    staffed, window, qtbot, monkeypatch, is_detached
):
    lock = screen_lock.watch(window, staffed)
    sign_in.sign_in(staffed.office, "乌兰", HEAD)
    office, go, came = staffed.office, Event(), []
    if is_detached:  # as while a backup is put back
        staffed.detach()

    def end(right):
        came.append((right, office.user.name))
        if is_detached:
            staffed.attach(office)

    def work(_progress):
        go.wait()
        return Right.MANAGE in office.user.rights

    tasks.run_task(window, "正在收取", work, end)
    progress = tasks.board().running
    seen = answered(monkeypatch, ("张丽", CLERK))

    lock.timer.timeout.emit()
    lock.lock()

    assert seen == []
    assert len(curtains(window)) == 1
    assert curtains(progress) == []
    go.set()
    qtbot.waitUntil(lambda: len(seen) == 1)
    qtbot.waitUntil(lambda: office.user.name == "张丽")
    assert came == [(True, "乌兰")]
    assert Right.MANAGE not in office.user.rights
    assert curtains(window) == []


def curtains(widget):
    return [one for one in widget.findChildren(Curtain) if one.isVisible()]


def test_who_signed_in_when_a_backup_was_put_back_is_not_asked_twice(
    staffed, window, qtbot, monkeypatch
):
    lock = screen_lock.watch(window, staffed)
    seen = answered(monkeypatch, ("张丽", CLERK))
    office = staffed.detach()
    lock.lock()
    assert len(curtains(window)) == 1

    door.ask(window, staffed, office)
    staffed.attach(office)
    qtbot.wait(1)

    assert len(seen) == 1
    assert curtains(window) == []
    assert staffed.office.user.name == "张丽"


def test_the_present_office_knows_who_signed_in(staffed, window, monkeypatch):
    lock = screen_lock.watch(window, staffed)
    sign_in.sign_in(staffed.office, "乌兰", HEAD)
    first = staffed.office
    newer = Office(first.data, first.clock, User("乌兰"))

    def come(asked):
        staffed.attach(newer)
        asked.form.set_values({"name": "张丽"})
        type_password(asked, CLERK)
        return asked.result()

    monkeypatch.setattr(SignIn, "exec", come)

    lock.lock()

    assert (newer.user, newer.secret) == (first.user, first.secret)
    assert newer.user.name == "张丽"
    assert newer.secret


def test_nothing_is_locked_where_nobody_signs_in(desk, window):
    lock = screen_lock.watch(window, desk)

    lock.lock()

    assert not lock.is_locked
    assert desk.office.user.rights == frozenset(Right)


def test_the_pcs_own_minutes_count(staffed, window):
    staffed.preferences.lock_minutes = 30

    assert screen_lock.watch(window, staffed).timer.interval() == 30 * 60_000
