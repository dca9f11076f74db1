"""The page of the stick: what can go wrong is said, and nothing happens before it was looked at."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

from deputydesk.exchange import backup, cards, sending
from deputydesk.models import Home, Opinion, Suggestion, Unit
from deputydesk.models.base import columns_of
from deputydesk.models.choices import Channel
from deputydesk.models.expense import Expense
from deputydesk.models.visit import Visit
from deputydesk.office import Right
from deputydesk.operations import accounts, opinions, partners, units
from deputydesk.operations import sign_in as door
from deputydesk.operations.partners import Role
from deputydesk.ui import drives, messages, sign_in, stick_words, tasks
from deputydesk.ui.column_field import field_for
from deputydesk.ui.dialogs.enrolment import AGREED, NO_CARD, EnrolDialog
from deputydesk.ui.drives import Drive
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages import sticks
from deputydesk.ui.pages.sticks import SticksPage
from deputydesk.ui.screen_lock import ScreenLock
from tests import make
from tests.exchange import carriers
from tests.journal import samples
from tests.ui import hands

HEAD, CLERK = "three-horses", "horse-and-well"

DRIVES = drives.drives
"""The real ones, which other tests do not see."""


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def district(tmp_path):
    made = carriers.created(tmp_path / "D", "D", skew=timedelta(days=3))
    yield made
    made.close()


@pytest.fixture
def page(desk, qtbot, stick):
    desk.preferences.stick = str(stick)
    made = SticksPage(desk)
    hands.show_page(made, desk, qtbot)
    return made


@pytest.fixture
def met(page, office, district):
    """The office and the district know each other."""
    office.do(partners.make_keys)
    carriers.introduce(office, district)
    page.refresh()
    return page


@pytest.fixture
def yes(monkeypatch):
    """Says yes to every question, and keeps it."""
    asked = []

    def answer(box):
        asked.append(f"{box.text()}\n{box.informativeText()}")
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    return asked


def settled(qtbot):
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=30_000)
    QApplication.processEvents()


def said(view):
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def opened(page):
    page.partners.enrol.click()
    [dialog] = [d for d in page.findChildren(EnrolDialog) if d.isVisible()]
    return dialog


def test_an_office_without_a_card_is_offered_one(page, office, stick):
    view = page.partners
    assert not view.make.isHidden()
    assert view.save.isHidden()

    view.make.click()
    view.save.click()

    groups = [one.text() for one in view.digits]
    assert cards.read(stick / "T1.ddcard").fingerprint == " ".join(groups)
    assert view.make.isHidden()


def test_the_sheet_is_previewed(page, office, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "deputydesk.ui.partner_view.preview_form", lambda *asked: shown.append(asked[-1])
    )
    page.partners.make.click()

    page.partners.sheet.click()

    assert shown == ["office_card"]


def test_a_wrong_group_is_told_at_once_and_nothing_can_be_enrolled(page, district, stick):
    card = carriers.card(district)
    dialog = opened(page)
    assert NO_CARD in said(dialog)
    dialog.take_card(cards.write(card, stick))
    groups = card.fingerprint.split()

    for group in groups[:2]:
        QTest.keyClicks(dialog.focusWidget(), group)
    wrong = f"{(int(groups[2]) + 1) % 100000:05}"
    QTest.keyClicks(dialog.groups[2], wrong)

    assert "第 3 组不一致" in dialog.state.text()
    assert dialog.groups[2].property("wrong")
    assert dialog.focusWidget() is dialog.groups[2]
    assert not dialog.enrol.isEnabled()
    dialog.groups[2].clear()
    for group in groups[2:]:
        QTest.keyClicks(dialog.focusWidget(), group)
    assert dialog.state.text() == AGREED
    dialog.reject()


def test_an_enrolled_office_is_listed_and_can_be_stopped(page, office, district, stick, yes):
    office.do(partners.make_keys)
    dialog = opened(page)
    card = carriers.card(district)
    dialog.take_card(cards.write(card, stick))
    for group, digits in zip(dialog.groups, card.fingerprint.split(), strict=True):
        group.setText(digits)
    QTest.keyClick(dialog.groups[0], Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.groups[1]
    dialog.groups[7].textEdited.emit(dialog.groups[7].text())
    dialog.enrol.click()

    [row] = page.partners.table.rows.rows()
    assert (row.id, row.partner.role) == ("D", Role.PARENT)
    assert "最近收入\n还没有" in said(page.partners)
    page.partners.remove.click()
    assert page.partners.table.rows.rowCount() == 0
    assert "停用“D单位”" in yes[0]


def test_an_office_without_the_program_is_enrolled_and_gets_a_list_or_not(
    page, office, stick, yes, qtbot
):
    office.do(partners.make_keys)
    dialog = opened(page)
    dialog.without.click()
    (asked,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    asked.form.set_values({"name": "石拐区", "code": "SGQ"})
    asked.save()

    [row] = page.partners.table.rows.rows()
    assert (row.id, row.partner.role, row.partner.listed) == ("SGQ", Role.PARENT, True)
    assert "没有：对方没有本软件" in said(page.partners)
    assert "每次附一份，没有加密" in said(page.partners)
    page.partners.list.click()
    assert page.partners.list.text() == "附明细表"
    page.partners.list.click()
    assert "没有加密" in yes[-1]
    assert office.ask(partners.partner, "SGQ").listed
    page.go(sticks.SENDING)
    page.sending.send.click()
    settled(qtbot)
    with zipfile.ZipFile(next(stick.glob("*.ddb"))) as archive:
        assert "明细.xlsx" in archive.namelist()


def test_who_says_no_to_a_list_in_the_open_gets_none(met, office, monkeypatch):
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: False)

    met.partners.list.click()

    assert not office.ask(partners.partner, "D").listed


def test_a_card_that_came_again_is_told_of(met, office, district, stick):
    dialog = opened(met)
    dialog.take_card(cards.write(carriers.card(district), stick))
    assert "名片没有变" in said(dialog)
    district.do(partners.make_keys)

    dialog.take_card(cards.write(carriers.card(district), stick))

    assert "重新生成过密钥" in said(dialog)
    dialog.reject()


def test_no_file_chosen_is_no_card(page, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    dialog = opened(page)

    dialog.open_card.click()

    assert NO_CARD in said(dialog)
    dialog.reject()


def test_how_things_stand_with_an_office_is_told(met, office, district, stick, qtbot):
    office.do(units.add, name="水务局")
    met.go(sticks.SENDING)
    assert "还没有收到过对方的U盘" in said(met.sending)
    sending.send(district, "T1", stick)
    met.go(sticks.RECEIVING)
    met.receiving.look.click()
    settled(qtbot)
    met.receiving.take.click()
    settled(qtbot)

    met.go(sticks.PARTNERS)
    met.partners.table.selectRow(0)

    told = said(met.partners)
    assert "快至少 3 天" in told
    assert "0 / 2 项修改" in told
    assert "2 项修改（最早 2026-11-23）" in told
    assert met.receiving.state.text() == "没有新内容。已收入。"


def test_double_numbers_get_the_next_and_what_is_missing_is_opened(page, desk, office, qtbot):
    first = office.do(opinions.hear, channel=Channel.PHONE, matter="路灯")
    values = {"matter": "水压", "number": 1, "unit_id": "T1-9", "heard_on": make.TODAY}
    office.do(samples.batch, {"T1-8": (Opinion, values)}, {}, {})
    page.go(sticks.LOOSE_ENDS)
    settled(qtbot)
    view = page.loose_ends
    assert {row.record_id for row in view.doubles.rows.rows()} == {first, "T1-8"}
    assert {view._called(row) for row in view.doubles.rows.rows()} == {"五当召镇"}
    assert not view.renumber.isEnabled()
    view.doubles.select("opinion:T1-8")
    with qtbot.waitSignal(desk.open_requested) as asked:
        view.look.click()
    assert asked.args == [Opinion, "T1-8"]

    view.renumber.click()
    settled(qtbot)

    assert view.doubles.rows.rowCount() == 0
    [row] = view.orphans.rows.rows()
    assert (row.name, row.label, row.missing.label) == ("水压", "承办单位", "还没有来")
    view.orphans.selectRow(0)
    with qtbot.waitSignal(desk.open_requested) as asked:
        view.look_at_orphan.click()
    assert asked.args == [Opinion, "T1-8"]
    desk.undo()
    settled(qtbot)
    assert view.doubles.rows.rowCount() == 2


def test_what_cannot_be_received_says_why(met, stick, qtbot, shown_errors):
    view = met.receiving
    met.go(sticks.RECEIVING)
    view.look.click()
    settled(qtbot)
    assert "里没有给本单位的交换文件" in shown_errors[0]
    (stick / "坏.ddb").write_bytes(b"PK" * 900)

    view.look.click()
    settled(qtbot)

    assert "不是交换文件" in view.about.text()
    assert view.state.text().startswith("1 个文件不能收")
    assert not view.take.isEnabled()


def test_files_elsewhere_can_be_chosen(met, office, district, stick, tmp_path, qtbot, monkeypatch):
    path = sending.send(district, "T1", stick).path
    moved = path.rename(tmp_path / path.name)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(moved)], ""))
    met.go(sticks.RECEIVING)

    met.receiving.look_files.click()
    settled(qtbot)

    [row] = met.receiving.table.rows.rows()
    assert row.received.name == "D单位"
    assert met.receiving._outcome(row) == "没有新内容"


def test_sending_without_a_stick_says_what_to_do(met, desk, stick, shown_errors, qtbot):
    stick.rmdir()
    met.place.refresh()
    met.go(sticks.SENDING)

    met.sending.send.click()

    assert "还没有选择U盘" in shown_errors[0]


def test_a_stick_that_was_taken_out_is_missed(met, stick, shown_errors, qtbot, monkeypatch):
    met.go(sticks.SENDING)
    met.sending.send.click()
    settled(qtbot)
    [path] = stick.glob("*.ddb")
    met.sending.look.click()
    path.rename(stick / "elsewhere")

    met.sending.check.click()
    settled(qtbot)

    assert "没有找到" in shown_errors[0]
    (stick / "elsewhere").unlink()
    stick.rmdir()
    met.sending.look.click()
    assert "找不到" in shown_errors[1]
    met.sending.send.click()
    assert "找不到" in shown_errors[2]


@pytest.fixture(autouse=True)
def nothing_opens(monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)


def test_sticks_stand_before_disks_and_the_folder_used_last_is_kept(
    page, desk, tmp_path, stick, monkeypatch
):
    found = [
        Drive(Path("/run/media/e"), "移动盘", is_removable=True, free=7_700_000_000),
        Drive(Path("/mnt/d"), "数据", is_removable=False, free=1),
    ]
    monkeypatch.setattr(drives, "drives", lambda: found)
    page.place.again.click()

    shown = [page.place.combo.itemText(n) for n in range(page.place.combo.count())]
    assert shown[0] == "U盘 移动盘（/run/media/e），剩余 7.7 GB"
    assert shown[1].startswith("磁盘 数据")
    assert page.place.folder == stick
    page.place.combo.setCurrentIndex(0)
    page.place.combo.activated.emit(0)
    assert desk.preferences.stick == "/run/media/e"
    other = tmp_path / "别的"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    page.place.choose.click()
    assert page.place.folder == other
    assert Path(desk.preferences.stick) == other


def test_a_stick_is_found_by_its_name_when_it_gets_another_letter(
    page, desk, tmp_path, monkeypatch
):
    def stick_at(letter: str, name: str = "履职交换") -> Drive:
        (tmp_path / letter / "交换").mkdir(parents=True, exist_ok=True)
        return Drive(tmp_path / letter, name, is_removable=True, free=1)

    there = [stick_at("e")]
    monkeypatch.setattr(drives, "drives", lambda: there)
    page.place.set_folder(tmp_path / "e" / "交换")
    there[:] = [stick_at("e", "别人的"), stick_at("f")]

    page.place.refresh()

    assert page.place.folder == tmp_path / "f" / "交换"
    there[:] = [stick_at("g")]
    page.place.refresh()
    assert page.place.folder == tmp_path / "g" / "交换"
    there[:] = [stick_at("g"), stick_at("f"), stick_at("e", "别人的")]
    page.place.refresh()
    assert page.place.folder == tmp_path / "e" / "交换", "two of one name: nothing is guessed"


def test_what_is_kept_of_a_stick_may_be_wrong_without_harm():
    stick = Drive(Path("/media/f"), "甲", is_removable=True, free=1)

    assert drives.again([stick], Path("/media/e"), "甲", Path("/x")) == Path("/media/e")


def test_a_backup_elsewhere_is_listed_and_a_bad_one_cannot_be_put_back(
    page, office, tmp_path, monkeypatch
):
    page.go(sticks.BACKUPS)
    made = backup.back_up(office)
    there = tmp_path / "别处.db"
    made.rename(there)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(there), ""))

    page.backups.other.click()

    assert page.backups.table.current().row.path == there
    assert "没有改过什么" in said(page.backups)
    there.write_bytes(b"nothing" * 999)
    page.backups.offer(there)
    assert not page.backups.restore.isEnabled()
    assert "不是数据文件" in said(page.backups)


def test_another_office_s_backup_is_named_and_cannot_be_put_back(page, office, tmp_path):
    office.do(units.add, name="水务局")
    other = carriers.created(tmp_path / "T9", "T9")
    there = backup.back_up(other)
    other.close()
    page.go(sticks.BACKUPS)

    page.backups.offer(there)

    assert "是另一个单位“T9”（T9）的" in said(page.backups)
    assert not page.backups.restore.isEnabled()


def test_a_rehearsal_tells_of_faults(page, office, qtbot):
    import sqlite3

    office.do(units.add, name="水务局")
    made = backup.back_up(office)
    with sqlite3.connect(made) as there:
        there.execute("update unit set name = 'x'")
    there.close()
    page.go(sticks.BACKUPS)
    page.backups.table.selectRow(0)

    page.backups.rehearse.click()
    settled(qtbot)

    assert "演练没有通过" in page.backups.state.text()


def test_a_backup_that_is_refused_leaves_the_data_as_it_was(page, office, qtbot, yes):
    import sqlite3

    office.do(units.add, name="水务局")
    made = backup.back_up(office)
    with sqlite3.connect(made) as there:
        there.execute("update unit set name = 'x'")
    there.close()
    page.go(sticks.BACKUPS)
    page.backups.table.selectRow(0)

    page.backups.restore.click()
    settled(qtbot)

    assert "没有恢复" in yes[-1]
    assert [row.name for row in page.desk.ask(units.rows)] == ["水务局"]
    page.desk.office.close()


@pytest.mark.parametrize("is_let_in", [True, False])
def test_where_one_signs_in_one_does_so_again_after_a_backup_was_put_back(
    page, office, qtbot, yes, monkeypatch, is_let_in
):
    backup.back_up(office)  # from before: nobody signs in at it
    door.turn_on(office, "乌兰", HEAD)
    page.refresh()
    asked = []

    def come(_window, _desk, found):
        asked.append(found.user.rights)
        return is_let_in and bool(door.sign_in(found, "乌兰", HEAD))

    monkeypatch.setattr(sign_in, "ask", come)
    page.go(sticks.BACKUPS)
    page.backups.table.selectRow(0)

    page.backups.restore.click()
    settled(qtbot)

    assert asked == [frozenset({Right.ENTER})]
    assert page.desk.is_ready == is_let_in
    assert page.isVisible() == is_let_in
    if is_let_in:
        assert page.desk.office.user.name == "乌兰"
        [watching] = page.window().findChildren(ScreenLock)
        QApplication.instance().removeEventFilter(watching)
        page.desk.office.close()


def test_only_a_head_puts_a_backup_back(page, office, yes):
    backup.back_up(office)
    door.turn_on(office, "乌兰", HEAD)
    door.add(office, name="张丽", role=accounts.Role.CLERK, password=CLERK)
    door.sign_in(office, "张丽", CLERK)
    page.go(sticks.BACKUPS)
    page.backups.table.selectRow(0)

    page.backups.restore.click()

    assert "没有“恢复备份”的权限" in yes[-1]
    assert page.desk.office is office
    assert not tasks.is_running()


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (timedelta(days=3), "快至少 3 天"),
        (timedelta(hours=-5), "慢至少 5 小时"),
        (timedelta(minutes=20), "快至少 20 分钟"),
        (None, "正常"),
    ],
)
def test_how_far_a_clock_is_off(by, words):
    assert stick_words.off(by) == words


def test_moments_and_sizes_as_people_read_them():
    assert stick_words.moment("2026-11-23T09:00:00") == "2026-11-23 09:00"
    assert stick_words.moment("", "还没有") == "还没有"
    assert stick_words.size(1_200) == "1 KB"
    assert stick_words.size(2_500_000) == "2.5 MB"


def test_every_kind_of_value_has_its_field_and_names_of_others_have_none():
    found = {
        f"{model.__tablename__}.{column.key}": field_for(column)
        for model in (Unit, Home, Suggestion, Visit, Expense)
        for column in columns_of(model)
    }
    kinds = {type(field).__name__ for field in found.values() if field}

    assert kinds >= {"LongTextField", "ChoiceField", "DateField", "NumberField", "MoneyField"}
    assert found["visit.home_id"] is None


def test_the_drives_of_this_pc_can_be_asked_for():
    assert all(drive.path.exists() for drive in DRIVES())
