"""The card of settings for pictures of papers that were read: how long they stay."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.exchange import scan_retiring
from deputydesk.exchange.scan_retiring import Offer
from deputydesk.office import Right
from deputydesk.operations import scan_retention
from deputydesk.rules.typed_dates import spoken
from deputydesk.ui import messages, style
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.parts import button, card, label

TERMS = ((0, "不自动删除"), (6, "半年"), (12, "一年"), (24, "两年"), (36, "三年"), (60, "五年"))
KEEPS = (
    "从入账那天算起。票数、认定、校验值和读票记录一直保留；"
    "删掉的图像恢复不了，第二块盘上的备份里另有一份。"
)


class RetentionCard(QWidget):
    """Says how long pictures stay; what is over goes at each opening, or at once.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._desk = desk
        self._offer = Offer(())
        self.term = Combo()
        self.term.setAccessibleName("扫描图像保留期限")
        for months, words in TERMS:
            self.term.addItem(words, months)
        self.said = wrapped("", "")
        self.thin = button("现在删除到期图像…", "trash-2")
        frame, inside = card("扫描图像", "读票留下的票面图像，到期在打开程序时删除")
        line = QHBoxLayout()
        line.setSpacing(style.px(8))
        line.addWidget(label("保留", "sub"))
        line.addWidget(self.term)
        line.addStretch(1)
        line.addWidget(self.thin)
        inside.addLayout(line)
        inside.addWidget(self.said)
        inside.addWidget(wrapped(scan_retention.NAMES_STAY, "faint"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.term.activated.connect(self._decide)
        self.thin.clicked.connect(self._ask)

    def refresh(self) -> None:
        """Say what was decided, and what may go."""
        row = self._desk.ask(scan_retention.retention)
        self.term.setCurrentIndex(max(0, self.term.findData(row.months)))
        months = row.months or scan_retiring.USUAL_MONTHS
        self._offer = scan_retiring.offer(self._desk.office, months)
        decided = f"{spoken(row.decided_on)}决定。" if row.decided_on else "还没有决定。"
        self.said.setText(f"{decided}{self._offer.sentence}")
        may = Right.MANAGE in self._desk.office.user.rights
        self.term.setEnabled(may)
        self.thin.setEnabled(may and bool(self._offer.runs))

    def _decide(self) -> None:
        self._desk.do(scan_retention.decide, months=self.term.currentData())
        self.refresh()

    def _ask(self) -> None:
        sentence = f"{self._offer.sentence}{KEEPS}"
        if messages.confirm("删除到期的扫描图像？", sentence, "删除", parent=self):
            scan_retiring.thin(self._desk.office, self._offer)
            self.refresh()
            self._desk.say("到期的扫描图像已删除，票数和记录都还在")
