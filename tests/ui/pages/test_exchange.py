"""The page of imports and exports."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from deputydesk.models.choices import Level
from deputydesk.operations import deputies, places, units
from deputydesk.ui import roster_wizard, tasks
from deputydesk.ui.pages import exchange
from deputydesk.ui.pages.exchange import ExchangePage
from deputydesk.ui.roster_steps import letters
from deputydesk.ui.roster_wizard import COLUMNS, DONE, FILE, PREVIEW, QUESTIONS
from tests import make


@pytest.fixture
def page(desk, qtbot):
    made = ExchangePage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.refresh()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def settle(qtbot):
    """Waits for the running task."""

    def settled():
        qtbot.waitUntil(lambda: not tasks.is_running(), timeout=20_000)

    return settled


def _book(path: Path, *rows) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "名册"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


HEADINGS = ("序号", "姓名", "性别", "民族", "出生年月", "联系电话")


@pytest.fixture
def roster(tmp_path):
    return _book(
        tmp_path / "花名册.xlsx",
        ("五当召镇人大代表花名册",),
        HEADINGS,
        (1, "王伟", "男", "汉族", "1980-05", "13804720001"),
        (2, "乌云其木格", "女", "蒙古族", "1975-12", "13804720002"),
        ("合计", 2),
    )


def _texts(widget) -> str:
    return "\n".join(part.text() for part in widget.findChildren(QLabel))


def _names(desk) -> list[str]:
    return sorted(row.name for row in desk.ask(deputies.rows))


def test_a_roster_is_taken_in_step_by_step_and_undone_as_one(
    page, desk, roster, settle, shown_errors
):
    wizard = page.wizard
    assert wizard.step == FILE

    wizard.read_file(roster)
    settle()
    assert wizard.step == COLUMNS
    assert wizard.columns.mapping() == {}
    wizard.next.click()
    settle()
    assert wizard.step == PREVIEW
    assert [p.record.name for p in wizard.preview.people.rows.rows()] == ["王伟", "乌云其木格"]
    assert "合计" in [s.row.text.split()[0] for s in wizard.preview.left.rows.rows()]
    assert _names(desk) == []
    wizard.next.click()
    settle()

    assert wizard.step == DONE
    assert "新增 2 人" in _texts(wizard)
    assert _names(desk) == ["乌云其木格", "王伟"]
    desk.undo()
    assert _names(desk) == []
    assert shown_errors == []


def test_a_second_time_adds_nobody(page, desk, roster, settle):
    wizard = page.wizard
    for _ in range(2):
        wizard.read_file(roster)
        settle()
        wizard.next.click()
        settle()
        wizard.next.click()
        settle()

    assert "新增 0 人，补充 0 人，2 人与原来相同。" in _texts(wizard)
    assert len(_names(desk)) == 2


def test_cancel_and_back_write_nothing(page, desk, roster, settle):
    wizard = page.wizard
    wizard.read_file(roster)
    settle()
    wizard.next.click()
    settle()

    wizard.back.click()
    assert wizard.step == COLUMNS
    wizard.cancel.click()

    assert wizard.step == FILE
    assert _names(desk) == []


def test_a_column_is_corrected(page, desk, tmp_path, settle):
    path = _book(
        tmp_path / "名册.xlsx", ("序号", "姓名", "备注"), (1, "王伟", "汉族"), (2, "高娃", "蒙古族")
    )
    wizard = page.wizard
    wizard.read_file(path)
    settle()

    box = wizard.columns._boxes["名册", 2][0]
    box.setCurrentIndex(box.findText("民族"))
    wizard.next.click()
    settle()

    assert [p.record.ethnic for p in wizard.preview.people.rows.rows()] == ["汉族", "蒙古族"]


def test_a_sheet_without_headings_is_named_by_hand(page, desk, tmp_path, settle, shown_errors):
    path = _book(tmp_path / "名册.xlsx", ("王伟", "男"), ("高娃", "女"))
    wizard = page.wizard
    wizard.read_file(path)
    settle()

    assert wizard.step == COLUMNS
    assert "找不到表头" in _texts(wizard)
    box = wizard.columns._boxes["名册", 0][0]
    box.setCurrentIndex(box.findText("姓名"))
    wizard.next.click()
    settle()

    assert [p.record.name for p in wizard.preview.people.rows.rows()] == ["王伟", "高娃"]
    assert shown_errors == []


def test_what_is_ambiguous_is_asked_and_the_answer_taken(page, desk, tmp_path, settle):
    path = _book(
        tmp_path / "名册.xlsx",
        HEADINGS,
        (1, "王伟", "男", "汉族", 1978.1, "13804720001"),
        (2, "高娃", "女", "蒙古族", 1979.11, "13804720002"),
    )
    wizard = page.wizard
    wizard.read_file(path)
    settle()
    wizard.next.click()
    settle()

    assert wizard.step == QUESTIONS
    [question] = wizard._reading.roster.questions
    box = wizard.questions._boxes[question.id]
    box.setCurrentIndex(2)
    answer = box.currentData()
    wizard.next.click()
    settle()

    births = [p.record.birth for p in wizard.preview.people.rows.rows()]
    assert answer in births
    wizard.back.click()
    assert wizard.step == QUESTIONS


def test_questions_left_open_are_in_the_report(page, desk, tmp_path, settle, monkeypatch, roster):
    path = _book(
        tmp_path / "名册.xlsx", HEADINGS, (1, "王伟", "男", "汉族", 1978.1, ""), ("合计", 1)
    )
    wizard = page.wizard
    wizard.read_file(path)
    settle()
    wizard.next.click()
    settle()
    wizard.next.click()
    settle()
    monkeypatch.setattr(roster_wizard, "ask_file_to_save", lambda *_: tmp_path / "报告")

    wizard.report.click()
    settle()

    sheet = openpyxl.load_workbook(tmp_path / "报告.xlsx").active
    outcomes = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert outcomes == ["已导入", "已跳过", "没有回答"]
    assert "1 处没有回答" in _texts(wizard)


def test_level_and_town_are_chosen_for_a_roster_that_does_not_say(page, desk, roster, settle):
    wizard = page.wizard
    wizard.read_file(roster)
    settle()
    wizard.next.click()
    settle()

    wizard.options.set_values({"level": Level.DISTRICT, "town": "吉忽伦图苏木"})
    wizard.next.click()
    settle()

    found = desk.ask(deputies.rows)
    assert {(row.level, row.town) for row in found} == {(Level.DISTRICT, "吉忽伦图苏木")}


def test_a_file_that_is_no_roster_is_refused_with_a_sentence(
    page, tmp_path, settle, shown_errors, qtbot
):
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))

    page.wizard.read_file(path)
    qtbot.waitUntil(lambda: bool(shown_errors), timeout=20_000)

    assert "照片.xlsx" in shown_errors[0]
    assert page.wizard.step == FILE


def test_a_file_is_dropped_or_chosen(page, roster, settle, monkeypatch):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(roster))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.wizard.dropEvent(drop)
    settle()
    assert page.wizard.step == COLUMNS
    page.wizard.cancel.click()
    monkeypatch.setattr(roster_wizard, "ask_file_to_open", lambda *_: roster)

    page.wizard.choose.click()
    settle()

    assert page.wizard.step == COLUMNS


def test_columns_are_called_as_in_excel():
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


ROWS = QItemSelectionModel.SelectionFlag.Rows
ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect
MORE = QItemSelectionModel.SelectionFlag.Select


def _choose(page, place: int, how: QItemSelectionModel.SelectionFlag = ONLY) -> None:
    """Mark a row whatever modifier keys another test has left pressed."""
    page.table.selectionModel().setCurrentIndex(page.table.rows.index(place, 0), how | ROWS)


def _choose_kind(page, title: str) -> None:
    page.chips.group.button(1).click()
    _choose(page, next(n for n, r in enumerate(page.table.rows.rows()) if r.title == title))


def test_records_go_out_are_changed_and_come_in_again(
    page, desk, office, tmp_path, settle, monkeypatch, shown_errors
):
    make.unit(office, name="区住建局")
    to = tmp_path / "单位.xlsx"
    monkeypatch.setattr(exchange, "ask_file_to_save", lambda *_: to)
    monkeypatch.setattr(exchange, "ask_file_to_open", lambda *_: to)
    _choose_kind(page, "承办单位")

    page.out.click()
    settle()
    book = openpyxl.load_workbook(to)
    headings = [cell.value for cell in book.worksheets[0][1]]
    book.active.cell(2, headings.index("联系电话") + 1, "0472-8728000")
    book.active.append([None] * headings.index("单位名称") + ["区水务局"])
    book.save(to)
    page.take_in.click()
    settle()

    found = {unit.name: unit.phone for unit in desk.ask(units.rows)}
    assert found == {"区住建局": "0472-8728000", "区水务局": ""}
    assert shown_errors[0].startswith("新增 1 条，修改 1 条，0 条与原来相同。")


def test_an_error_names_the_row_and_the_heading_and_nothing_is_taken(
    page, desk, office, tmp_path, settle, qtbot, shown_errors
):
    make.home(office)
    path = tmp_path / "家.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["名称", "级别"])
    book.active.append(["爬榆树村代表之家", "嘎查村级"])
    book.active.append(["某家", "国家级"])
    book.save(path)

    page.import_sheet("home", path)
    qtbot.waitUntil(lambda: bool(shown_errors), timeout=20_000)

    assert "第3行" in shown_errors[0]
    assert "级别" in shown_errors[0]
    assert len(desk.ask(places.homes, 2026)) == 1


def test_several_kinds_go_out_into_a_folder(page, office, tmp_path, settle, monkeypatch):
    make.unit(office)
    monkeypatch.setattr(exchange, "ask_folder", lambda *_: tmp_path)
    page.chips.group.button(1).click()
    _choose(page, 0)
    _choose(page, 1, MORE)

    page.out.click()
    settle()

    assert sorted(path.stem for path in tmp_path.glob("*.xlsx")) == ["人员", "代表"]


def test_a_blank_sheet_has_the_headings(page, tmp_path, settle, monkeypatch):
    monkeypatch.setattr(exchange, "ask_file_to_save", lambda *_: tmp_path / "空白.xlsx")
    _choose_kind(page, "承办单位")

    page.blank.click()
    settle()

    sheet = openpyxl.load_workbook(tmp_path / "空白.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["单位名称", "简称"]
    assert sheet.max_row == 1
