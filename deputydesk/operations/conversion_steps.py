"""The steps of a matter between deputies and the procuratorate, in either direction."""

from datetime import date

from deputydesk.errors import UserError
from deputydesk.models import Conversion, Suggestion
from deputydesk.models.conversion import ConversionDirection
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies, suggestions
from deputydesk.operations.checks import filled, get, get_for, not_negative
from deputydesk.operations.conversions import check_once, note
from deputydesk.operations.handling import step_day
from deputydesk.rules.conversion_flow import CONVERSION, ConversionStep

_FORTH = ConversionDirection.TO_PROCURATORATE


@operation(Right.HANDLE, "移送检察机关")
def send(tx: Tx, *, conversion_id: str, sent_on: date | None = None, office_no: str = "") -> None:
    """Send a suggestion to the procuratorate, beside its usual handling."""
    c = _moved(tx, conversion_id, ConversionStep.SEND)
    c.sent_on = step_day(tx, "sent_on", sent_on, "移送日期", ("筛选日期", c.screened_on))
    c.office_no = office_no.strip()
    note(tx, c)


@operation(Right.HANDLE, "登记不予立案")
def decline(tx: Tx, *, conversion_id: str, not_taken_why: str) -> None:
    """Record that the procuratorate opens no case, and why."""
    c = _moved(tx, conversion_id, ConversionStep.DECLINE)
    c.not_taken_why = filled("not_taken_why", not_taken_why, "不予立案理由")
    note(tx, c)


@operation(Right.HANDLE, "登记立案")
def file(
    tx: Tx, *, conversion_id: str, filing_no: str, filed_on: date | None = None, office_no: str = ""
) -> None:
    """Record that the procuratorate has opened a case."""
    c = _moved(tx, conversion_id, ConversionStep.FILE)
    c.filed_on = step_day(tx, "filed_on", filed_on, "立案日期", ("移送日期", c.sent_on))
    c.filing_no = filled("filing_no", filing_no, "立案决定书文号")
    c.office_no = office_no.strip() or c.office_no
    note(tx, c)


@operation(Right.HANDLE, "登记检察建议")
def issue(
    tx: Tx,
    *,
    conversion_id: str,
    advice_no: str,
    issued_on: date | None = None,
    unit_id: str = "",
    copied_on: date | None = None,
) -> None:
    """Record the procuratorate's recommendation; its copy is due to the congress."""
    c = _moved(tx, conversion_id, ConversionStep.ISSUE)
    c.issued_on = step_day(tx, "issued_on", issued_on, "发出检察建议日期", ("立案日期", c.filed_on))
    c.advice_no = filled("advice_no", advice_no, "检察建议书文号")
    c.unit_id = unit_id or c.unit_id
    if copied_on:
        c.copied_on = step_day(
            tx, "copied_on", copied_on, "抄送人大日期", ("发出日期", c.issued_on)
        )
    note(tx, c)


@operation(Right.HANDLE, "登记检察建议抄送")
def copy_back(tx: Tx, *, conversion_id: str, copied_on: date | None = None) -> None:
    """Record that the recommendation was copied to the congress."""
    c = get(tx.session, Conversion, conversion_id)
    tx.about = c.subject
    if not c.issued_on or not c.filed_on:
        raise UserError("检察机关还没有发出检察建议。", hint="请先登记检察建议书。")
    c.copied_on = step_day(tx, "copied_on", copied_on, "抄送人大日期", ("发出日期", c.issued_on))


@operation(Right.HANDLE, "登记起诉")
def sue(tx: Tx, *, conversion_id: str, sued_on: date | None = None) -> None:
    """Record that the procuratorate went to court."""
    c = _moved(tx, conversion_id, ConversionStep.SUE)
    c.sued_on = step_day(tx, "sued_on", sued_on, "起诉日期", ("发出日期", c.issued_on))
    note(tx, c)


@operation(Right.HANDLE, "登记整改到位")
def rectify(
    tx: Tx,
    *,
    conversion_id: str,
    outcome: str,
    rectified_on: date | None = None,
    recovered: int = 0,
) -> None:
    """Record what was put right, and the money (分) that was recovered."""
    c = _moved(tx, conversion_id, ConversionStep.RECTIFY)
    not_negative("recovered", recovered, "挽回、追缴金额")
    c.rectified_on = step_day(
        tx, "rectified_on", rectified_on, "整改日期", ("发出日期", c.issued_on)
    )
    c.outcome, c.recovered = filled("outcome", outcome, "整改情况"), recovered
    note(tx, c)


@operation(Right.HANDLE, "检察建议转代表建议")
def propose(
    tx: Tx,
    *,
    conversion_id: str,
    mandate_id: str = "",
    headline: str = "",
    reason: str = "",
    proposal: str = "",
    suggestion_id: str = "",
) -> str:
    """Write a draft from a recommendation for a deputy, who decides whether to make it.

    Args:
        tx: the transaction.
        conversion_id: the matter.
        mandate_id: the deputy it is proposed to.
        headline: what the draft is called.
        reason: the circumstances.
        proposal: what is to be done.
        suggestion_id: the suggestion, if the deputy has made it already; no draft is written.

    Returns:
        The suggestion's id.
    """
    c = _moved(tx, conversion_id, ConversionStep.PROPOSE)
    if suggestion_id:
        made = get_for(tx.session, Suggestion, "suggestion_id", suggestion_id)
        check_once(tx, made, c.id)
        c.suggestion_id, c.mandate_id = made.id, made.lead_id
    else:
        deputies.in_office(tx, "mandate_id", mandate_id, tx.today)
        c.suggestion_id = suggestions.create(
            tx, headline=headline, lead_id=mandate_id, reason=reason, proposal=proposal
        )
        c.mandate_id = mandate_id
    tx.session.flush()
    note(tx, c)
    tx.about = c.subject
    return c.suggestion_id


@operation(Right.HANDLE, "告知代表检察衔接结果")
def tell(tx: Tx, *, conversion_id: str, told_on: date | None = None, outcome: str = "") -> None:
    """Record that the deputy was told what became of it."""
    c = _moved(tx, conversion_id, ConversionStep.TELL)
    if not c.mandate_id:
        raise UserError("还没有写明告知哪名代表。", hint="请先修改，填写代表。")
    c.told_on = step_day(tx, "told_on", told_on, "告知代表日期", ("筛选日期", c.screened_on))
    c.outcome = outcome.strip() or c.outcome
    note(tx, c)


def _moved(tx: Tx, conversion_id: str, step: ConversionStep) -> Conversion:
    """The matter, one step further."""
    c = get(tx.session, Conversion, conversion_id)
    tx.about = c.subject
    is_back = step is ConversionStep.PROPOSE
    if step is not ConversionStep.TELL and is_back is (c.direction is _FORTH):
        raise UserError(f"方向是“{c.direction.label}”，不能“{step.label}”。")
    c.state = CONVERSION.next(c.state, step)
    return c
