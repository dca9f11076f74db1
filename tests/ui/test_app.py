"""The start of the program, as the office meets it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk import app as start
from deputydesk.app import Start
from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import backup, joining, receiving, sending
from deputydesk.operations import offices, partners, sign_in, units
from deputydesk.progress import SILENT
from deputydesk.ui import closing, command_line, last_look, messages, sample_office, style, tasks
from deputydesk.ui.command_line import DATA, Wanted
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs import first_run
from deputydesk.ui.dialogs.first_run import Answers, FirstRun
from deputydesk.ui.form import FormDialog
from deputydesk.ui.one_window import OneWindow
from deputydesk.ui.opening import AfterPaint
from deputydesk.ui.pages.sticks import RECEIVING
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.screen_lock import ScreenLock
from deputydesk.ui.sign_in import SignIn
from deputydesk.ui.tour import Tour
from tests import make
from tests.exchange import carriers
from tests.ui import hands

WORDS = "three-horses"


@pytest.fixture(autouse=True)
def no_fault_file(monkeypatch):
    """Faults of the test run itself are pytest's to write."""
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())


@pytest.fixture
def begin(qtbot, tmp_path, monkeypatch):
    """Start the program on a folder, as `run` does."""

    def begun(*, answers=None, folder: Path = tmp_path / "data", is_demo=False):
        monkeypatch.setattr(first_run, "ask", lambda *args: answers)
        desk = Desk(folder, make.at(), Preferences.load(folder))
        wanted = Wanted(folder, folder / DATA, is_demo=is_demo)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        started = Start(app, desk, wanted, OneWindow(folder))
        is_shown = started.begin()
        if is_shown:
            qtbot.addWidget(started._window)
        return started if is_shown else None

    return begun


ANSWERS = Answers(
    is_demo=False,
    kind="sumu",
    name="吉忽伦图苏木",
    district="石拐区",
    code="SG07",
    operator="乌云其木格",
)


def test_a_first_run_makes_the_office_that_was_described(begin, qtbot, tmp_path):
    started = begin(answers=ANSWERS)
    qtbot.waitUntil(lambda: started._desk.is_ready, timeout=20_000)

    profile = started._desk.ask(offices.profile)
    assert profile.organ.short == "吉忽伦图苏木人大主席团"
    assert started._desk.office.code == "SG07"
    assert started._desk.office.user.name == "乌云其木格"
    assert started._window.page.title == "工作台"
    started.end()
    assert len(list((tmp_path / "data" / "backups").glob("*-close.db"))) == 1


def test_the_tour_follows_the_first_questions_and_is_not_shown_again(begin, qtbot, tmp_path):
    started = begin(answers=ANSWERS)
    qtbot.waitUntil(lambda: bool(started._window.findChildren(Tour)), timeout=20_000)
    [tour] = started._window.findChildren(Tour)
    tour.end()
    started.end()
    started._window.close()

    again = begin()
    qtbot.waitUntil(lambda: again._desk.is_ready, timeout=20_000)
    qtbot.wait(0)
    again.end()

    assert Preferences.load(tmp_path / "data").toured
    assert again._window.findChildren(Tour) == []


def test_the_sample_office_says_so_and_goes_away_whole(
    begin, demo_file, qtbot, tmp_path, monkeypatch
):
    started = []
    monkeypatch.setattr(sample_office, "start_program", lambda *told: started.append(told))
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: True)
    folder = tmp_path / "data" / "demo"
    shutil.copytree(demo_file.parent, folder)
    (folder / "office.db.lock").unlink(missing_ok=True)
    begun = begin(folder=folder, is_demo=True)
    qtbot.waitUntil(lambda: begun._desk.is_ready, timeout=20_000)
    title = begun._window.windowTitle()
    begun._sample.banner.remove.click()
    begun.end()

    assert title.startswith("示范单位")
    assert begun._desk.is_sample
    assert not folder.exists()
    assert started == [("--data", str(tmp_path / "data" / "office.db"))]


@pytest.fixture
def join_file(tmp_path):
    """What the first PC of an office wrote."""
    first = carriers.created(tmp_path / "first", "T1")
    make.profile(first, name="五当召镇")
    path = joining.write(first, tmp_path, WORDS)
    (tmp_path / "stick").mkdir()
    sending.send(first, "T1", tmp_path / "stick")
    first.close()
    return path


def test_the_second_pc_joins_and_is_shown_where_to_take_the_stick_in(
    begin, join_file, qtbot, tmp_path
):
    answers = Answers(is_demo=False, operator="李强", joined=joining.read(join_file, WORDS))

    started = begin(answers=answers)
    qtbot.waitUntil(lambda: started._desk.is_ready, timeout=20_000)
    qtbot.waitUntil(lambda: started._window.page.title == "U盘交换", timeout=20_000)

    office = started._desk.office
    assert (office.code, office.user.name) == ("T1", "李强")
    assert started._window.page.chips.chosen() == RECEIVING
    (stick,) = (tmp_path / "stick").glob("*.ddb")
    receiving.receive(office, stick)
    assert started._desk.ask(offices.profile).name == "五当召镇"
    started.end()


def test_questions_that_are_not_answered_leave_nothing(begin, tmp_path):
    assert begin(answers=None) is None
    assert not (tmp_path / "data" / "office.db").exists()


def test_the_next_start_shows_at_once_what_was_shown_last(begin, qtbot, tmp_path):
    first = begin(answers=ANSWERS)
    qtbot.waitUntil(lambda: first._desk.is_ready, timeout=20_000)
    first._window.go("today")
    first.end()
    first._window.close()

    second = begin()
    at_once = (second._desk.is_ready, second._window.page._shown.subtitle)
    qtbot.waitUntil(lambda: second._desk.is_ready, timeout=20_000)
    second.end()

    assert at_once == (False, "2026 年 · 截至 11 月 23 日")
    kept = last_look.read(tmp_path / "data")
    assert kept.organ.endswith("主席团")
    assert {"today", "visits"} <= set(kept.named)
    assert second._desk.office.user.name == "乌云其木格"


def test_data_that_was_set_back_writes_under_a_new_name_and_else_keeps_its_own(tmp_path):
    wanted = Wanted(tmp_path / "data", tmp_path / "data" / DATA)
    names = []
    for number in range(3):
        if number == 0:
            arrival = start._created(wanted, make.at(), ANSWERS, SILENT)
        else:
            arrival = start._opened(wanted, make.at(), "乌云其木格")
        assert not isinstance(arrival, UserError)
        office, _ = arrival
        names.append(office.ask(partners.myself)[1])
        if number == 0:
            shutil.copyfile(wanted.target, tmp_path / "old.db")
        office.do(units.add, name=f"单位{number}")
        closing.back_up(office)
        office.close()
        if number == 1:
            shutil.copyfile(tmp_path / "old.db", wanted.target)

    assert names[0] == names[1] != names[2]


def test_an_office_open_elsewhere_is_said_and_the_window_closes(
    begin, office, tmp_path, qtbot, shown_errors
):
    started = begin(folder=tmp_path / "office")
    qtbot.waitUntil(lambda: bool(shown_errors), timeout=20_000)

    assert shown_errors[0].startswith("数据文件已在别处打开（")
    qtbot.waitUntil(lambda: not started._window.isVisible())
    started.end()


def test_a_backup_that_cannot_be_made_is_said_at_the_end(
    begin, office, tmp_path, qtbot, shown_errors
):
    office.close()
    (tmp_path / "office" / "backups").write_text("in the way", encoding="utf-8")
    started = begin(folder=tmp_path / "office")
    qtbot.waitUntil(lambda: started._desk.is_ready, timeout=20_000)

    started.end()

    assert len(shown_errors) == 1
    assert "backups" in shown_errors[0]


@pytest.fixture
def damaged(office, tmp_path):
    """The office's own data, damaged, with a good backup and a newer bad one beside it."""
    office.do(units.add, name="水务局")
    made = backup.back_up(office)
    data = tmp_path / "data" / DATA
    folder = data.parent / "backups"
    folder.mkdir(parents=True)
    shutil.copyfile(made, folder / "office-20261120-170000-close.db")
    (folder / "office-20261121-170000-close.db").write_bytes(b"nothing" * 900)
    data.write_bytes(b"no data any more" * 900)
    return data


def closed(started, qtbot):
    qtbot.waitUntil(lambda: not started._window.isVisible(), timeout=20_000)


@pytest.mark.parametrize("is_wanted", [True, False])
def test_damaged_data_is_not_touched_and_the_newest_good_backup_is_offered(
    begin, damaged, qtbot, monkeypatch, is_wanted
):
    before, asked = damaged.read_bytes(), []
    monkeypatch.setattr(messages, "confirm", lambda *said, **_: asked.append(said) or is_wanted)

    started = begin()
    if is_wanted:
        qtbot.waitUntil(lambda: started._desk.is_ready, timeout=20_000)
        names = [row.name for row in started._desk.ask(units.rows)]
        started.end()
        assert names == ["水务局"]
        kept = list((damaged.parent / "backups").glob("*-restore.db"))
        assert [path.read_bytes() for path in kept] == [before]
    else:
        closed(started, qtbot)
        assert damaged.read_bytes() == before
    assert "要恢复 2026-11-20 17:00 的备份吗" in asked[0][0]


def test_damaged_data_without_a_good_backup_is_told_of(begin, damaged, qtbot, shown_errors):
    (damaged.parent / "backups" / "office-20261120-170000-close.db").unlink()

    started = begin()
    closed(started, qtbot)

    assert "已损坏，没有改动它" in shown_errors[0]


def test_a_backup_that_cannot_be_put_back_is_told_of(
    begin, damaged, qtbot, monkeypatch, shown_errors
):
    def refuse(*_, **__):
        raise UserError("磁盘已满。")

    monkeypatch.setattr(backup, "restore", refuse)
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: True)

    started = begin()
    closed(started, qtbot)

    assert shown_errors == ["磁盘已满。"]


def test_what_was_shown_last_may_be_damaged(begin, office, tmp_path, qtbot):
    office.close()
    (tmp_path / "office" / "last.json").write_text('{"page": {"subtitle": 3}}', encoding="utf-8")
    started = begin(folder=tmp_path / "office")
    qtbot.waitUntil(lambda: started._desk.is_ready, timeout=20_000)

    assert started._window.page._shown.subtitle.startswith("2026 年")
    started.end()


def test_cancelling_the_demo_leaves_nothing_and_closes(begin, tmp_path, qtbot):
    started = begin(is_demo=True, folder=tmp_path / "demo")
    qtbot.waitUntil(tasks.is_running)
    tasks.board().running.reject()
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=30_000)

    qtbot.waitUntil(lambda: not started._window.isVisible())
    assert not (tmp_path / "demo" / "office.db").exists()


@pytest.mark.parametrize(
    ("argv", "target"),
    [
        ([], "office.db"),
        (["--demo"], "demo/office.db"),
        (["--demo", "--own", "-"], "demo/office.db"),
        (["--data", "somewhere/x.db"], None),
        (["--data", "postgresql://localhost/desk"], None),
    ],
)
def test_the_command_line_says_which_office(argv, target, tmp_path, monkeypatch):
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    wanted = command_line.read(argv)

    if target:
        assert wanted.target == tmp_path / target
    elif argv[1].startswith("postgresql"):
        assert (wanted.target, wanted.folder) == (argv[1], tmp_path)
    else:
        assert wanted.target == tmp_path / "somewhere" / "x.db"
        assert wanted.folder == tmp_path / "somewhere"


def test_the_sample_office_lies_beside_the_own_data(tmp_path):
    wanted = command_line.read(["--demo", "--own", str(tmp_path / "x.db")])

    assert wanted.folder == tmp_path / "demo"
    assert (wanted.home, wanted.own_data) == (tmp_path, tmp_path / "x.db")
    assert command_line.read(["--demo", "--own", "-"]).own_data is None


@pytest.mark.parametrize("more", [[], ["--demo"], ["--data", "postgresql://x/y"]])
def test_who_asks_for_a_backup_gets_no_window_whatever_the_data(more):
    assert command_line.read(["--backup", *more]).is_backup


def test_the_window_can_be_imported_without_sqlalchemy():
    code = (
        "import sys, deputydesk.app, deputydesk.ui.pages.today; "
        "print([m for m in ('sqlalchemy', 'reportlab', 'openpyxl') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env=dict(os.environ, PYTHONPATH=str(Path(start.__file__).parents[1])),
    )

    assert told.stdout.strip() == "[]"


class TestQuestions:
    @pytest.fixture
    def dialog(self, qtbot, tmp_path):
        desk = Desk(tmp_path, make.at(), Preferences())
        self.sizes = []
        made = FirstRun(desk, "ABC123", self.sizes.append)
        qtbot.addWidget(made)
        made.show()
        return made

    def test_answers_are_what_was_written(self, dialog):
        for name, text in (("name", "五当召镇"), ("district", "石拐区"), ("operator", "张丽")):
            hands.write(dialog._form.field(name).control, text)
        dialog._form.save_next.emit()

        assert dialog.answers == Answers(
            is_demo=False,
            kind="town",
            name="五当召镇",
            district="石拐区",
            code="ABC123",
            operator="张丽",
        )

    def test_enter_goes_through_the_three_questions_and_begins(self, dialog, qtbot):
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        at = []
        for text in ("", "五当召镇", "石拐区", "张丽", "", "", ""):
            here = dialog.focusWidget()
            at.append(here.accessibleName().partition("（")[0])
            if text:
                hands.write(here, text)
            hands.press(here, Qt.Key.Key_Return)

        assert at[:3] == ["单位类型", "单位名称", "所属旗县区"]  # a code is proposed: it is known
        assert at[3:5] == ["姓名", "字号"]
        assert at[5].startswith("给数据加密")
        assert at[6] == "开始使用"
        assert dialog.answers.name == "五当召镇"

    def test_what_is_missing_is_said_at_its_field(self, dialog, shown_errors):
        dialog._form.save_next.emit()

        assert dialog.answers is None
        assert dialog._form.field("name").error() == "请填写单位名称。"
        assert shown_errors == []

    def test_a_code_that_cannot_be_is_said(self, dialog):
        for name in ("name", "district", "operator"):
            hands.write(dialog._form.field(name).control, "五")
        dialog._form.set_values({"code": "代码"})
        dialog._form.save_next.emit()

        assert dialog._form.field("code").error() == "代码是1到12个字母或数字。"

    def test_a_district_has_none_above_it(self, dialog):
        dialog._form.field("kind").control.setCurrentIndex(4)

        assert not dialog._form.field("district").isEnabled()

    def test_the_demo_needs_no_answers(self, dialog):
        dialog._demo.click()
        dialog._form.save_next.emit()

        assert dialog.answers == Answers(is_demo=True)

    def test_the_second_pc_asks_for_the_join_file_and_a_name_only(
        self, dialog, join_file, qtbot, monkeypatch
    ):
        monkeypatch.setattr(messages, "ask_file_to_open", lambda *_: join_file)
        dialog._join.click()
        [asked] = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
        asked.form.set_values({"words": "horse-and-well"})
        with pytest.raises(FieldError, match="口令不对"):
            asked._save(**asked.form.values())
        asked.form.set_values({"words": WORDS})
        asked.save()

        assert dialog._form.field("code").value() == "T1"
        assert not dialog._form.field("code").isEnabled()
        with pytest.raises(FieldError, match="您的姓名"):
            dialog._begin()
        hands.write(dialog._form.field("operator").control, "李强")
        dialog._form.save_next.emit()
        assert dialog.answers.joined.office == "T1"
        assert dialog.answers.operator == "李强"

    @pytest.mark.parametrize("has_file", [True, False])
    def test_who_leaves_off_joining_registers_the_office(
        self, dialog, join_file, monkeypatch, has_file
    ):
        chosen = join_file if has_file else None
        monkeypatch.setattr(messages, "ask_file_to_open", lambda *_: chosen)

        dialog._join.click()
        for asked in QApplication.topLevelWidgets():
            if isinstance(asked, FormDialog) and asked.isVisible():
                asked.reject()

        assert dialog._own.isChecked()
        assert dialog._form.field("code").isEnabled()

    def test_the_text_grows_at_once(self, dialog):
        dialog._form.field("scale").control.setCurrentIndex(2)

        assert self.sizes == [1.5]
        assert style.scale() == 1.0


def test_paint_is_waited_for(qtbot):
    from PySide6.QtWidgets import QWidget

    window, painted = QWidget(), []
    qtbot.addWidget(window)
    kept = AfterPaint(window, lambda: painted.append(1))
    window.show()
    qtbot.waitUntil(lambda: painted == [1])

    assert kept.parent() is window


def signing_in(office, tmp_path):
    """An office in which one signs in, closed, with what its window showed before."""
    sign_in.turn_on(office, "乌兰", "three-horses")
    office.close()
    return tmp_path / "office"


def test_nothing_is_shown_before_somebody_signs_in_and_nothing_is_kept_for_the_next_start(
    begin, office, tmp_path, qtbot, monkeypatch
):
    seen = []

    def come(dialog):
        seen.append((started._desk.is_ready, started._window.page.is_stale))
        dialog.form.set_values({"name": "乌兰", "password": "three-horses"})
        dialog.enter.click()
        return dialog.result()

    monkeypatch.setattr(SignIn, "exec", come)
    started = begin(folder=signing_in(office, tmp_path))
    qtbot.waitUntil(lambda: started._desk.is_ready, timeout=20_000)

    assert seen[0][0] is False
    assert started._desk.office.user.name == "乌兰"
    assert started._window.findChildren(ScreenLock)
    started.end()
    assert json.loads((tmp_path / "office" / "last.json").read_text())["page"] is None


def test_who_does_not_sign_in_leaves_the_program(begin, office, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(SignIn, "exec", lambda _self: 0)
    started = begin(folder=signing_in(office, tmp_path))

    qtbot.waitUntil(lambda: not started._window.isVisible(), timeout=20_000)
    assert not started._desk.is_ready
    started.end()


def test_a_start_without_accounts_loads_no_cryptography(office):
    office.close()
    code = (
        "import sys; from deputydesk import app; from deputydesk.office import Office, User;"
        "from datetime import datetime; app._import_all();"
        f"made = Office.open({str(office.data.path)!r}, clock=datetime.now, user=User('x'));"
        f"from pathlib import Path; app._read(made, Path({str(office.data.path.parent)!r}));"
        "print([m for m in ('cryptography', 'pyrage', 'zstandard') if m in sys.modules])"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"
