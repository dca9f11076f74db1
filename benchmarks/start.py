"""How soon the window stands: painted, and ready to work on the demo office, as on a second day.

Floors, in the same rounds: a bare PySide6 window, and the same after `import sqlalchemy.orm`.
"""

import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks._measure import (
    REPO,
    Cost,
    Results,
    Target,
    child,
    command,
    interleaved,
    table,
    targets,
)
from deputydesk.ui import days_ahead

ROUNDS = 9
FREEZES = 3
SCREEN = "1366x768x24"
NAMES = {
    "bare": "bare window: painted",
    "orm": "bare window after import sqlalchemy.orm",
    "first": "DeputyDesk, demo office: painted",
    "ready": "DeputyDesk, demo office: everything ready",
    "anew": "the same, the data changed by others meanwhile",
}
OPENED = re.compile(r"openat(?:\(| resumed).* = \d+")


@dataclass(frozen=True)
class Stage:
    """Where windows are started: a private home with the demo office, and a kind of screen."""

    home: Path
    env: Mapping[str, str]

    def desk(self, task: str = "start") -> dict[str, Cost]:
        """Start the program."""
        return child("_desk", task, env=self.env)

    def anew(self) -> dict[str, Cost]:
        """Start the program where the first page is to be read, since somebody else wrote."""
        for kept in self.home.rglob(days_ahead.FILE):
            kept.unlink()
        return {"anew": self.desk()["ready"]}

    def bare(self, kind: str, task: str = "start") -> dict[str, Cost]:
        """Start a bare window."""
        return child("_bare", kind, task, env=self.env)


def main() -> None:
    """Print one table for each kind of screen."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        env = _env(home)
        make = [sys.executable, "-m", "deputydesk.cli", "demo"]
        subprocess.run(make, cwd=REPO, env=env, check=True, stdout=subprocess.DEVNULL)
        screens = {"offscreen": env | {"QT_QPA_PLATFORM": "offscreen"}}
        with _xvfb() as display:
            if display:
                screens["xcb"] = env | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
            for screen, its in screens.items():
                _compare(screen, Stage(home, its))
            if not display:
                print("\nXvfb could not be started: nothing was measured on xcb.")


def _env(home: Path) -> dict[str, str]:
    """Nothing of this user's, and compiled modules kept, as they are where it is installed."""
    folders = {"HOME": "", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}
    folders |= {"XDG_CACHE_HOME": "cache", "XDG_RUNTIME_DIR": "run"}
    env = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for name, below in folders.items():
        path = home / below
        path.mkdir(exist_ok=True, mode=0o700)
        env[name] = str(path)
    return env


@contextmanager
def _xvfb() -> Generator[str]:
    """A screen of our own; its name, empty where there is none."""
    program = shutil.which("Xvfb")
    if program is None:
        yield ""
        return
    mine, its = os.pipe()
    command = [program, "-displayfd", str(its), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(its,), stderr=subprocess.DEVNULL)
    os.close(its)
    try:
        is_up = bool(select.select([mine], [], [], 20)[0])
        number = os.read(mine, 20).decode().strip() if is_up else ""
        yield f":{number}" if number else ""
    finally:
        os.close(mine)
        server.terminate()
        server.wait()


def _compare(screen: str, stage: Stage) -> None:
    starts = (partial(stage.bare, "bare"), partial(stage.bare, "orm"), stage.desk, stage.anew)
    results = interleaved(starts, rounds=ROUNDS, warm=2)  # the second finds what the first showed
    pauses = interleaved(
        (partial(_pause, stage, "bare"), partial(_pause, stage, "desk")), rounds=FREEZES
    )
    opened = {kind: _files(stage, kind) for kind in ("bare", "first")}
    print(f"\nStart on {screen}; medians of {ROUNDS} rounds, ratios to the bare window")
    table(results, "bare", NAMES)
    targets([*_reached(results, pauses), *_reached_files(opened)])
    print(f"  The bare window's longest pause: {pauses.median('bare').wall * 1000:.0f} ms.")
    if not all(opened.values()):
        print("  Without strace the files opened were not counted.")


def _pause(stage: Stage, kind: str) -> dict[str, Cost]:
    told = stage.desk("freeze") if kind == "desk" else stage.bare(kind, "freeze")
    return {kind: told["freeze"]}


def _reached(results: Results, pauses: Results) -> list[Target]:
    return [
        Target(
            "1 painted, against the bare window, wall", results.ratio("first", "bare", "wall"), 1.6
        ),
        Target(
            "2 painted, against the bare window, CPU", results.ratio("first", "bare", "cpu"), 1.6
        ),
        Target(
            "3 ready, against bare + sqlalchemy.orm, wall",
            results.ratio("ready", "orm", "wall"),
            1.4,
        ),
        Target("  the same, CPU", results.ratio("ready", "orm", "cpu"), 1.4),
        Target("  where others wrote meanwhile, CPU", results.ratio("anew", "orm", "cpu"), 1.4),
        Target(
            "4 longest pause in 3 s after painted", pauses.median("desk").wall * 1000, 150, " ms"
        ),
        Target("5 peak memory when painted", results.ratio("first", "bare", "peak"), 1.8),
    ]


def _reached_files(opened: Mapping[str, int]) -> list[Target]:
    if not all(opened.values()):
        return []
    what = f"6 files opened until painted ({opened['first']} / {opened['bare']}, not frozen)"
    return [Target(what, opened["first"] / opened["bare"], 1.3)]


def _files(stage: Stage, kind: str) -> int:
    """How many files a start opens until its window has been painted; 0 without strace."""
    strace = shutil.which("strace")
    if strace is None:
        return 0
    log = stage.home / "opened.txt"
    what = ("_bare", kind) if kind == "bare" else ("_desk",)
    watch = [strace, "-f", "-e", "trace=openat,write", "-o", str(log)]
    run = [*watch, *command(*what, "start")]
    if subprocess.run(run, cwd=REPO, env=stage.env, check=False, capture_output=True).returncode:
        return 0
    until = log.read_text(encoding="utf-8", errors="replace").partition(f'write(1, "{kind} ')[0]
    return len(OPENED.findall(until))


if __name__ == "__main__":
    main()
