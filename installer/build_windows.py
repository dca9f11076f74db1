"""Builds the Windows program on Linux: the tree, the set-up program, the folder for a stick.

`dev.py windows` runs it with all it needs. Two builds of one source are the same bytes.
"""

import argparse
import calendar
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NoReturn

import deputydesk
from installer import (
    checking,
    compiling,
    handover,
    licensing,
    listing,
    packages,
    release_notes,
    trimming,
)

REPO = Path(__file__).resolve().parent.parent
HERE = REPO / "installer"
WORK = REPO / "build" / "windows"
DIST = REPO / "dist"
LAUNCHED = {
    "DeputyDesk.exe": ("from deputydesk.__main__ import main; main()", ("-mwindows",)),
    "deskctl.exe": ("from deputydesk.cli import main; sys.exit(main())", ("-DCONSOLE",)),
}
"""The program files of our own: what they run, and whether they have a console."""
ENTRY = (
    "import sys; sys.frozen = True; "
    "sys.argv[1:2] == ['--multiprocessing-fork']"
    " and __import__('multiprocessing.spawn').spawn.freeze_support(); {}"
)
"""What a program file runs; started once more to work for another, it does that and ends."""
MOMENT = (2026, 1, 1, 0, 0, 0)
"""The time of all files; else two builds would differ."""
LONGEST_PATH, ROOM = 259, 60
"""Characters of a path that Windows opens; what the folder of the program may have of them."""
PRODUCT = "DeputyDesk"
SKIPPED = 77
"""What the build ends with where it is the machine that cannot build, or reaches no packages."""


def main() -> None:
    """Build what the command line asks for, and say how large it is."""
    parser = argparse.ArgumentParser(description="The Windows program.", allow_abbrev=False)
    parser.add_argument("--fast", action="store_true", help="pack quickly, as for a test")
    parser.add_argument("--version", default=deputydesk.__version__, help="for tests of upgrades")
    parser.add_argument("--out", type=Path, default=DIST)
    parser.add_argument("--tree", type=Path, help="pack this tree, which is built already")
    parser.add_argument("--only-tree", action="store_true", help="build the tree, pack nothing")
    told = parser.parse_args()
    _demand_tools()
    WORK.mkdir(parents=True, exist_ok=True)
    told.out.mkdir(parents=True, exist_ok=True)
    try:
        tree = told.tree.resolve() if told.tree else build_tree(WORK / "tree", told.version)
    except packages.UnreachableError as error:
        _skip(str(error))
    if faults := checking.faults(tree):
        raise SystemExit("\n".join(faults))
    made: list[Path] = []
    if not told.only_tree:
        made.append(pack_setup(tree, told.out.resolve(), told.version, fast=told.fast))
    if not told.only_tree and not told.fast:
        made.append(pack_portable(tree, told.out, told.version))
    print(listing.sizes(tree))
    for file in made:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        print(f"{file.stat().st_size / 1e6:7.1f} MB  {file.name}  sha256 {digest}")
    if not told.fast and not told.only_tree:
        print(release_notes.write(told.out, told.version, made))
        print(handover.write(told.out))


def _demand_tools() -> None:
    if sys.version_info[:2] != (3, 11):
        _skip(f"modules are compiled for Python 3.11, and this is {sys.version.split()[0]}")
    tools = ("makensis", "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres")
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        _skip(f"{', '.join(missing)} missing (Debian: nsis, gcc-mingw-w64-x86-64)")


def _skip(why: str) -> NoReturn:
    print(f"!!!! SKIPPED: THE WINDOWS PROGRAM WAS NOT BUILT: {why}", file=sys.stderr)
    raise SystemExit(SKIPPED)


def build_tree(tree: Path, version: str) -> Path:
    """The folder as it will lie on an office's PC."""
    if tree.exists():
        shutil.rmtree(tree)
    packages.unpack_python(tree / "runtime", WORK)
    packages.install(tree / "lib", WORK)
    (tree / licensing.FOLDER).mkdir()
    licensing.collect(tree, version, packages.WINDOWS["python_full_version"])
    _copy_program(tree / "app", version)
    trimming.trim(tree)
    subprocess.run(
        [sys.executable, "-m", compiling.__name__, str(tree)],
        cwd=REPO,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        check=True,
    )
    _make_launchers(tree, version)
    _set_times(tree)
    return tree


def _copy_program(to: Path, version: str) -> None:
    left = shutil.ignore_patterns("__pycache__", "build.py", "*.pyc")
    for name in ("deputydesk", "resources"):
        shutil.copytree(REPO / name, to / name, ignore=left)
    about = to / "deputydesk" / "__init__.py"
    text = about.read_text(encoding="utf-8")
    told = re.sub(r'(?<=__version__ = ")[^"]+', version, text)
    about.write_text(told, encoding="utf-8")


def _make_launchers(tree: Path, version: str) -> None:
    source = HERE / "launcher"
    numbers = [*re.findall(r"\d+", version), "0", "0", "0"][:4]
    resources = WORK / "launcher.res"
    _run(
        *("x86_64-w64-mingw32-windres", "--codepage=65001", "-O", "coff"),
        *(f"-DVERSION_NUMBERS={','.join(numbers)}", f'-DVERSION_TEXT=\\"{version}\\"'),
        *(f"-I{source}", str(source / "launcher.rc"), "-o", str(resources)),
    )
    longest = listing.longest(tree)
    assert longest + ROOM < LONGEST_PATH, f"{longest} characters leave no room for a folder"
    for name, (code, options) in LAUNCHED.items():
        _run(
            *("x86_64-w64-mingw32-gcc", "-O2", "-s", "-municode", "-finput-charset=UTF-8"),
            *("-Wall", "-Werror", *options, "-Wl,--no-insert-timestamp"),
            *(f"-DLONGEST={longest}", f'-DCODE=L"{ENTRY.format(code)}"'),
            *(str(source / "launcher.c"), str(resources), "-o", str(tree / name)),
        )


def _set_times(tree: Path) -> None:
    moment = calendar.timegm(MOMENT)
    for path in [tree, *tree.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (moment, moment))


def pack_setup(tree: Path, out: Path, version: str, *, fast: bool) -> Path:
    """The set-up program; returns the file."""
    setup = out / f"{PRODUCT}-{version}-setup.exe"
    (WORK / "files.nsh").write_text(listing.nsis(tree), encoding="utf-8")
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
    deepest = LONGEST_PATH - listing.longest(tree) - len("\\.new\\")
    numbers = [*re.findall(r"\d+", version), "0", "0", "0"][:4]
    _run(
        *("makensis", "-V2", "-INPUTCHARSET", "UTF8", *(["-DFAST"] if fast else [])),
        *(f"-DVERSION={version}", f"-DNUMBERS={'.'.join(numbers)}", f"-DOUT={setup}"),
        *(f"-DFILES={WORK / 'files.nsh'}", f"-DKILOBYTES={size // 1024}"),
        *(f"-DICON={HERE / 'launcher' / 'app.ico'}", f"-DDEEPEST={deepest}"),
        str(HERE / "deputydesk.nsi"),
    )
    return setup


def pack_portable(tree: Path, out: Path, version: str) -> Path:
    """The folder for a stick, packed; returns the file."""
    to = out / f"{PRODUCT}-{version}-portable.zip"
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(path for path in tree.rglob("*") if path.is_file()):
            name = f"{PRODUCT}/{path.relative_to(tree).as_posix()}"
            packed.writestr(_entry(name), path.read_bytes(), compresslevel=9)
        packed.writestr(_entry(f"{PRODUCT}/portable.flag"), b"")
    return to


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _run(*command: str) -> None:
    subprocess.run(command, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})


if __name__ == "__main__":
    main()
