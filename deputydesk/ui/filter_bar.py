"""Chips above a list that say what of it is left out, and let it in again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from deputydesk.rules.cell_filters import CellFilter
from deputydesk.ui import style
from deputydesk.ui.flow import Flow

CLEAR = "全部清除"
MOST = 24
"""Characters of a chip; the rest is said by its tooltip."""

SHORT = 14
"""Characters of a cell that an entry of a menu shows."""


def offer_filters(menu: QMenu, column: str, text: str) -> None:
    """Offer to show only rows whose cell says this, or all but those."""
    said = text if len(text) <= SHORT else text[: SHORT - 1] + "…"
    named = f"“{' '.join(said.split())}”" if said else "空白"
    for words, is_out in ((f"只看{named}", False), (f"排除{named}", True)):
        menu.addAction(words).setData(CellFilter(column, text, is_out))
    menu.addSeparator()


class FilterBar(QWidget):
    """The filters of a list as chips; it is there only while there are any."""

    changed = Signal(object)
    """The filters that are left, as a tuple."""
    unfound = Signal()
    """The words that are looked for were taken away."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("筛选条件")
        self._filters: tuple[CellFilter, ...] = ()
        self._words = ""
        self._chips: list[QPushButton] = []
        self._row = Flow(self, gap=6, fills=False)
        self._row.setContentsMargins(style.px(10), style.px(2), style.px(10), style.px(5))
        self.hide()

    def set_filters(self, filters: Sequence[CellFilter]) -> None:
        """Show these."""
        if self._filters != tuple(filters):
            self._filters = tuple(filters)
            self._show()

    def set_words(self, words: str) -> None:
        """Show what is looked for."""
        if self._words != words:
            self._words = words
            self._show()

    def drop_last(self) -> bool:
        """Take away the newest filter, or the words; False if there are none."""
        if self._filters:
            self._drop(len(self._filters) - 1)
        elif self._words:
            self.unfound.emit()
        else:
            return False
        return True

    def texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self._chips]

    def _show(self) -> None:
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        if self._words:
            self._add(f"含：{self._words}", "words").clicked.connect(self.unfound)
        for number, one in enumerate(self._filters):
            self._add(one.sentence, str(number)).clicked.connect(self._drop_clicked)
        if len(self._chips) > 1:
            clear = self._made(CLEAR, CLEAR)
            clear.setObjectName("link")
            clear.clicked.connect(self._clear)
        self.setVisible(bool(self._chips))

    def _add(self, sentence: str, what: str) -> QPushButton:
        short = sentence if len(sentence) <= MOST else sentence[: MOST - 1] + "…"
        chip = self._made(f"{short}  ×", f"取消筛选：{sentence}")
        chip.setObjectName("chip")
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setProperty("what", what)
        return chip

    def _made(self, text: str, name: str) -> QPushButton:
        made = QPushButton(text)
        made.setAutoDefault(False)
        made.setAccessibleName(name)
        made.setToolTip(name)
        self._row.addWidget(made)
        self._chips.append(made)
        return made

    def _drop_clicked(self) -> None:
        self._drop(int(self.sender().property("what")))

    def _drop(self, number: int) -> None:
        self.changed.emit(tuple(f for n, f in enumerate(self._filters) if n != number))

    def _clear(self) -> None:
        if self._words:
            self.unfound.emit()
        self.changed.emit(())
