"""What each step of a voter's opinion asks for: operation, fields, what they start with."""

from collections.abc import Sequence
from functools import partial

from deputydesk.models import Opinion
from deputydesk.models.choices import Route
from deputydesk.operations import opinions, presets, triage
from deputydesk.operations.opinion_detail import Detail
from deputydesk.rules.deadlines import chinese, days_after
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.ui import lookups
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs import proposed_unit
from deputydesk.ui.dialogs.steps import Asked, Chosen, Step, Today, UnitField, Values
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.form import Form
from deputydesk.ui.pickers import PickField

Asking = Asked[Detail]
Fields = Sequence[Field]

_S = OpinionState
_OPEN = (_S.RECEIVED, _S.ASSIGNED, _S.HANDLED, _S.FED_BACK, _S.RAISED)
_ROUTES = [(route, route.label) for route in (Route.UNIT, Route.VILLAGE)]
_ACCEPTED = [
    (answer, answer.label)
    for answer in (Satisfaction.SATISFIED, Satisfaction.MOSTLY, Satisfaction.NONE)
]
_WAYS = tuple(Candidate(way, way) for way in ("当面", "电话", "短信", "书面", "上门", "公示"))


def _ways() -> tuple[Candidate, ...]:
    return _WAYS


def _told_how() -> Field:
    return PickField("told_how", _ways, free=True)


def _answer(_asked: Asking) -> Fields:
    return (
        LongTextField("answer", label="当场答复"),
        Today("answered_on", label="答复日期"),
    )


def _matter(detail: Detail) -> tuple[str, str]:
    return detail.row.id, detail.row.matter


def _assign(asked: Asking) -> Fields:
    return (
        ChoiceField("route", options=_ROUTES),
        UnitField(asked.desk, "unit_id"),
        Today("assigned_on"),
        NumberField("days", optional=True, label="办理天数（不填按规定）"),
    )


def _due(day_field: str, asked: Asking, form: Form) -> str:
    """Until when the unit has to be done, and why on that day."""
    day = form.field(day_field).value()
    rule = asked.desk.ask(presets.deadlines, day)
    days = form.field("days").value() or rule.opinion_days
    deadline = days_after(day, days, presets.calendar(), move=rule.postponed)
    return f"办理时限：{chinese(deadline.due)}。{deadline.why}"


def _handle(_asked: Asking) -> Fields:
    return (LongTextField("outcome"), Today("handled_on"))


def _feed_back(_asked: Asking) -> Fields:
    return (_told_how(), Today("told_on"))


def _close(_asked: Asking) -> Fields:
    return (Chosen("satisfaction", options=_ACCEPTED), Today("closed_on", label="销号日期"))


def _send_back(_asked: Asking) -> Fields:
    return (
        LongTextField("reason", label="选民不认可的理由"),
        Today("sent_on", label="退回日期"),
        NumberField("days", optional=True, label="办理天数（不填按规定）"),
    )


def _explain(_asked: Asking) -> Fields:
    return (
        LongTextField("explanation", label="向选民作的解释"),
        Today("closed_on", label="办结日期"),
    )


def _raise(asked: Asking) -> Fields:
    return (
        TextField("headline", label="建议标题", wide=True),
        PickField("lead_id", partial(lookups.deputies_in_office, asked.desk), label="领衔代表"),
        TextField("category"),
        LongTextField("reason", label="案由"),
        LongTextField("proposal", label="具体建议"),
    )


def _as_heard(asked: Asking) -> Values:
    row = asked.detail.row
    return {
        "headline": f"关于{row.matter}的建议",
        "lead_id": row.deputy_id,
        "category": row.category,
        "reason": row.detail or row.matter,
        "proposal": row.deputy_view,
    }


def _redirect(_asked: Asking) -> Fields:
    return (
        LongTextField("explanation", label="引导的去向和理由（须告诉选民）"),
        _told_how(),
        Today("told_on", label="告知日期"),
    )


def _keep(_asked: Asking) -> Fields:
    return (LongTextField("note", label="说明"), Today("kept_on", label="日期"))


def _merge(asked: Asking) -> Fields:
    others = partial(_open_opinions, asked.desk, without=asked.detail.row.id)
    return (PickField("into_id", others, label="并入哪件意见", wide=True),)


def _open_opinions(desk: Desk, *, without: str) -> list[Candidate]:
    return [
        Candidate(row.id, row.matter, f"{row.code} {row.deputy}")
        for row in desk.ask(opinions.rows, today=desk.today, states=_OPEN)
        if row.id != without
    ]


def _spot(asked: Asking) -> Values:
    return {"answer": asked.detail.row.spot_answer}


def _in_person(_asked: Asking) -> Values:
    return {"told_how": "当面"}


_STEPS: tuple[Step[Detail], ...] = (
    Step(opinions.answer_on_spot, Opinion, _answer, start=_spot),
    Step(
        opinions.assign,
        Opinion,
        _assign,
        start=proposed_unit.start("unit_id", _matter),
        say=proposed_unit.say("unit_id", _matter, partial(_due, "assigned_on")),
        adds_units=True,
    ),
    Step(opinions.handle, Opinion, _handle),
    Step(opinions.feed_back, Opinion, _feed_back),
    Step(opinions.close, Opinion, _close),
    Step(opinions.send_back, Opinion, _send_back, say=partial(_due, "sent_on")),
    Step(opinions.close_explained, Opinion, _explain),
    Step(triage.raise_suggestion, Opinion, _raise, start=_as_heard),
    Step(triage.redirect, Opinion, _redirect, start=_in_person),
    Step(triage.keep, Opinion, _keep),
    Step(triage.merge, Opinion, _merge),
)

OPINION_STEPS = {step.operation.name: step for step in _STEPS}
"""How each step is asked for, by the name of its operation."""

MAIN_WAY = (
    "opinions.assign",
    "opinions.handle",
    "opinions.feed_back",
    "opinions.close",
    "opinions.answer_on_spot",
)
"""The step that most often comes next stands first: the first of these that is offered."""
