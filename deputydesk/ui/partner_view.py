"""交换单位: this office's own card, the offices it trusts, and how things stand with each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from deputydesk.exchange import cards, standing
from deputydesk.exchange.standing import Standing
from deputydesk.operations import partners
from deputydesk.operations.partners import Role
from deputydesk.operations.sealed_keys import SealedElsewhere
from deputydesk.ui import messages, stick_words, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.enrolment import EnrolDialog
from deputydesk.ui.dialogs.facts import texts_card
from deputydesk.ui.dialogs.hand_down import HandDownDialog
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.parts import Scroll, button, card, emptied, framed, label
from deputydesk.ui.stick_place import StickPlace
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

EMPTY = "还没有登记交换单位。\n请对方把名片文件和核对表交给你，点“登记单位”。"
FORM = "office_card"
NO_KEYS = "本单位还没有名片。生成以后，把名片文件和核对表分两路交给对方。"
GIVE = "名片文件放在U盘里交给对方；这八组数字当面、电话或用打印的核对表告诉对方。"
LIST, NO_LIST = "附明细表", "不附明细表"
PLAIN = (
    "对方没有本软件时用：每次多带一份“明细.xlsx”，用 Excel 就能看本单位报送的全部登记。它没有加密，"
    "拿到U盘的人都能看；选民的姓名电话、身份证号、要求保密的意见不在里面。"
)
ACROSS = 4
TONES = {Role.PARENT: Tone.BLUE, Role.CHILD: Tone.GREY}


class PartnerView(QWidget):
    """The list at the left, the own card and the details at the right.

    Args:
        desk: the desk.
        place: the stick that cards are written to.
    """

    def __init__(self, desk: Desk, place: StickPlace) -> None:
        super().__init__()
        self._desk, self._place = desk, place
        self.table: RowsTable[Standing] = RowsTable(_columns(), name="交换单位", empty=EMPTY)
        self.enrol = button("登记单位", "plus", primary=True)
        self.remove = button("停用", "x")
        self.give = button("下发给下级", "send")
        self.list = button(LIST, "file-spreadsheet")
        self.make = button("生成名片", "plus", primary=True)
        self.save = button("存名片到U盘", "save")
        self.sheet = button("打印核对表", "printer")
        self._own_name, self._own_said = label("", "h2"), label("", "sub")
        self.digits = [label("") for _ in range(8)]
        self._about = QVBoxLayout()
        self._lay_out()
        self.enrol.clicked.connect(self._enrol)
        self.remove.clicked.connect(self._remove)
        self.give.clicked.connect(self._give_out)
        self.list.clicked.connect(self._list_or_not)
        self.make.clicked.connect(self._make)
        self.save.clicked.connect(self._save)
        self.sheet.clicked.connect(self._print)
        self.table.picked.connect(self._show)

    def refresh(self) -> None:
        """Read the offices and the own card again."""
        self._show_own()
        self.give.setVisible(self._desk.office.has_others_below)
        self.table.set_rows(self._desk.ask(standing.rows))
        self._show(self.table.current())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        halves = QSplitter()
        halves.setHandleWidth(style.px(11))
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._left())
        halves.addWidget(self._right())
        self.table.setMinimumWidth(style.px(240))
        halves.setStretchFactor(0, 1)
        halves.setSizes([style.px(760), style.px(390)])
        row.addWidget(halves)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        row.addWidget(self.enrol)
        row.addWidget(self.remove)
        row.addWidget(self.list)
        row.addWidget(self.give)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(framed(self.table), 1)
        return left

    def _right(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(11))
        frame, own = card("本单位名片")
        self._own_said.setWordWrap(True)
        own.addWidget(self._own_name)
        own.addWidget(self._numbers())
        own.addWidget(self._own_said)
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        for made in (self.make, self.save, self.sheet):
            row.addWidget(made)
        row.addStretch(1)
        own.addLayout(row)
        column.addWidget(frame)
        self._about.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._about)
        column.addStretch(1)
        right = Scroll(inside)
        right.setAccessibleName("名片和对方情况")
        right.setMinimumWidth(style.px(330))
        return right

    def _numbers(self) -> QWidget:
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.px(14))
        for n, made in enumerate(self.digits):
            made.setFont(style.font(18))
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(made, n // ACROSS, n % ACROSS)
        grid.setColumnStretch(ACROSS, 1)
        return self._grid

    def _show_own(self) -> None:
        has_keys = bool(self._desk.ask(partners.keys))
        is_elsewhere = self._desk.ask(partners.keys_elsewhere)
        own = cards.own(self._desk.office) if has_keys else None
        self._own_name.setText(f"{own.name}（代码 {own.office}）" if own else "")
        self._own_name.setVisible(own is not None)
        for made, group in zip(self.digits, own.fingerprint.split() if own else [], strict=False):
            made.setText(group)
        self._grid.setVisible(own is not None)
        self._own_said.setText(GIVE if own else str(SealedElsewhere()) if is_elsewhere else NO_KEYS)
        self.make.setVisible(own is None and not is_elsewhere)
        self.save.setVisible(own is not None)
        self.sheet.setVisible(own is not None)

    def _show(self, row: Standing | None) -> None:
        emptied(self._about)
        ours = self._desk.office.code
        is_other = row is not None and row.id != ours
        for part in (self.remove, self.list):
            part.setEnabled(is_other)
        self.list.setText(NO_LIST if row is not None and row.partner.listed else LIST)
        if row is not None:
            self._about.addWidget(texts_card(row.partner.name, _facts(row)))

    def _enrol(self) -> None:
        dialog = EnrolDialog(self, self._desk)
        dialog.enrolled.connect(self._show_enrolled)
        dialog.open()

    def _show_enrolled(self, code: str) -> None:
        self.refresh()
        self.table.select(code)

    def _remove(self) -> None:
        row = self.table.current()
        if row is not None and messages.confirm(
            f"停用“{row.partner.name}”？",
            "以后不再收它的文件，也不能发给它；已经收到的内容不变。以后可以重新登记。",
            "停用",
            parent=self,
        ):
            self._desk.do(partners.remove, code=row.id)
            self._desk.office.learn()
            self.refresh()

    def _list_or_not(self) -> None:
        row = self.table.current()
        assert row, "the button waits for an office"
        listed = not row.partner.listed
        if listed and not messages.confirm(
            f"发给“{row.partner.name}”的文件里附明细表？", PLAIN, "附明细表", parent=self
        ):
            return
        self._desk.do(partners.set_listed, code=row.id, listed=listed)
        self.refresh()

    def _give_out(self) -> None:
        HandDownDialog(self, self._desk).open()

    def _make(self) -> None:
        cards.own(self._desk.office)
        self.refresh()
        self._desk.say("名片已生成")

    def _save(self) -> None:
        to = cards.write(cards.own(self._desk.office), self._place.needed())
        self._desk.say(f"名片已存为 {to}")

    def _print(self) -> None:
        preview_form(self, self._desk, FORM)


def _facts(row: Standing) -> list[tuple[str, str]]:
    partner = row.partner
    made = stick_words.moment(partner.at)
    return [
        ("关系", partner.role.label),
        ("代码", partner.code),
        ("最近收入", stick_words.moment(row.heard, "还没有")),
        ("那个文件", f"制作于 {made}（对方电脑的时间）" if made else ""),
        ("对方电脑", stick_words.off(row.off) if row.heard else ""),
        ("电脑台数", f"{row.pcs} 台" if row.pcs > 1 else ""),
        ("已经收到", f"{row.acknowledged} / {row.sent} 项修改"),
        ("还没收到", stick_words.not_got(row) or "没有"),
        ("我们还缺", stick_words.lacking_here(row) or "没有"),
        ("明细表", "每次附一份，没有加密" if partner.listed else ""),
        ("名片", "" if partner.sign else "没有：对方没有本软件，不会有文件来"),
        ("换过名片", f"{len(partner.old)} 次" if partner.old else ""),
    ]


def _columns() -> tuple[Column[Standing], ...]:
    return (
        Column(
            "关系", lambda r: r.partner.role.label, 66, tone=lambda r: TONES.get(r.partner.role)
        ),
        Column("单位", lambda r: r.partner.name, 0),
        Column("代码", lambda r: r.id, 70, drop=1),
        Column("最近收入", lambda r: stick_words.moment(r.heard, "还没有"), 130),
        Column("对方电脑的时间", _clock, 116, tone=_clock_tone, drop=2),
        Column("对方还没收到", lambda r: stick_words.not_got(r) or "都收到了", 150, drop=3),
        Column("我们还缺", stick_words.lacking_here, 110, drop=4),
    )


def _clock(row: Standing) -> str:
    return stick_words.off(row.off) if row.heard else ""


def _clock_tone(row: Standing) -> Tone | None:
    return Tone.AMBER if row.off is not None else None
