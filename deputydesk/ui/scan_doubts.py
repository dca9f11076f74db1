"""待确认: one doubtful row after the other, decided by a key."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.errors import UserError
from deputydesk.models.scan import PageState
from deputydesk.operations import accounts, scan_books, scan_decisions, scan_runs
from deputydesk.operations.scan_pages import PageShown, RowShown
from deputydesk.operations.scan_runs import RunRow
from deputydesk.rules.names import clean_name
from deputydesk.rules.scan_looks import FIRST, SECOND, THIRD
from deputydesk.ui import messages, style
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import Yielding, button, card, label
from deputydesk.ui.scan_asking import Asking
from deputydesk.ui.scan_queue import Key, alike, key_of, of_key, waiting

WHO = {FIRST: "计票人", SECOND: "监票人", THIRD: "两人一起（不一致的）"}
UNSIGNED = (
    "本单位没有启用登录，两人只凭填写的姓名分辨。换人时在右上角选“计票人”或“监票人”，由本人写姓名；"
    "要程序认准是两个人，请先在“设置”里启用登录。"
)
VOIDED = 0
"""Among the looks that can be gone back on: that the whole page was made void."""
SAME = "计票人和监票人不能是同一个人。"
NO_PAGES = "还没有读入扫描件。请先到“读入”。"
DONE = "没有待确认的行。接着看“抽查画廊”，再“核对入账”。"
BOOKED = "已经入账。要更正的，在“抽查画廊”里按 Enter 打开那一行，写明理由。"
HINT = "数字 选那一列，0 空白，X 无效，空格 采用建议，Z 看整页，Backspace 退回"


class DoubtsView(QWidget):
    """The queue of doubtful rows; a decided row makes way for the next."""

    whole_wanted = Signal(str)
    """The id of the page that is to be seen whole."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._run: RunRow | None = None
        self._pages: Sequence[PageShown] = ()
        self._queue: list[RowShown] = []
        self._again: list[Key] = []
        self._done: list[tuple[Key, int]] = []
        self._place = 0
        self._at: Key | None = None
        self._people: dict[int, str] = {}
        self._looking = FIRST
        self.asking = Asking(desk, suggests=True)
        self.progress = Yielding(kind="sub")
        self.two_people = QCheckBox("两人确认")
        self.who = Combo()
        self.unsigned = label(UNSIGNED, "faint")
        self.void = button("整张无效")
        self.whole = button("看整页", "eye")
        self.back = button("退回", "undo-2")
        self.setFocusProxy(self.asking)
        self._lay_out()
        self.asking.answered.connect(self._decide)
        self.asking.whole_wanted.connect(self._want_whole)
        self.asking.back_wanted.connect(self._go_back)
        self.two_people.clicked.connect(self._set_two_people)
        self.who.activated.connect(self._change_who)
        self.void.clicked.connect(self._make_void)
        self.whole.clicked.connect(self._want_whole)
        self.back.clicked.connect(self._go_back)

    @property
    def look(self) -> int:
        """Who decides now."""
        is_two = self._run is not None and self._run.two_people
        return int(self.who.currentData()) if is_two else FIRST

    def show_run(self, run: RunRow | None, pages: Sequence[PageShown]) -> None:
        """Show the rows of a run that wait."""
        if run is None or self._run is None or run.id != self._run.id:
            self._again, self._done, self._place, self._at = [], [], 0, None
            self._people, self._looking = {}, FIRST
            self.who.setCurrentIndex(0)
        self._run, self._pages = run, pages
        is_two = run is not None and run.two_people
        can_change = run is not None and run.is_open
        self.two_people.setChecked(is_two)
        self.two_people.setEnabled(can_change)
        self.who.setVisible(is_two)
        self.unsigned.setVisible(is_two and can_change and not self._signs_in())
        if run is not None and is_two:
            self._name_people(run)
        self._fill()

    def reopen(self, key: Key) -> None:
        """Ask for a row in front of all others, though it is certain or decided."""
        self._again = [key, *(other for other in self._again if other != key)]
        self._at = key
        self._fill()
        self.asking.setFocus()

    def _lay_out(self) -> None:
        for look, words in WHO.items():
            self.who.addItem(words, look)
        self.unsigned.setWordWrap(True)
        self.unsigned.hide()
        self.who.setAccessibleName("谁在认定")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        row.addWidget(self.progress, 1)
        for part in (self.two_people, self.who, self.back, self.whole, self.void):
            row.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.unsigned)
        frame, inside = card()
        inside.addWidget(self.asking, 1)
        hint = label(HINT, "faint")
        hint.setWordWrap(True)
        inside.addWidget(hint)
        column.addWidget(frame, 1)

    def _fill(self) -> None:
        run = self._run
        self._queue = []
        if run is not None and run.is_open:
            self._queue = waiting(self._pages, look=self.look, two_people=run.two_people)
        known = {key_of(row) for row in self._queue}
        for key in reversed([key for key in self._again if key not in known]):
            found = of_key(self._pages, key)
            if found:
                self._queue.insert(0, found[1])
        self._show()

    def _show(self) -> None:
        keys = [key_of(row) for row in self._queue]
        if self._at in keys:
            self._place = keys.index(self._at)
        self._place = max(0, min(self._place, len(keys) - 1))
        row = self._queue[self._place] if keys else None
        found = of_key(self._pages, key_of(row)) if row else None
        self._at = key_of(row) if row else None
        for part in (self.whole, self.void):
            part.setEnabled(found is not None)
        self.void.setEnabled(found is not None and self._is_open)
        self.back.setEnabled(bool(self._done) and self._is_open)
        if row is None or found is None:
            self.asking.ask_nothing(self._nothing())
            self.progress.setText("")
            return
        assert self._run, "its rows are asked"
        same = alike(self._queue, row) - 1
        more = f"，同样原因的还有 {same} 行" if same else ""
        self.progress.setText(f"待确认的还有 {len(keys)} 行{more}" if self._is_open else "")
        self.asking.ask(self._run, *found)

    @property
    def _is_open(self) -> bool:
        return self._run is not None and self._run.is_open

    def _nothing(self) -> str:
        if not self._pages:
            return NO_PAGES
        return DONE if self._is_open else BOOKED

    def _decide(self, answer: str) -> None:
        row = self.asking.row
        assert row, "only a row that is asked is answered"
        key, look = key_of(row), self.look
        if not self._is_open:
            self._correct(row, answer)
            return
        self._say(key, answer, look)
        self._done.append((key, look))
        self._go_on(key)

    def _correct(self, row: RowShown, answer: str) -> None:
        words = f"{row.question.name}：{row.question.words(answer)}。为什么更正？"
        why = messages.ask_text("更正读票", words, parent=self)
        if why:
            self._desk.do(
                scan_books.correct, page_id=row.page_id, row=row.row, answer=answer, reason=why
            )
            self._go_on(key_of(row))

    def _go_on(self, key: Key) -> None:
        """Go on from a row: what follows it has taken its place."""
        if key in self._again:
            self._again.remove(key)
        self._fill()
        self.asking.setFocus()

    def _go_back(self) -> None:
        """Withdraw the last answer, or that the page does not count, and ask for that row again."""
        if not self._done or not self._is_open:
            return
        key, look = self._done[-1]
        if look == VOIDED:
            self._desk.do(scan_decisions.set_state, page_id=key[0], state=PageState.READ)
        else:
            self._say(key, "", look)
        self._done.pop()
        self.reopen(key)

    def _want_whole(self) -> None:
        if self.asking.row is not None:
            self.whole_wanted.emit(self.asking.row.page_id)

    def _make_void(self) -> None:
        row = self.asking.row
        if row is None:
            return
        why = messages.ask_text("整张无效", "这一整张为什么无效？", parent=self)
        if why:
            self._desk.do(
                scan_decisions.set_state, page_id=row.page_id, state=PageState.VOID, reason=why
            )
            self._done.append((key_of(row), VOIDED))
            self._fill()

    def _set_two_people(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        assert self._run, "the box is enabled when there is a run"
        self.two_people.setChecked(self._run.two_people)  # it may be refused
        self._desk.do(scan_runs.set_two_people, run_id=self._run.id, two_people=is_on)

    def _say(self, key: Key, answer: str, look: int) -> None:
        """Decide a row, as the person who looks; where one signs in, as who has signed in."""
        by = "" if self._signs_in() else self._people.get(look, "")
        self._desk.do(
            scan_decisions.decide, page_id=key[0], row=key[1], answer=answer, look=look, by=by
        )

    def _signs_in(self) -> bool:
        return self._desk.ask(accounts.is_on)

    def _name_people(self, run: RunRow) -> None:
        """Say in the list who counts and who watches, where nobody signs in."""
        if not self._signs_in():
            before = self._desk.ask(scan_decisions.people, run.id)
            known = {look: names[-1] for look, names in before.items()}
            self._people = {FIRST: self._desk.office.user.name} | known | self._people
        for place, (look, words) in enumerate(WHO.items()):
            name = self._people.get(look, "") if look != THIRD else ""
            self.who.setItemText(place, f"{words}：{name}" if name else words)

    def _ask_who(self, look: int) -> str:
        """Who takes a look now; what both say together bears both names."""
        if look == THIRD:
            return "、".join(filter(None, map(self._people.get, (FIRST, SECOND))))
        asked = f"现在由谁作为{WHO[look]}认定？请换本人来，写姓名。"
        return clean_name(
            messages.ask_text(WHO[look], asked, text=self._people.get(look, ""), parent=self)
        )

    def _change_who(self) -> None:
        look, before = self.look, self._looking
        run = self._run
        assert run, "who looks is chosen of a run"
        if not self._signs_in():
            self.who.setCurrentIndex(list(WHO).index(before))  # unless somebody says to be there
            name = self._ask_who(look)
            if not name:
                return
            other = self._people.get(SECOND if look == FIRST else FIRST, "")
            if look != THIRD and scan_decisions.is_same(name, other):
                raise UserError(SAME, hint="请另一人来写自己的姓名。")
            self._people[look] = name
            self._name_people(run)
            self.who.setCurrentIndex(list(WHO).index(look))
        self._looking = look
        self._at, self._place = None, 0
        self._fill()
        self.asking.setFocus()
