"""A slip at the foot of a letter, to be cut off, filled in and sent back."""

from dataclasses import dataclass
from typing import Annotated

from deputydesk.reports.kit import Flow
from deputydesk.reports.page import GREY
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.word import WordPaper

_ABOVE, _TITLE, _ROW = 9.0, 9.0, 9.5
_DASH, _GAP = 2.0, 1.4


@dataclass(frozen=True)
class SlipCell:
    """A label and what stands beside it, or room to write."""

    label: Annotated[str, "项目"]
    value: Annotated[str, "内容"] = ""


@dataclass(frozen=True)
class Slip:
    """The slip: rows of one or two cells, and a sentence that says where it goes."""

    title: Annotated[str, "回执"]
    rows: Annotated[tuple[tuple[SlipCell, ...], ...], "回执内容"]
    note: Annotated[str, "回执说明"] = ""

    @property
    def height(self) -> float:
        """Mm that it needs."""
        return _ABOVE + _TITLE + len(self.rows) * _ROW + 8

    def draw(self, flow: Flow) -> None:
        """Draws it below what stands on the page, or on the next one."""
        flow.need(self.height)
        flow.y += _ABOVE - 4
        self._cut(flow)
        flow.y += 4 + _TITLE
        middle = (flow.left + flow.right) / 2
        flow.page.text(middle, flow.y - 3, self.title, "BiaoSong", 16, align="center")
        sheet = Sheet(flow)
        for row in self.rows:
            sheet.cells(tuple(Cell(cell.label, cell.value) for cell in row), height=_ROW)
        sheet.close()
        if self.note:
            flow.y += 1.5
            flow.paragraph(self.note, "Song", 9, lead=4.6, indent=0, color=GREY)

    def write_word(self, paper: WordPaper) -> None:
        """Writes it below what stands in the Word file."""
        paper.cut()
        paper.heading(self.title)
        paper.cells([[(cell.label, cell.value) for cell in row] for row in self.rows])
        if self.note:
            paper.note(self.note, 9)

    def _cut(self, flow: Flow) -> None:
        x = flow.left
        while x < flow.right:
            end = min(x + _DASH, flow.right)
            flow.page.line(x, flow.y, end, flow.y, weight=0.5, color=GREY)
            x += _DASH + _GAP
