"""Keys of encrypted data files: each wrapped by a password and by the paper, beside its file.

The file is encrypted with random bytes, which never change; `office.db.key` says how the password
gives them back. So a new password rewrites the small file alone, by one rename. What was unlocked
stays known as long as the program runs.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from deputydesk.database.disk import disk_faults, sync_file, sync_folder
from deputydesk.errors import FieldError, NeedsPassword, UserError
from deputydesk.late import dataclass, replace
from deputydesk.paths import key_file

MAGIC = b"SQLite format 3\0"
"""How a file begins that is not encrypted."""
SIZE = 32
"""Bytes of a key."""
_NOTE = "这是加密数据的钥匙文件，没有密码打不开。请不要删除，复制数据或备份时一起带走。"
_WRONG = "密码不对。"
_HINT = "请检查大小写。忘记密码的，可以用恢复密钥。"


@dataclass(frozen=True)
class Wrapped:
    """A key, as a password and the paper give it back.

    Args:
        id: tells the key from others; it does not say it.
        verifier: proves the password.
        sealed: the key, which only the password opens.
        paper: the public key of the paper in the safe; empty if there is none.
        rescue: the key, which only the paper opens; empty if there is none.
    """

    id: str
    verifier: str
    sealed: str
    paper: str = ""
    rescue: str = ""


_known: dict[str, bytes] = {}
_at: dict[Path, bytes] = {}


def is_encrypted(data: Path) -> bool:
    """Whether a file is encrypted; cheap where no file of keys lies about."""
    return bool(_wrapped(data)) and not _is_open(data)


def needs_password(data: Path) -> bool:
    """Whether a file cannot be opened before somebody gives its password."""
    return is_encrypted(data) and not _known_of(data)


def keys_of(data: Path) -> list[bytes]:
    """The keys that a file may need and that are known; none: it needs none.

    They are several only where a restore was cut short between the file and its file of keys.

    Raises:
        NeedsPassword: it needs one that nobody gave.
    """
    known = _known_of(data)
    if not known and is_encrypted(data):
        raise NeedsPassword(f"“{data}”加了密，要先输入密码。", hint="请输入给数据加密时设的密码。")
    return known


def key_of(data: Path) -> bytes | None:
    """The key of a file that is unlocked; None if it needs none.

    Raises:
        NeedsPassword: it needs one that nobody gave.
    """
    return next(iter(keys_of(data)), None)


def _known_of(data: Path) -> list[bytes]:
    if _is_open(data):
        return []
    if followed := _at.get(data.resolve()):
        return [followed]
    return [_known[one.id] for one in _wrapped(data) if one.id in _known]


def key_for_new(data: Path) -> bytes | None:
    """The key that was prepared for a file which is not there yet; None: it stays open to all."""
    return next((_known[one.id] for one in _read(key_file(data)) if one.id in _known), None)


def follow(data: Path, key: bytes) -> None:
    """Keep in mind which key a copy has that lies here without a file of keys; empty: none."""
    if key:
        _at[data.resolve()] = key
    else:
        _at.pop(data.resolve(), None)


def forget() -> None:
    """Know no key any more: as the program is when it starts."""
    _known.clear()
    _at.clear()


def refuse_weak(password: str) -> None:
    """Refuse a password that is easily guessed.

    Raises:
        FieldError: it is.
    """
    from deputydesk.rules.sign_in import weakness

    if sentence := weakness(password, ""):
        raise FieldError("new", sentence, hint="建议用几个词连起来，好记又难猜。")


def prepare(data: Path, password: str, paper: str = "") -> bytes:
    """Make a key for a data file, wrap it and write it beside; returns it.

    Keys that are there already stay, since the file may still need them: `settle` removes them.

    Args:
        data: the file, which need not be there.
        password: opens it.
        paper: the public key of a paper that opens it as well.

    Raises:
        FieldError: the password is too weak.
        UserError: the disk refused.
    """
    refuse_weak(password)
    key = secrets.token_bytes(SIZE)
    made = _wrap(key, password)
    if paper:
        made = replace(made, paper=paper, rescue=_for_paper(paper, key))
    _write(key_file(data), [*_read(key_file(data)), made])
    _learn(key)
    return key


def settle(data: Path) -> None:
    """Let the file of keys hold only the one that the data needs; none: it goes.

    Raises:
        UserError: the disk refused.
    """
    to = key_file(data)
    if _is_open(data):
        with disk_faults(to):
            to.unlink(missing_ok=True)
        return
    needed = [_id(key) for key in _known_of(data)]
    kept = _read(to)
    mine = [one for one in kept if [one.id] == needed]
    if mine and mine != kept:
        _write(to, mine[:1])


def unlock(data: Path, password: str) -> None:
    """Open a file for this run of the program.

    Raises:
        FieldError: the password is wrong.
    """
    found = _wrapped(data)
    for one in found:
        key = _opened(one, password)
        if key and (len(found) == 1 or _fits(key, data)):
            _remember(data, one, key)
            return
    raise FieldError("password", _WRONG, hint=_HINT)


def unlock_with_paper(data: Path, typed: str, new: str) -> None:
    """Open a file with the paper from the safe, and give it a new password.

    Raises:
        FieldError: the paper was not typed as it stands there or is another one, or the new
            password is too weak.
    """
    from deputydesk.security import paper_key  # its cryptography costs time, at every start
    from deputydesk.security.suite import SealError

    digits = _digits(typed)
    refuse_weak(new)
    for one in _wrapped(data):
        with suppress(SealError):
            key = paper_key.unseal(digits, one.rescue) if one.rescue else b""
            if _id(key) == one.id:
                _remember(data, one, key)
                _rewrap(data, key, new)
                return
    raise FieldError("paper", "这张纸上的恢复密钥打不开这份数据。", hint="请找最近打印的那一张。")


def is_password(data: Path, password: str) -> bool:
    """Whether a password is the one that opens a file."""
    return any(_opened(one, password) for one in _wrapped(data))


def change_password(data: Path, old: str, new: str) -> None:
    """Let another password open a file and its backups here; the data itself is not touched.

    Raises:
        FieldError: the old password is wrong, or the new one too weak.
        UserError: the disk refused; one of the two passwords opens each.
    """
    refuse_weak(new)
    found = ((one, _opened(one, old)) for one in _read(key_file(data)))
    key = next((key for _, key in found if key), None)
    if key is None:
        raise FieldError("old", _WRONG, hint=_HINT)
    _rewrap(data, key, new)


def set_paper(data: Path, public: str) -> None:
    """Let a paper open a file and its backups here; an older paper opens them no more.

    Args:
        data: unlocked.
        public: key of the paper.

    Raises:
        UserError: the disk refused.
    """
    key = key_of(data)
    assert key, "caller checks that it is encrypted"
    rescue = _for_paper(public, key)
    for file in _files(data):
        _change(file, _id(key), paper=public, rescue=rescue)


def paper_of(data: Path) -> str:
    """The public key of the paper that opens a file; empty if there is none."""
    return next((one.paper for one in _wrapped(data)), "")


def take_along(data: Path, to: Path) -> None:
    """Lay the wrapped key of a file beside a copy of it.

    Raises:
        UserError: the disk refused.
    """
    if is_encrypted(data) and (found := _wrapped(data)):
        with disk_faults(to):
            to.parent.mkdir(parents=True, exist_ok=True)
        _write(key_file(to), found)


def admit(data: Path, source: Path) -> None:
    """Let the file of keys hold the key of a copy that will take the data's place, too.

    Raises:
        UserError: the disk refused.
    """
    ours = _read(key_file(data))
    new = [one for one in _wrapped(source) if one.id not in {mine.id for mine in ours}]
    if new and is_encrypted(source):
        _write(key_file(data), [*ours, *new])


def _remember(data: Path, one: Wrapped, key: bytes) -> None:
    """Know the key; a key file that was lost or damaged is made good."""
    _learn(key)
    to = key_file(data)
    if one.id not in {mine.id for mine in _read(to)}:
        with suppress(UserError):  # the data can be read all the same
            _write(to, [one])


def _fits(key: bytes, data: Path) -> bool:
    from deputydesk.database import driver  # which asks here for keys

    return driver.opens(driver.cipher(key), data)


def _rewrap(data: Path, key: bytes, password: str) -> None:
    """The data's own file first: were the power to go, backups would keep the old password."""
    new = _wrap(key, password)
    for file in _files(data):
        _change(file, new.id, verifier=new.verifier, sealed=new.sealed)


def _files(data: Path) -> Sequence[Path]:
    """The files of keys of the data and of its backups."""
    return key_file(data), *_beside(data)


def _change(file: Path, named: str, **values: str) -> None:
    found = _read(file)
    if named in {one.id for one in found}:
        _write(file, [replace(one, **values) if one.id == named else one for one in found])


def _wrapped(data: Path) -> list[Wrapped]:
    """The wrapped keys of a file; where its own are lost, those of its backups, newest first."""
    if own := _read(key_file(data)):
        return own
    if _is_open(data):
        return []
    lost: list[Wrapped] = []
    return next((found for file in _beside(data) if (found := _read(file))), lost)


def _beside(data: Path) -> list[Path]:
    folders = (data.parent / "backups", data.parent)
    found = (file for folder in folders for file in folder.glob("*.db.key"))
    return sorted((file for file in found if file != key_file(data)), reverse=True)


def _read(file: Path) -> list[Wrapped]:
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8"))
        return [Wrapped(**one) for one in told["keys"] if all(map(_is_text, one.values()))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _write(file: Path, keys: Iterable[Wrapped]) -> None:
    told = {"note": _NOTE, "keys": [{name: getattr(one, name) for name in _FIELDS} for one in keys]}
    part = file.with_name(file.name + ".part")
    try:
        with disk_faults(file):
            part.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
            sync_file(part)
            part.replace(file)
            sync_folder(file.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


_FIELDS = ("id", "verifier", "sealed", "paper", "rescue")


def _is_open(data: Path) -> bool:
    """Whether a file says in clear that it is SQLite's, or is not there at all."""
    try:
        with data.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError:
        return True
    return head in {b"", MAGIC}


def _wrap(key: bytes, password: str) -> Wrapped:
    from deputydesk.security import passwords  # as above

    made = passwords.lock(password, key)
    return Wrapped(_id(key), made.verifier, made.sealed)


def _for_paper(public: str, key: bytes) -> str:
    from deputydesk.security import paper_key  # as above

    return paper_key.seal(public, key)


def _opened(one: Wrapped, password: str) -> bytes | None:
    from deputydesk.security import passwords  # as above
    from deputydesk.security.suite import SealError

    try:
        return passwords.unlock(password, passwords.Locked(one.verifier, one.sealed))
    except (SealError, ValueError):  # the file of keys was altered
        return None


def _digits(typed: str) -> str:
    from deputydesk.rules import paper_keys

    groups = paper_keys.split(typed)
    if wrong := paper_keys.wrong(groups):
        places = "、".join(str(place + 1) for place in wrong)
        raise FieldError("paper", f"第{places}组数字与恢复密钥不符。", hint="请对照纸上重新输入。")
    return paper_keys.digits_of(groups)


def _learn(key: bytes) -> None:
    _known[_id(key)] = key


def _id(key: bytes) -> str:
    return hashlib.sha256(b"deputydesk data key\n" + key).hexdigest()[:16]
