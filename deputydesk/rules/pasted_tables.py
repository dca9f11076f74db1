"""What Excel, WPS and LibreOffice put on the clipboard as text: rows of cells, headings or none."""

import re
from collections.abc import Sequence

from deputydesk.rules.names import search_text

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r?\n|\r|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_UNIT = re.compile(r"[(（][^()（）]*[)）]|[*＊:：\s]")
SHORTEST = 2
"""Characters of a name that may stand inside a longer heading."""


def cells(text: str) -> list[list[str]]:
    """The rows of a block, all of one width; rows without anything are left out.

    A cell of several lines stands in quotes, with its own quotes doubled; a quote that is not
    closed before the next cell is a character like others.
    """
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        found = _QUOTED.match(text, at) or _PLAIN.match(text, at)
        assert found, "a plain cell may be empty"
        is_quoted = found.re is _QUOTED
        rows[-1].append(_value(found[1].replace('""', '"') if is_quoted else found[0]))
        at = found.end()
        if at >= len(text):
            break
        if line_end := _LINE_END.match(text, at):
            rows.append([])
            at = line_end.end()
        else:
            at += 1
    filled = [row for row in rows if any(row)]
    width = max((len(row) for row in filled), default=0)
    return [row + [""] * (width - len(row)) for row in filled]


def is_block(text: str) -> bool:
    """Whether it is more than one cell: what is one cell is pasted as text."""
    found = cells(text)
    return len(found) > 1 or (len(found) == 1 and len(found[0]) > 1)


def placed(first: Sequence[str], names: Sequence[str]) -> dict[int, int] | None:
    """Which name each cell of the first row means; None if it is no row of headings.

    It is one if at least half of its cells are names; no name is meant twice.
    """
    wanted = [_plain(name) for name in names]
    meant: dict[int, int] = {}
    for is_close in (False, True):
        for column, heading in enumerate(first):
            said = _plain(heading)
            if column in meant or not said:
                continue
            fits = [
                n
                for n, name in enumerate(wanted)
                if n not in meant.values() and (_is_near(said, name) if is_close else said == name)
            ]
            if fits:
                meant[column] = fits[0]
    exact = sum(_plain(heading) in wanted for heading in first)
    filled = sum(bool(heading) for heading in first)
    return meant if exact and 2 * len(meant) >= filled else None


def _is_near(said: str, name: str) -> bool:
    return min(len(said), len(name)) >= SHORTEST and (said in name or name in said)


def _plain(text: str) -> str:
    return search_text(_UNIT.sub("", text))


def _value(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
