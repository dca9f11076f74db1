"""Everything about one opinion of a voter: what its page and its papers show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deputydesk.models import Opinion
from deputydesk.models.choices import Route
from deputydesk.operations.checks import get
from deputydesk.operations.handling import Event, StepRow, Writers
from deputydesk.operations.opinion_rows import Lists, OpinionRow
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.opinion_flow import LAST_ROUND, OPINION, OpinionState, OpinionStep

_T = OpinionStep
_OPERATIONS = {
    _T.ANSWER_ON_SPOT: ("opinions.answer_on_spot", "当场答复"),
    _T.ASSIGN: ("opinions.assign", "转办选民意见"),
    _T.HANDLE: ("opinions.handle", "登记办理结果"),
    _T.FEED_BACK: ("opinions.feed_back", "向选民反馈"),
    _T.CLOSE: ("opinions.close", "选民意见销号"),
    _T.REASSIGN: ("opinions.send_back", "退回重办"),
    _T.CLOSE_EXPLAINED: ("opinions.close_explained", "解释后办结"),
    _T.RAISE: ("triage.raise_suggestion", "转为代表建议"),
    _T.REDIRECT: ("triage.redirect", "引导到其他渠道"),
    _T.KEEP: ("triage.keep", "留作参考"),
    _T.MERGE: ("triage.merge", "合并选民意见"),
}


@dataclass(frozen=True)
class Detail:
    """An opinion with those merged into it, what happened, and what can be done now."""

    row: OpinionRow
    merged: tuple[OpinionRow, ...]
    events: tuple[Event, ...]
    steps: tuple[StepRow, ...]


@dataclass(frozen=True)
class File:
    """Reads all that belongs to one opinion; voters' data only with `contacts`."""

    session: Session
    today: date
    contacts: bool = False

    def read(self, opinion_id: str) -> Detail:
        """Everything about the opinion.

        Raises:
            UserError: there is none with this id.
        """
        get(self.session, Opinion, opinion_id)
        lists = Lists(self.session, self.today, self.contacts)
        row = lists.rows(Opinion.id == opinion_id)[0]
        merged = lists.rows(Opinion.merged_into == opinion_id)
        wrote = Writers(self.session).of((Opinion,), (row.id,))
        return Detail(row, tuple(merged), _events(row, wrote), _steps(row))


def _steps(row: OpinionRow) -> tuple[StepRow, ...]:
    """The operations that would not be refused, in the order of the work."""
    may_return = row.sent_back + 1 < LAST_ROUND
    refused = {_T.CLOSE_EXPLAINED} if may_return else {_T.REASSIGN}
    return tuple(
        StepRow(operation, label, "opinion_id", (row.id,))
        for move, (operation, label) in _OPERATIONS.items()
        if OPINION.may(row.state, move) and move not in refused
    )


def _events(row: OpinionRow, wrote: Mapping[tuple[str, str], str]) -> tuple[Event, ...]:
    found = [
        Event(day, text, who or wrote.get((row.id, field), ""))
        for day, text, field, who in _lines(row)
        if day
    ]
    return tuple(sorted(found, key=lambda event: event.on))


def _lines(row: OpinionRow) -> Iterator[tuple[date | None, str, str, str]]:
    """Day, what happened, the field whose writer is named, who else did it."""
    yield row.heard_on, f"听取意见（{row.channel.label}）", "heard_on", row.deputy
    if row.route is Route.ON_SPOT:
        yield row.told_on, f"当场答复：{row.spot_answer}", "told_on", row.deputy
    if row.due_on:
        again = f"退回{row.unit}重办" if row.sent_back else f"转{row.unit}办理"
        why = f"：{row.refused_why}" if row.refused_why else ""
        until = f"（{chinese(row.due_on)}前）"
        yield row.assigned_on, f"{again}{until}{why}", "assigned_on", ""
    yield row.handled_on, f"办理：{row.outcome}", "handled_on", row.unit
    if row.handled_on:
        yield row.told_on, f"反馈选民（{row.told_how}）", "told_on", ""
    yield row.settled_on, _settled(row), "settled_on", ""


def _settled(row: OpinionRow) -> str:
    text = {
        OpinionState.CLOSED: f"销号（{row.satisfaction.label}）",
        OpinionState.CLOSED_EXPLAINED: "解释后办结",
        OpinionState.REDIRECTED: "引导到其他渠道",
        OpinionState.REFERENCE: "留作参考",
        OpinionState.RAISED: f"转成的建议第{row.suggestion_number}号办结",
    }.get(row.state, f"随意见第{row.merged_number}号办结")
    return f"{text}：{row.explanation}" if row.explanation else text
