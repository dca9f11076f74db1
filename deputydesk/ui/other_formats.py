"""The formats beside PDF in which a form can be saved: for the archives, for further writing."""

from PySide6.QtWidgets import QMenu, QToolButton

from deputydesk.reports import FORMS
from deputydesk.ui.parts import IconButton


class OtherFormats(IconButton):
    """A sign that drops down what else there is; out of sight where there is nothing."""

    def __init__(self) -> None:
        super().__init__("其他格式", "chevron-down")
        menu = QMenu(self)
        self.archival = menu.addAction("存为 PDF/A（归档，长期保存）")
        self.word = menu.addAction("存为 Word（文字可以修改）")
        self.each = menu.addAction("存到文件夹，每人一个文件")
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.offer("")

    def offer(self, form_id: str) -> None:
        """Offer what there is of a form; nothing if it is none."""
        form = FORMS.get(form_id)
        self.setVisible(form is not None)
        self.word.setVisible(bool(form and form.write_docx))
        self.each.setVisible(bool(form and form.each))
