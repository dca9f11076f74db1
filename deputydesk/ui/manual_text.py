"""The manual as text: its chapters, what stands where, and looking for words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtGui import QTextDocument

from deputydesk.paths import resource
from deputydesk.rules.names import initials

FOLDER = "manual"
FEWEST_LETTERS = 2
"""Letters that a heading is looked for by its initials from."""
_BEGINS = re.compile(r"\s*(#|[|]|[-*] |\d+[.] |```|!\[|$)")
"""How a line looks that does not go on with the sentence above it."""
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")


@dataclass(frozen=True)
class Chapter:
    """A file of the manual."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph, list item or table cell as it is shown; its heading is the one above it."""

    heading: str
    text: str
    at: int
    """Where it begins in the shown text."""
    is_heading: bool


@dataclass(frozen=True)
class Hit:
    """What was looked for, found once: the sentence round it, and where it is in the text shown."""

    chapter: Chapter
    heading: str
    sentence: str
    at: int
    length: int


def folder() -> Path:
    """Where the chapters and their pictures are."""
    return resource(FOLDER)


@cache
def chapters() -> tuple[Chapter, ...]:
    """The manual in its order."""
    return tuple(
        _chapter(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(folder().glob("*.md"))
    )


def chapter(name: str) -> Chapter:
    """The chapter named as its file; the first if there is none."""
    return next((one for one in chapters() if one.name == name), chapters()[0])


@cache
def lines(of: Chapter) -> tuple[Line, ...]:
    """The chapter as it is shown, line by line: positions here are positions there."""
    document = QTextDocument()
    document.setMarkdown(of.text)
    found: list[Line] = []
    heading = of.title
    block = document.begin()
    while block.isValid():
        is_heading = block.blockFormat().headingLevel() > 0
        if is_heading:
            heading = block.text()
        found.append(Line(heading, block.text(), block.position(), is_heading))
        block = block.next()
    return tuple(found)


def headings(of: Chapter) -> list[Line]:
    """The headings of a chapter, its title first."""
    return [line for line in lines(of) if line.is_heading]


def hits(typed: str) -> list[Hit]:
    """Everywhere something is said; headings are found by their initials as well."""
    wanted = typed.strip().lower()
    if not wanted:
        return []
    by_letters = wanted.isascii() and wanted.isalpha() and len(wanted) >= FEWEST_LETTERS
    found: list[Hit] = []
    for one in chapters():
        for line in lines(one):
            found += _hits(one, line, wanted)
            if by_letters and line.is_heading and _is_begun_by(line.text, wanted):
                found.append(Hit(one, line.heading, line.text, line.at, len(line.text)))
    return found


def _hits(of: Chapter, line: Line, wanted: str) -> Iterator[Hit]:
    """Each sentence of a line in which it is said, once."""
    for sentence in _SENTENCE.finditer(line.text):
        at = sentence[0].lower().find(wanted)
        if at >= 0:
            begin = line.at + sentence.start() + at
            yield Hit(of, line.heading, sentence[0].strip(), begin, len(wanted))


@cache
def _initials(text: str) -> tuple[str, ...]:
    return initials(text)


def _is_begun_by(text: str, letters: str) -> bool:
    return any(each.startswith(letters) for each in _initials(text))


def _chapter(name: str, text: str) -> Chapter:
    title = text.partition("\n")[0].lstrip("# ")
    return Chapter(name, title, "\n".join(_joined(text.splitlines())))


def _joined(rows: list[str]) -> list[str]:
    """Lines of a Chinese paragraph in one, since a line's end would show as a blank."""
    joined: list[str] = []
    is_code = False
    for row in rows:
        is_code ^= row.startswith("```")
        before = joined[-1] if joined else ""
        goes_on = not is_code and before and not before.startswith(("#", "|", "```", "!["))
        if goes_on and not _BEGINS.match(row):
            joined[-1] += row.strip()
        else:
            joined.append(row)
    return joined
