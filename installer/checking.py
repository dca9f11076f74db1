"""What must be true of a tree before it is packed; the build stops where it is not."""

from pathlib import Path

from installer import licensing, pe
from installer.system_files import is_of_windows


def faults(tree: Path) -> list[str]:
    """Sentences for who builds; none when all is well."""
    found = [f"{name} is imported by {of} and not there" for of, name in missing(tree)]
    return found + [f"{name} has no licence text" for name in licensing.unlicensed(tree)]


def missing(tree: Path) -> list[tuple[str, str]]:
    """Program files and what they import that is neither in the tree nor Windows' own.

    Windows looks beside the file that asks; packages may add a folder of their own; and what is
    loaded already, as Python's own libraries are, is not looked for again.
    """
    files = pe.program_files(tree)
    at: dict[tuple[str, ...], set[str]] = {}
    for path in files:
        at.setdefault(_package(path, tree), set()).add(path.name.lower())
    loaded = _loaded(files, tree / "runtime")
    found: list[tuple[str, str]] = []
    for path, names in files.items():
        package = _package(path, tree)
        there = loaded | at[package]
        if package == QT:
            there |= at[SHIBOKEN]
        asked = sorted(name for name in names - there if not is_of_windows(name))
        found += [(path.relative_to(tree).as_posix(), name) for name in asked]
    return found


QT, SHIBOKEN = ("lib", "PySide6"), ("lib", "shiboken6")


def _loaded(files: dict[Path, frozenset[str]], runtime: Path) -> set[str]:
    """What is in memory before any package is: Python, and what it asks for beside itself."""
    found = {"python3.dll"}  # Python loads it by itself, for those who ask for it
    waiting = ["python311.dll"]
    while waiting:
        name = waiting.pop()
        if name not in found and (runtime / name) in files:
            found.add(name)
            waiting += files[runtime / name]
    return found


def _package(path: Path, tree: Path) -> tuple[str, ...]:
    """Where a file belongs; `psycopg_binary.libs` holds what `psycopg_binary` needs."""
    inside = path.relative_to(tree).parent.parts[:2]
    return tuple(part.removesuffix(".libs") for part in inside)
