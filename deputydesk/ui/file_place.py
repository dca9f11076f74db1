"""Showing where a file lies, in the system's own file window."""

import sys
from pathlib import Path

from deputydesk.errors import UserError


def show(file: Path) -> None:
    """Open the folder of a file that was written; on Windows the file is marked there.

    Raises:
        UserError: the folder is not there any more, as when a stick was taken out.
    """
    if not file.parent.is_dir():
        raise UserError(f"找不到“{file.parent}”。", hint="在U盘上的，请先插好U盘。")
    _open(file)


if sys.platform == "win32":  # pragma: no cover - the other system's branch
    import subprocess

    def _open(file: Path) -> None:
        """Explorer reads its command line in a way of its own: one string, quoted by hand."""
        shown = f'/select,"{file.absolute()}"' if file.exists() else f'"{file.parent.absolute()}"'
        subprocess.Popen(f"explorer.exe {shown}")  # noqa: S603 - a name holds no quotation mark
else:

    def _open(file: Path) -> None:
        """Other systems mark nothing."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
