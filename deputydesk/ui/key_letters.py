"""Alt and a letter go to a field or press a button; while Alt is held, the letters are shown.

Where there are more than letters and digits, the rest is pressed after a 0: Alt and 0, then A.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QDialog,
    QScrollArea,
    QWidget,
)
from typing_extensions import override

from deputydesk.rules.key_letters import KEYS, MORE, assign
from deputydesk.ui import style
from deputydesk.ui.fields import Field
from deputydesk.ui.focus_order import field_of
from deputydesk.ui.form import Form
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.tally_grid import NumberEdit

AFTER_MS = 250
"""So long Alt must be held: somebody who presses Alt and a letter at once need not look."""
HEARD = "hears Alt"
OURS = "deputydesk."
"""Qt's own windows, to choose files and to tell, have letters of their own."""
SIZE, WIDER = 18, 8
"""Of a letter shown, and by how much two are wider; in standard pixels."""
_LETTERS = {Qt.Key[f"Key_{letter}"]: letter for letter in (*KEYS, MORE)}
_GONE = {
    QEvent.Type.FocusOut,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.Resize,
    QEvent.Type.Close,
}


class KeyLetters(QObject):
    """Hears Alt in the main window and in every dialog that opens."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.shown: Letters | None = None
        self._begun = ""
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self.show)
        app.focusWindowChanged.connect(self._hear)
        self._hear(app.focusWindow())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and QApplication.activePopupWidget() is None:
            if event.type() == QEvent.Type.KeyPress:
                return self._press(event)
            if event.key() == Qt.Key.Key_Alt:
                self._hide()
        elif event.type() in _GONE:
            self._begun = ""
            self._hide()
        return False

    def _hear(self, window: QWindow | None) -> None:
        top = QApplication.activeWindow()
        is_dialog = isinstance(top, QDialog) and type(top).__module__.startswith(OURS)
        if window is None or window.property(HEARD) or not (is_dialog or top is self._window):
            return
        window.setProperty(HEARD, True)
        window.installEventFilter(self)

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt:
            if not event.isAutoRepeat():
                self._timer.start()
            return False
        letter, self._begun = f"{self._begun}{_LETTERS.get(Qt.Key(event.key()), '')}", ""
        was_shown = self.shown is not None
        self._hide()
        top = QApplication.activeWindow()
        if event.modifiers() != Qt.KeyboardModifier.AltModifier or top is None:
            return False
        letters = letters_of(top)
        if letter == MORE and any(len(known) > 1 for known in letters):
            self._begun = letter
            if was_shown:
                self.show()
            return True
        to = letters.get(letter)
        if to is None or not (to.isVisible() and to.isEnabled()):
            return False
        use(to)
        return True

    def show(self) -> None:
        """Show the letters of the window in use until the next key or click."""
        top = QApplication.activeWindow()
        if top is not None and QApplication.activePopupWidget() is None:
            self.shown = Letters(top)

    def _hide(self) -> None:
        self._timer.stop()
        if self.shown is not None:
            self.shown.hide()
            self.shown.deleteLater()
            self.shown = None


class Letters(QWidget):
    """Lies over a window and shows at each control its letter."""

    def __init__(self, top: QWidget) -> None:
        super().__init__(top)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(top.rect())
        in_sight = [
            (letter, to)
            for letter, to in letters_of(top).items()
            if to.isVisible() and to.isEnabled() and not to.visibleRegion().isEmpty()
        ]
        self.places = dict[str, QRect]()
        for letter, to in in_sight:
            place = _place(to, top, letter)
            while any(place.intersects(other) for other in self.places.values()):
                place.translate(-place.width(), 0)
            self.places[letter] = place
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        c = style.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.font(12, bold=True))
        for letter, place in self.places.items():
            painter.setPen(QColor(c.surface))
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(place, 4, 4)
            painter.setPen(QColor(c.on_accent))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letter)
        painter.end()


def letters_of(top: QWidget) -> dict[str, QWidget]:
    """The letters of a window and where each goes; those of hidden fields are kept free.

    The bars round the pages have keys of their own.
    """
    scope = top.page if isinstance(top, MainWindow) else top
    if scope is None:
        return {}
    targets = dict[QWidget, str]()
    for control, name in (*_main_buttons(scope), *_fields(scope), *_others(scope)):
        targets.setdefault(control, name)
    found = zip(assign(list(targets.values())), targets, strict=True)
    return {letter: control for letter, control in found if letter}


def use(control: QWidget) -> None:
    """Go to a control, and press it if it is a button."""
    up = control.parentWidget()
    while up is not None:
        if isinstance(up, QScrollArea):
            up.ensureWidgetVisible(control)
        up = up.parentWidget()
    is_button = isinstance(control, QAbstractButton)
    if not is_button or control.focusPolicy() != Qt.FocusPolicy.NoFocus:
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if isinstance(control, QAbstractButton) and not control.group():
        control.click()


def _main_buttons(scope: QWidget) -> Iterator[tuple[QWidget, str]]:
    for button in scope.findChildren(QAbstractButton, "primary"):
        if button.isVisible():
            yield button, _name(button)


def _fields(scope: QWidget) -> Iterator[tuple[QWidget, str]]:
    for field in scope.findChildren(Field):
        form = _form_of(field)
        if not (form if form is not None else field).isVisible() or field.findChildren(Field):
            continue
        entry = _entry(field.control)
        if entry is not None:
            yield entry, field.text


def _others(scope: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What else one presses or goes to: buttons, lists, one of each row of chips and each grid."""
    grids = set[QWidget | None]()
    for control in scope.findChildren(QWidget):
        is_meant = control.isVisible() and control.isEnabled() and _takes_focus(control)
        inside = control.widget() if isinstance(control, QScrollArea) else None
        is_meant = is_meant and not (inside and _entry(inside))  # the chart in it, not its frame
        field = field_of(control)
        if not is_meant or (field is not None and not field.findChildren(Field)):
            continue
        if isinstance(control, NumberEdit):  # its arrows go to the other cells
            if control.parentWidget() in grids:
                continue
            grids.add(control.parentWidget())
        group = control.group() if isinstance(control, QAbstractButton) else None
        if group and group.exclusive():
            of = control.parentWidget()
            yield group.checkedButton() or control, of.accessibleName() if of else ""
        else:
            yield control, _name(control)


def _takes_focus(control: QWidget) -> bool:
    may = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return may and control.focusProxy() is None


def _entry(control: QWidget) -> QWidget | None:
    """The part of a field that takes the keys."""
    while (proxy := control.focusProxy()) is not None:
        control = proxy
    if _takes_focus(control):
        return control
    return next((part for part in control.findChildren(QWidget) if _takes_focus(part)), None)


def _form_of(field: Field) -> Form | None:
    up: QWidget | None = field
    while up is not None and not isinstance(up, Form):
        up = up.parentWidget()
    return up


def _name(control: QWidget) -> str:
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return text.strip() or control.accessibleName()


def _place(control: QWidget, top: QWidget, letter: str) -> QRect:
    """Where the letter is shown: at a field beside its name, at a button below its words."""
    at = QRect(control.mapTo(top, QPoint(0, 0)), control.size())
    made = QRect(0, 0, style.px(SIZE + WIDER * (len(letter) - 1)), style.px(SIZE))
    if isinstance(control, QAbstractItemView):
        made.moveTopLeft(at.topLeft())
    elif isinstance(control, QCheckBox):
        behind = at.left() + control.sizeHint().width() + made.width()
        made.moveCenter(QPoint(behind, at.center().y()))
    elif isinstance(control, QAbstractButton):
        made.moveCenter(QPoint(at.center().x(), at.bottom() + style.px(4)))
    else:
        made.moveCenter(QPoint(at.right() - made.width(), at.top() - style.px(4)))
    edge = top.rect()
    made.moveLeft(max(0, min(made.left(), edge.right() - made.width())))
    made.moveTop(max(0, min(made.top(), edge.bottom() - made.height())))
    return made
