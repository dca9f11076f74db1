"""Finds persons who stand in a roster twice: exact doubles go, differing ones are asked about."""

import re
from collections.abc import Iterator

from deputydesk.exchange.roster_clean import Draft
from deputydesk.exchange.roster_types import (
    FIELDS,
    TWO_PEOPLE,
    Choice,
    Inquiry,
    Skipped,
)

_COMPARED = (
    "sex", "ethnic", "birth", "phone", "id_no", "status", "party", "education", "job",
    "district", "level", "town", "certificate_no",
)  # fmt: skip
_ENOUGH = 4
_LEVEL = re.compile(r"(全国|自治区|省|市|区|旗|县|镇|乡|苏木)级?(?:人大)?代表")


def without_doubles(drafts: list[Draft], inquiry: Inquiry) -> tuple[list[Draft], list[Skipped]]:
    """The drafts with each person once, and what was left out."""
    kept: list[Draft] = []
    skipped: list[Skipped] = []
    by_name: dict[str, list[Draft]] = {}
    for draft in drafts:
        same = by_name.setdefault(draft.name, [])
        earlier = _earlier(draft, same, drafts, inquiry)
        if earlier is None:
            kept.append(draft)
            same.append(draft)
        else:
            skipped.append(_fold(earlier, draft, inquiry))
    _ask_shared_ids(kept, inquiry)
    return kept, skipped


def _earlier(
    draft: Draft, same: list[Draft], all_drafts: list[Draft], inquiry: Inquiry
) -> Draft | None:
    """The draft above that is the same person."""
    certain = [other for other in same if _same_person(other, draft) or _same_row(other, draft)]
    if certain:
        return None if _is_two(certain[0], draft, inquiry) else certain[0]
    like = [other for other in same if _undecided(other, draft)]
    if len(like) != 1:
        return None
    if like[0].source.sheet != draft.source.sheet:
        sheets = [other.source.sheet for other in all_drafts if other.name == draft.name]
        return like[0] if len(sheets) == len(set(sheets)) else None
    return like[0] if _asked_same(like[0], draft, inquiry) else None


def _same_person(one: Draft, other: Draft) -> bool:
    """Whether two rows of one name are one person; a name alone never is enough."""
    if _other_mandate(one, other):
        return False
    ids = {one.values.get("id_no"), other.values.get("id_no")} - {None}
    if len(ids) > 1:
        return False
    if (
        _agree(one, other, "id_no")
        or _agree(one, other, "phone")
        or _agree(one, other, "certificate_no")
    ):
        return True
    return (
        _agree(one, other, "birth")
        and not _differ(one, other, "sex")
        and not _differ(one, other, "ethnic")
    )


def _same_row(one: Draft, other: Draft) -> bool:
    """Whether two rows are alike but for the phone, and say enough that this is no chance."""
    said = [name for name in _COMPARED if one.values.get(name)]
    unlike = {name for name in _COMPARED if one.values.get(name) != other.values.get(name)}
    same_sheet = one.source.sheet == other.source.sheet
    return unlike <= {"phone"} and len(said) >= _ENOUGH and same_sheet and "job" in said


def _other_mandate(one: Draft, other: Draft) -> bool:
    """Whether the two rows are mandates at different levels."""
    levels = {_level(one), _level(other)} - {None}
    return len(levels) > 1


def _level(draft: Draft) -> str | None:
    """The level that the row or the name of its sheet states (区代表, 镇代表)."""
    in_sheet = _LEVEL.search(draft.source.sheet)
    return draft.values.get("level") or (in_sheet[1] if in_sheet else None)


def _agree(one: Draft, other: Draft, name: str) -> bool:
    first, second = one.values.get(name), other.values.get(name)
    if not first or not second:
        return False
    if name == "birth":
        shorter = min(len(first), len(second))
        return first[:shorter] == second[:shorter]
    return first == second


def _differ(one: Draft, other: Draft, name: str) -> bool:
    return bool(one.values.get(name) and other.values.get(name)) and not _agree(one, other, name)


def _undecided(one: Draft, other: Draft) -> bool:
    """Whether nothing in two rows tells if they are namesakes or the same person."""
    told = any(one.values.get(name) and other.values.get(name) for name in ("birth", "id_no"))
    contradicted = any(_differ(one, other, name) for name in ("sex", "ethnic", "certificate_no"))
    return not told and not contradicted and not _other_mandate(one, other)


def _asked_same(one: Draft, other: Draft, inquiry: Inquiry) -> bool:
    return (
        inquiry.ask(
            other.source,
            "row",
            f"{one.source}|{other.name}",
            f"{other.name}在第{one.source.row}行和第{other.source.row}行各有一行，看不出是不是同一人。",
            choices=(Choice("same", "同一人，合成一条"), Choice("", "两个人，都导入")),
        )
        == "same"
    )


def _is_two(one: Draft, other: Draft, inquiry: Inquiry) -> bool:
    """Whether the user said of two rows that differ that they are two people."""
    if _agree(one, other, "id_no"):
        return False
    return any(
        _answer(one, other, name, inquiry) == TWO_PEOPLE
        for name in _COMPARED
        if _differ(one, other, name)
    )


def _answer(one: Draft, other: Draft, name: str, inquiry: Inquiry) -> str | None:
    first, second = one.values.get(name) or "", other.values.get(name) or ""
    choices = [
        Choice(first, f"{first}（第{one.source.row}行）"),
        Choice(second, f"{second}（第{other.source.row}行）"),
    ]
    if not _agree(one, other, "id_no"):
        choices.append(Choice(TWO_PEOPLE, "是两个人，都导入"))
    where = (
        f"“{one.source.sheet}”第{one.source.row}行"
        if one.source.sheet != other.source.sheet
        else f"第{one.source.row}行"
    )
    return inquiry.ask(
        other.source,
        name,
        f"{other.name}|{one.source}|{first}|{second}",
        f"{other.name}与{where}重复，{FIELDS[name]}不同：哪个对？",
        choices=tuple(choices),
        free=False,
    )


def _fold(earlier: Draft, draft: Draft, inquiry: Inquiry) -> Skipped:
    """Put what the later row knows more into the earlier; empty what they do not agree on."""
    differing = [name for name in _COMPARED if _differ(earlier, draft, name)]
    same = all(earlier.values.get(name) == draft.values.get(name) for name in _COMPARED)
    for name in _COMPARED:
        mine, theirs = earlier.values.get(name), draft.values.get(name)
        if name in differing:
            earlier.values[name] = _answer(earlier, draft, name, inquiry) or None
            earlier.open.add(name)
        elif theirs and name not in earlier.open and (not mine or len(theirs) > len(mine)):
            earlier.values[name] = theirs
    earlier.notes += [note for note in draft.notes if note not in earlier.notes]
    return Skipped(draft.source, _reason(earlier, draft, differing, same=same), draft.name)


def _reason(earlier: Draft, draft: Draft, differing: list[str], *, same: bool) -> str:
    other = earlier.source.sheet != draft.source.sheet
    row = (
        f"工作表“{earlier.source.sheet}”第{earlier.source.row}行"
        if other
        else f"第{earlier.source.row}行"
    )
    if differing:
        words = "、".join(FIELDS[name] for name in differing)
        return f"与{row}重复，{words}不同，已合成一条"
    return f"与{row}完全重复" if same else f"与{row}是同一人，已合成一条"


def _ask_shared_ids(drafts: list[Draft], inquiry: Inquiry) -> None:
    """An ID number that two people have is wrong at one of them: ask, keep it at neither."""
    for number, owners in _shared(drafts):
        names = "、".join(f"{draft.name}（第{draft.source.row}行）" for draft in owners)
        answer = inquiry.ask(
            owners[0].source,
            "id_no",
            f"{number}|{names}",
            f"身份证号{number}写在{len(owners)}个人名下：{names}。是谁的？",
            choices=tuple(
                Choice(f"{draft.source.sheet}!{draft.source.row}", draft.name) for draft in owners
            ),
        )
        for draft in owners:
            if answer != f"{draft.source.sheet}!{draft.source.row}":
                draft.values["id_no"] = None


def _shared(drafts: list[Draft]) -> Iterator[tuple[str, list[Draft]]]:
    owners: dict[str, list[Draft]] = {}
    for draft in drafts:
        number = draft.values.get("id_no")
        if number:
            owners.setdefault(number, []).append(draft)
    return (
        (number, found)
        for number, found in owners.items()
        if len({draft.name for draft in found}) > 1
    )
