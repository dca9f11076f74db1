"""Showing everything larger or smaller, or in other colours, and keeping it so on this PC."""

from PySide6.QtWidgets import QApplication

from deputydesk.ui import style
from deputydesk.ui.desk import Desk


def restyle(desk: Desk, *, scale: float | None = None, theme: str | None = None) -> None:
    """Change text size or colours; what is not given stays."""
    kept = desk.preferences
    kept.scale = scale or kept.scale
    kept.theme = theme or kept.theme
    kept.save(desk.folder)
    app = QApplication.instance()
    assert isinstance(app, QApplication), "a page is shown by a program with windows"
    style.apply(app, style.THEMES[kept.theme], kept.scale)
