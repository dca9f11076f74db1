"""Fields that the steps of a suggestion ask for."""

from collections.abc import Callable, Sequence
from functools import partial

from deputydesk.models.choices import Adoption, TalkForm
from deputydesk.operations import presets, reject_reasons
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.ui.date_field import DateField
from deputydesk.ui.dialogs.steps import (
    Asked,
    Chosen,
    Today,
    UnitField,
    meeting_candidates,
    open_suggestions,
    unit_candidates,
)
from deputydesk.ui.fields import (
    CheckField,
    ChoiceField,
    Field,
    LongTextField,
    NumberField,
    TextField,
)
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField, PickManyField

Asking = Asked[Detail]
Fields = Sequence[Field]

LONG = "涉及面广或办理难度大，适用较长期限"

SATISFACTION = [
    (answer, answer.label)
    for answer in (
        Satisfaction.SATISFIED,
        Satisfaction.MOSTLY,
        Satisfaction.DISSATISFIED,
        Satisfaction.NONE,
    )
]
"""As they stand on the paper; who presses Down once means the first."""


def _units_at_work(asked: Asking) -> ChoiceField:
    """The unit that is meant, if there are several."""
    options = [(a.unit_id, f"{a.unit}（{a.role.label}）") for a in asked.detail.at_work]
    return ChoiceField("unit_id", options=options, label="单位")


def _note(title: str, lines: int = 3) -> LongTextField:
    return LongTextField("note", label=title, lines=lines)


def register(asked: Asking) -> Fields:
    """When and at which meeting, and the number on the paper."""
    return (
        Today("registered_on"),
        PickField("meeting_id", partial(meeting_candidates, asked.desk)),
        NumberField("number", optional=True, label="编号（不填则接着编）"),
    )


def reject(asked: Asking) -> Fields:
    """Why it is not handled, and whether the deputy was told."""
    reasons = asked.desk.ask(reject_reasons.choices, asked.desk.today)
    return (
        Today("reviewed_on"),
        ChoiceField("reason", options=reasons, label="不予受理的原因"),
        DateField("told_on", optional=True),
        _note("说明"),
    )


def merge(asked: Asking) -> Fields:
    """With which other suggestion it is handled."""
    others = partial(open_suggestions, asked.desk, without=asked.detail.row.id)
    return (
        PickField("into_id", others, label="并入哪件建议", wide=True),
        Today("reviewed_on"),
        _note("审核意见"),
    )


def assign(asked: Asking) -> Fields:
    """Who answers, who assists, or who answer separately."""
    candidates = partial(unit_candidates, asked.desk)
    return (
        UnitField(asked.desk, "main_id", "主办单位"),
        Today("assigned_on"),
        PickManyField("assist_ids", candidates, label="协办单位"),
        PickManyField(
            "separate_ids", candidates, label="分别办理（不分主次，两个以上单位，此时不填主办）"
        ),
        CheckField("long", label=LONG, wide=True),
    )


def hand_back(_asked: Asking) -> Fields:
    """Why and when a unit hands it back."""
    return (
        Today("asked_on", label="退办申请日期"),
        CheckField("late_accepted", label="同意受理逾期退办"),
        LongTextField("reason", label="退办理由"),
    )


def decide_hand_back(asked: Asking) -> Fields:
    """Whether the unit is let go, and who gets it instead."""
    return (
        Chosen("agreed", options=((True, "同意退办"), (False, "不同意退办")), label="决定"),
        UnitField(asked.desk, "unit_id", "改交单位（还有其他单位答复的可不填）"),
        Today("decided_on", label="答复日期"),
        CheckField("long", label=LONG),
        _note("答复意见", 2),
    )


def reassign(asked: Asking) -> Fields:
    """Who gets it instead, and why."""
    return (
        UnitField(asked.desk, "unit_id", "改交单位"),
        Today("assigned_on"),
        CheckField("long", label=LONG, wide=True),
        LongTextField("reason", label="改交理由", lines=2),
    )


def talk(asked: Asking) -> Fields:
    """How, when and about what a unit talked with the deputy."""
    return (
        Today("held_on"),
        ChoiceField("form", TalkForm),
        _units_at_work(asked),
        TextField("people"),
        LongTextField("content"),
    )


def grant(_asked: Asking) -> Fields:
    """Until when more time is granted."""
    return (
        DateField("new_due_on", ahead=True),
        Today("decided_on"),
        DateField("deputy_told_on", optional=True),
        _note("审批意见", 2),
    )


def urge(asked: Asking) -> Fields:
    """Which unit is reminded, and how."""
    return (
        _units_at_work(asked),
        Today("urged_on"),
        CheckField("by_letter"),
        TextField("document_no"),
        LongTextField("content"),
    )


def answer(asked: Asking) -> Fields:
    """Class, letter and promises of the answer."""
    classes = asked.desk.ask(presets.answer_classes, asked.desk.today)
    options = [(kind.code, f"{kind.code}类") for kind in classes]
    return (
        Today("replied_on"),
        Chosen("answer_class", options=options),
        TextField("document_no"),
        TextField("signer"),
        TextField("contact"),
        PhoneField("phone"),
        LongTextField("done", lines=2),
        LongTextField("planned", lines=2),
        DateField("planned_by", ahead=True, optional=True),
        TextField("refused_why"),
        LongTextField("body", lines=4),
    )


def receive(_asked: Asking) -> Fields:
    """What the deputy says of the work and of the result."""
    return (
        Chosen("attitude", options=SATISFACTION),
        Chosen("result", options=SATISFACTION),
        Today("returned_on"),
        ChoiceField("adoption", Adoption),
        ChoiceField("talk_form", TalkForm),
        LongTextField("opinion"),
    )


def archive(_asked: Asking) -> Fields:
    """File number and pages."""
    return (TextField("file_no"), NumberField("pages", optional=True), Today("archived_on"))


def withdraw(_asked: Asking) -> Fields:
    """When and why it is taken back."""
    return (
        Today("withdrawn_on"),
        CheckField("all_agree", label="联名代表均同意撤回"),
        _note("撤回说明"),
    )


def settle(_asked: Asking) -> Fields:
    """Whether the promise was kept."""
    return (
        Chosen("kept", options=((True, "已落实"), (False, "未落实")), label="落实情况"),
        Today("settled_on"),
        _note("说明（未落实的须填写）"),
    )


def made(*makers: Callable[[], Field]) -> Callable[[Asking], Fields]:
    """Fields that need to know nothing of the suggestion."""

    def make(_asked: Asking) -> Fields:
        return tuple(maker() for maker in makers)

    return make


def day(name: str, title: str = "") -> Callable[[], Field]:
    """A day that is today unless said otherwise."""
    return partial(Today, name, label=title)


def text(name: str, title: str = "") -> Callable[[], Field]:
    """Several lines of text."""
    return partial(LongTextField, name, label=title)
