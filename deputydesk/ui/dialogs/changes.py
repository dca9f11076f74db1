"""A record's changes as lines of its file: which field, from what to what, by whom."""

from collections.abc import Sequence
from datetime import datetime

from deputydesk.operations.record_history import PastChange
from deputydesk.ui.dialogs.timeline import Line

LONGEST = 40


def change_lines(changes: Sequence[PastChange]) -> list[Line]:
    """What was changed since the record was registered, oldest first."""
    born = {change.deed for change in changes if change.is_birth}
    return [
        Line(when(change.at), _sentence(change), change.user)
        for change in reversed(changes)
        if change.deed not in born
    ]


def when(stamp: str) -> str:
    """A moment of the log to the minute."""
    return f"{datetime.fromisoformat(stamp):%Y-%m-%d %H:%M}"


def short(text: str) -> str:
    """A long text by its beginning, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _sentence(change: PastChange) -> str:
    return f"{change.what}：{short(change.before)} → {short(change.after)}"
