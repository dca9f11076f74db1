"""What the program says to the user: the only place that opens a message box."""

from pathlib import Path
from typing import Protocol
from weakref import ref

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

from deputydesk.errors import FieldError, UserError


class ShowsFieldErrors(Protocol):
    """A form: can show at a field what is wrong with it."""

    def show_field_error(self, name: str, sentence: str) -> bool:
        """Show the sentence at the field; False if there is no such field in sight."""
        ...


class _Asked:
    """The form whose values are being worked on."""

    form: "ref[ShowsFieldErrors] | None" = None


def expect_errors_at(form: ShowsFieldErrors) -> None:
    """Let the next `FieldError` be shown at a field of this form."""
    _Asked.form = ref(form)


def forget_form() -> None:
    """The values were taken: no later error belongs to that form."""
    _Asked.form = None


def show_error(error: UserError) -> None:
    """Show what went wrong: at its field if it has one, else in a box."""
    form = _Asked.form() if _Asked.form else None
    forget_form()
    if isinstance(error, FieldError) and form and form.show_field_error(error.field, str(error)):
        return
    box = _box(QMessageBox.Icon.Warning, error.message, error.hint)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def said_by(dialog: QDialog) -> str:
    """What a message says; of other dialogs, what they are called."""
    if isinstance(dialog, QMessageBox):
        return dialog.text() + dialog.informativeText()
    return dialog.windowTitle()


def offer_instead(error: UserError, what: str, which: str) -> bool:
    """Show what went wrong, with a button for what can be done instead; whether that is wanted.

    Args:
        error: why it cannot be done.
        what: words of the button, a verb.
        which: what it would be done to.
    """
    hint = f"{error.hint}\n\n也可以{what}：{which}".strip()
    box = _box(QMessageBox.Icon.Warning, error.message, hint)
    instead = box.addButton(what, QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(box.addButton("知道了", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is instead


def tell(sentence: str, hint: str = "", *, parent: QWidget | None = None) -> None:
    """Say something that must be read before going on."""
    box = _box(QMessageBox.Icon.Information, sentence, hint, parent)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def confirm(question: str, hint: str, yes: str, *, parent: QWidget | None = None) -> bool:
    """Ask before something that cannot be undone; nothing undoable is ever asked about.

    Args:
        question: what is to be done.
        hint: what it means.
        yes: words of the button that does it, a verb: 覆盖, 恢复.
        parent: the window that asks.
    """
    box = _box(QMessageBox.Icon.Question, question, hint, parent)
    do_it = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is do_it


def ask_text(title: str, question: str, *, text: str = "", parent: QWidget | None = None) -> str:
    """Ask for one line; empty if the user cancels."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setTextValue(text)
    dialog.setOkButtonText("确定")
    dialog.setCancelButtonText("取消")
    return dialog.textValue().strip() if dialog.exec() else ""


def ask_file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask which file to read; kinds as Qt writes them: "Excel 文件 (*.xlsx *.xls)"."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def ask_files_to_open(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Ask which files to read, one or several; none if the user cancels."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def ask_file_to_save(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to write a file, with a name proposed; None if the user cancels."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder; None if the user cancels."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def _box(
    icon: QMessageBox.Icon, sentence: str, hint: str, parent: QWidget | None = None
) -> QMessageBox:
    box = QMessageBox(parent or QApplication.activeWindow())
    box.setWindowTitle("代表履职工作台")
    box.setIcon(icon)
    box.setText(sentence)
    box.setInformativeText(hint)
    return box
