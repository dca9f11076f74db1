"""How a password and the paper wrap the key of an encrypted file, and give it back.

The cryptography is imported when it is used: it costs time, at every start.
"""

import hashlib

from deputydesk.database.key_files import Wrapped
from deputydesk.errors import FieldError


def id_of(key: bytes) -> str:
    """What tells a key from others; it does not say it."""
    return hashlib.sha256(b"deputydesk data key\n" + key).hexdigest()[:16]


def wrap(key: bytes, password: str) -> Wrapped:
    """Let a password give a key back."""
    from deputydesk.security import passwords

    made = passwords.lock(password, key)
    return Wrapped(id_of(key), made.verifier, made.sealed)


def for_paper(public: str, key: bytes) -> str:
    """A key that only the paper with this public key gives back."""
    from deputydesk.security import paper_key

    return paper_key.seal(public, key)


def opened(one: Wrapped, password: str) -> bytes | None:
    """The key that a password gives back; None if it is the wrong one."""
    from deputydesk.security import passwords
    from deputydesk.security.suite import SealError

    try:
        return passwords.unlock(password, passwords.Locked(one.verifier, one.sealed))
    except (SealError, ValueError):  # somebody made that file of keys up
        return None


def opened_by_paper(one: Wrapped, digits: str) -> bytes | None:
    """The key that the paper with these digits gives back; None if it is another paper."""
    from deputydesk.security import paper_key
    from deputydesk.security.suite import SealError

    try:
        key = paper_key.unseal(digits, one.rescue) if one.rescue else b""
    except SealError:
        return None
    return key if id_of(key) == one.id else None


def digits(typed: str) -> str:
    """What stands on the paper, from what was typed.

    Raises:
        FieldError: it was not typed as it stands there; the groups are named.
    """
    from deputydesk.rules import paper_keys

    groups = paper_keys.split(typed)
    if wrong := paper_keys.wrong(groups):
        places = "、".join(str(place + 1) for place in wrong)
        raise FieldError("paper", f"第{places}组数字与恢复密钥不符。", hint="请对照纸上重新输入。")
    return paper_keys.digits_of(groups)
