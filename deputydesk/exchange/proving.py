"""Reading a bundle of ours again from the stick, after it was taken out and put in once more."""

from functools import partial
from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.exchange import bundle_file
from deputydesk.exchange.bundle_file import Manifest, Refused
from deputydesk.exchange.trust import Circle, circle
from deputydesk.office import Office
from deputydesk.progress import SILENT, Progress
from deputydesk.security.suite import SUITES


def prove(office: Office, path: Path, progress: Progress = SILENT) -> Manifest:
    """Read every byte of a bundle that we made; returns what it says of itself.

    Raises:
        Refused: it is damaged, or not what we wrote.
        UserError: it is not there, or the stick does not give it back.
    """
    if not path.is_file():
        raise UserError(f"没有找到“{path.name}”。", hint="请插好U盘，等它出现以后再核对。")
    progress.step(0, 0, path.name)
    with bundle_file.read(path, partial(_is_ours, office.ask(circle), path)) as bundle:
        return bundle.manifest


def _is_ours(trusted: Circle, path: Path, manifest: Manifest, signature: str, told: bytes) -> None:
    is_signed = manifest.office == trusted.office and any(
        SUITES[key.suite].verify(key.public.sign, signature, told) for key in trusted.keys
    )
    if not is_signed:
        raise Refused(f"“{path.name}”不是本单位写出的文件，或已被改动。", hint="请重新发送一份。")
