"""Bundles turned into something else: by accident, by intent, and by who has a valid key.

Every mutant has a number; the same number makes the same mutant of the same bundles.
"""

import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard

from deputydesk.exchange import bundle_file
from deputydesk.exchange.bundle_file import Manifest
from deputydesk.journal.log import link
from deputydesk.journal.segments import Segment, signed_text
from deputydesk.office import Office
from deputydesk.operations import partners
from deputydesk.security.suite import SUITE
from tests.exchange import carriers

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 7, 1.0, 0.5, 1e308, 2**31, 2**53, 2**63, 2**64, 10**30),
    *("", "\0", "\ud800", "a\nb", "../../x", "C:\\x", "x" * 300, "𬱖", "0" * 64, "T1", "T2", "D"),
    *("T1-0001", "T2-0001", "common-0001", "unit", "I", "U", "D", "R", "X", "[]", "{}", '"x"'),
    *('["a.T1:1"]', '[{},"s"]', '[{"name":"y"},"s"]', "[" * 3000, '[{"name":NaN},"s"]'),
    *([], {}, [[]], {"a": 1}, [1, 2], ["a"], {"name": None}),
)
"""What stands where something else is looked for."""


@dataclass(frozen=True)
class Material:
    """Whole bundles of a township for its district, and what is inside the first."""

    maker: Office
    reader: str
    bundles: tuple[bytes, ...]
    manifest: Manifest
    members: dict[str, bytes]
    packed: bytes


def material(maker: Office, to: Office, paths: list[Path]) -> Material:
    """Take bundles apart, with the key of who may open them."""
    with zipfile.ZipFile(paths[0]) as archive:
        told = json.loads(archive.read("manifest.json"))
        members = {name: archive.read(name) for name in archive.namelist()[2:]}
    plain = io.BytesIO()
    SUITE.open(io.BytesIO(members["payload.age"]), plain, to.ask(partners.keys)[0].secret.seal)
    manifest = Manifest(**(told | {"members": {}}))
    whole = tuple(path.read_bytes() for path in paths)
    return Material(maker, carriers.card(to).seal, whole, manifest, members, plain.getvalue())


# ---------------------------------------------------------------- bytes
def bytes_of(rng: random.Random, content: bytes, other: bytes) -> bytes:
    """Content with something done to its bytes."""
    some = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        at = rng.randrange(len(some) + 1)
        length = rng.choice((1, 1, 4, 30, 1000))
        rng.choice(BYTES)(rng, some, at, length, other)
        if not some:
            return b""
    return bytes(some)


def _flip(rng: random.Random, some: bytearray, at: int, _length: int, _other: bytes) -> None:
    some[at % len(some)] ^= 1 << rng.randrange(8)


def _write(rng: random.Random, some: bytearray, at: int, length: int, _other: bytes) -> None:
    some[at : at + length] = rng.randbytes(length)


def _extreme(rng: random.Random, some: bytearray, at: int, _length: int, _other: bytes) -> None:
    some[at : at + 4] = rng.choice(
        (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\1\0\0\0")
    )


EXTREMES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\1\0\0\0")


def _cut(_rng: random.Random, some: bytearray, at: int, _length: int, _other: bytes) -> None:
    del some[at:]


def _drop(_rng: random.Random, some: bytearray, at: int, length: int, _other: bytes) -> None:
    del some[at : at + length]


def _insert(rng: random.Random, some: bytearray, at: int, length: int, _other: bytes) -> None:
    some[at:at] = rng.randbytes(length)


def _repeat(_rng: random.Random, some: bytearray, at: int, length: int, _other: bytes) -> None:
    some[at:at] = some[at : at + length]


def _splice(rng: random.Random, some: bytearray, at: int, length: int, other: bytes) -> None:
    start = rng.randrange(len(other))
    some[at : at + length] = other[start : start + length * 10]


def _join(_rng: random.Random, some: bytearray, at: int, _length: int, other: bytes) -> None:
    some[at:] = other[min(at, len(other)) :]


BYTES = (_flip, _flip, _write, _extreme, _cut, _drop, _insert, _repeat, _splice, _join)


# ---------------------------------------------------------------- kinds of mutants
def by_accident(rng: random.Random, material: Material) -> bytes:
    """The file with bytes that are not its own."""
    if rng.random() < 0.02:
        return rng.choice((b"", b"PK\3\4", b"PK\5\6")) + rng.randbytes(rng.randrange(5000))
    return bytes_of(rng, material.bundles[0], rng.choice(material.bundles))


def zipped_anew(rng: random.Random, material: Material) -> bytes:
    """The members put into a ZIP in another way, some with other bytes, under the old signature."""
    with zipfile.ZipFile(io.BytesIO(rng.choice(material.bundles))) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(rng.randrange(3)):
        n = rng.randrange(len(parts))
        name, content = parts[n]
        match rng.randrange(5):
            case 0:
                parts[n] = (name, bytes_of(rng, content or b"x", material.bundles[0]))
            case 1:
                parts.insert(rng.randrange(len(parts)), parts[n])
            case 2 if len(parts) > 1:
                del parts[n]
            case 3:
                parts[n] = (
                    rng.choice(("../x", "blob/" + "0" * 64, "x", name.upper(), "")),
                    content,
                )
            case _:
                rng.shuffle(parts)
    made = io.BytesIO()
    kind = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, content in parts:
            archive.NameToInfo.clear()  # it warns of a name that comes twice
            archive.writestr(zipfile.ZipInfo(name, bundle_file.EPOCH), content, kind)
        archive.comment = rng.choice((b"", b"", b"hello"))
    return made.getvalue()


def signed_anew(rng: random.Random, material: Material) -> bytes:
    """What is inside changed by who has a valid key: manifest, sealed payload, or what it packs."""
    packed, members, told = material.packed, dict(material.members), material.manifest
    match rng.randrange(4):
        case 0:
            members["payload.age"] = bytes_of(rng, members["payload.age"], material.bundles[0])
            return _signed(material, told, members)
        case 1:
            return _signed(material, told, members, lambda whole: odd(rng, whole))
        case 2:
            packed = bytes_of(rng, packed, material.bundles[0])
        case _:
            plain = zstandard.ZstdDecompressor().decompressobj().decompress(packed)
            packed = zstandard.compress(bytes_of(rng, plain, plain))
    members["payload.age"] = sealed(packed, material.reader)
    return _signed(material, told, members)


def written_anew(rng: random.Random, material: Material) -> bytes:
    """Header and lines with odd things in odd places, chained and signed as they should be."""
    plain = zstandard.ZstdDecompressor().decompressobj().decompress(material.packed)
    header, *lines = [json.loads(line) for line in plain.splitlines()]
    if rng.random() < 0.3:
        header = odd(rng, header)
    else:
        n = rng.randrange(len(lines))
        lines[n] = _odd_line(rng, lines[n])
        if rng.random() < 0.7:
            header["feeds"] = _chained(material, header["feeds"], lines)
    text = "\n".join(json.dumps(one) for one in (header, *lines)) + "\n"
    members = dict(material.members)
    members["payload.age"] = sealed(zstandard.compress(text.encode()), material.reader)
    told = replace(material.manifest, changes=len(lines))
    return _signed(material, told, members)


KINDS: tuple[Callable[[random.Random, Material], bytes], ...] = (
    *(by_accident, zipped_anew, signed_anew, written_anew),
)


def mutant(number: int, material: Material) -> bytes:
    """The mutant of a number."""
    return KINDS[number % len(KINDS)](random.Random(number), material)


def is_signed_content(number: int) -> bool:
    """Whether a mutant may hold other content that its author signed."""
    return KINDS[number % len(KINDS)] is written_anew


# ---------------------------------------------------------------- inside
def odd(rng: random.Random, value: Any) -> Any:  # Any: JSON
    """The same JSON with something odd somewhere."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        name = rng.choice([*value])
        left = {k: v for k, v in value.items() if k != name}
        more = value | {str(rng.choice(ODD)): rng.choice(ODD)}
        inside = value | {name: odd(rng, value[name])}
        return rng.choice((left, more, inside, inside, inside, inside))
    if isinstance(value, list) and value and rng.random() < 0.85:
        n = rng.randrange(len(value))
        left = [*value[:n], *value[n + 1 :]]
        more = [*value[: n + 1], *value[n:]]
        inside = [*value[:n], odd(rng, value[n]), *value[n + 1 :]]
        return rng.choice((left, more, inside, inside, inside, inside, inside))
    return rng.choice(ODD)


def _odd_line(rng: random.Random, line: list[Any]) -> list[Any]:  # Any: JSON
    if rng.random() < 0.4:
        return odd(rng, line)
    body = odd(rng, json.loads(line[-1]))
    text = json.dumps(body, ensure_ascii=rng.random() < 0.2, separators=(",", ":"))
    return [*line[:-1], text]


def _chained(material: Material, feeds: list[list[Any]], lines: list[Any]) -> list[list[Any]]:
    """The stretches with the ends and signatures that these lines give, as far as they give any."""
    made: list[list[Any]] = []
    rest = iter(lines)
    key = material.maker.ask(partners.keys)[0].secret.sign
    for told in feeds:
        segment = Segment(*told)
        end = segment.before
        for _ in range(segment.first, segment.last + 1):
            line = next(rest)
            try:
                row = dict(zip(carriers.Line._fields, line, strict=False))
                end = link(end, {"feed": segment.feed, **row})
            except (ValueError, TypeError, KeyError, AttributeError):
                return feeds
        text = signed_text(segment.feed, segment.last, end)
        made.append([*asdict(replace(segment, end=end, signature=SUITE.sign(key, text))).values()])
    return made


def sealed(packed: bytes, reader: str) -> bytes:
    """A payload sealed for the reader."""
    made = io.BytesIO()
    SUITE.seal(io.BytesIO(packed), made, [reader])
    return made.getvalue()


def _signed(
    material: Material,
    told: Manifest,
    members: dict[str, bytes],
    change: Callable[[Any], Any] = lambda whole: whole,
) -> bytes:
    """A bundle of these members with a manifest that was signed with the maker's key."""
    listed = {name: (len(c), sha256(c).hexdigest()) for name, c in members.items()}
    whole = json.dumps(change(json.loads(replace(told, members=listed).to_bytes()))).encode()
    signature = SUITE.sign(material.maker.ask(partners.keys)[0].secret.sign, whole).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {"manifest.json": whole, "manifest.sig": signature, **members}.items():
            archive.writestr(zipfile.ZipInfo(name, bundle_file.EPOCH), content)
    return made.getvalue()
