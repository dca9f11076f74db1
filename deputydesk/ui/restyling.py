"""Showing everything larger or smaller, or in other colours, and keeping it so on this PC."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication

from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.room import fitting
from deputydesk.ui.style import Theme

CONTRAST = "contrast"
CHOICES = (("system", "跟随系统"), ("light", "浅色"), ("dark", "深色"), (CONTRAST, "高对比度"))
"""What colours may be chosen; where the system asks for strong contrast, it always gets it."""


def restyle(desk: Desk, *, scale: float | None = None, theme: str | None = None) -> None:
    """Change text size or colours; what is not given stays."""
    kept = desk.preferences
    kept.scale = scale or kept.scale
    kept.theme = theme or kept.theme
    kept.save(desk.folder)
    show(kept)
    if scale and style.scale() < scale:
        desk.say("这块屏幕放不下这么大的字，已按屏幕缩小")


def show(kept: Preferences) -> None:
    """Give the whole program the colours and the text size of this PC."""
    app = QApplication.instance()
    assert isinstance(app, QApplication), "a page is shown by a program with windows"
    style.apply(app, chosen(kept.theme), fitting(kept.scale))


def asks_for_contrast() -> bool:
    """Whether the system is set to strong contrast."""
    hints = QGuiApplication.styleHints()  # held here: PySide6 lets go of what is asked of it
    if not _can_tell_contrast(hints):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _can_tell_contrast(hints: QStyleHints) -> bool:
    """Whether this Qt knows what the system is set to: those before 6.10 do not."""
    return hasattr(hints, "accessibility")


def is_dark_outside() -> bool:
    """Whether the system's own windows are dark."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def chosen(name: str) -> Theme:
    """The colours meant by a choice."""
    is_asked = asks_for_contrast()
    if is_asked or name == CONTRAST:
        from deputydesk.ui.contrast import contrasting, own_palette, system_palette

        app = QApplication.instance()
        assert isinstance(app, QApplication), "colours are chosen for a program with windows"
        return contrasting(system_palette(app) if is_asked else own_palette())
    if name == "system":
        return style.DARK if is_dark_outside() else style.LIGHT
    return style.THEMES.get(name, style.LIGHT)


class SystemLook(QObject):
    """Follows the system when its owner changes its colours."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self._preferences = preferences
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self.follow)
        if _can_tell_contrast(self._hints):
            self._hints.accessibility().contrastPreferenceChanged.connect(self.follow)

    def follow(self) -> None:
        """Look again what the system wants."""
        show(self._preferences)
