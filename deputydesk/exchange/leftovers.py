"""What a program that was killed left beside the data, in clear: gone when the data is opened."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from deputydesk.database import data_keys
from deputydesk.database.key_files import looks_encrypted
from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.paths import REHEARSAL, WORKING, attachments_folder, key_file
from deputydesk.security import veil
from deputydesk.security.veil import Veil

_MADE = r"{}\.(converted|restore)(\.converted)?(\.part)?(-journal|\.lock|\.key)?"
"""How files are called that were to take the place of the data."""
_COPY = r"{}-\d{{8}}-\d{{6}}-.+\.db(\.converted(\.part)?|\.part)(-journal)?"
"""How files are called that were to become backups, or to take the place of one."""
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
    folder, key = data.parent, office.data.key
    refusals = suppress(OSError, UserError)  # a disk that refuses is said where one works
    with refusals:
        for file in [*_unfinished(data), *veil.parts(folder)]:
            veil.remove(file)
    if key:
        with refusals:
            veil.reseal(folder, veil.OPEN, Veil.of(key))
    with refusals:
        # A key that the data needs no more may be of data that somebody gave another name.
        if key or (key_file(data).exists() and not any(map(looks_encrypted, folder.iterdir()))):
            data_keys.settle(data)


def _unfinished(data: Path) -> Iterator[Path]:
    made = re.compile(_MADE.format(re.escape(data.name)))
    for file in data.parent.iterdir():
        is_work = file.name.startswith((WORKING, REHEARSAL)) or file.name == _PREVIEW
        if is_work or made.fullmatch(file.name):
            yield file
    yield from attachments_folder(data).glob("*.part")
    copied = re.compile(_COPY.format(re.escape(data.stem)))
    for file in (data.parent / "backups").glob("*"):
        if file.name.startswith(REHEARSAL) or copied.fullmatch(file.name):
            yield file
