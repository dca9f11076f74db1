"""The files of a tree: for the set-up program, one by one, and by size for people."""

from collections import Counter
from pathlib import Path


def nsis(tree: Path) -> str:
    """Two macros for makensis: put every file there, and take away exactly these again."""
    files = sorted(path for path in tree.rglob("*") if path.is_file())
    folders = sorted(path for path in tree.rglob("*") if path.is_dir())
    put, take = ["!macro PUT_FILES TO"], ["!macro TAKE_FILES"]
    at: Path | None = None
    for path in sorted(files, key=lambda path: (path.parent, path)):
        if path.parent != at:
            at = path.parent
            put.append(f'SetOutPath "${{TO}}{_below(at, tree)}"')
        put.append(f'File "{path}"')
        take.append(f'Delete "$INSTDIR{_below(path, tree)}"')
    take += [f'RMDir "$INSTDIR{_below(path, tree)}"' for path in reversed(folders)]
    return "\n".join([*put, "!macroend", "", *take, "!macroend", ""])


def _below(path: Path, tree: Path) -> str:
    inside = str(path.relative_to(tree)).replace("/", "\\").replace("$", "$$")
    return "" if inside == "." else f"\\{inside}"


def longest(tree: Path) -> int:
    """How many characters the longest path within the tree has."""
    return max(len(str(path.relative_to(tree))) for path in tree.rglob("*"))


def sizes(tree: Path) -> str:
    """What a tree is made of, largest first."""
    found = Counter[str]()
    number = 0
    for path in tree.rglob("*"):
        if path.is_file():
            inside = path.relative_to(tree).parts
            found["/".join(inside[:2] if len(inside) > 2 else inside[:1])] += path.stat().st_size
            number += 1
    lines = [f"{size / 1e6:7.1f} MB  {name}" for name, size in found.most_common(12)]
    return "\n".join([f"{found.total() / 1e6:7.1f} MB in {number} files", *lines])
