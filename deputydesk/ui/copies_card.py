"""The card of settings for the copies of printed papers: how long they stay, and thinning them."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from deputydesk.exchange import thinning
from deputydesk.exchange.attachments import size_text
from deputydesk.exchange.thinning import Offer
from deputydesk.operations import print_copies
from deputydesk.ui import messages, style
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.parts import button, label
from deputydesk.ui.settings_card import SettingsCard
from deputydesk.ui.tasks import run_task

YEARS = (1, 3, 5, 10, 20)
STAYS = "打印记录本身（何时、何人、印了什么）不删。副本清理以后不能恢复，也不能再照原样打印。"


class CopiesCard(SettingsCard):
    """Says what the copies take, and offers to let old ones go; none goes by itself.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "打印副本", "打印、另存的每一份都留一份，照原样再印")
        self._offer: Offer | None = None
        self.years = Combo()
        self.years.setAccessibleName("打印副本保留年限")
        for years in YEARS:
            self.years.addItem(f"今年和以前 {years} 年", years)
        self.said = wrapped("", "")
        self.thin = button("清理旧副本…", "trash-2")
        line = QHBoxLayout()
        line.setSpacing(style.px(8))
        line.addWidget(label("保留", "sub"))
        line.addWidget(self.years)
        line.addStretch(1)
        line.addWidget(self.thin)
        self.inside.addLayout(line)
        self.inside.addWidget(self.said)
        self.years.activated.connect(self._keep_years)
        self.thin.clicked.connect(self._ask)

    def refresh(self) -> None:
        """Say what there is, and what may go."""
        years = self._desk.preferences.copy_years
        self.years.setCurrentIndex(max(0, self.years.findData(years)))
        count, size = self._desk.ask(print_copies.total)
        self._offer = thinning.offer(self._desk.office, self.years.currentData())
        there = f"现有 {count} 份，{size_text(size)}。" if count else "还没有副本。"
        self.said.setText(f"{there}{self._offer.sentence if count else ''}")
        self.thin.setEnabled(bool(self._offer.copies))

    def _keep_years(self) -> None:
        self._desk.preferences.copy_years = self.years.currentData()
        self._desk.preferences.save(self._desk.folder)
        self.refresh()

    def _ask(self) -> None:
        offered = self._offer
        if offered and messages.confirm(
            "清理旧副本？", f"{offered.sentence}{STAYS}", "清理", parent=self
        ):
            work = partial(thinning.thin, self._desk.office, offered)
            run_task(self, "正在清理打印副本", work, self._say)

    def _say(self, went: Offer) -> None:
        self.refresh()
        freed = size_text(went.frees)
        self._desk.say(f"已清理 {len(went.copies)} 份打印副本，腾出 {freed}；打印记录都还在")
