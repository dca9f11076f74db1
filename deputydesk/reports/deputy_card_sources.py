"""What the deputies' cards say: their records, and the portraits from the store."""

from collections.abc import Sequence
from datetime import date

from deputydesk.office import Office
from deputydesk.operations import deputy_cards
from deputydesk.operations.deputy_cards import DeputyCardRow
from deputydesk.paths import attachments_folder, content_in
from deputydesk.reports.deputy_card import DeputyCard, write
from deputydesk.reports.form import AskDeputies, AskPaper, Form, Group, Job


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


def _read(job: Job) -> list[DeputyCard]:
    return cards(job.office, job.options.deputy_ids, today=job.today)


FORM = Form(
    "deputy_card",
    "代表卡（二维码）",
    Group.DEPUTY,
    "照片和电话须代表同意公开才印；二维码供签到时扫描。",
    _read,
    write,
    (AskDeputies(), AskPaper((("A4", "A4 每页八张，裁开"), ("A6", "A6 每页一张，张贴")))),
    extras=lambda options: {"a6": options.paper == "A6"},
    source=(
        "自拟：“代表赋码亮身份”的做法见石拐区人大的公开报道；《代表法》第58条（公示代表基本信息）"
    ),
)
