"""The card of an office: its public keys, as a small file and as a line that people read out."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from deputydesk.database import disk_faults
from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.operations import offices, partners
from deputydesk.operations.partners import Role
from deputydesk.operations.sealed_keys import SealedElsewhere
from deputydesk.rules.fingerprints import fingerprint
from deputydesk.rules.office_codes import is_code
from deputydesk.security.suite import SUITES

SUFFIX = ".ddcard"
LARGEST = 10_000


@dataclass(frozen=True)
class Card:
    """Who an office is, and how its signature is known.

    Args:
        office: its code, given on paper, never used again for another.
        name: what it is called.
        suite: of the keys.
        sign: public key of its signature.
        seal: public key to seal for it.
        recovery: public key whose secret half lies on paper in its safe; empty if it has none.
    """

    office: str
    name: str
    suite: str
    sign: str
    seal: str
    recovery: str = ""

    def to_text(self) -> str:
        """As it stands in the file."""
        return json.dumps({"fmt": 1, **asdict(self)}, ensure_ascii=False, sort_keys=True, indent=1)

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits; two people compare them by telephone or on paper."""
        return fingerprint(self.office, self.suite, self.sign, self.seal, self.recovery)


def read(path: Path) -> Card:
    """The card in a file.

    Raises:
        UserError: it is no card, or its suite is unknown here.
    """
    try:
        with path.open("rb") as file:
            found: Any = json.loads(file.read(LARGEST))
        fmt: object = found["fmt"]
        card = Card(*(_text(found.get(field.name, "")) for field in fields(Card)))
    except OSError as error:
        raise UserError(f"“{path.name}”读不出来。", hint="请重新插好U盘再试。") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _no_card(path) from error
    if not is_code(card.office):
        raise _no_card(path)
    if fmt != 1 or card.suite not in SUITES:
        raise UserError(
            f"“{path.name}”是更新版本的程序做的，这里还读不了。", hint="请先升级本程序。"
        )
    if not SUITES[card.suite].are_keys(card.sign, card.seal, card.recovery or card.seal):
        raise _no_card(path)
    return card


def _text(value: object) -> str:
    if not isinstance(value, str):
        message = "no text"
        raise TypeError(message)
    return value


def _no_card(path: Path) -> UserError:
    return UserError(f"“{path.name}”不是单位名片，或已损坏。", hint="请让对方重新导出一份。")


def own(office: Office) -> Card:
    """The card of this office; its keys are made when it has none.

    Raises:
        SealedElsewhere: it has some that this PC cannot open.
    """
    if office.ask(partners.keys_elsewhere):
        raise SealedElsewhere
    if not office.ask(partners.keys):
        office.do(partners.make_keys)
    key = office.ask(partners.keys)[0]
    profile = office.ask(offices.profile)
    name = profile.organ.short if profile else office.code
    return Card(office.code, name, key.suite, key.public.sign, key.public.seal, key.recovery)


def write(card: Card, folder: Path) -> Path:
    """Write a card into a folder; returns the file.

    Raises:
        UserError: the disk refused; nothing of it is left.
    """
    to = folder / f"{card.office}{SUFFIX}"
    part = to.with_name(to.name + ".part")
    with disk_faults(to):
        part.write_text(card.to_text(), encoding="utf-8")
        part.replace(to)
    return to


def enrol(office: Office, card: Card, role: Role) -> None:
    """Trust the office of a card whose numbers two people compared."""
    office.do(
        partners.enrol,
        code=card.office,
        name=card.name,
        role=role,
        suite=card.suite,
        sign=card.sign,
        seal=card.seal,
        recovery=card.recovery,
    )
    office.learn()
