"""Notes from deputies' phones: looked at first, then taken in at once and only once.

The note's number is the number of the opinion that it becomes, so that a second intake knows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.journal import history
from deputydesk.journal.tables import SyncSelf
from deputydesk.journal.values import encode
from deputydesk.models import Home, Mandate, Opinion, Person, Visit, VisitDeputy, Voter
from deputydesk.models.choices import Channel, LinkMethod, VisitKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attachments, opinions, visits
from deputydesk.operations.attachments import Content
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import clean_name
from deputydesk.rules.pocket_notes import Bundle, Note

CHANNELS = (
    Channel.HOME,
    Channel.RECEPTION,
    Channel.STUDIO,
    Channel.BREAKFAST,
    Channel.HOUSEHOLD,
    Channel.PHONE,
    Channel.LINK,
)
"""Ways in which a deputy alone hears a voter."""
_METHODS = {Channel.HOUSEHOLD: LinkMethod.HOUSEHOLD, Channel.PHONE: LinkMethod.PHONE}
LINKS = (Channel.HOUSEHOLD, Channel.PHONE, Channel.LINK)
"""Those that need no home: 双联系, wherever it was."""
FROM_PHONE = "代表随手记"
"""What the note of a visit says that was made from notes of a phone."""
_FIELDS = {
    "heard_on": "日期",
    "home_id": "代表之家",
    "channel": "渠道",
    "matter": "反映事项",
    "detail": "情况记录",
    "voter_name": "选民姓名",
    "voter_phone": "联系电话",
}
_LONG = 24


class NoteState(Choice):
    """What an incoming note is to the office."""

    NEW = "new", "新"
    KNOWN = "known", "已登记"
    CHANGED = "changed", "手机上改过"
    REMOVED = "removed", "登记后已删除"
    UNFIT = "unfit", "不能登记"


@dataclass(frozen=True)
class NoteRow:
    """An incoming note as the preview shows it."""

    id: str
    state: NoteState
    heard_on: date
    deputy: str
    home: str
    channel: str
    matter: str
    has_photo: bool
    about: str
    """What differs, or why it cannot be registered."""


@dataclass(frozen=True)
class Intake:
    """What became of the notes."""

    added: int = 0
    changed: int = 0
    same: int = 0
    unfit: int = 0
    photos: int = 0


@dataclass
class _Tally:
    added: int = 0
    changed: int = 0
    same: int = 0
    unfit: int = 0
    photos: int = 0
    visits: dict[str, str] = field(default_factory=dict[str, str])


def preview(session: Session, bundle: Bundle, *, today: date) -> list[NoteRow]:
    """What each note is to the office; nothing is changed.

    Raises:
        UserError: the notes were made for another office.
    """
    refuse_foreign(session, bundle)
    return [_row(session, note, today) for note in bundle.notes]


def refuse_foreign(session: Session, bundle: Bundle) -> None:
    """Refuse notes that were made on another office's page.

    Raises:
        UserError: they were.
    """
    if bundle.office != session.scalars(select(SyncSelf.office)).one():
        raise foreign(bundle)


def foreign(bundle: Bundle) -> UserError:
    """The sentence for notes of another office."""
    return UserError(
        f"这是其他单位（代码 {bundle.office}）的代表随手记，什么都没有登记。",
        hint="请交给发给代表这个页面的单位。",
    )


@operation(Right.REGISTER, "收代表随手记")
def take(
    tx: Tx,
    *,
    notes: Sequence[Note],
    photos: Mapping[str, Content] | None = None,
    accepted: Sequence[str] = (),
) -> Intake:
    """Register notes as visits and opinions; what is there already stays as it is.

    Args:
        tx: the transaction.
        notes: what phones handed over.
        photos: the content in the store, by note.
        accepted: notes changed on the phone, or removed here, that are to be taken all the same.
    """
    tally = _Tally()
    for note in notes:
        row = _row(tx.session, note, tx.today)
        wanted = note.id in accepted
        if row.state == NoteState.NEW or (row.state == NoteState.REMOVED and wanted):
            _register(tx, note, tally)
            tally.added += 1
        elif row.state == NoteState.CHANGED and wanted:
            _change(tx, note)
            tally.changed += 1
        elif row.state == NoteState.UNFIT:
            tally.unfit += 1
        else:
            tally.same += 1
        tx.session.flush()
        _attach(tx, note, photos or {}, tally)
    tx.about = f"新登记{tally.added}条" + (f"，更新{tally.changed}条" if tally.changed else "")
    return Intake(tally.added, tally.changed, tally.same, tally.unfit, tally.photos)


def opinion_id(session: Session, note_id: str) -> str:
    """The id of the opinion that a note becomes, or became."""
    return f"{session.scalars(select(SyncSelf.office)).one()}-{note_id}"


def _row(session: Session, note: Note, today: date) -> NoteRow:
    mandate = session.get(Mandate, note.deputy_id)
    person = session.get(Person, mandate.person_id) if mandate else None
    home = session.get(Home, note.home_id) if note.home_id else None
    state, about = _state(session, note, today)
    return NoteRow(
        id=note.id,
        state=state,
        heard_on=note.heard_on,
        deputy=person.name if person else "",
        home=home.name if home else "",
        channel=Channel.stored(note.channel).label,
        matter=note.matter,
        has_photo=bool(note.photo),
        about=about,
    )


def _state(session: Session, note: Note, today: date) -> tuple[NoteState, str]:
    record_id = opinion_id(session, note.id)
    opinion = session.get(Opinion, record_id)
    if opinion is None:
        if why := _unfit(session, note, today):
            return NoteState.UNFIT, why
        if history.of_record(session, Opinion.__tablename__, record_id):
            return NoteState.REMOVED, "登记以后被删除或撤销过，需要的请选中后点“仍然登记”。"
        return NoteState.NEW, ""
    differs = _differences(session, note, opinion)
    if not differs:
        return NoteState.KNOWN, ""
    if why := _unfit(session, note, today):
        return NoteState.UNFIT, why
    return NoteState.CHANGED, "；".join(differs)


def _unfit(session: Session, note: Note, today: date) -> str:
    """Why a note cannot be registered; empty if it can."""
    mandate = session.get(Mandate, note.deputy_id)
    channel, day = Channel.stored(note.channel), note.heard_on
    if mandate is None:
        return "名册里没有这名代表。"
    is_over = mandate.ended_on is not None and day > mandate.ended_on
    is_early = mandate.started_on is not None and day < mandate.started_on
    needs_home = channel not in LINKS
    reasons = (
        (channel not in CHANNELS, "渠道不对。"),
        (day > today, "日期晚于今天。"),
        (is_over or mandate.suspended, "这名代表当时已不在任，或暂停执行职务。"),
        (is_early, "这名代表当时还没有当选。"),
        (needs_home and session.get(Home, note.home_id) is None, "没有写明在哪个代表之家。"),
    )
    return next((why for is_so, why in reasons if is_so), "")


def _said(note: Note) -> dict[str, str]:
    return {
        "heard_on": note.heard_on.isoformat(),
        "home_id": note.home_id,
        "channel": note.channel,
        "matter": note.matter,
        "detail": note.detail,
        "voter_name": clean_name(note.voter_name),
        "voter_phone": note.voter_phone,
    }


def _differences(session: Session, note: Note, opinion: Opinion) -> list[str]:
    """Fields in which the phone says what the office has not and never had."""
    voter = session.get(Voter, opinion.voter_id) if opinion.voter_id else None
    now = {name: str(encode(getattr(opinion, name))) for name in list(_FIELDS)[:5]}
    now |= {"voter_name": voter.name if voter else "", "voter_phone": voter.phone if voter else ""}
    had = _had(session, Opinion.__tablename__, opinion.id, "")
    if voter:
        had |= _had(session, Voter.__tablename__, voter.id, "voter_")
    return [
        f"{title}：{_shown(session, name, now[name])} → {_shown(session, name, said)}"
        for name, title in _FIELDS.items()
        if (said := _said(note)[name]) != now[name] and (name, said) not in had
    ]


def _had(session: Session, table: str, record_id: str, before: str) -> set[tuple[str, str]]:
    """Every value that each field of a record ever had."""
    changes = history.of_record(session, table, record_id)
    return {
        (f"{before}{change.field}", str(value))
        for change in changes
        for value in ((change.before, change.after) if change.kind != "新建" else (change.after,))
    }


def _shown(session: Session, name: str, value: str) -> str:
    if name == "home_id":
        home = session.get(Home, value) if value else None
        value = home.name if home else ""
    elif name == "channel":
        value = Channel.stored(value).label
    short = value.replace("\n", " ")
    return f"“{short[:_LONG]}…”" if len(short) > _LONG else f"“{short}”" if short else "（空）"


def _register(tx: Tx, note: Note, tally: _Tally) -> None:
    channel = Channel.stored(note.channel)
    try:
        opinions.hear(
            tx,
            opinion_id=opinion_id(tx.session, note.id),
            channel=channel,
            matter=note.matter,
            detail=note.detail,
            visit_id=_visit(tx, note, channel, tally),
            mandate_id=note.deputy_id,
            heard_on=note.heard_on,
            home_id=note.home_id,
            voter_name=note.voter_name,
            voter_phone=note.voter_phone,
        )
    except FieldError as error:
        raise UserError(f"“{note.matter}”：{error.message}", hint=error.hint) from error


def _visit(tx: Tx, note: Note, channel: Channel, tally: _Tally) -> str:
    """The visit at which it was heard: the one that is there, or a new one."""
    is_link = channel in LINKS
    home_id = "" if is_link else note.home_id
    key = f"{note.deputy_id} {note.heard_on} {home_id} {channel}"
    found = tally.visits.get(key) or _there(tx, note, home_id, channel)
    if found:
        visit = tx.session.get(Visit, found)
        if visit and visit.note == FROM_PHONE:
            visit.received += 1
    else:
        found = visits.register(
            tx,
            held_on=note.heard_on,
            kind=VisitKind.LINK_VOTERS if is_link else VisitKind.RECEPTION,
            home_id=home_id,
            place=_place(tx, note) if is_link else "",
            method=_METHODS.get(channel, LinkMethod.NONE),
            deputy_ids=(note.deputy_id,),
            received=1,
            recorder=tx.user.name,
            note=FROM_PHONE,
        )
        tx.session.flush()
    tally.visits[key] = found
    return found


def _place(tx: Tx, note: Note) -> str:
    home = tx.session.get(Home, note.home_id) if note.home_id else None
    return home.unit or home.name if home else ""


def _there(tx: Tx, note: Note, home_id: str, channel: Channel) -> str:
    """A visit of that day that the deputy took part in: it is not to be counted twice."""
    kinds = [VisitKind.LINK_VOTERS] if channel in LINKS else [VisitKind.RECEPTION]
    methods = [_METHODS.get(channel, LinkMethod.NONE)] if channel in LINKS else list(LinkMethod)
    found = tx.session.scalars(
        select(Visit.id)
        .join(VisitDeputy, VisitDeputy.visit_id == Visit.id)
        .where(
            Visit.held_on == note.heard_on,
            Visit.home_id == home_id,
            Visit.kind.in_(kinds),
            Visit.method.in_(methods),
            VisitDeputy.mandate_id == note.deputy_id,
        )
        .order_by(Visit.id)
    )
    return found.first() or ""


def _change(tx: Tx, note: Note) -> None:
    opinions.edit(
        tx,
        opinion_id=opinion_id(tx.session, note.id),
        channel=Channel.stored(note.channel),
        matter=note.matter,
        heard_on=note.heard_on,
        mandate_id=note.deputy_id,
        home_id=note.home_id,
        detail=note.detail,
        voter_name=note.voter_name,
        voter_phone=note.voter_phone,
    )


def _attach(tx: Tx, note: Note, photos: Mapping[str, Content], tally: _Tally) -> None:
    record_id = opinion_id(tx.session, note.id)
    content = photos.get(note.id)
    if content and tx.session.get(Opinion, record_id):
        added = attachments.add(
            tx,
            owner_kind=Opinion.__tablename__,
            owner_id=record_id,
            files=(content,),
        )
        tally.photos += len(added.ids)
