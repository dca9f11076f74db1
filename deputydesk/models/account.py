"""Who may open this data with which password; the tables are no records and never travel."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Base


class Account(Base):
    """A person who signs in here.

    Not a `Record`: what the journal, sheets, the search, the recycle bin and bundles do with every
    kind of record must not be done with passwords and roles.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(String(8))
    verifier: Mapped[str]
    sealed: Mapped[str]
    is_active: Mapped[bool]
    failures: Mapped[int]
    failed_at: Mapped[str] = mapped_column(String(32))


class AccountVault(Base):
    """The office's secret, which opens its keys, sealed for the paper in the safe: one row."""

    __tablename__ = "account_vault"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    recovery: Mapped[str]
    rescue: Mapped[str]


class AccountEvent(Base):
    """What was done to accounts, for people; it says no password."""

    __tablename__ = "account_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ts: Mapped[str] = mapped_column(String(32))
    usr: Mapped[str]
    what: Mapped[str]
    about: Mapped[str]
