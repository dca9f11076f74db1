"""One line of today's list; every noun that reminds of something makes its own."""

from datetime import date, timedelta

from deputydesk.late import dataclass
from deputydesk.rules.deadlines import days_left_text, due_state

AHEAD = timedelta(days=15)
"""Reminders start this long before a deadline."""


@dataclass(frozen=True)
class Todo:
    """Something to do: a tag in words, what it is, and the record it opens."""

    tag: str
    tone: str
    text: str
    table: str
    id: str
    due: date | None


def due_todo(text: str, due: date, today: date, table: str, record_id: str) -> Todo:
    """Something to do by a day: the tag says how near that is."""
    return Todo(
        days_left_text(due, today), due_state(due, today).value, text, table, record_id, due
    )
