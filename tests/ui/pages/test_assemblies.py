"""Street assemblies on the screen."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from deputydesk.models.choices import OfficeKind
from deputydesk.operations import assemblies, event_opinions
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.assemblies import AssembliesPage
from tests import make


@pytest.fixture
def page(desk, qtbot):
    make.profile(desk.office, kind=OfficeKind.STREET, name="民馨街道")
    made = AssembliesPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


def test_members_and_a_meeting_are_entered_and_what_was_said_is_noted(page, desk):
    page.chips.group.button(1).setChecked(True)
    for name in ("甲", "乙", "丙"):
        page.view.form.set_values({"name": name, "job": "居民代表"})
        page.view.form.save_next.emit()
    assert [row.street for row in page.view.table.rows.rows()] == ["民馨街道"] * 3
    page.chips.group.button(0).setChecked(True)
    page.view.form.set_values(
        {"name": "民主议政会", "held_on": date(2026, 6, 1), "present": 1, "topics": ["路灯"]}
    )
    page.view.form.save_next.emit()

    page.view.table.selectRow(0)
    [row] = page.view.table.rows.rows()
    assert (row.expected, row.warning) == (3, "到会1人，没有超过应到3人的半数，会议无效")
    page.view.chips.group.button(1).setChecked(True)
    assert len(page.view.table.rows.rows()) == 1
    page.grab()
    page.view.moves.move_buttons[0][1].click()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    dialog = next(w for w in found if w.isVisible())
    dialog.form.set_values({"lines": ["甲：修路灯", "种树"]})
    dialog.form.save_next.emit()

    assert [o.speaker for o in desk.ask(event_opinions.rows)] == ["甲", "甲"]
    assert desk.ask(assemblies.rows)[0].opinions == 2
    assert page.view.form.field("street").control.candidates()[0].name == "民馨街道"
