"""Starting the program again brings the open window forward; files from outside are looked at."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from deputydesk import app as start
from deputydesk.errors import UserError
from deputydesk.ui import handed_over, one_window
from deputydesk.ui.desk import Desk
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.one_window import OneWindow
from tests import make


@pytest.fixture
def windows(tmp_path):
    """Claims to the window of one data folder, as programs started one after the other."""
    made = []

    def claimed():
        made.append(OneWindow(tmp_path))
        return made[-1]

    yield claimed
    for one in made:
        one.end()


@pytest.fixture
def open_window(windows):
    """The open window of the folder, and what it was asked for."""
    only = windows()
    only.heard = []
    only.asked.connect(only.heard.append)
    only.listen()
    return only


def test_the_first_start_shows_a_window_and_leaves_nothing_behind_if_it_is_given_up(tmp_path):
    only = OneWindow(tmp_path / "data")

    assert only.claim(())
    only.end()
    assert list(tmp_path.iterdir()) == []


def test_a_second_start_brings_the_open_window_forward_with_its_files(
    windows, open_window, tmp_path
):
    file = tmp_path / "交换 文件.ddb"

    assert not windows().claim((file,))
    assert open_window.heard == [[file]]
    assert [path.name for path in (tmp_path / "window").iterdir()] == ["lock"]


def test_after_the_window_is_closed_the_next_start_shows_its_own(windows, open_window):
    open_window.end()

    assert windows().claim(())


def test_a_window_that_does_not_answer_keeps_nobody_from_the_sentence_of_the_lock(
    windows, open_window, monkeypatch, tmp_path
):
    monkeypatch.setattr(one_window, "WAIT_MS", 50)
    open_window._watcher.removePath(str(tmp_path / "window"))

    assert windows().claim(())
    assert list((tmp_path / "window").glob("ask*")) == []


def test_what_is_asked_before_the_window_is_there_is_heard_when_it_is(windows, tmp_path):
    only = windows()
    heard = []
    only.asked.connect(heard.append)
    (tmp_path / "window").mkdir()
    (tmp_path / "window" / "ask-7.json").write_text(json.dumps(["x.ddb"]))
    (tmp_path / "window" / "ask-8.json").write_text("{")
    (tmp_path / "window" / "ask-9.json").write_text("[5]")

    only.listen()
    only.listen()

    assert heard == [[Path("x.ddb")]]


def test_a_folder_that_cannot_be_written_keeps_nobody_away(windows, tmp_path, monkeypatch):
    (tmp_path / "window").write_text("a file in the place of the folder")
    blocked = windows()

    assert blocked.claim(())
    blocked.listen()
    assert blocked._watcher is None


def test_a_lock_that_cannot_be_made_keeps_nobody_away(windows, tmp_path):
    (tmp_path / "window" / "lock").mkdir(parents=True)
    (tmp_path / "window" / "lock" / "x").touch()
    blocked = windows()

    assert blocked.claim(())
    blocked.listen()
    assert blocked._watcher is None


def test_a_second_start_that_cannot_ask_goes_on(windows, open_window, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError

    monkeypatch.setattr(Path, "write_text", refuse)

    assert windows().claim(())


def test_a_window_that_turns_to_the_sample_office_leaves_the_own_data_free(
    windows, open_window, tmp_path
):
    (tmp_path / "demo").mkdir()
    open_window.move(tmp_path / "demo")
    open_window.listen()

    assert windows().claim(())
    assert (tmp_path / "demo" / "window" / "lock").exists()


def test_another_program_that_starts_meets_the_open_window(open_window, tmp_path, qtbot):
    code = (
        "import sys\n"
        "from deputydesk import app\n"
        "sys.exit(app.run(['--data', sys.argv[1], '--import', sys.argv[2]]))"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "office.db"), "来.ddb"],
        env={**os.environ, "DEPUTYDESK_DATA": str(tmp_path)},
    )
    qtbot.waitUntil(lambda: bool(open_window.heard), timeout=60_000)

    assert other.wait(60) == 0
    assert open_window.heard == [[Path.cwd() / "来.ddb"]]


# ------------------------------------------------------------------ files from outside


@pytest.fixture
def window(office, qtbot):
    desk = Desk(office.data.path.parent, make.at())
    made = MainWindow(desk)
    qtbot.addWidget(made)
    desk.attach(office)
    made.show()
    return made


def test_a_bundle_opened_from_outside_is_looked_at_and_not_taken_in(window, qtbot, tmp_path):
    file = tmp_path / "坏的.ddb"
    file.write_bytes(b"no bundle")

    handed_over.come_forward(window)
    handed_over.look_at(window, [file])

    receiving = window.page.receiving
    qtbot.waitUntil(lambda: receiving.table.rows.rowCount() == 1, timeout=20_000)
    assert window.at == "sticks"
    assert window.page.chips.group.checkedButton().text() == "收取"
    assert receiving.table.rows.rows()[0].received is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("名册.xlsx", "“名册.xlsx”不是交换文件。"), ("没有.ddb", "请插好U盘")],
)
def test_what_is_no_bundle_or_gone_is_said(window, tmp_path, name, sentence):
    with pytest.raises(UserError, match=sentence):
        handed_over.look_at(window, [tmp_path / name])

    assert window.at == "today"


def test_a_bundle_does_not_come_between_what_is_being_done(window, tmp_path):
    (tmp_path / "x.ddb").touch()
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()

    with pytest.raises(UserError, match="还没有做完"):
        handed_over.look_at(window, [tmp_path / "x.ddb"])

    assert window.at == "today"
    dialog.close()


def test_a_drive_that_is_gone_is_said_and_no_new_office_is_offered(monkeypatch, shown_errors):
    monkeypatch.setattr(start.Wanted, "lost_drive", "E:\\")
    monkeypatch.setattr(start, "QApplication", lambda _: None)
    for name in ("Collector", "speak_chinese"):
        monkeypatch.setattr(start, name, lambda *_: None)
    monkeypatch.setattr(start.crash, "install", lambda *_: None)
    monkeypatch.setattr(start.restyling, "show", lambda *_: None)
    monkeypatch.setattr(start.restyling, "SystemLook", lambda *_: None)

    assert start.run([]) == 1
    assert shown_errors == ["找不到磁盘“E:\\”，数据在那里。请插好U盘或移动硬盘，再打开程序。"]


def test_a_lock_left_by_another_pc_is_forgotten_when_nobody_answers(windows, monkeypatch, tmp_path):
    monkeypatch.setattr(one_window, "WAIT_MS", 50)
    (tmp_path / "window").mkdir()
    (tmp_path / "window" / "lock").write_text("12345\ndeputydesk\nanother-pc\n", encoding="utf-8")
    only, heard = windows(), []
    only.asked.connect(heard.append)

    assert only.claim(())
    only.listen()

    assert not windows().claim(())
    assert heard == [[]]


def test_what_a_scanner_holds_is_taken_a_little_later(open_window, monkeypatch, tmp_path, qtbot):
    monkeypatch.setattr(one_window, "AGAIN_MS", 20)
    unlink, times = Path.unlink, []

    def held_once(file, **more):
        times.append(file.name)
        if len(times) == 1:
            raise PermissionError(13, "held by a scanner")
        unlink(file, **more)

    monkeypatch.setattr(Path, "unlink", held_once)
    with qtbot.waitSignal(open_window.asked):
        (tmp_path / "window" / "ask-1.part").write_text("[]", encoding="utf-8")
        (tmp_path / "window" / "ask-1.part").replace(tmp_path / "window" / "ask-1.json")

    assert open_window.heard == [[]]
