"""Forms printed from an office's records and read back."""

from deputydesk.reports import Options
from deputydesk.reports.printing import write
from tests.reports.judge import faults, text_of


def printed(office, tmp_path, form, **options):
    """The text of each page, without blanks; the paper has no fault."""
    to = tmp_path / f"{form}.pdf"
    write(office, form, to, Options(**options))
    assert faults(to) == []
    return ["".join(page.split()).replace("\ufffe", "") for page in text_of(to)]
