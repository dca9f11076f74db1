"""Papers that were printed and come back, without a scanner: what a reader would say of them."""

from dataclasses import replace

from deputydesk.operations import evaluations, scan_batches, scan_runs, scan_samples
from deputydesk.operations.attachments import Content
from deputydesk.operations.scan_batches import PageRead, Taken
from deputydesk.operations.scan_pages import RowRead
from deputydesk.operations.scan_runs import Printed
from deputydesk.rules.satisfaction import SATISFACTION
from deputydesk.rules.scan_plan import Plan, Question
from tests import make

YES, MOSTLY, NO, UNKNOWN = (option.id for option in SATISFACTION.options)


def content(name="票.png", digest="1"):
    """Bytes that lie in the store, as it would name them."""
    return Content(name, digest.rjust(64, "0"), 100, "image/png")


def evaluation(office, names=("丁海", "于海")):
    """An evaluation and its deputies, in the order of the ballot."""
    people = tuple(make.deputy(office, name=name) for name in names)
    made = office.do(evaluations.prepare, name="述职测评会", held_on=make.TODAY, deputy_ids=people)
    return made, people


def run(office, *, names=("丁海", "于海"), copies=10, code="K3Q9XA2B", secret=True):
    """A run of ballots of an evaluation; returns its id and the evaluation's."""
    made, people = evaluation(office, names)
    asked = tuple(
        Question(person, name, SATISFACTION.options)
        for person, name in zip(people, names, strict=True)
    )
    new = Printed(
        code=code,
        form="ballot",
        record_kind="evaluation",
        record_id=made,
        name="述职测评会",
        secret=secret,
        layout="CP4-1",
        plan=Plan((asked,)),
    )
    run_id = office.do(scan_runs.note, printed=new, blank=content("空白票.pdf"), copies=copies)
    return run_id, made


def printed(run):
    """The same run, about to be printed once more."""
    return Printed(
        *(run.code, run.form, run.record_kind, run.record_id, run.name, run.secret),
        *(run.layout, run.plan, run.details),
    )


def renamed(printed, **kw):
    """Another run, of which only this differs."""
    return replace(printed, **kw)


def page(*answers, digest="a", number=1, ink=()):
    """A page that was read without doubt; an answer `?x` is a doubt that suggests x."""
    rows = tuple(
        RowRead("", ("double",), answer[1:], ink) if answer[:1] == "?" else RowRead(answer, ink=ink)
        for answer in answers
    )
    return PageRead(
        number=number,
        rows=rows,
        original=digest.rjust(64, "e"),
        picture=content(digest=digest),
        whole=content("整页.png", digest.rjust(64, "f")),
        quality={"dpi": 200},
    )


def taken(*pages, refused=0):
    """A batch of such pages."""
    return Taken(
        files=1,
        digest="f" * 64,
        pages=len(pages) + refused,
        refused={"blank_page": refused} if refused else {},
        reader="1-test",
        read=tuple(pages),
    )


def stack(count, *, of=(YES, MOSTLY), first=0):
    """So many pages that say the same."""
    return [page(*of, digest=f"{first + n:x}") for n in range(count)]


def read_in(office, run_id, *pages):
    """Pages read into a run."""
    return office.do(scan_batches.take_in, run_id=run_id, taken=taken(*pages))


def sampled(office, run_id):
    """The sample, keyed in as the pages are read."""
    office.do(scan_samples.draw, run_id=run_id)
    for row in office.ask(scan_samples.left, run_id):
        key = {"run_id": run_id, "page_id": row.page_id, "row": row.row}
        office.do(scan_samples.enter, **key, answer=row.answer or row.read.suggested)
