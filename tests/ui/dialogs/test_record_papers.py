"""Ctrl+P on a record: its one form is shown at once, several are offered."""

import pytest
from PySide6.QtCore import Qt

from deputydesk.exchange import printouts
from deputydesk.models import Evaluation, Expense, Leave, RotaShift, Unit, Visit
from deputydesk.models.choices import VisitKind
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import evaluations, expenses, leaves, rotas, visits
from deputydesk.reports import FORMS, Options, expense_slip, leave_slip, link_card, sign_in_sources
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


@pytest.fixture
def only_newer_offered(monkeypatch):
    """Lists of records to choose from end before the records of the test."""
    for module in (expense_slip, leave_slip, link_card):
        monkeypatch.setattr(module, "_NEWEST", 0)
    monkeypatch.setattr(sign_in_sources, "_OFFERED", 0)


@pytest.fixture
def old(office, only_newer_offered):
    """An old record of each kind of which only the newest are offered."""
    home, deputy = make.home(office), make.deputy(office, name="王伟")
    day = make.TODAY
    return {
        "sign_in": (Visit, make.visit(office, home, deputy)),
        "link_card": (
            Visit,
            office.do(
                visits.register, held_on=day, kind=VisitKind.LINK_VOTERS, deputy_ids=(deputy,)
            ),
        ),
        "rota": (
            RotaShift,
            office.do(rotas.save, planned_on=day, home_id=home, deputy_ids=(deputy,)),
        ),
        "expense_slip": (
            Expense,
            office.do(
                expenses.save,
                spent_on=day,
                kind=ExpenseKind.OTHER,
                content="印表",
                amount=100,
                over_reason="急用",
            ),
        ),
        "leave_slip": (
            Leave,
            office.do(leaves.save, mandate_id=deputy, from_on=day, to_on=day, reason="生病"),
        ),
    }


@pytest.mark.parametrize("kind", ["sign_in", "link_card", "rota", "expense_slip", "leave_slip"])
def test_an_old_record_has_its_forms_and_its_name(desk, old, kind):
    form = "sign_in" if kind == "rota" else kind
    model, record = old[kind]

    assert form in [one.id for one in forms_of(desk, model, record)]

    assert printouts.printed(desk.office, form, Options(record_id=record)).about
