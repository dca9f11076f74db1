"""The card of settings for who is new here: manual, tour, sample office and taking it away."""

from deputydesk.ui import sample_office
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import button, label
from deputydesk.ui.settings_card import SettingsCard


class HelpCard(SettingsCard):
    """Opens what helps.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "帮助", "不会了按 F1")
        self.manual = button("使用手册", "library")
        self.tour = button("再看一遍引导", "footprints")
        self.open_sample = button("打开示范单位", "eye")
        self.remove_sample = button("删除示范单位", "trash-2")
        self.add_buttons(self.manual, self.tour)
        if not desk.is_sample:
            self.add_buttons(self.open_sample, self.remove_sample)
            said = label(
                "示范单位的单位和人都是虚构的，在另一个窗口里打开，可以随意试，不影响本单位。",
                "faint",
            )
            said.setWordWrap(True)
            self.inside.addWidget(said)
        self.manual.clicked.connect(self._show_manual)
        self.tour.clicked.connect(self._show_tour)
        self.open_sample.clicked.connect(self._open)
        self.remove_sample.clicked.connect(self._remove)

    def refresh(self) -> None:
        """Offer to take away the sample office where there is one."""
        self.remove_sample.setEnabled(sample_office.has_sample(self._desk))

    def _show_manual(self) -> None:
        from deputydesk.ui.dialogs.manual import show_manual

        show_manual(self.window())

    def _show_tour(self) -> None:
        from deputydesk.ui.first_tour import show_tour
        from deputydesk.ui.main_window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            show_tour(window)

    def _open(self) -> None:
        sample_office.open_sample(self._desk)
        self.remove_sample.setEnabled(True)

    def _remove(self) -> None:
        sample_office.remove_sample(self._desk)
        self.refresh()
