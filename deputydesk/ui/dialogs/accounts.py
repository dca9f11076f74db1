"""Accounts: turned on and off, people and their roles, passwords."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.errors import UserError
from deputydesk.exchange import joining
from deputydesk.operations import accounts, sign_in
from deputydesk.operations.accounts import AccountRow, EventRow, Role
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.dialogs.paper_key import PaperKey
from deputydesk.ui.fields import ChoiceField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.parts import button, framed, label
from deputydesk.ui.password_field import PasswordField, agreed
from deputydesk.ui.room import sized
from deputydesk.ui.screen_lock import watch
from deputydesk.ui.table import Column, RowsTable

ROLES = {
    Role.CLERK: "经办人：登记、办理、打印、交换",
    Role.HEAD: "负责人：还能裁定不一致、彻底删除、管账号",
    Role.VIEWER: "查看：只看和打印，什么也改不了",
}
STOPPED = (
    "停用、重设密码管不到以前的备份：旧备份仍能用当时的密码打开。离开的人拿得到旧备份的，"
    "请停用登录再启用，更换本单位的密钥，并删除旧备份。"
)
WIDE, HIGH = 620, 520
EVENTS = 50


def turn_on(parent: QWidget, desk: Desk, then: Callable[[], object]) -> None:
    """Make the first account, and the paper for the safe."""
    form = Form(
        desk,
        "",
        (
            TextField("name", label="负责人姓名", wide=True),
            PasswordField("new", label="密码（至少8位）"),
            PasswordField("again", label="再输入一次"),
        ),
    )
    form.start(name=desk.office.user.name, new="", again="")
    form.say("第一个账号是负责人的，其他人的账号以后由负责人增加。下一步打印恢复密钥。")

    def save(*, name: str, new: str, again: str) -> None:
        sign_in.turn_on(desk.office, name, agreed(new, again))
        _now_on(parent, desk)
        then()

    dialog = FormDialog(parent, "启用登录", form, save, "启用")
    dialog.accepted.connect(partial(_open_paper, parent, desk))
    dialog.open()


def turn_off(parent: QWidget, desk: Desk, then: Callable[[], object]) -> None:
    """Ask for the password once more, and take all accounts away."""
    form = Form(desk, "", (PasswordField("password", label="您的密码", wide=True),))
    form.start(password="")
    form.say("停用后打开就能用，账号都会删除；登记过的内容不变。")

    def save(*, password: str) -> None:
        sign_in.turn_off(desk.office, password)
        then()

    FormDialog(parent, "停用登录", form, save, "停用").open()


def change_own(parent: QWidget, desk: Desk) -> None:
    """Change the password of who is signed in."""
    form = Form(
        desk,
        "",
        (
            PasswordField("old", label="现在的密码", wide=True),
            PasswordField("new", label="新密码（至少8位）"),
            PasswordField("again", label="再输入一次"),
        ),
    )
    form.start(old="", new="", again="")

    def save(*, old: str, new: str, again: str) -> None:
        sign_in.change_own(desk.office, old, agreed(new, again))
        desk.say("密码已修改")

    FormDialog(parent, "修改密码", form, save).open()


def give_join_file(parent: QWidget, desk: Desk) -> None:
    """Write the file with which another PC becomes one of this office's."""
    form = Form(
        desk,
        "",
        (
            PasswordField("words", label="口令（至少8位，当面告诉对方）"),
            PasswordField("again", label="再输入一次"),
        ),
    )
    form.start(words="", again="")
    form.say("另一台电脑用这个文件加入本单位，再收入这台电脑写出的U盘。用完请删除文件。")

    def save(*, words: str, again: str) -> None:
        folder = messages.ask_folder(parent, "写到哪个U盘")
        if folder is None:
            raise UserError("还没有选U盘。")
        to = joining.write(desk.office, folder, agreed(words, again))
        desk.say(f"已写出 {to}")

    FormDialog(parent, "写出加入文件", form, save, "写出").open()


class AccountsDialog(QDialog):
    """Who signs in here, in which role, and what was done to accounts."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.setWindowTitle("账号管理")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.people: RowsTable[_Person] = RowsTable(_columns(), name="账号", empty="还没有账号。")
        self.events: RowsTable[_Event] = RowsTable(_event_columns(), name="变动", empty="")
        self.add = button("增加账号", "plus", primary=True)
        self.role = button("改角色", "pencil")
        self.reset = button("重设密码")
        self.stop = button("停用")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(14), style.px(12), style.px(14), style.px(12))
        outer.setSpacing(style.px(8))
        row = QHBoxLayout()
        for each in (self.add, self.role, self.reset, self.stop):
            row.addWidget(each)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addWidget(framed(self.people), 3)
        outer.addWidget(wrapped(STOPPED))
        outer.addWidget(label("最近变动", "sub"))
        outer.addWidget(framed(self.events), 2)
        self.add.clicked.connect(self._add)
        self.role.clicked.connect(self._change_role)
        self.reset.clicked.connect(self._reset)
        self.stop.clicked.connect(self._stop_or_resume)
        self.people.opened.connect(self._change_role)
        self.people.picked.connect(self._show)
        self.resize(sized(self, WIDE, HIGH))
        self._refresh()
        self.people.setFocus()

    def _refresh(self) -> None:
        at = self.people.current()
        self.people.set_rows([_Person(row) for row in self._desk.ask(accounts.rows)])
        self.people.select(at.id if at else str(self._desk.ask(accounts.rows)[0].id))
        found = self._desk.ask(accounts.events, limit=EVENTS)
        self.events.set_rows([_Event(n, row) for n, row in enumerate(found)])
        self._show(self.people.current())

    def _show(self, person: "_Person | None") -> None:
        for each in (self.role, self.reset, self.stop):
            each.setEnabled(person is not None)
        self.stop.setText("恢复" if person and not person.row.is_active else "停用")

    def _chosen(self) -> AccountRow:
        person = self.people.current()
        assert person, "the buttons need one"
        return person.row

    def _add(self) -> None:
        form = Form(
            self._desk,
            "",
            (
                TextField("name", label="姓名", wide=True),
                _role_field(),
                PasswordField("new", label="密码（至少8位）"),
                PasswordField("again", label="再输入一次"),
            ),
        )
        form.start(name="", role=Role.CLERK, new="", again="")
        form.say("把密码告诉本人，请本人登录后在“设置”里改掉。")
        FormDialog(self, "增加账号", form, self._save_new, "增加").open()

    def _save_new(self, *, name: str, role: Role, new: str, again: str) -> None:
        sign_in.add(self._desk.office, name=name, role=role, password=agreed(new, again))
        self._refresh()

    def _change_role(self) -> None:
        account = self._chosen()
        form = Form(self._desk, "", (_role_field(),))
        form.start(role=account.role)
        save = partial(self._save_role, account.id)
        FormDialog(self, f"{account.name}的角色", form, save).open()

    def _save_role(self, account_id: int, *, role: Role) -> None:
        self._desk.do(accounts.set_role, account_id=account_id, role=role)
        self._refresh()

    def _reset(self) -> None:
        account = self._chosen()
        form = Form(
            self._desk,
            "",
            (
                PasswordField("new", label="新密码（至少8位）"),
                PasswordField("again", label="再输入一次"),
            ),
        )
        form.start(new="", again="")
        save = partial(self._save_password, account)
        FormDialog(self, f"重设{account.name}的密码", form, save, "重设").open()

    def _save_password(self, account: AccountRow, *, new: str, again: str) -> None:
        sign_in.reset(self._desk.office, account, agreed(new, again))
        self._refresh()

    def _stop_or_resume(self) -> None:
        account = self._chosen()
        self._desk.do(accounts.set_active, account_id=account.id, is_active=not account.is_active)
        self._refresh()


class _Person:
    """An account as a row of the list."""

    def __init__(self, row: AccountRow) -> None:
        self.row = row
        self.id = str(row.id)


class _Event:
    """A line of what was done."""

    def __init__(self, number: int, row: EventRow) -> None:
        self.row = row
        self.id = str(number)


def _now_on(parent: QWidget, desk: Desk) -> None:
    name = desk.office.user.name
    desk.preferences.operator = name
    desk.preferences.save(desk.folder)
    desk.operator_changed.emit(name)
    watch(parent.window(), desk)


def _open_paper(parent: QWidget, desk: Desk) -> None:
    PaperKey(parent, desk).open()


def _role_field() -> ChoiceField:
    return ChoiceField("role", options=list(ROLES.items()), label="角色", wide=True)


def _columns() -> tuple[Column[_Person], ...]:
    return (
        Column("姓名", lambda p: p.row.name, 140),
        Column("角色", lambda p: p.row.role.label, 90),
        Column("状态", lambda p: _state(p.row), 0),
    )


def _state(row: AccountRow) -> str:
    if not row.is_active:
        return "已停用"
    if not row.has_password:
        return "还不能登录：请重设密码"
    return f"密码连续错了{row.failures}次" if row.failures else "可以登录"


def _event_columns() -> tuple[Column[_Event], ...]:
    return (
        Column("时间", lambda e: e.row.at.replace("T", " ")[:16], 130),
        Column("操作员", lambda e: e.row.user, 90),
        Column("做了什么", lambda e: f"{e.row.what}　{e.row.about}", 0),
    )
