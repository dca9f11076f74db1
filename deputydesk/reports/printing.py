"""From live records to paper: whose paper it is, and which form."""

from dataclasses import replace
from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.operations import offices
from deputydesk.operations.checks import in_order
from deputydesk.paths import data_folder
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import FORMS, OfficeHead, own_fonts
from deputydesk.reports.form import Form, Job, Options, Setup


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
    form, job = _prepared(office, form_id, to, options, progress)
    return form.print(job)


def write_docx(
    office: Office,
    form_id: str,
    to: Path,
    options: Options | None = None,
    progress: Progress = SILENT,
) -> Path:
    """Write a form as a Word file for those who work on its text; returns the file.

    Raises:
        UserError: the form has no Word file, or as for `write`.
        Cancelled: the user stopped it; no file is left.
    """
    to = to if to.suffix.lower() == ".docx" else to.with_name(f"{to.name}.docx")
    form, job = _prepared(office, form_id, to, options, progress)
    if form.write_docx is None:
        others = "、".join(each.title for each in FORMS.values() if each.write_docx)
        raise UserError(f"“{form.title}”不能存为 Word。", hint=f"可以存为 Word 的有：{others}。")
    form.print_docx(job)
    return to


def _prepared(
    office: Office, form_id: str, to: Path, options: Options | None, progress: Progress
) -> tuple[Form, Job]:
    if form_id not in FORMS:
        raise UserError(f"没有“{form_id}”这种表格。", hint=f"可用：{'、'.join(FORMS)}。")
    return FORMS[form_id], job_of(office, form_id, to, options or Options(), progress)


def job_of(
    office: Office, form_id: str, to: Path, options: Options, progress: Progress = SILENT
) -> Job:
    """A form about to be printed, on the paper that the options ask for.

    Raises:
        FieldError: the period ends before it begins.
        UserError: the office has not said who it is, or the form cannot be printed so.
    """
    if options.sheet and FORMS[form_id].comes_back:
        raise UserError(
            f"“{FORMS[form_id].title}”要由机器识别，只能按原尺寸每页印一张。",
            hint="请去掉“两页并印”或“分块”后再打印。",
        )
    own_fonts.apply(fonts_folder(office))
    setup = Setup(form_id, options.archival, options.sheet)
    head = replace(head_of(office), setup=setup)
    job = Job(office, to, options, head, office.clock().date(), progress)
    in_order("last", *job.period)
    return job


def fonts_folder(office: Office) -> Path:
    """Where it is kept which typefaces of this PC are used on the office's paper."""
    return office.data.path.parent if office.data.path else data_folder()


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
