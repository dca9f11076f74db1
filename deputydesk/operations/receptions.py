"""An activity with what was heard there: entered, corrected and removed in one step."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Opinion, Voter
from deputydesk.models.choices import Channel, LinkMethod, VisitKind
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import opinions, visits
from deputydesk.rules.opinion_flow import OpinionState


@dataclass(frozen=True)
class Heard:
    """What one voter said at an activity; with an id it corrects what was entered before."""

    channel: Channel
    matter: str
    detail: str = ""
    voter_name: str = ""
    voter_phone: str = ""
    mandate_id: str = ""
    opinion_id: str = ""
    state: OpinionState = OpinionState.RECEIVED
    """How far it is handled; read only."""


def heard(session: Session, visit_id: str) -> tuple[Heard, ...]:
    """What was heard at an activity, in the order it was entered."""
    found = session.execute(
        select(Opinion, Voter)
        .outerjoin(Voter, Voter.id == Opinion.voter_id)
        .where(Opinion.visit_id == visit_id)
        .order_by(Opinion.id)
    )
    return tuple(
        Heard(
            channel=opinion.channel,
            matter=opinion.matter,
            detail=opinion.detail,
            voter_name=voter.name if voter else "",
            voter_phone=voter.phone if voter else "",
            mandate_id=opinion.mandate_id,
            opinion_id=opinion.id,
            state=opinion.state,
        )
        for opinion, voter in found
    )


@operation(Right.REGISTER, "登记进家接待及意见")
def register(
    tx: Tx,
    *,
    held_on: date,
    kind: VisitKind = VisitKind.RECEPTION,
    home_id: str = "",
    deputy_ids: tuple[str, ...] = (),
    received: int = 0,
    slot: str = "",
    place: str = "",
    method: LinkMethod = LinkMethod.NONE,
    member: str = "",
    topic: str = "",
    sign_sheet: str = "",
    recorder: str = "",
    note: str = "",
    said: tuple[Heard, ...] = (),
) -> str:
    """Register an activity and the opinions heard there; returns the activity's id."""
    visit_id = visits.register(
        tx,
        held_on=held_on,
        kind=kind,
        home_id=home_id,
        deputy_ids=deputy_ids,
        received=received,
        slot=slot,
        place=place,
        method=method,
        member=member,
        topic=topic,
        sign_sheet=sign_sheet,
        recorder=recorder,
        note=note,
    )
    about = tx.about
    tx.session.flush()
    _write_down(tx, visit_id, held_on, home_id, said)
    tx.about = about
    return visit_id


@operation(Right.REGISTER, "修改进家接待及意见")
def edit(
    tx: Tx,
    *,
    visit_id: str,
    held_on: date,
    kind: VisitKind = VisitKind.RECEPTION,
    home_id: str = "",
    deputy_ids: tuple[str, ...] = (),
    received: int = 0,
    slot: str = "",
    place: str = "",
    method: LinkMethod = LinkMethod.NONE,
    member: str = "",
    topic: str = "",
    sign_sheet: str = "",
    recorder: str = "",
    note: str = "",
    said: tuple[Heard, ...] = (),
) -> None:
    """Change an activity and the opinions heard there; opinions not given stay as they are."""
    visits.edit(
        tx,
        visit_id=visit_id,
        held_on=held_on,
        kind=kind,
        home_id=home_id,
        deputy_ids=deputy_ids,
        received=received,
        slot=slot,
        place=place,
        method=method,
        member=member,
        topic=topic,
        sign_sheet=sign_sheet,
        recorder=recorder,
        note=note,
    )
    about = tx.about
    tx.session.flush()
    _write_down(tx, visit_id, held_on, home_id, said)
    tx.about = about


@operation(Right.REGISTER, "删除进家接待及意见")
def remove(tx: Tx, *, visit_ids: tuple[str, ...]) -> None:
    """Remove activities entered by mistake; opinions heard there stay."""
    for visit_id in visit_ids:
        visits.delete(tx, visit_id=visit_id)
    if len(visit_ids) > 1:
        tx.about = f"{len(visit_ids)}条"


def _write_down(
    tx: Tx, visit_id: str, held_on: date, home_id: str, said: tuple[Heard, ...]
) -> None:
    for number, one in enumerate(said, 1):
        try:
            if one.opinion_id:
                _correct(tx, one, held_on, home_id)
            else:
                _hear(tx, one, visit_id)
        except FieldError as error:
            sentence = f"意见{number}：{error.message}"
            raise FieldError("said", sentence, hint=error.hint) from error


def _hear(tx: Tx, one: Heard, visit_id: str) -> None:
    opinions.hear(
        tx,
        channel=one.channel,
        matter=one.matter,
        visit_id=visit_id,
        mandate_id=one.mandate_id,
        detail=one.detail,
        voter_name=one.voter_name,
        voter_phone=one.voter_phone,
    )


def _correct(tx: Tx, one: Heard, held_on: date, home_id: str) -> None:
    opinions.edit(
        tx,
        opinion_id=one.opinion_id,
        channel=one.channel,
        matter=one.matter,
        heard_on=held_on,
        home_id=home_id,
        mandate_id=one.mandate_id,
        detail=one.detail,
        voter_name=one.voter_name,
        voter_phone=one.voter_phone,
    )
