"""Deputies as the public may see them: what each agreed to, on a day, and nothing else."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import ElectoralDistrict, Mandate, Person
from deputydesk.operations import attachments, duty, offices, public_records
from deputydesk.operations.public_rows import LineKind, PublicDeputy
from deputydesk.operations.public_screen import Screen
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.duty import NOT_DONE, DutyKind
from deputydesk.rules.names import sort_key
from deputydesk.rules.privacy import bare

_DONE = frozenset(kind.value for kind in DutyKind if kind not in NOT_DONE)


@dataclass(frozen=True)
class _Seat:
    """A deputy in office with what there is to publish of one."""

    mandate: Mandate
    person: Person
    district: str
    photo: str


class People:
    """Deputies, and what each agreed to."""

    def __init__(self, session: Session, today: date) -> None:
        self._session = session
        self._today = today
        self._seats = self._read()
        self.main_of = self._main_seats()
        """The main seat of each seat: who sits at several levels is one deputy here."""

    def public_numbers(self) -> frozenset[str]:
        """Phones that may be published, and the office's own."""
        profile = offices.profile(self._session)
        own = bare(profile.phone) if profile else ""
        agreed = (bare(s.person.public_phone) for s in self._seats if self._phone(s.person))
        return frozenset(filter(None, (own, *agreed)))

    def deputies(self, screen: Screen) -> dict[str, list[PublicDeputy]]:
        """Deputies by home, in the official order of names; the check is told of each."""
        days = self._days()
        led = self._led()
        found: dict[str, list[PublicDeputy]] = {}
        for seat in sorted(self._seats, key=lambda s: (sort_key(s.person.name), s.mandate.id)):
            m, p = seat.mandate, seat.person
            if m.suspended:
                screen.note(
                    LineKind.LEFT_OUT, Mandate, m.id, p.name, "全部信息", "暂停执行代表职务"
                )
                continue
            if not m.home_id:
                screen.note(LineKind.NOTE, Mandate, m.id, p.name, "全部信息", "没有填所在代表之家")
            self._tell(screen, seat)
            found.setdefault(m.home_id, []).append(
                PublicDeputy(
                    id=m.id,
                    name=p.name,
                    level=m.level.label,
                    district=seat.district,
                    days=days.get(m.id, 0),
                    suggestions=led.get(m.id, 0),
                    phone=p.public_phone.strip() if self._phone(p) else "",
                    photo=seat.photo if self._agreed(p) and p.photo_public else "",
                )
            )
        return found

    def _tell(self, screen: Screen, seat: _Seat) -> None:
        """Say what of a deputy is published, and what is not and why."""
        m, p = seat.mandate, seat.person
        shown = ["姓名、层级、选区、履职天数"]
        if self._agreed(p) and p.photo_public and seat.photo:
            shown.append("照片")
        if self._phone(p):
            shown.append(f"电话 {p.public_phone.strip()}")
        when = chinese(p.consented_on) + "同意" if len(shown) > 1 and p.consented_on else ""
        screen.note(LineKind.PUBLISHED, Mandate, m.id, p.name, "；".join(shown), when)
        for what, wanted, there in (
            ("照片", p.photo_public, bool(seat.photo)),
            ("电话", p.phone_public, bool(p.public_phone.strip())),
        ):
            if wanted and self._agreed(p) and there:
                continue
            if wanted and self._agreed(p):
                screen.note(LineKind.NOTE, Mandate, m.id, p.name, what, f"同意公开，但没有{what}")
            elif wanted:
                why = "没有填同意日期" if p.consented_on is None else "同意日期还没有到"
                screen.note(LineKind.LEFT_OUT, Mandate, m.id, p.name, what, why)
            elif there or (what == "电话" and p.phone):
                screen.note(LineKind.LEFT_OUT, Mandate, m.id, p.name, what, "没有同意公开")

    def _agreed(self, p: Person) -> bool:
        return p.consented_on is not None and p.consented_on <= self._today

    def _phone(self, p: Person) -> bool:
        return self._agreed(p) and p.phone_public and bool(p.public_phone.strip())

    def _read(self) -> list[_Seat]:
        photos = {
            person: row.digest
            for person, row in attachments.photos(self._session).items()
            if not row.confidential
        }
        found = self._session.execute(
            select(Mandate, Person, ElectoralDistrict.name)
            .join(Person, Person.id == Mandate.person_id)
            .outerjoin(ElectoralDistrict, ElectoralDistrict.id == Mandate.electoral_district_id)
            .where(Mandate.ended_on.is_(None), Mandate.main)
        )
        return [_Seat(m, p, name or "", photos.get(p.id, "")) for m, p, name in found]

    def _main_seats(self) -> dict[str, str]:
        main = {seat.person.id: seat.mandate.id for seat in self._seats}
        seats = select(Mandate.id, Mandate.person_id).where(Mandate.ended_on.is_(None))
        return {
            mandate: main[person]
            for mandate, person in self._session.execute(seats)
            if person in main
        }

    def _days(self) -> dict[str, int]:
        """On how many days of this year each did something, as the duty file has it."""
        first = self._today.replace(month=1, day=1)
        found: dict[str, set[date]] = {}
        done = duty.briefs(self._session, first=first, last=self._today, kinds=_DONE)
        for _, _, mandate, day, kind, *_ in done:
            if kind in _DONE:
                found.setdefault(self.main_of.get(mandate, mandate), set()).add(day)
        return {mandate: len(days) for mandate, days in found.items()}

    def _led(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for mandate, count in public_records.led(self._session).items():
            main = self.main_of.get(mandate, mandate)
            found[main] = found.get(main, 0) + count
        return found
