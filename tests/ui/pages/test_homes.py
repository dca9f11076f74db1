"""The homes page: coverage by month, who has not come, homes and stations."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from deputydesk.models import Home, Mandate
from deputydesk.models.choices import HomeLevel
from deputydesk.operations import places
from deputydesk.reports import Options
from deputydesk.ui import messages, tasks
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages import homes as homes_page
from deputydesk.ui.pages.homes import LIST, MISSING, STATIONS, HomesPage
from tests import make


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, home_id=home)


@pytest.fixture
def page(desk, deputy, qtbot):
    made = HomesPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    return made


def dialog() -> FormDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in found if w.isVisible())


def save():
    dialog().form.save_next.emit()


def test_the_matrix_counts_visits_and_names_blank_months(page, desk, home, deputy):
    make.visit(desk.office, home, deputy, held_on=date(2026, 8, 3))
    make.visit(desk.office, home, deputy, held_on=date(2026, 8, 20))

    line = page.matrix._rows[0]
    assert line.values == (0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, None)
    assert line.warning == "3 个月"
    assert "2026 年进家 2 次" in page._subtitle.text()
    assert "1 家连续空白" in page._subtitle.text()


def test_months_before_a_home_was_opened_are_not_blank(page, desk):
    desk.do(
        places.add_home,
        name="新家",
        level=HomeLevel.VILLAGE,
        opened_on=date(2026, 10, 8),
    )

    line = next(row for row in page.matrix._rows if row.name == "新家")
    assert line.values == (*[None] * 9, 0, 0, None)
    assert line.warning == "2 个月"


def test_who_has_not_come_is_listed_and_opened(page, desk, home, deputy):
    other = make.deputy(desk.office, name="李娜")
    make.visit(desk.office, home, deputy)
    opened = []
    desk.open_requested.connect(lambda model, record_id: opened.append((model, record_id)))
    page.chips.group.button(MISSING).setChecked(True)

    page.missing.selectRow(0)
    page.missing.opened.emit(page.missing.current())

    assert page.chips.group.button(MISSING).text() == "未进家代表 1"
    assert opened == [(Mandate, other)]


def test_another_year_is_looked_at(page, desk, home, deputy):
    make.visit(desk.office, home, deputy, held_on=date(2024, 5, 1))

    page.year.setCurrentIndex(page.year.findData(2024))
    page.refresh()

    assert page._heading.text() == "2024 年进家覆盖矩阵"
    assert page.matrix._rows[0].values == (0, 0, 0, 0, 1, *[0] * 7)


def test_a_home_is_opened_from_the_matrix_and_changed(page, desk, home):
    page.matrix.picked.emit(home)
    assert page.chips.chosen() == LIST
    page._change()
    dialog().form.set_values({"head": "苏和"})

    save()

    assert desk.ask(places.homes, 2026)[0].head == "苏和"


def test_a_new_home_is_made_and_shown(page, desk):
    page.start_new()
    dialog().form.set_values({"name": "青山村人大代表之家"})

    save()

    assert page.homes.current().name == "青山村人大代表之家"
    page.start_new()
    dialog().form.set_values({"name": "青山村人大代表之家"})
    save()
    assert dialog().form.field("name").error() == "已经有“青山村人大代表之家”了。"
    dialog().reject()


def test_a_station_is_made(page, desk, home):
    page._new_station.click()
    dialog().form.set_values({"name": "青山工作站", "home_id": home})

    save()

    row = desk.ask(places.stations)[0]
    assert (row.name, [role.label for role in row.roles]) == ("青山工作站", ["代表工作站"])
    assert page.views.currentIndex() == STATIONS


def test_search_narrows_every_list(page, desk, home):
    desk.do(places.add_home, name="青山村人大代表之家", level=HomeLevel.VILLAGE)

    page.find("青山")
    assert [h.name for h in page.homes.rows.rows()] == ["青山村人大代表之家"]
    page.open_record(Home, home)

    assert page.homes.current().id == home


@pytest.mark.parametrize(
    ("view", "heading"), [(0, "1月"), (MISSING, "电话"), (STATIONS, "依托单位")]
)
def test_what_is_in_sight_is_exported(page, view, heading, qtbot, tmp_path, monkeypatch):
    to = tmp_path / "表.xlsx"
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_args: to)
    page.chips.group.button(view).setChecked(True)

    page._export.click()
    qtbot.waitUntil(lambda: not tasks.is_running())

    assert heading in next(openpyxl.load_workbook(to).active.values)


def test_an_empty_office_says_what_to_do(desk, qtbot):
    page = HomesPage(desk)
    qtbot.addWidget(page)
    page.read_again()

    assert page._covered.currentIndex() == 1
    assert page.year.currentText() == "2026年"


def test_photos_of_a_home_lie_below_the_list_and_belong_to_the_home_in_sight(
    page, desk, home, tmp_path
):
    other = make.home(desk.office, name="民馨街道人大代表之家")
    photo = tmp_path / "牌匾.png"
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert picture.save(str(photo))
    page.chips.group.button(LIST).setChecked(True)

    page.homes.select(home)
    page.attachments.take([photo])

    assert [row.name for row in page.attachments.rows()] == ["牌匾.png"]
    page.homes.select(other)
    assert page.attachments.rows() == []
    page.homes.select(home)
    assert [row.name for row in page.attachments.rows()] == ["牌匾.png"]


@pytest.mark.parametrize(
    ("words", "form"),
    [("打印上墙内容", "home_wall"), ("打印牌匾", "home_plate"), ("打印公示栏", "deputy_wall")],
)
def test_each_paper_of_a_home_is_offered_in_the_list(page, home, monkeypatch, words, form):
    asked = []
    monkeypatch.setattr(homes_page, "preview_form", lambda *a: asked.append(a[2:]))
    action = next(a for a in page.homes.actions() if a.text() == words)
    page.chips.group.button(LIST).setChecked(True)

    action.trigger()
    page.homes.select(home)
    action.trigger()

    assert asked[-1] == (form, Options(record_id=home))


def test_the_wall_of_a_home_is_printed_from_the_list(page, home, qtbot):
    page.chips.group.button(LIST).setChecked(True)
    page.homes.select(home)
    action = next(a for a in page.homes.actions() if a.text() == "打印公示栏")

    action.trigger()

    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.window().findChildren(PreviewDialog)))
    [preview] = page.window().findChildren(PreviewDialog)
    assert "代表公示栏" in preview.windowTitle()
    preview.reject()


def test_the_home_in_hand_is_that_of_the_list(page, home):
    page.homes.select(home)
    assert page.at_hand() is None

    page.chips.group.button(LIST).setChecked(True)

    assert page.at_hand() == (Home, home)
