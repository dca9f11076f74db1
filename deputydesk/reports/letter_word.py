"""A letter as a Word file: the same text and style, for those who work on it further."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Protocol, runtime_checkable

from deputydesk.progress import SILENT, Progress
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.letter import Letter
from deputydesk.reports.word import WordPaper, word_file


@runtime_checkable
class WordAnnex(Protocol):
    """An annex that stands in a Word file too."""

    def write_word(self, paper: WordPaper) -> None:
        """Writes it, as a rule on a new page."""


def write_docx(
    letters: Iterable[Letter],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> None:
    """Writes the letters into one file, each on pages of its own.

    Raises:
        UserError: the file cannot be written.
    """
    letters = list(letters)
    first = letters[0]
    is_numbered = first.head.style == "red"
    with word_file(
        to,
        title=first.title or first.head.organ,
        author=office.organ,
        day=printed_on,
        numbered="all" if is_numbered else "later",
    ) as paper:
        for done, letter in enumerate(letters):
            progress.step(done, len(letters), letter.bookmark or letter.title)
            if done:
                paper.new_letter()
            _write(paper, letter)
        if first.head.code and len(letters) == 1:
            paper.record(first.head.record, first.head.code)


def _write(paper: WordPaper, letter: Letter) -> None:
    head = letter.head
    if not head.is_preprinted:
        paper.organ(head.organ, style=head.style)
    paper.number(head.number, style=head.style, mark=head.mark, has_head=not head.is_preprinted)
    if not letter.title:
        return
    paper.title(letter.title)
    if letter.to:
        paper.greeting(f"{letter.to}：")
    paper.body(letter.blocks)
    paper.annex_note(letter.annexes)
    paper.signature(letter.signed)
    if isinstance(letter.annex, WordAnnex):
        letter.annex.write_word(paper)
    paper.copies(letter.copies)
