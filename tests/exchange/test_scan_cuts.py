"""Pieces of the pictures of pages, many at once."""

from io import BytesIO

import pytest
from PIL import Image

from deputydesk.errors import Cancelled
from deputydesk.exchange import scan_cuts
from deputydesk.exchange.scan_cuts import Cut
from deputydesk.operations import scan_pages, scan_runs
from deputydesk.rules.page_sight import Place
from tests.operations import scan_world as world
from tests.ui import papers_back


@pytest.fixture
def pages(office):
    """Two pages that were read."""
    run_id, _ = papers_back.run(office)
    papers_back.read_in(
        office,
        run_id,
        papers_back.page(office, world.YES, world.NO),
        papers_back.page(office, world.MOSTLY, world.NO, digest="b"),
    )
    return office.ask(scan_pages.pages, run_id)


def test_each_piece_is_what_lies_there_in_the_order_that_was_asked(office, pages):
    run = office.ask(scan_runs.rows)[0]
    wanted = [
        Cut(page.picture, sight.box(row, option))
        for row in (1, 0)
        for page in pages
        if (sight := scan_cuts.sight(run, page))
        for option in (2, 0)
    ]
    steps = []

    found = scan_cuts.cuts(office, wanted, Steps(steps))

    shown = [Image.open(BytesIO(data)) for data in found]
    dark = [sum(piece.histogram()[:40]) for piece in shown]
    assert [ink > 0 for ink in dark[:4]] == [True, False, True, False]
    assert {piece.size for piece in shown} == {(78, 78)}
    assert steps == [(0, 2), (1, 2)]


def test_a_picture_that_is_gone_leaves_its_place_empty(office, pages):
    place = Place(0, 0, 5, 5)

    found = scan_cuts.cuts(
        office, [Cut("", place), Cut(pages[0].picture, place), Cut("9" * 64, place)]
    )

    assert [bool(piece) for piece in found] == [False, True, False]


def test_it_can_be_stopped(office, pages):
    with pytest.raises(Cancelled):
        scan_cuts.cuts(office, [Cut(pages[0].picture, Place(0, 0, 5, 5))], Stopped())


def test_of_pages_whose_boxes_are_not_known_nothing_can_be_cut(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, world.page(world.YES, world.NO))
    [page] = office.ask(scan_pages.pages, run_id)

    assert scan_cuts.sight(office.ask(scan_runs.one, run_id), page) is None


class Steps:
    def __init__(self, seen):
        self.seen = seen

    def step(self, done, total, what=""):
        self.seen.append((done, total))


class Stopped:
    def step(self, done, total, what=""):
        raise Cancelled
