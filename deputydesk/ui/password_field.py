"""A field for a password: dots, unless the eye is pressed."""

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from deputydesk.errors import FieldError
from deputydesk.ui.fields import LineField, Raw


class PasswordField(LineField):
    """A password as it was typed; no draft keeps it."""

    @override
    def make_control(self, hint: str) -> QWidget:
        line = super().make_control(hint)
        assert isinstance(line, QLineEdit), "a line field has a line"
        line.setEchoMode(QLineEdit.EchoMode.Password)
        return line

    @override
    def value(self) -> str:
        return self.control.text()

    @override
    def set_value(self, value: str | None) -> None:
        self.control.setText(value or "")

    @override
    def raw(self) -> Raw:
        return ""


def agreed(new: str, again: str) -> str:
    """A new password that was typed twice.

    Raises:
        FieldError: the second time it was another.
    """
    if new != again:
        raise FieldError("again", "两次输入的密码不一样。", hint="请再输入一次。")
    return new
