"""Errors that nobody caught."""

import sys
import threading
import zipfile

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from deputydesk.errors import FieldError, UserError
from deputydesk.ui import crash, messages
from deputydesk.ui.crash import CrashDialog


@pytest.fixture
def shown(monkeypatch):
    """Descriptions shown in the dialog of a crash."""
    found: list[str] = []

    def note(dialog: CrashDialog) -> int:
        found.append(dialog._description)
        return 0

    monkeypatch.setattr(CrashDialog, "exec", note)
    return found


@pytest.fixture
def hook(tmp_path, monkeypatch, shown):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    return crash.install(tmp_path)


class Clerk(QObject):
    asked = Signal()

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error
        self.asked.connect(self._fail)

    def _fail(self) -> None:
        raise self._error


def fail_in_a_slot(error: BaseException) -> None:
    clerk = Clerk(error)
    clerk.asked.emit()


def test_an_error_of_the_user_in_a_slot_is_a_sentence(hook, shown, shown_errors):
    fail_in_a_slot(UserError("U盘已被拔出。", hint="请重新插入。"))

    assert shown_errors == ["U盘已被拔出。请重新插入。"]
    assert shown == []


def test_a_field_error_without_a_form_is_a_sentence_too(hook, shown_errors):
    fail_in_a_slot(FieldError("held_on", "接待日期不能晚于今天。"))

    assert shown_errors == ["接待日期不能晚于今天。"]


def test_an_error_of_ours_is_reported_and_logged(hook, shown, tmp_path, shown_errors):
    fail_in_a_slot(ValueError("王伟 13804720156 is wrong"))

    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert shown_errors == []
    assert len(shown) == 1
    assert "builtins.ValueError: □ # is wrong" in shown[0]
    assert "test_crash.py" in shown[0]
    assert shown[0] in log


def test_an_error_of_another_thread_is_shown_in_the_window(hook, shown, qtbot):
    def fail():
        raise ValueError("elsewhere")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))

    assert "elsewhere" in shown[0]


def test_the_cause_is_described_too(hook, shown):
    try:
        try:
            raise KeyError("inner")
        except KeyError as error:
            raise ValueError("outer") from error
    except ValueError as error:
        fail_in_a_slot(error)

    assert "outer" in shown[0]
    assert "inner" in shown[0]


def test_a_crash_while_the_dialog_is_open_is_only_logged(hook, tmp_path):
    hook.show = lambda description: hook.report("the second")

    hook.report("the first")

    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert "the first" in log
    assert "the second" in log


def test_the_last_error_keeps_no_widget_alive(hook, shown):
    fail_in_a_slot(ValueError("x"))

    assert not hasattr(sys, "last_value")
    assert not hasattr(sys, "last_traceback")


def test_the_report_holds_log_and_versions_and_nobody(hook, tmp_path, qtbot, monkeypatch):
    (tmp_path / "log.txt").write_text("选民郭凤琴 13804720156\n", encoding="utf-8")
    to = tmp_path / "问题报告.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(to), ""))
    dialog = CrashDialog("builtins.ValueError: x", tmp_path / "log.txt")
    qtbot.addWidget(dialog)

    dialog._save()

    with zipfile.ZipFile(to) as report:
        told = {name: report.read(name).decode() for name in report.namelist()}
    assert set(told) == {"versions.txt", "error.txt", "log.txt"}
    assert "Python 3." in told["versions.txt"]
    assert told["log.txt"] == "□ #\n"


def test_a_report_that_cannot_be_written_is_a_sentence(tmp_path, qtbot, monkeypatch):
    to = str(tmp_path / "missing" / "x.zip")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (to, ""))
    dialog = CrashDialog("x", tmp_path / "log.txt")
    qtbot.addWidget(dialog)

    with pytest.raises(UserError, match="问题报告没有保存成功"):
        dialog._save()


def test_a_long_log_begins_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())
    (tmp_path / "log.txt").write_bytes(b"x" * (crash.LOG_LIMIT + 1))

    crash.start_log(tmp_path)

    assert (tmp_path / "log.txt").stat().st_size < 1000
    assert (tmp_path / "log.old.txt").stat().st_size > crash.LOG_LIMIT


def test_a_form_out_of_sight_does_not_swallow_the_sentence(shown_errors):
    class Hidden:
        def show_field_error(self, name, sentence):
            return False

    form = Hidden()
    messages.expect_errors_at(form)
    messages.show_error(FieldError("topic", "请填写主题。"))

    assert shown_errors == ["请填写主题。"]
