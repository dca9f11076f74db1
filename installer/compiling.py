"""Compiles the modules of a tree; a program of its own, since its result hangs on the hash seed.

`python -m installer.compiling TREE`. Modules are shipped compiled only: half as many files to look
for on a slow stick, and a fifth of the size. Sources stay where somebody reads them: of the
migrations Alembic, and of what is under the LGPL whoever wants to replace it. Others' modules lose
their descriptions too, as those of Python's own library have in its edition for Windows.
"""

import py_compile
import sys
from pathlib import Path

WITH_SOURCE = (
    *("lib/PySide6/", "lib/shiboken6/", "lib/psycopg/", "lib/psycopg_binary/"),
    "app/deputydesk/models/migrations/",
)
ALWAYS = py_compile.PycInvalidationMode.UNCHECKED_HASH
"""The time of a source says nothing in a tree that was packed and unpacked."""


def compile_tree(tree: Path) -> int:
    """Compile everything; returns how many modules there were."""
    sources = sorted((tree / "app").rglob("*.py")) + sorted((tree / "lib").rglob("*.py"))
    for source in sources:
        name = source.relative_to(tree).as_posix()
        keeps = name.startswith(WITH_SOURCE)
        if keeps:
            folder = source.parent / "__pycache__"
            to = folder / f"{source.stem}.cpython-311.pyc"
        else:
            to = source.with_suffix(".pyc")
        py_compile.compile(
            str(source),
            str(to),
            dfile=name,  # no folder of the machine that builds
            doraise=True,
            optimize=2 if name.startswith("lib/") and not keeps else 0,
            invalidation_mode=ALWAYS,
        )
        if not keeps:
            source.unlink()
    return len(sources)


if __name__ == "__main__":
    compile_tree(Path(sys.argv[1]))
