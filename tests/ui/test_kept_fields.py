"""What stays in the form from one record of a batch to the next."""

import pkgutil
from importlib import import_module
from typing import Any

import pytest

from deputydesk.ui import registers
from deputydesk.ui.register import Register


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
