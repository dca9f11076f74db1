"""The way of a seat from falling vacant to being filled (代表法 六十二、六十三；选举法 五十七)."""

from deputydesk.rules.choices import Choice
from deputydesk.rules.flow import Flow, Step


class VacancyState(Choice):
    """Where a vacant seat stands."""

    AROSE = "arose", "已出缺"
    REVIEWED = "reviewed", "已审查"
    CONFIRMED = "confirmed", "大会已确认"
    ANNOUNCED = "announced", "终止已公告"
    CALLED = "called", "补选中"
    ELECTED = "elected", "已当选"
    EXAMINED = "examined", "当选资格已确认"
    FILLED = "filled", "已补齐"


class VacancyStep(Choice):
    """What can be done with it."""

    REVIEW = "review", "资格审查"
    CONFIRM = "confirm", "大会确认"
    ANNOUNCE = "announce", "公告终止"
    CALL = "call", "组织补选"
    ELECT = "elect", "登记补选结果"
    EXAMINE = "examine", "当选资格审查"
    FILL = "fill", "公告当选"


_S = VacancyState
_T = VacancyStep

VACANCY = Flow(
    "缺额补选",
    (
        Step(_T.REVIEW, (_S.AROSE,), _S.REVIEWED),
        Step(_T.CONFIRM, (_S.REVIEWED,), _S.CONFIRMED),
        Step(_T.ANNOUNCE, (_S.CONFIRMED,), _S.ANNOUNCED),
        # An election that elects nobody is held again.
        Step(_T.CALL, (_S.ANNOUNCED, _S.CALLED), _S.CALLED),
        Step(_T.ELECT, (_S.CALLED,), _S.ELECTED),
        Step(_T.EXAMINE, (_S.ELECTED,), _S.EXAMINED),
        Step(_T.FILL, (_S.EXAMINED,), _S.FILLED),
    ),
)
