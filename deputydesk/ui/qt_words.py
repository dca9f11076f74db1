"""Qt's own buttons, menus and dialogs in Chinese."""

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from deputydesk.late import override

MISSING = {
    "&Look in:": "查找范围(&I)：",
    "Files of &type:": "文件类型(&T)：",
    "Page &Set:": "页面范围(&S)：",
    "Page &order:": "页面顺序(&O)：",
    "Pages &per sheet:": "每张页数(&P)：",
}
"""What Qt's own file of Chinese lacks."""


class MissingWords(QTranslator):
    """Says what Qt's own translation leaves in English."""

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return MISSING.get(sourceText) if context.startswith("Q") else None

    @override
    def isEmpty(self) -> bool:
        return False


def speak_chinese(app: QApplication) -> tuple[QObject, ...]:
    """Have Qt speak Chinese; returns what does it, which lives as long as the application."""
    words, missing = QTranslator(app), MissingWords(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    words.load("qtbase_zh_CN", folder)
    app.installTranslator(missing)
    app.installTranslator(words)  # the last one is asked first
    return words, missing
