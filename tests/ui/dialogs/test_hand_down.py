"""The office above gives out units and rules from a list; figures are told for each office."""

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractItemView

from deputydesk.operations import hand_down, presets, units
from deputydesk.operations.figures import Dimension
from deputydesk.operations.partners import Role
from deputydesk.operations.presets import AnswerClassRow
from deputydesk.ui.comparison import Comparison
from deputydesk.ui.dialogs.hand_down import HandDownDialog
from deputydesk.ui.pages.sticks import SticksPage
from tests import make
from tests.exchange import carriers


@pytest.fixture
def below(office, tmp_path):
    """Another office stands below."""
    other = carriers.created(tmp_path / "x", "X1")
    carriers.enrol(office, carriers.card(other), Role.CHILD)
    office.learn()
    yield other
    other.close()


def names(dialog):
    return [(row.title, row.name, row.is_given) for row in dialog._desk.ask(hand_down.rows)]


def test_several_are_given_out_at_once_and_stand_as_given(desk, office, below, qtbot):
    for name in ("区水利局", "区林草局"):
        make.unit(office, name=name)
    office.do(presets.set_deadlines, valid_from=date(2026, 1, 1), reply_months=2, source="县里定")
    page = SticksPage(desk)
    qtbot.addWidget(page)
    dialog = HandDownDialog(page, desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.count.text() == "0条已下发，3条只用于本单位"

    dialog.table.selectAll()
    assert dialog.table.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
    assert dialog.give.isEnabled()
    dialog.give.click()

    assert names(dialog) == [
        ("承办单位", "区林草局", True),
        ("承办单位", "区水利局", True),
        ("办理期限", "县里定", True),
    ]
    assert dialog.count.text() == "3条已下发，0条只用于本单位"
    assert not dialog.give.isEnabled()
    desk.undo()
    desk.undo()
    assert {scope.id.split("-")[0] for scope in office.ask(units.rows)} == {office.code}


def test_a_class_of_answers_is_listed_by_its_letter_and_meaning(office, below):
    classes = (
        AnswerClassRow("A", "已经解决", promises=False),
        AnswerClassRow("B", "列入计划", promises=True),
    )
    office.do(presets.set_answer_classes, valid_from=date(2026, 1, 1), classes=classes)

    named = [row.name for row in office.ask(hand_down.rows)]

    assert sorted(named) == ["A 已经解决", "B 列入计划"]


def test_giving_out_is_offered_where_somebody_is_below(desk, office, qtbot, tmp_path):
    page = SticksPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    assert page.partners.give.isHidden()
    other = carriers.created(tmp_path / "x", "X1")
    carriers.enrol(office, carriers.card(other), Role.CHILD)
    office.learn()
    page.refresh()

    page.partners.give.click()

    assert not page.partners.give.isHidden()
    assert page.findChildren(HandDownDialog) or page.window().findChildren(HandDownDialog)
    other.close()


def test_figures_can_be_compared_by_office_where_there_are_several(desk, office, qtbot, below):
    view = Comparison(desk)
    qtbot.addWidget(view)

    assert view.by.findData(Dimension.OFFICE.value) >= 0


def test_one_office_is_not_compared_with_itself(desk, qtbot):
    view = Comparison(desk)
    qtbot.addWidget(view)

    assert view.by.findData(Dimension.OFFICE.value) < 0
