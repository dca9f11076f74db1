"""The pieces of the cockpit: slogan tiles, key cards, the comparison view, the whole catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from deputydesk.exchange import xlsx
from deputydesk.operations import figures
from deputydesk.operations.cockpit import Card, Tile
from deputydesk.operations.figures import Figure, Unit
from deputydesk.progress import SILENT, Progress
from deputydesk.rules.periods import Grain, Span, around
from deputydesk.rules.rates import growth_text
from deputydesk.ui import style
from deputydesk.ui.chart import paint_ring
from deputydesk.ui.charts import write
from deputydesk.ui.kpi import KpiNumbers, fitting, write_whole
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

VALUES = (18, 15, 13)
"""Sizes of a figure's font: rather small than cut, which would be another number."""
_BEFORE = {Grain.MONTH: "上月", Grain.QUARTER: "上季", Grain.YEAR: "上年"}


class SloganTile(QFrame):
    """A slogan with its figures; a click on one, or the arrows and Enter, opens its rows."""

    spoken_as = QAccessible.Role.Chart

    picked = Signal(str)
    """The id of the figure that was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._tile: Tile | None = None
        self._at = 0
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_tile(self, tile: Tile) -> None:
        """Show this one."""
        self._tile = tile
        said = "，".join(f"{figure.name}{short(figure)}" for figure in tile.figures)
        self.setAccessibleName(tile.name)
        self.setAccessibleDescription(said)
        self.setToolTip(f"{tile.name}：{tile.about}\n{said}")
        self.update()

    def spoken_value(self) -> str:
        """The figure at which the keys are."""
        shown = self._tile.figures if self._tile else ()
        at = shown[min(self._at, len(shown) - 1)] if shown else None
        return f"{at.name} {short(at)}" if at else ""

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.px(200), style.px(92))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.px(150), style.px(92))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        for figure, left, _ in reversed(self._places()):
            if event.position().x() >= left or left <= style.px(14):
                self.picked.emit(figure.id)
                return

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown, key = self._tile.figures if self._tile else (), event.key()
        at = min(self._at, max(0, len(shown) - 1))
        if shown and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(shown[at].id)
        elif shown and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._at = min(max(0, at + (1 if key == Qt.Key.Key_Right else -1)), len(shown) - 1)
            said = QAccessibleAnnouncementEvent(self, self.spoken_value())
            QAccessible.updateAccessibility(said)
            self.update()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._tile is None:
            return
        c, px, tile = style.theme(), style.px, self._tile
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        painter.drawRoundedRect(QRectF(px(14), px(13), px(3), px(15)), 1.5, 1.5)
        inside = self.width() - px(28)
        write(
            painter,
            QRectF(px(24), px(9), inside, px(23)),
            tile.name,
            style.font(16, bold=True),
            c.accent,
        )
        beside = px(24) + style.px(16) * len(tile.name) + px(10)
        about = QRectF(beside, px(12), self.width() - beside - px(8), px(19))
        if QFontMetricsF(style.font(11)).horizontalAdvance(tile.about) <= about.width():
            write(painter, about, tile.about, style.font(11), c.faint)
        for number, (figure, x, room) in enumerate(self._places()):
            if self.hasFocus() and number == min(self._at, len(tile.figures) - 1):
                paint_ring(painter, QRectF(x - px(6), px(34), room + px(10), px(54)))
            value = QRectF(x, px(38), room, px(26))
            write(painter, value, short(figure), fitting(short(figure), room, VALUES), c.text)
            self._write_name(painter, figure.name, x, room)
        painter.end()

    def _write_name(self, painter: QPainter, name: str, left: float, room: float) -> None:
        """In one line, or in two smaller ones where there is no room."""
        px, whole, small = style.px, style.font(11.5), style.font(10.5)
        if QFontMetricsF(whole).horizontalAdvance(name) <= room + 1:
            area = QRectF(left, px(65), room, px(18))
            write(painter, area, name, whole, style.theme().sub)
            return
        half = (len(name) + 1) // 2
        lines = QFontMetricsF(small)
        cut = half if lines.horizontalAdvance(name[:half]) <= room + 1 else len(name)
        for line, part in enumerate((name[:cut], name[cut:])):
            area = QRectF(left, px(62) + line * px(13), room + px(2), px(14))
            write_whole(painter, area, part, (10.5, 9.5), style.theme().sub)

    def _places(self) -> list[tuple[Figure, float, float]]:
        """Where each figure stands and the room it has: long names take more of it."""
        shown = self._tile.figures if self._tile else ()
        big, small = (QFontMetricsF(f) for f in (style.font(18, bold=True), style.font(11.5)))
        needs = [
            max(big.horizontalAdvance(short(f)), small.horizontalAdvance(f.name)) for f in shown
        ]
        gap, left = style.px(8), float(style.px(14))
        inside = self.width() - style.px(24) - gap * (len(shown) - 1)
        if sum(needs) > inside:  # long names in two lines
            narrow, little = (
                QFontMetricsF(f) for f in (style.font(15, bold=True), style.font(10.5))
            )
            needs = [
                max(
                    narrow.horizontalAdvance(short(f)),
                    little.horizontalAdvance(f.name[: (len(f.name) + 1) // 2]) + style.px(2),
                )
                for f in shown
            ]
        spare = (inside - sum(needs)) / max(1, len(shown))
        found: list[tuple[Figure, float, float]] = []
        for figure, need in zip(shown, needs, strict=True):
            room = need + spare if spare >= 0 else need * inside / sum(needs)
            found.append((figure, left, room))
            left += room + gap
        return found


def short(figure: Figure) -> str:
    """A figure where there is little room: 94.1% without its counts, 143次."""
    if figure.percent is not None:
        return f"{figure.percent:.1f}".removesuffix(".0") + "%"
    if figure.denominator == 0:
        return "—"
    return figure.text


def numbers(card: Card, span: Span | None) -> KpiNumbers:
    """A key figure as its card says it, with how it went since the period before."""
    figure = card.figure
    if figure.numerator is not None:
        value = short(figure).removesuffix("%")
        return KpiNumbers(
            figure.name,
            value,
            "" if value == "—" else "%",
            f"{figure.numerator} / {figure.denominator} {figure.unit}",
            trend=card.trend,
        )
    note, tone = "", None
    if card.before is not None and span is not None:
        this, earlier = figure.value or 0, card.before.value or 0
        note = f"比{before_name(span)} {growth_text(this, earlier)}"
        tone = Tone.GREEN if this > earlier else None
    unit = figure.unit
    value = figure.text.removesuffix(unit)
    return KpiNumbers(figure.name, value, unit, note, tone, trend=card.trend)


def before_name(span: Span) -> str:
    """What the period before is called: 上季."""
    return next(
        (said for grain, said in _BEFORE.items() if around(span.first, grain) == span), "上期"
    )


@dataclass(frozen=True)
class CatalogueRow:
    """A figure in the list of all of them."""

    id: str
    chapter: str
    figure: Figure


def catalogue(found: Sequence[Figure]) -> list[CatalogueRow]:
    """All figures with what they are about."""
    chapter_of = {m.id: name for name, chapter in figures.CHAPTERS.items() for m in chapter}
    return [CatalogueRow(figure.id, chapter_of[figure.id], figure) for figure in found]


def _chapter(row: CatalogueRow) -> str:
    return row.chapter


def _name(row: CatalogueRow) -> str:
    return row.figure.name


def _text(row: CatalogueRow) -> str:
    return row.figure.text


def _definition(row: CatalogueRow) -> str:
    return row.figure.definition


def _value(row: CatalogueRow) -> int:
    return row.figure.value or 0


CATALOGUE_COLUMNS = (
    Column[CatalogueRow]("类别", _chapter, 120),
    Column[CatalogueRow]("数字", _name, 230),
    Column[CatalogueRow]("结果", _text, 170, sort=_value, right=True),
    Column[CatalogueRow]("统计口径", _definition, 0),
)


def write_catalogue(to: Path, rows: Sequence[CatalogueRow], progress: Progress = SILENT) -> int:
    """Write figures to an .xlsx file, numbers as numbers; returns how many."""
    xlsx.write(
        to,
        "全部数字",
        ["类别", "数字", "结果", "数值", "单位", "分子", "分母", "统计口径", "代号"],
        [_cells(row) for row in rows],
        progress,
    )
    return len(rows)


def _cells(row: CatalogueRow) -> list[str | int | float | None]:
    figure = row.figure
    value: float | None = figure.value
    unit = figure.unit
    if figure.denominator is not None and unit != Unit.PERCENT.label:
        value, unit = figure.percent, Unit.PERCENT.label  # nothing of nothing is no number
    elif figure.is_money and value is not None:
        value /= 100
    return [
        *(row.chapter, figure.name, figure.text, value, unit),
        *(figure.numerator, figure.denominator, figure.definition, figure.id),
    ]


def comparable() -> dict[str, list[str]]:
    """Figures that can be split by something besides time, by what they are about."""
    found: dict[str, list[str]] = {}
    for name, chapter in figures.CHAPTERS.items():
        ids = [m.id for m in chapter if figures.dimensions(m.id)]
        if ids:
            found[name] = ids
    return found
