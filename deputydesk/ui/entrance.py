"""A dialog in front of what a password opens; nothing of it is seen before."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.fields import TextField
from deputydesk.ui.form import Field, Form
from deputydesk.ui.icons import emblem
from deputydesk.ui.parts import label
from deputydesk.ui.password_field import PasswordField

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Entrance(QDialog):
    """Asks until the password is right or the user gives up.

    Args:
        parent: the window; None: there is none yet.
        title: of the dialog.
        what: is said below the program's name.
        form: its fields; the last is the password.
        enter: words of the button that goes in.
        leave: words of the button that gives up.
        width: in standard pixels.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        what: str,
        form: Form,
        *,
        enter: str,
        leave: str,
        width: int,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.form = form
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, style.px(14), 0, 0)
        outer.setSpacing(style.px(6))
        outer.addLayout(_head(what))
        outer.addWidget(form, 1)
        self.forgot = form.add_button("忘记密码")
        self.give_up = form.add_button(leave)
        self.enter = form.add_button(enter, primary=True, key="Enter")
        self.enter.clicked.connect(self._enter)
        self.forgot.clicked.connect(self._forgot)
        self.give_up.clicked.connect(self.reject)
        form.save_next.connect(self._enter)
        password = form.field("password")
        password.control.installEventFilter(self)
        self.resize(style.px(width), self.sizeHint().height())
        password.setFocus()

    @override
    def eventFilter(self, arg__1: QObject, arg__2: QEvent) -> bool:
        is_press = arg__2.type() == QEvent.Type.KeyPress
        if is_press and isinstance(arg__2, QKeyEvent) and arg__2.key() in ENTER:
            self.enter.click()  # there is no next field to go to
            return True
        return super().eventFilter(arg__1, arg__2)

    def _enter(self) -> None:
        """Try the password that was typed."""
        raise NotImplementedError

    def _forgot(self) -> None:
        """Ask for the paper from the safe."""
        raise NotImplementedError


def recovery_fields() -> tuple[Field, ...]:
    """What is asked of who forgot the password: the paper, and a new password twice."""
    return (
        TextField("paper", label="恢复密钥：保险柜里那张纸上的十组数字", wide=True),
        PasswordField("new", label="新密码（至少8位）"),
        PasswordField("again", label="再输入一次"),
    )


def _head(what: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(style.px(16), 0, style.px(16), 0)
    sign = QLabel()
    sign.setPixmap(emblem(style.px(36), style.theme().brand))
    row.addWidget(sign)
    row.addSpacing(style.px(8))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label("代表履职工作台", "h2"))
    words.addWidget(label(what, "sub"))
    row.addLayout(words, 1)
    return row
