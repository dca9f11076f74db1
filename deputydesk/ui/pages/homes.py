"""Deputy homes: where something was held and where nothing was, who has not come, stations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFocusEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
)
from typing_extensions import override

from deputydesk.exchange import xlsx
from deputydesk.models import Home, Mandate, Record, Station, Visit, VisitDeputy
from deputydesk.models.choices import HomeLevel, StationRole
from deputydesk.operations import deputies, places, stations, visits
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.places import HomeRow, StationRow
from deputydesk.reports import Options
from deputydesk.rules.names import search_text
from deputydesk.ui import lookups, messages, style
from deputydesk.ui.attachments import AttachmentStrip
from deputydesk.ui.chart_legend import Legend
from deputydesk.ui.charts import HeatMatrix, HeatRow
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.fields import ChoiceField, Field, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.office_column import with_office
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, card, label
from deputydesk.ui.past_action import PastAction
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

COVERAGE, LIST, MISSING, STATIONS = range(4)
CHIPS = ("进家覆盖", "名单", "未进家代表", "工作站")
MONTHS = tuple(f"{month}月" for month in range(1, 13))
HEAT = ("0 次", "1–2", "3–4", "5–6", "7 次以上")
NO_HOMES = "还没有代表之家。按 Ctrl+J 或点“新建代表之家”登记第一家。"


class HomesPage(Page):
    """Homes and what is held there, month by month."""

    title = "代表之家"
    shows = frozenset({Home, Station, Visit, VisitDeputy, Mandate})
    finds = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._homes: list[HomeRow] = []
        self._wanted = ""
        self.chips = Chips(CHIPS, "查看")
        self.year = QComboBox()
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.year.setAccessibleName("年份")
        self.matrix = HeatMatrix("进家覆盖矩阵", row_height=18, names_width=168)
        self.homes: RowsTable[HomeRow] = RowsTable(
            with_office(desk, _home_columns()), name="代表之家名单", empty=NO_HOMES
        )
        self.missing: RowsTable[DeputyRow] = RowsTable(
            with_office(desk, _deputy_columns()), name="未进家代表", empty="所有代表都已进家。"
        )
        self.stations: RowsTable[StationRow] = RowsTable(
            with_office(desk, _station_columns()),
            name="工作站名单",
            empty="还没有工作站。点“新建工作站”登记。",
        )
        self.attachments = AttachmentStrip(desk)
        self._heading = label("", "h2")
        self.views = QStackedWidget()
        self._export = self.add_button("导出", "download")
        self._new_station = self.add_button("新建工作站", "plus")
        self._new = self.add_button("新建代表之家", "plus")
        self._new.set_key("Ctrl+J")
        self._lay_out()
        self._connect()

    @override
    def at_hand(self) -> tuple[type[Record], str] | None:
        row = self.homes.current() if self.chips.chosen() == LIST else None
        return (Home, row.id) if row else None

    @override
    def refresh(self) -> None:
        self._offer_years()
        year: int = self.year.currentData()
        words = search_text(self._wanted).split()
        found = self.desk.ask(places.homes, year)
        self._homes = [h for h in found if _holds(f"{h.name} {h.unit} {h.head}", words)]
        last = min(self.desk.today, date(year, 12, 31))
        away = set(self.desk.ask(visits.unvisited, date(year, 1, 1), last, at_home=True))
        people = self.desk.ask(deputies.rows, former=True)
        missing = [
            r for r in people if r.id in away and _holds(f"{r.name} {r.town} {r.home}", words)
        ]
        posts = [s for s in self.desk.ask(places.stations) if _holds(s.name, words)]
        lines = [self._line(home, year) for home in self._homes]
        self._heading.setText(f"{year} 年进家覆盖矩阵")
        self.matrix.set_rows(MONTHS, lines, tail="连续空白")
        self.homes.set_rows(self._homes)
        self.missing.set_rows(missing)
        self.stations.set_rows(posts)
        self.chips.set_text(LIST, f"名单 {len(self._homes)}")
        self.chips.set_text(MISSING, f"未进家代表 {len(missing)}")
        self.chips.set_text(STATIONS, f"工作站 {len(posts)}")
        blank = sum(_blank_months(line.values) > 1 for line in lines)
        held = sum(home.visits for home in self._homes)
        parts = [f"{len(self._homes)} 家", f"{year} 年进家 {held} 次"]
        self.set_subtitle(" · ".join([*parts, f"{blank} 家连续空白"] if blank else parts))
        self._covered.setCurrentIndex(0 if lines else 1)

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self.refresh()

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        del model
        self._wanted = ""
        self.refresh()
        self._show_home(record_id)

    @override
    def start_new(self) -> None:
        form = Form(self.desk, "home", self._fields(), model=Home)
        form.start(level=HomeLevel.VILLAGE if self._homes else HomeLevel.TOWN)  # the first: its own
        save = partial(self._add)
        FormDialog(self, "新建代表之家", form, save, "新建").open()

    def _line(self, home: HomeRow, year: int) -> HeatRow:
        values = tuple(
            None if self._is_out(home, year, month) else count
            for month, count in enumerate(home.months, 1)
        )
        name, blank = home.name.replace("人大代表之家", "代表之家"), _blank_months(values)
        return HeatRow(home.id, name, values, f"{blank} 个月" if blank else "")

    def _is_out(self, home: HomeRow, year: int, month: int) -> bool:
        """Whether nothing could be held: the month is to come, or the home was not there."""
        today, opened = self.desk.today, home.opened_on
        is_ahead = (year, month) > (today.year, today.month)
        return is_ahead or (opened is not None and (year, month) < (opened.year, opened.month))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chips.group.button(self.chips.chosen()).setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.year)
        self.body.addLayout(row)
        self.views.addWidget(self._coverage())
        for table in (self.homes, self.missing, self.stations):
            frame = QFrame()
            frame.setObjectName("card")
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(0, style.px(4), 0, style.px(4))
            inside.addWidget(table, 1)
            if table is self.homes:
                inside.addWidget(self.attachments)
            self.views.addWidget(frame)
        self.body.addWidget(self.views, 1)

    def _coverage(self) -> QFrame:
        frame, inside = card()
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(Legend(*((text, partial(_green, n)) for n, text in enumerate(HEAT))))
        inside.addLayout(head)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the matrix in it has the keys
        scroll.setAccessibleName("进家覆盖矩阵")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.matrix)
        self.matrix.setAutoFillBackground(False)
        nothing = label(NO_HOMES, "sub")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._covered = QStackedWidget()
        self._covered.addWidget(scroll)
        self._covered.addWidget(nothing)
        inside.addWidget(self._covered, 1)
        return frame

    def _connect(self) -> None:
        self.chips.group.idToggled.connect(self._show_view)
        self.year.activated.connect(self.refresh)
        self.matrix.picked.connect(self._show_home)
        self.homes.picked.connect(self._show_files)
        self.homes.opened.connect(self._change)
        self.homes.add_action("修改", self._change)
        PastAction(self.homes, self.desk, Home)
        PastAction(self.stations, self.desk, Station)
        self.homes.add_action("打印上墙内容", self._print_wall)
        self.homes.add_action("打印牌匾", self._print_plate)
        self.homes.add_action("打印公示栏", self._print_deputies)
        self.missing.opened.connect(self._open_deputy)
        self._new.clicked.connect(self.start_new)
        self._new_station.clicked.connect(self._start_station)
        self._export.clicked.connect(self._write_file)

    def _offer_years(self) -> None:
        years = self.desk.ask(visits.years)
        now = self.desk.today.year
        chosen = self.year.currentData() or (now if now in years or not years else years[0])
        self.year.clear()
        for year in sorted({*years, now}, reverse=True):
            self.year.addItem(f"{year}年", year)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))

    def _show_view(self) -> None:
        self.views.setCurrentIndex(self.chips.chosen())
        self.year.setEnabled(self.chips.chosen() != STATIONS)

    def _show_home(self, record_id: str) -> None:
        self.chips.group.button(LIST).setChecked(True)
        self.homes.select(record_id)
        self.homes.setFocus()

    def _show_files(self) -> None:
        row = self.homes.current()
        self.attachments.show_record(Home, row.id if row else "")

    def _change(self) -> None:
        row = self.homes.current()
        if row is None:
            return
        form = Form(self.desk, "home", self._fields(), model=Home)
        form.show_row(row)
        save = partial(self.desk.do, places.edit_home, home_id=row.id)
        FormDialog(self, f"修改：{row.name}", form, save).open()

    def _print_deputies(self) -> None:
        self._print_of_home("deputy_wall")

    def _print_wall(self) -> None:
        self._print_of_home("home_wall")

    def _print_plate(self) -> None:
        self._print_of_home("home_plate")

    def _print_of_home(self, form_id: str) -> None:
        row = self.homes.current()
        if row is not None:
            preview_form(self, self.desk, form_id, Options(record_id=row.id))

    def _add(self, **values: Any) -> None:  # Any: as the form gives them
        self._show_home(self.desk.do(places.add_home, **values))

    def _start_station(self) -> None:
        fields = (
            TextField("name", wide=True),
            PickManyField("roles", _roles),
            PickField("home_id", partial(lookups.homes, self.desk)),
            TextField("host"),
        )
        form = Form(self.desk, "station", fields, model=Station)
        form.start(roles=(StationRole.STATION.value,))
        FormDialog(self, "新建工作站", form, self._add_station, "新建").open()

    def _add_station(self, *, roles: Sequence[str], **values: Any) -> None:  # Any: as the form's
        chosen = tuple(StationRole(role) for role in roles)
        made = self.desk.do(stations.save, roles=chosen, **values)
        self.chips.group.button(STATIONS).setChecked(True)
        self.stations.select(made)

    def _open_deputy(self, row: DeputyRow) -> None:
        self.desk.open(Mandate, row.id)

    def _fields(self) -> tuple[Field, ...]:
        return (
            TextField("name", wide=True),
            ChoiceField("level", HomeLevel),
            TextField("unit"),
            TextField("head"),
            DateField("opened_on", optional=True),
            TextField("address", wide=True),
        )

    def _write_file(self) -> None:
        sheet = self._sheet()
        name = f"{sheet.title}.xlsx"
        to = messages.ask_file_to_save(self, f"导出{sheet.title}", name, "Excel 文件 (*.xlsx)")
        if to is not None:
            work = partial(xlsx.write, to, sheet.title, sheet.headings, sheet.rows)
            run_task(self, f"正在导出{sheet.title}", work, self._say_written)

    def _say_written(self, _done: object) -> None:
        self.desk.say("已导出")

    def _sheet(self) -> "_Sheet":
        """What is in sight, as a table for Excel."""
        chosen = self.chips.chosen()
        if chosen == MISSING:
            return _from_table(f"未进家代表{self.year.currentText()}", self.missing)
        if chosen == STATIONS:
            return _from_table("工作站", self.stations)
        rows = [
            [h.level.label, h.name, h.unit, h.head, h.deputies, *h.months, h.visits]
            for h in self._homes
        ]
        headings = ("级别", "名称", "所在地", "负责人", "代表", *MONTHS, "合计")
        return _Sheet(f"进家覆盖{self.year.currentText()}", headings, rows)


@dataclass(frozen=True)
class _Sheet:
    title: str
    headings: Sequence[str]
    rows: list[list[Any]]  # Any: what cells take


def _from_table(title: str, table: RowsTable[Any]) -> _Sheet:  # Any: rows of any list
    columns = table.rows.columns
    rows = [[column.text(row) for column in columns] for row in table.rows.rows()]
    return _Sheet(title, [column.title for column in columns], rows)


def _green(place: int) -> QColor:
    """The green that stands for so many visits."""
    return QColor(style.theme().heat[place])


def _blank_months(values: Sequence[int | None]) -> int:
    """For how many months up to the last one nothing was held."""
    known = [value for value in values if value is not None]
    blank = 0
    while blank < len(known) and known[-1 - blank] == 0:
        blank += 1
    return blank


def _holds(text: str, words: list[str]) -> bool:
    compared = search_text(text)
    return all(word in compared for word in words)


def _roles() -> list[Candidate]:
    return [Candidate(role.value, role.label) for role in StationRole]


def _home_columns() -> tuple[Column[HomeRow], ...]:
    order = list(HomeLevel)
    return (
        Column("级别", lambda r: r.level.label, 110, sort=lambda r: order.index(r.level)),
        Column("名称", lambda r: r.name, 0),
        Column("所在地", lambda r: r.unit, 150, drop=2),
        Column("地址", lambda r: r.address, 170, drop=3),
        Column("负责人", lambda r: r.head, 80, drop=1),
        Column("代表", lambda r: str(r.deputies), 60, sort=lambda r: r.deputies, right=True),
        Column("本年活动", lambda r: str(r.visits), 76, sort=lambda r: r.visits, right=True),
    )


def _deputy_columns() -> tuple[Column[DeputyRow], ...]:
    return (
        Column("姓名", lambda r: r.name, 150),
        Column("层级", lambda r: r.level.label, 90),
        Column("所属", lambda r: r.town, 130),
        Column("代表之家", lambda r: r.home, 0),
        Column("电话", lambda r: r.phone, 116),
        Column("状态", lambda r: r.status, 80),
    )


def _station_columns() -> tuple[Column[StationRow], ...]:
    return (
        Column("名称", lambda r: r.name, 0),
        Column("职能", lambda r: "、".join(role.label for role in r.roles), 240),
        Column("所属代表之家", lambda r: r.home, 220, drop=1),
        Column("依托单位", lambda r: r.host, 160, drop=2),
    )
