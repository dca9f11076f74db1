"""Signing in: who one is and the password; nothing of the office is seen before."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deputydesk.office import Office
from deputydesk.operations import accounts, offices, sign_in
from deputydesk.operations.accounts import AccountRow, Role
from deputydesk.ui import messages
from deputydesk.ui.desk import Desk
from deputydesk.ui.entrance import Entrance, recovery_fields
from deputydesk.ui.fields import ChoiceField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.password_field import PasswordField, agreed

WIDTH = 420


class SignIn(Entrance):
    """Asks until the password is right or the user gives up.

    Args:
        parent: the window; what is behind it is not for who has not signed in.
        desk: the desk; its office need not have arrived.
        office: the office that is opened.
        leave: words of the button that gives up.
    """

    def __init__(self, parent: QWidget | None, desk: Desk, office: Office, leave: str) -> None:
        rows = [row for row in office.ask(accounts.rows) if row.is_active]
        form, profile = _form(desk, rows), office.ask(offices.profile)
        form.start(name=_first(rows, desk.preferences.operator), password="")
        organ = profile.organ.short if profile else ""
        super().__init__(parent, "登录", organ, form, enter="登录", leave=leave, width=WIDTH)
        self._desk, self._office, self._rows = desk, office, rows

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() != Qt.Key.Key_Escape:  # pressed by habit, it must not close the program
            super().keyPressEvent(arg__1)

    @override
    def _enter(self) -> None:
        said = self.form.values()
        self.form.field("password").set_value("")
        self.form.field("password").setFocus()
        sign_in.sign_in(self._office, **said)
        messages.forget_form()
        self.accept()

    @override
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
            *recovery_fields(),
        ),
    )


def _first(rows: Sequence[AccountRow], name: str) -> str:
    """Whom to offer: who worked here last."""
    names = [row.name for row in rows]
    return name if name in names else names[0]
