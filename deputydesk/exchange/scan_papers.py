"""Papers to tick that went to the printer: their run is kept, with the paper as it was printed."""

import tempfile
from dataclasses import replace
from pathlib import Path

from deputydesk.exchange import attachments as files
from deputydesk.office import Office
from deputydesk.operations import scan_runs
from deputydesk.reports import FORMS, Options
from deputydesk.reports.printing import job_of


def note(office: Office, form_id: str, options: Options, *, copies: int) -> str:
    """Keep the run of a form that people tick; returns its id, nothing for other forms.

    Raises:
        UserError: the run is booked already, or the disk refuses.
    """
    form = FORMS[form_id]
    if form.run is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / f"{form.title}.pdf"
        job = job_of(office, form_id, to, replace(options, copies=1))
        printed = form.run(job)
        form.print(job)
        store = files.store_of(office)
        with files.all_or_none(store) as taken:
            taken.append(store.take(to))
            return office.do(scan_runs.note, printed=printed, blank=taken[0], copies=copies)
