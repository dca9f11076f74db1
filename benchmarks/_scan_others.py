"""Other readers of ticked pages, told of our codes and boxes as if they were their own."""

import importlib.util
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from deputydesk.scan.arrays import Grey

Rows = list[tuple[tuple[int, ...], bool]]
"""Of each row: the options ticked, and whether a person is asked."""

AMC = Path("/usr/libexec/AMC/exec/AMC-detect")
"""Of Debian's package auto-multiple-choice."""
_DOTS = 300 / 25.4
_WHITES = (0.6, 0.75, 0.85)
_TICKED = (0.03, 0.05, 0.08, 0.15)
AMC_DEFAULTS = (0.6, 0.15)
AMC_SETTINGS = tuple((white, ticked) for white in _WHITES for ticked in _TICKED)


class Prototype:
    """A reader written as a module with `load_form(pdf, json)` and `read_page(grey, forms)`."""

    def __init__(self, module: Path, pdf: Path, form: Path) -> None:
        spec = importlib.util.spec_from_file_location("other_reader", module)
        assert spec, "caller names a module"
        assert spec.loader, "a file has a loader"
        self._made: Any = importlib.util.module_from_spec(spec)  # Any: not ours
        spec.loader.exec_module(self._made)
        found = self._made.find_qr

        def find(grey: Any) -> list[Any]:  # Any: as it says
            return [(_as_other(text), corners) for text, corners in found(grey)]

        self._made.find_qr = find
        self._forms = self._made.load_form(str(pdf), str(form))

    def read(self, picture: Grey) -> Rows | None:
        """A page's rows; None if it was refused."""
        said = self._made.read_page(picture, self._forms)
        if said["status"] != "read":
            return None
        return [
            (() if row["answer"] in {"blank", None} else (row["answer"],), bool(row["doubt"]))
            for row in said["rows"]
        ]


def _as_other(text: str) -> str:
    parts = text.split(":")
    return f"DD1/{parts[2]}/{parts[3]}" if len(parts) == 4 else text


class Amc:
    """auto-multiple-choice's detector, driven as its own analysis does, without its database.

    It gets our corner squares instead of its discs, and is told which pages are upside down, for
    our pages lack the binary boxes by which it would see that.
    """

    def __init__(self, form: Path) -> None:
        self._form = json.loads(form.read_text("utf-8"))
        self.seconds = 0.0
        """Of CPU, of the last page with the defaults."""

    def read(self, picture: Grey, *, upside: bool) -> dict[tuple[float, float], Rows | None]:
        """A page's rows by each of its settings: darkness of black, share that is a tick."""
        found: dict[tuple[float, float], Rows | None] = {}
        with tempfile.TemporaryDirectory() as folder:
            scan = Path(folder) / "scan.png"
            Image.fromarray(np.ascontiguousarray(picture)).save(scan, compress_level=1)
            for white in _WHITES:
                before = _children()
                shares = self._shares(scan, white, upside=upside)
                if white == AMC_DEFAULTS[0]:
                    self.seconds = _children() - before
                for ticked in _TICKED:
                    found[white, ticked] = _decided(shares, ticked)
        return found

    def _shares(self, scan: Path, white: float, *, upside: bool) -> list[list[float]] | None:
        wide, high = (side * _DOTS for side in self._form["page_mm"])
        corners = [self._form["marks"][name] for name in ("tl", "tr", "br", "bl")]
        places = " ".join(f"{x * _DOTS:.2f},{y * _DOTS:.2f}" for x, y, _ in corners)
        boxes = [box for row in self._form["rows"] for box in row["boxes"]]
        said = [
            f"load {scan}",
            *(["rotate180"] if upside else []),
            f"optim {places}",
            *(_measure(box) for box in boxes),
            "quit",
        ]
        options = ("-x", wide, "-y", high, "-d", corners[0][2] * _DOTS, "-p", 0.2, "-m", 0.2,
                   "-c", 3, "-t", white, "-o", 1)  # fmt: skip
        run = subprocess.run(
            [str(AMC), *map(str, options)],
            input="\n".join(said) + "\n", capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        black = [line.split() for line in run.stdout.splitlines() if line.startswith("PIX ")]
        if "! NMARKS" in run.stdout or len(black) != len(boxes):
            return None
        each = iter(int(dark) / max(1, int(all_)) for _, dark, all_ in black)
        return [[next(each) for _ in row["boxes"]] for row in self._form["rows"]]


def _measure(box: Any) -> str:  # Any: JSON
    left, top = box["x"] * _DOTS, box["y"] * _DOTS
    right, bottom = left + box["w"] * _DOTS, top + box["h"] * _DOTS
    return f"mesure0 0.8 square {left:.2f} {right:.2f} {top:.2f} {bottom:.2f}"


def _decided(shares: list[list[float]] | None, ticked: float) -> Rows | None:
    """Several ticks in a row are shown to a person there; a row without any is blank."""
    if shares is None:
        return None
    chosen = [tuple(k for k, share in enumerate(row) if share > ticked) for row in shares]
    return [(row, len(row) > 1) for row in chosen]


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system
