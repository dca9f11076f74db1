"""Ways to look at a list are kept under a name, and are a click away after the next start."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from deputydesk.models.choices import Channel, EndReason, Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import deputies, expenses, opinions, receptions, vacancies
from deputydesk.rules.cell_filters import CellFilter
from deputydesk.ui import list_memory, messages
from deputydesk.ui.pages.deputies import DeputiesPage
from deputydesk.ui.pages.suggestions import OPINIONS, SuggestionsPage
from deputydesk.ui.pages.visits import HOME, VisitsPage
from deputydesk.ui.registers.expenses import EXPENSES
from deputydesk.ui.registers_page import RegistersPage
from deputydesk.ui.saved_views import REMOVE, RENAME, RENEW, SAVE
from tests import make
from tests.operations.case import Case
from tests.ui import sample_register


class ShortPage(RegistersPage):
    title = "经费"
    registers = (sample_register.EXPENSES,)


class PagedPage(RegistersPage):
    title = "经费"
    registers = (EXPENSES,)


@pytest.fixture
def said(monkeypatch):
    """What the user answers when asked for a name."""
    answers = []
    monkeypatch.setattr(messages, "ask_text", lambda *_, **__: answers.pop(0))
    return answers


@pytest.fixture
def spent(desk):
    for content, amount, day in (
        ("订报纸", 100, date(2026, 3, 5)),
        ("印资料", 200, date(2026, 4, 5)),
        ("订报纸", 300, date(2025, 4, 5)),
    ):
        desk.do(
            expenses.save,
            spent_on=day,
            kind=ExpenseKind.MATERIAL,
            content=content,
            amount=amount,
            level=Level.TOWN,
            over_reason="没有标准",
        )


@pytest.fixture
def open_page(desk, spent, qtbot):
    held = []

    def made(kind):
        list_memory.memory.cache_clear()
        page = kind(desk)
        qtbot.addWidget(page)
        held.append(page)
        page.resize(1190, 690)
        page.show()
        page.read_again()
        return page

    return made


def amounts(page):
    return [row.amount for row in page.view.table.rows.rows()]


def chips(views):
    return [(chip.text(), chip.isChecked()) for chip in views._made]


def choose(views, place):
    list(views._made)[place].click()


def entry(views, place, text):
    chip = list(views._made)[place]
    chip.customContextMenuRequested.emit(QPoint(3, 3))
    menu = chip.findChildren(QMenu)[-1]
    action = next(a for a in menu.actions() if a.text() == text)
    menu.triggered.emit(action)
    menu.close()


@pytest.mark.parametrize("kind", [ShortPage, PagedPage])
def test_a_view_brings_back_words_filters_order_and_columns(open_page, said, kind):
    page = open_page(kind)
    table = page.view.table
    page.find("订报")
    table.filter((CellFilter("事由", "订报纸"),))
    table.sortByColumn(1, table.horizontalHeader().sortIndicatorOrder())
    said.append("报刊")
    next(a for a in table.actions() if a.text() == SAVE).trigger()
    assert chips(page.view.views) == [("报刊 1", True)]

    again = open_page(kind)
    assert amounts(again) == [200, 100]
    assert chips(again.view.views) == [("报刊 1", False)]
    choose(again.view.views, 0)

    assert amounts(again) == [100]
    assert again.view.table.filters.texts() == ["含：订报  ×", "事由：订报纸  ×", "全部清除"]
    assert again.view.table.horizontalHeader().sortIndicatorSection() == 1
    assert chips(again.view.views) == [("报刊 1", True)]


def test_a_view_of_another_year_turns_to_it(open_page, said):
    page = open_page(PagedPage)
    page.year.setCurrentIndex(page.year.findData(2025))
    page.refresh()
    said.append("去年")
    page.view.views.save()
    page.year.setCurrentIndex(page.year.findData(2026))
    page.refresh()
    assert chips(page.view.views) == [("去年 1", False)]

    choose(page.view.views, 0)

    assert page.year.currentData() == 2025
    assert amounts(page) == [300]


def test_what_cannot_be_counted_at_once_has_no_number(open_page, said):
    page = open_page(ShortPage)
    said.append("今年")
    page.view.views.save()

    page.year.setCurrentIndex(page.year.findData(2025))
    page.refresh()

    assert chips(page.view.views) == [("今年", False)]


def test_a_view_is_renamed_renewed_and_removed(open_page, said, desk):
    page = open_page(PagedPage)
    views = page.view.views
    said += ["一", "二", "三", ""]
    views.save()
    page.find("印资料")
    views.save()
    assert [name for name, _ in chips(views)] == ["一 2", "二 1"]

    entry(views, 0, RENAME)
    entry(views, 0, RENAME)
    entry(views, 0, RENEW)
    assert [name for name, _ in chips(views)] == ["三 1", "二 1"]

    entry(views, 1, REMOVE)
    assert [view.name for view in list_memory.ListMemory(desk.folder).views("经费支出列表")] == [
        "三"
    ]


def test_a_part_of_the_list_belongs_to_the_view(open_page, said):
    page = open_page(PagedPage)
    page.view.chips.group.button(3).setChecked(True)
    said.append("没票的")
    page.view.views.save()
    page.view.chips.group.button(0).setChecked(True)

    choose(page.view.views, 0)

    assert page.view.chips.chosen() == 3


def test_a_name_is_short_and_none_is_none(open_page, said, shown_errors):
    page = open_page(PagedPage)
    said += ["", "这个视图的名称实在是太长了一点"]
    save = next(a for a in page.view.table.actions() if a.text() == SAVE)

    save.trigger()
    save.trigger()

    assert page.view.views.views == []
    assert shown_errors == ["视图名称最多 12 个字。请用短一些的名称。"]


def test_visits_have_views_too(desk, office, open_page, said):
    home = make.home(office)
    deputy = make.deputy(office, home_id=home)
    for place in ("青山村", "东街"):
        desk.do(
            receptions.register,
            held_on=make.TODAY,
            home_id=home,
            deputy_ids=(deputy,),
            topic="医保",
            place=place,
        )
    page = open_page(VisitsPage)
    page.find("青山")
    page.chips.group.button(HOME).setChecked(True)
    page.table.filter((CellFilter("方式", page.table.rows.row(0).kind.label),))
    said.append("青山")
    page.views.save()
    page.find("")
    page.table.filter((CellFilter("意见", "—", is_out=True),))
    said.append("有意见")
    page.views.save()
    assert chips(page.views) == [("青山 1", False), ("有意见", True)]

    choose(page.views, 0)

    assert [row.place for row in page.table.rows.rows()] == ["青山村"]
    assert (page.chips.chosen(), page.now().words) == (HOME, "青山")
    page._filter_bar.unfound.emit()
    assert page.table.rows.rowCount() == 2


def test_the_ledger_of_suggestions_has_views_and_one_leads_there_from_the_board(
    office, open_page, said
):
    Case.entered(office)
    for matter in ("路灯不亮", "自来水浑浊", "路灯坏了"):
        office.do(opinions.hear, channel=Channel.PHONE, matter=matter, heard_on=make.TODAY)
    page = open_page(SuggestionsPage)
    page.switch.click()
    page.find("路灯")
    page.chips.group.button(OPINIONS).setChecked(True)
    said.append("路灯")
    page.views.save()
    assert page.table.filters.texts() == ["含：路灯  ×"]
    page._filter_bar.unfound.emit()
    page.table.filter((CellFilter("标题", "自来水浑浊"),))
    said.append("浑水")
    page.views.save()
    assert chips(page.views) == [("路灯 2", False), ("浑水", True)]
    page.chips.group.button(0).setChecked(True)
    page.switch.click()
    assert [is_on for _, is_on in chips(page.views)] == [False, False]

    choose(page.views, 0)

    assert page.is_list
    assert {line.headline for line in page.table.rows.rows()} == {"路灯不亮", "路灯坏了"}
    assert page.chips.chosen() == OPINIONS
    choose(page.views, 1)
    assert [line.headline for line in page.table.rows.rows()] == ["自来水浑浊"]


def test_deputies_have_views_of_level_town_and_those_who_left(office, open_page, said):
    for name, town in (("王伟", "青山镇"), ("李娜", "青山镇"), ("赵敏", "东街街道")):
        office.do(deputies.add, name=name, level=Level.TOWN, town=town)
    left = office.do(deputies.add, name="孙丽", level=Level.TOWN, town="青山镇")
    office.do(vacancies.end, mandate_id=left, ended_on=make.TODAY, reason=EndReason.RESIGNED)
    page = open_page(DeputiesPage)
    page.former.setChecked(True)
    page.town.setCurrentIndex(page.town.findText("青山镇"))
    page.chips.group.button(1).setChecked(True)
    page.table.filter((CellFilter("姓名", "王伟", is_out=True),))
    said.append("青山")
    page.views.save()
    assert chips(page.views) == [("青山 2", True)]

    again = open_page(DeputiesPage)
    assert chips(again.views) == [("青山", False)]
    again.find("赵敏")
    choose(again.views, 0)

    assert {row.name for row in again.table.rows.rows()} == {"李娜", "孙丽"}
    assert (again.town.currentText(), again.former.isChecked()) == ("青山镇", True)
    assert again.chips.chosen() == 1
    assert chips(again.views) == [("青山 2", True)]


def test_a_town_that_is_no_more_leaves_a_view_of_all_towns(office, open_page, said, desk):
    office.do(deputies.add, name="王伟", level=Level.TOWN, town="青山镇")
    page = open_page(DeputiesPage)
    list_memory.memory(desk.folder).keep_views(
        "代表列表", [list_memory.View("旧镇", also={"town": "旧镇"})]
    )
    page = open_page(DeputiesPage)

    choose(page.views, 0)

    assert [row.name for row in page.table.rows.rows()] == ["王伟"]
