"""The deputies page: found by initials, filtered, looked at, changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk.models import Evaluation, Mandate, Opinion, Suggestion, Visit
from deputydesk.models.choices import Channel, EndReason, Level
from deputydesk.operations import (
    deputies,
    electoral_districts,
    evaluations,
    point_quarters,
    receptions,
    suggestions,
)
from deputydesk.operations.evaluations import Tally
from deputydesk.operations.receptions import Heard
from deputydesk.reports import FORMS
from deputydesk.rules.quarters import Quarter
from deputydesk.ui.deputy_file import (
    DUTY,
    EVALUATIONS,
    HISTORY,
    OPINIONS,
    SCORES,
    SUGGESTIONS,
    VISITS,
    DeputyFile,
)
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.deputies import OF_ONE, DeputiesPage
from deputydesk.ui.preferences import Preferences
from tests import make
from tests.operations.duty_case import YEAR, adopt, scheme
from tests.ui.hands import press


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def wang(office, home):
    return make.deputy(office, name="王伟", home_id=home)


@pytest.fixture
def li(office):
    return office.do(deputies.add, name="李娜", level=Level.DISTRICT, town="五当召镇")


@pytest.fixture
def page(desk, wang, li, qtbot):
    made = DeputiesPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    return made


def listed(page):
    return [row.name for row in page.table.rows.rows()]


def dialog() -> FormDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in found if w.isVisible())


def save():
    dialog().form.save_next.emit()


def test_deputies_stand_in_the_official_order_with_counts_by_level(page):
    assert listed(page) == ["王伟", "李娜"]
    texts = [page.chips.group.button(n).text() for n in range(3)]
    assert texts == ["全部 2", "苏木乡镇 1", "区（旗县） 1"]


def test_the_list_is_narrowed_by_initials_level_and_town(page):
    page.find("ln")
    assert listed(page) == ["李娜"]
    page.find("")
    page.chips.group.button(1).setChecked(True)
    assert listed(page) == ["王伟"]
    page.chips.group.button(0).setChecked(True)
    page.town.setCurrentIndex(1)
    page.town.activated.emit(1)
    assert listed(page) == ["李娜"]
    page.find("没有")
    assert not page.file.isVisible()


def test_the_file_shows_what_the_deputy_did_and_opens_it(page, desk, wang, home):
    visit = desk.do(
        receptions.register,
        held_on=desk.today,
        home_id=home,
        deputy_ids=(wang,),
        said=(Heard(Channel.HOME, "路灯"),),
    )
    made = desk.do(suggestions.create, headline="修路的建议", lead_id=wang)
    judged = desk.do(evaluations.prepare, name="测评会", held_on=desk.today, deputy_ids=(wang,))
    desk.do(
        evaluations.count,
        evaluation_id=judged,
        issued=3,
        returned=3,
        valid=3,
        invalid=0,
        tallies=(Tally(wang, {"yes": 3}),),
    )
    opened = []
    desk.open_requested.connect(lambda model, record_id: opened.append((model, record_id)))

    page.table.select(wang)

    tabs = page.file.tabs
    assert [tabs.tabText(n) for n in (VISITS, SUGGESTIONS, OPINIONS, EVALUATIONS)] == [
        "进家履职 1",
        "建议 1",
        "意见 1",
        "测评 1",
    ]
    assert [kpi.accessibleName() for kpi in page.file.kpis] == [
        "进家履职 1次，按 Enter 看明细",
        "代表建议 1件，按 Enter 看明细",
        "听取意见 1件次，按 Enter 看明细",
        "述职测评 满意，按 Enter 看明细",
    ]
    for tab, table in (
        (VISITS, page.file.visits),
        (SUGGESTIONS, page.file.suggestions),
        (OPINIONS, page.file.opinions),
        (EVALUATIONS, page.file.evaluations),
    ):
        tabs.setCurrentIndex(tab)
        table.selectRow(0)
        press(table, Qt.Key.Key_Return)
    assert [model for model, _ in opened] == [Visit, Suggestion, Opinion, Evaluation]
    assert (opened[0][1], opened[1][1], opened[3][1]) == (visit, made, judged)


def test_the_file_holds_every_kind_of_duty_and_the_points_of_closed_quarters(
    duty_office, who, tmp_path, qtbot
):
    adopt(duty_office, scheme("汝州"))
    duty_office.do(point_quarters.close, quarter=Quarter(YEAR, 2))
    desk = Desk(tmp_path / "d", duty_office.clock, Preferences(operator="张丽"))
    desk.attach(duty_office)
    file = DeputyFile(desk)
    qtbot.addWidget(file)
    opened = []
    desk.open_requested.connect(lambda model, _id: opened.append(model.__tablename__))

    file.show_deputy(desk.ask(deputies.one, who.wang))

    assert file.tabs.tabText(DUTY) == "全部履职 17"
    parts = {row.part.label for row in file.duty.rows.rows()}
    assert parts == {*("会议出席", "视察调研", "学习培训", "建议意见", "述职与监督", "接待选民")}
    lines = [[c.text(r) for c in file.duty.rows.columns] for r in file.duty.rows.rows()]
    assert ["2025-08-08", "学习培训", "学习培训", "预算审查", "参加", "8学时"] in lines
    training = next(r for r in file.duty.rows.rows() if r.table == "training")
    file.duty.opened.emit(training)
    file.tabs.setCurrentIndex(SCORES)
    assert [[c.text(r) for c in file.scores.rows.columns] for r in file.scores.rows.rows()] == [
        ["2025年第二季度", "12", "2", "汝州（自2025年1月1日起）"]
    ]
    file.scores.opened.emit(file.scores.rows.row(0))
    assert opened == ["training", "point_quarter"]


def test_a_change_is_made_and_stands_in_the_history(page, desk, wang):
    page.table.select(wang)
    page._edit.click()
    form = dialog().form
    form.set_values({"phone": "13804720156", "leader": True})

    save()

    changed = desk.ask(deputies.one, wang)
    assert (changed.phone, changed.leader) == ("13804720156", True)
    assert page.file.tabs.tabText(HISTORY) == "修改记录 2"


def test_a_deputy_is_registered_and_shown(page, desk):
    page.start_new()
    dialog().form.set_values({"name": "嘎日迪", "level": Level.TOWN})

    save()

    assert [r.name for r in desk.ask(deputies.rows)].count("嘎日迪") == 1
    assert "嘎日迪" in listed(page)


def test_a_mandate_is_suspended_resumed_and_ended(page, desk, wang):
    page.table.select(wang)
    page._suspend.click()
    assert desk.ask(deputies.one, wang).suspended
    assert page._suspend.text() == "恢复职务"
    page._suspend.click()
    page._end.click()
    save()
    assert dialog().form.field("reason").error() == "请选择终止原因。"

    dialog().form.set_values({"reason": EndReason.RESIGNED})
    save()

    assert desk.ask(deputies.one, wang).end_reason is EndReason.RESIGNED
    assert listed(page) == ["李娜"]


def test_a_former_deputy_and_a_second_seat_are_opened(page, desk, wang, li):
    desk.do(deputies.end_mandate, mandate_id=wang, ended_on=desk.today, reason=EndReason.MOVED)
    second = desk.do(
        deputies.add_mandate,
        person_id=desk.ask(deputies.one, li).person_id,
        level=Level.CITY,
    )

    page.open_record(Mandate, wang)
    assert page.table.current().id == wang
    assert not page._end.isEnabled()
    page.open_record(Mandate, second)

    assert page.table.current().id == second
    page.open_record(Mandate, "")


def test_an_empty_office_says_what_to_do(desk, qtbot):
    page = DeputiesPage(desk)
    qtbot.addWidget(page)
    page.read_again()

    assert "登记代表" in page.table._empty
    assert not page.print_page()


def test_income_office_and_constituency_are_changed_in_the_form(page, desk, wang):
    district = desk.do(electoral_districts.save, name="第3选区", level=Level.TOWN)
    page.table.select(wang)
    page._edit.click()
    form = dialog().form
    form.field("fixed_income").set_value(True)
    form.field("leader").set_value(True)
    form.field("note").set_value("镇长")
    form.field("electoral_district_id").set_value(district)
    save()

    row = desk.ask(deputies.one, wang)
    assert (row.fixed_income, row.leader, row.note) == (True, True, "镇长")
    assert row.district == "第3选区"
    assert row.home_id


def test_a_deputy_elected_at_another_level_too_gets_a_second_seat(page, desk, wang):
    page.table.select(wang)
    page._also.click()
    form = dialog().form
    assert form.windowTitle() or dialog().windowTitle() == "登记兼任：王伟"
    form.field("level").set_value(Level.CITY)
    save()

    found = {row.level: row.main for row in desk.ask(deputies.rows) if row.name == "王伟"}
    assert found == {Level.TOWN: True, Level.CITY: False}


@pytest.mark.parametrize("form", OF_ONE)
def test_every_paper_of_a_deputy_is_printed_from_the_page(page, wang, qtbot, form):
    page.table.select(wang)
    choice = next(a for a in page.print_one.choices.actions() if a.data() == form)

    choice.trigger()

    qtbot.waitUntil(lambda: _preview(page) is not None)
    preview = _preview(page)
    assert FORMS[form].title in preview.windowTitle()
    preview.reject()


def test_papers_of_all_deputies_are_printed_from_the_page(page, qtbot):
    page.print_all.choices.actions()[1].trigger()

    qtbot.waitUntil(lambda: _preview(page) is not None)
    assert "履职档案" in _preview(page).windowTitle()
    _preview(page).reject()


def _preview(page):
    found = page.window().findChildren(PreviewDialog)
    return next((dialog for dialog in found if dialog.isVisible()), None)
