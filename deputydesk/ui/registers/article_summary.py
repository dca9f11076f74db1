"""The opinions on a draft law, summed up by article, in a window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deputydesk.operations import leg_opinions
from deputydesk.operations.leg_rounds import LegRoundRow
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import texts_card
from deputydesk.ui.parts import Scroll, label
from deputydesk.ui.room import sized


class ArticleSummary(QDialog):
    """What was said on each article; merged opinions count and are said once."""

    def __init__(self, parent: QWidget, desk: Desk, row: LegRoundRow) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(f"分条汇总：{row.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = desk.ask(leg_opinions.by_article, round_id=row.id)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[style.px(14)] * 4)
        counts = f"参加 {row.people} 人次，收集意见 {row.opinions} 条，其中合并 {row.merged} 条"
        outer.addWidget(label(f"{counts}；采纳 {row.adopted} 条，反馈 {row.told} 条", "sub"))
        facts = [
            (f"{a.article}　{a.count}条", "\n".join(f"· {text}" for text in a.contents))
            for a in found
        ]
        outer.addWidget(Scroll(texts_card(row.name, facts)), 1)
        self.resize(sized(self, 640, 560))


def show_summary(parent: QWidget, desk: Desk, row: LegRoundRow) -> None:
    """Open the summary of a draft law."""
    ArticleSummary(parent, desk, row).open()
