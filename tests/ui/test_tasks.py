"""Long work, watched by a dialog."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from deputydesk.errors import UserError
from deputydesk.ui import tasks
from deputydesk.ui.tasks import TaskDialog, run_task
from tests.ui import hands

STEPS = 100


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def count(progress):
    for done in range(STEPS):
        progress.step(done, STEPS, f"第{done}份")
    return STEPS


def wait_for(go: threading.Event, progress):
    """Work that goes on until it is let go or cancelled."""
    while not go.wait(0.002):
        progress.step(1, 2, "等待")
    return "done"


def refuse(progress):
    raise UserError("磁盘已满。", hint="请清理后再试。")


def test_the_result_comes_back_to_the_window_thread(window, qtbot):
    came = []

    def note(result):
        came.append((result, threading.current_thread()))

    run_task(window, "正在打印", count, note)
    qtbot.waitUntil(lambda: bool(came))

    assert came == [(STEPS, threading.main_thread())]
    assert not tasks.is_running()


def test_progress_is_shown_while_it_works(window, qtbot):
    go = threading.Event()
    came = []

    run_task(window, "正在打印", partial(wait_for, go), came.append)
    dialog = tasks.board().running
    qtbot.waitUntil(lambda: dialog._what.text() == "等待")
    shown = (dialog._bar.value(), dialog._bar.maximum(), dialog._left.text())
    go.set()
    qtbot.waitUntil(lambda: came == ["done"])

    assert shown == (1, 2, "1 / 2")


def test_cancelling_ends_the_work_and_says_nothing(window, qtbot, shown_errors):
    came = []

    run_task(window, "正在打印", partial(wait_for, threading.Event()), came.append)
    tasks.board().running.cancel.click()
    qtbot.waitUntil(lambda: not tasks.is_running())

    assert came == []
    assert shown_errors == []


def test_escape_cancels_too_and_the_dialog_stays_until_the_work_has_ended(window, qtbot):
    run_task(window, "正在打印", partial(wait_for, threading.Event()), print)
    dialog = tasks.board().running
    assert dialog
    hands.press(dialog, Qt.Key.Key_Escape)

    assert dialog._left.text() == "正在取消…"
    qtbot.waitUntil(lambda: not tasks.is_running())


def test_closing_the_dialog_cancels_too(window, qtbot):
    run_task(window, "正在打印", partial(wait_for, threading.Event()), print)
    dialog = tasks.board().running

    assert dialog.close() is False
    qtbot.waitUntil(lambda: not tasks.is_running())


def test_an_error_of_the_user_is_shown_as_a_sentence(window, qtbot, shown_errors):
    came = []

    run_task(window, "正在打印", refuse, came.append)
    qtbot.waitUntil(lambda: bool(shown_errors))

    assert shown_errors == ["磁盘已满。请清理后再试。"]
    assert came == []


def test_a_second_task_is_refused_while_one_runs(window, qtbot):
    go = threading.Event()
    run_task(window, "正在打印", partial(wait_for, go), print)

    with pytest.raises(UserError, match="另一项工作正在进行"):
        run_task(window, "正在导出", count, print)

    go.set()
    qtbot.waitUntil(lambda: not tasks.is_running())


def test_the_board_says_when_a_task_has_ended(window, qtbot):
    with qtbot.waitSignal(tasks.board().ended):
        run_task(window, "正在打印", count, print)


def step_until(go, progress):
    """Say that half is done, and wait."""
    progress.step(5, 10, "第5份")
    go.wait()


def test_how_far_it_is_and_the_time_left_are_said_in_the_status_bar_too(window, qtbot, monkeypatch):
    times = iter([0.0, *([10.0] * 10_000)])
    monkeypatch.setattr(tasks, "clock", lambda: next(times))
    said = []
    tasks.board().went_on.connect(said.append)
    go, half = threading.Event(), threading.Event()

    def work(progress):
        half.wait()
        step_until(go, progress)

    run_task(window, "正在打印", work, print)
    qtbot.waitUntil(lambda: bool(said))
    half.set()
    qtbot.waitUntil(lambda: "正在打印：5 / 10，还需约 10 秒" in said)

    assert said[0] == "正在打印"
    go.set()
    qtbot.waitUntil(lambda: not tasks.is_running())
    tasks.board().went_on.disconnect(said.append)


def test_many_tasks_one_after_the_other_leave_nothing_behind(window, qtbot):
    for _ in range(10):
        came = []
        run_task(window, "正在打印", count, came.append)
        qtbot.waitUntil(lambda came=came: bool(came))

    qtbot.waitUntil(lambda: not window.findChildren(TaskDialog))
    assert "正在打印" not in [thread.name for thread in threading.enumerate()]
