"""The sign-in window (一码通): a scanner or a name fills the sheet, and it says so from afar."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.models import Attendance, Mandate, Person, Record, VisitDeputy
from deputydesk.operations import check_ins
from deputydesk.operations.check_ins import Sighting, SignRow, SignState, Verdict
from deputydesk.reports import Options
from deputydesk.rules import qr_codes
from deputydesk.ui import lookups, style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.check_in_parts import ScanLine, SignBanner, SignCount
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.parts import Chips, button, label
from deputydesk.ui.pickers import PickManyField
from deputydesk.ui.register import Action
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, HasId, RowsTable

TONES = {
    Verdict.SIGNED: Tone.GREEN,
    Verdict.ADDED: Tone.BLUE,
    Verdict.AGAIN: Tone.AMBER,
    Verdict.UNREAD: Tone.AMBER,
    Verdict.FOREIGN: Tone.VIOLET,
    Verdict.UNFIT: Tone.VIOLET,
}
STATES = (SignState.MISSING, SignState.SIGNED, SignState.LEAVE)
_STATE_TONES = {
    SignState.SIGNED: Tone.GREEN,
    SignState.LEAVE: Tone.AMBER,
    SignState.MISSING: Tone.GREY,
}
_SHOWS = frozenset((Attendance, VisitDeputy, Mandate, Person))


class CheckInDialog(QDialog):
    """The sign-in of one event; whatever is typed goes to the line for the scanner.

    Args:
        parent: the page that opens it.
        desk: the desk.
        model: kind of the event.
        event_id: the event.
    """

    def __init__(self, parent: QWidget, desk: Desk, model: type[Record], event_id: str) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self._kind, self._id = model.__tablename__, event_id
        self._done: list[Sighting] = []
        self._whole = check_ins.SignSheet("", None, ())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = ScanLine(self._candidates)
        self.state = SignBanner()
        self.counts = tuple(SignCount(word) for word in ("应到", "实到", "请假", "未到"))
        self.chips = Chips(("未到", "已签到", "请假"), "名单")
        self.table: RowsTable[SignRow] = RowsTable(_columns(), name="签到名单")
        self.undo = button("撤销上一次", "undo-2")
        self.expect = button("设应到名单", "users")
        self.print = button("打印签到表", "printer")
        self._title = label("", "h1")
        self._lay_out()
        self._connect()
        screen = self.screen().availableGeometry()
        self.resize(
            min(style.px(1000), screen.width() - 40), min(style.px(660), screen.height() - 60)
        )

    def open_at(self) -> None:
        """Read the sheet and open the window."""
        self.read()
        self.state.say_ready()
        self.open()
        self.line.setFocus()

    def read(self) -> None:
        """Read the sheet again."""
        self._whole = whole = self._desk.ask(check_ins.sheet, self._kind, self._id)
        day = f"{whole.held_on:%Y年%m月%d日}　" if whole.held_on else ""
        self._title.setText(f"{day}{whole.title}")
        self.setWindowTitle(f"签到：{whole.title}")
        numbers = (whole.expected, *(whole.count(state) for state in _ORDER))
        for count, number in zip(self.counts, numbers, strict=True):
            count.set_number(number)
        for place, state in enumerate(STATES):
            self.chips.set_text(place, f"{state.label} {whole.count(state)}")
        self.undo.setEnabled(bool(self._done))
        self.line.forget()
        self._list()

    def enter(self, text: str) -> None:
        """Take what was scanned or typed."""
        text = text.strip()
        if not text:
            return
        if qr_codes.looks_scanned(text):
            self._take(self._desk.ask(check_ins.recognise, self._kind, self._id, text))
        elif not qr_codes.is_card_line(text):
            self._take_name(text)

    @override
    def eventFilter(self, arg__1: QObject, arg__2: QEvent) -> bool:
        """Whatever is typed while the list has the focus belongs to the line."""
        if isinstance(arg__2, QKeyEvent) and arg__2.type() == QEvent.Type.KeyPress:
            modifier = arg__2.modifiers() & Qt.KeyboardModifier.ControlModifier
            if arg__2.text().isprintable() and arg__2.text() and not modifier:
                self.line.setFocus()
                QApplication.sendEvent(self.line, arg__2)
                return True
        return super().eventFilter(arg__1, arg__2)

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # a scanner ends with Enter: it must not press a button
        super().keyPressEvent(arg__1)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(12))
        outer.setSpacing(style.px(10))
        outer.addWidget(self._title)
        halves = QHBoxLayout()
        halves.setSpacing(style.px(14))
        left = QVBoxLayout()
        left.setSpacing(style.px(10))
        self.line.setFont(style.font(18))
        self.line.setMinimumHeight(style.px(44))
        left.addWidget(self.line)
        left.addWidget(self.state, 1)
        numbers = QHBoxLayout()
        numbers.setSpacing(style.px(8))
        for count in self.counts:
            numbers.addWidget(count, 1)
        left.addLayout(numbers)
        halves.addLayout(left, 6)
        right = QVBoxLayout()
        right.setSpacing(style.px(8))
        right.addWidget(self.chips)
        right.addWidget(self.table, 1)
        halves.addLayout(right, 5)
        outer.addLayout(halves, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.undo)
        foot.addWidget(self.expect)
        foot.addWidget(self.print)
        foot.addStretch(1)
        close = button("关闭")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        outer.addLayout(foot)

    def _connect(self) -> None:
        self.line.returnPressed.connect(self._enter)
        self.line.chosen.connect(self._choose)
        self.line.taken_back.connect(self._take_back)
        self.chips.group.idToggled.connect(self._list)
        self.table.installEventFilter(self)
        self.table.add_action("签到", self._sign_row)
        self.table.add_action("请假", self._excuse)
        self.table.add_action("取消签到", self._take_row_back, "Del")
        self.undo.clicked.connect(self._take_back)
        self.undo.setToolTip("撤销上一次签到（Ctrl+Z）")
        QShortcut(QKeySequence("Ctrl+Z"), self, self._take_back)
        self.expect.clicked.connect(self._ask_expected)
        self.print.clicked.connect(self._print)
        self.print.setToolTip("打印签到表（Ctrl+P）")
        QShortcut(QKeySequence("Ctrl+P"), self, self._print)
        self._desk.changed.connect(self._on_change)

    def _print(self) -> None:
        preview_form(self, self._desk, "sign_in", Options(record_id=self._id))

    def _enter(self) -> None:
        text = self.line.text()
        self.line.clear()
        self.enter(text)

    def _choose(self, candidate: Candidate) -> None:
        self.line.clear()
        self._meet(candidate.id)

    def _take_name(self, text: str) -> None:
        found = self.line.meant_by(text)
        if len(found) == 1:
            self._meet(found[0].id)
        elif found:
            self._say(
                Sighting(
                    Verdict.UNREAD, f"“{text}”不止一人，请接着输入或用上下键选一人后按 Enter。"
                )
            )
            self.line.setText(text)
            self.line.offer()
        else:
            self._say(Sighting(Verdict.UNREAD, f"在任代表里没有找到“{text}”。"))

    def _meet(self, mandate_id: str) -> None:
        self._take(self._desk.ask(check_ins.meet, self._kind, self._id, mandate_id))

    def _take(self, seen: Sighting) -> None:
        if seen.verdict.is_good:
            # Listed first: it is read again as soon as the sign-in is done.
            self._done.append(seen)
            self._desk.do(
                check_ins.sign,
                event_kind=self._kind,
                event_id=self._id,
                mandate_id=seen.mandate_id,
            )
        else:
            QApplication.beep()
        self._say(seen)

    def _say(self, seen: Sighting) -> None:
        self.state.say(seen.verdict.label, seen.name, seen.sentence, TONES[seen.verdict])

    def _take_back(self) -> None:
        if not self._done:
            return
        last = self._done.pop()
        self._unsign(last.mandate_id, last.name)

    def _unsign(self, mandate_id: str, name: str) -> None:
        self._desk.do(
            check_ins.unsign, event_kind=self._kind, event_id=self._id, mandate_id=mandate_id
        )
        self.state.say("已取消", name, f"{name}的签到已取消。", Tone.GREY)
        self.line.setFocus()

    def _sign_row(self) -> None:
        row = self.table.current()
        if row:
            self._meet(row.id)
            self.line.setFocus()

    def _take_row_back(self) -> None:
        row = self.table.current()
        if row and row.state is SignState.SIGNED:
            self._done = [seen for seen in self._done if seen.mandate_id != row.id]
            self._unsign(row.id, row.name)

    def _excuse(self) -> None:
        row = self.table.current()
        if row:
            self._desk.do(
                check_ins.excuse, event_kind=self._kind, event_id=self._id, mandate_id=row.id
            )
            self.state.say("请假", row.name, f"{row.name}登记为请假。", Tone.AMBER)
            self.line.setFocus()

    def _ask_expected(self) -> None:
        people = PickManyField("mandate_ids", self._candidates, label="应到代表")
        form = Form(self._desk, f"expected-{self._id}", (people,))
        form.start(mandate_ids=tuple(row.id for row in self._whole.rows))
        everybody = form.add_button("加上全部在任代表", "users")
        dialog = ExpectedDialog(self, form, self._set_expected)
        everybody.clicked.connect(dialog.add_everybody)
        dialog.open()

    def _set_expected(self, *, mandate_ids: tuple[str, ...]) -> None:
        new = self._desk.do(
            check_ins.expect, event_kind=self._kind, event_id=self._id, mandate_ids=mandate_ids
        )
        self.state.say("名单", "", f"应到名单新增 {new} 人。", Tone.BLUE)
        self.line.setFocus()

    def _list(self) -> None:
        state = STATES[self.chips.chosen()]
        self.table.set_empty(
            {
                SignState.MISSING: "没有未到的代表。",
                SignState.SIGNED: "还没有人签到。",
                SignState.LEAVE: "没有人请假。",
            }[state]
        )
        self.table.set_rows([row for row in self._whole.rows if row.state is state])

    def _candidates(self) -> list[Candidate]:
        """All who may sign; who is expected stands first."""
        missing = [row for row in self._whole.rows if row.state is SignState.MISSING]
        first = [Candidate(row.id, row.name, row.detail) for row in missing]
        there = {row.id for row in self._whole.rows}
        others = [c for c in lookups.deputies_in_office(self._desk) if c.id not in there]
        rest = [
            Candidate(row.id, row.name, f"{row.detail} · {row.state.label}")
            for row in self._whole.rows
            if row.state is not SignState.MISSING
        ]
        return [*first, *others, *rest]

    def _on_change(self, kinds: frozenset[type[Record]]) -> None:
        if kinds & _SHOWS:
            self.read()


_ORDER = (SignState.SIGNED, SignState.LEAVE, SignState.MISSING)


class ExpectedDialog(FormDialog):
    """Asks who should come."""

    def __init__(self, parent: CheckInDialog, form: Form, save: Callable[..., object]) -> None:
        super().__init__(parent, "设应到名单", form, save)
        self.setMinimumWidth(style.px(620))

    def add_everybody(self) -> None:
        """Put all deputies in office on the list."""
        field = self.form.field("mandate_ids")
        assert isinstance(field, PickManyField), "the only field"
        chosen = [*field.control.chosen(), *field.control.line.candidates()]
        field.set_value(list(dict.fromkeys(c.id for c in chosen)))


def open_check_in(parent: QWidget, desk: Desk, model: type[Record], event_id: str) -> CheckInDialog:
    """Open the sign-in window of an event."""
    dialog = CheckInDialog(parent, desk, model, event_id)
    dialog.open_at()
    return dialog


def check_in(model: type[Record]) -> Action[Any]:  # Any: rows of whichever kind
    """The button of a register that opens the sign-in window of the chosen event."""

    def run(parent: QWidget, desk: Desk, row: HasId) -> None:
        open_check_in(parent, desk, model, row.id)

    return Action("签到", "scan-line", run)


def _columns() -> tuple[Column[SignRow], ...]:
    return (
        Column("姓名", lambda r: r.name, 0),
        Column("层级、所属", lambda r: r.detail, 170, drop=1),
        Column("时间", lambda r: r.at, 60),
        Column("状态", lambda r: r.state.label, 74, tone=lambda r: _STATE_TONES[r.state]),
    )
