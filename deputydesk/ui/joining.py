"""加入本单位: the join file of the first PC makes this one another of the same office."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from deputydesk.ui import messages
from deputydesk.ui.desk import Desk
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.password_field import PasswordField

if TYPE_CHECKING:
    from deputydesk.exchange.joining import Joining

FILES = "加入文件 (*.ddjoin)"
HOW = (
    "加入文件由本单位第一台电脑写出："
    "“设置”“登录与个人信息”里点“另一台电脑”，写到U盘，口令当面告诉。"
)
NEXT = "已加入。请插好第一台电脑写出的U盘，点“查看U盘”，再点“收入”"


def ask(
    parent: QWidget, desk: Desk, read: "Callable[[Joining], None]", given_up: Callable[[], None]
) -> None:
    """Ask for the join file and the words told by mouth.

    Args:
        parent: the window that asks.
        desk: the desk, still without an office.
        read: gets what is in the file.
        given_up: called if the user leaves off.
    """
    path = messages.ask_file_to_open(parent, "打开加入文件", FILES)
    if path is None:
        given_up()
        return
    form = Form(desk, "", (PasswordField("words", label="口令（写出这个文件的人告诉您的）"),))
    form.start(words="")
    form.say(HOW)

    def take(*, words: str) -> None:
        read(_read(path, words))

    dialog = FormDialog(parent, f"加入本单位：{path.name}", form, take, "打开")
    dialog.rejected.connect(given_up)
    dialog.open()


def show_receiving(window: MainWindow, desk: Desk) -> None:
    """Go to where the first PC's stick is taken in: until then there is nothing here."""
    from deputydesk.ui.pages.sticks import RECEIVING, SticksPage

    page = window.go("sticks")
    assert isinstance(page, SticksPage), "the page of that name"
    page.go(RECEIVING)
    desk.say(NEXT)


def _read(path: Path, words: str) -> "Joining":
    from deputydesk.exchange import joining  # the database is not needed to ask

    return joining.read(path, words)
