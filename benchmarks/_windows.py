"""How soon the Windows program stands, tried under wine: `dev.py bench --windows`.

Rivals there: the same program from its source, as who develops on Windows starts it, and a bare
window. It runs within the prefix of `installer/wine/prefix.sh`, on the tree that was built.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks._measure import REPO, Cost, Results, Target, interleaved, table, targets
from installer import build_windows, packages

ROUNDS = 7
NAMES = {
    "bare": "bare window: painted",
    "source first": "from source, demo office: painted",
    "source ready": "from source: everything ready",
    "built first": "DeputyDesk.exe, demo office: painted",
    "built ready": "DeputyDesk.exe: everything ready",
}
SAID = {"bare": re.compile(r"(bare) "), "program": re.compile(r"DEPUTYDESK_PAINTED (\w+)")}
OPENED = re.compile(r'openat\(AT_FDCWD, "([^"]*)".* = \d+')


@dataclass(frozen=True)
class Rival:
    """What is started, and how it says how far it is.

    Args:
        name: of the rival.
        command: what wine is to start.
        says: how its marks are found in what it writes.
        last: the mark at which it has nothing more to tell.
        environment: of its own.
    """

    name: str
    command: tuple[str, ...]
    says: re.Pattern[str]
    last: str
    environment: Mapping[str, str]

    def start(self) -> dict[str, Cost]:
        """Start it, listen to how far it is, and end it."""
        began = time.perf_counter()
        program = self._begun()
        found: dict[str, Cost] = {}
        said: list[str] = []
        assert program.stdout
        for line in program.stdout:
            said.append(line)
            if (mark := self.says.match(line)) is None:
                continue
            found[self._named(mark[1])] = Cost(time.perf_counter() - began, _cpu(program.pid))
            if mark[1] == self.last:
                break
        program.stdout.close()
        _end(program)
        if self._named(self.last) not in found:
            raise SystemExit(f"{self.name} did not come to {self.last}:\n{''.join(said[-20:])}")
        return found

    def _begun(self, *watch: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*watch, os.environ["WINE"], *self.command],
            cwd=REPO,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # strace would wait for what it watches
        )

    def _named(self, mark: str) -> str:
        return mark if mark == self.name else f"{self.name} {mark}"

    def opened(self, log: Path) -> tuple[int, int]:
        """How many files it opens until its window has been painted: all, and without wine's.

        Without strace there are none.
        """
        strace = shutil.which("strace")
        if strace is None:
            return 0, 0
        program = self._begun(strace, "-f", "-e", "trace=openat,write", "-o", str(log))
        assert program.stdout
        next((line for line in program.stdout if self.says.match(line)), None)
        program.stdout.close()
        _end(program)
        text = log.read_text(encoding="utf-8", errors="replace")
        mark = "bare " if self.name == "bare" else "DEPUTYDESK_PAINTED first"
        found = OPENED.findall(text.partition(f', "{mark}')[0])
        return len(found), sum(str(REPO) in name for name in found)


def _end(program: "subprocess.Popen[str]") -> None:
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def _cpu(pid: int) -> float:
    """What a process that runs has used of the CPU, in seconds."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print one table."""
    home = Path(os.environ["HOME"])
    rivals = _rivals(home)
    results = interleaved([rival.start for rival in rivals], rounds=ROUNDS, warm=2)
    opened = {rival.name: rival.opened(home / "opened.txt") for rival in rivals}
    print(f"\nStart under wine; medians of {ROUNDS} rounds, ratios to the bare window")
    table(results, "bare", NAMES)
    targets(_reached(results, opened))
    if not all(whole for whole, _ in opened.values()):
        print("  Without strace the files opened were not counted.")


def _rivals(home: Path) -> tuple[Rival, ...]:
    source = _source(build_windows.WORK / "source")
    python = _named_by_wine(source / "runtime" / "python.exe")
    bare = "from benchmarks._bare import main; main()"
    program = "from deputydesk.__main__ import main; main()"
    made = partial(Rival, says=SAID["program"], last="ready")
    return (
        Rival("bare", (python, "-c", bare, "bare", "start", "0"), SAID["bare"], "bare", {}),
        made("source", (python, "-X", "utf8", "-c", program), environment=_office(home / "source")),
        made(
            "built",
            (_named_by_wine(build_windows.WORK / "tree" / "DeputyDesk.exe"),),
            environment=_office(home / "built"),
        ),
    )


def _source(to: Path) -> Path:
    """Windows' Python with all packages as they come, which finds the program in the checkout."""
    if not (to / "lib").exists():
        packages.unpack_python(to / "runtime", build_windows.WORK)
        packages.install(to / "lib", build_windows.WORK)
        path = to / "runtime" / "python311._pth"
        up = "\\".join([".."] * len((to / "runtime").relative_to(REPO).parts))
        path.write_text(f"python311.zip\n.\n..\\lib\n{up}\n", encoding="ascii")
    return to


def _office(data: Path) -> dict[str, str]:
    """The demo office in a folder of its own, and a program that says how far it is."""
    environment = {"DEPUTYDESK_DATA": str(data), "DEPUTYDESK_TIMING": "1"}
    make = [sys.executable, "-m", "deputydesk.cli", "demo"]
    env = {**os.environ, **environment}
    subprocess.run(make, cwd=REPO, env=env, check=True, stdout=subprocess.DEVNULL)
    return {**environment, "DEPUTYDESK_DATA": _named_by_wine(data)}


def _named_by_wine(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


def _reached(results: Results, opened: Mapping[str, tuple[int, int]]) -> list[Target]:
    found = [
        Target(
            f"{what}, against from source, {kind}",
            results.ratio(f"built {mark}", f"source {mark}", kind),
            1.0,
        )
        for mark, what in (("first", "painted"), ("ready", "ready"))
        for kind in ("wall", "cpu")
    ]
    for number, said in enumerate(("files opened until painted", "  of them not wine's own")):
        of = {name: counts[number] for name, counts in opened.items()}
        found += [
            Target(f"{said}, {name} ({of[name]} / {of['bare']})", of[name] / of["bare"], 1.5)
            for name in ("built", "source")
            if of["bare"]
        ]
    return found


if __name__ == "__main__":
    main()
