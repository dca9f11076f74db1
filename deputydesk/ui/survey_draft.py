"""The paper of a survey that is being written, before anything of it is kept."""

from collections.abc import Sequence
from datetime import date

from deputydesk.database import disk_faults
from deputydesk.errors import FieldError
from deputydesk.reports import survey_paper
from deputydesk.reports.printing import head_of
from deputydesk.reports.survey_paper import SurveyPaper, laid_out, sizes_of
from deputydesk.rules.survey import Asked, questions_of
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.questions_field import Question

NOT_A_RUN = "预览"
"""In place of a run's code: a page of a draft that somebody prints is of no run."""


def drawn(
    desk: Desk, head: Sequence[Field], questions: Sequence[Question], at: int
) -> tuple[PdfPages, int]:
    """The paper with the questions that can be asked, and the page of the question one is at.

    Raises:
        UserError: there are none yet, the office has not said who it is, or the disk refuses.
    """
    asked, wanted = _askable(questions, at)
    if not asked:
        raise FieldError("questions", "写好第一道题，这里就显示问卷印出来的样子。")
    paper = _paper(head, asked)
    to = desk.folder / "preview" / "survey.pdf"
    with disk_faults(to.parent):
        to.parent.mkdir(parents=True, exist_ok=True)
    try:
        survey_paper.write(paper, to, office=head_of(desk.office), printed_on=desk.today)
        return PdfPages.read(to), _page_of(paper, wanted)
    finally:
        to.unlink(missing_ok=True)


def _askable(questions: Sequence[Question], at: int) -> tuple[tuple[Asked, ...], int]:
    """Those that are written to their end, and which of them one is at or last was."""
    kept: list[Question] = []
    wanted = 0
    for place, question in enumerate(questions):
        try:
            questions_of([question])
        except FieldError:
            continue
        kept.append(question)
        wanted = len(kept) if place <= at else wanted
    return (questions_of(kept) if kept else (), max(1, wanted))


def _paper(head: Sequence[Field], asked: tuple[Asked, ...]) -> SurveyPaper:
    """With title, day and words as they stand in the form, whatever is still wrong in it."""
    said = {field.name: _value(field) for field in head}
    held_on = said["held_on"]
    return SurveyPaper(
        run=NOT_A_RUN,
        headline=str(said["headline"] or "（还没有标题）"),
        asked=asked,
        intro=str(said["intro"] or ""),
        audience=str(said["audience"] or ""),
        held_on=held_on if isinstance(held_on, date) else None,
    )


def _value(field: Field) -> object:
    try:
        return field.value()
    except FieldError:
        return None


def _page_of(paper: SurveyPaper, number: int) -> int:
    pages = laid_out(paper.asked, sizes_of(paper))
    return next(
        place
        for place, page in enumerate(pages, start=1)
        if any(placed.number == number for placed in page.placed)
    )
