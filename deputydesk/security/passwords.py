"""Passwords: proved without being kept, and opening the office's secret for who knows one.

argon2id with 46 MiB and one pass, as OWASP advises: a wink on an old PC, dear to who tries many.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from deputydesk.security.suite import SealError

MEMORY_KIB, PASSES, LANES = 46 * 1024, 1, 1
SALT, SECRET, NONCE = 16, 32, 12
SEALED = "sealed:"
"""What `seal` writes begins so: a key that is not sealed never does."""


@dataclass(frozen=True)
class Locked:
    """What is kept of a password.

    Args:
        verifier: proves that a password is the one; it does not say it.
        sealed: the office's secret, which only this password opens.
    """

    verifier: str
    sealed: str


def new_secret() -> bytes:
    """The office's secret: it opens the office's keys, and every password opens it."""
    return secrets.token_bytes(SECRET)


def lock(password: str, secret: bytes) -> Locked:
    """Let a password open the secret."""
    salt = secrets.token_bytes(SALT)
    costs = (MEMORY_KIB, PASSES, LANES)
    proof, key = _stretched(password, salt, costs)
    costs_text = ",".join(map(str, costs))
    return Locked(f"argon2id${costs_text}${_text(salt)}${_text(proof)}", seal(key, secret))


def unlock(password: str, locked: Locked) -> bytes | None:
    """The secret that a password opens; None if it is the wrong one."""
    _, costs_text, salt, proof = locked.verifier.split("$")
    memory, passes, lanes = map(int, costs_text.split(","))
    given, key = _stretched(password, _bytes(salt), (memory, passes, lanes))
    if not hmac.compare_digest(given, _bytes(proof)):
        return None
    return unseal(key, locked.sealed)


def seal(key: bytes, plain: bytes) -> str:
    """Bytes that only who has the key can read, as text."""
    nonce = secrets.token_bytes(NONCE)
    return SEALED + _text(nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, None))


def unseal(key: bytes, text: str) -> bytes:
    """What was sealed with this key.

    Raises:
        SealError: with another, or it was altered.
    """
    packed = _bytes(text.removeprefix(SEALED))
    try:
        return ChaCha20Poly1305(key).decrypt(packed[:NONCE], packed[NONCE:], None)
    except (InvalidTag, ValueError) as error:
        message = "sealed with another key, or altered"
        raise SealError(message) from error


def _stretched(password: str, salt: bytes, costs: tuple[int, int, int]) -> tuple[bytes, bytes]:
    """What proves a password, and the key it gives; digits typed full-width are the same."""
    memory, passes, lanes = costs
    told = unicodedata.normalize("NFKC", password).encode()
    root = Argon2id(
        salt=salt, length=SECRET, iterations=passes, lanes=lanes, memory_cost=memory
    ).derive(told)
    return _part(root, b"proof"), _part(root, b"key")


def _part(root: bytes, name: bytes) -> bytes:
    return hmac.new(root, name, hashlib.sha256).digest()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
