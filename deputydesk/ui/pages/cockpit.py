"""The cockpit: slogans, key figures, trends, units and homes, each of which opens its rows."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.operations import cockpit, figures
from deputydesk.operations.cockpit import Board
from deputydesk.operations.figures import Dimension, Side
from deputydesk.operations.units import UnitLoad
from deputydesk.rules.names import search_text
from deputydesk.rules.periods import Span, span_of
from deputydesk.ui import style
from deputydesk.ui.chart_legend import Legend, of_handling
from deputydesk.ui.charts import Bars, HeatMatrix, HeatRow, Part, StackedBar, StackedBars
from deputydesk.ui.cockpit_parts import (
    CATALOGUE_COLUMNS,
    CatalogueRow,
    SloganTile,
    catalogue,
    numbers,
    write_catalogue,
)
from deputydesk.ui.comparison import Comparison
from deputydesk.ui.desk import Desk
from deputydesk.ui.figure_rows import Asked, FigureRows
from deputydesk.ui.kpi import Kpi
from deputydesk.ui.messages import ask_file_to_save
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, card, framed
from deputydesk.ui.period_choice import PeriodChoice
from deputydesk.ui.table import RowsTable
from deputydesk.ui.tasks import run_task
from deputydesk.ui.wall import Wall

if TYPE_CHECKING:
    from deputydesk.models import Record

VIEWS = ("总览", "对比分析", "全部数字")
_OVERVIEW, _COMPARISON, _ALL = range(len(VIEWS))
UNITS_BY = "assignments.closed"
"""The rate whose denominator is what a unit was given."""


class CockpitPage(Page):
    """The whole office at a glance, and any figure down to its rows."""

    title: ClassVar[str] = "驾驶舱"
    finds: ClassVar[bool] = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board: Board | None = None
        self.wall: Wall | None = None
        self._rows: list[CatalogueRow] = []
        self._sought = ""
        self.views = Chips(VIEWS, "驾驶舱")
        self.period = PeriodChoice(self._today)
        self._stack = QStackedWidget()
        self.tiles: list[SloganTile] = []
        self.kpis: list[Kpi] = []
        self._tiles_row, self._kpis_row = _row(), _row()
        self.trend = Bars("走势")
        self._trend_legend = QHBoxLayout()
        self._legend: Legend | None = None
        self.units = StackedBars("承办单位办理情况")
        self.homes = HeatMatrix("代表之家覆盖", row_height=20, names_width=128, least=2)
        self.comparison = Comparison(desk)
        self.table: RowsTable[CatalogueRow] = RowsTable(
            CATALOGUE_COLUMNS, name="全部数字", empty="没有这样的数字。"
        )
        self._lay_out()
        self._connect()

    @override
    def concerns(self, kinds: "frozenset[type[Record]]") -> bool:
        return True

    @override
    def refresh(self) -> None:
        span = self.period.span()
        self.set_subtitle(span.text if span else "全部时间")
        view = self.views.chosen()
        self._stack.setCurrentIndex(view)
        self.export.setVisible(view == _ALL)
        if view == _OVERVIEW:
            self._show(self.desk.ask(cockpit.board, span=span, today=self.desk.today))
        elif view == _COMPARISON:
            self.comparison.show_span(span)
        else:
            first, last = _days(span)
            self._rows = catalogue(self.desk.ask(figures.figures, first=first, last=last))
            self._list()

    @override
    def find(self, text: str) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # as Page
        self._sought = text
        if text and self.views.chosen() != _ALL:
            self.views.group.button(_ALL).setChecked(True)
        else:
            self._list()

    def open_figure(self, figure_id: str, span: Span | None = None) -> None:
        """Show the rows of a figure, of the chosen period or a shorter one."""
        first, last = _days(span or self.period.span())
        self._ask(Asked(figure_id, first, last))

    def _ask(self, asked: Asked) -> None:
        FigureRows(self, self.desk, asked).open()

    def _today(self) -> date:
        return self.desk.today

    def _lay_out(self) -> None:
        self.export = self.add_button("导出", "download")
        self.wall_button = self.add_button("智慧屏", "zoom-in", primary=True)
        self.wall_button.set_key("Ctrl+F11")
        choose = QHBoxLayout()
        choose.addWidget(self.views)
        choose.addStretch(1)
        choose.addWidget(self.period)
        self.body.addLayout(choose)
        self._stack.addWidget(self._overview())
        self._stack.addWidget(self.comparison)
        self._stack.addWidget(framed(self.table))
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.views.group.idToggled.connect(self._choose)
        self.period.changed.connect(self.refresh)
        self.comparison.chosen.connect(self._compare)
        self.table.opened.connect(self._open_row)
        self.trend.picked.connect(self._open_month)
        self.units.picked.connect(self._open_unit)
        self.homes.picked_cell.connect(self._open_home)
        self.wall_button.clicked.connect(self.show_wall)
        self.export.clicked.connect(self._write_all)

    def _overview(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(11))
        column.addLayout(self._tiles_row)
        column.addLayout(self._kpis_row)
        charts = _row()
        frame, inside = card("走势")
        self._trend_legend.addStretch(1)
        inside.addLayout(self._trend_legend)
        inside.addWidget(self.trend, 1)
        charts.addWidget(frame, 5)
        legend = of_handling()
        frame, inside = card("承办单位办理情况")
        inside.addWidget(legend, 0, Qt.AlignmentFlag.AlignRight)
        inside.addWidget(self.units, 1)
        charts.addWidget(frame, 5)
        frame, inside = card("代表之家覆盖", "进家次数，少的在前")
        inside.addWidget(self.homes, 1)
        charts.addWidget(frame, 6)
        column.addLayout(charts, 1)
        return whole

    def _show(self, board: Board) -> None:
        self.board = board
        for place, tile in enumerate(board.tiles):
            if place == len(self.tiles):
                made = SloganTile()
                made.picked.connect(self.open_figure)
                self.tiles.append(made)
                self._tiles_row.addWidget(made, 1)
            self.tiles[place].set_tile(tile)
            self.tiles[place].show()
        for place, shown in enumerate(board.cards):
            if place == len(self.kpis):
                made_kpi = Kpi(numbers(shown, board.span))
                made_kpi.clicked.connect(self._open_kpi)
                self.kpis.append(made_kpi)
                self._kpis_row.addWidget(made_kpi, 1)
            self.kpis[place].set_numbers(numbers(shown, board.span))
            self.kpis[place].show()
        for extra in (*self.tiles[len(board.tiles) :], *self.kpis[len(board.cards) :]):
            extra.hide()
        self._show_legend([line.name for line in board.trends])
        self.trend.set_series(board.names, *((line.name, line.values) for line in board.trends))
        self.units.set_bars([_bar(unit) for unit in board.units])
        rows = [HeatRow(home.id, home.short_name, home.values) for home in board.homes]
        self.homes.set_rows(board.month_names, rows)

    def _show_legend(self, names: Sequence[str]) -> None:
        if self._legend:
            self._trend_legend.removeWidget(self._legend)
            self._legend.deleteLater()
        self._legend = Legend(*zip(names, (Part.MAIN.colour, Part.LIGHT.colour), strict=False))
        self._trend_legend.insertWidget(0, self._legend)

    def _list(self) -> None:
        wanted = search_text(self._sought)
        self.table.set_rows(
            [r for r in self._rows if wanted in search_text(r.figure.name + r.figure.definition)]
        )

    def _choose(self, _place: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_on:
            self.refresh()

    def _compare(self) -> None:
        if self.views.chosen() == _COMPARISON:
            self.comparison.show_span(self.period.span())

    def _open_row(self, row: CatalogueRow) -> None:
        self.open_figure(row.id)

    def _open_kpi(self) -> None:
        place = next(n for n, kpi in enumerate(self.kpis) if kpi is self.sender())
        assert self.board, "a card is shown with its board"
        self.open_figure(self.board.cards[place].figure.id)

    def _open_month(self, place: int) -> None:
        board = self.board
        if board and board.trends:
            first, last = _days(board.span)
            key = board.keys[place]
            line = board.trends[0]
            self._ask(Asked(line.id, first, last, board.by, key, span_of(key).text))

    def _open_unit(self, place: int) -> None:
        assert self.board, "a bar is shown with its board"
        first, last = _days(self.board.span)
        name = self.board.units[place].name
        parts = self.desk.ask(figures.compare, UNITS_BY, by=Dimension.UNIT, first=first, last=last)
        key = next(part.key for part in parts if part.name == name)
        self._ask(Asked(UNITS_BY, first, last, Dimension.UNIT, key, name, Side.OUT_OF))

    def _open_home(self, home_id: str, column: int) -> None:
        assert self.board, "a cell is shown with its board"
        month = span_of(self.board.months[column])
        name = next(home.name for home in self.board.homes if home.id == home_id)
        said = f"{name} {month.text}"
        asked = Asked(cockpit.HOMES_BY, month.first, month.last, Dimension.HOME, home_id, said)
        self._ask(asked)

    def _write_all(self) -> None:
        """Write the figures in the list to an Excel file."""
        span = self.period.span()
        said = f"全部数字 {span.text if span else '全部时间'}".replace("/", "-")
        to = ask_file_to_save(self, "导出为 Excel", f"{said}.xlsx", "Excel 文件 (*.xlsx)")
        if to:
            run_task(
                self, "正在导出", partial(write_catalogue, to, self.table.rows.rows()), self._say
            )

    def _say(self, count: object) -> None:
        self.desk.say(f"已导出 {count} 个数字")

    def show_wall(self) -> None:
        """Fill the screen with figures that turn by themselves."""
        span = self.period.span()
        shown = self.desk.ask(cockpit.board, span=span, today=self.desk.today)
        self.wall = Wall(self.desk, span, shown)
        self.wall.showFullScreen()


def _row() -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(style.px(11))
    return made


def _days(span: Span | None) -> tuple[date | None, date | None]:
    return (span.first, span.last) if span else (None, None)


def _bar(load: UnitLoad) -> StackedBar:
    total = load.done + load.working + load.late
    note = f"{total} 件 · 逾期 {load.late}" if load.late else f"{total} 件"
    return StackedBar(
        load.name,
        ((Part.MAIN, load.done), (Part.LIGHT, load.working), (Part.LATE, load.late)),
        note,
    )
