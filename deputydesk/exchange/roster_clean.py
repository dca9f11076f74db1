"""Makes a record of the cells of a person, asking where they are not clear."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from deputydesk.errors import UserError
from deputydesk.exchange.grid import Cell, shown
from deputydesk.exchange.roster_birth import Habit, read_birth
from deputydesk.exchange.roster_headings import is_mobile
from deputydesk.exchange.roster_lines import caption_status, caption_town
from deputydesk.exchange.roster_name import Named, read_name
from deputydesk.exchange.roster_rows import Person, Placed
from deputydesk.exchange.roster_status import STATUSES, read_status, status_in
from deputydesk.exchange.roster_types import (
    IN_OFFICE,
    Choice,
    Inquiry,
    RosterRecord,
    Source,
)
from deputydesk.exchange.roster_values import (
    CLEANERS,
    NO,
    NOTHING,
    YES,
    Reading,
    birth_in_id,
    read_text,
    sex_in_id,
    unreadable,
)

_COUNT = re.compile(r"[(（]?\d+[人名位][)）]?$")
_STALE = re.compile(r"年龄|周岁|岁数")
_TYPED = Habit(tens_kept=True)


@dataclass
class Draft:
    """A record in the making."""

    source: Source
    name: str
    values: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    notes: list[str] = field(default_factory=list[str])
    open: set[str] = field(default_factory=set[str])
    """Fields that a question is about."""
    leader: bool | None = None
    noted: frozenset[str] = frozenset()
    """What the name's cell tells besides the name."""

    def record(self) -> RosterRecord:
        """The finished record."""
        value = self.values.get
        return RosterRecord(
            name=self.name,
            sex=value("sex"),
            ethnic=value("ethnic"),
            birth=value("birth"),
            phone=value("phone"),
            id_no=value("id_no"),
            status=value("status"),
            party=value("party"),
            education=value("education"),
            job=value("job"),
            district=value("district"),
            level=value("level"),
            town=value("town"),
            certificate_no=value("certificate_no"),
            note="；".join(dict.fromkeys(note for note in self.notes if note)) or None,
            source=self.source,
            leader=self.leader,
        )


def draft_of(person: Person, habit: Habit, inquiry: Inquiry) -> Draft:
    """Clean every cell of a person."""
    return _Cleaning(person, habit, inquiry).draft()


class _Cleaning:
    def __init__(self, person: Person, habit: Habit, inquiry: Inquiry) -> None:
        self._person, self._habit, self._inquiry = person, habit, inquiry
        self._named: Named = read_name(person.name)
        self._draft = Draft(
            person.source, self._named.name, notes=list(self._named.notes), noted=self._named.told
        )
        self._struck_out = {
            id(placed): shown(placed.cell)
            for cells in person.cells.values()
            for placed in cells
            if placed.cell.struck and not person.struck
        }

    def draft(self) -> Draft:
        values = self._draft.values
        self._drop_struck_cells()
        id_reading = self._id()
        known = values["id_no"] or ""
        values["birth"] = self._birth(known, id_reading.hint)
        values["sex"] = self._either("sex", self._sex(), sex_in_id(known) if known else None)
        values["ethnic"] = self._either("ethnic", self._column("ethnic"), None)
        values["phone"] = self._phone()
        values["party"] = self._party()
        for name in ("education", "district", "level", "certificate_no"):
            values[name] = self._joined(name)
        values["town"] = self._town()
        values["job"] = self._job()
        values["status"] = self._status()
        self._draft.leader = self._leader()
        self._gather_notes()
        return self._draft

    def _placed(self, name: str) -> list[Placed]:
        return self._person.cells.get(name, [])

    def _drop_struck_cells(self) -> None:
        """A value struck out in a row that stands is void; it is kept as a note only."""
        for name, cells in self._person.cells.items():
            for placed in cells:
                if id(placed) in self._struck_out:
                    self._draft.notes.append(f"已划去的{placed.heading}：{shown(placed.cell)}")
            self._person.cells[name] = [p for p in cells if id(p) not in self._struck_out]

    def _ask(
        self, name: str, reading: Reading, raw: str, parse: Callable[[Cell], Reading]
    ) -> str | None:
        """Put the doubt to the user; an answer typed in is read like a cell."""
        self._draft.open.add(name)
        answer = self._inquiry.ask(
            self._draft.source,
            name,
            f"{self._draft.name}|{raw}",
            f"{self._draft.name}：{reading.doubt}。",
            choices=tuple(Choice(text, text) for text in reading.candidates),
            free=True,
        )
        if not answer:
            return None
        if answer in reading.candidates:
            return answer
        value = parse(Cell(answer)).value
        if value is None:
            raise UserError(
                f"{self._draft.source}：{self._draft.name}的回答“{answer}”看不懂。",
                hint="请改正这个回答，或留空。",
            )
        return value

    def _clean(self, name: str, parse: Callable[[Cell], Reading]) -> Reading:
        """The first clear reading of a field's cells; else the first doubt."""
        readings = [_checked(placed, parse) for placed in self._placed(name)]
        clear = next((reading for reading in readings if reading.value), None)
        return clear or next((reading for reading in readings if reading.doubt), NOTHING)

    def _raw(self, name: str) -> str:
        return "|".join(shown(placed.cell) for placed in self._placed(name))

    def _column(self, name: str) -> Reading:
        return self._clean(name, CLEANERS[name])

    def _id(self) -> Reading:
        reading = self._column("id_no")
        value = reading.value
        if reading.doubt:
            value = self._ask("id_no", reading, self._raw("id_no"), CLEANERS["id_no"])
        self._draft.values["id_no"] = value
        return reading

    def _birth(self, known_id: str, hint: str) -> str | None:
        day = known_id[6:14] or hint
        reading = self._clean("birth", lambda cell: read_birth(cell, self._habit, day_in_id=day))
        if reading.doubt:
            return self._ask("birth", reading, self._raw("birth"), _typed_birth)
        in_id = birth_in_id(known_id) if known_id else None
        if reading.value is None or in_id is None or in_id.startswith(reading.value[:7]):
            return reading.value or in_id
        conflict = Reading(
            doubt=f"出生年月“{reading.value}”与身份证号里的“{in_id}”不一致",
            candidates=(reading.value, in_id),
        )
        return self._ask("birth", conflict, f"{self._raw('birth')}|{known_id}", _typed_birth)

    def _sex(self) -> Reading:
        ticked = [sex for name, sex in (("male", "男"), ("female", "女")) if self._placed(name)]
        if len(ticked) == 1:
            return Reading(ticked[0])
        return self._column("sex")

    def _either(self, name: str, reading: Reading, in_id: str | None) -> str | None:
        """What the column, the note beside the name and the ID number say, if they agree."""
        noted = self._named.facts.get(name)
        if reading.doubt and not (noted or in_id):
            return self._ask(name, reading, self._raw(name), CLEANERS[name])
        said = {text: "" for text in (reading.value, noted, in_id) if text}
        if len(said) <= 1:
            return next(iter(said), None)
        title = "性别" if name == "sex" else "民族"
        where = f"{title}栏“{reading.value or '空'}”" + (f"、姓名旁注“{noted}”" if noted else "")
        where += f"、身份证号“{in_id}”" if in_id else ""
        conflict = Reading(doubt=f"{where}不一致", candidates=tuple(said))
        return self._ask(name, conflict, "|".join(said), CLEANERS[name])

    def _phone(self) -> str | None:
        placed = sorted(self._placed("phone"), key=lambda cell: not is_mobile(cell.heading))
        readings = [_checked(cell, CLEANERS["phone"]) for cell in placed]
        clear = [reading for reading in readings if reading.value]
        clear.sort(key=lambda reading: not (reading.value or "").startswith("1"))
        if not clear:
            doubt = next((reading for reading in readings if reading.doubt), None)
            return (
                self._ask("phone", doubt, self._raw("phone"), CLEANERS["phone"]) if doubt else None
            )
        best = clear[0].value
        rest = [clear[0].rest]
        for reading in readings:
            if reading is not clear[0]:
                rest += [reading.value or "", reading.rest, reading.doubt]
        more = [text for text in dict.fromkeys(rest) if text and text != best]
        if more:
            self._draft.notes.append(f"电话另有：{'、'.join(more)}")
        return best

    def _party(self) -> str | None:
        stated = self._column("party").value or self._named.facts.get("party")
        member = [shown(placed.cell).lower() for placed in self._placed("member")]
        return stated or ("中共党员" if any(text in YES for text in member) else None)

    def _leader(self) -> bool | None:
        """Whether the deputy holds a leading post; the post itself may stand there."""
        cells = (shown(placed.cell) for placed in self._placed("leader"))
        said = " ".join(text for text in cells if text)
        if not said:
            return None
        text = said.lower()
        if text not in YES | NO and text not in (self._draft.values["job"] or ""):
            self._draft.notes.append(f"领导职务：{said}")
        if text in NO:
            return False
        return None if text.startswith(("非", "不", "普通")) and text not in YES else True

    def _joined(self, name: str) -> str | None:
        texts = [read_text(p.cell).value for p in self._placed(name) if not unreadable(p.cell)]
        return " ".join(dict.fromkeys(text for text in texts if text)) or None

    def _town(self) -> str | None:
        town = self._joined("town") or caption_town(self._person.section)
        return _COUNT.sub("", town.replace(" ", "")).removesuffix("代表团") if town else None

    def _job(self) -> str | None:
        employer, job = self._joined("employer"), self._joined("job")
        if employer and job:
            return job if job.startswith(employer) else f"{employer}{job}"
        return employer or job

    def _status(self) -> str | None:
        readings = [read_status(shown(placed.cell)) for placed in self._placed("status")]
        readings += [status_in(shown(placed.cell)) for placed in self._placed("note")]
        readings += [self._named.status, Reading(caption_status(self._person.section))]
        sure = {reading.value: "" for reading in readings if reading.value}
        if len(sure) == 1 and not (self._person.struck and IN_OFFICE in sure):
            return next(iter(sure))
        doubt = next((reading for reading in readings if reading.doubt), None)
        if doubt is None and not sure and not self._person.struck:
            return IN_OFFICE
        return self._ask_status(doubt, tuple(sure))

    def _ask_status(self, doubt: Reading | None, sure: tuple[str, ...]) -> str | None:
        why = doubt.doubt if doubt else "这一行有删除线，没有写明原因"
        if len(sure) > 1:
            why = f"状态写得不一致（{'、'.join(sure)}）"
        self._draft.open.add("status")
        answer = self._inquiry.ask(
            self._draft.source,
            "status",
            f"{self._draft.name}|{why}",
            f"{self._draft.name}：{why}。现在的状态是？",
            choices=tuple(Choice(text, text) for text in (IN_OFFICE, *STATUSES)),
        )
        return answer or None

    def _gather_notes(self) -> None:
        notes = self._draft.notes
        notes.extend(shown(placed.cell) for placed in self._placed("note"))
        for placed in self._placed("status"):
            if shown(placed.cell) not in {IN_OFFICE, *STATUSES, self._draft.values["status"]}:
                notes.append(f"{placed.heading}：{shown(placed.cell)}")
        for placed in self._person.others:
            if not _STALE.search(placed.heading):
                notes.append(f"{placed.heading}：{shown(placed.cell)}")
        town = caption_town(self._person.section)
        if self._person.section and not town and not caption_status(self._person.section):
            notes.append(f"所在分组：{self._person.section}")


def _checked(placed: Placed, parse: Callable[[Cell], Reading]) -> Reading:
    """Read a cell, unless nothing can be read there."""
    wrong = unreadable(placed.cell)
    if placed.ditto_of_nothing:
        wrong = f"{placed.heading}写着“同上”，上面却没有内容"
    return Reading(doubt=wrong) if wrong else parse(placed.cell)


def _typed_birth(cell: Cell) -> Reading:
    return read_birth(cell, _TYPED)


def ask_for_the_unmarked(drafts: Iterable[Draft], inquiry: Inquiry) -> None:
    """Ask once a sheet whether those are men and 汉族 of whom nothing else is noted.

    Lists of names mark only women and minorities: 张三（女，蒙古族）.
    """
    found = list(drafts)
    for name, usual, word in (("sex", "男", "性别"), ("ethnic", "汉族", "民族")):
        unmarked = [
            draft
            for draft in found
            if not draft.values.get(name)
            and name not in draft.open
            and (draft.noted or any(name in other.noted for other in found))
        ]
        if not unmarked or not any(draft.noted for draft in found):
            continue
        names = "、".join(draft.name for draft in unmarked)
        answer = inquiry.ask(
            unmarked[0].source,
            name,
            names,
            f"有{len(unmarked)}人没有写{word}：{names[:100]}。名单只注明了其他人的{word}，他们都是{usual}吗？",
            choices=(Choice(usual, f"都是{usual}"), Choice("", "不一定，留空")),
        )
        for draft in unmarked:
            draft.values[name] = answer or None
