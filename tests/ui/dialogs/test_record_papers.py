"""Ctrl+P on a record: its one form is shown at once, several are offered."""

import pytest
from PySide6.QtCore import Qt

from deputydesk.models import Evaluation, Unit
from deputydesk.operations import evaluations
from deputydesk.reports import FORMS
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.dialogs.record_papers import RecordPapers, forms_of, print_record
from deputydesk.ui.pages.home_records import HomeRecordsPage
from tests import make
from tests.ui.hands import press


@pytest.fixture
def held(office) -> str:
    deputy = make.deputy(office)
    return office.do(evaluations.prepare, name="述职", held_on=make.TODAY, deputy_ids=(deputy,))


def shown(parent, kind):
    return [d for d in parent.findChildren(kind) if d.isVisible()]


def test_the_forms_of_a_record_are_offered_with_what_they_are_for(desk, parent, held, qtbot):
    forms = forms_of(desk, Evaluation, held)
    assert {"ballot", "ballot_result"} <= {form.id for form in forms}

    assert print_record(parent, desk, Evaluation, held)

    [dialog] = shown(parent, RecordPapers)
    titles = [dialog.list.item(n).text().strip() for n in range(dialog.list.count())]
    assert titles == [form.title for form in forms]
    dialog.list.setCurrentRow([form.id for form in forms].index("ballot"))
    assert dialog._note.text() == FORMS["ballot"].note
    press(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shown(parent, PreviewDialog)), timeout=20_000)
    assert "述职满意度测评票" in shown(parent, PreviewDialog)[0].windowTitle()
    assert shown(parent, RecordPapers) == []


def test_a_record_of_one_form_is_shown_at_once(desk, parent, held, qtbot, monkeypatch):
    from deputydesk.ui.dialogs import record_papers

    monkeypatch.setattr(record_papers, "FORMS", {"ballot": FORMS["ballot"]})

    assert print_record(parent, desk, Evaluation, held)

    qtbot.waitUntil(lambda: bool(shown(parent, PreviewDialog)), timeout=20_000)
    assert shown(parent, RecordPapers) == []


def test_a_record_without_a_form_has_none(desk, office, parent):
    assert not print_record(parent, desk, Unit, make.unit(office))


def test_the_record_in_hand_is_that_of_the_chosen_line(desk, office, qtbot):
    from deputydesk.models import Station
    from deputydesk.models.choices import StationRole
    from deputydesk.operations import stations

    station = office.do(stations.save, name="北京工作站", roles=(StationRole.STUDIO,))
    page = HomeRecordsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.read_again()
    number = next(n for n, r in enumerate(page.registers) if r.model is Station)
    page.chips.group.button(number).setChecked(True)
    assert page.at_hand() is None

    page.view.table.select(station)

    assert page.at_hand() == (Station, station)
