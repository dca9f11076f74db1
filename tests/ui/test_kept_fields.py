"""What stays in the form from one record of a batch to the next."""

import pkgutil
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

import pytest

from deputydesk.models.choices import EndReason
from deputydesk.models.chronicle import PracticeKind
from deputydesk.ui import registers
from deputydesk.ui.register import Register
from deputydesk.ui.register_view import RegisterView
from deputydesk.ui.registers.chronicle import PRACTICES
from deputydesk.ui.registers.expenses import EXPENSES
from deputydesk.ui.registers.vacancies import VACANCIES
from tests import make


def all_registers() -> list[Register[Any]]:
    modules = [
        import_module(f"{registers.__name__}.{found.name}")
        for found in pkgutil.iter_modules(registers.__path__)
    ]
    found = [one for module in modules for one in vars(module).values()]
    return [one for one in found if isinstance(one, Register) and one.fields]


@pytest.mark.parametrize("register", all_registers(), ids=lambda register: register.title)
def test_what_stays_is_a_field_of_the_form(register, desk):
    names = {field.name for field in register.fields(desk)}

    assert set(register.keep) <= names


@pytest.fixture
def entering(desk, qtbot):
    """A register in which records of a batch are entered."""
    held = []

    def made(register):
        view = RegisterView(desk, register)
        qtbot.addWidget(view)
        held.append(view)
        desk.changed.connect(view.refresh)
        view.year = make.TODAY.year
        view.show()
        view.refresh()
        return view.form

    return made


def test_day_and_reason_stay_while_several_vacancies_are_entered(entering, office):
    first = make.deputy(office, name="王伟")
    form = entering(VACANCIES)
    day = date(2026, 11, 2)
    form.set_values({"mandate_id": first, "arose_on": day, "end_reason": EndReason.MOVED})

    form.save_next.emit()

    found = form.values()
    assert (found["arose_on"], found["end_reason"]) == (day, EndReason.MOVED)
    assert found["mandate_id"] == ""


def test_the_day_of_a_pile_of_papers_is_typed_once(entering):
    form = entering(PRACTICES)
    day = date(2026, 10, 8)
    form.set_values({"kind": PracticeKind.DEED, "noted_on": day, "name": "助学"})

    form.save_next.emit()

    assert form.field("noted_on").value() == day
    assert form.field("name").value() == ""


def test_what_does_not_stay_begins_as_a_new_record_does(entering, desk):
    register = replace(EXPENSES, keep=("spent_on",))
    form = entering(register)
    form.set_values(
        {"content": "订报纸", "amount": 100, "handler": "李娜", "over_reason": "无标准"}
    )

    form.save_next.emit()

    assert form.field("handler").value() == desk.office.user.name
