"""对比分析: a figure by deputy, home, unit or month, beside the last period and last year."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.operations import figures
from deputydesk.operations.cockpit import ComparedPart, compared
from deputydesk.operations.figures import Dimension, Figure
from deputydesk.rules.periods import Span
from deputydesk.rules.rates import growth_text
from deputydesk.ui import style
from deputydesk.ui.charts import Part, StackedBar, StackedBars
from deputydesk.ui.cockpit_parts import comparable, short
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.figure_rows import Asked, FigureRows
from deputydesk.ui.parts import card, framed, label
from deputydesk.ui.table import Column, RowsTable

FIRST = ("进家和双联系", "home_activities.total", Dimension.HOME)
"""What is compared at first."""


class Comparison(QWidget):
    """Chooses a figure and a dimension, and lists the parts; Enter opens the rows of one."""

    chosen = Signal()
    """Another figure or dimension was chosen: show it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._span: Span | None = None
        self._parts: list[ComparedPart] = []
        self.chapter, self.figure, self.by = Combo(), Combo(), Combo()
        self._definition = label("", "faint")
        self.table: RowsTable[ComparedPart] = RowsTable(
            self._columns(), name="对比分析", empty="这一期没有记录。"
        )
        self.bars = StackedBars("对比分析")
        self._lay_out()
        self._fill()
        self.chapter.currentIndexChanged.connect(self._fill_figures)
        self.figure.currentIndexChanged.connect(self._fill_dimensions)
        self.by.currentIndexChanged.connect(self._tell)
        self.table.opened.connect(self._open)
        self.bars.picked.connect(self._open_bar)

    def show_span(self, span: Span | None) -> None:
        """Compare within this period; None is all time."""
        self._span = span
        figure_id, by = self.figure.currentData(), self.by.currentData()
        if not figure_id or not by:
            return
        found = self._parts = self._desk.ask(compared, figure_id, by=Dimension(by), span=span)
        self._definition.setText(f"统计口径：{figures.measure(figure_id).definition}。")
        self.table.set_rows(found)
        self.bars.set_bars([_bar(part) for part in found])

    def choose(self, figure_id: str, by: Dimension) -> None:
        """Compare this figure by this dimension."""
        chapter = next(name for name, ids in comparable().items() if figure_id in ids)
        self.chapter.setCurrentText(chapter)
        self.figure.setCurrentIndex(self.figure.findData(figure_id))
        self.by.setCurrentIndex(self.by.findData(by.value))

    def _columns(self) -> tuple[Column[ComparedPart], ...]:
        return (
            Column[ComparedPart]("名称", _name, 0),
            Column[ComparedPart]("本期", partial(_said, which="this"), 130, sort=_this, right=True),
            Column[ComparedPart](
                "上期", partial(_said, which="before"), 110, sort=_before, right=True, drop=2
            ),
            Column[ComparedPart]("增减", _since_before, 70, right=True, drop=2),
            Column[ComparedPart](
                "去年同期",
                partial(_said, which="year_before"),
                110,
                sort=_last_year,
                right=True,
                drop=1,
            ),
            Column[ComparedPart]("同比", _since_last_year, 70, right=True, drop=1),
        )

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(style.px(8))
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        for name, combo, wide in (
            ("类别", self.chapter, 150),
            ("数字", self.figure, 250),
            ("按", self.by, 150),
        ):
            row.addWidget(label(name, "sub"))
            combo.setAccessibleName(name)
            combo.setMinimumWidth(style.px(wide))
            row.addWidget(combo)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addWidget(self._definition)
        both = QHBoxLayout()
        both.setSpacing(style.px(11))
        both.addWidget(framed(self.table), 3)
        picture, within = card("本期")
        within.addWidget(self.bars, 1)
        both.addWidget(picture, 2)
        outer.addLayout(both, 1)

    def _fill(self) -> None:
        chapter, figure_id, by = FIRST
        self.chapter.addItems(list(comparable()))
        self.chapter.setCurrentText(chapter)
        self._fill_figures()
        self.figure.setCurrentIndex(self.figure.findData(figure_id))
        self._fill_dimensions()
        self.by.setCurrentIndex(self.by.findData(by.value))

    def _fill_figures(self) -> None:
        self.figure.blockSignals(True)
        self.figure.clear()
        for ident in comparable()[self.chapter.currentText()]:
            self.figure.addItem(figures.measure(ident).name, ident)
        self.figure.blockSignals(False)
        self._fill_dimensions()

    def _fill_dimensions(self) -> None:
        kept = self.by.currentData()
        self.by.blockSignals(True)
        self.by.clear()
        for dimension in figures.dimensions(self.figure.currentData()):
            if dimension is Dimension.OFFICE and not self._desk.office.has_others_below:
                continue  # one office, one part
            self.by.addItem(dimension.label, dimension.value)
        self.by.setCurrentIndex(max(0, self.by.findData(kept)))
        self.by.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit()

    def _open_bar(self, place: int) -> None:
        self._open(self._parts[place])  # the list may be sorted otherwise

    def _open(self, part: ComparedPart) -> None:
        span = self._span
        asked = Asked(
            self.figure.currentData(),
            span.first if span else None,
            span.last if span else None,
            Dimension(self.by.currentData()),
            part.key,
            part.name,
        )
        FigureRows(self, self._desk, asked).open()


def _name(part: ComparedPart) -> str:
    return part.name


def _said(part: ComparedPart, which: str) -> str:
    figure: Figure | None = getattr(part, which)
    return "—" if figure is None else figure.text


def _value(figure: Figure | None) -> float:
    if figure is None:
        return -1
    if figure.percent is not None:
        return figure.percent
    return figure.value or 0


def _this(part: ComparedPart) -> float:
    return _value(part.this)


def _before(part: ComparedPart) -> float:
    return _value(part.before)


def _last_year(part: ComparedPart) -> float:
    return _value(part.year_before)


def _change(this: Figure, earlier: Figure | None) -> str:
    """Growth of a number, percentage points of a rate."""
    if earlier is None:
        return "—"
    if this.numerator is None:
        return growth_text(this.value or 0, earlier.value or 0)
    if this.percent is None or earlier.percent is None:
        return "—"
    points = round(this.percent - earlier.percent, 1)
    return f"{points:+.1f}点" if points else "持平"


def _since_before(part: ComparedPart) -> str:
    return _change(part.this, part.before)


def _since_last_year(part: ComparedPart) -> str:
    return _change(part.this, part.year_before)


def _bar(part: ComparedPart) -> StackedBar:
    if part.this.numerator is not None and part.this.denominator is not None:
        rest = max(0, part.this.denominator - part.this.numerator)
        return StackedBar(
            part.name, ((Part.MAIN, part.this.numerator), (Part.LIGHT, rest)), short(part.this)
        )
    return StackedBar(part.name, ((Part.MAIN, max(0, part.this.value or 0)),), part.this.text)
