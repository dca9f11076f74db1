"""Reading ticked papers, side by side on the same pages: this reader and, if named, another.

    python benchmarks/scan.py FOLDER… [--other FILE.py]

A folder holds `form.pdf` and `form.json` (deskctl scan geometry), scans, and `truth.json`: for each
page its file, condition and rows with what was meant (an option, null or "double"). Another reader
is a module with `load_form(pdf, json)` and `read_page(grey, forms)`, told of our codes as its own.
"""

import argparse
import importlib.util
import json
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from deputydesk.scan.reader import Reader
from deputydesk.scan.template import of_json

Rows = list[tuple[tuple[int, ...], bool]]
Read = Callable[[Any], "Rows | None"]  # Any: greys


def ours(folder: Path) -> Read:
    """This reader: each row's answer and whether it is doubtful; None for a refused page."""
    reader = Reader([of_json(folder / "form.json")])

    def read(grey: Any) -> Rows | None:  # Any: greys
        found = reader.read(grey)
        if found.refusal:
            return None
        return [(row.answer, bool(row.doubts)) for row in found.rows]

    return read


def other(module: Path, folder: Path) -> Read:
    """The other reader, which looks for codes written another way."""
    spec = importlib.util.spec_from_file_location("other_reader", module)
    assert spec, "caller names a module"
    assert spec.loader, "a file has a loader"
    made: Any = importlib.util.module_from_spec(spec)  # Any: not ours
    spec.loader.exec_module(made)
    found = made.find_qr

    def find(grey: Any) -> list[Any]:  # Any: as it says
        return [(_as_other(text), corners) for text, corners in found(grey)]

    made.find_qr = find
    forms = made.load_form(str(folder / "form.pdf"), str(folder / "form.json"))

    def read(grey: Any) -> Rows | None:  # Any: greys
        said = made.read_page(grey, forms)
        if said["status"] != "read":
            return None
        return [
            (() if row["answer"] in {"blank", None} else (row["answer"],), bool(row["doubt"]))
            for row in said["rows"]
        ]

    return read


def _as_other(text: str) -> str:
    parts = text.split(":")
    return f"DD1/{parts[2]}/{parts[3]}" if len(parts) == 4 else text


def measured(folder: Path, read: Read) -> Iterator[tuple[str, Counter[str]]]:
    """What each page's reading gave, by its condition."""
    for page in json.loads((folder / "truth.json").read_text("utf-8"))["pages"]:
        with Image.open(folder / page["file"]) as picture:
            grey = np.asarray(picture.convert("L"))
        started = time.process_time()
        rows = read(grey)
        found = Counter(pages=1, ms=round(1000 * (time.process_time() - started)))
        if rows is None:
            found["refused"] += 1
        for truth, (answer, doubtful) in zip(page["rows"], rows or [], strict=False):
            meant = truth["intent"]
            found["rows"] += 1
            found["asked"] += doubtful
            wrong = meant == "double" or answer != (() if meant is None else (meant,))
            found["wrong"] += wrong and not doubtful
        yield page["cond"], found


def table(name: str, folders: list[Path], make: Callable[[Path], Read]) -> None:
    """Prints a reader's figures for every condition, and in sum."""
    sums: dict[str, Counter[str]] = {}
    for folder in folders:
        for condition, found in measured(folder, make(folder)):
            for key in (condition, "all"):
                sums.setdefault(key, Counter()).update(found)
    print(f"\n{name}\n{'condition':16}{'pages':>6}{'rows':>7}{'wrong':>7}{'asked %':>9}"
          f"{'refused':>9}{'CPU s/page':>12}")  # fmt: skip
    for key, s in sorted(sums.items(), key=lambda item: (item[0] == "all", item[0])):
        asked = 100 * s["asked"] / max(1, s["rows"])
        seconds = s["ms"] / 1000 / s["pages"]
        print(f"{key:16}{s['pages']:6}{s['rows']:7}{s['wrong']:7}{asked:9.2f}{s['refused']:9}"
              f"{seconds:12.3f}")  # fmt: skip


def main() -> None:
    """Measures the readers one after the other on the same pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--other", type=Path)
    args = parser.parse_args()
    if not args.folders:
        print("No folders of pages were named: see the head of benchmarks/scan.py.")
        return
    table("this reader", args.folders, ours)
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    if args.other:
        table(args.other.stem, args.folders, lambda folder: other(args.other, folder))


if __name__ == "__main__":
    main()
