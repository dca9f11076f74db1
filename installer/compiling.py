"""Compiles the modules of a tree; a program of its own, since its result hangs on the hash seed.

`python -m installer.compiling TREE`. What others made is shipped compiled only: half as many
files to look for on a slow stick. Sources stay of our own program, of which people read line
numbers and Alembic reads the migrations, and of what is under the LGPL, so that it can be replaced.
"""

import py_compile
import sys
from pathlib import Path

WITH_SOURCE = ("PySide6", "shiboken6", "psycopg", "psycopg_binary")
ALWAYS = py_compile.PycInvalidationMode.UNCHECKED_HASH
"""The time of a source says nothing in a tree that was packed and unpacked."""


def compile_tree(tree: Path) -> int:
    """Compile everything; returns how many modules there were."""
    sources = sorted((tree / "app").rglob("*.py")) + sorted((tree / "lib").rglob("*.py"))
    for source in sources:
        name = source.relative_to(tree)
        keeps = name.parts[0] == "app" or name.parts[1] in WITH_SOURCE
        if keeps:
            folder = source.parent / "__pycache__"
            to = folder / f"{source.stem}.cpython-311.pyc"
        else:
            to = source.with_suffix(".pyc")
        shown = name.as_posix()  # no folder of the machine that builds
        py_compile.compile(
            str(source), str(to), dfile=shown, doraise=True, invalidation_mode=ALWAYS, quiet=1
        )
        if not keeps:
            source.unlink()
    return len(sources)


if __name__ == "__main__":
    compile_tree(Path(sys.argv[1]))
