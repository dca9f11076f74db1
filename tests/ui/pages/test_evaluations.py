"""The evaluation page: prepared, counted by keyboard, checked while typing, announced."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.models import Evaluation
from deputydesk.models.choices import EvaluationState
from deputydesk.operations import evaluations
from deputydesk.ui import style
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.pages.evaluations import EvaluationsPage, PrepareDialog
from tests import make
from tests.ui.hands import press, press_ctrl, show_page, write

NAMES = ("王伟", "李娜", "丁福")


@pytest.fixture
def people(office):
    home = make.home(office)
    return tuple(make.deputy(office, name=name, home_id=home) for name in NAMES)


@pytest.fixture
def page(desk, people, qtbot):
    made = EvaluationsPage(desk)
    show_page(made, desk, qtbot)
    return made


@pytest.fixture
def prepared(page, desk, people):
    return desk.do(evaluations.prepare, name="述职测评会", held_on=desk.today, deputy_ids=people)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget
    return widget


def type_numbers(*numbers):
    for number in numbers:
        write(focused(), str(number))
        press(focused(), Qt.Key.Key_Return)


def sums(page):
    return [line.sum.text() for line in page.grid._lines]


def test_a_count_is_typed_with_enter_alone_saved_and_announced(page, desk, prepared):
    page._begin()
    type_numbers(10, 9, 8, 1, "姜永福")
    write(focused(), "杨永")
    page.grid.focus_first()
    type_numbers(5, 2, 1, 0, 0, 8, 0, 0, 0, 0, 2, 2, 2, 1, 1)
    assert focused() is page._save
    assert sums(page) == ["8 ✓"] * 3
    assert page._sum.text() == "全部对上。"

    press_ctrl(focused(), Qt.Key.Key_Return)

    row = desk.ask(evaluations.one, prepared)
    assert (row.state, row.issued, row.invalid, row.counter) == (
        EvaluationState.COUNTED,
        10,
        1,
        "姜永福",
    )
    assert [e.grade for e in desk.ask(evaluations.entries, prepared)] == [
        "满意",
        "满意",
        "不满意",
    ]
    page._announce.click()
    assert desk.ask(evaluations.one, prepared).state is EvaluationState.ANNOUNCED
    assert not page.grid._lines[0].cells["yes"].isEnabled()


def test_red_words_say_how_much_is_missing_while_typing(page, prepared):
    page.numbers.set_values({"issued": 10, "returned": 9, "valid": 8, "invalid": 1})
    page.grid.focus_first()

    type_numbers(5, 2)
    assert sums(page)[0] == "少1票"
    type_numbers(4)

    assert sums(page) == ["多3票", "未录入", "未录入"]
    assert page._sum.text() == "票数相符，还有3名代表没有对上。"


def test_ballots_that_do_not_add_up_are_said_at_once(page, prepared):
    page.numbers.set_values({"issued": 10, "returned": 9, "valid": 7, "invalid": 1})
    page.numbers.edited.emit()

    assert page._sum.text() == "有效7＋无效1＝8张，比收回9张少1张。"


def test_a_missing_number_and_a_missing_row_are_named(page, desk, prepared, shown_errors):
    page._save.click()
    assert page.numbers.field("issued").error() == "请填写发出票数。"

    page.numbers.set_values({"issued": 10, "returned": 9, "valid": 8, "invalid": 1})
    page.grid.focus_first()
    type_numbers(8)
    page._save.click()

    assert page._sum.text() == "还没有录入王伟的得票。"
    assert focused().accessibleName() == "王伟 满意"
    assert shown_errors == []
    assert desk.ask(evaluations.one, prepared).state is EvaluationState.PREPARED


def test_a_row_that_does_not_add_up_is_refused_at_the_row(page, prepared, shown_errors):
    page.numbers.set_values({"issued": 10, "returned": 9, "valid": 8, "invalid": 1})
    for line, number in zip(page.grid._lines, (8, 7, 8), strict=True):
        line.cells["yes"].setText(str(number))

    page._save.click()

    assert "比有效票8少1票" in page._sum.text()
    assert focused().accessibleName() == "王伟 满意"
    assert shown_errors == []


def test_what_is_no_number_is_said(page, prepared):
    page.grid._lines[0].cells["yes"].setText("八")
    page.grid.check()
    assert sums(page)[0] == "应是整数"

    page.numbers.set_values({"issued": 10, "returned": 9, "valid": 8, "invalid": 1})
    page._save.click()

    assert page._sum.text() == "丁福的得票应当是整数。"


def test_arrows_move_through_the_grid(page, prepared):
    page.grid.focus_first()
    for key, name in (
        (Qt.Key.Key_Down, "王伟 满意"),
        (Qt.Key.Key_Right, "王伟 基本满意"),
        (Qt.Key.Key_Up, "丁福 基本满意"),
        (Qt.Key.Key_Left, "丁福 满意"),
        (Qt.Key.Key_Up, "丁福 满意"),
    ):
        press(focused(), key)
        assert focused().accessibleName() == name


def test_typed_numbers_outlive_a_crash(page, desk, prepared, qtbot):
    page.grid.focus_first()
    type_numbers(5, 2)
    page.table.setFocus()

    again = EvaluationsPage(desk)
    qtbot.addWidget(again)
    again.read_again()

    cells = again.grid._lines[0].cells
    assert (cells["yes"].text(), cells["mostly"].text()) == ("5", "2")
    assert again.grid.restored_from == desk.clock()


def test_an_evaluation_is_prepared_with_the_deputies_of_a_home(page, desk, qtbot):
    page.start_new()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PrepareDialog))
    dialog.form.set_values({"name": "述职测评会"})
    home = dialog.form.field("home_id").control
    write(home, "五当召")
    press(home, Qt.Key.Key_Return)

    dialog.form.save_next.emit()

    row = desk.ask(evaluations.rows)[0]
    assert (row.name, row.deputies) == ("述职测评会", 3)
    assert page.table.rows.rowCount() == 1


def test_search_and_opening_from_another_page(page, desk, prepared, people):
    other = desk.do(evaluations.prepare, name="第二次", held_on=desk.today, deputy_ids=people[:1])
    page.find("第二")
    assert [r.name for r in page.table.rows.rows()] == ["第二次"]
    page.find("没有这个")
    assert not page._card.isVisible()

    page.open_record(Evaluation, prepared)

    assert page._title.text() == "述职测评会"
    assert other in [r.id for r in page.table.rows.rows()]


def test_ballots_are_shown_before_they_are_printed(page, prepared, qtbot):
    assert page.print_page()

    qtbot.waitUntil(lambda: bool(previews()))
    assert "测评票" in previews()[0].windowTitle()
    previews()[0].close()


def previews():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, PreviewDialog)]


def test_an_empty_office_says_what_to_do(desk, qtbot):
    page = EvaluationsPage(desk)
    qtbot.addWidget(page)
    page.read_again()

    assert "准备测评" in page.table._empty
    assert not page.print_page()


def test_a_larger_text_keeps_the_numbers_and_the_columns_in_line(page, prepared, qtbot):
    page.grid._lines[0].cells["yes"].setText("8")
    narrow = page.grid._lines[0].cells["yes"].width()
    app = QApplication.instance()
    assert isinstance(app, QApplication)

    style.apply(app, style.LIGHT, 1.5)

    try:
        cell = page.grid._lines[0].cells["yes"]
        qtbot.waitUntil(lambda: cell.width() == round(narrow * 1.5))
        assert cell.text() == "8"
    finally:
        style.apply(app, style.LIGHT, 1.0)
