"""A trial run writes how the program does on this PC, and ends by itself."""

import json
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from deputydesk import app as start
from deputydesk.ui import messages, smoke
from deputydesk.ui.command_line import Wanted
from deputydesk.ui.desk import Desk
from deputydesk.ui.smoke import Smoke
from deputydesk.ui.tasks import board
from tests import make
from tests.reports.judge import text_of


def test_a_trial_opens_every_page_prints_and_writes_down_that_all_is_well(
    demo_file, tmp_path, qtbot
):
    folder = tmp_path / "试 运行"
    shutil.copytree(demo_file.parent, folder / "demo")
    (folder / "demo" / "office.db.lock").unlink(missing_ok=True)
    code = "import sys; from deputydesk import app; sys.exit(app.run(['--smoke', sys.argv[1]]))"

    ended = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        check=False,
        env={**os.environ, "DEPUTYDESK_DATA": str(tmp_path / "own")},
        text=True,
    )

    told = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert (ended.returncode, told["said"]) == (0, "一切正常。"), ended.stderr
    assert told["ok"]
    assert told["organ"].endswith("委员会")
    assert len(told["pages"]) > 10
    assert told["modules"] > 300
    assert "人大代表履职报告" in text_of(folder / "form.pdf")[0]
    for picture in ("window.png", "form.png"):
        assert (folder / picture).stat().st_size > 10_000
    assert not (tmp_path / "own").exists()


@pytest.fixture
def trial(office, tmp_path, monkeypatch):
    """A trial, looked round by hand."""
    monkeypatch.setattr(smoke.QApplication, "exit", lambda _: None)
    monkeypatch.setattr(smoke, "LOOK_MS", 1_000_000)
    desk = Desk(tmp_path, make.at())
    made = Smoke(desk, tmp_path / "out")
    yield made
    made._look.stop()


def told(trial):
    code = trial.end()
    return code, json.loads((trial._folder / "result.json").read_text(encoding="utf-8"))["said"]


def test_a_message_that_nobody_would_answer_ends_the_trial_and_is_written_down(trial, qtbot):
    box = messages._box(messages.QMessageBox.Icon.Warning, "磁盘已满。", "请清理。")
    qtbot.addWidget(box)
    box.show()

    trial._look_round()

    assert told(trial) == (1, "磁盘已满。请清理。")


def test_any_other_question_is_told_by_its_title(trial, qtbot):
    dialog = smoke.QDialog()
    dialog.setWindowTitle("程序出错")
    qtbot.addWidget(dialog)
    dialog.show()

    trial._look_round()

    assert told(trial) == (1, "程序出错")


def test_a_trial_that_takes_too_long_is_given_up(trial, monkeypatch):
    trial._look_round()
    monkeypatch.setattr(smoke, "LONGEST_S", -1)

    trial._look_round()

    assert told(trial) == (1, "用的时间太长。")


def test_a_trial_waits_as_long_as_its_task_goes_on_and_no_longer(trial, monkeypatch):
    now = [trial._went_on]
    monkeypatch.setattr(smoke, "time", SimpleNamespace(perf_counter=lambda: now[0]))
    for done in range(3):
        now[0] += smoke.LONGEST_S - 1
        board().went_on.emit(f"正在建立示范单位：{done} / 3，还要约{done}分钟")
        trial._look_round()
    assert trial._look.isActive()

    for minutes in range(3):  # only the time that is left is counted anew
        now[0] += smoke.LONGEST_S - 1
        board().went_on.emit(f"正在建立示范单位：2 / 3，还要约{minutes}分钟")
    trial._look_round()

    assert told(trial) == (1, "用的时间太长。")


def test_a_window_closed_too_early_is_no_success(trial):
    assert told(trial) == (1, "程序没有开完。")


def test_the_program_makes_a_trial_only_when_asked(tmp_path, office):
    desk = Desk(tmp_path, make.at())

    assert start._trial(desk, Wanted(tmp_path, tmp_path / "x.db")) is None
    made = start._trial(desk, Wanted(tmp_path, tmp_path / "x.db", smoke=tmp_path))
    assert isinstance(made, Smoke)
    made._look.stop()
