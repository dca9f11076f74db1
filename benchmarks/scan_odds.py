"""The decision trees of `deputydesk/scan/odds.py`: pages to grow them over, and the growing.

    python -m benchmarks.scan_odds pages TO.npz --generator gen_scans.py --opencv PYTHON --seed S
        --pages N [--kinds all|classes|NAME,NAME] [--forms NAME,NAME]
    python -m benchmarks.scan_odds grow FILE.npz FILE.npz… [--to deputydesk/scan/odds.npz]

`pages` reads pages whose answers are known (as `benchmarks/scan.py`; several may run at once), and
keeps of each row what its odds go by and whether its suggestion was wrong. `grow` needs LightGBM,
in any environment (`pip install --require-hashes -r requirements/odds.txt`). It says first, by
trees grown over three quarters of the pages and asked about the last, how many rows of each kind of
page would still be asked about, and how many of these wrong; then it grows the shipped ones over
all pages. A seed that pages were made by to grow trees is none to measure a reader by.
"""

import argparse
import importlib
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.scan import MUST, print_forms, sheets
from deputydesk.scan.odds import TOLD_BY_RULES, features
from deputydesk.scan.reader import Reader
from deputydesk.scan.rows import RowReading
from deputydesk.scan.settings import TREES, Settings
from deputydesk.scan.sheet import Scene, Sheet
from deputydesk.scan.template import of_json

_FOLDS = 4
_GROWTH = {
    "n_estimators": 400, "learning_rate": 0.04, "num_leaves": 31, "min_child_samples": 40,
    "subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.4, "reg_lambda": 5,
    "random_state": 1, "n_jobs": 2, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
_DEAR = 3.0  # so many times a row that is wrong counts as one that is not ...
_UNASKED = 15.0  # ... and one that no rule asks about


class _Noting:
    """Notes what the odds of a page's rows go by, and leaves them as the rules read them."""

    def __init__(self) -> None:
        self.seen = np.zeros((0, 0), np.float32)

    def weighed(self, scene: Scene, sheet: Sheet, rows: Sequence[RowReading]) -> list[RowReading]:
        self.seen = features(scene, sheet, rows)
        return list(rows)


def pages(args: argparse.Namespace) -> None:
    """Make pages, read them by the rules alone, keep what there is to learn."""
    kept: dict[str, list[Any]] = defaultdict(list)  # Any: a column's values
    forms = args.forms.split(",")
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        print_forms(Path(folder), forms)
        for form in forms:
            noting = _Noting()
            reader = Reader([of_json(Path(folder) / f"{form}.json")], odds=noting)
            for truth, picture in sheets(args, Path(folder), form, -(-args.pages // len(forms))):
                found, number = reader.read(picture), number + 1
                for row, read, seen in zip(truth["rows"], found.rows, noting.seen, strict=False):
                    if len(read.ink) > 1:
                        _keep(kept, row, read)
                        kept["features"].append(seen)
                        kept["page"].append(number)
                        kept["kind"].append(truth["kind"])
    args.to.parent.mkdir(parents=True, exist_ok=True)
    columns: dict[str, Any] = {  # Any: arrays
        name: np.array(column) for name, column in kept.items()
    }
    np.savez_compressed(args.to, **columns)
    print(f"{args.to}: {number} pages, {len(kept['page'])} rows, {sum(kept['wrong'])} suggestions"
          " wrong")  # fmt: skip


def _keep(kept: dict[str, list[Any]], row: dict[str, Any], read: RowReading) -> None:  # Any: JSON
    meant = row["intent"]
    right = meant != "double" and read.answer == (() if meant is None else (meant,))
    kept["wrong"].append(not right)
    kept["must"].append(meant == "double" or row["event"] in MUST)
    kept["asked"].append(bool(read.doubts))
    kept["told"].append(bool(TOLD_BY_RULES & set(read.doubts)))


def grow(args: argparse.Namespace) -> None:
    """Say what trees over these pages are worth, then grow those that are shipped."""
    known: dict[str, Any] = {}  # Any: a column
    for number, file in enumerate(args.files):
        with np.load(file) as read:
            new = {name: read[name] for name in read.files}
        new["page"] = new["page"] + number * 1_000_000
        known = {name: np.concatenate([known[name], new[name]]) if known else new[name]
                 for name in new}  # fmt: skip
    odds = np.empty(len(known["wrong"]))
    for fold in range(_FOLDS):
        asked = known["page"] % _FOLDS == fold
        odds[asked] = _grown(known, ~asked).predict_proba(known["features"][asked])[:, 1]
    _show(known, odds)
    np.savez_compressed(args.to, **_trees(_grown(known, np.ones(len(odds), bool))))
    print(f"{args.to}: {args.to.stat().st_size / 1024:.0f} KB")


def _grown(known: dict[str, Any], which: Any) -> Any:  # Any: arrays, LightGBM has no types
    grower = importlib.import_module("lightgbm").LGBMClassifier  # nothing else here needs it
    wrong = known["wrong"][which]
    weight = np.where(known["asked"][which], _DEAR, _UNASKED)
    return grower(**_GROWTH).fit(
        known["features"][which], wrong, sample_weight=np.where(wrong, weight, 1.0)
    )


def _show(known: dict[str, Any], odds: Any) -> None:  # Any: arrays
    settings = Settings()
    asked, wrong, must = known["asked"], known["wrong"], known["must"]
    freed = asked & ~known["told"] & (odds < settings.certain)
    unlike = ~asked & (odds > settings.unsure)
    still = (asked & ~freed) | unlike
    print("| pages | rows | asked though plain % | now | wrong, unasked | now | nearest |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for kind in [*sorted(set(known["kind"])), ""]:
        of = known["kind"] == kind if kind else np.ones(len(odds), bool)
        rows = of.sum()
        near = odds[of & wrong & asked & ~known["told"]]
        print(f"| {kind or 'all'} | {rows} | {100 * (of & asked & ~must).sum() / rows:.2f} "
              f"| {100 * (of & still & ~must).sum() / rows:.2f} | {(of & wrong & ~asked).sum()} "
              f"| {(of & wrong & ~still).sum()} | {near.min(initial=1):.4f} |")  # fmt: skip


def _trees(grown: Any) -> dict[str, Any]:  # Any: LightGBM has no types; arrays
    """The trees as `Odds` has them."""
    feature: list[int] = []
    limit: list[float] = []
    value: list[float] = []
    ways: list[tuple[int, int]] = []

    def add(node: dict[str, Any]) -> int:  # Any: JSON
        at = len(feature)
        is_leaf = "leaf_value" in node
        feature.append(-1 if is_leaf else node["split_feature"])
        limit.append(0.0 if is_leaf else node["threshold"])
        value.append(node["leaf_value"] if is_leaf else 0.0)
        ways.append((at, at))
        if not is_leaf:
            ways[at] = (add(node["left_child"]), add(node["right_child"]))
        return at

    trees = grown.booster_.dump_model()["tree_info"]
    roots = [add(tree["tree_structure"]) for tree in trees]
    return {
        "feature": np.array(feature, np.int16),
        "limit": np.array(limit, np.float32),
        "ways": np.array(ways, np.int32),
        "value": np.array(value, np.float32),
        "roots": np.array(roots, np.int32),
    }


def main(arguments: list[str] | None = None) -> None:
    """Do what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    tasks = parser.add_subparsers(required=True)
    making = tasks.add_parser("pages")
    making.add_argument("to", type=Path)
    making.add_argument("--generator", type=Path, required=True)
    making.add_argument("--opencv", type=Path, required=True)
    making.add_argument("--seed", type=int, required=True)
    making.add_argument("--pages", type=int, required=True)
    making.add_argument("--kinds", default="all")
    making.add_argument("--forms", default="ballot4,projects,satisfaction")
    making.set_defaults(task=pages)
    growing = tasks.add_parser("grow")
    growing.add_argument("files", type=Path, nargs="+")
    growing.add_argument("--to", type=Path, default=TREES)
    growing.set_defaults(task=grow)
    args = parser.parse_args(arguments)
    args.task(args)


if __name__ == "__main__":
    main()
