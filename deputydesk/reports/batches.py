"""A form of many people as a file for each of them."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import FORMS
from deputydesk.reports.folders import Files, filling
from deputydesk.reports.form import Options
from deputydesk.reports.printing import job_of


def write_each(
    office: Office,
    form_id: str,
    folder: Path,
    options: Options | None = None,
    progress: Progress = SILENT,
) -> list[str]:
    """Print a file for each person into a folder; returns their names.

    The records are read once for all. Of several people of one name each has a file.

    Raises:
        UserError: the form is not of people, nobody was found, a character no font has, or the
            folder cannot be written to; the folder is as it was.
        Cancelled: the user stopped it; likewise.
    """
    form = FORMS.get(form_id)
    if form is None or form.each is None:
        able = "、".join(each.title for each in FORMS.values() if each.each)
        raise UserError("这种表格不能每人一个文件。", hint=f"可以的有：{able}。")
    job = job_of(office, form_id, folder, options or Options(), progress)
    found: Collection[Any] = form.read(job)  # Any: papers of this form
    files, names = Files(), list[str]()
    with filling(folder) as place:
        for done, paper in enumerate(found):
            who = form.each(paper)
            progress.step(done, len(found), who)
            names.append(files.name(who or form.title))
            form.write(
                [paper], place / names[-1], office=job.head, printed_on=job.today,
                **form.extras(job.options),
            )  # fmt: skip
        if not names:
            raise UserError("没有可以打印的代表。", hint="请先选择代表，或登记在任代表。")
    return names
