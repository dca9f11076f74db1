"""Both directions of 双联系 on the screen: who has contacted whom, who has not."""

from datetime import date

import pytest

from deputydesk.models.choices import LinkMethod, VisitKind
from deputydesk.operations import links, local_rules, visits
from deputydesk.ui.pages.links import LinksPage
from tests import make


@pytest.fixture
def people(office):
    return tuple(make.deputy(office, name=name) for name in ("王伟", "高娃"))


@pytest.fixture
def page(desk, people, qtbot):
    desk.do(
        local_rules.adopt,
        kind=links.MEMBERS,
        name="名单",
        valid_from=date(2026, 1, 1),
        rule={
            "members": [
                {"name": "张主席", "post": "主席", "asked": 2},
                {"name": "李委员", "post": "委员", "asked": 0},
            ]
        },
    )
    desk.do(
        visits.register,
        held_on=date(2026, 3, 5),
        kind=VisitKind.LINK_DEPUTIES,
        member="李委员",
        method=LinkMethod.TALK,
        deputy_ids=people[:1],
    )
    desk.do(
        visits.register,
        held_on=date(2026, 4, 5),
        kind=VisitKind.LINK_VOTERS,
        method=LinkMethod.HOUSEHOLD,
        deputy_ids=people[:1],
        received=7,
        place="村里",
    )
    made = LinksPage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    return made


def cells(view):
    return [
        [column.text(row) for column in view.register.columns] for row in view.table.rows.rows()
    ]


def test_members_show_whom_they_contacted_and_who_has_not_begun(page):
    assert cells(page.view) == [
        ["张主席", "主席", "0/2", "0", "", "", ""],
        ["李委员", "委员", "1", "1", "谈心 1", "2026-03-05", "王伟"],
    ]
    assert page._subtitle.text() == "组成人员 2 名，已联系 1 名；联系到代表 1 名"
    chips = page.view.chips.group
    assert [chips.button(n).text() for n in range(3)] == ["全部 2", "还没有联系 1", "没有联系够 1"]


def test_deputies_show_voters_met_and_by_whom_contacted_and_are_opened(page, desk, people):
    page.chips.group.button(1).setChecked(True)
    view = page.view

    assert cells(view)[0][3:] == ["1", "7", "入户走访 1", "李委员", "2026-04-05"]
    assert page._subtitle.text() == "联系选民 50%（1/2），7 人次；被组成人员联系 50%（1/2）"
    opened = []
    desk.open_requested.connect(lambda _model, record_id: opened.append(record_id))
    view.table.selectRow(0)
    view._act(view.register.actions[0])
    assert opened == [people[0]]


def test_methods_are_counted_for_both(page):
    page.chips.group.button(2).setChecked(True)

    assert cells(page.view) == [["入户走访", "0", "1"], ["谈心", "1", "0"]]


def test_an_office_without_records_says_what_to_do(office, desk, qtbot):
    page = LinksPage(desk)
    qtbot.addWidget(page)
    page.read_again()

    assert page.view.table.rows.rowCount() == 0
    page.chips.group.button(1).setChecked(True)
    assert page._subtitle.text() == ""
