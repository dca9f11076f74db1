"""Signing and sealing what travels; a suite has a name, so that another can join it later.

`age-ed25519`: sealed with age (https://age-encryption.org/v1, X25519 and ChaCha20-Poly1305), which
any age program opens in twenty years; signed with Ed25519 (RFC 8032). A suite of the national
algorithms (SM2, SM3, SM4) needs an approved module, which is hardware: it would be a second entry
of `SUITES`, and the manifest of a bundle says which one it was made with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Protocol

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from typing_extensions import override


class SealError(ValueError):
    """It was sealed for somebody else, altered on the way, or is no key."""


@dataclass(frozen=True)
class PublicKeys:
    """What others know an office by, as text: whose signature it is, and whom to seal for."""

    sign: str
    seal: str


@dataclass(frozen=True)
class SecretKeys:
    """What an office signs and opens with, as text. It never leaves the office unsealed."""

    sign: str
    seal: str


class Suite(Protocol):
    """One way to sign and seal."""

    name: str

    def new_keys(self) -> SecretKeys:
        """Keys that nobody has had before."""
        ...

    def public(self, keys: SecretKeys) -> PublicKeys:
        """What others may know of these keys."""
        ...

    def are_keys(self, sign: str, *seal: str) -> bool:
        """Whether these are public keys: of a signature, and of those to seal for."""
        ...

    def sign(self, key: str, message: bytes) -> str:
        """The signature of a message, as text."""
        ...

    def verify(self, key: str, signature: str, message: bytes) -> bool:
        """Whether the owner of a public key signed this message."""
        ...

    def seal(self, source: IO[bytes], to: IO[bytes], readers: Sequence[str]) -> None:
        """Write `source` to `to` so that only these readers can open it."""
        ...

    def open(self, source: IO[bytes], to: IO[bytes], key: str) -> None:
        """Write what was sealed for us to `to`.

        Raises:
            SealError: it was sealed for somebody else, or altered.
        """
        ...


class AgeEd25519(Suite):
    """age and Ed25519."""

    name = "age-ed25519"

    @override
    def new_keys(self) -> SecretKeys:
        sign = Ed25519PrivateKey.generate().private_bytes_raw().hex()
        return SecretKeys(sign, str(pyrage.x25519.Identity.generate()))

    @override
    def public(self, keys: SecretKeys) -> PublicKeys:
        sign = _private(keys.sign).public_key().public_bytes_raw().hex()
        return PublicKeys(sign, str(_identity(keys.seal).to_public()))

    @override
    def are_keys(self, sign: str, *seal: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(sign))
            return all(map(_recipient, seal))
        except ValueError:
            return False

    @override
    def sign(self, key: str, message: bytes) -> str:
        return _private(key).sign(message).hex()

    @override
    def verify(self, key: str, signature: str, message: bytes) -> bool:
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(bytes.fromhex(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True

    @override
    def seal(self, source: IO[bytes], to: IO[bytes], readers: Sequence[str]) -> None:
        read, written = _Watched(source), _Watched(to)
        try:
            pyrage.encrypt_io(read, written, [_recipient(reader) for reader in readers])
        except pyrage.EncryptError as error:
            raise (read.fault or written.fault or SealError(str(error))) from error

    @override
    def open(self, source: IO[bytes], to: IO[bytes], key: str) -> None:
        read, written = _Watched(source), _Watched(to)
        try:
            pyrage.decrypt_io(read, written, [_identity(key)])
        except (pyrage.DecryptError, OSError) as error:
            altered = SealError("sealed for somebody else, or altered")
            raise (read.fault or written.fault or altered) from error


class _Watched:
    """A file whose own faults are kept: told through pyrage, they look like an altered text."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.fault: OSError | None = None

    def read(self, size: int, /) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            self.fault = error
            raise

    def write(self, some: bytes, /) -> int:
        try:
            return self._file.write(some)
        except OSError as error:
            self.fault = error
            raise


def _private(key: str) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
    except ValueError as error:
        raise SealError(str(error)) from error


def _identity(key: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError as error:
        raise SealError(str(error)) from error


def _recipient(key: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise SealError(str(error)) from error


SUITE: Suite = AgeEd25519()
"""What new keys and bundles are made with."""
SUITES: dict[str, Suite] = {SUITE.name: SUITE}
"""Every suite that can be read."""
