"""The password of an encrypted data file, asked for before anything of it is seen."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deputydesk.database import data_keys, disk_faults
from deputydesk.errors import UserError
from deputydesk.security import veil
from deputydesk.ui import messages
from deputydesk.ui.desk import Desk
from deputydesk.ui.entrance import Entrance, recovery_fields
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.password_field import PasswordField, agreed

WIDTH = 440
WHAT = "数据加了密，请输入数据密码"
BACKUP = "请输入做这份备份时的数据密码：\n{}"
LOST = "没有密码，也没有恢复密钥，谁也打不开数据。"


class Unlock(Entrance):
    """Asks until the password is right or the user gives up.

    Args:
        parent: the window; None: there is none yet.
        desk: the desk, which has no office yet, or has another file open.
        data: the encrypted file.
        leave: words of the button that gives up.
        what: is asked for.
    """

    def __init__(
        self, parent: QWidget | None, desk: Desk, data: Path, leave: str, what: str = WHAT
    ) -> None:
        form = Form(desk, "", (PasswordField("password", label="数据密码", wide=True),))
        form.start(password="")
        super().__init__(parent, "数据密码", what, form, enter="打开", leave=leave, width=WIDTH)
        self._desk, self._data = desk, data

    @override
    def _enter(self) -> None:
        field = self.form.field("password")
        said = self.form.values()
        field.set_value("")
        field.setFocus()
        data_keys.unlock(self._data, **said)
        messages.forget_form()
        self.accept()

    @override
    def _forgot(self) -> None:
        form = Form(self._desk, "", recovery_fields())
        form.start(paper="", new="", again="")
        form.say(LOST)
        dialog = FormDialog(self, "用恢复密钥打开数据", form, self._recover, "打开")
        dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        dialog.open()

    def _recover(self, *, paper: str, new: str, again: str) -> None:
        data_keys.unlock_with_paper(self._data, paper, agreed(new, again))
        self.accept()


def ask_for_backup(parent: QWidget, desk: Desk, file: Path) -> bool:
    """As `ask`, of a backup that another password than the data's may open."""
    return ask(parent, desk, file, "取消", BACKUP.format(file.name))


def ask(
    parent: QWidget | None, desk: Desk, data: Path, leave: str = "退出程序", what: str = WHAT
) -> bool:
    """Ask for the password of a file that needs it; False if the user gives up."""
    if not data_keys.needs_password(data):
        return True
    dialog = Unlock(parent, desk, data, leave, what)
    is_open = bool(dialog.exec())
    dialog.deleteLater()
    return is_open


def is_unlocked(parent: QWidget | None, desk: Desk, data: Path) -> bool:
    """As `ask`, and seal from then on what this PC keeps beside the data."""
    if not ask(parent, desk, data):
        return False
    hang_veil(data, desk.folder)
    return True


def prepare(data: Path, password: str) -> None:
    """Have the data that will be made here encrypted.

    Raises:
        UserError: the disk refused.
    """
    with disk_faults(data):
        data.parent.mkdir(parents=True, exist_ok=True)
    veil.hang(data_keys.prepare(data, password))


def hang_veil(data: Path, folder: Path) -> None:
    """Seal what this PC keeps beside encrypted data; beside other data it lies in clear."""
    with suppress(UserError):  # who opens it is told that its keys are lost
        veil.change(data_keys.key_of(data), folder)
