"""选民资料上报: whether voters' own data goes to the office above, and on what basis."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from deputydesk.models import VoterSharing
from deputydesk.operations import voter_sharing
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.fields import TextField
from deputydesk.ui.form import Form
from deputydesk.ui.parts import label

WIDE = 620
HOME, UP = "只留在本单位", "以后新登记的，随U盘报上级"
HOW = (
    "选民的姓名、性别、年龄、电话、住址单独存放，平时只在本单位的电脑之间交换，从不发给别的单位；"
    "报上去的意见里没有这些。"
)
LAW = (
    "这些是个人信息。按《个人信息保护法》，向别的单位提供要有法定职责或本人同意，并告诉本人提供给谁、"
    "做什么用。上级确实需要时才打开，写清依据。"
)
WHAT = (
    "打开以后：只报此后新登记的意见的选民；以前登记的仍留在本单位。要求保密的、信访人的，始终不报。\n"
    "关闭以后：新登记的不再报；已经报过的收不回来，它们的更正和彻底删除仍会随U盘通知上级。"
)


class SharingDialog(QDialog):
    """The two ways with what they mean; only a head may decide."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.setWindowTitle("选民资料上报")
        now = desk.ask(voter_sharing.sharing)
        self.home, self.up = QRadioButton(HOME), QRadioButton(UP)
        (self.up if now.goes_up else self.home).setChecked(True)
        self.form = Form(desk, "", (TextField("basis", wide=True),), model=VoterSharing, columns=1)
        self.form.start(basis=now.basis)
        self._since = label(f"{now.decided_on} 决定" if now.decided_on else "", "faint")
        self.save = self.form.add_button("保存", primary=True, key="Ctrl+Enter")
        self._lay_out()
        self.up.toggled.connect(self._allow)
        self.save.clicked.connect(self._save)
        self.form.save_next.connect(self._save)
        self.resize(style.px(WIDE), self.sizeHint().height())
        self._allow()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(16), style.px(14), style.px(16), style.px(12))
        outer.setSpacing(style.px(10))
        for text in (HOW, LAW):
            outer.addWidget(wrapped(text))
        row = QHBoxLayout()
        for way in (self.home, self.up):
            row.addWidget(way)
            row.addSpacing(style.px(16))
        row.addStretch(1)
        row.addWidget(self._since)
        outer.addLayout(row)
        outer.addWidget(wrapped(WHAT, "sub"))
        outer.addWidget(self.form)

    def _allow(self) -> None:
        self.form.field("basis").setEnabled(self.up.isChecked())

    def _save(self) -> None:
        goes_up = self.up.isChecked()
        basis = self.form.values()["basis"] if goes_up else ""
        self._desk.do(voter_sharing.decide, goes_up=goes_up, basis=basis)
        self.form.saved()
        self._desk.say("已决定：" + (UP if goes_up else HOME))
        self.accept()
