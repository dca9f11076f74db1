"""The card of settings about encrypted data: whether it is, its password, its paper."""

from functools import partial
from pathlib import Path

from deputydesk.database import data_keys
from deputydesk.exchange import encryption
from deputydesk.office import Office, Right, refuse_without
from deputydesk.operations import accounts
from deputydesk.progress import Progress
from deputydesk.security import veil
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs import data_password
from deputydesk.ui.parts import button, label
from deputydesk.ui.reopening import Reopening
from deputydesk.ui.settings_card import SettingsCard

OPEN = "现在没有加密：拿到数据文件或备份的人都能打开它。"
LOCKED = "已加密：每次打开要输入数据密码。附件、照片和打印存档不加密。"
STAY = "{} 份以前的备份还没有加密，退出程序时会再试；已损坏的请删除。"
STAY_LOCKED = "{} 份以前的备份仍加密，恢复时要输入当时的数据密码。"
NO_PAPER = "还没有恢复密钥：忘了密码，数据就打不开了。请马上做一张。"


class EncryptionCard(SettingsCard):
    """Shows whether the data is encrypted, and does what can be done about it.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "数据加密", "没有密码，数据文件和备份打不开")
        self.turn_on = button("给数据加密", "archive")
        self.change = button("修改数据密码", "pencil")
        self.paper = button("换恢复密钥", "file-text")
        self.turn_off = button("取消加密")
        self.state = label("", "sub")
        self.state.setWordWrap(True)
        self._reopening = Reopening(self, desk)
        self.inside.addWidget(self.state)
        self.add_buttons(self.turn_on, self.change, self.paper, self.turn_off)
        self.turn_on.clicked.connect(self._turn_on)
        self.change.clicked.connect(self._change)
        self.paper.clicked.connect(self._new_paper)
        self.turn_off.clicked.connect(self._turn_off)
        self._reopening.done.connect(self._say_done)

    def refresh(self) -> None:
        """Show what can be done now, by whoever works here."""
        data = self._desk.office.data.path
        self.setVisible(data is not None)
        if data is None:
            return
        is_on = data_keys.is_encrypted(data)
        has_paper = is_on and bool(data_keys.paper_of(data))
        self.turn_on.setVisible(not is_on)
        for part in (self.change, self.paper, self.turn_off):
            part.setVisible(is_on)
        may = Right.MANAGE in self._desk.office.user.rights
        for part in (self.turn_on, self.change, self.paper, self.turn_off):
            part.setEnabled(may)
        said = [LOCKED if is_on else OPEN]
        if left := encryption.unlike(data):
            said.append((STAY if is_on else STAY_LOCKED).format(left))
        if is_on and not has_paper:
            said.append(NO_PAPER)
        self.state.setText("".join(said))

    def _turn_on(self) -> None:
        refuse_without(Right.MANAGE, "给数据加密", self._desk.office.user)
        data_password.choose(self, self._desk, self._encrypt)

    def _encrypt(self, password: str) -> None:
        office = self._desk.office
        work = partial(_encrypted, office, password, office.ask(accounts.recovery))
        self._reopening.run("正在给数据和备份加密", work)

    def _change(self) -> None:
        refuse_without(Right.MANAGE, "修改数据密码", self._desk.office.user)
        data_password.change(self, self._desk, self._change_to)

    def _change_to(self, old: str, new: str) -> None:
        data_keys.change_password(self._data(), old, new)
        self._desk.say("数据密码已修改")

    def _new_paper(self) -> None:
        from deputydesk.ui.dialogs.paper_key import PaperKey

        refuse_without(Right.MANAGE, "更换恢复密钥", self._desk.office.user)
        dialog = PaperKey(self, self._desk)
        dialog.finished.connect(self.refresh)
        dialog.open()

    def _turn_off(self) -> None:
        refuse_without(Right.MANAGE, "取消加密", self._desk.office.user)
        data_password.take_away(self, self._desk, self._decrypt)

    def _decrypt(self, password: str) -> None:
        work = partial(_decrypted, self._desk.office, password)
        self._reopening.run("正在取消数据和备份的加密", work)

    def _say_done(self, said: str) -> None:
        data = self._data()
        self.refresh()
        self._desk.say(said)
        if veil.is_hung() and not data_keys.paper_of(data):
            self._new_paper()

    def _data(self) -> Path:
        data = self._desk.office.data.path
        assert data, "the card is not shown for a server"
        return data


def _encrypted(office: Office, password: str, paper: str, data: Path, progress: Progress) -> str:
    stay = encryption.turn_on(data, password, clock=office.clock, paper=paper, progress=progress)
    return f"数据已加密{_left(stay, '没有加密')}"


def _decrypted(office: Office, password: str, data: Path, progress: Progress) -> str:
    stay = encryption.turn_off(data, password, clock=office.clock, progress=progress)
    return f"数据已取消加密{_left(stay, '仍加密')}"


def _left(count: int, how: str) -> str:
    return f"；{count} 份以前的备份已损坏或打不开，{how}" if count else ""
