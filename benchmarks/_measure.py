"""How the benchmarks measure: rivals take turns, every round is a ratio, the median is told.

The machine may be busy with other work: what runs in the same round meets the same load, and CPU
time feels it least.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds of the clock and of the CPU, MB at its peak (0: not measured)."""

    wall: float
    cpu: float
    peak: float = 0.0


Run = Callable[[], Mapping[str, Cost]]
"""Runs one rival once; one run may pass several places that are told apart by name."""


@dataclass
class Results:
    """The costs of each rival, round by round."""

    rounds: dict[str, list[Cost]] = field(default_factory=dict[str, list[Cost]])

    def add(self, costs: Mapping[str, Cost]) -> None:
        """Keep what one round took."""
        for name, cost in costs.items():
            self.rounds.setdefault(name, []).append(cost)

    def median(self, name: str) -> Cost:
        """The medians of one rival."""
        costs = self.rounds[name]
        return Cost(
            statistics.median(cost.wall for cost in costs),
            statistics.median(cost.cpu for cost in costs),
            statistics.median(cost.peak for cost in costs),
        )

    def ratio(self, name: str, floor: str, what: str) -> float:
        """The median of the rounds' own ratios: `what` is wall, cpu or peak."""
        pairs = zip(self.rounds[name], self.rounds[floor], strict=True)
        return statistics.median(getattr(a, what) / (getattr(b, what) or 1) for a, b in pairs)


def interleaved(runs: Iterable[Run], *, rounds: int, warm: int = 1) -> Results:
    """Run every rival once a round, after `warm` rounds that do not count."""
    runs = tuple(runs)
    results = Results()
    for number in range(warm + rounds):
        for run in runs:
            costs = run()
            if number >= warm:
                results.add(costs)
    return results


def timed(name: str, work: Callable[[], object]) -> Run:
    """A rival that works in this process."""

    def run() -> Mapping[str, Cost]:
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        return {name: Cost(time.perf_counter() - wall, time.process_time() - cpu)}

    return run


def command(module: str, *arguments: str) -> list[str]:
    """What runs a module of this folder; its last argument is when: `time.perf_counter`'s now."""
    code = f"from benchmarks.{module} import main; main()"
    return [sys.executable, "-c", code, *arguments, repr(time.perf_counter())]


def child(module: str, *arguments: str, env: Mapping[str, str] | None = None) -> dict[str, Cost]:
    """Run a module of this folder in a process of its own; returns the costs that it told."""
    done = subprocess.run(
        command(module, *arguments),
        cwd=REPO,
        env=env,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    told = [line.split() for line in done.stdout.splitlines()]
    if done.returncode or not told:
        raise SystemExit(f"{module} {' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    return {name: Cost(*map(float, numbers)) for name, *numbers in told}


def table(results: Results, floor: str, names: Mapping[str, str] | None = None) -> None:
    """Print every rival with its ratios to the floor; `names` are longer names for them."""
    base = results.median(floor)
    print(f"  {'':44} {'wall ms':>9} {'CPU ms':>9} {'peak MB':>8} {'wall':>7} {'CPU':>7}")
    for name in results.rounds:
        cost = results.median(name)
        peak = f"{cost.peak:8.0f}" if cost.peak else f"{'-':>8}"
        wall = results.ratio(name, floor, "wall")
        cpu = results.ratio(name, floor, "cpu") if base.cpu else 0.0
        print(
            f"  {(names or {}).get(name, name):44} {cost.wall * 1000:9.1f} {cost.cpu * 1000:9.1f}"
            f" {peak} {wall:6.2f}x {cpu:6.2f}x"
        )


@dataclass(frozen=True)
class Target:
    """A number that was reached and the most that it should be."""

    what: str
    value: float
    most: float
    unit: str = "x"


def targets(reached: Sequence[Target]) -> None:
    """Print what was reached beside what was wanted; nothing fails here."""
    print()
    for target in reached:
        word = "ok" if target.value <= target.most else "MISSED"
        value = (
            f"{target.value:.2f}{target.unit}"
            if target.unit == "x"
            else (f"{target.value:.0f}{target.unit}")
        )
        wanted = f"at most {target.most:g}{target.unit}"
        print(f"  {target.what:64} {value:>9}   {wanted:16} {word}")
