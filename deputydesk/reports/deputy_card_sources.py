"""What the deputies' cards say: their records, and the portraits from the store."""

from collections.abc import Sequence
from datetime import date

from deputydesk.office import Office
from deputydesk.operations import deputy_cards
from deputydesk.operations.deputy_cards import DeputyCardRow
from deputydesk.paths import attachments_folder, content_in
from deputydesk.reports.deputy_card import DeputyCard


def cards(office: Office, mandate_ids: Sequence[str], *, today: date) -> list[DeputyCard]:
    """The cards of these deputies, or of all in office.

    Raises:
        UserError: the rule for cards is not complete.
    """
    found = office.ask(deputy_cards.rows, today=today, mandate_ids=mandate_ids)
    return [_card(office, row) for row in found]


def _card(office: Office, row: DeputyCardRow) -> DeputyCard:
    file = content_in(attachments_folder(office.data.path), row.photo) if row.photo else None
    return DeputyCard(
        name=row.name,
        title=row.title,
        district=row.district,
        home=row.home,
        job=row.job,
        duty_day=row.duty_day,
        phone=row.phone,
        motto=row.motto,
        payload=row.payload,
        photo=file.read_bytes() if file and file.is_file() else b"",
    )
