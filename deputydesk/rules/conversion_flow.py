"""The way of a matter between a deputy's suggestion and a procuratorial recommendation."""

from deputydesk.rules.choices import Choice
from deputydesk.rules.flow import Flow, Step


class ConversionState(Choice):
    """Where a matter stands."""

    SCREENED = "screened", "已筛选"
    SENT = "sent", "已移送"
    NOT_TAKEN = "not_taken", "不予立案"
    FILED = "filed", "已立案"
    ISSUED = "issued", "已发检察建议"
    RECTIFIED = "rectified", "已整改"
    LAWSUIT = "lawsuit", "已提起诉讼"
    PROPOSED = "proposed", "已转代表建议"
    TOLD = "told", "已告知代表"


class ConversionStep(Choice):
    """What can be done with it."""

    SEND = "send", "移送"
    DECLINE = "decline", "不予立案"
    FILE = "file", "立案"
    ISSUE = "issue", "发出检察建议"
    RECTIFY = "rectify", "整改到位"
    SUE = "sue", "提起诉讼"
    PROPOSE = "propose", "转为代表建议"
    TELL = "tell", "告知代表"


_S = ConversionState
_T = ConversionStep

CONVERSION = Flow(
    "检察衔接事项",
    (
        Step(_T.SEND, (_S.SCREENED,), _S.SENT),
        Step(_T.DECLINE, (_S.SENT,), _S.NOT_TAKEN),
        Step(_T.FILE, (_S.SENT,), _S.FILED),
        Step(_T.ISSUE, (_S.FILED,), _S.ISSUED),
        Step(_T.RECTIFY, (_S.ISSUED, _S.LAWSUIT), _S.RECTIFIED),
        Step(_T.SUE, (_S.ISSUED,), _S.LAWSUIT),
        # The way back: a recommendation of the procuratorate becomes a deputy's draft.
        Step(_T.PROPOSE, (_S.SCREENED,), _S.PROPOSED),
        Step(_T.TELL, (_S.NOT_TAKEN, _S.RECTIFIED, _S.LAWSUIT, _S.PROPOSED), _S.TOLD),
    ),
)
