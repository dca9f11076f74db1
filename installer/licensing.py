"""The licence texts of everything that is shipped, and which file belongs to what."""

import json
import re
import shutil
from dataclasses import asdict, dataclass
from importlib.metadata import PathDistribution
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
TEXTS = REPO / "installer" / "licences"
FOLDER = "licenses"
LIST = "components.json"
QT = ("LGPL-3.0.txt", "GPL-3.0.txt")
"""The wheels of Qt bring its makers' commercial text only; we take them under this one."""
WITH_QT = frozenset({"pyside6-essentials", "shiboken6"})
BESIDE = {"sqlcipher3": "SQLCipher.txt"}
"""Texts of what a wheel has inside and does not bring itself."""


@dataclass(frozen=True)
class Component:
    """Something that is shipped.

    Args:
        name: of the package.
        version: its version.
        texts: its licence texts, below the folder of licences.
        files: where its files are; a folder stands for all below it.
    """

    name: str
    version: str
    texts: tuple[str, ...]
    files: tuple[str, ...]


def collect(tree: Path, version: str, python: str) -> list[Component]:
    """Put all texts into the tree and say there what belongs to what; before trimming."""
    to = tree / FOLDER
    found = [_own(to, version), _python(tree, to, python), _nsis(to)]
    found += [_package(info, to) for info in sorted((tree / "lib").glob("*.dist-info"))]
    listed = [asdict(one) for one in found]
    (to / LIST).write_text(json.dumps(listed, ensure_ascii=False, indent=1), encoding="utf-8")
    return found


def _own(to: Path, version: str) -> Component:
    texts = _copied(to, "DeputyDesk", [REPO / "LICENSE", REPO / "docs" / "THIRD-PARTY.md"])
    files = ("DeputyDesk.exe", "deskctl.exe", "app", FOLDER, "portable.flag")
    return Component("DeputyDesk", version, texts, files)


def _python(tree: Path, to: Path, version: str) -> Component:
    texts = _copied(to, "Python", [tree / "runtime" / "LICENSE.txt"])
    return Component("Python", version, texts, ("runtime",))


def _nsis(to: Path) -> Component:
    """What the set-up program is made with stays as the program that uninstalls."""
    texts = _copied(to, "NSIS", [TEXTS / "NSIS.txt"])
    return Component("NSIS", "3", texts, ("uninstall.exe",))


def _package(info: Path, to: Path) -> Component:
    package = PathDistribution(info)
    name = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()
    inside = [path for path in info.rglob("*") if path.is_file() and _is_text(path, info)]
    inside += [TEXTS / BESIDE[name]] if name in BESIDE else []
    texts = _copied(to, name, [TEXTS / one for one in QT] if name in WITH_QT else inside)
    tops = {
        Path(str(file)).parts[0]
        for file in package.files or ()
        if Path(str(file)).parts[0] not in {"..", "bin", "share"}
    }
    tops |= {f"{top}c" for top in tops if top.endswith(".py")}  # once it is compiled
    files = tuple(f"lib/{top}" for top in sorted(tops) if not top.endswith(".dist-info"))
    return Component(name, package.version, texts, files)


def _is_text(path: Path, info: Path) -> bool:
    inside = path.relative_to(info).parts[0]
    return inside == "licenses" or path.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))


def _copied(to: Path, name: str, sources: list[Path]) -> tuple[str, ...]:
    assert sources, f"{name} has no licence text"
    folder = to / name
    folder.mkdir(parents=True, exist_ok=True)
    copied: list[str] = []
    for source in sources:
        text = folder / source.name
        if text.exists():  # a library within the package has one of the same name
            text = folder / f"{source.parent.name}-{source.name}"
        assert not text.exists(), f"{name} has two texts {text.name}"
        shutil.copyfile(source, text)
        copied.append(f"{name}/{text.name}")
    return tuple(sorted(copied))


def unlicensed(tree: Path) -> list[str]:
    """Files of a tree that belong to nothing whose licence text is there."""
    listed = json.loads((tree / FOLDER / LIST).read_text(encoding="utf-8"))
    covered: set[str] = set()
    for one in listed:
        texts = [tree / FOLDER / text for text in one["texts"]]
        if texts and all(text.is_file() and text.stat().st_size for text in texts):
            covered.update(one["files"])
    names = (path.relative_to(tree) for path in sorted(tree.rglob("*")) if path.is_file())
    return [
        name.as_posix()
        for name in names
        if not {name.as_posix(), *(folder.as_posix() for folder in name.parents)} & covered
    ]
