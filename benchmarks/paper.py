"""Paper in quantity: all duty reports in one PDF and as a PDF each, and a whole quarter's pack.

The floor writes the same lines with the same typefaces and nothing else; typst sets the same
content with the same fonts (untagged, without the QR codes). LibreOffice merges mail where it is
installed. Every way runs in a process of its own; the ratios are of the work alone, when what a way
needs is loaded, since offices print from a program that is running.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks._measure import REPO, Target, child, interleaved, table, targets

ROUNDS = 2
MERGED = 42  # reports that LibreOffice is given: all 252 take it minutes
ONE = ("floor", "draw", "print", "typst")
EACH = ("floor_each", "each", "print_each", "typst_each")
NAMES = {
    "floor": "floor: the same lines, nothing else",
    "draw": "DeputyDesk: drawing, the records read before",
    "print": "DeputyDesk: reading and drawing",
    "typst": "typst: the same content",
    "floor_each": "floor, a file each",
    "each": "DeputyDesk: drawing, a file each",
    "print_each": "DeputyDesk: reading and drawing, a file each",
    "typst_each": "typst, a file each",
    "quarter": "DeputyDesk: a quarter's pack",
}


def main() -> None:
    """Print the tables and what was aimed at."""
    env = dict(os.environ)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules are kept where it is installed
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make = "from benchmarks._duty_material import main; main()"
        subprocess.run([sys.executable, "-c", make, name], cwd=REPO, env=env, check=True)
        ways = [*ONE, *EACH, "quarter"]
        runs = [partial(child, "_duty", way, name, env=env) for way in ways]
        results = interleaved(runs, rounds=ROUNDS)
        print(f"\n252 duty reports; medians of {ROUNDS} rounds, ratios to the floor in one file")
        table(results, "floor:work", NAMES | {f"{w}:work": f"  {NAMES[w]}, work" for w in ways})
        ratio = results.ratio
        targets(
            [
                Target("one file, against the floor, CPU", _of(ratio, "draw", "floor"), 1.5),
                Target("one file, against typst, CPU", _of(ratio, "draw", "typst"), 1.0),
                Target("a file each, against floor, CPU", _of(ratio, "each", "floor_each"), 1.3),
                Target("a file each, against typst, CPU", _of(ratio, "each", "typst_each"), 1.0),
                Target("one file, peak memory", results.median("draw").peak, 150, " MB"),
                Target("a file each, peak memory", results.median("each").peak, 150, " MB"),
            ]
        )
        _mail_merge(folder, env, results.median("each:work").cpu)


def _of(ratio: Callable[[str, str, str], float], way: str, floor: str) -> float:
    return ratio(f"{way}:work", f"{floor}:work", "cpu")


def _mail_merge(folder: Path, env: dict[str, str], ours: float) -> None:
    """Some of the reports by LibreOffice, once; `ours` is the CPU time of all 252."""
    if not shutil.which("soffice"):
        print("LibreOffice is not installed here: its mail merge is not measured.")
        return
    _word_files(folder)
    cost = child("_duty", "libreoffice", str(folder), env=env)["libreoffice:work"]
    one, own = cost.cpu / MERGED * 1000, ours / 252 * 1000
    print(
        f"\n  LibreOffice, {MERGED} Word files into PDFs: {cost.wall:.1f} s, CPU {cost.cpu:.1f} s, "
        f"{cost.peak:.0f} MB; CPU a file {one:.0f} ms, ours {own:.1f} ms: {own / one:.2f}x"
    )


def _word_files(folder: Path) -> None:
    """The reports as Word files: what a mail merge leaves behind."""
    import pickle

    from deputydesk.reports.tables import Column
    from deputydesk.reports.word import word_file

    reports, office, day = pickle.loads((folder / "reports.pickle").read_bytes())
    (folder / "word").mkdir()
    columns = (Column("日期", 30), Column("类别", 36), Column("内容", 90, "left"))
    for number, report in enumerate(reports[:MERGED]):
        to = folder / "word" / f"{number}.docx"
        with word_file(to, title=report.name, author=office.organ, day=day) as paper:
            paper.title("人大代表履职报告")
            paper.cells([[(fact.label, fact.value)] for fact in report.facts])
            paper.table(columns, [(f"{d.day:%m-%d}", d.kind, d.what) for d in report.duties])
            paper.text(report.self_assessment)


if __name__ == "__main__":
    main()
