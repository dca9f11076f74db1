"""What drops down below the search box: the newest of every kind, and what else the words open."""

from collections.abc import Sequence

from deputydesk.operations import search
from deputydesk.rules.names import initials
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk
from deputydesk.ui.page import Page
from deputydesk.ui.pages import PageSpec

LINES = 12
"""So many hits are shown while one types."""
FILTER, PAGE, ALL = "filter:", "page:", "all:"
"""What a hit does that is no record: narrows the page, opens a page or the list of results."""
SHORTEST = 2
"""Letters or characters that a page is looked for by."""


def offered(desk: Desk, text: str, specs: Sequence[PageSpec], page: Page | None) -> list[Candidate]:
    """Records, then pages that are called so, then the page in sight; a line if it is none."""
    hits = lines(desk, text)
    hits += [
        Candidate(PAGE + spec.name, f"打开“{spec.title}”页", spec.key)
        for spec in specs
        if _is_called(spec.title, text)
    ]
    if page and page.finds:
        hits.append(Candidate(FILTER + text, f"在“{page.title}”中筛选", f"“{text}”"))
    return hits or [Candidate("", "没有找到", f"“{text}”")]


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


def _is_called(title: str, text: str) -> bool:
    """Whether a page is looked for by a part of its name or its initials."""
    wanted = text.strip().lower()
    said = wanted in title or any(key.startswith(wanted) for key in initials(title))
    return len(wanted) >= SHORTEST and said
