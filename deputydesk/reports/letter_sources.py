"""What every letter of the office reads: who sends it, on which paper, under which number."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from deputydesk.errors import UserError
from deputydesk.models.choices import OfficeKind
from deputydesk.operations import document_numbers, local_rules, offices
from deputydesk.operations.offices import ProfileRow
from deputydesk.operations.suggestion_ledger import WITHHELD
from deputydesk.operations.suggestion_rows import BETWEEN, SuggestionRow
from deputydesk.reports.form import AskPaper, Job
from deputydesk.reports.letter import Letterhead

RULE = "paper"
"""The local rule of paper and numbers."""
WHITE, PREPRINTED = "white", "preprinted"
PAPERS = AskPaper(
    (
        ("rule", "按本地规则“公文用纸和文号”"),
        (WHITE, "白纸：连红头一起印"),
        (PREPRINTED, "红头纸：红头留空（套打）"),
    ),
    "用纸",
)
_GOVERNMENTS = {OfficeKind.STREET: "办事处"}


@dataclass(frozen=True)
class Sender:
    """The office as its letters name it."""

    profile: ProfileRow
    rule: local_rules.Rule

    @property
    def organ(self) -> str:
        """The whole name, for the head and the signature."""
        return self.profile.organ.full

    @property
    def short(self) -> str:
        """The name within a text."""
        return self.profile.organ.short

    @property
    def government(self) -> str:
        """Who is sent a copy: the government of the place, or the street's office."""
        return self.profile.name + _GOVERNMENTS.get(self.profile.kind, "人民政府")

    @property
    def handing(self) -> str:
        """交办; a street's committee, which is an organ of the district's, hands on: 转办."""
        return "转办" if self.profile.kind is OfficeKind.STREET else "交办"

    @property
    def contact(self) -> str:
        """联系人：张丽　电话：0472-…, as far as they are known."""
        known = (("联系人", self.profile.clerk), ("电话", self.profile.phone))
        return "　".join(f"{name}：{said}" for name, said in known if said)


def sender(job: Job) -> Sender:
    """Who sends the letters.

    Raises:
        UserError: the office has not said who it is.
    """
    profile = job.office.ask(offices.profile)
    if profile is None:
        raise UserError("还没有填写单位信息，不能打印。", hint="请先在“设置”里填写单位信息。")
    return Sender(profile, job.office.ask(local_rules.current, RULE, job.today).rule)


def letterhead(
    job: Job,
    by: Sender,
    *,
    form: str,
    owner_id: str = "",
    style: Literal["letter", "red"] = "letter",
    kind: str = "",
    day: date | None = None,
    number: str = "",
) -> Letterhead:
    """The head of a letter of the office, with the number that it was given.

    Args:
        job: what is printed.
        by: who sends it.
        form: the printed form, under which the number is registered.
        owner_id: the record that the number belongs to.
        style: in which way the head is made.
        kind: two capitals that begin the record's number at the foot.
        day: its day.
        number: the number if none was given by the register.
    """
    given = job.office.ask(document_numbers.of_record, form, owner_id)
    chosen = job.options.paper
    return Letterhead(
        organ=by.organ,
        number=given.code if given else number,
        style=style,
        is_preprinted=chosen == PREPRINTED or (chosen != WHITE and by.rule["preprinted"]),
        moved=(by.rule["right"], by.rule["down"]),
        record=record_number(kind, owner_id, day) if owner_id else "",
        code=code_of(kind, owner_id, day) if owner_id else "",
    )


def record_number(kind: str, record_id: str, day: date | None) -> str:
    """The number by which a paper that comes back is found: JB-20260305-1A2B3C."""
    return (
        f"{kind}-{day:%Y%m%d}-{short_id(record_id, 6)}"
        if day
        else f"{kind}-{short_id(record_id, 6)}"
    )


def code_of(kind: str, record_id: str, day: date | None) -> str:
    """What the QR code of a record's paper holds: capitals, digits and colons."""
    code = f"DD1:{kind}:{short_id(record_id)}"
    return f"{code}:{day:%Y%m%d}" if day else code


def short_id(record_id: str, length: int = 12) -> str:
    """The end of a record's id in capitals and digits: by it the record is found again."""
    return record_id[-length:].upper()


def origin(row: SuggestionRow) -> str:
    """Where a suggestion was made, before its number: 镇十七届人大五次会议, 2026年闭会期间."""
    return f"{row.year}年{BETWEEN}" if row.meeting == BETWEEN else row.meeting


def named(row: SuggestionRow) -> str:
    """镇十七届人大五次会议第17号建议."""
    return f"{origin(row)}{row.code}建议" if row.number else f"《{row.headline}》"


def lead_for_units(row: SuggestionRow) -> str:
    """The lead as papers to units name it: not at all, if the deputy wishes so."""
    return WITHHELD if row.confidential else row.lead


def proposers(row: SuggestionRow) -> str:
    """王伟代表, 王伟等3名代表; without the name if the deputy wishes so: 1名代表."""
    count = row.cosigners + 1
    if row.confidential:
        return f"{count}名代表"
    return f"{row.lead}等{count}名代表" if row.cosigners else f"{row.lead}代表"
