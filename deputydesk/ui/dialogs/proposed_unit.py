"""The unit that handled what is like this before, filled in when a matter is given out."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from deputydesk.operations import similar
from deputydesk.operations.similar import Proposed
from deputydesk.ui.dialogs.steps import Asked
from deputydesk.ui.form import Form

D = TypeVar("D")
Text = Callable[[D], tuple[str, str]]
"""Of what is shown of a record: its id, and what it is about."""


def start(field: str, text: Text[D]) -> Callable[[Asked[D]], Mapping[str, Any]]:
    """What the step begins with: the unit, if earlier matters agree on one."""
    return partial(_start, field, text)


def say(
    field: str, text: Text[D], also: Callable[[Asked[D], Form], str]
) -> Callable[[Asked[D], Form], str]:
    """What the step says below its fields: on what ground the unit is proposed, and the rest."""
    return partial(_say, field, text, also)


def _start(field: str, text: Text[D], asked: Asked[D]) -> Mapping[str, Any]:  # Any: values
    found = _proposed(text, asked)
    return {field: found.unit_id} if found else {}


def _say(
    field: str,
    text: Text[D],
    also: Callable[[Asked[D], Form], str],
    asked: Asked[D],
    form: Form,
) -> str:
    found = _proposed(text, asked)
    is_taken = found is not None and form.field(field).value() == found.unit_id
    ground = f"{found.why}，{'已填上，可以改' if is_taken else '供参考'}。" if found else ""
    return "\n".join(said for said in (ground, also(asked, form)) if said)


def _proposed(text: Text[D], asked: Asked[D]) -> Proposed | None:
    record_id, said = text(asked.detail)
    return asked.desk.ask(similar.unit_for, said, leave_out=record_id)
