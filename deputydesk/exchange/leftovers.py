"""What a program that was killed left beside the data, in clear: gone when the data is opened."""

import re
from contextlib import suppress

from deputydesk.database import data_keys
from deputydesk.database.key_files import looks_encrypted
from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.paths import WORKING, key_file
from deputydesk.security import veil
from deputydesk.security.veil import Veil

_MADE = r"{}\.(converted|restore)(\.converted)?(\.part)?(-journal|\.lock|\.key)?"
"""How files are called that were to take the place of the data."""
_PREVIEW = "preview"
"""Papers that were about to be shown lie there while they are made."""


def sweep(office: Office) -> None:
    """Remove what is nobody's, and seal what the data's key is to seal.

    The office is open, so no other program works with its file: whatever else one of them made
    beside it was left behind. Data on a server is open to many.
    """
    data = office.data.path
    if data is None:
        return
    folder, made = data.parent, re.compile(_MADE.format(re.escape(data.name)))
    with suppress(OSError, UserError):  # a disk that refuses is said where one works
        for file in folder.iterdir():
            if file.name.startswith(WORKING) or file.name == _PREVIEW or made.fullmatch(file.name):
                veil.remove(file)
        if key := office.data.key:
            data_keys.settle(data)
            veil.reseal(folder, veil.OPEN, Veil.of(key))
        elif key_file(data).exists() and not any(map(looks_encrypted, folder.iterdir())):
            data_keys.settle(data)  # else it may be of data that somebody gave another name
