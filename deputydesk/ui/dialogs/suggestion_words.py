"""What is said while a step of a suggestion is filled in, and what its fields start with."""

from datetime import date

from deputydesk.operations import handling, presets
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.steps import Asked, Values
from deputydesk.ui.form import Form

Asking = Asked[Detail]


def unit_of(detail: Detail, assignment_id: str) -> str:
    """The unit of an assignment, with its part."""
    return next(
        (f"{a.unit}（{a.role.label}）" for a in detail.assignments if a.id == assignment_id), ""
    )


def matter(detail: Detail) -> tuple[str, str]:
    """Its id, and what it is about."""
    return detail.row.id, detail.row.headline


def unit_waiting(detail: Detail, extension_id: str) -> str:
    """The unit that asks for more time."""
    return next((e.unit for e in detail.extensions if e.id == extension_id), "")


def promise(detail: Detail, commitment_id: str) -> str:
    """A promise in words."""
    return next((f"{c.unit}：{c.content}" for c in detail.commitments if c.id == commitment_id), "")


def _months(desk: Desk, day: date, *, long: bool) -> int:
    rule = desk.ask(presets.deadlines, day)
    return rule.long_reply_months if long else rule.reply_months


def why(day_field: str, asked: Asking, form: Form) -> str:
    """Until when the unit has to answer, and why on that day."""
    day = form.field(day_field).value()
    months = _months(asked.desk, day, long=form.field("long").value())
    deadline = asked.desk.ask(handling.months_from, day, months)
    return f"答复时限：{chinese(deadline.due)}。{deadline.why}"


def class_means(asked: Asking, form: Form) -> str:
    """What the class says that was chosen."""
    code = form.field("answer_class").value()
    classes = asked.desk.ask(presets.answer_classes, asked.desk.today)
    kind = next(kind for kind in classes if kind.code == code)
    promise = "须列明计划落实事项，办结后继续跟踪。" if kind.promises else ""
    return f"{kind.code}类：{kind.meaning}。{promise}"


def what_follows(_asked: Asking, form: Form) -> str:
    """What becomes of the suggestion if the form says this."""
    said = (form.field("attitude").value(), form.field("result").value())
    if Satisfaction.DISSATISFIED in said:
        return "有一项不满意：须写明理由，建议进入重新办理；重新办理后仍不满意的，由协调会决定。"
    return "办理工作和办理结果分开表态；都不是“不满意”的，建议随即办结。"


def longest(asked: Asking) -> Values:
    """The last day that may be granted to the unit that asks."""
    asking = next(e for e in asked.detail.extensions if e.id == asked.step.ids[0])
    given = next(a for a in asked.detail.assignments if a.id == asking.assignment_id)
    months = _months(asked.desk, given.assigned_on, long=True)
    return {"new_due_on": asked.desk.ask(handling.months_from, given.assigned_on, months).due}


def contact_of_unit(asked: Asking) -> Values:
    """How the unit last talked with the deputy."""
    return {"talk_form": asked.detail.talks[-1].form} if asked.detail.talks else {}


def own_meeting(asked: Asking) -> Values:
    """The meeting it was registered for before."""
    return {"meeting_id": asked.detail.row.meeting_id}
