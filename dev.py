"""Everything a developer types: `dev.py run | test | lint | bench | forms | manual | windows | …`.

Needs Python 3.11 and the base system, nothing else: it makes .venv, installs there what
requirements/ pins, and on Debian and its kin installs the system packages that are missing.
"""

import argparse
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parent
VENV = REPO / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

WINDOW_PACKAGES = (
    *("libgl1", "libegl1", "libxkbcommon0", "libglib2.0-0", "libfontconfig1", "libdbus-1-3"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"),
    "fonts-noto-cjk",
)
"""What Qt's wheels expect of a Debian system, and Chinese glyphs for the screen."""

TEST_PACKAGES = (
    *WINDOW_PACKAGES,
    *("xvfb", "postgresql", "chromium", "chromium-driver"),
    *("fiu-utils", "exfat-fuse", "exfatprogs"),
)
"""What the tests use beyond that: a screen of their own, the other database, a browser; a disk that
fails, a stick that is pulled out."""

SCAN_PACKAGES = ("auto-multiple-choice",)
"""The reader of ticked pages that ours is measured beside."""

WINDOWS_PACKAGES = ("nsis", "gcc-mingw-w64-x86-64")
"""What the Windows program is built with."""

WINE_PACKAGES = ("wine64", "wine", "xvfb", "fonts-noto-cjk")
"""What it is tried with."""

SKIPPED = 77
"""What a tool of ours ends with that cannot do its work on this machine; it says so loudly."""

LONG = "--long"
"""What `test` takes without giving up its coverage floors: tests that need minutes, too."""

LINTERS = {
    "Format (ruff format --check)": ("-m", "ruff", "format", "--check", "."),
    "Rules (ruff check)": ("-m", "ruff", "check", "."),
    "Types (basedpyright)": ("-m", "basedpyright"),
    "Layers (lint-imports)": (
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-logo",
        "--no-cache",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit code."""
    parser = _parser()
    chosen, more = parser.parse_known_args(arguments)
    if more and chosen.command not in {"run", "test"}:
        parser.error(f"{chosen.command} does not know {shlex.join(more)}")
    commands = {
        "run": lambda: run([*(["--demo"] if chosen.demo else []), *more]),
        "test": lambda: test(more),
        "lint": lint,
        "bench": lambda: bench(chosen),
        "forms": lambda: forms(chosen.names),
        "manual": lambda: manual(chosen.names),
        "migration": lambda: migration(chosen.name),
        "windows": lambda: windows(is_trial=chosen.trial),
    }
    try:
        return commands[chosen.command]()
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="DeputyDesk for developers.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("run", help="start the program; further arguments go to it")
    start.add_argument("--demo", action="store_true", help="on the demo office")
    commands.add_parser(
        "test",
        help="all checks; --long: also what takes minutes; other arguments go to pytest "
        "(then no coverage floors)",
    )
    commands.add_parser("lint", help="the checks that run nothing: format, rules, types, layers")
    measure = commands.add_parser("bench", help="measure; all of benchmarks/, or the named ones")
    measure.add_argument("names", nargs="*", metavar="NAME")
    measure.add_argument(
        "--scan",
        nargs=argparse.REMAINDER,
        metavar="MORE",
        help="instead: read ticked pages beside other readers; MORE goes to benchmarks/scan.py",
    )
    measure.add_argument(
        "--windows", action="store_true", help="instead: the start of the Windows program, by wine"
    )
    papers = commands.add_parser("forms", help="write docs/FORMS.md and its pictures anew")
    papers.add_argument("names", nargs="*", metavar="NAME")
    pictures = commands.add_parser("manual", help="take the pictures of the manual anew")
    pictures.add_argument("names", nargs="*", metavar="NAME")
    setup = commands.add_parser("windows", help="build the Windows program into dist/")
    setup.add_argument(
        "--try", dest="trial", action="store_true", help="pack it quickly and try it under wine"
    )
    step = commands.add_parser("migration", help="write the next migration from the models")
    step.add_argument("name", metavar="NAME")
    return parser


# ------------------------------------------------------------------ commands


def run(arguments: Sequence[str]) -> int:
    """Start the program; where there is no display, do the demo office's work without a window."""
    prepare("runtime")
    if _has_display():
        install_packages(WINDOW_PACKAGES)
        return _call("-m", "deputydesk", *arguments)
    parent = REPO / "demo-output"
    parent.mkdir(exist_ok=True)
    folder = tempfile.mkdtemp(prefix="showcase-", dir=parent)
    say(f"There is no display here: the demo office's papers go to {folder} instead.")
    return _call("-m", "deputydesk.cli", "showcase", "-o", folder)


def test(arguments: Sequence[str]) -> int:
    """Run every check in order, stopping at the first that fails."""
    install_packages(TEST_PACKAGES)
    if code := lint():
        return code
    say("Tests (pytest)")
    if set(arguments) - {LONG}:
        return _call("-m", "pytest", *arguments)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        parallel = (
            *("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"),
            "--max-worker-restart=0",  # a file left by a worker that died would be waited for
        )
        measured = ("--cov=deputydesk", "--cov-report=", f"--cov-report=json:{report}")
        if code := _call("-m", "pytest", *parallel, *measured, *arguments):
            return code
        say("Coverage")
        if code := _call("-m", "tests.coverage_floors", str(report)):
            return code
    return windows(is_trial=True)


def lint() -> int:
    """Run the checks that need no running program, stopping at the first that fails."""
    prepare("dev")
    for heading, command in LINTERS.items():
        say(heading)
        if code := _call(*command):
            return code
    return 0


def bench(chosen: argparse.Namespace) -> int:
    """Run what was chosen of the benchmarks."""
    if chosen.windows:
        return bench_windows()
    if chosen.scan is not None:
        return bench_scan(chosen.scan)
    install_packages(TEST_PACKAGES)
    prepare("dev")
    return bench_all(chosen.names)


def bench_scan(more: Sequence[str]) -> int:
    """Read the same ticked pages with this reader and others; goes on without those it lacks."""
    try:
        install_packages(SCAN_PACKAGES)
    except SystemExit as error:
        say(f"SKIPPED: auto-multiple-choice was NOT measured. {error}")
    prepare("dev")
    say("Benchmark: ticked pages, read by this reader and others")
    return _call("-m", "benchmarks.scan", "--beside", *more)


def bench_all(names: Sequence[str]) -> int:
    """Run benchmarks, each in a process of its own; a module that begins with _ is a helper."""
    known = sorted(path.stem for path in (REPO / "benchmarks").glob("[!_]*.py"))
    if unknown := sorted(set(names) - set(known)):
        raise SystemExit(f"No benchmark {', '.join(unknown)}; there are: {', '.join(known)}.")
    codes = [_bench(name) for name in names or known]
    return max(codes, default=0)


def _bench(name: str) -> int:
    say(f"Benchmark: {name}")
    return _call("-c", f"from benchmarks.{name} import main; main()")


def bench_windows() -> int:
    """Build the Windows program's tree and measure its start under wine."""
    if not _has_windows_tools():
        return 0
    prepare("dev")
    if code := _call("-m", "installer.build_windows", "--only-tree"):
        return 0 if code == SKIPPED else code
    say("Benchmark: the Windows program under wine")
    measured = "from benchmarks._windows import main; main()"
    inside = f'. installer/wine/prefix.sh; WINE=$wine "{PYTHON}" -c "{measured}"'
    code = subprocess.run(["bash", "-ec", inside], cwd=REPO, check=False).returncode
    return 0 if code == SKIPPED else code


def forms(names: Sequence[str]) -> int:
    """Write the catalogue of forms; new pictures of all, or of the named ones and new ones."""
    prepare("dev")
    return _call("-m", "tests.reports.catalogue", *names)


def manual(names: Sequence[str]) -> int:
    """Take the pictures of the manual of the demo office; all, or the named ones."""
    install_packages(WINDOW_PACKAGES)
    prepare("dev")
    return _call("-m", "tests.ui.manual_pictures", *names)


def windows(*, is_trial: bool) -> int:
    """Build the set-up program and the folder for a stick; or pack quickly, and try it."""
    if not is_trial:
        install_packages(WINDOWS_PACKAGES)
    elif not _has_windows_tools():
        return 0
    prepare("dev")
    say("The Windows program")
    return _call("-m", "installer.trial" if is_trial else "installer.build_windows")


def _has_windows_tools() -> bool:
    """Install what the Windows program is built and tried with; say it loudly if that fails."""
    try:
        install_packages((*WINDOWS_PACKAGES, *WINE_PACKAGES))
    except SystemExit as error:
        say(f"SKIPPED: THE WINDOWS PROGRAM WAS NOT BUILT AND NOT TRIED. {error}")
        return False
    return True


def migration(name: str) -> int:
    """Write the next migration from the difference between the models and the last one."""
    prepare("dev")
    migrations = "deputydesk/models/migrations"
    written = _call("-m", "tests.models.next_migration", name)
    return written or _call("-m", "ruff", "format", migrations)


# ------------------------------------------------------------------ the machine


def prepare(kind: str) -> None:
    """Make .venv if need be and install what requirements/KIND.txt pins, if that changed."""
    _make_venv()
    if _stamp(kind) == _wanted(kind):
        return
    say(f"Installing requirements/{kind}.txt into .venv")
    pinned = REPO / "requirements" / f"{kind}.txt"
    pip = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    if _call(*pip, "--require-hashes", "--only-binary=:all:", "-r", str(pinned)):
        raise SystemExit(f"Installing requirements/{kind}.txt failed; pip says why above.")
    for name in {kind, "runtime"}:  # dev.txt holds all of runtime.txt
        _stamp_file(name).write_text(_wanted(name), encoding="utf-8")


def _make_venv() -> None:
    if PYTHON.exists() and not _call("-c", "import pip", quiet=True):
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        install_packages([f"python3.{sys.version_info.minor}-venv"])
    say(f"Making .venv with Python {sys.version.split()[0]}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode:
        raise SystemExit("Making .venv failed; Python says why above.")


def _stamp_file(kind: str) -> Path:
    return VENV / f"{kind}.installed"


def _stamp(kind: str) -> str:
    file = _stamp_file(kind)
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _wanted(kind: str) -> str:
    pinned = (REPO / "requirements" / f"{kind}.txt").read_bytes()
    return hashlib.sha256(pinned).hexdigest()


def install_packages(wanted: Sequence[str]) -> None:
    """Install the Debian packages that are missing; elsewhere say what the system must have."""
    if not sys.platform.startswith("linux"):
        return
    if shutil.which("dpkg-query") is None:
        say(f"Not a Debian system; it must have by itself what Debian calls: {' '.join(wanted)}")
        return
    installed = _installed_packages()
    missing = [name for name in wanted if name not in installed]
    if not missing:
        return
    say(f"Installing system packages: {' '.join(missing)}")
    patient = ["env", "DEBIAN_FRONTEND=noninteractive", "timeout", "600"]
    apt = [*patient, "apt-get", "--yes", "--quiet"]
    install = [*apt, "install", "--no-install-recommends", *missing]
    if os.geteuid() == 0:
        root = []
    elif shutil.which("sudo"):
        root = ["sudo"]
    else:
        raise SystemExit(f"That needs root. Please run as root, then again: {shlex.join(install)}")
    subprocess.run([*root, *apt, "update"], check=False)  # the install says if that mattered
    if subprocess.run([*root, *install], check=False).returncode:
        raise SystemExit(f"That failed, see above, or took too long: {shlex.join(install)}")


def _installed_packages() -> set[str]:
    """Installed packages and what they stand in for (newer systems rename libraries)."""
    form = "${db:Status-Status}\t${Package}, ${Provides}\n"
    listed = subprocess.run(
        ["dpkg-query", "--show", f"--showformat={form}"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    states = [line.partition("\t") for line in listed.splitlines()]
    names = [
        name for state, _, names in states if state == "installed" for name in names.split(",")
    ]
    return {name.split()[0] for name in names if name.strip()}


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _call(*arguments: str, quiet: bool = False) -> int:
    """Run .venv's Python in the checkout; returns its exit code."""
    env = {**os.environ, "PYTHONUTF8": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start the program often: compile it once
    return subprocess.run(
        [str(PYTHON), *arguments],
        cwd=REPO,
        env=env,
        check=False,
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
    ).returncode


def say(sentence: str) -> None:
    """Print a heading that stands out between the tools' own output."""
    print(f"\n== {sentence}", flush=True)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one shall be told
        raise SystemExit("DeputyDesk needs Python 3.11 or newer.")
    raise SystemExit(main())
