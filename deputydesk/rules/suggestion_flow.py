"""The way of a deputy's suggestion from the draft to the archive."""

from deputydesk.rules.choices import Choice
from deputydesk.rules.flow import Flow, Step

# After a second dissatisfied answer a meeting decides; there is no third round.
LAST_ROUND = 2


class SuggestionState(Choice):
    """Where a suggestion stands; whether it is overdue is computed, never stored."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    REGISTERED = "registered", "已登记"
    RETURNED = "returned", "退回修改"
    REJECTED = "rejected", "不予受理"
    MERGED = "merged", "已并案"
    ACCEPTED = "accepted", "已受理"
    ASSIGNED = "assigned", "已交办"
    HANDLING = "handling", "办理中"
    REASSIGN = "reassign", "申请退办"
    ANSWERED = "answered", "已答复"
    REHANDLE = "rehandle", "重新办理"
    CLOSED = "closed", "已办结"
    CLOSED_NOREPLY = "closed_noreply", "未反馈办结"
    ARCHIVED = "archived", "已归档"
    WITHDRAWN = "withdrawn", "已撤回"


class SuggestionStep(Choice):
    """What can be done with a suggestion."""

    SUBMIT = "submit", "提交"
    REGISTER = "register", "登记"
    ACCEPT = "accept", "受理"
    SEND_BACK = "send_back", "退回修改"
    REJECT = "reject", "不予受理"
    MERGE = "merge", "合并办理"
    ASSIGN = "assign", "交办"
    SIGN = "sign", "签收"
    HAND_BACK = "hand_back", "退办"
    AGREE_HAND_BACK = "agree_hand_back", "同意退办并改交"
    REFUSE_HAND_BACK = "refuse_hand_back", "不同意退办"
    TALK = "talk", "面商"
    ASSIST = "assist", "提交协办意见"
    EXTEND = "extend", "延期"
    URGE = "urge", "催办"
    ANSWER = "answer", "答复"
    ASK_FEEDBACK = "ask_feedback", "征询意见"
    CLOSE = "close", "办结"
    REHANDLE = "rehandle", "重新办理"
    DECIDE = "decide", "协调会决定办结"
    CLOSE_NOREPLY = "close_noreply", "未反馈办结"
    ARCHIVE = "archive", "归档"
    WITHDRAW = "withdraw", "撤回"


_S = SuggestionState
_T = SuggestionStep
_WORKED_ON = (_S.HANDLING, _S.REHANDLE)
_BEFORE_ANSWER = (
    _S.DRAFT,
    _S.SUBMITTED,
    _S.REGISTERED,
    _S.RETURNED,
    _S.ACCEPTED,
    _S.ASSIGNED,
    _S.HANDLING,
    _S.REASSIGN,
)

SUGGESTION = Flow(
    "建议",
    (
        Step(_T.SUBMIT, (_S.DRAFT, _S.RETURNED), _S.SUBMITTED),
        Step(_T.REGISTER, (_S.SUBMITTED,), _S.REGISTERED),
        Step(_T.ACCEPT, (_S.REGISTERED,), _S.ACCEPTED),
        Step(_T.SEND_BACK, (_S.REGISTERED,), _S.RETURNED),
        Step(_T.REJECT, (_S.REGISTERED,), _S.REJECTED),
        Step(_T.MERGE, (_S.REGISTERED,), _S.MERGED),
        Step(_T.ASSIGN, (_S.ACCEPTED,), _S.ASSIGNED),
        # With several units the first to sign begins the handling and the others sign, or hand
        # back, while it goes on.
        Step(_T.SIGN, (_S.ASSIGNED, _S.HANDLING), _S.HANDLING),
        Step(_T.HAND_BACK, (_S.ASSIGNED, _S.HANDLING), _S.REASSIGN),
        Step(_T.AGREE_HAND_BACK, (_S.REASSIGN,), _S.ASSIGNED),
        Step(_T.REFUSE_HAND_BACK, (_S.REASSIGN,), _S.HANDLING),
        Step(_T.TALK, _WORKED_ON),
        Step(_T.ASSIST, _WORKED_ON),
        Step(_T.EXTEND, _WORKED_ON),
        Step(_T.URGE, (_S.ASSIGNED, *_WORKED_ON)),
        Step(_T.ANSWER, _WORKED_ON, _S.ANSWERED),
        Step(_T.ASK_FEEDBACK, (_S.ANSWERED,)),
        Step(_T.CLOSE, (_S.ANSWERED,), _S.CLOSED),
        Step(_T.REHANDLE, (_S.ANSWERED,), _S.REHANDLE),
        Step(_T.DECIDE, (_S.ANSWERED,), _S.CLOSED),
        Step(_T.CLOSE_NOREPLY, (_S.ANSWERED,), _S.CLOSED_NOREPLY),
        Step(_T.ARCHIVE, (_S.CLOSED, _S.CLOSED_NOREPLY), _S.ARCHIVED),
        Step(_T.WITHDRAW, _BEFORE_ANSWER, _S.WITHDRAWN),
    ),
)
