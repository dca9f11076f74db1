"""Promises about the repository's own files."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
FOLDERS = (
    *(".ci", "benchmarks", "deputydesk", "docs", "installer"),
    *("requirements", "resources", "tests"),
)
REGISTRY = re.compile(
    r"py"  # in two pieces, or this file would mention them
    r"pi\.org|python"
    r"hosted\.org|npm"
    r"js\.(?:org|com)|deb\."
    r"debian\.org"
    r"|--(?:extra-)?index"
    r"-url|--find"
    r"-links"
    r"|https?://\S*(?:/simple\b|\.whl\b|\.tgz\b)"
)


def _files() -> list[Path]:
    here = [path for path in REPO.iterdir() if path.is_file()]
    below = [path for name in FOLDERS for path in (REPO / name).rglob("*") if path.is_file()]
    return [path for path in here + below if "__pycache__" not in path.parts]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""  # a font, a picture, a workbook


def _imported(path: Path) -> set[str]:
    found = set[str]()
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"deputydesk"}


def _pins(name: str) -> dict[str, str]:
    """Package -> version and hashes; under what conditions it is wanted may differ."""
    text = (REPO / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    text = re.sub(r" ;[^\\\n]*", "", text)
    entries = re.split(r"\n(?=\S)", text.strip())
    return {entry.split("==")[0].lower(): entry.strip() for entry in entries}


def test_no_file_holds_the_address_of_a_package_registry() -> None:
    found = {str(path): REGISTRY.findall(_text(path)) for path in _files()}

    assert {path: hosts for path, hosts in found.items() if hosts} == {}


def test_every_pinned_package_has_a_version_and_a_hash() -> None:
    pins = _pins("dev").values()

    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_tests_run_on_the_very_packages_that_the_program_ships_with() -> None:
    runtime, dev = _pins("runtime"), _pins("dev")

    assert {name: dev.get(name) for name in runtime} == runtime


def test_the_program_imports_nothing_that_only_the_tests_install() -> None:
    runtime, givers = _pins("runtime"), packages_distributions()
    missing = [
        f"{path.relative_to(REPO)}: {name}"
        for path in (REPO / "deputydesk").rglob("*.py")
        for name in _imported(path)
        if not any(giver.lower().replace("_", "-") in runtime for giver in givers.get(name, ()))
    ]

    assert missing == []


def test_only_the_office_opens_a_session() -> None:
    allowed = {"door.py", "opening.py", "upgrading.py"}
    opened = [
        f"{path.relative_to(REPO)}:{call.lineno}"
        for path in (REPO / "deputydesk").rglob("*.py")
        if path.name not in allowed
        for call in ast.walk(ast.parse(_text(path)))
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "Session"
    ]

    assert opened == []
