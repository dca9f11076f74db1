"""The way of a petition that a deputy carries (信访工作条例 第二十二、三十四至三十六条)."""

from deputydesk.rules.choices import Choice
from deputydesk.rules.flow import Flow, Step


class PetitionState(Choice):
    """Where a petition stands."""

    REPORTED = "reported", "已受理"
    NAMED = "named", "已确定代办人"
    REGISTERED = "registered", "机关已登记"
    TOLD = "told", "已告知受理"
    ANSWERED = "answered", "已答复"
    REVIEWING = "reviewing", "复查中"
    REVIEWED = "reviewed", "已复查"
    RECHECKING = "rechecking", "复核中"
    CLOSED = "closed", "已办结"
    ENDED = "ended", "信访终结"


class PetitionStep(Choice):
    """What can be done with it."""

    NAME_AGENT = "name_agent", "确定代办代表"
    REGISTER = "register", "机关登记"
    TELL = "tell", "告知受理"
    EXTEND = "extend", "延长期限"
    ANSWER = "answer", "答复"
    REVIEW = "review", "申请复查"
    REVIEW_RESULT = "review_result", "复查意见"
    RECHECK = "recheck", "申请复核"
    RECHECK_RESULT = "recheck_result", "复核意见"
    CLOSE = "close", "办结"
    VISIT = "visit", "回访"


_S = PetitionState
_T = PetitionStep

PETITION = Flow(
    "信访代办事项",
    (
        Step(_T.NAME_AGENT, (_S.REPORTED, _S.NAMED), _S.NAMED),
        Step(_T.REGISTER, (_S.NAMED,), _S.REGISTERED),
        Step(_T.TELL, (_S.REGISTERED,), _S.TOLD),
        Step(_T.EXTEND, (_S.TOLD,)),
        Step(_T.ANSWER, (_S.REGISTERED, _S.TOLD), _S.ANSWERED),
        Step(_T.REVIEW, (_S.ANSWERED,), _S.REVIEWING),
        Step(_T.REVIEW_RESULT, (_S.REVIEWING,), _S.REVIEWED),
        Step(_T.RECHECK, (_S.REVIEWED,), _S.RECHECKING),
        Step(_T.RECHECK_RESULT, (_S.RECHECKING,), _S.ENDED),
        Step(_T.CLOSE, (_S.ANSWERED, _S.REVIEWED), _S.CLOSED),
        Step(_T.VISIT, (_S.CLOSED, _S.ENDED)),
    ),
)
