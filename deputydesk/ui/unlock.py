"""The password of an encrypted data file, asked for before anything of it is seen."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.database import data_keys, disk_faults
from deputydesk.errors import UserError
from deputydesk.security import veil
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.icons import emblem
from deputydesk.ui.parts import label
from deputydesk.ui.password_field import PasswordField, agreed

WIDTH = 440
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WHAT = "数据加了密，请输入数据密码"
BACKUP = "请输入做这份备份时的数据密码：\n{}"
LOST = "没有密码，也没有恢复密钥，谁也打不开数据。"


class Unlock(QDialog):
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
        super().__init__(parent)
        self._desk, self._data, self._what = desk, data, what
        self.setWindowTitle("数据密码")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.form = Form(desk, "", (PasswordField("password", label="数据密码", wide=True),))
        self.form.start(password="")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, style.px(14), 0, 0)
        outer.setSpacing(style.px(6))
        outer.addLayout(self._head())
        outer.addWidget(self.form, 1)
        self.forgot = self.form.add_button("忘记密码")
        self.give_up = self.form.add_button(leave)
        self.enter = self.form.add_button("打开", primary=True, key="Enter")
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

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(style.px(16), 0, style.px(16), 0)
        sign = QLabel()
        sign.setPixmap(emblem(style.px(36), style.theme().brand))
        row.addWidget(sign)
        row.addSpacing(style.px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("代表履职工作台", "h2"))
        words.addWidget(label(self._what, "sub"))
        row.addLayout(words, 1)
        return row

    def _enter(self) -> None:
        field = self.form.field("password")
        said = self.form.values()
        field.set_value("")
        field.setFocus()
        data_keys.unlock(self._data, **said)
        messages.forget_form()
        self.accept()

    def _forgot(self) -> None:
        form = Form(
            self._desk,
            "",
            (
                TextField("paper", label="恢复密钥：保险柜里那张纸上的十组数字", wide=True),
                PasswordField("new", label="新密码（至少8位）"),
                PasswordField("again", label="再输入一次"),
            ),
        )
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
