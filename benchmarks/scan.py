"""Reading ticked pages: wrong answers, rows asked about, refused pages, for every kind of page.

    python -m benchmarks.scan --generator gen_scans.py --opencv PYTHON --seed S --pages N
        [--kinds all|classes|NAME,NAME] [--forms NAME,NAME] [--other FILE.py] [--amc] [--beside]
        [--out FILE.json]

GENERATOR draws marks and scans; it needs OpenCV, so PYTHON is one that has it. Pages are made, read
and forgotten one after another: nothing is kept. What was counted so far is in `--out` at any time.
Side by side with this reader: `--other`, a module with `load_form(pdf, json)` and
`read_page(grey, forms)`; `--amc`, the detector of Debian's package auto-multiple-choice. With
`--beside` all that is not named is looked for, and it is said loudly where something is missing.
"""

import argparse
import io
import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
from PIL import Image

from benchmarks._scan_others import AMC, AMC_DEFAULTS, AMC_SETTINGS, Amc, Prototype, Rows
from benchmarks._scan_tools import GENERATOR, PROTOTYPE, opencv
from deputydesk.scan.arrays import Grey
from deputydesk.scan.reader import Reader
from deputydesk.scan.template import as_json, of_json

_SHEETS = Path(__file__).with_name("_scan_sheets.py")
MUST = {"double", "corr_fill", "corr_cross", "corr_strike", "vertical"}
FORMS = ("ballot4", "ballot3", "ballot5", "projects", "satisfaction")
_PER_FORM = 99_990  # so many pages, whole rounds of the kinds, lie between two forms
PAGES = 207
"""Three of each kind and form; read by all readers in some five minutes."""
Reads = dict[str, tuple[Rows | None, float]]
"""By each reader, a page's rows and the seconds of CPU that it took."""


def print_forms(folder: Path, names: list[str]) -> None:
    """Forms as the program prints them, each with the places of its boxes."""
    from deputydesk.reports import project_ballot, project_eval_ballot
    from deputydesk.scan.template import of_pdf
    from tests.reports import project_samples, samples
    from tests.scan import paper

    office, day = samples.OFFICE, samples.DAY
    for name in names:
        to = folder / f"{name}.pdf"
        if name == "projects":
            ballot = project_samples.project_ballot()
            project_ballot.write(ballot, to, office=office, printed_on=day)
        elif name == "satisfaction":
            evaluation = project_samples.project_eval_ballot(12)
            project_eval_ballot.write(evaluation, to, office=office, printed_on=day)
        else:
            paper.write_ballot(to, grades=int(name.removeprefix("ballot")))
        template = of_pdf(to, paper.LAYOUTS)[0]
        to.with_suffix(".json").write_text(json.dumps(as_json(template)), "utf-8")


def sheets(
    args: argparse.Namespace, folder: Path, form: str, count: int
) -> Iterator[
    tuple[dict[str, Any], Grey]  # Any: JSON
]:
    """Pages of a form and what was meant on them, made by the other Python as they are read.

    Each form has numbers of its own: no voter fills in two of them.
    """
    first = FORMS.index(form) * _PER_FORM
    command = (args.opencv, _SHEETS, args.generator, folder / f"{form}.pdf",
               folder / f"{form}.json", "--seed", args.seed, "--first", first,
               "--count", count, "--kinds", args.kinds)  # fmt: skip
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE) as made:
        assert made.stdout, "it was asked for"
        while truth := _part(made.stdout):
            with Image.open(io.BytesIO(_part(made.stdout))) as picture:
                yield json.loads(truth), np.asarray(picture.convert("L"))
    if made.returncode:
        raise SystemExit("The pages could not be made; the reason stands above.")


def _part(stream: IO[bytes]) -> bytes:
    length = stream.read(4)
    return stream.read(struct.unpack(">I", length)[0]) if length else b""


class Readers:
    """This reader and those it is compared with, on pages of one form."""

    def __init__(self, args: argparse.Namespace, folder: Path, form: str) -> None:
        pdf, places = folder / f"{form}.pdf", folder / f"{form}.json"
        self._ours = Reader([of_json(places)])
        self.stamp = self._ours.settings.stamp
        self._other = Prototype(args.other, pdf, places) if args.other else None
        self._amc = Amc(places) if args.amc else None

    def read(self, picture: Grey, *, upside: bool) -> Reads:
        """The page, by each."""
        started = time.process_time()
        found = self._ours.read(picture)
        rows = None if found.refusal else [(r.answer, bool(r.doubts)) for r in found.rows]
        reads: Reads = {"this reader": (rows, time.process_time() - started)}
        if self._other:
            started = time.process_time()
            rows = self._other.read(picture)
            reads["other"] = rows, time.process_time() - started
        if self._amc:
            for (white, ticked), rows in self._amc.read(picture, upside=upside).items():
                reads[f"AMC {white}/{ticked}"] = rows, self._amc.seconds
        return reads


class Figures:
    """What was counted: of every reader, for every kind of page."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, Counter[str]]] = {}
        self.wrong: list[dict[str, Any]] = []  # Any: JSON

    def add(self, form: str, truth: dict[str, Any], reads: Reads) -> None:  # Any: JSON
        """Count a page."""
        for reader, (rows, seconds) in reads.items():
            kinds = self.counts.setdefault(reader, {})
            found = kinds.setdefault(truth["kind"], Counter())
            found.update(pages=1, ms=round(1000 * seconds))
            if rows is None:
                found["refused"] += 1
                continue
            wrong = [
                row | {"got": answer}
                for row, (answer, asked) in zip(truth["rows"], rows, strict=True)
                if _counted(found, row["intent"], row["event"], answer, asked=asked)
            ]
            found["wrong pages"] += bool(wrong)
            if reader == "this reader":
                where = {"form": form, "kind": truth["kind"], "seed": truth["seed"]}
                self.wrong += [where | row for row in wrong]

    def best(self) -> str:
        """The setting of the detector that had the fewest wrong rows, chosen afterwards."""
        tried = [name for name in self.counts if name.startswith("AMC")]
        return min(tried, key=lambda name: _sum(self.counts[name])["wrong"])

    def write(self, to: Path, stamp: str) -> None:
        """All of it, for whoever wants to count otherwise."""
        said = {"reader": stamp, "counts": self.counts, "wrong": self.wrong}
        to.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")

    def show(self, reader: str) -> None:
        """A table of a reader's figures by kind of page, as Markdown."""
        print(f"\n| pages of {reader} {_HEADS}")
        kinds = self.counts[reader]
        for kind, found in [*sorted(kinds.items()), ("all", _sum(kinds))]:
            print(_line(kind, found))

    def show_beside(self, readers: dict[str, str]) -> None:
        """A table of several readers on all pages, as Markdown."""
        print(f"\n| reader {_HEADS}")
        for reader, title in readers.items():
            print(_line(title, _sum(self.counts[reader])))


_HEADS = """\
| number | refused | rows | wrong, unasked | on pages | of these read as blank \
| must be asked % | asked though plain % | CPU s/page |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


def _line(title: str, found: Counter[str]) -> str:
    rows = max(1, found["rows"])
    return (f"| {title} | {found['pages']} | {found['refused']} | {found['rows']} "
            f"| {found['wrong']} | {found['wrong pages']} | {found['blank']} "
            f"| {100 * found['must'] / rows:.2f} | {100 * found['avoidable'] / rows:.2f} "
            f"| {found['ms'] / 1000 / found['pages']:.3f} |")  # fmt: skip


def _sum(kinds: dict[str, Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for found in kinds.values():
        total.update(found)
    return total


def _counted(
    found: Counter[str],
    meant: int | str | None,
    event: str,
    answer: tuple[int, ...],
    *,
    asked: bool,
) -> bool:
    """Counts a row; whether it is wrong and nobody is asked."""
    must = meant == "double" or event in MUST
    right = answer == (() if meant is None else (meant,))
    wrong = not asked and (meant == "double" or not right)
    found.update(rows=1, wrong=wrong, blank=wrong and not answer)
    found["must" if must else "avoidable"] += asked
    return wrong


def main(arguments: list[str] | None = None) -> None:
    """Make pages, read them, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generator", type=Path)
    parser.add_argument("--opencv", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--kinds", default="all")
    parser.add_argument("--forms", default="ballot4,projects,satisfaction")
    parser.add_argument("--other", type=Path)
    parser.add_argument("--amc", action="store_true")
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args(arguments)
    if args.beside:
        _look_beside(args)
    if not (args.generator and args.opencv):
        print("NOT MEASURED: without --generator and --opencv there are no pages to read;"
              " see the head of benchmarks/scan.py.")  # fmt: skip
        return
    if args.amc and not AMC.exists():
        raise SystemExit(f"{AMC} is missing: apt-get install auto-multiple-choice")
    _measure(args)


def _look_beside(args: argparse.Namespace) -> None:
    if args.generator is None and GENERATOR.exists():
        args.generator = GENERATOR
    if args.other is None and PROTOTYPE.exists():
        args.other = PROTOTYPE
    if args.opencv is None and args.generator:
        args.opencv = opencv()
    args.amc = AMC.exists()
    if not args.amc:
        print(f"SKIPPED: {AMC} is missing: apt-get install auto-multiple-choice")
    if not args.other:
        print("SKIPPED: no other reader was named with --other.")


_ALONE = """
import sys
from pathlib import Path
import numpy as np
from PIL import Image
from deputydesk.scan.reader import Reader
from deputydesk.scan.template import of_json
with Image.open(sys.argv[2]) as picture:
    page = np.asarray(picture.convert("L"))
reader = Reader([of_json(Path(sys.argv[1]))], shows=True)
for _ in range(3):
    reader.read(page)
status = Path("/proc/self/status").read_text()  # ru_maxrss is that of the starting process, too
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


class Largest:
    """The page of most pixels so far: what reading it alone needs of memory is asked at the end."""

    def __init__(self, folder: Path) -> None:
        self._file, self._form, self._size = folder / "largest.png", folder, 0

    def note(self, picture: Grey, places: Path) -> None:
        """Keep it if it is the largest."""
        if picture.size > self._size:
            Image.fromarray(picture).save(self._file, compress_level=1)
            self._form, self._size = places, picture.size

    def memory(self) -> str:
        """MB that a process needs which does nothing else."""
        return subprocess.run(
            [sys.executable, "-c", _ALONE, str(self._form), str(self._file)],
            capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip


def _measure(args: argparse.Namespace) -> None:
    figures, stamp = Figures(), ""
    forms = args.forms.split(",")
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        print_forms(folder, forms)
        making = {form: sheets(args, folder, form, -(-args.pages // len(forms))) for form in forms}
        readers = {form: Readers(args, folder, form) for form in forms}
        largest = Largest(folder)
        while making:
            for form in tuple(making):
                page = next(making[form], None)
                if page is None:
                    del making[form]
                    continue
                truth, picture = page
                upside = "upside" in truth["effects"]
                figures.add(form, truth, readers[form].read(picture, upside=upside))
                stamp = readers[form].stamp
                largest.note(picture, folder / f"{form}.json")
            if args.out:
                figures.write(args.out, stamp)
        alone = largest.memory()
    print(f"reader {stamp}, seed {args.seed}, forms {args.forms}")
    _show(args, figures)
    together = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nmemory: this reader alone {alone} MB; all that was measured here {together} MB")


def _show(args: argparse.Namespace, figures: Figures) -> None:
    figures.show("this reader")
    beside = {"this reader": "this reader"}
    if args.other:
        beside["other"] = args.other.stem
    if args.amc:
        white, ticked = AMC_DEFAULTS
        beside[f"AMC {white}/{ticked}"] = "auto-multiple-choice, as it comes"
        best = figures.best()
        beside[best] = f"the same, best of {len(AMC_SETTINGS)}: {best}"
    if len(beside) > 1:
        figures.show_beside(beside)


if __name__ == "__main__":
    main()
