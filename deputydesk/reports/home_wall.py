"""上墙: sheets for the walls of a home, on A3 or A4: rules, deputies, days, a chart of steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Protocol

from typing_extensions import override

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead, tiled
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.page import A3, A4, INK, PALE, RED, Page
from deputydesk.reports.tables import Column, Style, Table

TITLE = "代表之家上墙内容"
_MARGIN = 22.0
_HEAD = 46.0
_FOOT = 26.0
_LINES = 10
"""Lines of an empty table, to write on."""


class Body(Protocol):
    """What stands on a sheet below its title: a dataclass, so that its texts are checked too."""

    def draw(self, flow: Flow, scale: float) -> None:
        """Draws it; sizes are those of A4 times `scale`."""


@dataclass(frozen=True)
class WallText:
    """A rule: paragraphs, and below them where it comes from."""

    text: Annotated[str, "内容"]
    sign: Annotated[str, "落款"] = ""

    def draw(self, flow: Flow, scale: float) -> None:
        """Draws the paragraphs."""
        keep = 10 * scale if self.sign else 0
        flow.paragraph(self.text, "Fang", 16 * scale, lead=9.4 * scale, keep=keep)
        if self.sign:
            flow.y += 8 * scale
            flow.page.fit(
                flow.right, flow.y, self.sign, flow.width, "Kai", 13 * scale, align="right"
            )


@dataclass(frozen=True)
class WallTable:
    """A table, and a note below it."""

    columns: tuple[Column, ...]
    rows: Annotated[tuple[tuple[str, ...], ...], "表"]
    note: Annotated[str, "说明"] = ""
    nothing: str = "没有登记"

    def draw(self, flow: Flow, scale: float) -> None:
        """Draws the table."""
        # Few rows become high, so that the sheet is filled and can be read from afar.
        spread = (flow.room - 30 * scale) / max(_LINES, len(self.rows))
        style = Style(
            size=12 * scale, lead=6 * scale, head_size=12.5 * scale, head_height=12 * scale,
            padding=1.6 * scale, above=2 * scale, ruled=True, framed=True,
            row=min(18 * scale, max(11 * scale, spread)),
        )  # fmt: skip
        table = Table(flow, self.columns, style)
        place = next((n for n, column in enumerate(self.columns) if column.align == "left"), 0)
        empty = ["" if n != place else f"（{self.nothing}）" for n in range(len(self.columns))]
        table.rows(self.rows or [empty])
        if not self.rows:
            table.rows([""] * len(self.columns) for _ in range(_LINES - 1))
        table.close()
        if self.note:
            flow.y += 3 * scale
            flow.paragraph(self.note, "Kai", 12 * scale, lead=6.8 * scale, indent=0)


@dataclass(frozen=True)
class Step:
    """A box of the chart; `ways` are boxes beside each other below it."""

    title: Annotated[str, "步骤"]
    about: Annotated[str, "说明"] = ""
    ways: Annotated[tuple[str, ...], "去向"] = ()


@dataclass(frozen=True)
class WallChart:
    """Steps from top to bottom, with arrows between them."""

    steps: Annotated[tuple[Step, ...], "流程"]

    def draw(self, flow: Flow, scale: float) -> None:
        """Draws the chart over the page."""
        levels = sum(2 if step.ways else 1 for step in self.steps)
        pitch = flow.room / levels
        for place, step in enumerate(self.steps):
            self._box(flow, step, pitch * 0.64, scale)
            is_last = place == len(self.steps) - 1
            if step.ways:
                self._arrow(flow, pitch, pitch * 0.64, scale)
                flow.y += pitch
                self._ways(flow, step.ways, pitch * 0.64, scale)
            if not is_last:
                self._arrow(flow, pitch, pitch * 0.64, scale)
            flow.y += pitch

    def _box(self, flow: Flow, step: Step, high: float, scale: float) -> None:
        page, wide = flow.page, flow.width * 0.74
        x = (flow.left + flow.right - wide) / 2
        page.rect(x, flow.y, wide, high, fill=PALE, stroke=RED, weight=1.2 * scale, radius=2)
        part = high * 0.46 if step.about else high
        title = (x + 3, flow.y + (high * 0.06 if step.about else 0), wide - 6, part)
        page.fit_box(title, step.title, "Hei", 15 * scale, color=RED)
        if step.about:
            below = (x + 4, flow.y + high * 0.5, wide - 8, high * 0.44)
            page.fit_box(below, step.about, "Song", 11.5 * scale, color=INK)

    def _ways(self, flow: Flow, ways: Sequence[str], high: float, scale: float) -> None:
        gap = 4.0 * scale
        wide = (flow.width - gap * (len(ways) - 1)) / len(ways)
        for place, words in enumerate(ways):
            x = flow.left + place * (wide + gap)
            flow.page.rect(x, flow.y, wide, high, stroke=RED, weight=0.9 * scale, radius=2)
            flow.page.fit_box((x + 2, flow.y, wide - 4, high), words, "Song", 12 * scale)

    def _arrow(self, flow: Flow, pitch: float, high: float, scale: float) -> None:
        middle = (flow.left + flow.right) / 2
        start, end = flow.y + high + 1, flow.y + pitch - 1
        wing = min(2.2 * scale, (end - start) / 2)
        flow.page.line(middle, start, middle, end, weight=1.4 * scale, color=RED)
        for side in (-wing, wing):
            flow.page.line(middle, end, middle + side, end - wing, weight=1.4 * scale, color=RED)


@dataclass(frozen=True)
class WallSheet:
    """A sheet, going on over further ones if it must."""

    title: Annotated[str, "标题"]
    home: Annotated[str, "代表之家"]
    body: Annotated[Body, "内容"]
    number: Annotated[str, "编号"] = ""
    code: str = ""


@dataclass(frozen=True)
class _Hung(RecordFooter):
    """The usual foot, and the band with title and home at the head of every page."""

    title: str = ""
    home: str = ""
    scale: float = 1.0

    @override
    def __call__(self, page: Page, number: int, total: int) -> None:
        wide, k = page.size.width, self.scale
        page.rect(0, 0, wide, 36 * k, fill=RED)
        title = self.title if number == 1 else f"{self.title}（续）"
        page.fit_box(
            (14 * k, 8 * k, wide - 28 * k, 16 * k), title, "BiaoSong", 26 * k, color="#FFFFFF"
        )
        page.fit_box(
            (14 * k, 25 * k, wide - 28 * k, 7 * k), self.home, "Hei", 12 * k, color="#FFFFFF"
        )
        super().__call__(page, number, total)


def write(
    sheets: Iterable[WallSheet],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    a3: bool = True,
    in_tiles: bool = False,
) -> int:
    """Writes each sheet from a new page on; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    sheets = list(sheets)
    fonts.check_printable([*fonts.texts_of(sheets, TITLE), *fonts.texts_of(office)])
    maker = tiled(office) if in_tiles else office
    scale = A3.width / A4.width if a3 else 1.0
    with document(to, title=TITLE, subject=TITLE, office=maker, printed_on=printed_on) as making:
        for done, sheet in enumerate(sheets):
            progress.step(done, len(sheets), f"{sheet.home}{sheet.title}")
            foot = _Hung(
                office, printed_on, sheet.number, sheet.code, sheet.title, sheet.home, scale
            )
            flow = Flow(
                foot, size=A3 if a3 else A4, left=_MARGIN * scale, top=_HEAD * scale, bottom=_FOOT
            )
            sheet.body.draw(flow, scale)
            making.add(flow, bookmark=f"{sheet.home}　{sheet.title}".strip("　"))
        return making.pages
