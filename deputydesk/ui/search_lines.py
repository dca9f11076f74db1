"""What drops down below the search box: the newest of every kind, and how many there are."""

from deputydesk.operations import search
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk
from deputydesk.ui.main_window import ALL

LINES = 12
"""So many hits are shown while one types."""


def lines(desk: Desk, text: str) -> list[Candidate]:
    """A line for each hit, by kinds, and one for all results; nothing where nothing is found."""
    groups = desk.ask(search.groups, text, total=LINES)
    found = [
        Candidate(
            f"{hit.table}:{hit.id}", hit.title, hit.detail, _of_kind(group) if not place else ""
        )
        for group in groups
        for place, hit in enumerate(group.hits)
    ]
    if found:
        total = sum(group.count for group in groups)
        found.append(Candidate(ALL + text, f"全部结果（{total}）", "按种类列出", "Ctrl+Enter"))
    return found


def _of_kind(group: search.Group) -> str:
    return f"{group.kind} {group.count}"
