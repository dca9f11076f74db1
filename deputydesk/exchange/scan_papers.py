"""Papers to tick that went to the printer: their run is kept, with the paper as it was printed."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from deputydesk.exchange import attachments as files
from deputydesk.office import Office
from deputydesk.operations import scan_runs
from deputydesk.operations.scan_runs import Printed
from deputydesk.reports import FORMS, Form, Options
from deputydesk.reports.layout import Box, Layout, Mark
from deputydesk.reports.page import Size
from deputydesk.reports.printing import job_of

LAYOUT = "layout"
"""Where among a run's details its boxes stand."""


def note(office: Office, form_id: str, options: Options, *, copies: int) -> str:
    """Keep the run of a form that people tick; returns its id, nothing for other forms.

    Raises:
        UserError: the run is booked already, or the disk refuses.
    """
    from deputydesk.exchange.sending import working_folder  # with the keys' libraries

    form = FORMS[form_id]
    if form.run is None:
        return ""
    with working_folder(office) as folder:
        to = folder / f"{form.title}.pdf"
        job = job_of(office, form_id, to, replace(options, copies=1))
        made = form.run(job)
        if made is None:
            return ""
        printed = _with_layout(made, form)
        form.print(job)
        store = files.store_of(office)
        with files.all_or_none(store) as taken:
            taken.append(store.take(to))
            return office.do(scan_runs.note, printed=printed, blank=taken[0], copies=copies)


def _with_layout(printed: Printed, form: Form) -> Printed:
    """With the places of its boxes as this program has them, whatever a later one says."""
    if scan_runs.LAYOUTS in printed.details:
        return printed
    layout = asdict(form.layouts[printed.layout])
    return replace(printed, details={**printed.details, LAYOUT: layout})


def has_layout(details: Mapping[str, Any]) -> bool:  # Any: JSON
    """Whether a run says where its boxes stand."""
    return LAYOUT in details or scan_runs.LAYOUTS in details


def layout_of(details: Mapping[str, Any], page: int = 1) -> Layout:  # Any: JSON
    """The layout of a page as a run keeps it."""
    each = details.get(scan_runs.LAYOUTS)
    kept = each[page - 1] if each else details[LAYOUT]
    return Layout(
        version=kept["version"],
        size=Size(**kept["size"]),
        marks=tuple(Mark(**mark) for mark in kept["marks"]),
        code=tuple(kept["code"]),
        boxes=tuple(Box(**box) for box in kept["boxes"]),
        per_record=kept["per_record"],
    )
