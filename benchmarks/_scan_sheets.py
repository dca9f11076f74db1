"""Filled-in pages of a form, as a scanner or a phone sees them, one after another to stdout.

Run by a Python that has OpenCV, which the product has not, nor its tests:

    python benchmarks/_scan_sheets.py GENERATOR FORM.pdf FORM.json --seed S --count N [--kinds K,K]

GENERATOR draws marks and scans (gen_scans.py). Each page is two parts, each behind its length: what
was meant, as JSON, and the picture. The same seed gives the same pages. Besides the generator's own
conditions there are `instructed`: voters who tick with the pen that was handed out, on an office's
scanner; and `CLASSES`: sheets made of what once was misread.
"""

import argparse
import importlib.util
import json
import random
import struct
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

Mess = Any  # the generator's module and what it draws on: it has no types
INSTRUCTED = ("grey200", "clean300", "scale_shift", "jpegq30", "upside", "punch")
GREY = ("grey200", "grey150", "clean300", "jpegq30", "skew", "mixed")
ALL = (*GREY, "bilevel200", "bilevel300", "photo_good", "photo_hard", "fold", "streak")


def _row(row: Mess, intent: Mess, event: str, pen: str) -> Mess:
    return {"row": row["row"], "intent": intent, "event": event, "pen": pen}


def _any(r: random.Random, row: Mess) -> int:
    return r.randrange(len(row["boxes"]))


def _ticked(paper: Mess, row: Mess, voter: Mess, glyph: str = "tick") -> Mess:
    k = _any(voter.R, row)
    voter.draw(paper, voter.strokes(glyph, row["boxes"][k], k))
    return _row(row, k, f"plain {glyph}", voter.pen)


def column_line(g: Mess, paper: Mess, geom: Mess, r: random.Random) -> Mess:
    """A line drawn down a column over some rows or all; ticks in the others."""
    voter = g.Voter(r, "tick", r.choice(list(g.Voter.PENS)))
    rows = geom["rows"]
    first = r.randrange(0, len(rows) - 2)
    last = r.randrange(first + 2, len(rows)) if r.random() < 0.5 else len(rows) - 1
    k = _any(r, rows[0])
    truth = [
        _row(row, "double", "line", voter.pen)
        if first <= number <= last
        else _ticked(paper, row, voter)
        for number, row in enumerate(rows)
    ]
    top, end = rows[first]["boxes"][k], rows[last]["boxes"][k]
    x = top["x"] + top["w"] / 2 + r.gauss(0, 1.2)
    voter.draw(paper, [g._bez([  # noqa: SLF001 - the generator's own curve
        (x + r.gauss(0, 0.7), top["y"] + r.uniform(-2, 2)),
        (x + r.gauss(0, 1.5), (top["y"] + end["y"]) / 2),
        (x + r.gauss(0, 1.2), end["y"] + end["h"] + r.uniform(-1, 3)),
    ], 200)])  # fmt: skip
    return truth


def column_line_ruled(g: Mess, paper: Mess, geom: Mess, r: random.Random) -> Mess:
    """The same with a ruler, over all rows, as straight as a line of dust, or nearly."""
    pen = r.choice(["gel", "ball", "blue", "pencil", "marker"])
    voter = g.Voter(r, "tick", pen)
    voter.tremor = 0.0
    rows = geom["rows"]
    k = _any(r, rows[0])
    top, end = rows[0]["boxes"][k], rows[-1]["boxes"][k]
    x = top["x"] + top["w"] / 2 + r.gauss(0, 0.8)
    up, down = r.choice([2, 10, 25]), r.choice([2, 10, 25])
    ends = (x, top["y"] - up), (x + r.gauss(0, 0.4), end["y"] + end["h"] + down)
    voter.draw(paper, [g._bez(ends, 200)])  # noqa: SLF001 - the generator's own curve
    return [_row(row, "double", "ruled line", pen) for row in rows]


def ring_from_below(g: Mess, paper: Mess, geom: Mess, r: random.Random) -> Mess:
    """Big rings, each dipping into the rows above and below; every third row is left blank."""
    voter = g.Voter(r, "circle_around", r.choice(["gel", "ball", "blue", "red", "fountain"]))
    truth: list[Mess] = []
    for row in geom["rows"]:
        if r.random() < 0.33:
            truth.append(_row(row, None, "blank", voter.pen))
            continue
        voter.size = r.choice([0.8, 1.0, 1.3, 1.6, 1.9, 2.3])
        truth.append(_ticked(paper, row, voter, "circle_around"))
    return truth


def mark_on_outline(g: Mess, paper: Mess, geom: Mess, r: random.Random) -> Mess:
    """Some marks lie exactly on the printed outline, or close beside the box."""
    voter = g.Voter(r, "tick", r.choice(["gel", "ball", "blue", "red", "fountain", "pencil"]))
    truth: list[Mess] = []
    strokes: Mess
    for row in geom["rows"]:
        if r.random() < 0.6:
            truth.append(_ticked(paper, row, voter))
            continue
        k = _any(r, row)
        box = row["boxes"][k]
        half = box["w"] / 2 + r.uniform(-0.3, 0.4)
        x, y = box["x"] + box["w"] / 2, box["y"] + box["h"] / 2
        kind = r.choice(["square", "ring", "cross beside"])
        if kind == "square":
            turns = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
            corners: Mess = np.array([(x + half * a, y + half * b) for a, b in turns])
            sides: Mess = [np.linspace(a, b, 14) for a, b in pairwise(corners)]
            strokes = [np.vstack(sides)]
        elif kind == "ring":
            turn = np.linspace(0, 2 * np.pi, 60)
            strokes = [np.c_[x + half * 1.1 * np.cos(turn), y + half * 1.1 * np.sin(turn)]]
        else:
            aside = r.choice([-1, 1]) * (box["w"] / 2 + r.uniform(2.2, 4.0))
            strokes = voter.strokes("cross", dict(box, x=box["x"] + aside), k)
        voter.draw(paper, strokes)
        truth.append(_row(row, k, kind, voter.pen))
    return truth


def hard_pencil(g: Mess, paper: Mess, geom: Mess, r: random.Random) -> Mess:
    """A sheet of hard pencil, also with two marks in a row, and blank rows."""
    voter = g.Voter(r, None, "hard_pencil")
    truth: list[Mess] = []
    for row in geom["rows"]:
        chance = r.random()
        if chance < 0.08:
            truth.append(_row(row, None, "blank", voter.pen))
        elif chance < 0.2:
            for k in r.sample(range(len(row["boxes"])), 2):
                voter.draw(paper, voter.strokes(voter.glyph, row["boxes"][k], k))
            truth.append(_row(row, "double", f"double {voter.glyph}", voter.pen))
        else:
            truth.append(_ticked(paper, row, voter, voter.glyph))
    return truth


def filled_hard_pencil(g: Mess, paper: Mess, geom: Mess, r: random.Random) -> Mess:
    """Boxes filled in with a pencil, hard for most, in some rows or all."""
    voter = g.Voter(r, None, r.choice(["hard_pencil"] * 3 + ["pencil"]))
    share = r.choice([0.2, 0.5, 1.0])
    return [
        _ticked(paper, row, voter, "fill" if r.random() < share else "tick") for row in geom["rows"]
    ]


def marker_speck(g: Mess, paper: Mess, geom: Mess, r: random.Random) -> Mess:
    """Ticks of a thick pen; in some rows it only left a spot, in or beside a box."""
    voter = g.Voter(r, "tick", r.choice(["marker", "fountain"]))
    truth: list[Mess] = []
    for row in geom["rows"]:
        if r.random() < 0.65:
            truth.append(_ticked(paper, row, voter))
            continue
        box = row["boxes"][_any(r, row)]
        x, y = (box[a] + r.uniform(0, box["w"]) for a in ("x", "y"))
        turn, length = r.uniform(0, 6.28), r.uniform(0.05, 0.7)
        ends = np.array([(x, y), (x + length * np.cos(turn), y + length * np.sin(turn))])
        voter.draw(paper, [ends])
        truth.append(_row(row, None, "spot", voter.pen))
    return truth


def ghost_rows(g: Mess, paper: Mess, geom: Mess, r: random.Random) -> Mess:
    """Rows left blank, where the marks of another sheet shine through."""
    voter = g.Voter(r, None, r.choice(["gel", "ball", "blue", "fountain", "red", "pencil"]))
    return [
        _row(row, None, "blank", voter.pen)
        if r.random() < 0.25
        else _ticked(paper, row, voter, voter.glyph)
        for row in geom["rows"]
    ]


CLASSES: dict[str, tuple[Callable[[Mess, Mess, Mess, random.Random], Mess], tuple[str, ...]]] = {
    "column_line": (column_line, ALL),
    "column_line_ruled": (column_line_ruled, ("clean300", "grey200", "grey150", "bilevel200")),
    "ring_from_below": (ring_from_below, ALL),
    "mark_on_outline": (mark_on_outline, ALL),
    "hard_pencil_photo": (hard_pencil, ("photo_good", "photo_hard")),
    "hard_pencil_bilevel": (hard_pencil, ("bilevel200", "bilevel300")),
    "filled_hard_pencil": (filled_hard_pencil, ALL),
    "marker_speck": (marker_speck, ALL),
    "ghost_rows": (ghost_rows, ("bleed",)),
}


def page(g: Mess, blank: Mess, geom: Mess, kind: str, seed: int) -> tuple[Mess, str, Mess]:
    """A page's truth, its picture and how that is packed."""
    r = random.Random(seed)
    if kind == "instructed":
        paper = blank.copy()
        voter = g.Voter(r, "tick", r.choice(["gel", "ball", "fountain"]))
        rows = g.fill_sheet(paper, geom, r, voter, events=False)
        condition = r.choice(INSTRUCTED)
        picture, packed, _, effects = g.scan(paper, geom, condition, r, blank)
    elif kind in CLASSES:
        fill, conditions = CLASSES[kind]
        paper, behind = blank.copy(), blank.copy()
        rows = fill(g, paper, geom, r)
        g.fill_sheet(behind, geom, r)
        condition = r.choice(conditions)
        picture, packed, _, effects = g.scan(paper, geom, condition, r, behind)
    else:
        picture, packed, truth, _ = g.make_page(blank, geom, kind, seed)
        rows, effects = truth["rows"], truth["effects"]
    return {"kind": kind, "seed": seed, "effects": effects, "rows": rows}, packed, picture


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("generator", type=Path)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("form", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--kinds", default="all")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("gen_scans", args.generator)
    assert spec, "caller names a module"
    assert spec.loader, "a file has a loader"
    g = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(g)
    cv = g.cv2  # it has it
    cv.setNumThreads(1)
    named = {"all": g.CONDS, "classes": list(CLASSES)}
    kinds = named.get(args.kinds) or args.kinds.split(",")
    geom = json.loads(args.form.read_text("utf-8"))
    blank = g.render_pdf(str(args.pdf))
    for number in range(args.first, args.first + args.count):
        seed = args.seed * 1_000_003 + number
        truth, packed, picture = page(g, blank, geom, kinds[number % len(kinds)], seed)
        quality = [cv.IMWRITE_JPEG_QUALITY, 85] if packed == "jpg" else []
        said = json.dumps(truth).encode()
        data = cv.imencode(f".{packed}", picture, quality)[1].tobytes()
        for part in (said, data):
            sys.stdout.buffer.write(struct.pack(">I", len(part)) + part)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
