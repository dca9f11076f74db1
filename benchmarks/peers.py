"""How soon the window stands, beside LibreOffice Calc: from exec until the screen is at rest.

Both are watched from outside, under one Xvfb: what its screen shows is read from its memory, twenty
times a second and more. Settled is when no more than a caret has changed for a second and a half.
"""

import mmap
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks._measure import REPO, Cost, Target, child, interleaved, table, targets

ROUNDS = 7
SCREEN = "1366x768x24"
COVERED = 0.12
"""So much of the screen a window covers; a splash is smaller."""
CARET = 48
"""Lines that a caret or a clock changes; fewer than that are no change of the window."""
REST, LONGEST, STEP = 1.5, 40.0, 0.02
CALC = "LibreOffice Calc, an empty sheet"
DESK = "DeputyDesk, demo office"
BARE = "bare PySide6 window"


@dataclass(frozen=True)
class Screen:
    """A screen of our own, and what it shows."""

    display: str
    shown: mmap.mmap
    first: int
    line: int

    def lines(self) -> list[bytes]:
        """What each line shows."""
        whole = self.shown[self.first :]
        return [whole[at : at + self.line] for at in range(0, len(whole), self.line)]


def main() -> None:
    """Print row 16 of what the desk should reach."""
    calc = shutil.which("soffice")
    if not calc or not _has_window(Path(calc)):
        print(
            "\n*** ROW 16 IS NOT MEASURED: LibreOffice Calc with a window is not installed"
            " (apt-get install libreoffice-calc). ***"
        )
        return
    with tempfile.TemporaryDirectory() as folder, _screen(Path(folder)) as screen:
        if screen is None:
            print("\n*** ROW 16 IS NOT MEASURED: Xvfb could not be started. ***")
            return
        home = Path(folder)
        env = _env(home, screen.display)
        demo = [sys.executable, "-m", "deputydesk.cli", "demo"]
        subprocess.run(demo, cwd=REPO, env=env, check=True, stdout=subprocess.DEVNULL)
        child("_desk", "start", env=env)  # its user closed it in the evening; no signal did
        profile = f"-env:UserInstallation={(home / 'calc').as_uri()}"
        bare = "from benchmarks._bare import main; main()"
        rivals: dict[str, Sequence[str]] = {
            BARE: (sys.executable, "-c", bare, "bare", "freeze", "0"),
            DESK: (sys.executable, "-m", "deputydesk"),
            CALC: (calc, profile, "--calc", "--norestore", "--nologo", "--nofirststartwizard"),
        }
        runs = [partial(_start, screen, env, name, its) for name, its in rivals.items()]
        results = interleaved(runs, rounds=ROUNDS, warm=2)  # the second day of all
    print(f"\nStart under Xvfb until the screen is at rest; medians of {ROUNDS} rounds; CPU is")
    print("of all processes until then, memory at its end")
    table(results, f"{CALC}: settled")
    targets(
        [
            Target(
                "16 settled, against LibreOffice Calc, wall",
                results.ratio(f"{DESK}: settled", f"{CALC}: settled", "wall"),
                0.5,
            ),
        ]
    )


def _has_window(program: Path) -> bool:
    """Whether it can show windows: the one for servers has no part that draws on a screen."""
    return any(program.resolve().parent.glob("libvclplug_g*lo.so"))


def _env(home: Path, display: str) -> dict[str, str]:
    """Nothing of this user's, and compiled modules kept, as they are where it is installed."""
    folders = ("data", "config", "cache", "run")
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    env = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for name, below in zip(names, folders, strict=True):
        (home / below).mkdir(exist_ok=True, mode=0o700)
        env[name] = str(home / below)
    return env | {"HOME": str(home), "QT_QPA_PLATFORM": "xcb", "DISPLAY": display}


@contextmanager
def _screen(folder: Path) -> Generator[Screen | None]:
    """A screen whose picture lies in a file; None where there is none."""
    program = shutil.which("Xvfb")
    if program is None:
        yield None
        return
    mine, its = os.pipe()
    how = ("-displayfd", str(its), "-screen", "0", SCREEN, "-nolisten", "tcp", "-fbdir", folder)
    command = [program, *how, "-noreset"]  # else it turns away who comes as the splash goes
    server = subprocess.Popen(command, pass_fds=(its,), stderr=subprocess.DEVNULL)
    os.close(its)
    try:
        is_up = bool(select.select([mine], [], [], 20)[0])
        number = os.read(mine, 20).decode().strip() if is_up else ""
        if not number:
            yield None
            return
        with (folder / "Xvfb_screen0").open("rb") as file:
            shown = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">20I", shown[:80])  # as in X11/XWDFile.h
        yield Screen(f":{number}", shown, header[0] + 12 * header[19], header[12])
    finally:
        os.close(mine)
        server.terminate()
        server.wait()


def _start(
    screen: Screen, env: Mapping[str, str], name: str, command: Sequence[str]
) -> dict[str, Cost]:
    """Start a program, watch until it is at rest, and end it."""
    empty = before = screen.lines()
    began = time.perf_counter()
    program = subprocess.Popen(
        command,
        cwd=REPO,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    first = last = Cost(0, 0)
    try:
        while (now := time.perf_counter() - began) < LONGEST:
            shown = screen.lines()
            changed = sum(a != b for a, b in zip(before, shown, strict=True))
            if changed > CARET:
                before = shown
                last = _cost(program.pid, now)
                if not first.wall and _covered(empty, shown) > COVERED:
                    first = last
            elif first.wall and now - last.wall > REST:
                break
            time.sleep(STEP)
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
        _wait_for(screen, empty)
    if not first.wall:
        raise SystemExit(f"{name} showed no window")
    return {f"{name}: first window": first, f"{name}: settled": last}


def _covered(empty: Sequence[bytes], shown: Sequence[bytes]) -> float:
    """How much of the screen shows something; every 16th pixel is looked at."""
    pairs = [
        (a[n : n + 4], b[n : n + 4])
        for a, b in zip(empty, shown, strict=True)
        for n in range(0, len(a), 64)
    ]
    return sum(a != b for a, b in pairs) / len(pairs)


def _cost(session: int, wall: float) -> Cost:
    """CPU and memory of all processes of a session so far."""
    cpu, memory = 0.0, 0.0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                said = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            if int(said[3]) == session:
                cpu += sum(map(int, said[11:15])) / os.sysconf("SC_CLK_TCK")
                memory += int(said[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return Cost(wall, cpu, memory)


def _wait_for(screen: Screen, empty: Sequence[bytes]) -> None:
    """Wait until the screen is empty again, but for the mouse pointer."""
    until = time.perf_counter() + 10
    while _covered(empty, screen.lines()) > 0.01 and time.perf_counter() < until:
        time.sleep(STEP)


if __name__ == "__main__":
    main()
