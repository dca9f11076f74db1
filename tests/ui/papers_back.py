"""Papers that came back, as a run that is read in: pictures of boxes, drawn without a scanner."""

from dataclasses import asdict
from io import BytesIO
from typing import TypeVar

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.exchange import attachments as files
from deputydesk.exchange import scan_papers
from deputydesk.operations import scan_batches, scan_pages, scan_runs
from deputydesk.operations.scan_batches import PageRead
from deputydesk.operations.scan_pages import RowRead
from deputydesk.operations.scan_runs import Printed
from deputydesk.reports.layout import Box, Layout
from deputydesk.reports.page import A4
from deputydesk.rules.satisfaction import SATISFACTION
from deputydesk.rules.scan_plan import Plan, Question
from tests.operations import scan_world as world

W = TypeVar("W", bound=QWidget)
SCALE = 6.0
"""Pixels in a millimetre."""
LEFT, TOP, SIDE, ACROSS, DOWN = 60.0, 50.0, 6.0, 26.0, 11.0
DOUBT = "weak_or_partial"
CERTAIN = 9.0
"""mm² of a plain tick."""


def layout(rows, options=4):
    """Where the boxes of a page are."""
    boxes = tuple(
        Box(row, option, LEFT + ACROSS * option, TOP + DOWN * row, SIDE)
        for row in range(rows)
        for option in range(options)
    )
    return Layout("CP4-1", A4, (), (0.0, 0.0, 0.0), boxes)


def run(office, names=("丁海", "于海")):
    """A run of ballots whose boxes are known; returns its id and the evaluation's."""
    made, people = world.evaluation(office, names)
    asked = tuple(
        Question(person, name, SATISFACTION.options)
        for person, name in zip(people, names, strict=True)
    )
    new = Printed(
        code="K3Q9XA2B",
        form="ballot",
        record_kind="evaluation",
        record_id=made,
        name="述职测评会",
        secret=True,
        layout="CP4-1",
        plan=Plan((asked,)),
        details={scan_papers.LAYOUT: asdict(layout(len(names)))},
    )
    blank = world.content("空白票.pdf")
    return office.do(scan_runs.note, printed=new, blank=blank, copies=10), made


def page(office, *answers, options=4, doubt=DOUBT, ink=CERTAIN, digest="a", number=1):
    """A page in the office's store; an answer `?x` is doubtful and suggests x.

    The answers are ids of options; what was ticked is drawn, so that pictures differ.
    """
    order = [world.YES, world.MOSTLY, world.NO, world.UNKNOWN][:options]
    picture = _drawn([answer.strip("?") for answer in answers], order, digest)
    store = files.store_of(office)
    rows = tuple(_row(answer, order, doubt, ink) for answer in answers)
    return PageRead(
        number=number,
        rows=rows,
        original=digest.rjust(64, "e"),
        picture=store.take_bytes("票.png", picture),
        whole=store.take_bytes("整页.png", _drawn([], order, f"whole {digest}")),
        quality={
            "window": {"x": LEFT - 20, "y": TOP - 15, "scale": SCALE},
        },
    )


def _row(answer, order, doubt, ink):
    said = answer.strip("?")
    inks = tuple(ink if option == said else 0.1 * place for place, option in enumerate(order))
    if answer.startswith("?"):
        return RowRead("", (doubt,), said, inks)
    return RowRead(answer, ink=inks)


def _drawn(answers, order, digest):
    wide = round((40 + ACROSS * len(order)) * SCALE)
    high = round((30 + DOWN * len(answers)) * SCALE)
    paper = Image.new("L", (wide, high), 250)
    draw = ImageDraw.Draw(paper)
    draw.text((2, 2), digest, fill=0)
    for row, answer in enumerate(answers):
        for place, option in enumerate(order):
            x, y = (20 + ACROSS * place) * SCALE, (15 + DOWN * row) * SCALE
            side = SIDE * SCALE
            draw.rectangle((x, y, x + side, y + side), outline=60, width=2)
            if option == answer:
                points = ((x + 4, y + 15), (x + 14, y + 30), (x + 36, y - 6))
                draw.line(points, fill=20, width=4)
    out = BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()


def read_in(office, run_id, *pages):
    """Pages kept in a run."""
    return office.do(scan_batches.take_in, run_id=run_id, taken=world.taken(*pages))


def opened(kind: type[W]) -> W:
    """The window of this kind that is open."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


class Told:
    """Shows a run anew when something changed, as the page does."""

    def __init__(self, desk, run_id, view):
        self.desk, self.run_id, self.view = desk, run_id, view
        desk.changed.connect(self.show)

    def show(self, _kinds=None):
        ask = self.desk.ask
        self.view.show_run(ask(scan_runs.one, self.run_id), ask(scan_pages.pages, self.run_id))
