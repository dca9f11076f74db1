"""Signing in is turned on, people come and go, what a voter wants forgotten is erased."""

import pytest
from PySide6.QtWidgets import QApplication

from deputydesk.models.choices import Channel
from deputydesk.operations import accounts, erasing, opinions, sign_in
from deputydesk.operations.accounts import Role
from deputydesk.ui import messages, tasks
from deputydesk.ui.accounts_card import AccountsCard
from deputydesk.ui.dialogs import paper_key as paper
from deputydesk.ui.dialogs.accounts import AccountsDialog, _state
from deputydesk.ui.dialogs.erasure import Erasure
from deputydesk.ui.dialogs.paper_key import PaperKey
from deputydesk.ui.form import FormDialog
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.screen_lock import ScreenLock

HEAD, CLERK = "three-horses", "horse-and-well"


@pytest.fixture
def card(desk, qtbot):
    made = AccountsCard(desk)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    yield made
    for watching in made.findChildren(ScreenLock):
        QApplication.instance().removeEventFilter(watching)


@pytest.fixture
def staffed(desk):
    sign_in.turn_on(desk.office, "乌兰", HEAD)
    sign_in.add(desk.office, name="张丽", role=Role.CLERK, password=CLERK)
    return desk


@pytest.fixture
def yes(monkeypatch):
    asked = []
    monkeypatch.setattr(messages, "confirm", lambda *told, **_: bool(asked.append(told)) or True)
    return asked


def dialog() -> FormDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in found if w.isVisible())


def fill(**values):
    dialog().form.set_values(values)
    dialog().form.save_next.emit()


def paper_of(card) -> PaperKey:
    return next(w for w in card.window().findChildren(PaperKey) if w.isVisible())


def test_an_office_turns_signing_in_on_and_puts_a_paper_into_the_safe(card, desk):
    assert card.turn_on.isVisible()
    assert not card.lock.isVisible()
    card.turn_on.click()
    assert dialog().form.field("name").value() == "张丽"

    fill(name="乌兰", new=HEAD, again=HEAD)

    assert desk.office.user.name == "乌兰"
    assert card.operator.text() == "乌兰（负责人）"
    assert card.lock.isVisible()
    assert Preferences.load(desk.folder).operator == "乌兰"
    shown = paper_of(card)
    for place, line in zip(shown.asked, shown.typed, strict=True):
        assert not shown.finish.isEnabled()
        line.setText(shown.groups[place])
    shown.finish.click()
    assert desk.ask(accounts.rescue) != ""


def test_a_paper_that_was_not_typed_back_is_none(card, staffed, yes):
    card.refresh()
    card.paper.click()
    shown = paper_of(card)

    shown.reject()

    assert yes[0][0].startswith("恢复密钥还没有核对")
    assert staffed.ask(accounts.rescue) == ""


def test_the_paper_stays_open_when_that_was_a_slip(card, staffed, monkeypatch):
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: False)
    shown = PaperKey(card, staffed)
    shown.open()

    shown.reject()

    assert shown.isVisible()
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: True)
    shown.reject()


def test_the_paper_is_printed_and_its_file_is_gone(card, staffed, qtbot, monkeypatch, yes):
    printed = []

    class Setup:
        """Stands for the choice of a printer."""

        def __init__(self, _parent, _desk, pages, name, form):
            self.pages = (len(pages), name, form)
            self.test = self.chosen = self

        def hide(self):
            printed.append("no test page")

        def connect(self, slot):
            self.slot = slot

        def open(self):
            printed.append(self.pages)
            self.slot(type("Chosen", (), {"printer": "p", "job": "j"}))

    monkeypatch.setattr(paper, "PrintSetup", Setup)
    monkeypatch.setattr(paper, "print_pages", lambda _pages, *told: printed.append(told[:2]) or 1)
    shown = PaperKey(card, staffed)
    shown.open()

    shown.print.click()

    qtbot.waitUntil(lambda: ("p", "j") in printed)
    qtbot.waitUntil(lambda: not tasks.is_running())
    assert printed[:2] == ["no test page", (1, "恢复密钥", "recovery_sheet")]
    assert list((staffed.folder / "preview").iterdir()) == []
    shown.reject()


def test_the_head_adds_people_changes_roles_passwords_and_stops_one(card, staffed):
    card.refresh()
    card.people.click()
    (people,) = card.window().findChildren(AccountsDialog)
    people.add.click()
    fill(name="郝平", role=Role.VIEWER, new="old-elm-tree", again="old-elm-tree")
    people.people.select("3")
    people.role.click()
    fill(role=Role.CLERK)
    people.reset.click()
    fill(new="old-elm-trees", again="old-elm-trees")
    people.stop.click()

    (row,) = [row for row in staffed.ask(accounts.rows) if row.name == "郝平"]
    assert (row.role, row.is_active) == (Role.CLERK, False)
    assert people.stop.text() == "恢复"
    told = [event.row.what for event in people.events.rows.rows()]
    assert told[:4] == ["停用账号", "重设密码", "修改角色", "增加账号"]
    people.stop.click()
    assert people.stop.text() == "停用"
    assert "还不能登录：请重设密码" in [_state(one.row) for one in people.people.rows.rows()]
    people.close()


def test_wrong_passwords_are_seen_in_the_list(card, staffed):
    clerk = staffed.ask(accounts.rows)[1]
    staffed.do(accounts.note_try, account_id=clerk.id, is_right=False)
    people = AccountsDialog(card, staffed)

    states = [p.row.failures for p in people.people.rows.rows()]

    assert states == [0, 1]
    people.close()


def test_a_clerk_sees_only_what_a_clerk_may_do(card, staffed):
    sign_in.sign_in(staffed.office, "张丽", CLERK)
    card.refresh()

    assert card.own.isVisible()
    assert not card.people.isVisible()
    assert not card.turn_off.isVisible()
    assert not card.erase.isEnabled()

    card.own.click()
    fill(old=HEAD, new="old-elm-tree", again="old-elm-tree")
    assert dialog().form.field("old").error().startswith("密码不对。")
    fill(old=CLERK)
    assert sign_in.sign_in(staffed.office, "张丽", "old-elm-tree")


def test_signing_in_is_turned_off_with_the_password(card, staffed):
    card.refresh()
    card.turn_off.click()

    fill(password=HEAD)

    assert not staffed.ask(accounts.is_on)
    assert card.turn_on.isVisible()


def test_idle_minutes_are_the_pcs_own(card, staffed):
    card.refresh()
    card.minutes.set_value(30)
    card.minutes.edited.emit()

    assert Preferences.load(staffed.folder).lock_minutes == 30


def test_the_lock_button_locks(card, staffed, monkeypatch):
    card.refresh()
    locked = []

    def lock(self):
        locked.append(self)

    monkeypatch.setattr(ScreenLock, "lock", lock)

    card.lock.click()

    assert len(locked) == 1


def test_a_name_is_not_changed_past_the_door(staffed):
    with pytest.raises(AssertionError):
        staffed.name_operator("别人")


def test_a_file_for_another_pc_is_written_with_words(
    card, desk, tmp_path, monkeypatch, shown_errors
):
    answers = [None, tmp_path]
    monkeypatch.setattr(messages, "ask_folder", lambda *_: answers.pop(0))
    card.join.click()

    fill(words=HEAD, again=HEAD)
    fill(words=HEAD, again=HEAD)

    assert shown_errors == ["还没有选U盘。"]
    assert (tmp_path / "T1.ddjoin").exists()


@pytest.fixture
def voter(desk):
    desk.do(
        opinions.hear,
        channel=Channel.PHONE,
        matter="水压不足",
        voter_name="葛某某某",
        voter_phone="13804720000",
    )


def test_a_voter_is_found_and_erased_for_good(card, desk, voter, yes, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "tell", lambda *said, **_: told.append(said))
    card.erase.click()
    (erasure,) = card.window().findChildren(Erasure)
    erasure.text.setText("没有此人")
    erasure.look.click()
    assert not erasure.erase.isEnabled()
    erasure.text.setText("13804720000")
    erasure.text.returnPressed.emit()

    erasure.erase.click()
    qtbot.waitUntil(lambda: bool(told))

    assert "葛某某某、13804720000" in yes[0][0]
    assert "反映过的1件意见仍在" in yes[0][1]
    assert told[0][0] == "已彻底删除。"
    assert desk.ask(erasing.voters, "葛某某某") == []
    assert not erasure.erase.isEnabled()
    erasure._close.click()


def test_nothing_is_erased_by_a_slip(card, desk, voter, monkeypatch):
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: False)
    erasure = Erasure(card, desk)
    erasure.text.setText("葛某某某")
    erasure.look.click()

    erasure.erase.click()

    assert len(desk.ask(erasing.voters, "葛某某某")) == 1
