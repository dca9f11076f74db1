"""Keys of encrypted data files: each wrapped by a password and by the paper, beside its file.

The file is encrypted with random bytes, which never change; `office.db.key` says how the password
gives them back. So a new password rewrites the small file alone, by one rename. What was unlocked
stays known as long as the program runs.
"""

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from deputydesk.database import key_files, wrapping
from deputydesk.database.disk import disk_faults
from deputydesk.database.key_files import Wrapped, is_open
from deputydesk.errors import FieldError, NeedsPassword, UserError
from deputydesk.late import replace
from deputydesk.paths import key_file

SIZE = 32
"""Bytes of a key."""
_WRONG = "密码不对。"
_HINT = "请检查大小写。忘记密码的，可以用恢复密钥。"

_known: dict[str, bytes] = {}
_wraps: dict[str, Wrapped] = {}
_at: dict[Path, bytes] = {}


def is_encrypted(data: Path) -> bool:
    """Whether a file is encrypted; cheap where it says in clear that it is not."""
    return not is_open(data) and (bool(_wrapped(data)) or key_files.looks_encrypted(data))


def needs_password(data: Path) -> bool:
    """Whether a file cannot be opened before somebody gives its password, which can be proved.

    Of one that is gone its file of keys says so: what takes its place will be encrypted as well.
    """
    if key_files.is_gone(data):
        return bool(key_files.read(key_file(data))) and key_for_new(data) is None
    return not is_open(data) and bool(_wrapped(data)) and not _known_of(data)


def key_of(data: Path) -> bytes | None:
    """The key of a file that is unlocked; None if it needs none.

    Raises:
        NeedsPassword: it needs one that nobody gave.
        UserError: it is encrypted, and the file of its keys is lost.
    """
    if (key := _fitting(data)) or not is_encrypted(data):
        return key
    if not _wrapped(data):
        raise key_files.lost(data)
    raise locked(data)


def locked(data: Path) -> NeedsPassword:
    """The sentence for a file whose password nobody gave."""
    return NeedsPassword(f"“{data}”加了密，要先输入密码。", hint="请输入给数据加密时设的密码。")


def _fitting(data: Path) -> bytes | None:
    """The known key of a file; of several, as a cut restore leaves them, the one that opens it."""
    known = _known_of(data)
    if len(known) > 1:
        return next((key for key in known if _fits(key, data)), known[0])
    return known[0] if known else None


def _known_of(data: Path) -> list[bytes]:
    """The keys that a file may need and that are known.

    A backup that was copied without its file of keys may have the key of the data here.
    """
    if is_open(data):
        return []
    if followed := _at.get(data.resolve()):
        return [followed]
    named = [_known[one.id] for one in _wrapped(data) if one.id in _known]
    return named or [key for key in _known.values() if _fits(key, data)]


def key_for_new(data: Path) -> bytes | None:
    """The key prepared last for a file that is not there yet; None: it stays open to all."""
    mine = reversed(key_files.read(key_file(data)))
    return next((_known[one.id] for one in mine if one.id in _known), None)


def key_for_next(data: Path) -> bytes | None:
    """The key that what takes the place of a file is to have; None: the file is open to all.

    One that is gone was encrypted if its file of keys is there.

    Raises:
        NeedsPassword: nobody gave its password.
        UserError: it is encrypted, and the file of its keys is lost.
    """
    if needs_password(data):
        raise locked(data)
    return key_for_new(data) if key_files.is_gone(data) else key_of(data)


def follow(data: Path, key: bytes) -> None:
    """Keep in mind which key a copy has that lies here without a file of keys; empty: none."""
    if key:
        _at[data.resolve()] = key
    else:
        _at.pop(data.resolve(), None)


def forget() -> None:
    """Know no key any more: as the program is when it starts."""
    _known.clear()
    _wraps.clear()
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
    made = wrapping.wrap(key, password)
    if paper:
        made = replace(made, paper=paper, rescue=wrapping.for_paper(paper, key))
    key_files.write(key_file(data), [*key_files.read(key_file(data)), made])
    _learn(made, key)
    return key


def settle(data: Path, before: Sequence[Wrapped] = ()) -> None:
    """Let the file of keys hold only the one that the data needs; none: it goes.

    What goes is laid aside: it may open data that was moved away, or that has another name now.

    Args:
        data: the file.
        before: what the file of keys held if the data is gone: it holds that again.

    Raises:
        UserError: the disk refused.
    """
    to = key_file(data)
    if before and key_files.is_gone(data):
        key_files.write(to, before)
        return
    kept = key_files.read(to)
    if key_files.needs_no_key(data):
        key_files.lay_aside(data, kept)
        with disk_faults(to):
            to.unlink(missing_ok=True)
        return
    key = _fitting(data)
    mine = [one for one in kept if key and one.id == wrapping.id_of(key)]
    if mine and mine != kept:
        key_files.lay_aside(data, (one for one in kept if one not in mine))
        key_files.write(to, mine[:1])


def unlock(data: Path, password: str) -> None:
    """Open a file for this run of the program.

    Raises:
        FieldError: the password is wrong.
        UserError: the file of its keys is lost, so no password can be right.
    """
    found = _wrapped_here(data)
    for one in found:
        key = wrapping.opened(one, password)
        if key and _is_for(data, key, found):
            _remember(data, one, key)
            return
    raise FieldError("password", _WRONG, hint=_HINT)


def unlock_with_paper(data: Path, typed: str, new: str) -> None:
    """Open a file with the paper from the safe, and give it a new password.

    Raises:
        FieldError: the paper was not typed as it stands there or is another one, or the new
            password is too weak.
        UserError: the file of its keys is lost.
    """
    digits = wrapping.digits(typed)
    refuse_weak(new)
    found = _wrapped_here(data)
    for one in found:
        key = wrapping.opened_by_paper(one, digits)
        if key and _is_for(data, key, found):
            _remember(data, one, key)
            _rewrap(data, key, new)
            return
    raise FieldError("paper", "这张纸上的恢复密钥打不开这份数据。", hint="请找最近打印的那一张。")


def is_password(data: Path, password: str) -> bool:
    """Whether a password is the one that opens a file."""
    return any(wrapping.opened(one, password) for one in _wrapped(data))


def change_password(data: Path, old: str, new: str) -> None:
    """Let another password open a file and its backups here; the data itself is not touched.

    Raises:
        FieldError: the old password is wrong, or the new one too weak.
        UserError: the disk refused: the data has the old password, or it is said which backups do.
    """
    refuse_weak(new)
    key = next(filter(None, (wrapping.opened(one, old) for one in _carried(data))), None)
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
    _change_all(
        data, wrapping.id_of(key), "恢复密钥", paper=public, rescue=wrapping.for_paper(public, key)
    )


def paper_of(data: Path) -> str:
    """The public key of the paper that opens a file; empty if there is none."""
    return next((one.paper for one in _wrapped(data)), "")


def take_along(data: Path, to: Path) -> None:
    """Lay the wrapped keys of a file beside a copy of its bytes, whether or not it can be opened.

    Raises:
        UserError: the disk refused.
    """
    if is_encrypted(data) and (found := _carried(data)):
        _lay(found, to)


def lay_beside(data: Path, key: bytes, to: Path) -> None:
    """Lay the key that a copy of a file is encrypted with beside it, wrapped as the file's is.

    Args:
        data: the file, which may be one that cannot be read for a moment.
        key: of the copy; empty: it needs none.
        to: the copy.

    Raises:
        UserError: the disk refused, or nothing says how a password gives the key back.
    """
    if not key:
        return
    known = (one for one in (*_wrapped(data), *_wraps.values()) if one.id == wrapping.id_of(key))
    if (one := next(known, None)) is None:
        raise key_files.lost(data)
    _lay([one], to)


def _lay(keys: Sequence[Wrapped], to: Path) -> None:
    with disk_faults(to):
        to.parent.mkdir(parents=True, exist_ok=True)
    key_files.write(key_file(to), keys)


def admit(data: Path, source: Path) -> None:
    """Let the file of keys hold the key of a copy that will take the data's place, too.

    Raises:
        UserError: the disk refused.
    """
    if not is_encrypted(source):
        return
    ours = key_files.read(key_file(data))
    if new := [one for one in _carried(source) if one.id not in {mine.id for mine in ours}]:
        key_files.write(key_file(data), [*ours, *new])


def _carried(data: Path) -> Sequence[Wrapped]:
    """The wrapped keys that go with a copy; of a file that lies without them, as they are known."""
    found, key = _wrapped(data), _fitting(data)
    if key is None or wrapping.id_of(key) in {one.id for one in found}:
        return found
    return [_wraps[wrapping.id_of(key)]]


def _remember(data: Path, one: Wrapped, key: bytes) -> None:
    """Know the key; a key file that was lost or damaged is made good."""
    _learn(one, key)
    to = key_file(data)
    if one.id not in {mine.id for mine in key_files.read(to)}:
        with suppress(UserError):  # the data can be read all the same
            key_files.write(to, [*key_files.read(to), one])


def _is_for(data: Path, key: bytes, found: Sequence[Wrapped]) -> bool:
    """Whether a key is the file's; only of several it is tried, and not on what is gone."""
    return len(found) == 1 or key_files.is_gone(data) or _fits(key, data)


def _fits(key: bytes, data: Path) -> bool:
    from deputydesk.database import driver  # which asks here for keys

    return driver.opens(driver.cipher(key), data)


def _rewrap(data: Path, key: bytes, password: str) -> None:
    new = wrapping.wrap(key, password)
    _change_all(data, new.id, "密码", verifier=new.verifier, sealed=new.sealed)


def _change_all(data: Path, named: str, what: str, **values: str) -> None:
    """The data's own file first: were the power to go, backups would keep what they have."""
    key_files.write(key_file(data), _changed(_carried(data), named, values))
    _wraps.update({one.id: one for one in _changed(list(_wraps.values()), named, values)})
    left = 0
    for file in (*key_files.beside(data), key_files.laid_aside(data)):
        found = key_files.read(file)
        if named in {one.id for one in found}:
            try:
                key_files.write(file, _changed(found, named, values))
            except UserError:
                left += 1
    if left:
        raise UserError(
            f"数据的{what}已经换好；有{left}份备份的钥匙文件没有写成，它们仍用以前的{what}。",
            hint="请检查磁盘和权限，以后再换一次。",
        )


def _changed(keys: Sequence[Wrapped], named: str, values: dict[str, str]) -> list[Wrapped]:
    return [replace(one, **values) if one.id == named else one for one in keys]


def _wrapped(data: Path) -> Sequence[Wrapped]:
    """The wrapped keys of a file; where its own are lost, those of its backups, newest first.

    Those that were laid aside only count for what is surely encrypted: damage is called damage.
    """
    if own := key_files.read(key_file(data)):
        return own
    aside = [key_files.laid_aside(data)] if key_files.looks_encrypted(data) else []
    return _of_files([*key_files.beside(data), *aside])


def _wrapped_here(data: Path) -> Sequence[Wrapped]:
    """All keys that may open a file: its own first; they may be of other data of its name."""
    files = [key_file(data), *key_files.beside(data), key_files.laid_aside(data)]
    if _wrapped(data):
        return _of_files(files)
    raise key_files.lost(data)


def _of_files(files: Iterable[Path]) -> list[Wrapped]:
    found: dict[str, Wrapped] = {}
    for file in files:
        for one in key_files.read(file):
            found.setdefault(one.id, one)
    return list(found.values())


def _learn(one: Wrapped, key: bytes) -> None:
    _known[one.id], _wraps[one.id] = key, one
