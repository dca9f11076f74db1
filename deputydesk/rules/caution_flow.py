"""The way of a talk with a deputy whose duty is wanting: notice, talk by two, follow-up, file."""

from deputydesk.rules.choices import Choice
from deputydesk.rules.flow import Flow, Step


class CautionState(Choice):
    """How far it is; follows from the days that are filled in."""

    STARTED = "started", "待通知"
    NOTICED = "noticed", "已通知"
    HELD = "held", "已谈话"
    FOLLOWED = "followed", "已归档"


class CautionStep(Choice):
    """What can be done with it."""

    NOTIFY = "notify", "通知代表"
    HOLD = "hold", "记录谈话"
    FOLLOW = "follow", "跟踪归档"


CAUTION = Flow(
    "谈话提醒",
    (
        Step(
            CautionStep.NOTIFY, (CautionState.STARTED, CautionState.NOTICED), CautionState.NOTICED
        ),
        Step(CautionStep.HOLD, (CautionState.NOTICED, CautionState.HELD), CautionState.HELD),
        Step(CautionStep.FOLLOW, (CautionState.HELD, CautionState.FOLLOWED), CautionState.FOLLOWED),
    ),
)
