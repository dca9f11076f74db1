"""What is kept when the program ends: how the window looked, a backup, the first page."""

from pathlib import Path
from typing import TYPE_CHECKING

from deputydesk.errors import UserError
from deputydesk.exchange import backup, device
from deputydesk.office import Office
from deputydesk.operations import accounts
from deputydesk.security import veil
from deputydesk.ui import arranging, days_ahead, last_look, messages
from deputydesk.ui.command_line import Wanted

if TYPE_CHECKING:
    from deputydesk.ui.main_window import MainWindow


def keep(wanted: Wanted, window: "MainWindow", office: Office) -> None:
    """Keep what the next start wants, and let go of the data."""
    if isinstance(wanted.target, Path):
        last_look.keep(wanted.folder, window, is_secret=is_secret(office))
    if not wanted.is_demo:
        back_up(office)
    arranging.end_all()
    keep_days(wanted.folder, office)
    office.close()


def is_secret(office: Office) -> bool:
    """Whether nothing of the data may lie beside it in clear: one signs in, or it is encrypted."""
    return veil.is_hung() or office.ask(accounts.is_on)


def keep_days(folder: Path, office: Office) -> None:
    """Keep what the first page will show, where nothing is secret."""
    if is_secret(office):
        days_ahead.forget(folder)
    else:
        days_ahead.keep(office, folder)


def _go_on(data: Path) -> None:
    from deputydesk.exchange import encryption  # where it is encrypted

    encryption.go_on(data)


def back_up(office: Office) -> None:
    """Make the backup at closing; if it cannot be made, that is said, and all the same closed."""
    device.note(office)
    try:
        backup.at_close(office)
        if office.data.path and veil.is_hung():
            _go_on(office.data.path)
    except UserError as error:
        messages.show_error(error)
