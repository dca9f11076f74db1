"""Encrypted data at the window: the password, the first start, and what may not lie in clear."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from deputydesk.app import Start
from deputydesk.database import data_keys, key_files
from deputydesk.errors import Cancelled
from deputydesk.exchange import backup, erased_views
from deputydesk.operations import units
from deputydesk.paths import key_file
from deputydesk.rules import paper_keys
from deputydesk.security import paper_key, veil
from deputydesk.ui import (
    backup_view,
    closing,
    days_ahead,
    list_memory,
    messages,
    tasks,
    unlock,
)
from deputydesk.ui.command_line import DATA, Wanted
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs import first_run
from deputydesk.ui.dialogs.first_run import Answers, FirstRun
from deputydesk.ui.dialogs.paper_key import PaperKey
from deputydesk.ui.drafts import Drafts
from deputydesk.ui.encryption_card import LOCKED, NO_PAPER, OPEN, STAY, STAY_LOCKED
from deputydesk.ui.form import FormDialog
from deputydesk.ui.list_memory import Layout, View
from deputydesk.ui.one_window import OneWindow
from deputydesk.ui.pages.settings import SettingsPage
from deputydesk.ui.pages.sticks import BACKUPS, SticksPage
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.reopening import Reopening
from deputydesk.ui.restoring import Restoring
from deputydesk.ui.tour import Tour
from deputydesk.ui.unlock import Unlock
from tests import clear_text, locked, make
from tests.ui import hands

NEW = "五谷丰登 2027"
PAPER = "　".join(paper_keys.groups(locked.DIGITS))
WORDS = "请把村口的灯修好"


@pytest.fixture(autouse=True)
def no_fault_file(monkeypatch):
    """Faults of the test run itself are pytest's to write."""
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())


@pytest.fixture
def data(encrypted_file, tmp_path):
    """An encrypted file whose password nobody has given yet."""
    copy = locked.copied(encrypted_file, tmp_path / "data")
    data_keys.unlock(copy, locked.PASSWORD)
    data_keys.set_paper(copy, paper_key.recipient(locked.DIGITS))
    data_keys.forget()
    return copy


@pytest.fixture
def asked(data, tmp_path, qtbot):
    desk = Desk(tmp_path / "data", make.at(), Preferences())
    made = Unlock(None, desk, data, "退出程序")
    qtbot.addWidget(made)
    made.show()
    return made


def open_form(text: str) -> FormDialog:
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in shown if w.isVisible() and w.windowTitle() == text)


def say(text, **values):
    dialog = open_form(text)
    dialog.form.set_values(values)
    dialog.form.save_next.emit()
    return dialog


def settled(qtbot):
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=30_000)
    qtbot.wait(0)


def test_the_password_and_enter_open_the_data(asked, data):
    field = asked.form.field("password").control
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText
    field.setText(locked.PASSWORD)
    hands.press(field, Qt.Key.Key_Return)

    assert asked.result() == QDialog.DialogCode.Accepted
    assert not data_keys.needs_password(data)


def test_a_wrong_password_is_said_at_its_field_which_is_empty_again(asked, data):
    asked.form.field("password").control.setText(NEW)
    asked.enter.click()

    field = asked.form.field("password")
    assert field.error().startswith("密码不对。")
    assert field.value() == ""
    assert asked.isVisible()
    assert data_keys.needs_password(data)


def test_the_paper_gives_a_new_password(asked, data):
    asked.forgot.click()
    dialog = say("用恢复密钥打开数据", paper=PAPER, new=NEW, again=NEW[1:])
    assert dialog.form.field("again").error().startswith("两次输入的密码不一样。")

    say("用恢复密钥打开数据", paper=PAPER, new=NEW, again=NEW)

    assert asked.result() == QDialog.DialogCode.Accepted
    assert data_keys.is_password(data, NEW)


@pytest.fixture
def questions(qtbot, tmp_path):
    made = FirstRun(Desk(tmp_path, make.at(), Preferences()), "ABC123", lambda _: None)
    qtbot.addWidget(made)
    made.show()
    for name, text in (("name", "五当召镇"), ("district", "石拐区"), ("operator", "张丽")):
        hands.write(made._form.field(name).control, text)
    return made


def lock(questions):
    return questions._form.field("lock").control


def test_at_the_first_start_nothing_is_encrypted_unless_one_wants_it(questions):
    assert not lock(questions).isChecked()

    questions._form.save_next.emit()

    assert questions.answers
    assert questions.answers.password == ""


def test_who_wants_it_chooses_a_password_and_reads_what_it_means(questions):
    lock(questions).click()
    questions._form.save_next.emit()
    assert questions.answers is None
    dialog = say("给数据加密", new="短", again="短")
    assert dialog.form.field("new").error().startswith("密码至少8位。")

    say("给数据加密", new=NEW, again=NEW)

    answers = questions.answers
    assert answers
    assert answers.password == NEW
    assert NEW not in repr(answers)


def test_who_thinks_better_of_it_is_still_at_the_questions(questions):
    lock(questions).click()
    questions._form.save_next.emit()

    open_form("给数据加密").reject()

    assert questions.answers is None
    assert questions.isVisible()


ANSWERS = Answers(
    is_demo=False,
    kind="sumu",
    name="吉忽伦图苏木",
    district="石拐区",
    code="SG07",
    operator="乌云其木格",
)


@pytest.fixture
def begin(qtbot, tmp_path, monkeypatch):
    def begun(answers=None, folder: Path = tmp_path / "data"):
        monkeypatch.setattr(first_run, "ask", lambda *_: answers)
        desk = Desk(folder, make.at(), Preferences.load(folder))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        started = Start(app, desk, Wanted(folder, folder / DATA), OneWindow(folder))
        if not started.begin():
            return None
        qtbot.addWidget(started._window)
        return started

    return begun


def typing(monkeypatch, *passwords):
    """What is typed when the password is asked for, once per time; empty: one gives up."""
    left = list(passwords)

    def answer(dialog):
        word = left.pop(0)
        if not word:
            dialog.reject()
            return 0
        dialog.form.field("password").control.setText(word)
        dialog.enter.click()
        return dialog.result()

    monkeypatch.setattr(Unlock, "exec", answer)
    return left


def test_a_day_at_an_encrypted_office_leaves_nothing_in_clear(begin, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: True)
    folder = tmp_path / "data"
    started = begin(replace(ANSWERS, password=locked.PASSWORD))
    qtbot.waitUntil(lambda: bool(started._window.findChildren(PaperKey)), timeout=30_000)
    [paper] = started._window.findChildren(PaperKey)
    for place, line in zip(paper.asked, paper.typed, strict=True):
        line.setText(paper.groups[place])
    paper.finish.click()
    qtbot.waitUntil(lambda: bool(started._window.findChildren(Tour)), timeout=30_000)
    started._desk.do(units.add, name=WORDS)
    drafts = Drafts(folder / "drafts", "visit")
    assert drafts.keep("", {"topic": WORDS}, make.NOW)
    started.end()
    started._window.close()

    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert WORDS.encode() not in content, file
        assert WORDS.encode("unicode-escape") not in content, file
    assert len(list((folder / "backups").glob("*-close.db.key"))) == 1
    assert not (folder / days_ahead.FILE).exists()
    assert drafts.find("").values == {"topic": WORDS}
    assert data_keys.paper_of(folder / DATA)

    data_keys.forget()
    veil.hang(None)
    assert drafts.find("") is None
    left = typing(monkeypatch, locked.PASSWORD)
    again = begin()
    qtbot.waitUntil(lambda: again._desk.is_ready, timeout=30_000)
    assert [row.name for row in again._desk.ask(units.rows)] == [WORDS]
    assert drafts.find("").values == {"topic": WORDS}
    assert left == []
    again.end()


def test_who_gives_up_sees_no_window(begin, data, monkeypatch):
    typing(monkeypatch, "")

    assert begin() is None
    assert data_keys.needs_password(data)


def test_with_the_key_file_lost_the_password_is_asked_for_all_the_same(
    begin, data, qtbot, monkeypatch
):
    data_keys.unlock(data, locked.PASSWORD)
    from deputydesk.office import Office

    office = Office.open(data, clock=make.at(), user=make.CLERK)
    backup.back_up(office)
    office.close()
    key_file(data).unlink()
    data_keys.forget()
    left = typing(monkeypatch, locked.PASSWORD)

    started = begin()
    qtbot.waitUntil(lambda: started._desk.is_ready, timeout=30_000)

    assert left == []
    assert key_file(data).exists()
    started.end()


def test_with_the_key_file_lost_who_gives_up_sees_nothing(
    begin, data, qtbot, monkeypatch, shown_errors
):
    kept = data.parent / "backups" / "office-20260101-090000-hand.db.key"
    kept.parent.mkdir()
    key_file(data).rename(kept)
    typing(monkeypatch, "")

    started = begin()
    qtbot.waitUntil(lambda: not started._window.isVisible(), timeout=30_000)

    assert shown_errors == []
    started.end()


def test_damage_of_an_encrypted_file_is_not_called_a_wrong_password(
    begin, data, qtbot, monkeypatch, shown_errors
):
    content = bytearray(data.read_bytes())
    content[9000] ^= 1
    data.write_bytes(content)
    typing(monkeypatch, locked.PASSWORD)

    started = begin()
    qtbot.waitUntil(lambda: bool(shown_errors), timeout=30_000)

    assert "已损坏" in shown_errors[0]
    started.end()


@pytest.fixture
def page(desk, qtbot):
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.read_again()
    yield made
    if desk.is_ready:
        desk.office.close()


def test_an_office_is_encrypted_in_the_settings_changed_and_opened_again(
    page, desk, qtbot, monkeypatch
):
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: True)
    card, data = page.encryption, desk.office.data.path
    assert card.state.text() == OPEN
    Drafts(desk.folder / "drafts", "visit").keep("", {"topic": WORDS}, make.NOW)

    card.turn_on.click()
    say("给数据加密", new=locked.PASSWORD, again=locked.PASSWORD)
    settled(qtbot)
    assert data_keys.is_encrypted(data)
    assert WORDS not in next((desk.folder / "drafts").iterdir()).read_text("utf-8")
    assert Drafts(desk.folder / "drafts", "visit").find("").values == {"topic": WORDS}
    assert card.state.text() == LOCKED + NO_PAPER
    [paper] = page.findChildren(PaperKey)
    for place, line in zip(paper.asked, paper.typed, strict=True):
        line.setText(paper.groups[place])
    paper.finish.click()
    assert card.state.text() == LOCKED

    card.change.click()
    say("修改数据密码", old=locked.PASSWORD, new=NEW, again=NEW)
    assert data_keys.is_password(data, NEW)

    card.turn_off.click()
    dialog = say("取消加密", password=locked.PASSWORD)
    assert dialog.form.field("password").error().startswith("密码不对。")
    say("取消加密", password=NEW)
    settled(qtbot)
    assert not data_keys.is_encrypted(data)
    assert card.state.text() == OPEN
    assert not veil.is_hung()
    assert Drafts(desk.folder / "drafts", "visit").find("").values == {"topic": WORDS}


def test_an_encrypted_backup_put_back_seals_at_once_what_lies_beside(
    desk, qtbot, encrypted_file, tmp_path
):
    source = locked.copied(encrypted_file, tmp_path / "stick")
    data_keys.unlock(source, locked.PASSWORD)
    drafts = Drafts(desk.folder / "drafts", "visit")
    drafts.keep("", {"topic": WORDS}, make.NOW)
    (desk.folder / "days.json").write_text(WORDS, encoding="utf-8")
    page = QWidget()
    qtbot.addWidget(page)
    putting = Restoring(page, desk)

    with qtbot.waitSignal(putting.restored, timeout=30_000):
        putting.start(source)

    assert data_keys.is_encrypted(desk.office.data.path)
    assert veil.is_hung()
    assert not (desk.folder / "days.json").exists()
    assert WORDS not in drafts._file("").read_text("utf-8")
    assert drafts.find("").values == {"topic": WORDS}
    desk.office.close()


def test_closing_encrypts_the_backups_that_a_power_cut_left_open(page, desk, qtbot, monkeypatch):
    monkeypatch.setattr(PaperKey, "open", lambda _: None)
    made = backup.back_up(desk.office)
    plain = made.read_bytes()
    page.encryption.turn_on.click()
    say("给数据加密", new=NEW, again=NEW)
    settled(qtbot)
    made.write_bytes(plain)
    page.encryption.refresh()
    assert page.encryption.state.text() == LOCKED + STAY.format(1) + NO_PAPER

    closing.back_up(desk.office)

    assert not made.read_bytes().startswith(key_files.MAGIC)
    page.encryption.refresh()
    assert page.encryption.state.text() == LOCKED + NO_PAPER


def test_with_every_file_of_keys_lost_that_is_said_and_no_password_asked_for(
    begin, data, qtbot, shown_errors
):
    key_file(data).write_text("{}", encoding="utf-8")

    started = begin()
    qtbot.waitUntil(lambda: not started._window.isVisible(), timeout=30_000)

    assert "它的钥匙文件“office.db.key”已损坏" in shown_errors[0]
    started.end()


def test_old_backups_that_could_not_be_encrypted_are_told_of(page, desk, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(desk, "say", told.append)
    monkeypatch.setattr(PaperKey, "open", lambda _: None)
    damaged = backup.back_up(desk.office)
    damaged.write_bytes(damaged.read_bytes()[:9000])

    page.encryption.turn_on.click()
    say("给数据加密", new=NEW, again=NEW)
    settled(qtbot)

    assert told == ["数据已加密；1 份以前的备份已损坏或打不开，没有加密"]


def test_who_stops_it_half_way_waits_until_all_is_encrypted(page, desk, qtbot, monkeypatch):
    monkeypatch.setattr(PaperKey, "open", lambda _: None)
    old = backup.back_up(desk.office)

    page.encryption.turn_on.click()
    say("给数据加密", new=NEW, again=NEW)
    tasks.board().running.cancel.click()
    settled(qtbot)

    assert desk.is_ready
    assert data_keys.is_encrypted(desk.office.data.path)
    assert data_keys.is_encrypted(old)
    assert page.encryption.state.text() == LOCKED + NO_PAPER
    assert veil.is_hung()


def test_what_is_stopped_before_it_began_gives_the_office_back(page, desk, qtbot):
    def stopped(data, progress):
        raise Cancelled

    reopening, done = Reopening(page, desk), []
    reopening.done.connect(done.append)

    reopening.run("正在恢复备份", stopped)
    settled(qtbot)

    assert desk.is_ready
    assert desk.office.ask(units.rows) is not None
    assert done == []


def test_an_office_on_a_server_has_no_such_card(page, desk, monkeypatch):
    monkeypatch.setattr(desk.office.data, "path", None)

    page.encryption.refresh()

    assert page.encryption.isHidden()
    monkeypatch.undo()


def test_a_backup_of_another_password_is_opened_before_it_is_looked_at(
    desk, qtbot, encrypted_file, tmp_path, monkeypatch
):
    elsewhere = locked.copied(encrypted_file, tmp_path / "stick")
    data_keys.forget()
    page = SticksPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.go(BACKUPS)
    typing(monkeypatch, "", locked.PASSWORD)

    page.backups.offer(elsewhere)
    assert page.backups.table.current() is None
    page.backups.offer(elsewhere)

    assert page.backups.table.current().id == str(elsewhere)
    assert page.backups.restore.isEnabled()


def encrypt(page, qtbot, password):
    page.encryption.turn_on.click()
    say("给数据加密", new=password, again=password)
    settled(qtbot)


@pytest.fixture
def backups(page, desk, qtbot, monkeypatch):
    """The list of backups of an encrypted office, one of which an earlier password opens."""
    monkeypatch.setattr(PaperKey, "open", lambda _: None)
    desk.do(units.add, name="水务局")
    encrypt(page, qtbot, locked.PASSWORD)
    earlier = backup.back_up(desk.office)
    files = {file: file.read_bytes() for file in (earlier, key_file(earlier))}
    page.encryption.turn_off.click()
    say("取消加密", password=locked.PASSWORD)
    settled(qtbot)
    encrypt(page, qtbot, NEW)
    for file, content in files.items():
        file.write_bytes(content)
    data_keys.forget()
    data_keys.unlock(desk.office.data.path, NEW)
    sticks = SticksPage(desk)
    qtbot.addWidget(sticks)
    sticks.show()
    sticks.go(BACKUPS)
    sticks.backups.table.select(str(earlier))
    QApplication.processEvents()
    yield sticks.backups
    sticks.close()


def words(view):
    return "".join(label.text() for label in view.findChildren(QLabel))


def test_a_backup_of_an_earlier_password_is_rehearsed_once_that_was_given(
    backups, qtbot, monkeypatch
):
    assert backup_view.LOCKED in words(backups)
    typing(monkeypatch, "", locked.PASSWORD)

    backups.rehearse.click()
    assert backups.state.text() == ""
    backups.rehearse.click()
    settled(qtbot)

    assert "演练通过" in backups.state.text()
    QApplication.processEvents()
    assert backup_view.LOCKED not in words(backups)


def test_a_backup_of_an_earlier_password_is_put_back_once_that_was_given(
    backups, desk, qtbot, monkeypatch
):
    asked = []
    monkeypatch.setattr(messages, "confirm", lambda *said, **_: bool(asked.append(said)) or True)
    typing(monkeypatch, "", locked.PASSWORD)

    backups.restore.click()
    assert asked == []
    backups.restore.click()
    settled(qtbot)

    assert len(asked) == 1
    assert [row.name for row in desk.ask(units.rows)] == ["水务局"]
    assert data_keys.is_password(desk.office.data.path, locked.PASSWORD)


def test_the_password_of_a_backup_is_asked_for_by_the_backups_name(desk, data, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(Unlock, "exec", lambda dialog: seen.append(words(dialog)) or 0)
    parent = QWidget()
    qtbot.addWidget(parent)

    assert not unlock.ask_for_backup(parent, desk, data)

    assert unlock.BACKUP.format(data.name) in seen[0]


def test_backups_that_stay_encrypted_are_told_of_beside_open_data(page, desk, encrypted_file):
    folder = desk.office.data.path.parent / "backups"
    copy = locked.copied(encrypted_file, folder)
    for file in (copy, key_file(copy)):
        file.rename(folder / file.name.replace("office", "office-20260101-090000-hand"))

    page.encryption.refresh()

    assert page.encryption.state.text() == OPEN + STAY_LOCKED.format(1)


def test_views_of_lists_are_sealed_and_there_again_after_the_password(tmp_path):
    memory = list_memory.ListMemory(tmp_path)
    memory.keep_views("意见列表", [View(WORDS, words=WORDS)])
    assert clear_text.saying(tmp_path, WORDS) == [list_memory.FILE]

    veil.change(b"1" * 32, tmp_path)
    assert clear_text.saying(tmp_path, WORDS) == []
    memory.keep_layout("意见列表", Layout(["事项"]))
    assert clear_text.saying(tmp_path, WORDS) == []
    assert [view.words for view in memory.views("意见列表")] == [WORDS]

    veil.hang(None)  # as at the next start, before the password
    assert memory.views("意见列表") == []
    veil.change(b"1" * 32, tmp_path)
    assert [view.words for view in memory.views("意见列表")] == [WORDS]
    assert memory.layout("意见列表").order == ["事项"]


def test_a_view_that_an_erasing_took_away_does_not_come_back(tmp_path):
    memory = list_memory.ListMemory(tmp_path)
    memory.keep_views("意见列表", [View(WORDS, words=WORDS), View("道路", words="道路")])

    erased_views.remove(tmp_path, veil.hung(), [WORDS])
    memory.keep_layout("意见列表", Layout(["事项"]))

    assert [view.name for view in memory.views("意见列表")] == ["道路"]
    assert clear_text.saying(tmp_path, WORDS) == []


def test_what_was_sealed_with_another_key_is_no_draft(tmp_path):
    drafts = Drafts(tmp_path, "visit")
    veil.hang(b"1" * 32)
    drafts.keep("", {"topic": WORDS}, make.NOW)

    veil.hang(b"2" * 32)
    assert drafts.find("") is None
    veil.hang(b"1" * 32)
    assert drafts.find("").values == {"topic": WORDS}


def test_data_that_is_not_encrypted_is_not_asked_about(desk):
    assert unlock.is_unlocked(None, desk, desk.office.data.path)
    assert not veil.is_hung()
