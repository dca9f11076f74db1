"""The way of a voter's opinion from being heard to being settled."""

from deputydesk.rules.choices import Choice
from deputydesk.rules.flow import Flow, Step

# A voter who does not accept the result is worked for once more; then it is explained.
LAST_ROUND = 2


class OpinionState(Choice):
    """Where an opinion stands."""

    RECEIVED = "received", "待处理"
    ANSWERED_ON_SPOT = "answered_on_spot", "当场答复"
    ASSIGNED = "assigned", "已转办"
    HANDLED = "handled", "已办理"
    FED_BACK = "fed_back", "已反馈"
    CLOSED = "closed", "已销号"
    CLOSED_EXPLAINED = "closed_explained", "解释后办结"
    REFERENCE = "reference", "留作参考"
    REDIRECTED = "redirected", "已引导"
    RAISED = "raised", "已转为代表建议"
    MERGED = "merged", "已合并"


class OpinionStep(Choice):
    """What can be done with an opinion."""

    ANSWER_ON_SPOT = "answer_on_spot", "当场答复"
    ASSIGN = "assign", "转办"
    RAISE = "raise", "转为代表建议"
    REDIRECT = "redirect", "引导到其他渠道"
    KEEP = "keep", "留作参考"
    MERGE = "merge", "合并"
    HANDLE = "handle", "登记办理结果"
    FEED_BACK = "feed_back", "向选民反馈"
    CLOSE = "close", "销号"
    REASSIGN = "reassign", "再次转办"
    CLOSE_EXPLAINED = "close_explained", "解释后办结"


_S = OpinionState
_T = OpinionStep
_OPEN = (_S.RECEIVED, _S.ASSIGNED)

OPINION = Flow(
    "选民意见",
    (
        Step(_T.ANSWER_ON_SPOT, (_S.RECEIVED,), _S.ANSWERED_ON_SPOT),
        Step(_T.ASSIGN, (_S.RECEIVED,), _S.ASSIGNED),
        Step(_T.RAISE, _OPEN, _S.RAISED),
        Step(_T.REDIRECT, _OPEN, _S.REDIRECTED),
        Step(_T.KEEP, (_S.RECEIVED,), _S.REFERENCE),
        Step(_T.MERGE, _OPEN, _S.MERGED),
        Step(_T.HANDLE, (_S.ASSIGNED,), _S.HANDLED),
        Step(_T.FEED_BACK, (_S.HANDLED,), _S.FED_BACK),
        Step(_T.CLOSE, (_S.ANSWERED_ON_SPOT, _S.FED_BACK), _S.CLOSED),
        Step(_T.REASSIGN, (_S.FED_BACK,), _S.ASSIGNED),
        Step(_T.CLOSE_EXPLAINED, (_S.FED_BACK,), _S.CLOSED_EXPLAINED),
    ),
)
