"""From nothing to a printed duty report, as a new clerk does it with the manual alone."""

import os
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from deputydesk.app import Start
from deputydesk.operations import opinions, suggestions
from deputydesk.ui import tasks
from deputydesk.ui.command_line import DATA, Wanted
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.first_run import FirstRun
from deputydesk.ui.one_window import OneWindow
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.tour import Tour
from tests import make
from tests.reports.judge import text_of
from tests.ui.clerk import CTRL, NONE, Clerk

MOST_KEYS = 75
"""Keys besides text for everything, from the first question to the report."""
PICTURES = os.environ.get("DEPUTYDESK_TRIAL")
"""A folder for pictures of each step, when somebody wants to look."""


MOST_TO_BEGIN = 8
"""Keys besides text for the first three questions."""


@pytest.fixture(autouse=True)
def no_fault_file(monkeypatch):
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())


@pytest.fixture
def clerk(qtbot):
    for left in QApplication.topLevelWidgets():  # by other tests: it would take the keys
        left.hide()
    return Clerk(qtbot, Path(PICTURES) if PICTURES else None)


@pytest.fixture
def roster(tmp_path):
    """A roster as offices have it: titles above, spaces in names, numbers as they come."""
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
    made = Start(app, desk, Wanted(folder, folder / DATA), OneWindow(folder))
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

    take_the_tour(clerk)
    tell_of_the_office(clerk)
    import_the_roster(clerk)
    register_a_home(clerk)
    register_a_visit(clerk)
    bring_a_suggestion_to_its_end(clerk)
    print_the_report(clerk)
    see_what_is_left(clerk)

    said = "".join(text_of(pdf))
    assert "张三" in said
    assert "关于解决缸房地村饮水安全的建议" in said
    assert "满意" in said
    assert clerk.clicks == 0
    assert clerk.keys <= MOST_KEYS, clerk.steps
    ask = start.page.desk.ask
    assert [row.state_label for row in ask(suggestions.rows, today=make.TODAY)] == ["已办结"]
    assert [row.matter for row in ask(opinions.rows, today=make.TODAY)] == [
        "路灯不亮",
        "自来水发黄",
    ]


def take_the_tour(clerk):
    clerk.notes("tour")
    clerk.enter(6)
    assert clerk.sees("从这里开始")
    assert clerk.sees("还有 6 项")
    clerk.notes("first page")


def tell_of_the_office(clerk):
    clerk.press(Qt.Key.Key_F10)
    clerk.enter(2)
    assert clerk.at == "联系电话"
    clerk.write("0472-0000000")
    clerk.ctrl(Qt.Key.Key_Return)
    clerk.notes("settings")


def import_the_roster(clerk):
    clerk.comes_to("请核对", (Qt.Key.Key_F9, NONE), (Qt.Key.Key_O, CTRL))
    clerk.notes("columns")
    clerk.comes_to("读到 3 人", (Qt.Key.Key_Return, CTRL))
    clerk.comes_to("新增 3 人", (Qt.Key.Key_Return, CTRL))
    clerk.notes("roster")


def register_a_home(clerk):
    clerk.press(Qt.Key.Key_F5)
    clerk.ctrl(Qt.Key.Key_J)
    clerk.write("五当召镇人大代表之家")
    clerk.ctrl(Qt.Key.Key_Return)
    clerk.notes("home")


def register_a_visit(clerk):
    clerk.ctrl(Qt.Key.Key_N)
    assert clerk.at == "参加代表"  # the day and the only home are known
    clerk.write("zs")
    clerk.enter(2)
    clerk.write("饮水安全")
    clerk.enter()
    clerk.write("5")
    clerk.enter()
    for who, matter in (("赵老三", "自来水发黄"), ("钱大姐", "路灯不亮")):
        clerk.write(who)
        clerk.enter(2)
        clerk.write(matter)
        clerk.enter()
        clerk.write("已经一个月了")
        clerk.press(Qt.Key.Key_Tab)
    clerk.notes("two opinions")
    clerk.ctrl(Qt.Key.Key_Return)
    clerk.notes("visit")


def bring_a_suggestion_to_its_end(clerk):
    clerk.press(Qt.Key.Key_F4)
    clerk.ctrl(Qt.Key.Key_J)
    clerk.write("关于解决缸房地村饮水安全的建议")
    clerk.enter()
    clerk.write("zs")
    clerk.enter()
    clerk.ctrl(Qt.Key.Key_Return)
    clerk.notes("suggestion")
    clerk.enter()
    _take(clerk, "受理建议")
    clerk.press(Qt.Key.Key_1)
    clerk.ctrl(Qt.Key.Key_U)
    clerk.write("区水务局")
    clerk.ctrl(Qt.Key.Key_Return)
    clerk.notes("assignment")
    clerk.ctrl(Qt.Key.Key_Return)
    _take(clerk, "登记签收")
    clerk.press(Qt.Key.Key_1)
    assert clerk.at == "答复类别"
    clerk.press(Qt.Key.Key_Down)
    clerk.ctrl(Qt.Key.Key_Return)
    _take(clerk, "发出征询意见表")
    clerk.press(Qt.Key.Key_1)
    for _ in range(2):  # handling, result
        clerk.press(Qt.Key.Key_Down)
        clerk.enter()
    clerk.notes("feedback")
    clerk.ctrl(Qt.Key.Key_Return)
    assert clerk.sees("已办结")
    clerk.notes("closed")
    clerk.press(Qt.Key.Key_Escape)


def _take(clerk, step):
    """The step that stands first, as it is offered."""
    assert clerk.button(step)
    clerk.press(Qt.Key.Key_1)
    clerk.ctrl(Qt.Key.Key_Return)


def print_the_report(clerk):
    clerk.press(Qt.Key.Key_F6)
    clerk.press(Qt.Key.Key_Down, times=2)
    assert clerk.sees("张三")
    clerk.ctrl(Qt.Key.Key_P)
    clerk.waits(lambda: not tasks.is_running())
    clerk.notes("preview")
    clerk.ctrl(Qt.Key.Key_S)
    clerk.waits(lambda: not tasks.is_running())
    clerk.press(Qt.Key.Key_Escape)


def see_what_is_left(clerk):
    clerk.press(Qt.Key.Key_F2)
    assert clerk.sees("还有 1 项")
    clerk.notes("what is left")
