"""Many voters, pens and scanners: no row may be read as what was not meant without a question."""

import random
from functools import partial

import pytest

from deputydesk.scan.reader import Reader
from tests.scan.paper import Sheet, a_ballot, photographed, scanned

PENS = {"gel": (0.5, 240), "ball": (0.4, 195), "blue": (0.45, 160), "marker": (1.2, 240),
        "pencil": (0.5, 125), "hard pencil": (0.4, 77)}  # fmt: skip
SCANS = {
    "grey": partial(scanned),
    "coarse": partial(scanned, dpi=150),
    "black and white": partial(scanned, bilevel=True),
    "packed hard": partial(scanned, quality=30),
    "askew, upside down": partial(scanned, angle=3, turn=2),
    "noisy": partial(scanned, noise=9, quality=60),
    "photo": partial(photographed),
    "dark photo": partial(photographed, shade=0.4),
}
MARKS = ("tick", "tick", "tick", "cross", "fill", "ring")


def filled_in(chance: random.Random, pen: str) -> tuple[Sheet, list[set[int]]]:
    """A sheet, and which boxes of each row were marked."""
    width, ink = PENS[pen]
    sheet = Sheet(a_ballot(), pen=width, ink=ink)
    habit = chance.choice(MARKS)
    meant: list[set[int]] = []
    for row in range(a_ballot().template.rows):
        event = chance.random()
        options = chance.sample(range(4), 0 if event < 0.08 else 2 if event < 0.16 else 1)
        for option in options:
            mark = habit if chance.random() < 0.9 else chance.choice(MARKS)
            aside = (chance.gauss(0, 0.5), chance.gauss(0, 0.4))
            if mark == "tick":
                sheet.tick(row, option, size=chance.uniform(4, 8), at=aside)
            elif mark == "cross":
                sheet.cross(row, option, size=chance.uniform(3.5, 6), at=aside)
            elif mark == "ring":
                sheet.ring(row, option, radius=chance.uniform(3.8, 5), at=aside)
            else:
                sheet.fill(row, option)
        meant.append(set(options))
    return sheet, meant


@pytest.mark.parametrize("how", SCANS)
@pytest.mark.parametrize("pen", PENS)
def test_no_row_is_read_wrong_without_a_question(pen, how):
    chance = random.Random(f"{pen} {how}")
    sheet, meant = filled_in(chance, pen)

    read = Reader([a_ballot().template]).read(SCANS[how](sheet, seed=chance.randrange(10**6)))

    wrong = [
        (row.row, sorted(wanted), row.answer)
        for row, wanted in zip(read.rows, meant, strict=False)
        if not row.doubts and (set(row.answer) != wanted or len(wanted) > 1)
    ]
    assert wrong == []


def test_who_ticks_with_a_pen_for_an_office_scanner_is_asked_nothing():
    sheet = Sheet(a_ballot())
    chance = random.Random(7)
    meant = [chance.randrange(4) for _ in range(13)]
    for row, option in enumerate(meant):
        sheet.tick(row, option, size=chance.uniform(4, 7), at=(chance.gauss(0, 0.3), 0))

    read = Reader([a_ballot().template]).read(scanned(sheet))

    assert [row.answer for row in read.rows] == [(option,) for option in meant]
    assert not any(row.doubts for row in read.rows)
