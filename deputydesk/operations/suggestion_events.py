"""What happened to a suggestion, in words, day by day."""

from collections.abc import Iterator, Mapping
from datetime import date

from deputydesk.models.choices import CommitmentState, HandbackOutcome, TalkForm
from deputydesk.operations.assignments import AssignmentRow
from deputydesk.operations.extensions import ExtensionRow
from deputydesk.operations.handling import Event
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.suggestion_flow import SuggestionState

_S = SuggestionState
Wrote = Mapping[tuple[str, str], str]
"""Who entered a field, by record id and field."""

Line = tuple[date | None, str, str]
"""A day, what happened, who did it; without a day it did not happen."""


def written_by_office(d: Detail) -> tuple[str, ...]:
    """Ids of the records whose days the office fills in; the rest is done by others."""
    records = (*d.assignments, *d.extensions, *d.urgings, *d.feedbacks, *d.commitments)
    return (d.row.id, *(record.id for record in records))


def events(d: Detail, wrote: Wrote) -> tuple[Event, ...]:
    """What happened, in order of days, and on one day in the order of the steps.

    Args:
        d: the suggestion.
        wrote: who entered what; steps of the office bear that name.
    """
    found = [Event(day, text, who) for day, text, who in _lines(d, wrote) if day]
    return tuple(sorted(found, key=lambda event: event.on))


def _lines(d: Detail, wrote: Wrote) -> Iterator[Line]:
    yield from _intake(d, wrote)
    for number in range(1, d.row.round + 1):
        yield from _round(d, wrote, number)
    yield from _end(d, wrote)


def _intake(d: Detail, wrote: Wrote) -> Iterator[Line]:
    row, texts = d.row, d.texts

    def clerk(field: str) -> str:
        return wrote.get((row.id, field), "")

    yield row.submitted_on, "提交建议", row.lead
    yield row.registered_on, f"登记为{row.code}（{row.meeting}）", clerk("registered_on")
    yield texts.reviewed_on, _with(_outcome(d), texts.review_note), clerk("reviewed_on")
    yield texts.told_on, "告知代表", clerk("told_on")


def _outcome(d: Detail) -> str:
    """What the review found, which later steps do not change."""
    if d.row.state is _S.REJECTED:
        return f"不予受理（{d.texts.reject_reason.label}）"
    if d.row.state is _S.MERGED:
        return f"与第{d.row.merged_number}号合并办理"
    if d.row.state in (_S.RETURNED, _S.SUBMITTED, _S.REGISTERED):
        return "退回修改"
    return "审核" if d.row.state is _S.WITHDRAWN and not d.assignments else "受理"


def _round(d: Detail, wrote: Wrote, number: int) -> Iterator[Line]:
    given = [a for a in d.assignments if a.round == number]
    ids = {a.id for a in given}
    for a in given:
        yield from _assignment(a, wrote)
    for e in d.extensions:
        if e.assignment_id in ids:
            yield from _extension(e, wrote)
    for t in d.talks:
        if t.round == number:
            text = "未与代表沟通" if t.form is TalkForm.NONE else f"面商（{t.form.label}）"
            yield t.held_on, _with(text, t.content), t.unit
    if number == 1:
        yield from _urgings(d, wrote)
    for r in d.replies:
        if r.round == number:
            yield r.replied_on, _with(f"答复（{r.answer_class}类）", r.document_no), r.unit
    yield from _forms(d, wrote, number)


def _assignment(a: AssignmentRow, wrote: Wrote) -> Iterator[Line]:
    clerk = wrote.get((a.id, "assigned_on"), "")
    what = "交办" if a.round == 1 else "重新交办"
    until = f"{chinese(a.due_on)}前"
    yield a.assigned_on, f"{what}{a.unit}（{a.role.label}，{until}）", clerk
    yield a.signed_on, _with("签收", a.signed_by), a.unit
    yield a.handback_on, _with("退办", a.handback_reason), a.unit
    if a.handback is not HandbackOutcome.ASKED:
        clerk = wrote.get((a.id, "handback_decided_on"), "")
        text = f"{a.handback.label}{a.unit}退办"
        yield a.handback_decided_on, _with(text, a.handback_note), clerk
    yield a.assist_given_on, _with("提出协办意见", a.assist_opinion), a.unit


def _extension(e: ExtensionRow, wrote: Wrote) -> Iterator[Line]:
    yield e.asked_on, _with("申请延期", e.reason), e.unit
    text = f"同意延期至{chinese(e.new_due_on)}" if e.new_due_on else "不同意延期"
    yield e.decided_on, _with(text, e.note), wrote.get((e.id, "decided_on"), "")
    yield e.deputy_told_on, "延期告知代表", wrote.get((e.id, "deputy_told_on"), "")


def _urgings(d: Detail, wrote: Wrote) -> Iterator[Line]:
    for u in d.urgings:
        text = f"第{u.nth}次催办{u.unit}"
        if u.by_letter:
            text += f"（督办通知{u.document_no}）"
        yield u.urged_on, _with(text, u.content), wrote.get((u.id, "urged_on"), "")


def _forms(d: Detail, wrote: Wrote, number: int) -> Iterator[Line]:
    for f in d.feedbacks:
        if f.round == number:
            yield f.sent_on, "发出征询意见表", wrote.get((f.id, "sent_on"), "")
            yield f.reminded_on, "提醒代表反馈", wrote.get((f.id, "reminded_on"), "")
            text = f"反馈：办理工作{f.attitude.label}，办理结果{f.result.label}"
            yield f.returned_on, _with(text, f.opinion), d.row.lead
            for c in d.corrections:
                if c.record_id == f.id:
                    yield c.on, f"更正征询意见表：{c.said}（{c.why}）", c.who


def _end(d: Detail, wrote: Wrote) -> Iterator[Line]:
    row, texts = d.row, d.texts
    text = _with("协调会决定", texts.decision) if texts.decision else "办结"
    if row.closed_on and d.form and not d.form.returned_on:
        text = "代表未反馈，办结"
    yield row.closed_on, text, wrote.get((row.id, "closed_on"), "")
    for c in d.commitments:
        if c.state is not CommitmentState.OPEN:
            text = _with(f"承诺{c.state.label}", c.note or c.content)
            yield c.settled_on, text, wrote.get((c.id, "settled_on"), "")
    text = f"归档（档号{row.file_no}）"
    yield row.archived_on, text, wrote.get((row.id, "archived_on"), "")
    text = "撤回（联名代表均同意）" if texts.withdrawal_agreed else "撤回"
    yield texts.withdrawn_on, _with(text, texts.withdrawal_note), row.lead


def _with(text: str, more: str) -> str:
    return f"{text}：{more}" if more else text
