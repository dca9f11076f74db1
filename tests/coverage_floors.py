"""Each place's coverage against its floor in pyproject.toml; `dev.py test` asks it.

python -m tests.coverage_floors REPORT.json
"""

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent


def floors() -> dict[str, int]:
    """What each place must reach, in percent."""
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    return project["tool"]["deputydesk"]["coverage"]


def check(report: Path, wanted: Mapping[str, int]) -> bool:
    """Say of each place what tests reached, and where it is too little which lines they missed."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    measured = {name.replace("\\", "/"): found for name, found in files.items()}
    are_enough = True
    for place, floor in wanted.items():
        inside = {name: found for name, found in measured.items() if name.startswith(place)}
        total = sum(found["summary"]["num_statements"] for found in inside.values())
        covered = sum(found["summary"]["covered_lines"] for found in inside.values())
        enough = 100 * covered >= floor * total > 0
        share = f"{covered}/{total} lines, floor {floor} %"
        sys.stdout.write(f"{'ok  ' if enough else 'LOW '} {place:28} {share}\n")
        if not enough:
            are_enough = False
            _say_missing(inside)
    return are_enough


def _say_missing(files: Mapping[str, Mapping[str, list[int]]]) -> None:
    for name, found in files.items():
        if missing := found["missing_lines"]:
            sys.stdout.write(f"       {name}: {', '.join(map(str, missing))}\n")


if __name__ == "__main__":
    raise SystemExit(0 if check(Path(sys.argv[1]), floors()) else 1)
