"""All 252 duty reports of the demo office in one PDF, each way in a process of its own.

The floor writes the same lines with the same typefaces and nothing else; typst sets the same
content with the same fonts (untagged, and without the QR codes).
"""

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks._measure import REPO, Target, child, interleaved, table, targets

ROUNDS = 5
NAMES = {
    "floor": "floor: the same lines, nothing else",
    "draw": "DeputyDesk: drawing, the records read before",
    "print": "DeputyDesk: reading and drawing",
    "typst": "typst: the same content",
}


def main() -> None:
    """Print the table, and how large the files are."""
    env = dict(os.environ)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules are kept where it is installed
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make = "from benchmarks._duty_material import main; main()"
        subprocess.run([sys.executable, "-c", make, name], cwd=REPO, env=env, check=True)
        ways = [partial(child, "_duty", way, name, env=env) for way in NAMES]
        results = interleaved(ways, rounds=ROUNDS)
        print(f"\n252 duty reports; medians of {ROUNDS} rounds, ratios to the floor")
        table(results, "floor", NAMES)
        print()
        for way, words in NAMES.items():
            file = folder / f"{way}.pdf"
            print(f"  {words:44} {_pages(file):4} pages {file.stat().st_size / 1e6:6.2f} MB")
        targets(
            [
                Target(f"{way}, against typst, {what}", results.ratio(way, "typst", what), 1.0)
                for way in ("draw", "print")
                for what in ("cpu", "wall", "peak")
            ]
        )


def _pages(file: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        return len(document)


if __name__ == "__main__":
    main()
