"""Windows about the password of encrypted data: chosen, changed, taken away."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from deputydesk.ui.desk import Desk
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.password_field import PasswordField, agreed

MEANS = (
    "以后每次打开都要输入这个密码。忘了密码、又丢了恢复密钥那张纸的，数据谁也打不开，"
    "我们也不能。附件、照片和打印存档不加密，请同时启用 Windows 的 BitLocker。"
)


def choose(parent: QWidget, desk: Desk, then: Callable[[str], object]) -> FormDialog:
    """Ask for the password that the data is to have; `then` gets it."""
    form = Form(
        desk,
        "",
        (
            PasswordField("new", label="数据密码（至少8位）"),
            PasswordField("again", label="再输入一次"),
        ),
    )
    form.start(new="", again="")
    form.say(MEANS)

    def take(*, new: str, again: str) -> None:
        from deputydesk.database import data_keys  # a first start asks before it is there

        data_keys.refuse_weak(agreed(new, again))
        then(new)

    dialog = FormDialog(parent, "给数据加密", form, take, "加密")
    dialog.open()
    return dialog


def change(parent: QWidget, desk: Desk, then: Callable[[str, str], object]) -> None:
    """Ask for the password that is, and the one that is to be."""
    form = Form(
        desk,
        "",
        (
            PasswordField("old", label="现在的数据密码", wide=True),
            PasswordField("new", label="新密码（至少8位）"),
            PasswordField("again", label="再输入一次"),
        ),
    )
    form.start(old="", new="", again="")
    form.say("本机的备份也改用新密码；移动硬盘上以前的备份仍用当时的密码。")

    def take(*, old: str, new: str, again: str) -> None:
        then(old, agreed(new, again))

    FormDialog(parent, "修改数据密码", form, take).open()


def take_away(parent: QWidget, desk: Desk, then: Callable[[str], object]) -> None:
    """Ask for the password once more before the data is open to all."""
    form = Form(desk, "", (PasswordField("password", label="数据密码", wide=True),))
    form.start(password="")
    form.say("取消以后，拿到数据文件的人都能打开它；本机的备份也一样。")

    def take(*, password: str) -> None:
        from deputydesk.database import data_keys  # as above
        from deputydesk.errors import FieldError

        data = desk.office.data.path
        assert data, "the card is not shown for a server"
        if not data_keys.is_password(data, password):
            raise FieldError("password", "密码不对。", hint="请检查大小写。")
        then(password)

    FormDialog(parent, "取消加密", form, take, "取消加密").open()
