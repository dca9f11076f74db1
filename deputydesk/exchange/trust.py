"""Whom this office believes: itself, the office above, and those below, each in its own records."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.log import SYNC_FEED
from deputydesk.office import Office
from deputydesk.operations import partners
from deputydesk.operations.partners import Keys, PartnerRow, Role
from deputydesk.operations.sealed_keys import SealedElsewhere
from deputydesk.rules.office_codes import COMMON, LOCAL, VOTERS
from deputydesk.security.suite import SUITES


@dataclass(frozen=True)
class Circle:
    """This office and those it was enrolled with.

    Args:
        office: code of this office.
        keys: its own keys, the present ones first.
        partners: the enrolled offices, by code.
        pcs: names of this office's PCs in the log, the present ones and those of before.
        former: suites and public keys that this office signed with before it lost its keys.
        writers: offices that write under a name in the log, by that name.
    """

    office: str
    keys: tuple[Keys, ...]
    partners: Mapping[str, PartnerRow]
    pcs: frozenset[str] = frozenset()
    former: tuple[tuple[str, str], ...] = ()
    writers: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def may_write(self, author: str, scope: str) -> bool:
        """Whether an office may write records of a scope here."""
        owner = scope.partition(".")[0]
        if author == self.office:
            return True
        known = self.partners.get(author)
        if known is None:
            return False
        if owner == author:
            return True
        return known.role is Role.PARENT and scope in {COMMON, *_scopes(self.office)}

    def is_another_s(self, author: str, feed: str) -> bool:
        """Whether another office's feed bears the name of a PC of ours.

        Who could write on under our name would keep what we write under it from coming anywhere.
        Two others may share a name: each writes records of its own, so their feeds are not one.
        Whoever came first with a name could else shut the other out.
        """
        pc = feed.partition(".")[0]
        is_ours = pc in self.pcs or self.office in self.writers.get(pc, ())
        return author != self.office and is_ours

    def is_signed(self, author: str, signature: str, message: bytes) -> bool:
        """Whether an office signed this, with the key it has or one it had."""
        return any(
            SUITES[suite].verify(key, signature, message) for suite, key in self._signs(author)
        )

    def bundle_key(self, office: str) -> tuple[str, str] | None:
        """Suite and public key that a bundle of an office must be signed with now."""
        if office == self.office:
            return (self.keys[0].suite, self.keys[0].public.sign) if self.keys else None
        known = self.partners.get(office)
        return (known.suite, known.sign) if known else None

    def goes_to(self, office: str, scope: str) -> bool:
        """Whether records of a scope are sent to an office."""
        if office == self.office:
            return True
        if scope.endswith(LOCAL):
            return False
        known = self.partners[office]
        whose = office if known.role is Role.CHILD else self.office
        return scope in {COMMON, *_scopes(whose)}

    def shares(self, office: str, feed: str) -> bool:
        """Whether an office has to do with a feed of what is given out to all.

        That goes to those right below who gave it out, and back to them, but no level further:
        nobody there knows who gave it out, and what nobody knows is kept aside.
        """
        pc, _, scope = feed.partition(".")
        if scope != COMMON or office == self.office:
            return True
        giver = self.office if self.partners[office].role is Role.CHILD else office
        return giver in self.writers.get(pc, {giver})

    def comes_from(self, office: str, scope: str) -> bool:
        """Whether an office may send records of a scope: it is told how far we are with them."""
        owner = scope.partition(".")[0]
        return owner in {office, COMMON} or self.goes_to(office, scope)

    def old_keys_for(self, office: str) -> dict[str, list[str]]:
        """Keys that an office below signed with before: on a new PC it has lost them."""
        known = self.partners.get(office)
        is_below = known is not None and known.role is Role.CHILD
        return {office: list(known.old)} if known and is_below and known.old else {}

    def readers(self, office: str) -> list[str]:
        """Whom a bundle for an office is sealed for: that office, this one, and the paper keys."""
        ours = self.keys[0]
        found = [ours.public.seal, ours.recovery]
        known = self.partners.get(office)
        if known:
            found += [known.seal, known.recovery]
        return sorted({key for key in found if key})

    def name_of(self, office: str) -> str:
        """What an office is called; its code if it was never enrolled."""
        known = self.partners.get(office)
        return known.name if known else office

    def _signs(self, author: str) -> list[tuple[str, str]]:
        if author == self.office:
            return [*((key.suite, key.public.sign) for key in self.keys), *self.former]
        known = self.partners.get(author)
        return [(known.suite, key) for key in (known.sign, *known.old)] if known else []


def _scopes(office: str) -> set[str]:
    """What an office and the one above it share: its records, and voters while its head says so."""
    return {office, office + VOTERS}


def demand_keys(office: Office, trusted: Circle) -> None:
    """Refuse to exchange without keys.

    Raises:
        UserError: there are none, or this PC cannot open them.
    """
    if trusted.keys:
        return
    if office.ask(partners.keys_elsewhere):
        raise SealedElsewhere
    raise UserError("本单位还没有密钥，不能交换。", hint="请先在“交换”中生成本单位名片。")


def circle(session: Session) -> Circle:
    """Whom this office believes now."""
    office, _ = partners.myself(session)
    known = {row.code: row for row in partners.rows(session)}
    writers: dict[str, set[str]] = defaultdict(set)
    for row in session.execute(select(SYNC_FEED.c.feed, SYNC_FEED.c.office)):
        writers[row.feed.partition(".")[0]].add(row.office)
    return Circle(
        office,
        tuple(partners.keys(session)),
        known,
        frozenset(partners.pcs(session)),
        tuple(partners.former_keys(session)),
        {pc: frozenset(offices) for pc, offices in writers.items()},
    )
