"""Suggestions of deputies, from the paper that comes in to the file in the archive.

What happens between is in `reviews`, `assignments`, `talks`, `extensions`, `urgings`, `replies`,
`feedbacks` and `commitments`.
"""

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Assignment, Cosigner, Mandate, Meeting, Suggestion
from deputydesk.models.choices import HandbackOutcome
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import cosigners
from deputydesk.operations.checks import filled, get, get_for, next_number
from deputydesk.operations.handling import advance, name_of, release_raised, step_day
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.operations.suggestion_detail import File
from deputydesk.operations.suggestion_rows import BoardColumn, Lists, SuggestionRow
from deputydesk.rules.suggestion_flow import SuggestionState, SuggestionStep

_S = SuggestionState


def rows(
    session: Session,
    *,
    today: date,
    meeting_id: str | None = None,
    year: int | None = None,
    states: tuple[SuggestionState, ...] = (),
    mandate_id: str = "",
    unit_id: str = "",
    category: str = "",
    pressed: bool = False,
    ids: tuple[str, ...] | None = None,
) -> list[SuggestionRow]:
    """Suggestions, the newest first.

    Args:
        session: where to read.
        today: the day from which days left are counted.
        meeting_id: of this meeting; empty for those between meetings; None for all.
        year: of this year.
        states: in these states; all unless given.
        mandate_id: led or signed by this deputy.
        unit_id: with this unit.
        category: of this category.
        pressed: only 重点督办 and 领衔督办.
        ids: only these.
    """
    where: list[ColumnElement[bool]] = []
    if meeting_id is not None:
        where.append(Suggestion.meeting_id == meeting_id)
    if year is not None:
        where.append(Suggestion.year == year)
    if states:
        where.append(Suggestion.state.in_(states))
    if mandate_id:
        signed = select(Cosigner.suggestion_id).where(Cosigner.mandate_id == mandate_id)
        where.append((Suggestion.lead_id == mandate_id) | Suggestion.id.in_(signed))
    if unit_id:
        with_unit = select(Assignment.suggestion_id).where(
            Assignment.unit_id == unit_id, Assignment.handback != HandbackOutcome.AGREED
        )
        where.append(Suggestion.id.in_(with_unit))
    if category:
        where.append(Suggestion.category == category)
    if pressed:
        where.append(Suggestion.key | (Suggestion.led_by != ""))
    if ids is not None:
        where.append(Suggestion.id.in_(ids))
    return Lists(session, today).rows(*where)


def detail(session: Session, *, suggestion_id: str, today: date) -> Detail:
    """Everything about one suggestion.

    Raises:
        UserError: there is none with this id.
    """
    return File(session, today).read(suggestion_id)


def board(session: Session, *, today: date, most: int | None = None) -> list[BoardColumn]:
    """What is going on, and what was closed this month, in columns by state; see `Lists`."""
    return Lists(session, today).board(most)


def categories(session: Session) -> list[str]:
    """Categories in use, the most frequent first."""
    found = session.scalars(
        select(Suggestion.category)
        .where(Suggestion.category != "")
        .group_by(Suggestion.category)
        .order_by(func.count().desc(), Suggestion.category)
    )
    return list(found)


@operation(Right.REGISTER, "起草建议")
def create(
    tx: Tx,
    *,
    headline: str,
    lead_id: str,
    cosigner_ids: tuple[str, ...] = (),
    reason: str = "",
    proposal: str = "",
    category: str = "",
    wished_unit: str = "",
    wishes_talk: bool = False,
    public: bool = False,
    confidential: bool = False,
    repeated: bool = False,
) -> str:
    """Write down a suggestion as a draft; returns its id.

    Args:
        tx: the transaction.
        headline: what it is called.
        lead_id: the deputy who leads; opinions and answers go there.
        cosigner_ids: deputies who sign with the lead.
        reason: the circumstances.
        proposal: what is to be done.
        category: a heading for statistics.
        wished_unit: who should handle it, in the deputy's words.
        wishes_talk: the deputy wants to be talked with.
        public: it may be published.
        confidential: the deputy's name is withheld.
        repeated: it was raised in earlier years too.
    """
    get_for(tx.session, Mandate, "lead_id", lead_id)
    suggestion = Suggestion(
        headline=filled("headline", headline, "标题"),
        lead_id=lead_id,
        year=tx.today.year,
        reason=reason.strip(),
        proposal=proposal.strip(),
        category=category.strip(),
        wished_unit=wished_unit.strip(),
        wishes_talk=wishes_talk,
        public=public,
        confidential=confidential,
        repeated=repeated,
    )
    tx.session.add(suggestion)
    cosigners.put(tx, suggestion, cosigner_ids)
    tx.about = name_of(suggestion)
    return suggestion.id


@operation(Right.REGISTER, "提交建议")
def submit(tx: Tx, *, suggestion_id: str, submitted_on: date | None = None) -> None:
    """Hand in a draft, or one that was returned and improved; all who sign must be in office."""
    suggestion = get(tx.session, Suggestion, suggestion_id)
    advance(tx, suggestion, SuggestionStep.SUBMIT)
    day = step_day(
        tx, "submitted_on", submitted_on, "提出日期", ("退回日期", suggestion.reviewed_on)
    )
    suggestion.submitted_on = day
    cosigners.check_in_office(tx, suggestion)
    if not suggestion.number:
        suggestion.year = day.year


@operation(Right.REGISTER, "登记建议")
def register(
    tx: Tx,
    *,
    suggestion_id: str,
    meeting_id: str = "",
    registered_on: date | None = None,
    number: int | None = None,
) -> int:
    """Give a suggestion its number, of a meeting or of the year between meetings; returns it.

    Args:
        tx: the transaction.
        suggestion_id: the suggestion, which was submitted.
        meeting_id: the meeting it was made at; empty between meetings.
        registered_on: the day; today unless given.
        number: the number on the paper; the next free one unless given.
    """
    suggestion = get(tx.session, Suggestion, suggestion_id)
    advance(tx, suggestion, SuggestionStep.REGISTER)
    suggestion.registered_on = step_day(
        tx, "registered_on", registered_on, "登记日期", ("提出日期", suggestion.submitted_on)
    )
    if meeting_id:  # empty between meetings
        get_for(tx.session, Meeting, "meeting_id", meeting_id)
    if not suggestion.number or number or meeting_id != suggestion.meeting_id:
        suggestion.meeting_id = meeting_id
        suggestion.number = _number(tx, suggestion, number)
    tx.about = name_of(suggestion)
    return suggestion.number


@operation(Right.REGISTER, "登记代表建议")
def enter(
    tx: Tx,
    *,
    headline: str,
    lead_id: str,
    cosigner_ids: tuple[str, ...] = (),
    meeting_id: str = "",
    submitted_on: date | None = None,
    registered_on: date | None = None,
    number: int | None = None,
    reason: str = "",
    proposal: str = "",
    category: str = "",
    wished_unit: str = "",
    wishes_talk: bool = False,
    public: bool = False,
    confidential: bool = False,
    repeated: bool = False,
) -> str:
    """Take in a suggestion that came on paper: written down, submitted, numbered in one go.

    Returns:
        Its id.
    """
    suggestion_id = create(
        tx,
        headline=headline,
        lead_id=lead_id,
        cosigner_ids=cosigner_ids,
        reason=reason,
        proposal=proposal,
        category=category,
        wished_unit=wished_unit,
        wishes_talk=wishes_talk,
        public=public,
        confidential=confidential,
        repeated=repeated,
    )
    tx.session.flush()
    submit(tx, suggestion_id=suggestion_id, submitted_on=submitted_on)
    register(
        tx,
        suggestion_id=suggestion_id,
        meeting_id=meeting_id,
        registered_on=registered_on or submitted_on,
        number=number,
    )
    return suggestion_id


@operation(Right.REGISTER, "修改建议")
def edit(
    tx: Tx,
    *,
    suggestion_id: str,
    headline: str | None = None,
    lead_id: str | None = None,
    cosigner_ids: tuple[str, ...] | None = None,
    reason: str | None = None,
    proposal: str | None = None,
    category: str | None = None,
    wished_unit: str | None = None,
    wishes_talk: bool | None = None,
) -> None:
    """Correct what was written down; fields not given stay.

    Who signed can be changed until the suggestion is reviewed.
    """
    suggestion = get(tx.session, Suggestion, suggestion_id)
    if suggestion.state in (_S.ARCHIVED, _S.WITHDRAWN):
        raise UserError(f"建议{suggestion.state.label}，不能再修改。")
    if headline is not None:
        suggestion.headline = filled("headline", headline, "标题")
    texts = {
        "reason": reason,
        "proposal": proposal,
        "category": category,
        "wished_unit": wished_unit,
    }
    for field, text in texts.items():
        if text is not None:
            setattr(suggestion, field, text.strip())
    if wishes_talk is not None:
        suggestion.wishes_talk = wishes_talk
    cosigners.change(tx, suggestion, lead_id=lead_id, mandate_ids=cosigner_ids)
    tx.about = name_of(suggestion)


@operation(Right.HANDLE, "标记建议")
def flag(
    tx: Tx,
    *,
    suggestion_id: str,
    public: bool | None = None,
    confidential: bool | None = None,
    repeated: bool | None = None,
) -> None:
    """Set marks that go along with any state; those not given stay.

    重点督办, 领衔督办 and 检察衔接 are marks too: `oversights` and `conversions` write them.

    Args:
        tx: the transaction.
        suggestion_id: the suggestion.
        public: it may be published.
        confidential: the deputy's name is withheld.
        repeated: it was raised in earlier years too.
    """
    suggestion = get(tx.session, Suggestion, suggestion_id)
    marks = {"public": public, "confidential": confidential, "repeated": repeated}
    for field, mark in marks.items():
        if mark is not None:
            setattr(suggestion, field, mark)
    tx.about = name_of(suggestion)


@operation(Right.HANDLE, "撤回建议")
def withdraw(
    tx: Tx,
    *,
    suggestion_id: str,
    note: str = "",
    all_agree: bool = False,
    withdrawn_on: date | None = None,
) -> None:
    """Take a suggestion back in writing before it is answered; a joint one needs all signers."""
    suggestion = get(tx.session, Suggestion, suggestion_id)
    advance(tx, suggestion, SuggestionStep.WITHDRAW)
    if cosigners.of(tx, suggestion.id) and not all_agree:
        raise FieldError(
            "all_agree", "联名提出的建议，须全体联名代表同意才能撤回。", hint="请核对书面撤回申请。"
        )
    suggestion.withdrawn_on = step_day(
        tx,
        "withdrawn_on",
        withdrawn_on,
        "撤回日期",
        ("提出日期", suggestion.submitted_on),
        ("登记日期", suggestion.registered_on),
    )
    suggestion.withdrawal_agreed, suggestion.withdrawal_note = all_agree, note.strip()
    release_raised(tx, suggestion)


@operation(Right.HANDLE, "建议归档")
def archive(
    tx: Tx,
    *,
    suggestion_id: str,
    file_no: str,
    pages: int | None = None,
    archived_on: date | None = None,
) -> None:
    """Put a closed suggestion away under its file number; open promises stay open."""
    suggestion = get(tx.session, Suggestion, suggestion_id)
    advance(tx, suggestion, SuggestionStep.ARCHIVE)
    file_no = filled("file_no", file_no, "档号")
    others = select(Suggestion).where(Suggestion.id != suggestion_id)
    if holder := tx.session.scalars(others.where(Suggestion.file_no == file_no)).first():
        raise FieldError("file_no", f"档号“{file_no}”已用于{name_of(holder)}。")
    if pages is not None and pages < 1:
        raise FieldError("pages", "页数至少为1。", hint="不清楚的可以不填。")
    suggestion.archived_on = step_day(
        tx, "archived_on", archived_on, "归档日期", ("办结日期", suggestion.closed_on)
    )
    suggestion.file_no, suggestion.pages = file_no, pages


def _number(tx: Tx, suggestion: Suggestion, given: int | None) -> int:
    """The number on the paper if nobody has it, else the next of the series."""
    series = [Suggestion.meeting_id == suggestion.meeting_id, Suggestion.id != suggestion.id]
    if not suggestion.meeting_id:
        series.append(Suggestion.year == suggestion.year)
    if given is None:
        return next_number(tx.session, Suggestion.number, *series)
    if given < 1:
        raise FieldError("number", "编号应从1开始。")
    taken = select(Suggestion.headline).where(Suggestion.number == given, *series)
    holder = tx.session.scalars(taken).first()
    if holder is not None:
        raise FieldError("number", f"第{given}号已经是《{holder}》。", hint="请改用其他编号。")
    return given
