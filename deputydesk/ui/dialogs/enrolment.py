"""登记单位: another office's card, believed when a person has typed the numbers of its sheet."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.exchange import cards
from deputydesk.exchange.cards import Card
from deputydesk.models.choices import OfficeKind
from deputydesk.operations import offices, partners
from deputydesk.operations.partners import PartnerRow, Role
from deputydesk.rules.fingerprints import DIGITS, GROUPS, digits_in
from deputydesk.ui import messages, style
from deputydesk.ui.controls import Combo, LineEdit, mark
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.parts import button, label

KINDS = "单位名片 (*.ddcard)"
HOW = (
    "先打开对方给的名片文件，再照对方打印的“单位名片核对表”逐组输入八组数字；"
    "没有核对表的，给对方打电话，请对方念（打公开的号码，不要用和名片一起来的号码）。"
    "数字不要从U盘里的任何文件抄：U盘可能被人换过。"
)
NO_CARD = "还没有打开名片文件"
WRONG = "第 {} 组不一致。请再看一遍、再听一遍；仍然不同的，不是对方的名片，不要登记。"
AGREED = "八组全部一致，可以登记。"
GO_ON = "还差 {} 组。"
RENEWED = (
    "这个单位已经登记过，这是新的名片（对方重新生成过密钥）：登记后只认新的；以前收到的内容不变。"
)
WITHOUT = (
    "发给它的文件里附“明细.xlsx”，用 Excel 就能看；没有加密。对方以后装了本软件，再照名片登记，"
    "先把这个停用。"
)
ACROSS = 4
ROLES = tuple(Role)


class EnrolDialog(QDialog):
    """Asks for the card and the numbers; enrols the office when all agree.

    Args:
        parent: the page that opens it.
        desk: the desk.
    """

    enrolled = Signal(str)
    """Code of the office that is trusted from now on."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self._card: Card | None = None
        self.setWindowTitle("登记单位")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open_card = button("打开名片文件", "folder-open")
        self.without = button("对方没有本软件")
        self._who, self._known = label(NO_CARD, "h2"), label("", "sub")
        self.role = Combo()
        self.role.setAccessibleName("对方是本单位的")
        self.groups = [_Group(n) for n in range(GROUPS)]
        self.state = label("", "sub")
        self.enrol = button("登记", primary=True)
        self._cancel = button("取消")
        self._lay_out()
        self._connect()
        self._show_state()

    @override
    def showEvent(self, arg__1: QShowEvent) -> None:
        layout = self.layout()
        assert layout, "made in `__init__`"
        self.setMinimumHeight(layout.totalHeightForWidth(layout.sizeHint().width()))
        super().showEvent(arg__1)

    def take_card(self, path: Path) -> None:
        """Read the card in a file.

        Raises:
            UserError: it is no card.
        """
        self._card = card = cards.read(path)
        self._who.setText(f"{card.name}（代码 {card.office}）")
        known = self._desk.ask(partners.partner, card.office)
        self._known.setText(_said_of(known, card))
        self.role.setCurrentIndex(ROLES.index(self._likely(known)))
        for group in self.groups:
            group.clear()
            group.setEnabled(True)
        self._show_state()
        self.groups[0].setFocus()

    def _likely(self, known: PartnerRow | None) -> Role:
        if known:
            return known.role
        profile = self._desk.ask(offices.profile)
        is_above = profile is not None and profile.kind is OfficeKind.DISTRICT
        return Role.CHILD if is_above else Role.PARENT

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(20), style.px(16), style.px(20), style.px(14))
        outer.setSpacing(style.px(10))
        how = label(HOW, "sub")
        how.setWordWrap(True)
        how.setMinimumWidth(style.px(560))
        outer.addWidget(how)
        row = QHBoxLayout()
        row.addWidget(self.open_card)
        row.addSpacing(style.px(10))
        row.addWidget(self._who, 1)
        outer.addLayout(row)
        self._known.setWordWrap(True)
        outer.addWidget(self._known)
        row = QHBoxLayout()
        row.addWidget(label("对方是本单位的", "fieldlabel"))
        self.role.addItems([one.label for one in ROLES])
        row.addWidget(self.role)
        row.addStretch(1)
        outer.addLayout(row)
        grid = QGridLayout()
        grid.setSpacing(style.px(8))
        for n, group in enumerate(self.groups):
            grid.addWidget(label(f"第 {n + 1} 组", "fieldlabel"), n // ACROSS * 2, n % ACROSS)
            grid.addWidget(group, n // ACROSS * 2 + 1, n % ACROSS)
        outer.addLayout(grid)
        self.state.setWordWrap(True)
        self.state.setMinimumHeight(style.px(36))
        outer.addWidget(self.state)
        foot = QHBoxLayout()
        foot.addWidget(self.without)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.enrol)
        outer.addLayout(foot)

    def _connect(self) -> None:
        self.open_card.clicked.connect(self._ask_card)
        self._cancel.clicked.connect(self.reject)
        self.without.clicked.connect(self._ask_without)
        self.enrol.clicked.connect(self._enrol)
        self.enrol.set_key("Ctrl+Enter")
        for group in self.groups:
            group.setEnabled(False)
            group.textEdited.connect(self._compare)
            group.filled.connect(self._go_on)

    def _ask_card(self) -> None:
        path = messages.ask_file_to_open(self, "打开单位名片", KINDS)
        if path is not None:
            self.take_card(path)

    def _ask_without(self) -> None:
        """Who has no program has no card: asked for are a name and a code."""
        form = Form(self._desk, "", _fields_without(), columns=1)
        form.start(name="", code="", role=self._likely(None))
        form.say(WITHOUT)
        FormDialog(self, "登记没有本软件的单位", form, self._enrol_without, "登记").open()

    def _enrol_without(self, *, name: str, code: str, role: Role) -> None:
        self._desk.do(partners.enrol_without, code=code, name=name, role=role)
        self._desk.office.learn()
        self._desk.say(f"已登记{name}，发给它的文件里附明细表")
        self.enrolled.emit(code.strip())
        self.accept()

    def _go_on(self, number: int) -> None:
        """The next group that is still empty, or the button."""
        rest = [g for g in (*self.groups[number + 1 :], *self.groups) if not g.is_full]
        self._compare()
        if not self._wrong():
            (rest[0] if rest else self.enrol).setFocus()

    def _compare(self) -> None:
        self._show_state()

    def _wrong(self) -> list[int]:
        """Groups that were typed whole and are not the card's."""
        said = self._card.fingerprint.split() if self._card else []
        return [
            n
            for n, (group, right) in enumerate(zip(self.groups, said, strict=False))
            if group.is_full and group.digits != right
        ]

    def _show_state(self) -> None:
        wrong = self._wrong()
        left = sum(not group.is_full for group in self.groups)
        for n, group in enumerate(self.groups):
            mark(group, "wrong", is_on=n in wrong)
        is_right = self._card is not None and not wrong and not left
        self.enrol.setEnabled(is_right)
        if self._card is None:
            self.state.setText("")
        elif wrong:
            self.state.setText(WRONG.format(wrong[0] + 1))
        else:
            self.state.setText(AGREED if is_right else GO_ON.format(left))
        self.state.setObjectName("fielderror" if wrong else "sub")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)

    def _enrol(self) -> None:
        assert self._card, "the button waits for the card"
        card = self._card
        cards.enrol(self._desk.office, card, ROLES[self.role.currentIndex()])
        self._desk.say(f"已登记{card.name}，可以互相发送了")
        self.enrolled.emit(card.office)
        self.accept()


class _Group(LineEdit):
    """One group of digits; says when it is full."""

    filled = Signal(int)

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setAccessibleName(f"第 {number + 1} 组数字")
        self.setMaxLength(DIGITS)
        self.setFont(style.font(16))
        self.setMinimumWidth(style.px(120))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.textEdited.connect(self._note)

    @property
    def digits(self) -> str:
        """The digits typed."""
        return digits_in(self.text())

    @property
    def is_full(self) -> bool:
        """Whether there are as many as there must be."""
        return len(self.digits) == DIGITS

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _note(self) -> None:
        if self.is_full:
            self.filled.emit(self._number)


def _fields_without() -> tuple[Field, ...]:
    return (
        TextField("name", label="名称"),
        TextField("code", label="代码（字母、数字，本单位自己定）"),
        ChoiceField("role", options=[(one, one.label) for one in ROLES], label="对方是本单位的"),
    )


def _said_of(known: PartnerRow | None, card: Card) -> str:
    if known is None:
        return ""
    if known.sign == card.sign:
        return "这个单位已经登记过，名片没有变。"
    return RENEWED
