"""Show 7: two townships and a district, three sticks round, all through the window.

Folders stand for sticks. Each office has a window of its own; people see only what is in sight.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from deputydesk.database import create
from deputydesk.exchange import backup, cards, device
from deputydesk.models import Unit
from deputydesk.models.choices import OfficeKind
from deputydesk.office import Office, User
from deputydesk.operations import partners, units
from deputydesk.ui import tasks
from deputydesk.ui.backup_view import BackupView
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.enrolment import EnrolDialog
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.pages import sticks
from deputydesk.ui.pages.sticks import SticksPage
from deputydesk.ui.partner_view import PartnerView
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.receiving_view import ReceivingView
from deputydesk.ui.sending_view import SendingView
from tests import make
from tests.exchange import published
from tests.ui import hands

NOW = datetime(2026, 11, 23, 9, 0)


class Clock:
    """The same time on every PC; it can go on."""

    def __init__(self) -> None:
        self.now = NOW - timedelta(days=100)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Pc:
    """An office at its window, with the folder that is its stick."""

    desk: Desk
    window: MainWindow
    stick: Path
    qtbot: QtBot

    @property
    def office(self) -> Office:
        return self.desk.office

    @property
    def page(self) -> SticksPage:
        page = self.window.go("sticks")
        assert isinstance(page, SticksPage)
        return page

    def come_forward(self):
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def partners(self) -> PartnerView:
        self.page.go(sticks.PARTNERS)
        return self.page.partners

    def sending(self) -> SendingView:
        self.page.go(sticks.SENDING)
        return self.page.sending

    def receiving(self) -> ReceivingView:
        self.page.go(sticks.RECEIVING)
        return self.page.receiving

    def backups(self) -> BackupView:
        self.page.go(sticks.BACKUPS)
        return self.page.backups

    def names(self):
        return sorted(row.name for row in self.office.ask(units.rows))

    def settle(self):
        self.qtbot.waitUntil(lambda: not tasks.is_running(), timeout=30_000)
        QApplication.processEvents()

    def send(self, to):
        view = self.sending()
        view.whom.setCurrentIndex(view.whom.findData(to))
        view.send.click()
        self.settle()
        return view

    def receive(self):
        view = self.receiving()
        view.look.click()
        self.settle()
        view.take.click()
        self.settle()
        return view


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pcs(tmp_path, qtbot, clock):
    """T1 and its second PC, T2, and the district D."""
    made = {}
    for pc, kind, name in (
        ("T1", OfficeKind.TOWN, "五当召镇"),
        ("T2", OfficeKind.SUMU, "吉忽伦图苏木"),
        ("D", OfficeKind.DISTRICT, "石拐区"),
    ):
        folder = tmp_path / pc
        folder.mkdir()
        create(folder / "office.db", office=pc, now=clock()).close()
        office = Office.open(folder / "office.db", clock=clock, user=User(f"{pc}的人"))
        make.profile(office, kind=kind, name=name)
        made[pc] = _at_window(office, folder, tmp_path / "stick", qtbot)
    (tmp_path / "stick").mkdir()
    yield made
    for pc in made.values():
        pc.window.close()
        pc.office.close()


def _at_window(office, folder, stick, qtbot):
    desk = Desk(folder / "desk", office.clock, Preferences(operator=office.user.name))
    desk.attach(office)
    desk.preferences.stick = str(stick)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return Pc(desk, window, stick, qtbot)


def _make_card(pc):
    view = pc.partners()
    view.make.click()
    view.save.click()
    return [label.text() for label in view.digits]


def _enrol(pc, card, groups, monkeypatch):
    """Open the card's file and type the eight groups as somebody reads them out."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(card), ""))
    pc.partners().enrol.click()
    [dialog] = [d for d in pc.window.findChildren(EnrolDialog) if d.isVisible()]
    dialog.open_card.click()
    for group in groups:
        at = dialog.focusWidget()
        QTest.keyClicks(at, group)
    assert dialog.enrol.isEnabled()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    QApplication.processEvents()


@pytest.fixture
def enrolled(pcs, monkeypatch):
    """Everybody has made a card and typed the numbers of the other."""
    said = {pc: _make_card(pcs[pc]) for pc in pcs}
    stick = pcs["D"].stick
    for town in ("T1", "T2"):
        _enrol(pcs[town], stick / "D.ddcard", said["D"], monkeypatch)
        _enrol(pcs["D"], stick / f"{town}.ddcard", said[town], monkeypatch)
    return pcs


@pytest.fixture
def yes(monkeypatch):
    """Says yes to every question, and keeps it."""
    asked = []

    def answer(box):
        asked.append(f"{box.text()}\n{box.informativeText()}")
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    return asked


def test_two_townships_and_a_district_carry_three_sticks_round(enrolled):
    pcs = enrolled
    assert [r.name for r in pcs["D"].office.ask(partners.rows)] == [
        "五当召镇人大主席团",
        "吉忽伦图苏木人大主席团",
    ]
    pcs["T1"].office.do(units.add, name="镇水利站")
    pcs["T2"].office.do(units.add, name="苏木草原站")

    written = pcs["T1"].send("D")
    assert written.written.text().startswith("T1-D-")
    written.check.click()
    pcs["T1"].settle()
    assert "核对无误" in written.state.text()
    pcs["T2"].send("D")

    looked = pcs["D"].receiving()
    looked.look.click()
    pcs["D"].settle()
    assert looked.take.text().strip() == "收入 2 个文件"
    assert "承办单位：新增 1" in looked.about.text()
    assert pcs["D"].names() == []
    looked.take.click()
    pcs["D"].settle()

    assert pcs["D"].names() == ["苏木草原站", "镇水利站"]
    assert [row.name for row in looked.new.rows.rows() if row.kind == "承办单位"] == [
        "镇水利站",
        "苏木草原站",
    ]
    pcs["D"].send("T1")
    pcs["D"].send("T2")
    for town in ("T1", "T2"):
        pcs[town].receive()
        [row] = pcs[town].partners().table.rows.rows()
        assert (row.sent, row.waiting) == (row.acknowledged, 0)
    assert pcs["T1"].names() == ["镇水利站"]


def test_a_new_record_is_opened_from_the_summary(enrolled):
    pcs = enrolled
    pcs["T1"].office.do(units.add, name="镇水利站")
    pcs["T1"].send("D")

    view = pcs["D"].receive()
    place = [row.kind for row in view.new.rows.rows()].index("承办单位")
    view.new.selectRow(place)
    view.new.setFocus()
    QTest.keyClick(view.new, Qt.Key.Key_Return)

    assert pcs["D"].window.at == "suggestions"


@pytest.fixture
def second(enrolled, tmp_path, clock, qtbot):
    """Another PC of T1, on a copy of its data with one unit."""
    town = enrolled["T1"]
    town.office.do(units.add, name="镇水利站")
    folder = tmp_path / "T1b"
    folder.mkdir()
    shutil.copyfile(town.office.data.path, folder / "office.db")
    office = Office.open(folder / "office.db", clock=clock, user=User("李强"))
    device.recognise(office)
    made = _at_window(office, folder, town.stick, qtbot)
    yield made
    made.window.close()
    office.close()


def test_a_conflict_is_seen_and_settled_and_undone(enrolled, second):
    town = enrolled["T1"]
    [unit] = [row.id for row in town.office.ask(units.rows)]
    change(town.office, unit, contact="王建国", phone="5551234")
    change(second.office, unit, contact="苏日娜", phone="5559999")
    second.send("T1")

    view = town.receive()
    assert not view.settle.isHidden()
    view.settle.click()
    conflicts = town.page.conflicts
    assert "不一致的内容 2" in [b.text() for b in town.page.chips.group.buttons()]
    person, _phone = conflicts.table.rows.rows()
    assert {said.text for said in person.said} == {"王建国", "苏日娜"}
    assert {said.user for said in person.said} == {"T1的人", "李强"}
    shown = person.said[-1].text
    QTest.keyClick(conflicts.table, Qt.Key.Key_Return)
    QTest.keyClick(conflicts.adopt[0], Qt.Key.Key_Space)

    assert conflicts.count == 1
    assert unit_of(town.office, unit).contact == person.said[0].text
    town.desk.undo()
    assert unit_of(town.office, unit).contact == shown
    town.desk.redo()
    town.come_forward()
    line = conflicts.form.field("phone").control
    line.selectAll()
    hands.write(line, "0472-3131313")
    QTest.keyClick(line, Qt.Key.Key_Return, CTRL)
    assert conflicts.count == 0
    assert unit_of(town.office, unit).phone == "0472-3131313"
    town.send("T1")
    second.receive()
    settled = unit_of(second.office, unit)
    assert (settled.contact, settled.phone) == (person.said[0].text, "0472-3131313")
    assert second.page.conflicts.count == 0


CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_backup_of_three_months_ago_is_put_back_and_everything_returns(enrolled, clock, yes):
    pcs = enrolled
    town = pcs["T1"]
    town.office.do(units.add, name="镇水利站")
    backup.back_up(town.office)
    clock.now += timedelta(days=92)
    town.office.do(units.add, name="镇供电所")
    town.send("D")
    pcs["D"].receive()
    pcs["D"].send("T1")
    town.receive()
    for path in town.stick.glob("*.ddb"):
        path.unlink()
    town.office.do(units.add, name="只在这里")

    view = town.backups()
    [old] = [row for row in view.table.rows.rows() if row.row.at < clock.now - timedelta(days=90)]
    view.table.select(old.id)
    QApplication.processEvents()
    assert "1 项只在这台电脑上" in labels(view)
    view.rehearse.click()
    town.settle()
    assert "演练通过" in view.state.text()
    device = town.office.ask(partners.myself)[1]
    view.restore.click()
    town.settle()

    assert "先另存" in yes[-1]
    assert town.names() == ["镇水利站"]
    assert town.office.ask(partners.myself)[1] != device
    assert "已恢复" in view.state.text()
    town.send("D")
    pcs["D"].receive()
    pcs["D"].send("T1")
    town.receive()
    assert town.names() == ["镇供电所", "镇水利站"]
    assert town.office.check() == []
    assert [row.row.why.label for row in view.table.rows.rows()].count("恢复前") == 1


def labels(view):
    return "".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def change(office, unit, **values):
    office.do(published.change, model=Unit, record_id=unit, **values)


def unit_of(office, unit):
    return next(row for row in office.ask(units.rows) if row.id == unit)


def test_the_numbers_on_the_screen_are_those_of_the_card_on_the_stick(enrolled):
    town = enrolled["T1"]

    shown = [label.text() for label in town.page.partners.digits]

    assert " ".join(shown) == cards.read(town.stick / "T1.ddcard").fingerprint
