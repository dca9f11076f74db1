"""Actions that several case registers share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from PySide6.QtWidgets import QWidget

from deputydesk.models import Suggestion
from deputydesk.ui.desk import Desk
from deputydesk.ui.register import Action, Row


@dataclass(frozen=True)
class _Opens(Generic[Row]):
    suggestion_of: Callable[[Row], str]

    def run(self, _parent: QWidget, desk: Desk, row: Row) -> None:
        desk.open(Suggestion, self.suggestion_of(row))

    def when(self, row: Row) -> bool:
        return bool(self.suggestion_of(row))


def open_suggestion(suggestion_of: Callable[[Row], str]) -> Action[Row]:
    """An action that opens the suggestion a row belongs to."""
    opens = _Opens(suggestion_of)
    return Action("打开建议", "eye", opens.run, opens.when)
