"""Opinions on articles of draft laws, counted as 条: merged, answered, told to who said them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import LegOpinion, LegRound, Station
from deputydesk.models.legislation import AdoptionState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies
from deputydesk.operations.checks import filled, get, get_for, next_number, put
from deputydesk.operations.handling import step_day
from deputydesk.operations.years import in_year
from deputydesk.rules import articles


@dataclass(frozen=True)
class LegOpinionRow:
    """An opinion as lists show it."""

    id: str
    round_id: str
    round: str
    number: int
    article: str
    content: str
    reason: str
    station_id: str
    station: str
    mandate_id: str
    deputy: str
    speaker: str
    given_on: date
    merged_into: str
    merged_number: int
    adoption: AdoptionState
    answer: str
    fed_back_on: date | None

    @property
    def who(self) -> str:
        """Who said it: the person, or the deputy, or the point."""
        return self.speaker or self.deputy or self.station


@dataclass(frozen=True)
class ArticleRow:
    """What was said on one article."""

    article: str
    count: int
    contents: tuple[str, ...]
    adopted: int


def rows(session: Session, *, year: int | None = None, round_id: str = "") -> list[LegOpinionRow]:
    """Opinions of a year or a draft law, the newest law first, in the order of their numbers."""
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(LegOpinion.given_on, year))
    if round_id:
        where.append(LegOpinion.round_id == round_id)
    found = session.execute(
        select(LegOpinion, LegRound.name, Station.name)
        .outerjoin(LegRound, LegRound.id == LegOpinion.round_id)
        .outerjoin(Station, Station.id == LegOpinion.station_id)
        .where(*where)
        .order_by(
            LegRound.received_on.desc(), LegOpinion.round_id, LegOpinion.number, LegOpinion.id
        )
    ).all()
    people = deputies.names(session, {o.mandate_id for o, _, _ in found})
    numbers = {o.id: o.number for o, _, _ in found}
    return [
        LegOpinionRow(
            id=o.id,
            round_id=o.round_id,
            round=name or "",
            number=o.number,
            article=o.article,
            content=o.content,
            reason=o.reason,
            station_id=o.station_id,
            station=station or "",
            mandate_id=o.mandate_id,
            deputy=people.get(o.mandate_id, ""),
            speaker=o.speaker,
            given_on=o.given_on,
            merged_into=o.merged_into,
            merged_number=numbers.get(o.merged_into, 0),
            adoption=o.adoption,
            answer=o.answer,
            fed_back_on=o.fed_back_on,
        )
        for o, name, station in found
    ]


def by_article(session: Session, *, round_id: str) -> list[ArticleRow]:
    """The opinions on a draft law by article; merged ones count, and are said once."""
    return _by_article(rows(session, round_id=round_id))


def _by_article(found: Iterable[LegOpinionRow]) -> list[ArticleRow]:
    groups: dict[str, list[LegOpinionRow]] = {}
    for row in found:
        groups.setdefault(row.article, []).append(row)
    adopted = (AdoptionState.ADOPTED, AdoptionState.PARTLY)
    return [
        ArticleRow(
            article=article or "总体意见",
            count=len(said),
            contents=tuple(row.content for row in said if not row.merged_into),
            adopted=sum(row.adoption in adopted for row in said),
        )
        for article, said in sorted(groups.items(), key=lambda pair: articles.order(pair[0]))
    ]


@operation(Right.REGISTER, "登记立法意见")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    round_id: str,
    content: str,
    given_on: date,
    article: str = "",
    reason: str = "",
    station_id: str = "",
    mandate_id: str = "",
    speaker: str = "",
) -> str:
    """Write down an opinion on an article, or correct it; returns its id."""
    round_ = get_for(tx.session, LegRound, "round_id", round_id)
    day = step_day(tx, "given_on", given_on, "提出日期", ("收到日期", round_.received_on))
    values: dict[str, Any] = {  # Any: values of columns
        "round_id": round_id,
        "content": filled("content", content, "意见内容"),
        "given_on": day,
        "article": articles.tidy(article),
        "reason": reason.strip(),
        "station_id": station_id,
        "mandate_id": mandate_id,
        "speaker": speaker.strip(),
    }
    kept = get(tx.session, LegOpinion, record_id) if record_id else None
    if kept is None or kept.round_id != round_id:
        values["number"] = next_number(
            tx.session, LegOpinion.number, LegOpinion.round_id == round_id, of_all=True
        )
    made = put(tx, LegOpinion, record_id, **values)
    tx.about = f"{round_.name} 第{made.number}条"
    return made.id


@operation(Right.HANDLE, "合并立法意见")
def merge(tx: Tx, *, opinion_id: str, into_id: str) -> None:
    """Say that an opinion is the same as another of its draft law; both keep counting as 条."""
    opinion, into = _got(tx, opinion_id), get_for(tx.session, LegOpinion, "into_id", into_id)
    if into.id == opinion.id or into.round_id != opinion.round_id or into.merged_into:
        raise FieldError("into_id", "请选择同一法规草案里另一条没有合并的意见。")
    has_own = select(LegOpinion.id).where(LegOpinion.merged_into == opinion_id)
    if tx.session.scalars(has_own).first():
        raise UserError("已有意见并入这一条，不能再并入别的。", hint="请反过来合并。")
    opinion.merged_into = into_id


@operation(Right.HANDLE, "登记立法意见采纳情况")
def decide(tx: Tx, *, opinion_id: str, adoption: AdoptionState, answer: str = "") -> None:
    """Record whether an opinion went into the law; those merged into it share that."""
    opinion = _got(tx, opinion_id)
    if adoption is AdoptionState.OPEN:
        raise FieldError("adoption", "请选择采纳情况。")
    if adoption is AdoptionState.REFUSED:
        filled("answer", answer, "未采纳的说明")
    same = select(LegOpinion).where(LegOpinion.merged_into == opinion_id)
    for one in (opinion, *tx.session.scalars(same)):
        one.adoption, one.answer = adoption, answer.strip()


@operation(Right.HANDLE, "反馈立法意见提出人")
def tell(tx: Tx, *, opinion_id: str, fed_back_on: date | None = None) -> None:
    """Record that who gave an opinion was told what became of it."""
    opinion = _got(tx, opinion_id)
    if opinion.adoption is AdoptionState.OPEN:
        raise UserError("还没有登记采纳情况。", hint="请先登记这条意见是否采纳。")
    earlier = ("提出日期", opinion.given_on)
    opinion.fed_back_on = step_day(tx, "fed_back_on", fed_back_on, "反馈日期", earlier)


@operation(Right.REGISTER, "删除立法意见")
def remove(tx: Tx, *, ids: tuple[str, ...]) -> None:
    """Remove opinions entered by mistake; what was merged into one stands for itself again."""
    for record_id in ids:
        opinion = _got(tx, record_id)
        same = select(LegOpinion).where(LegOpinion.merged_into == record_id)
        for one in tx.session.scalars(same):
            one.merged_into = ""
        tx.session.delete(opinion)
    if len(ids) > 1:
        tx.about = f"{len(ids)}条"


def _got(tx: Tx, opinion_id: str) -> LegOpinion:
    opinion = get(tx.session, LegOpinion, opinion_id)
    round_ = tx.session.get(LegRound, opinion.round_id)
    tx.about = f"{round_.name if round_ else ''} 第{opinion.number}条".strip()
    return opinion
