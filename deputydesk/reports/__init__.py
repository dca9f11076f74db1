"""Printed forms: `FORMS` names every one, in the order of the menus."""

from deputydesk.reports import (
    annual_report,
    ballot,
    ballot_result,
    deputy_card,
    dispatch,
    duty_report,
    project_ballot,
    project_eval_report,
    project_vote_result,
    reception_form,
    suggestion_ledger,
)
from deputydesk.reports.form import Form, OfficeHead

__all__ = ["FORMS", "Form", "OfficeHead"]

FORMS: dict[str, Form] = {
    form.id: form
    for form in (
        reception_form.FORM,
        suggestion_ledger.FORM,
        dispatch.FORM,
        duty_report.FORM,
        ballot.FORM,
        ballot_result.FORM,
        deputy_card.FORM,
        project_ballot.FORM,
        project_vote_result.FORM,
        annual_report.FORM,
        project_eval_report.FORM,
    )
}
