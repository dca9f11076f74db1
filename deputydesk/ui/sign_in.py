"""Signing in: who one is and the password; nothing of the office is seen before."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.office import Office
from deputydesk.operations import accounts, offices, sign_in
from deputydesk.operations.accounts import AccountRow, Role
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.icons import emblem
from deputydesk.ui.parts import label
from deputydesk.ui.password_field import PasswordField, agreed

WIDTH = 420
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SignIn(QDialog):
    """Asks until the password is right or the user gives up.

    Args:
        parent: the window; what is behind it is not for who has not signed in.
        desk: the desk; its office need not have arrived.
        office: the office that is opened.
        leave: words of the button that gives up.
    """

    def __init__(self, parent: QWidget | None, desk: Desk, office: Office, leave: str) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self.setWindowTitle("登录")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._rows = [row for row in office.ask(accounts.rows) if row.is_active]
        self.form = _form(desk, self._rows)
        self.form.start(name=_first(self._rows, desk.preferences.operator), password="")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, style.px(14), 0, 0)
        outer.setSpacing(style.px(6))
        outer.addLayout(self._head())
        outer.addWidget(self.form, 1)
        self.forgot = self.form.add_button("忘记密码")
        self.give_up = self.form.add_button(leave)
        self.enter = self.form.add_button("登录", primary=True, key="Enter")
        self.enter.clicked.connect(self._enter)
        self.forgot.clicked.connect(self._forgot)
        self.give_up.clicked.connect(self.reject)
        self.form.save_next.connect(self._enter)
        password = self.form.field("password")
        password.control.installEventFilter(self)
        self.resize(style.px(WIDTH), self.sizeHint().height())
        password.setFocus()

    @override
    def eventFilter(self, arg__1: QObject, arg__2: QEvent) -> bool:
        is_press = arg__2.type() == QEvent.Type.KeyPress
        if is_press and isinstance(arg__2, QKeyEvent) and arg__2.key() in ENTER:
            self.enter.click()  # there is no next field to go to
            return True
        return super().eventFilter(arg__1, arg__2)

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() != Qt.Key.Key_Escape:  # pressed by habit, it must not close the program
            super().keyPressEvent(arg__1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(style.px(16), 0, style.px(16), 0)
        sign = QLabel()
        sign.setPixmap(emblem(style.px(36), style.theme().brand))
        row.addWidget(sign)
        row.addSpacing(style.px(8))
        profile = self._office.ask(offices.profile)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("代表履职工作台", "h2"))
        words.addWidget(label(profile.organ.short if profile else "", "sub"))
        row.addLayout(words, 1)
        return row

    def _enter(self) -> None:
        said = self.form.values()
        self.form.field("password").set_value("")
        self.form.field("password").setFocus()
        sign_in.sign_in(self._office, **said)
        messages.forget_form()
        self.accept()

    def _forgot(self) -> None:
        heads = [row for row in self._rows if row.role is Role.HEAD]
        form = _recovery_form(self._desk, heads)
        form.start(name=_first(heads, self.form.values()["name"]), paper="", new="", again="")
        form.say("经办人、查看的密码请负责人在“设置”里重设；负责人自己忘了，用这张纸。")
        dialog = FormDialog(self, "用恢复密钥登录", form, self._recover, "登录")
        dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        dialog.open()

    def _recover(self, *, name: str, paper: str, new: str, again: str) -> None:
        sign_in.recover(self._office, paper, name, agreed(new, again))
        self.accept()


def ask(parent: QWidget | None, desk: Desk, office: Office, leave: str = "退出程序") -> bool:
    """Ask who it is; False if the user gives up. This PC remembers the name."""
    dialog = SignIn(parent, desk, office, leave)
    is_in = bool(dialog.exec())
    dialog.deleteLater()
    if is_in:
        desk.preferences.operator = office.user.name
        desk.preferences.save(desk.folder)
        desk.operator_changed.emit(office.user.name)
    return is_in


def _form(desk: Desk, rows: Sequence[AccountRow]) -> Form:
    names = [(row.name, f"{row.name}（{row.role.label}）") for row in rows]
    return Form(
        desk,
        "",
        (
            ChoiceField("name", options=names, label="姓名", wide=True),
            PasswordField("password", label="密码", wide=True),
        ),
    )


def _recovery_form(desk: Desk, heads: Sequence[AccountRow]) -> Form:
    return Form(
        desk,
        "",
        (
            ChoiceField(
                "name", options=[(r.name, r.name) for r in heads], label="负责人", wide=True
            ),
            TextField("paper", label="恢复密钥：保险柜里那张纸上的十组数字", wide=True),
            PasswordField("new", label="新密码（至少8位）"),
            PasswordField("again", label="再输入一次"),
        ),
    )


def _first(rows: Sequence[AccountRow], name: str) -> str:
    """Whom to offer: who worked here last."""
    names = [row.name for row in rows]
    return name if name in names else names[0]
