"""装袋清单: the first page of a pack: what is in it, on how many pages, why something is not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter
from deputydesk.reports.page import RED
from deputydesk.reports.tables import Column, Style, Table

_COLUMNS = (
    Column("序号", 12),
    Column("材料名称", 58, "left"),
    Column("份数", 14),
    Column("页数", 14),
    Column("位置", 38, "left"),
    Column("说明", 48, "left"),
    Column("核对", 14),
)
_STYLE = Style(size=10.5, lead=5.2, head_size=10.5, head_height=9, ruled=True, framed=True, row=9)
_SIGN = 26.0


@dataclass(frozen=True)
class Line:
    """A form in the list.

    Args:
        title: its name.
        count: of how many records.
        pages: on how many pages.
        note: why there is none of it, or what could not be printed.
        starts: the page of the pack on which it begins.
        file: the file that it is in, where each form has one.
    """

    title: str
    count: int
    pages: int
    note: str = ""
    starts: int = 0
    file: str = ""

    def moved(self, pages: int) -> "Line":
        """With so many pages before it."""
        return replace(self, starts=self.starts + pages) if self.starts else self

    @property
    def where(self) -> str:
        """第12页, or the file."""
        return self.file or (f"第{self.starts}页" if self.starts else "")


def draw(lines: Sequence[Line], period: str, office: OfficeHead, printed_on: date) -> Flow:
    """The list's pages.

    Raises:
        UserError: a character cannot be printed.
    """
    fonts.check_printable(fonts.texts_of(office))
    flow = Flow(RecordFooter(office, printed_on))
    page = flow.page
    page.text(105, 30, "装袋清单", "BiaoSong", 22, align="center")
    page.text(105, 38.5, f"（{period}）", "Song", 12, align="center")
    page.line(flow.left, 43, flow.right, 43, weight=2, color=RED)
    page.line(flow.left, 44.2, flow.right, 44.2, weight=0.5, color=RED)
    flow.y = 51
    page.fit(flow.left, flow.y, f"单位：{office.full_name}{office.handling_organ}", 110, "Song", 11)
    printed = [line for line in lines if line.pages]
    said = f"应有{len(lines)}种，实有{len(printed)}种，共{sum(x.pages for x in lines)}页"
    page.fit(flow.right, flow.y, said, 80, "Song", 11, align="right")
    flow.y += 4
    table = Table(flow, _COLUMNS, _STYLE)
    table.rows([_cells(number, line) for number, line in enumerate(lines, start=1)], keep=_SIGN)
    table.close()
    _sign(flow)
    return flow


def _cells(number: int, line: Line) -> tuple[str, ...]:
    count, pages = (str(line.count), str(line.pages)) if line.pages else ("—", "—")
    return str(number), line.title, count, pages, line.where, line.note, "☐"


def _sign(flow: Flow) -> None:
    flow.need(_SIGN)
    y = flow.y + 14
    third = flow.width / 3
    for number, words in enumerate(("装袋人：", "核对人：", "日　期：")):
        x = flow.left + number * third
        wide = flow.page.text(x, y, words, "Song", 11)
        flow.page.line(x + wide, y + 1.5, x + third - 6, y + 1.5, weight=0.4)
    flow.y += _SIGN
