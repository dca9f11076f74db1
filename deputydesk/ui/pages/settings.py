"""Settings: the office, its rules, how the window looks, backups and the data check."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.models import AnswerClass, DeadlineRule, OfficeProfile, Printout, ScanRetention
from deputydesk.models.choices import OfficeKind
from deputydesk.operations import offices
from deputydesk.ui import style
from deputydesk.ui.accounts_card import AccountsCard
from deputydesk.ui.backup_card import BackupCard
from deputydesk.ui.copies_card import CopiesCard
from deputydesk.ui.desk import Desk
from deputydesk.ui.encryption_card import EncryptionCard
from deputydesk.ui.fields import ChoiceField, TextField
from deputydesk.ui.form import Form
from deputydesk.ui.help_card import HelpCard
from deputydesk.ui.page import Page
from deputydesk.ui.paper_settings import PaperCard
from deputydesk.ui.parts import Chips, card, label
from deputydesk.ui.restyling import CHOICES, restyle
from deputydesk.ui.retention_card import RetentionCard
from deputydesk.ui.rules_card import RulesCard

PROFILE = (
    "kind",
    "name",
    "district",
    "area_code",
    "document_prefix",
    "phone",
    "address",
    "head",
    "clerk",
)


class SettingsPage(Page):
    """What the office is, by which rules it works, and what belongs to this PC."""

    title = "设置"
    shows = frozenset({OfficeProfile, DeadlineRule, AnswerClass, Printout, ScanRetention})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.profile = Form(desk, "office", _profile_fields(), model=OfficeProfile)
        self._save = self.profile.add_button("保存单位信息", primary=True, key="Ctrl+Enter")
        self.sizes = Chips(tuple(style.SIZES), "字号")
        self.themes = Chips(tuple(text for _, text in CHOICES), "颜色")
        self.backups = BackupCard(desk)
        self.rules = RulesCard(desk)
        self.paper = PaperCard(desk)
        self.copies = CopiesCard(desk)
        self.help = HelpCard(desk)
        self.accounts = AccountsCard(desk)
        self.retention = RetentionCard(desk)
        self.encryption = EncryptionCard(desk)
        self._lay_out()
        self._connect()

    @override
    def refresh(self) -> None:
        profile = self.desk.ask(offices.profile)
        at = self.window().focusWidget()
        if profile is None:
            self.profile.start(kind=OfficeKind.TOWN)
        elif not self.profile.is_edited:
            self.profile.show_row(profile)
        if at:
            at.setFocus()
        parts = (self.accounts, self.encryption, self.paper, self.help)
        for part in (*parts, self.rules, self.copies, self.retention, self.backups):
            part.refresh()
        self._show_looks()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.profile.focus_first()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "themes"):
            self._show_looks()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("clear")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(style.px(11))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (left, (self._profile_card(), self.backups)),
            (
                right,
                (
                    *(self._looks_card(), self.accounts, self.help),
                    *(self.paper, self.copies, self.rules, self.retention, self.encryption),
                ),
            ),
        ):
            column.setSpacing(style.px(11))
            for part in parts:
                column.addWidget(part)
            columns.addLayout(column, 1)
        left.setStretch(1, 1)
        right.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName("全部设置")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)

    def _profile_card(self) -> QFrame:
        frame, inside = card("单位信息", "表头、落款和交办机关由此而来")
        inside.setContentsMargins(0, style.px(12), 0, 0)
        for heading in inside.findChildren(QHBoxLayout):
            heading.setContentsMargins(style.px(16), 0, style.px(16), 0)
        self.profile.setMinimumHeight(self.profile.sizeHint().height() - style.px(24))
        inside.addWidget(self.profile)
        return frame

    def _looks_card(self) -> QFrame:
        frame, inside = card("本机", "只对这台电脑有效")
        for text, chips in (("字号", self.sizes), ("颜色", self.themes)):
            row = QHBoxLayout()
            row.addWidget(label(text, "sub"))
            row.addSpacing(style.px(8))
            row.addWidget(chips, 1)
            inside.addLayout(row)
        inside.addWidget(label("也可按 Ctrl+加号、Ctrl+减号，或按住 Ctrl 滚动滚轮。", "faint"))
        return frame

    def _connect(self) -> None:
        self._save.clicked.connect(self._save_profile)
        self.profile.save_next.connect(self._save_profile)
        self.sizes.group.idToggled.connect(self._resize_text)
        self.themes.group.idToggled.connect(self._recolour)

    def _show_looks(self) -> None:
        sizes = list(style.SIZES.values())
        wanted = self.desk.preferences.scale
        near = min(range(len(sizes)), key=lambda n: abs(sizes[n] - wanted))
        for chips, place in (
            (self.sizes, near),
            (self.themes, _place_of(self.desk.preferences.theme)),
        ):
            chips.group.blockSignals(True)
            chips.group.button(place).setChecked(True)
            chips.group.blockSignals(False)

    def _resize_text(self, place: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on:
            restyle(self.desk, scale=list(style.SIZES.values())[place])

    def _recolour(self, place: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on:
            restyle(self.desk, theme=CHOICES[place][0])

    def _save_profile(self) -> None:
        self.desk.do(offices.set_profile, **self.profile.values())
        self.profile.saved()
        self.desk.say("单位信息已保存")


def _place_of(theme: str) -> int:
    names = [name for name, _ in CHOICES]
    return names.index(theme) if theme in names else 0


def _profile_fields() -> tuple[ChoiceField | TextField, ...]:
    return (
        ChoiceField("kind", OfficeKind),
        *(TextField(name) for name in PROFILE[1:6]),
        TextField("address", wide=True),
        *(TextField(name) for name in PROFILE[7:]),
    )
