"""What staff may do: an operation, the right it asks for, who works, and what it works with."""

from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import NotAllowed
from deputydesk.late import dataclass
from deputydesk.models.account import Account
from deputydesk.rules.choices import Choice

P = ParamSpec("P")
R = TypeVar("R")


class Right(Choice):
    """What a user may be allowed to do."""

    REGISTER = "register", "登记"
    HANDLE = "handle", "办理"
    EVALUATE = "evaluate", "测评"
    SETUP = "setup", "设置"
    MANAGE = "manage", "管理"
    ENTER = "enter", "进入"


@dataclass(frozen=True)
class User:
    """Who is working, and what they may do; `role` as the account had it at signing in."""

    name: str
    rights: frozenset[Right] = frozenset(Right)
    role: str = ""


_KNOWN: dict[str, "Operation[..., Any]"] = {}  # Any: of whichever
"""Each operation by its name: the right it asks for, and what is done instead of undoing it."""


@dataclass
class Tx:
    """What an operation works with: the session, the time and the user."""

    session: Session
    now: datetime
    user: User
    about: str = ""
    demanded: list[str] = field(default_factory=list[str])
    """Names of the operations that the user had to be allowed, beside the one that is run."""

    @property
    def today(self) -> date:
        """The present day."""
        return self.now.date()

    def demand(self, op: "Operation[..., Any]") -> None:  # Any: of whichever
        """Refuse who may not do this; who takes back what is done now must be allowed it as well.

        Raises:
            NotAllowed: the user lacks the right.
        """
        refuse_without(op.right, op.title, self.user)
        if op.name not in self.demanded:
            self.demanded.append(op.name)


@dataclass(frozen=True)
class Operation(Generic[P, R]):
    """Something staff may do: has a right and a Chinese title; `Office.do` runs it."""

    name: str
    title: str
    right: Right
    run: Callable[Concatenate[Tx, P], R]
    can_undo: bool = True
    instead: str = ""

    def __post_init__(self) -> None:
        """Note which right it asks for: who takes it back is asked for it too."""
        _KNOWN.setdefault(self.name, self)

    def __call__(self, tx: Tx, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it as a part of another operation."""
        return self.run(tx, *args, **kwargs)


def operation(
    right: Right, title: str, *, can_undo: bool = True, instead: str = ""
) -> Callable[[Callable[Concatenate[Tx, P], R]], Operation[P, R]]:
    """Make a function something that staff may do.

    Args:
        right: what the user must be allowed.
        title: Chinese name, shown by undo and in the history.
        can_undo: whether Ctrl+Z may take it back; what has happened outside the program, such as
            paper that was printed, it cannot.
        instead: what to do instead of taking it back. One that has it stands in the list of what
            was done, so that Ctrl+Z says this and does not reach for what was done before.
    """

    def made(run: Callable[Concatenate[Tx, P], R]) -> Operation[P, R]:
        name = f"{run.__module__.rpartition('.')[2]}.{run.__name__}"
        return Operation(name, title, right, run, can_undo and not instead, instead)

    return made


def refuse_without(right: Right, title: str, user: User) -> None:
    """Refuse who lacks a right.

    Raises:
        NotAllowed: the user lacks it.
    """
    if right not in user.rights:
        raise NotAllowed(f"“{user.name}”没有“{title}”的权限。", hint="请由有权限的人操作。")


def refuse_changed(session: Session, user: User) -> None:
    """Refuse who was stopped or given another role since, or works where one signs in by now.

    Raises:
        NotAllowed: the account is not any more what it was at signing in.
    """
    roles = session.execute(select(Account.name, Account.role, Account.is_active)).all()
    if roles and (user.name, user.role, True) not in map(tuple, roles):
        raise NotAllowed("账号已停用，或者角色改了，没有保存。", hint="请锁定后重新登录。")


def rights_of(names: str) -> frozenset[Right]:
    """The rights that an action's operations ask for; of one that is no more, to set up."""
    return frozenset(op.right if op else Right.SETUP for op in _operations_of(names))


def instead_of(names: str) -> str:
    """What to do instead of taking back an action of these operations; empty if nothing is said."""
    return "".join(op.instead for op in _operations_of(names)[:1] if op)


def _operations_of(names: str) -> "list[Operation[..., Any] | None]":  # Any: of whichever
    """The operations of an action; None for one that is no more.

    An action of an earlier day may be of a module that nobody has needed yet: it is loaded then.
    """
    wanted = names.split()
    if any(name not in _KNOWN for name in wanted):
        above = import_module("deputydesk.operations")
        for module in iter_modules(above.__path__, f"{above.__name__}."):
            import_module(module.name)
    return [_KNOWN.get(name) for name in wanted]
