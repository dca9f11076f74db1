"""What a block of cells is pasted into, and what several records are changed by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from deputydesk.errors import FieldError
from deputydesk.models.base import Record
from deputydesk.operations.batches import Save
from deputydesk.ui.cell_reading import is_readable, read
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field
from deputydesk.ui.form import Form
from deputydesk.ui.register import Register

Values = dict[str, Any]  # Any: arguments of an operation
AnyRegister = Register[Any]  # Any: rows of whichever kind


@dataclass(frozen=True)
class BlockTarget:
    """A kind of record that is filled in by a form.

    Args:
        title: what it is called: 培训.
        model: the kind; its columns name the fields.
        fields: makes the form's fields anew.
        save: registers one.
        change: changes one; `save` unless it is another operation.
        key: the argument of `change` that names the record.
        start: what stands in the fields that the block does not have.
        complete: makes arguments of the values, where some fields are no arguments.
        only_pasted: names of fields that only a block has.
    """

    title: str
    model: type[Record]
    fields: Callable[[], tuple[Field, ...]]
    save: Save
    change: Save
    key: str = "record_id"
    start: Callable[[], Mapping[str, Any]] = dict  # Any: values of the fields
    complete: Callable[[Values], Values] = dict
    only_pasted: frozenset[str] = frozenset()


def of_register(desk: Desk, register: AnyRegister) -> BlockTarget:
    """A register that has a form, as what blocks are pasted into."""
    assert register.fields, "only asked where there is a form"
    assert register.save, "a register with a form saves"
    return BlockTarget(
        register.title,
        register.model,
        partial(register.fields, desk),
        register.save,
        register.save,
        start=partial(register.start, desk),
    )


@dataclass
class ReadRow:
    """A row of a block, as its fields understood it."""

    values: Values = field(default_factory=Values)
    faults: dict[str, str] = field(default_factory=dict[str, str])
    """What is wrong, by field."""


class BlockReader:
    """Reads rows by the fields of a form that is never shown.

    Args:
        desk: the desk.
        target: what the rows are to become.
    """

    def __init__(self, desk: Desk, target: BlockTarget) -> None:
        self.target = target
        self.form = Form(desk, "", target.fields(), model=target.model)
        self.fields = tuple(f for f in self.form.fields if is_readable(f))
        self._usual: dict[str, Any] = {}  # Any: values of the fields
        self._known: dict[tuple[str, str], Any] = {}  # Any: a value, or why it is none
        start = target.start()
        for each in self.form.fields:
            each.clear()
            if each.name in start:
                each.set_value(start[each.name])
            self._usual[each.name] = _tried(each.value)

    def field(self, name: str) -> Field:
        """A field by its name."""
        return self.form.field(name)

    def read(self, row: Sequence[str], meant: Mapping[int, str]) -> ReadRow:
        """Understand a row; `meant` says which field each of its columns is of."""
        found = ReadRow()
        texts = {name: row[column] for column, name in meant.items()}
        for name, usual in self._usual.items():
            value = self._read(name, texts[name]) if name in texts else usual
            if isinstance(value, FieldError):
                found.faults[name] = str(value)
            else:
                found.values[name] = value
        return found

    def values_of(self, row: object) -> Values:
        """What the form would hand back of a record that it shows."""
        for each in self.form.fields:
            each.clear()
            if hasattr(row, each.name):
                each.set_value(getattr(row, each.name))
        return {
            each.name: each.value()
            for each in self.form.fields
            if each.name not in self.target.only_pasted
        }

    def _read(self, name: str, text: str) -> Any:  # Any: as `_known`
        if (name, text) not in self._known:
            field = self.form.field(name)
            self._known[name, text] = _tried(lambda: read(field, text))
        return self._known[name, text]


def _tried(value: Callable[[], Any]) -> Any:  # Any: a value, or why it is none
    try:
        return value()
    except FieldError as error:
        return error
