"""Holds what would be published against consent and privacy, and notes why something stays out."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Mandate, Person, Supervisor, Voter
from deputydesk.models.base import Record
from deputydesk.operations.public_rows import CheckLine, LineKind
from deputydesk.rules.privacy import Watch, bare


@dataclass
class Screen:
    """Lets records through or keeps them out; `lines` tells the clerk of each."""

    watch: Watch
    released: frozenset[str]
    lines: list[CheckLine] = field(default_factory=list[CheckLine])

    def passes(self, model: type[Record], record_id: str, about: str, *texts: str) -> bool:
        """Whether a record's free text may be published; a warning is noted if not."""
        found = self.watch.find(texts)
        if not found:
            return True
        why = "、".join(dict.fromkeys(one.text for one in found))
        if record_id in self.released:
            self.note(LineKind.NOTE, model, record_id, about, "有提醒，仍然公开", why)
            return True
        self.note(LineKind.WARNING, model, record_id, about, f"{model.title}的文字", why)
        return False

    def note(
        self,
        kind: LineKind,
        model: type[Record],
        record_id: str,
        about: str,
        what: str,
        why: str = "",
    ) -> None:
        """Tell the clerk something about a record."""
        table = model.__tablename__
        ident = f"{kind.value}:{table}:{record_id}:{len(self.lines)}"
        self.lines.append(CheckLine(ident, kind, about, what, why, table, record_id))


def watch(session: Session, public_numbers: frozenset[str]) -> Watch:
    """What to look for in free text: every voter's name, every number not agreed upon."""
    numbers = {
        bare(number)
        for line in (
            *session.execute(select(Person.phone, Person.id_no)),
            *session.execute(select(Supervisor.phone)),
            *session.execute(select(Voter.phone)),
        )
        for number in line
        if number
    }
    active = select(Person.name).join(Mandate, Mandate.person_id == Person.id)
    return Watch(
        names=frozenset(filter(None, session.scalars(select(Voter.name)))),
        numbers=frozenset(numbers - public_numbers),
        public_names=frozenset(filter(None, session.scalars(active))),
        public_numbers=public_numbers,
    )
