"""The line below a counting sheet: whether what was typed adds up."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from deputydesk.errors import FieldError
from deputydesk.ui import style
from deputydesk.ui.style import Tone
from deputydesk.ui.tally_grid import TallyGrid


class TallySum(QLabel):
    """Says it in a sentence, in red where something is wrong; a screen reader says it too."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("faint")
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, sentence: str, *, is_wrong: bool = False) -> None:
        """Show this sentence."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        ink = style.ink(Tone.RED).text if is_wrong else style.theme().sub
        self.setStyleSheet(f"color:{ink};")

    def judge(self, problems: Sequence[FieldError], grid: TallyGrid, rows: str) -> None:
        """Say what does not agree: of the papers as a whole first, then how many rows.

        rows: what a row is counted as, as 名代表.
        """
        wrong = grid.check()
        if problems:
            self.say(problems[0].message, is_wrong=True)
        elif wrong:
            restored = grid.restored_from
            kept = f"（已恢复{restored:%m月%d日 %H:%M}没保存的数字）" if restored else ""
            self.say(f"票数相符，还有{wrong}{rows}没有对上。{kept}")
        else:
            self.say("全部对上。")
