"""Writing paper: texts on ruled lines over pages, and lines to write on where there is no text."""

from deputydesk.reports import fonts
from deputydesk.reports.fonts import Typeface
from deputydesk.reports.kit import Flow
from deputydesk.reports.lines import break_lines
from deputydesk.reports.page import MM, STONE

LEAD = 9.5
"""Mm from line to line: enough for a hand."""
_SIZE = 14.0
HEAD = 11.0
"""Mm of the name of a part."""
_FACE: Typeface = "Fang"


def heading(flow: Flow, title: str, hint: str = "") -> None:
    """The name of a part, with what belongs there small beside it; stays with three lines."""
    flow.need(HEAD + 3 * LEAD)
    used = flow.page.text(flow.left, flow.y + 7.5, title, "Hei", _SIZE)
    flow.page.fit(
        flow.left + used + 2, flow.y + 7.5, hint, flow.width - used - 2, "Kai", 10.5, color=STONE
    )
    flow.y += HEAD


def text(flow: Flow, said: str, *, least: int, keep: float = 0) -> None:
    """A text on lines, going on over pages; empty lines follow until there are `least`.

    keep: mm that must fit below the last two lines on the same page, for a signature.
    """
    room = flow.width * MM
    lines = break_lines(fonts.clean(said).strip("\n"), _FACE, _SIZE, room, indent=2 * _SIZE)
    if not said.strip():
        lines = []
    count = max(least, len(lines))
    for number in range(count):
        left = count - number
        flow.need(left * LEAD + keep if left <= 2 else LEAD)
        if number < len(lines):
            base = flow.y + LEAD * 0.72
            flow.page.run(flow.left, base, lines[number], flow.width, _FACE, size=_SIZE)
        _rule(flow)


def rest(flow: Flow, *, keep: float = 0) -> None:
    """Lines down to the end of the page, less `keep` mm."""
    while flow.room >= LEAD + keep:
        _rule(flow)


def _rule(flow: Flow) -> None:
    flow.y += LEAD
    flow.page.line(flow.left, flow.y, flow.right, flow.y, weight=0.3, color=STONE)
