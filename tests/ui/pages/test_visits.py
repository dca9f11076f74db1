"""The register page as a clerk uses it, by keyboard."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from deputydesk.models import Opinion, Visit
from deputydesk.models.choices import Channel, VisitKind
from deputydesk.operations import opinions, receptions, visits
from deputydesk.operations.receptions import Heard
from deputydesk.ui import messages, tasks
from deputydesk.ui.dialogs.opinion import OpinionDialog
from deputydesk.ui.pages.visits import HOME, LINK, VisitsPage
from tests import make
from tests.ui.hands import press, press_ctrl, show_page, write


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, home_id=home)


@pytest.fixture
def page(desk, deputy, qtbot):
    made = VisitsPage(desk)
    show_page(made, desk, qtbot)
    return made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget
    return widget


def save(page):
    page.form.field("received").setFocus()
    press_ctrl(focused(), Qt.Key.Key_Return)


def test_a_visit_with_two_opinions_is_registered_by_keyboard_alone(page, desk, home, deputy):
    page.start_new()

    write(focused(), "王伟")  # home is the only one; typing begins at the deputies
    press(focused(), Qt.Key.Key_Return)  # takes 王伟 from the list
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_Return)
    write(focused(), "2")
    press(focused(), Qt.Key.Key_Return)  # past the channel, which is known
    write(focused(), "郝平")
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_Return)
    write(focused(), "村道路灯不亮")
    press(focused(), Qt.Key.Key_Return)
    write(focused(), "东头三盏灯不亮")
    page.heard.more.click()
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_Return)
    write(focused(), "自来水浑浊")
    press_ctrl(focused(), Qt.Key.Key_Return)

    row = desk.ask(visits.rows)[0]
    assert (row.held_on, row.home_id, row.deputy_ids) == (make.TODAY, home, (deputy,))
    assert (row.received, row.matters) == (2, ("村道路灯不亮", "自来水浑浊"))
    first = desk.ask(receptions.heard, row.id)[0]
    assert (first.voter_name, first.detail, first.channel) == (
        "郝平",
        "东头三盏灯不亮",
        Channel.HOME,
    )


def test_the_next_of_a_batch_keeps_day_kind_home_and_deputies(page, desk, home, deputy):
    page.form.set_values(
        {"held_on": make.TODAY.replace(day=2), "kind": VisitKind.POLICY, "deputy_ids": (deputy,)}
    )
    save(page)

    kept = page.form.values()
    assert kept["held_on"] == make.TODAY.replace(day=2)
    assert (kept["kind"], kept["home_id"], kept["deputy_ids"]) == (
        VisitKind.POLICY,
        home,
        (deputy,),
    )
    assert (kept["said"], kept["recorder"]) == ((), "张丽")
    assert len(desk.ask(visits.rows)) == 1


def test_one_undo_takes_back_the_visit_and_its_opinions(page, desk, home, deputy):
    page.form.set_values({"deputy_ids": (deputy,), "said": (Heard(Channel.HOME, "路灯"),)})
    save(page)
    assert page.table.rows.rowCount() == 1

    desk.undo()

    assert page.table.rows.rowCount() == 0
    assert desk.ask(opinions.rows, today=desk.today) == []


def test_missing_deputies_are_said_at_their_field(page):
    save(page)

    assert page.form.field("deputy_ids").error() == "请填写参加的代表。"


def test_an_opinion_without_a_matter_is_said_in_its_block(page, desk, deputy):
    page.form.set_values({"deputy_ids": (deputy,)})
    write(page.heard._blocks[0].voter.control, "郝平")
    save(page)

    assert desk.ask(visits.rows) == []
    assert focused().accessibleName() == "反映事项"


def test_the_chosen_visit_is_shown_and_changed(page, desk, home, deputy):
    visit_id = make.visit(desk.office, home, deputy)
    page.table.select(visit_id)
    page.form.set_values({"topic": "代表接待日"})
    page.heard.set_value((Heard(Channel.HOME, "路灯"),))
    save(page)

    row = desk.ask(visits.rows)[0]
    assert (row.topic, row.matters) == ("代表接待日", ("路灯",))
    assert page.table.hasFocus()


def test_what_is_deleted_comes_back_with_undo(page, desk, home, deputy):
    visit_id = make.visit(desk.office, home, deputy)
    page.table.select(visit_id)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Delete)
    assert page.table.rows.rowCount() == 0

    desk.undo()

    assert page.table.rows.rowCount() == 1


def test_chips_and_search_narrow_the_list(page, desk, home, deputy):
    make.visit(desk.office, home, deputy)
    other = make.deputy(desk.office, name="李娜")
    desk.do(
        visits.register,
        held_on=make.TODAY,
        kind=VisitKind.LINK_VOTERS,
        deputy_ids=(other,),
        place="青山村",
    )

    page.chips.group.button(LINK).setChecked(True)
    assert [r.place for r in page.table.rows.rows()] == ["青山村"]
    assert page.chips.group.button(HOME).text() == "进家活动 1"
    page.chips.group.button(0).setChecked(True)
    page.find("ww")
    assert [r.deputies for r in page.table.rows.rows()] == [("王伟",)]
    page.find("")
    assert page.table.rows.rowCount() == 2


def test_an_office_with_older_visits_only_opens_on_their_year(desk, home, deputy, qtbot):
    make.visit(desk.office, home, deputy, held_on=make.TODAY.replace(year=2024))

    page = VisitsPage(desk)
    qtbot.addWidget(page)
    page.read_again()

    assert page.year.currentText() == "2024年"
    assert page.table.rows.rowCount() == 1


def test_a_visit_of_another_year_and_an_opinion_are_opened(page, desk, home, deputy, qtbot):
    old = make.visit(desk.office, home, deputy, held_on=make.TODAY.replace(year=2024))
    page.open_record(Visit, old)
    assert page.table.current().id == old

    now = desk.do(
        receptions.register,
        held_on=make.TODAY,
        home_id=home,
        deputy_ids=(deputy,),
        said=(Heard(Channel.HOME, "路灯"),),
    )
    page.open_record(Opinion, desk.ask(receptions.heard, now)[0].opinion_id)

    assert page.table.current().id == now
    opened = [w for w in QApplication.topLevelWidgets() if isinstance(w, OpinionDialog)]
    assert [w.windowTitle() for w in opened if w.isVisible()]
    for window in opened:
        window.reject()


def test_who_listened_is_asked_only_when_there_were_several(page, desk, deputy):
    other = make.deputy(desk.office, name="李娜")
    page.deputies.set_value((deputy,))
    page.deputies.edited.emit()
    assert not page.heard._blocks[0].deputy.isVisible()

    page.deputies.set_value((deputy, other))
    page.deputies.edited.emit()

    assert page.heard._blocks[0].deputy.isVisible()


def test_tab_comes_by_everything_once_also_with_a_second_opinion(page):
    page.start_new()
    page.heard.add_block()
    page.form.field("held_on").setFocus()
    passed = []

    while focused() not in passed:
        passed.append(focused())
        press(focused(), Qt.Key.Key_Tab)

    assert focused() is passed[0]
    names = [
        w.accessibleName() or (w.text() if isinstance(w, QAbstractButton) else "") for w in passed
    ]
    assert "" not in names
    start = names.index("意见1 渠道")
    assert names[start + 5 : start + 11] == [
        "意见2 渠道",
        "意见2 选民姓名",
        "意见2 联系电话",
        "意见2 反映事项",
        "意见2 情况记录",
        "再记一条意见",
    ]
    for back in reversed(passed):
        press(focused(), Qt.Key.Key_Backtab)
        assert focused() is back


def test_a_draft_with_opinions_is_offered_again(page, desk, qtbot):
    write(page.heard._blocks[0].voter.control, "郝平")
    page.table.setFocus()
    again = VisitsPage(desk)
    qtbot.addWidget(again)
    again.show()
    again.read_again()

    again.form._restore()

    assert again.heard._blocks[0].voter.value() == "郝平"


def test_an_opinion_block_can_be_dropped_again(page):
    page.heard.add_block()
    write(page.heard._blocks[1].matter.control, "多记的")
    page.heard._blocks[1].drop.click()

    assert page.heard.value() == ()
    assert len(page.heard._blocks) == 1


def test_the_list_is_exported(page, desk, home, deputy, qtbot, tmp_path, monkeypatch):
    make.visit(desk.office, home, deputy, received=5)
    to = tmp_path / "登记.xlsx"
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_args: to)

    page._export.click()
    qtbot.waitUntil(lambda: not tasks.is_running())

    rows = list(openpyxl.load_workbook(to).active.values)
    assert rows[0][0] == "编号"
    assert rows[1][5:8] == ("王伟", None, 5)


def test_who_contacts_the_deputies_is_asked_only_where_a_member_does(page, desk, deputy):
    assert not page.member.isVisible()
    page.form.field("kind").set_value(VisitKind.LINK_DEPUTIES)
    page.form.field("kind").edited.emit()
    assert page.member.isVisible()

    page.form.set_values({"deputy_ids": (deputy,), "member": "李主任", "received": 0})
    save(page)

    [row] = desk.ask(visits.rows)
    assert (row.kind, row.member) == (VisitKind.LINK_DEPUTIES, "李主任")
    page.open_record(Visit, row.id)
    assert page.member.isVisible()
    assert page.member.value() == "李主任"
    page.start_new()
    assert not page.member.isVisible()
