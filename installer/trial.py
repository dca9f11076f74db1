"""Builds the Windows program quickly and carries it through its life under wine.

`dev.py test` ends with it. It fails only for what is the program's fault: where this machine cannot
build or try it, it says so in capitals and all is well. It never waits for ever: what takes too
long is ended, with every process it left behind, and the trial is made once more.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from installer.build_windows import HERE, REPO, SKIPPED

OUT = REPO / "build" / "trial"
LATE = 124
"""What a trial ends with that took too long; that of a single step of it does, too."""
BUILDING, TRYING, STEP, ENDING = 900, 720, 240, 30
"""How many seconds the build, a trial, one step of it, and the end of one that is late may take."""
ROOM = 3e9
"""What the build and the trial together write."""
CROWDED = 2
"""Programs for each processor; where more of them want to run, being late says nothing of ours."""
SUBREAPER = 36
"""By Linux: whoever loses its parent becomes a child of this process."""


def main() -> int:
    """Build and try; returns the exit code."""
    if shutil.disk_usage(REPO).free < ROOM or shutil.disk_usage(tempfile.gettempdir()).free < ROOM:
        return _skipped(f"there are not {ROOM / 1e9:.0f} GB free")
    shutil.rmtree(OUT, ignore_errors=True)
    build = (sys.executable, "-m", "installer.build_windows", "--fast", "--out", str(OUT))
    code = run_limited(build, BUILDING)
    if code == SKIPPED or _is_starved(code):
        return _skipped("it could not be built here, see above")
    if code:
        return _failed("BUILD", code)
    [setup] = OUT.glob("*-setup.exe")
    return _tried((str(HERE / "smoke_wine.sh"), str(setup), str(OUT)))


def _tried(trial: Sequence[str]) -> int:
    for is_last in (False, True):
        with tempfile.TemporaryDirectory(prefix="trial-", ignore_cleanup_errors=True) as folder:
            code = run_limited(trial, TRYING, PYTHON=sys.executable, LIMIT=str(STEP), TMPDIR=folder)
        if code == SKIPPED or _is_starved(code):
            return _skipped("see above")
        if not code:
            return 0
        _failed("TRIAL", code)
        if not is_last:
            _say("ONCE MORE, from the beginning: wine itself fails now and then")
    return code


def _is_starved(code: int) -> bool:
    if code != LATE or os.getloadavg()[1] <= CROWDED * (os.cpu_count() or 1):
        return False
    _say("It took too long, but other work leaves it no time on this machine")
    return True


def run_limited(command: Sequence[str], seconds: float, **environment: str) -> int:
    """Run a program and end it when its time is over; nothing that this process started runs on.

    Args:
        command: the program and its arguments.
        seconds: its time.
        environment: what it is given beside this process's own.

    Returns:
        Its exit code, or LATE.
    """
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    program = subprocess.Popen(command, cwd=REPO, env={**os.environ, **environment})
    try:
        return program.wait(seconds)
    except subprocess.TimeoutExpired:
        _signal(_below(os.getpid()), signal.SIGTERM)  # it may tidy up
        try:
            program.wait(ENDING)
        except subprocess.TimeoutExpired:
            _say(f"what was late does not end by itself: {command[0]}")
        return LATE
    finally:
        until = time.monotonic() + ENDING
        while (below := _below(os.getpid())) and time.monotonic() < until:
            _signal(below, signal.SIGKILL)
            _bury()
            time.sleep(0.05)


def _below(pid: int) -> set[int]:
    """Every process that this one or one of its children started."""
    parents: dict[int, int] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # it has ended meanwhile
        parents[int(file.parent.name)] = int(told.rpartition(")")[2].split()[1])
    found, new = set[int](), {pid}
    while new := {child for child, parent in parents.items() if parent in new} - found:
        found |= new
    return found


def _signal(processes: set[int], number: int) -> None:
    for pid in processes:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue  # it has ended meanwhile


def _bury() -> None:
    """Take note of which children have ended; else they would stay, as names only."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return  # none is left


def _skipped(why: str) -> int:
    _say(f"SKIPPED: THE WINDOWS PROGRAM WAS NOT TRIED: {why}")
    return 0


def _failed(what: str, code: int) -> int:
    took = "took too long and was ended" if code == LATE else f"ended with {code}"
    _say(f"THE {what} OF THE WINDOWS PROGRAM {took}")
    return code


def _say(sentence: str) -> None:
    print(f"\n!!!! {sentence}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
