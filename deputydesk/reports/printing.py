"""From live records to paper: whose paper it is, and which form."""

from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.operations import offices
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import FORMS, OfficeHead
from deputydesk.reports.form import Job, Options


def write(
    office: Office,
    form_id: str,
    to: Path,
    options: Options | None = None,
    progress: Progress = SILENT,
) -> int:
    """Print a form from the office's records into a PDF; returns the number of pages.

    Raises:
        UserError: there is no such form or record, a character no font has, a full disk.
        Cancelled: the user stopped it; no file is left.
    """
    if form_id not in FORMS:
        raise UserError(f"没有“{form_id}”这种表格。", hint=f"可用：{'、'.join(FORMS)}。")
    today = office.clock().date()
    job = Job(office, to, options or Options(), head_of(office), today, progress)
    return FORMS[form_id].print(job)


def head_of(office: Office) -> OfficeHead:
    """The words that the office puts on its paper.

    Raises:
        UserError: the office has not said who it is.
    """
    profile = office.ask(offices.profile)
    if profile is None:
        raise UserError("还没有填写单位信息，不能打印。", hint="请先在“设置”里填写单位信息。")
    organ = profile.organ.short
    return OfficeHead(
        name=profile.name,
        full_name=_whole(profile.district, profile.name),
        organ=organ,
        handling_organ=organ.removeprefix(profile.name),
        chair="主席" if "主席团" in organ else "主任",
    )


def _whole(district: str, name: str) -> str:
    return name if name.startswith(district) else district + name
