"""From nothing to a printed duty report, as a new clerk does it with the manual alone."""

import os
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from deputydesk.app import DATA, Start, Wanted
from deputydesk.ui import tasks
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.first_run import FirstRun
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.tour import Tour
from tests import make
from tests.ui.clerk import Clerk

PICTURES = os.environ.get("DEPUTYDESK_TRIAL")
"""A folder for pictures of each step, when somebody wants to look."""


MOST_TO_BEGIN = 8
"""Keys besides text for the first three questions."""


@pytest.fixture(autouse=True)
def no_fault_file(monkeypatch):
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())


@pytest.fixture
def clerk(qtbot):
    return Clerk(qtbot, Path(PICTURES) if PICTURES else None)


@pytest.fixture
def roster(tmp_path):
    """A roster as offices have it: a title over all columns, spaces in names, numbers as they come."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "代表"
    sheet.append(["五当召镇第十届人民代表大会代表花名册"])
    sheet.merge_cells("A1:H1")
    sheet.append(["（2026年11月更新）"])
    sheet.append(["序号", "姓 名", "性别", "民族", "出生年月", "单位及职务", "手机", "备注"])
    sheet.append([1, "张  三", "男", "汉", "1978.05", "缸房地村党支部书记", 13800000001, ""])
    sheet.append([2, "李四", "女", "蒙古", "1985-3", "五当召镇卫生院医生", "138 0000 0002", ""])
    sheet.append([3, "王建国", "男", "汉族", "1969年11月", "个体", "13800000003", ""])
    sheet.append(["合计", "3人"])
    path = tmp_path / "代表名册.xlsx"
    book.save(path)
    return path


@pytest.fixture
def start(qtbot, tmp_path, clerk, monkeypatch):
    """Starts the program on an empty folder; the clerk answers the questions."""

    def answer(dialog: FirstRun) -> int:
        dialog.show()
        dialog.activateWindow()
        clerk.waits(dialog.isActiveWindow)
        clerk.notes("first questions")
        clerk.enter()
        clerk.write("五当召镇")
        clerk.enter()
        clerk.write("石拐区")
        clerk.enter()
        clerk.write("张丽")
        while dialog.isVisible() and clerk.keys < MOST_TO_BEGIN:
            clerk.enter()
        return 1

    monkeypatch.setattr(FirstRun, "exec", answer)
    folder = tmp_path / "data"
    desk = Desk(folder, make.at(), Preferences.load(folder))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Start(app, desk, Wanted(folder, folder / DATA))
    made.begin()
    window = made._window
    assert window
    qtbot.addWidget(window)
    window.showNormal()
    window.resize(1366, 768)
    clerk.waits(lambda: window.findChildren(Tour))
    window.activateWindow()
    clerk.waits(window.isActiveWindow)
    yield window
    made.end()


def test_from_an_empty_office_to_a_duty_report(start, clerk, roster, tmp_path, monkeypatch):
    pdf = tmp_path / "履职报告.pdf"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(roster), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(pdf), ""))
    clerk.notes("tour")
    clerk.enter(6)
    assert clerk.sees("从这里开始")
    clerk.notes("first page")
    tell_of_the_office(clerk)
    import_the_roster(clerk)
    register_a_home(clerk)
    register_a_visit(clerk)
    suggest(clerk)


def tell_of_the_office(clerk):
    clerk.press(Qt.Key.Key_F10)
    clerk.notes("settings")


def import_the_roster(clerk):
    clerk.press(Qt.Key.Key_F9)
    clerk.ctrl(Qt.Key.Key_O)
    clerk.waits(lambda: not tasks.is_running())
    clerk.notes("roster columns")
    for n in range(3):
        clerk.ctrl(Qt.Key.Key_Return)
        clerk.waits(lambda: not tasks.is_running())
        clerk.notes(f"roster step {n}")


def register_a_home(clerk):
    clerk.press(Qt.Key.Key_F5)
    clerk.notes("homes")
    clerk.click("新建代表之家")
    clerk.notes("new home")
    clerk.write("五当召镇人大代表之家")
    clerk.ctrl(Qt.Key.Key_Return)
    clerk.notes("home made")


def register_a_visit(clerk):
    clerk.ctrl(Qt.Key.Key_N)
    clerk.notes("new visit")
    clerk.write("zs")
    clerk.notes("zs")
    clerk.enter()
    clerk.notes("zs chosen")
    clerk.enter()
    clerk.write("饮水安全")
    clerk.enter()
    clerk.write("5")
    clerk.enter()
    clerk.notes("before opinion")


def suggest(clerk):
    clerk.press(Qt.Key.Key_F4)
    clerk.notes("board")
    clerk.ctrl(Qt.Key.Key_J)
    clerk.notes("new suggestion")
