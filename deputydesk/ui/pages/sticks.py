"""U盘交换: partners, sending, receiving, what is in conflict, and putting a backup back."""

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from deputydesk.models import Record
from deputydesk.ui.backup_view import BackupView
from deputydesk.ui.conflict_view import ConflictView
from deputydesk.ui.desk import Desk
from deputydesk.ui.loose_ends_view import LooseEndsView
from deputydesk.ui.page import Page
from deputydesk.ui.partner_view import PartnerView
from deputydesk.ui.parts import Chips
from deputydesk.ui.receiving_view import ReceivingView
from deputydesk.ui.sending_view import SendingView
from deputydesk.ui.stick_place import StickPlace

VIEWS = ("交换单位", "发送", "收取", "不一致的内容", "重号和缺失", "恢复备份")
PARTNERS, SENDING, RECEIVING, CONFLICTS, LOOSE_ENDS, BACKUPS = range(len(VIEWS))


class SticksPage(Page):
    """What is done with a stick, each in a view of its own; the stick is chosen once."""

    title = "U盘交换"
    parts = VIEWS
    """What its chips show."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chips = Chips(VIEWS, "U盘交换")
        self.place = StickPlace(desk)
        self.partners = PartnerView(desk, self.place)
        self.sending = SendingView(desk, self.place)
        self.receiving = ReceivingView(desk, self.place)
        self.conflicts = ConflictView(desk)
        self.loose_ends = LooseEndsView(desk)
        self.backups = BackupView(desk)
        self._stack = QStackedWidget()
        self._views = (
            self.partners,
            self.sending,
            self.receiving,
            self.conflicts,
            self.loose_ends,
            self.backups,
        )
        self.body.addWidget(self.chips)
        self.body.addWidget(self.place)
        for view in self._views:
            self._stack.addWidget(view)
        self.body.addWidget(self._stack, 1)
        self.chips.group.idToggled.connect(self._choose)
        self.receiving.settle_wanted.connect(self._go_to_conflicts)

    @override
    def concerns(self, kinds: frozenset[type[Record]]) -> bool:
        return bool(kinds)  # whatever changed goes to somebody

    @override
    def refresh(self) -> None:
        self.place.refresh()
        self.conflicts.refresh()
        self._refresh_shown()
        count = self.conflicts.count
        self.chips.set_text(CONFLICTS, f"{VIEWS[CONFLICTS]} {count}" if count else VIEWS[CONFLICTS])

    def go(self, view: int) -> None:
        """Show one of the views."""
        self.chips.group.button(view).setChecked(True)

    def _choose(self, view: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_on:
            self._stack.setCurrentIndex(view)
            self.place.setVisible(view in (PARTNERS, SENDING, RECEIVING))
            self._refresh_shown()

    def _refresh_shown(self) -> None:
        """Read what is in sight; the others are read when they are shown."""
        view = self._views[self._stack.currentIndex()]
        if self.desk.is_ready and view is not self.conflicts:
            view.refresh()

    def _go_to_conflicts(self) -> None:
        self.go(CONFLICTS)
        self.conflicts.table.setFocus()
