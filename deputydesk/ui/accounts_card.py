"""The card of settings about who works here: the operator, signing in, what is erased for good."""

from PySide6.QtWidgets import QHBoxLayout

from deputydesk.operations import accounts
from deputydesk.operations.accounts import Role
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField
from deputydesk.ui.parts import button, label
from deputydesk.ui.settings_card import SettingsCard

MINUTES = (5, 10, 15, 30, 60)
OPEN = (
    "现在打开就能用。启用登录后，每人用自己的密码登录，分负责人、经办人、查看三种；"
    "离开一会儿自动锁定。"
)
CLOSED = "登录挡不住拿走整台电脑或数据文件的人：请同时启用 Windows 的 BitLocker。"


class AccountsCard(SettingsCard):
    """Shows who works here, and opens what belongs to signing in.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "登录与个人信息", "谁在操作，谁能做什么")
        self.operator = label("", "")
        self.change_operator = button("更换操作员", "users")
        self.turn_on = button("启用登录", "user-check")
        self.lock = button("锁定")
        self.lock.setToolTip("锁定（Ctrl+Shift+L）")
        self.people = button("账号管理", "users")
        self.own = button("修改密码", "pencil")
        self.paper = button("更换恢复密钥", "file-text")
        self.turn_off = button("停用登录")
        self.join = button("另一台电脑", "copy")
        self.erase = button("彻底删除个人信息", "trash-2")
        self.voters = button("选民资料上报", "send")
        self.minutes = ChoiceField(
            "minutes", options=[(n, f"{n} 分钟") for n in MINUTES], label="没人操作多久后锁定"
        )
        self._said = label("", "faint")
        self._said.setWordWrap(True)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show what can be done now, by whoever works here."""
        user = self._desk.office.user
        is_on = self._desk.ask(accounts.is_on)
        mine = [row for row in self._desk.ask(accounts.rows) if row.name == user.name]
        role = mine[0].role if mine else None
        is_head = role is Role.HEAD or not is_on
        self.operator.setText(f"{user.name}（{role.label}）" if role else user.name)
        for part in (self.change_operator, self.turn_on):
            part.setVisible(not is_on)
        for part in (self.lock, self.own, self.minutes):
            part.setVisible(is_on)
        for part in (self.people, self.paper, self.turn_off):
            part.setVisible(is_on and is_head)
        self.erase.setEnabled(is_head)
        self.join.setEnabled(is_head)
        self.voters.setEnabled(is_head)
        self.minutes.set_value(self._desk.preferences.lock_minutes)
        self._said.setText(CLOSED if is_on else OPEN)

    def _lay_out(self) -> None:
        self.minutes.build(text="", required=False, hint="")
        line = QHBoxLayout()
        line.addWidget(label("操作员", "sub"))
        line.addSpacing(style.px(8))
        line.addWidget(self.operator, 1)
        line.addWidget(self.change_operator)
        line.addWidget(self.lock)
        self.inside.addLayout(line)
        self.add_buttons(self.turn_on, self.own, self.people, self.paper, self.turn_off)
        self.inside.addWidget(self.minutes)
        self.inside.addWidget(self._said)
        self.add_buttons(self.erase, self.voters, self.join)

    def _connect(self) -> None:
        self.change_operator.clicked.connect(self._ask_operator)
        self.turn_on.clicked.connect(self._turn_on)
        self.lock.clicked.connect(self._lock)
        self.people.clicked.connect(self._show_people)
        self.own.clicked.connect(self._change_own)
        self.paper.clicked.connect(self._new_paper)
        self.turn_off.clicked.connect(self._turn_off)
        self.erase.clicked.connect(self._erase)
        self.join.clicked.connect(self._give_join_file)
        self.voters.clicked.connect(self._decide_on_voters)
        self.minutes.edited.connect(self._keep_minutes)
        self._desk.operator_changed.connect(self.refresh)

    def _ask_operator(self) -> None:
        now = self._desk.office.user.name
        name = messages.ask_text("更换操作员", "现在由谁操作？", text=now, parent=self)
        if name:
            self._desk.name_operator(name)

    def _turn_on(self) -> None:
        from deputydesk.ui.dialogs import accounts as dialogs

        dialogs.turn_on(self, self._desk, self.refresh)

    def _lock(self) -> None:
        from deputydesk.ui.screen_lock import watch

        watch(self.window(), self._desk).lock()

    def _show_people(self) -> None:
        from deputydesk.ui.dialogs.accounts import AccountsDialog

        dialog = AccountsDialog(self, self._desk)
        dialog.finished.connect(self.refresh)
        dialog.open()

    def _change_own(self) -> None:
        from deputydesk.ui.dialogs import accounts as dialogs

        dialogs.change_own(self, self._desk)

    def _new_paper(self) -> None:
        from deputydesk.ui.dialogs.paper_key import PaperKey

        PaperKey(self, self._desk).open()

    def _turn_off(self) -> None:
        from deputydesk.ui.dialogs import accounts as dialogs

        dialogs.turn_off(self, self._desk, self.refresh)

    def _erase(self) -> None:
        from deputydesk.ui.dialogs.erasure import Erasure

        Erasure(self, self._desk).open()

    def _give_join_file(self) -> None:
        from deputydesk.ui.dialogs import accounts as dialogs

        dialogs.give_join_file(self, self._desk)

    def _decide_on_voters(self) -> None:
        from deputydesk.ui.dialogs.voter_sharing import SharingDialog

        SharingDialog(self, self._desk).open()

    def _keep_minutes(self) -> None:
        from deputydesk.ui.screen_lock import watch

        self._desk.preferences.lock_minutes = self.minutes.value()
        self._desk.preferences.save(self._desk.folder)
        watch(self.window(), self._desk).set_minutes()
