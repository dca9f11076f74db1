"""The key on paper: forty digits that give an age identity, which any age program can use."""

import hashlib
import io
import secrets

import pyrage

from deputydesk.security.suite import SealError

DIGITS = 40
_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_PREFIX = "age-secret-key-"


def new_digits() -> str:
    """Digits of a key that nobody has had before."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def identity(digits: str) -> str:
    """The secret key of these digits, as any age program reads it."""
    secret = hashlib.sha256(f"deputydesk paper key 1\n{digits}".encode()).digest()
    return _bech32(_PREFIX, secret).upper()


def recipient(digits: str) -> str:
    """The public key of these digits: whom to seal for."""
    return str(pyrage.x25519.Identity.from_str(identity(digits)).to_public())


def seal(public: str, plain: bytes) -> str:
    """Bytes that only the paper opens, as text."""
    sealed = io.BytesIO()
    reader = pyrage.x25519.Recipient.from_str(public)
    pyrage.encrypt_io(io.BytesIO(plain), sealed, [reader])
    return sealed.getvalue().hex()


def unseal(digits: str, text: str) -> bytes:
    """What was sealed for the paper with these digits.

    Raises:
        SealError: it was sealed for another paper.
    """
    plain = io.BytesIO()
    key = pyrage.x25519.Identity.from_str(identity(digits))
    try:
        pyrage.decrypt_io(io.BytesIO(bytes.fromhex(text)), plain, [key])
    except pyrage.DecryptError as error:
        message = "sealed for another paper"
        raise SealError(message) from error
    return plain.getvalue()


def _bech32(prefix: str, content: bytes) -> str:
    """Text with a checksum, as BIP 173 writes it: the form of age's keys."""
    number = int.from_bytes(content, "big") << 4  # 256 bits are 52 characters of 5 and 4 to spare
    values = [number >> shift & 31 for shift in range(255, -1, -5)]
    head = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*head, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> shift & 31 for shift in range(25, -1, -5)]
    return f"{prefix}1" + "".join(_ALPHABET[value] for value in values)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, part in enumerate(_GENERATOR):
            check ^= part if top >> place & 1 else 0
    return check
