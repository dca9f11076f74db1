"""Points: the board of a quarter or a year, verification, closing, publishing, objections."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget
from typing_extensions import override

from deputydesk.exchange import xlsx
from deputydesk.journal.values import models
from deputydesk.models import (
    Attendance,
    Caution,
    Mandate,
    Person,
    PointEntry,
    PointObjection,
    PointQuarter,
    PointScheme,
    Record,
    Suggestion,
    Visit,
    VisitDeputy,
)
from deputydesk.models.points import PointState
from deputydesk.operations import (
    cautions,
    point_entries,
    point_objections,
    point_quarters,
    point_rows,
    point_schemes,
    points,
)
from deputydesk.operations.duty_sources import SOURCES
from deputydesk.operations.point_objections import ObjectionRow
from deputydesk.operations.point_rows import EntryRow
from deputydesk.operations.points import Board
from deputydesk.reports import Options
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.names import search_text
from deputydesk.rules.points import shown
from deputydesk.rules.quarters import Quarter
from deputydesk.ui import messages
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs import point_steps
from deputydesk.ui.dialogs.point_scheme import SchemeDialog
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, button, label
from deputydesk.ui.point_board import PointBoard
from deputydesk.ui.point_columns import sheet_of
from deputydesk.ui.point_lists import CompareList, ObjectionList, TailList
from deputydesk.ui.point_queue import PointQueue
from deputydesk.ui.print_menu import PrintMenu
from deputydesk.ui.tasks import run_task

BOARD, QUEUE, COMPARE, OBJECTIONS, TAIL = range(5)
CHIPS = ("积分榜", "待核实", "季度比较", "异议", "谈话提醒名单")


class PointsPage(Page):
    """What deputies' duty is worth, quarter by quarter."""

    title = "履职积分"
    shows = frozenset(
        {
            *(source.record for source in SOURCES),
            *(Attendance, Caution, Mandate, Person, Suggestion, Visit, VisitDeputy),
            *(PointEntry, PointObjection, PointQuarter, PointScheme),
        }
    )
    finds = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self._board: Board | None = None
        self._is_queue_read = False
        self.chips = Chips(CHIPS, "查看")
        self.period = QComboBox()
        self.period.setAccessibleName("季度")
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.board = PointBoard()
        self.queue = PointQueue()
        self.compare = CompareList()
        self.objections = ObjectionList()
        self.tail = TailList()
        self._notice = label("", "sub")
        self._differences = button("查看")
        self.views = QStackedWidget()
        self.print_menu = PrintMenu("打印", ("score_board", "score_certificate"), key="Ctrl+P")
        self.place_button(self.print_menu)
        self._export = self.add_button("导出", "download")
        self._rules = self.add_button("积分规则", "settings")
        self._type = self.add_button("登记积分", "plus")
        self._close = self.add_button("封账", "archive")
        self._publish = self.add_button("公示", "stamp")
        self._lay_out()
        self._connect()

    @property
    def quarter(self) -> Quarter | None:
        """The quarter in sight; None for a year."""
        number: int = self.period.currentData()[1]
        return Quarter(self.year, number) if number else None

    @property
    def year(self) -> int:
        """The year in sight."""
        year: int = self.period.currentData()[0]
        return year

    @override
    def refresh(self) -> None:
        self._offer_periods()
        quarter = self.quarter
        if quarter:
            board = self.desk.ask(points.board, quarter)
        else:
            board = self.desk.ask(points.year_board, self.year, self.desk.today)
        self._show_board(board)
        self._is_queue_read = False
        self.chips.set_text(QUEUE, f"待核实 {board.pending or ''}".strip())
        raised = self.desk.ask(point_objections.rows)
        mine = [row for row in raised if quarter in (None, row.quarter)]
        undecided = sum(row.decided_on is None for row in mine)
        self.objections.table.set_rows(mine)
        self.chips.set_text(OBJECTIONS, f"异议 {undecided or ''}".strip())
        self._show_state(board)
        self._show_view()

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self.refresh()

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        del model
        self._wanted = ""
        self._offer_periods()
        found = {row.id: row.quarter for row in self.desk.ask(points.closed_rows)}
        quarter = found.get(record_id) or Quarter.of(self.desk.today).before
        self._go(quarter)

    @override
    def start_new(self) -> None:
        point_steps.type_entry(self, self.desk, self.quarter or Quarter.of(self.desk.today))

    @override
    def print_page(self) -> bool:
        self._print("score_board")
        return True

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        view = self.views.currentWidget()
        if view is not None:
            view.setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.period)
        self.body.addLayout(row)
        said = QHBoxLayout()
        said.addWidget(self._notice, 1)
        said.addWidget(self._differences)
        self.body.addLayout(said)
        for view in (self.board, self.queue, self.compare, self.objections, self.tail):
            self.views.addWidget(view)
        self.body.addWidget(self.views, 1)

    def _connect(self) -> None:
        self.chips.group.idToggled.connect(self._show_view)
        self.period.activated.connect(self.refresh)
        self.board.asked.connect(self._show_entries)
        self.board.opened.connect(self._open)
        self.queue.table.opened.connect(self._open)
        self.queue.table.verified.connect(self._verify)
        self.queue.table.proved.connect(self._prove)
        self.queue.table.refused.connect(self._refuse)
        self.queue.verify.clicked.connect(self._verify)
        self.queue.prove.clicked.connect(self._prove)
        self.queue.refuse.clicked.connect(self._refuse)
        self.compare.chosen.connect(self._show_view)
        self.objections.raise_button.clicked.connect(self._raise)
        self.objections.decide_button.clicked.connect(self._decide)
        self.objections.table.opened.connect(self._decide)
        self.tail.changed.connect(self._show_tail)
        self.tail.start.clicked.connect(self._start_talks)
        self.print_menu.picked.connect(self._print)
        self._export.clicked.connect(self._write_file)
        self._rules.clicked.connect(self._edit_rules)
        self._type.clicked.connect(self.start_new)
        self._close.clicked.connect(self._ask_close)
        self._publish.clicked.connect(self._ask_publish)
        self._differences.clicked.connect(self._tell_differences)

    def _offer_periods(self) -> None:
        now = Quarter.of(self.desk.today)
        kept = self.period.currentData() or (now.year, now.number)
        rules = self.desk.ask(point_schemes.rows)
        begun = min((row.valid_from.year for row in rules), default=now.year)
        closed = {row.quarter for row in self.desk.ask(points.closed_rows)}
        self.period.clear()
        for year in range(now.year, min(begun, now.year) - 1, -1):
            last = now.number if year == now.year else 4
            for number in range(last, 0, -1):
                quarter = Quarter(year, number)
                text = f"{quarter.label}{'（已封账）' if quarter in closed else ''}"
                self.period.addItem(text, (year, number))
            self.period.addItem(f"{year}年合计", (year, 0))
        places = [self.period.itemData(n) for n in range(self.period.count())]
        self.period.setCurrentIndex(places.index(kept) if kept in places else 0)

    def _go(self, quarter: Quarter) -> None:
        places = [self.period.itemData(n) for n in range(self.period.count())]
        wanted = (quarter.year, quarter.number)
        if wanted in places:
            self.period.setCurrentIndex(places.index(wanted))
        self.refresh()

    def _show_board(self, board: Board) -> None:
        self._board = board
        rows = tuple(r for r in board.rows if self._holds(f"{r.name} {r.town} {r.home}"))
        parts = [f"{len(board.rows)} 名代表", f"人均 {shown(points.averages(board.rows))} 分"]
        if board.rules:
            parts.append(f"规则：{board.rules}")
        self.set_subtitle(" · ".join(parts) if board.rows else board.rules)
        self.board.show_board(replace(board, rows=rows))

    def _show_state(self, board: Board) -> None:
        """What can be done with the quarter now, and what is to be said of it."""
        quarter, closed = board.quarter, board.closed
        is_over = quarter is not None and quarter.last < self.desk.today
        self._close.setVisible(bool(is_over and board.scheme and closed is None))
        self._publish.setVisible(bool(closed and closed.published_on is None))
        self._type.setVisible(closed is None)
        self.print_menu.choices.actions()[1].setEnabled(closed is not None)
        can_object = closed and closed.published_on and closed.objections_until
        self.objections.raise_button.setEnabled(bool(can_object))
        if closed and closed.published_on and closed.objections_until:
            self.objections.said.setText(
                f"{chinese(closed.published_on)}公示，{chinese(closed.objections_until)}前可提异议"
            )
        else:
            self.objections.said.setText("公示以后才能提出异议")
        said = ""
        differing = 0
        if closed and quarter:
            said = f"{chinese(closed.closed_on)}由{closed.closed_by}封账，按{closed.rules}"
            differing = len(self.desk.ask(point_quarters.differences, quarter))
            if differing:
                said += f"。封账后记录有变动，现在算会有{differing}处不同（不影响已封账的积分）"
        self._notice.setText(said)
        self._notice.setVisible(bool(said))
        self._differences.setVisible(differing > 0)

    def _show_view(self) -> None:
        chosen = self.chips.chosen()
        self.views.setCurrentIndex(chosen)
        quarter = self.quarter
        if chosen == COMPARE and quarter:
            before = self.compare.offer(quarter)
            rows = self.desk.ask(points.compare, quarter, before)
            self.compare.show_rows(before, quarter, [r for r in rows if self._holds(r.name)])
        elif chosen == QUEUE and not self._is_queue_read:
            self._show_queue()
        elif chosen == TAIL:
            scheme = self._board.scheme if self._board else None
            last = (scheme.tail or 5) if scheme else 0
            self.tail.begin(quarter, last, scheme.line if scheme else None)
            self._show_tail()

    def _show_queue(self) -> None:
        """Read what waits, which is only looked at here."""
        self._is_queue_read = True
        quarter = self.quarter
        is_any = quarter and self._board and self._board.pending
        waiting = self.desk.ask(point_rows.queue, quarter) if quarter and is_any else []
        self.queue.set_rows([row for row in waiting if self._holds(row.name)])

    def _show_tail(self) -> None:
        quarter = self.quarter
        last, line = self.tail.limits()
        rows = self.desk.ask(point_quarters.tail, quarter, last=last, line=line) if quarter else []
        self.tail.table.set_rows(rows)
        self.tail.start.setEnabled(any(not row.is_started for row in rows))

    def _show_entries(self, deputy_id: str, item_id: str) -> None:
        quarter = self.quarter
        quarters = [quarter] if quarter else _until(self.year, self.desk.today)
        found: list[EntryRow] = []
        for one in quarters:
            found += self.desk.ask(point_rows.entries, one, deputy_id=deputy_id, item_id=item_id)
        self.board.show_entries(found)

    def _holds(self, text: str) -> bool:
        compared = search_text(text)
        return all(word in compared for word in search_text(self._wanted).split())

    def _open(self, row: EntryRow) -> None:
        model = models().get(row.open_table)
        if model is not None and model is not PointEntry:
            self.desk.open(model, row.open_id)

    def _verify(self) -> None:
        ids, quarter = self.queue.chosen(), self.quarter
        if ids and quarter:
            self.desk.do(point_entries.verify, quarter=quarter, ids=ids, state=PointState.VERIFIED)

    def _prove(self) -> None:
        ids, quarter = self.queue.chosen(), self.quarter
        if ids and quarter:
            point_steps.prove(self, self.desk, quarter, ids)

    def _refuse(self) -> None:
        ids, quarter = self.queue.chosen(), self.quarter
        if ids and quarter:
            point_steps.refuse(self, self.desk, quarter, ids)

    def _raise(self) -> None:
        if self._board and self._board.closed:
            point_steps.raise_objection(self, self.desk, self._board.closed)

    def _decide(self) -> None:
        row: ObjectionRow | None = self.objections.table.current()
        if row is not None and row.decided_on is None:
            point_steps.decide(self, self.desk, row)

    def _start_talks(self) -> None:
        quarter = self.quarter
        chosen = self.tail.table.selected()
        reasons = [(row.id, row.reason) for row in chosen if not row.is_started]
        if not reasons:
            self.desk.say("请先选中要谈话的代表，可用 Ctrl、Shift 选多名")
        if quarter and reasons:
            self.desk.do(cautions.start_many, quarter=quarter, reasons=reasons)

    def _edit_rules(self) -> None:
        at = self.desk.ask(point_schemes.current, self.quarter or Quarter.of(self.desk.today))
        SchemeDialog(self, self.desk, at).open()

    def _ask_close(self) -> None:
        if self.quarter and self._board:
            point_steps.close(self, self.desk, self.quarter, self._board.pending)

    def _ask_publish(self) -> None:
        board = self._board
        if board and board.closed and board.scheme:
            days = board.scheme.objection_days
            point_steps.publish(self, self.desk, board.closed, days)

    def _tell_differences(self) -> None:
        if self.quarter:
            found = self.desk.ask(point_quarters.differences, self.quarter)
            lines = [row.sentence for row in found[:20]]
            if len(found) > len(lines):
                lines.append(f"……共{len(found)}处")
            messages.tell("封账后记录有变动", "\n".join(lines), parent=self)

    def _print(self, form_id: str) -> None:
        """Print the board, or the certificate, of the quarter in sight; of a year, its last."""
        quarter = self.quarter or _until(self.year, self.desk.today)[-1]
        chosen = Options(record_id=f"{quarter.year}-{quarter.number}")
        preview_form(self, self.desk, form_id, chosen)

    def _write_file(self) -> None:
        if self._board is None:
            return
        title = f"{self._board.label}积分榜"
        to = messages.ask_file_to_save(self, f"导出{title}", f"{title}.xlsx", "Excel 文件 (*.xlsx)")
        if to is not None:
            headings, rows = sheet_of(self._board)
            work = partial(xlsx.write, to, "积分榜", headings, rows)
            run_task(self, f"正在导出{title}", work, self._say_written)

    def _say_written(self, _done: object) -> None:
        self.desk.say("已导出")


def _until(year: int, today: date) -> tuple[Quarter, ...]:
    return Quarter.of(min(today, date(year, 12, 31))).so_far
