"""What is to be done today, and how the year stands; painted at start from what it showed last."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from deputydesk.late import asdict, dataclass, override
from deputydesk.ui import first_steps, style
from deputydesk.ui.chart_legend import of_handling
from deputydesk.ui.charts import (
    Bars,
    HeatMatrix,
    HeatRow,
    Part,
    StackedBar,
    StackedBars,
)
from deputydesk.ui.desk import Desk
from deputydesk.ui.first_steps import FirstSteps, StepLine
from deputydesk.ui.kpi import Kpi, KpiNumbers
from deputydesk.ui.page import Page
from deputydesk.ui.parts import card, label
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

if TYPE_CHECKING:
    from deputydesk.models import Record
    from deputydesk.office import Office
    from deputydesk.operations.figures import Figure
    from deputydesk.operations.places import HomeRow

HOMES = 14
"""Homes in the picture: those that need somebody to look at them."""
UNITS = 10
NUMBERS = (
    "home_activities.total",
    "reception.voters",
    "opinions.heard",
    "opinions.settled",
    "suggestions.answered_in_time",
    "suggestions.satisfied",
    "coverage.deputies",
    "overdue.total",
)
"""The figures on the cards."""
CARDS = (
    "home_activities.total",
    "opinions.heard",
    "suggestions.answered_in_time",
    "suggestions.satisfied",
    "overdue.total",
    "coverage.deputies",
)
"""Whose rows a card opens, in the order of the cards."""
NARROW = 830
"""Standard pixels below which six cards do not stand side by side."""
RATES = (2, 3)
"""Which of the cards show rates."""
TONES = {"overdue": Tone.RED, "today": Tone.AMBER, "soon": Tone.AMBER, "open": Tone.BLUE}


@dataclass(frozen=True)
class TodoLine:
    """A line of the list: a tag, what is to be done, and the record it opens."""

    id: str
    tag: str
    tone: str
    text: str
    table: str
    record: str


@dataclass(frozen=True)
class Snapshot:
    """Everything on the page, as plain values that can be kept in a file."""

    subtitle: str
    todos: tuple[TodoLine, ...]
    kpis: tuple[KpiNumbers, ...]
    months: tuple[int, ...]
    units: tuple[tuple[str, int, int, int], ...]
    homes: tuple[HeatRow, ...]
    steps: tuple[StepLine, ...] = ()

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Snapshot":  # Any: JSON
        """Read what `asdict` gave."""
        return cls(
            told["subtitle"],
            tuple(TodoLine(**line) for line in told["todos"]),
            tuple(_kpi(numbers) for numbers in told["kpis"]),
            tuple(told["months"]),
            tuple((name, done, working, late) for name, done, working, late in told["units"]),
            tuple(_home(row) for row in told["homes"]),
            tuple(StepLine(**step) for step in told["steps"]),
        )


def _kpi(told: dict[str, Any]) -> KpiNumbers:  # Any: JSON
    told["tone"] = Tone(told["tone"]) if told["tone"] else None
    told["trend"] = tuple(told["trend"])
    return KpiNumbers(**told)


def _home(told: dict[str, Any]) -> HeatRow:  # Any: JSON
    told["values"] = tuple(told["values"])
    return HeatRow(**told)


class TodayPage(Page):
    """The first page: to-do list, key numbers, homes and units."""

    title: ClassVar[str] = "工作台"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: Snapshot | None = None
        self._kpis: list[Kpi] = []
        self._steps: FirstSteps | None = None
        self._cards = QHBoxLayout()
        self._cards.setSpacing(style.px(11))
        self.body.addLayout(self._cards)
        grid = self._grid = QGridLayout()
        grid.setSpacing(style.px(11))
        grid.addWidget(self._todo_card(), 0, 0)
        self._units_frame = self._units_card()
        grid.addWidget(self._units_frame, 0, 1)
        grid.addWidget(self._homes_card(), 1, 0)
        self._months_frame = self._months_card()
        grid.addWidget(self._months_frame, 1, 1)
        for number, share in enumerate((6, 5)):
            grid.setColumnStretch(number, share)
            grid.setRowStretch(number, 5)
        self.body.addLayout(grid, 1)

    @override
    def concerns(self, kinds: "frozenset[type[Record]]") -> bool:
        return True

    @override
    def refresh(self) -> None:
        self._show(read(self.desk.office))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_cards()

    @override
    def remember(self) -> dict[str, Any] | None:  # Any: JSON
        return asdict(self._shown) if self._shown else None

    @override
    def recall(self, remembered: dict[str, Any]) -> None:  # Any: JSON
        try:
            self._show(Snapshot.from_json(remembered))
        except (KeyError, TypeError, ValueError):  # written by another version
            return

    def _todo_card(self) -> Any:  # Any: the frame; parts.card says what it is
        frame, inside = card("今天要办")
        self._todos = RowsTable(
            (
                Column[TodoLine]("期限", _tag, 92, tone=_tone),
                Column("事项", _text, 0),
            ),
            name="今天要办",
            empty="今天没有要办的事。\n按 Ctrl+N 登记来访，F4 登记代表建议，F9 导入代表名册。",
        )
        self._todos.horizontalHeader().hide()
        self._todos.opened.connect(self._open)
        self._todos.clicked.connect(self._open_current)
        self.setFocusProxy(self._todos)
        inside.addWidget(self._todos)
        return frame

    def _units_card(self) -> Any:  # Any: as above
        legend = of_handling()
        frame, inside = card("承办单位办理情况", beside=legend)
        self._units = StackedBars("承办单位办理情况")
        self._no_units = label("代表建议交办以后，这里显示各单位办了多少。", "sub")
        inside.addWidget(self._no_units)
        inside.addWidget(self._units, 1)
        return frame

    def _homes_card(self) -> Any:  # Any: as above
        frame, inside = card("代表之家覆盖", "每格为当月进家次数，空白最久的在前")
        self._homes = HeatMatrix("代表之家覆盖", row_height=20, names_width=112, least=2)
        self._homes.picked.connect(self._open_home)
        self._no_homes = label("按 F5 登记代表之家以后，这里显示每家每月的活动。", "sub")
        inside.addWidget(self._no_homes)
        inside.addWidget(self._homes, 1)
        return frame

    def _months_card(self) -> Any:  # Any: as above
        frame, inside = card("进家活动走势", "今年每月次数")
        self._months = Bars("进家活动走势")
        inside.addWidget(self._months, 1)
        return frame

    def _show(self, shown: Snapshot) -> None:
        self._shown = shown
        self.set_subtitle(shown.subtitle)
        self._todos.set_rows(shown.todos)
        for number, numbers in enumerate(shown.kpis):
            if number == len(self._kpis):
                self._kpis.append(Kpi(numbers))
                self._kpis[number].clicked.connect(self._open_rows)
                self._cards.addWidget(self._kpis[number], 1)
            self._kpis[number].set_numbers(numbers)
        self._fit_cards()
        self._months.set_series(
            [f"{n + 1}月" for n in range(len(shown.months))], ("次数", shown.months)
        )
        self._units.set_bars([_bar(*unit) for unit in shown.units])
        self._no_units.setVisible(not shown.units)
        self._homes.set_rows([f"{n}月" for n in range(1, 13)], shown.homes, tail="连续空白")
        self._no_homes.setVisible(not shown.homes)
        self._show_steps(shown.steps)

    def _show_steps(self, steps: Sequence[StepLine]) -> None:
        """In a new office, in the place of what is empty there: what to do first."""
        is_needed = bool(steps) and not self.desk.preferences.begun
        if is_needed and self._steps is None:
            self._steps = FirstSteps()
            self._grid.addWidget(self._steps, 0, 1, 2, 1)
            self._steps.wanted.connect(self.desk.page_requested)
            self._steps.put_away.connect(self._put_steps_away)
        if self._steps:
            self._steps.set_steps(steps)
            self._steps.setVisible(is_needed)
        for frame in (self._units_frame, self._months_frame):
            frame.setVisible(not is_needed)

    def _put_steps_away(self) -> None:
        self.desk.preferences.begun = True
        self.desk.preferences.save(self.desk.folder)
        self._show_steps(())
        self.setFocus()

    def _fit_cards(self) -> None:
        """Leave out the rates where six cards have no room."""
        is_narrow = self.width() < style.px(NARROW)
        for number, made in enumerate(self._kpis):
            made.setVisible(not (is_narrow and number in RATES))

    def _open_current(self) -> None:
        line = self._todos.current()
        if line:
            self._open(line)

    def _open(self, line: TodoLine) -> None:
        if line.table and self.desk.is_ready:
            from deputydesk.journal.values import models

            self.desk.open(models()[line.table], line.record)

    def _open_rows(self) -> None:
        """Show what a card counts; nothing while it shows what was kept from the last time."""
        if not self.desk.is_ready:
            return
        from deputydesk.ui.figure_rows import Asked, FigureRows

        ident = next(i for i, kpi in zip(CARDS, self._kpis, strict=True) if kpi is self.sender())
        first = date(self.desk.today.year, 1, 1)
        FigureRows(self, self.desk, Asked(ident, first, self.desk.today)).open()

    def _open_home(self, home_id: str) -> None:
        if self.desk.is_ready:
            from deputydesk.models import Home

            self.desk.open(Home, home_id)


def _tag(line: TodoLine) -> str:
    return line.tag


def _text(line: TodoLine) -> str:
    return line.text


def _tone(line: TodoLine) -> Tone:
    return TONES.get(line.tone, Tone.GREY)


def _bar(name: str, done: int, working: int, late: int) -> StackedBar:
    total = done + working + late
    note = f"{total} 件 · 逾期 {late}" if late else f"{total} 件"
    return StackedBar(name, ((Part.MAIN, done), (Part.LIGHT, working), (Part.LATE, late)), note)


def read(office: "Office") -> Snapshot:
    """Ask for everything on the page; touches no Qt object, so that the start can call it.

    SQLAlchemy comes with it, hence not at the top of the file.
    """
    from deputydesk.operations import figures, places, todo, units

    today = office.clock().date()
    todos = office.ask(todo.todos, today)
    lines = tuple(
        TodoLine(str(n), t.tag, t.tone, t.text, t.table, t.id) for n, t in enumerate(todos)
    )
    homes = office.ask(places.homes, today.year)
    months = tuple(sum(home.months[n] for home in homes) for n in range(today.month))
    year = date(today.year, 1, 1)
    numbers = {f.id: f for f in office.ask(figures.figures, first=year, last=today, ids=NUMBERS)}
    loads = office.ask(units.loads, first=year, last=today, today=today)
    late = office.ask(figures.rows_of, "overdue.total", first=year, last=today)
    longest = max(((today - row.day).days for row in late if row.day), default=0)
    return Snapshot(
        subtitle=f"{today.year} 年 · 截至 {today.month} 月 {today.day} 日",
        todos=lines,
        kpis=tuple(_kpis(numbers, months, longest)),
        months=months,
        units=tuple((load.name, load.done, load.working, load.late) for load in loads[:UNITS]),
        homes=tuple(_blankest(homes, today)),
        steps=first_steps.read(office),
    )


def _kpis(
    numbers: "dict[str, Figure]", months: tuple[int, ...], longest: int
) -> Iterator[KpiNumbers]:
    voters, heard = numbers["reception.voters"], numbers["opinions.heard"]
    settled, held = numbers["opinions.settled"], numbers["home_activities.total"]
    came, overdue = numbers["coverage.deputies"], numbers["overdue.total"]
    late = overdue.value or 0
    yield KpiNumbers(
        held.name,
        str(held.value or 0),
        held.unit,
        f"接待选民 {voters.value or 0} 人次",
        trend=months,
    )
    yield KpiNumbers(
        heard.name, str(heard.value or 0), heard.unit, f"已办结 {settled.value or 0} {settled.unit}"
    )
    yield _rate("建议按期答复率", numbers["suggestions.answered_in_time"])
    yield _rate("对办理结果满意率", numbers["suggestions.satisfied"])
    yield KpiNumbers(
        overdue.name,
        str(late),
        overdue.unit,
        f"最长逾期 {longest} 天" if late else "没有逾期",
        Tone.RED if late else Tone.GREEN,
        is_late=bool(late),
    )
    part, whole = came.numerator or 0, came.denominator or 0
    missing = f"还有 {whole - part} 名没进家、没联系" if whole > part else "已覆盖全部代表"
    yield KpiNumbers(
        "进家联系覆盖", f"{part} / {whole}", came.unit, missing if whole else "还没有代表名册"
    )


def _rate(title: str, figure: "Figure") -> KpiNumbers:
    from deputydesk.rules.rates import Rate

    part, whole = figure.numerator or 0, figure.denominator or 0
    percent = Rate(part, whole).percent
    if percent is None:
        return KpiNumbers(title, "—", "", "今年还没有")
    shown = f"{percent:.1f}".removesuffix(".0")
    return KpiNumbers(title, shown, "%", f"{part} / {whole} 件")


def _blankest(homes: "Sequence[HomeRow]", today: date) -> Iterator[HeatRow]:
    """Homes that have been blank the longest, with the months that have been."""
    first = sorted(homes, key=partial(_blank_months, month=today.month), reverse=True)[:HOMES]
    for home in first:
        blank = _blank_months(home, today.month)
        values = (*home.months[: today.month], *([None] * (12 - today.month)))
        yield HeatRow(home.id, home.short_name, values, f"{blank} 个月" if blank else "")


def _blank_months(home: "HomeRow", month: int) -> int:
    """Whole months without a visit up to the last one; the present month is not over."""
    blank = 0
    for count in reversed(home.months[: month - 1]):
        if count or home.months[month - 1]:
            break
        blank += 1
    return blank
