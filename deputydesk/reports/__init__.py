"""Printed forms: `FORMS` names every one, in the order of the menus."""

from deputydesk.reports import (
    annual_sources,
    assign_notice,
    ballot_sources,
    deputy_card_sources,
    dispatch_sources,
    duty_sources,
    extension_form,
    face_reply_record,
    feedback_form,
    ledger_sources,
    meeting_record,
    opinion_slip,
    project_sources,
    promise_receipt,
    reception_notice,
    reception_sources,
    reject_notice,
    reply_letter,
    sign_in_sources,
    suggestion_paper_sources,
    talk_record,
    urging_notice,
)
from deputydesk.reports.form import Form, Group, OfficeHead, Options

__all__ = ["FORMS", "Form", "Group", "OfficeHead", "Options"]

_ALL = (
    reception_sources.FORM,
    reception_notice.FORM,
    opinion_slip.FORM,
    suggestion_paper_sources.FORM,
    assign_notice.FORM,
    urging_notice.FORM,
    extension_form.FORM,
    meeting_record.FORM,
    reply_letter.FORM,
    face_reply_record.FORM,
    feedback_form.FORM,
    promise_receipt.FORM,
    reject_notice.FORM,
    ledger_sources.FORM,
    dispatch_sources.FORM,
    duty_sources.FORM,
    deputy_card_sources.FORM,
    talk_record.FORM,
    ballot_sources.BALLOT,
    ballot_sources.BALLOT_RESULT,
    project_sources.BALLOT,
    project_sources.VOTE_RESULT,
    project_sources.EVAL_REPORT,
    sign_in_sources.FORM,
    annual_sources.FORM,
)

FORMS: dict[str, Form] = {form.id: form for group in Group for form in _ALL if form.group is group}
