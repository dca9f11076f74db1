"""Printed forms: `FORMS` names every one, in the order of the menus."""

from deputydesk.reports import (
    annual_sources,
    ballot_sources,
    deputy_card_sources,
    dispatch_sources,
    duty_sources,
    ledger_sources,
    project_sources,
    reception_sources,
)
from deputydesk.reports.form import Form, Group, OfficeHead, Options

__all__ = ["FORMS", "Form", "Group", "OfficeHead", "Options"]

_ALL = (
    reception_sources.FORM,
    ledger_sources.FORM,
    dispatch_sources.FORM,
    duty_sources.FORM,
    deputy_card_sources.FORM,
    ballot_sources.BALLOT,
    ballot_sources.BALLOT_RESULT,
    project_sources.BALLOT,
    project_sources.VOTE_RESULT,
    project_sources.EVAL_REPORT,
    annual_sources.FORM,
)

FORMS: dict[str, Form] = {form.id: form for group in Group for form in _ALL if form.group is group}
