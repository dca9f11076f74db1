"""The join file: it makes another PC one of the office's own; sealed with words told by mouth."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import cattrs
from cattrs.errors import BaseValidationError

from deputydesk.database import disk_faults
from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import cards
from deputydesk.office import Office, User
from deputydesk.operations import joining
from deputydesk.operations.joining import Enrolled, Pair
from deputydesk.rules.office_codes import is_code
from deputydesk.rules.sign_in import weakness
from deputydesk.security import passwords
from deputydesk.security.passwords import Locked
from deputydesk.security.suite import SUITES, SealError

SUFFIX = ".ddjoin"
LARGEST = 5_000_000


@dataclass(frozen=True)
class Joining:
    """What the second PC takes over.

    Args:
        office: code of the office.
        name: what it is called.
        keys: its keys, the newest last.
        partners: whom it was enrolled with.
    """

    office: str
    name: str
    keys: tuple[Pair, ...]
    partners: tuple[Enrolled, ...]


def write(office: Office, folder: Path, words: str) -> Path:
    """Write the join file into a folder; the words are told to the other PC by mouth.

    Raises:
        NotAllowed: only a head may.
        FieldError: the words are easily guessed.
        UserError: the disk refused.
    """
    if sentence := weakness(words, office.code):
        raise FieldError("words", sentence.replace("密码", "口令"))
    own = cards.own(office)
    to = folder / f"{office.code}{SUFFIX}"
    office.do(joining.note_given, file=to.name)
    told = Joining(
        office.code,
        own.name,
        tuple(office.ask(joining.pairs)),
        tuple(office.ask(joining.enrolled)),
    )
    secret = passwords.new_secret()
    locked = passwords.lock(words, secret)
    content = passwords.seal(secret, json.dumps(asdict(told), ensure_ascii=False).encode())
    text = json.dumps({"fmt": 1, **asdict(locked), "content": content})
    part = to.with_name(to.name + ".part")
    with disk_faults(to):
        part.write_text(text, encoding="utf-8")
        part.replace(to)
    return to


def read(path: Path, words: str) -> Joining:
    """What is in a join file.

    Raises:
        FieldError: other words.
        UserError: it is no join file.
    """
    found = _outside(path)
    try:
        locked = Locked(str(found["verifier"]), str(found["sealed"]))
        secret = passwords.unlock(words, locked)
        if secret is None:
            raise FieldError("words", "口令不对。", hint="请向写出这个文件的人再问一遍。")
        inside = json.loads(passwords.unseal(secret, str(found["content"])))
        joined = cattrs.structure(inside, Joining)
    except (SealError, ValueError, KeyError, TypeError, BaseValidationError) as error:
        raise _no_file(path) from error
    keys = [(key.suite, key.sign) for key in joined.keys]
    if not keys or not is_code(joined.office) or any(suite not in SUITES for suite, _ in keys):
        raise _no_file(path)
    return joined


def join(target: Path, joined: Joining, *, clock: Callable[[], datetime], user: User) -> Office:
    """Make the data of the second PC; it fills when the first one's stick is taken in.

    Raises:
        UserError: there is data already, or the disk refused; nothing is left.
    """
    office = Office.create(target, code=joined.office, clock=clock, user=user)
    try:
        office.do(joining.take_over, keys=joined.keys, offices=joined.partners)
    except BaseException:
        office.close()
        target.unlink(missing_ok=True)
        raise
    office.learn()
    return office


def _outside(path: Path) -> dict[str, Any]:  # Any: JSON
    try:
        with path.open("rb") as file:
            found: object = json.loads(file.read(LARGEST))
    except OSError as error:
        raise UserError(f"“{path.name}”读不出来。", hint="请重新插好U盘再试。") from error
    except (ValueError, RecursionError) as error:
        raise _no_file(path) from error
    if not isinstance(found, dict):
        raise _no_file(path)
    told = cast("dict[str, Any]", found)  # Any: as above
    if told.get("fmt") != 1:
        raise _no_file(path)
    return told


def _no_file(path: Path) -> UserError:
    return UserError(f"“{path.name}”不是加入文件，或已损坏。", hint="请在第一台电脑上重新写出。")
