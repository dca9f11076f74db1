"""Compiles the modules of a tree; a program of its own, since its result hangs on the hash seed.

`python -m installer.compiling TREE`. Modules are shipped compiled only: half as many files to look
for on a slow stick, and a fifth of the size. Sources stay where somebody reads them: of the
migrations Alembic, and of what is under the LGPL whoever wants to replace it. All others lose their
descriptions, as those of Python's own library have in its edition for Windows; ours keep what they
assert.
"""

import ast
import marshal
import sys
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

WITH_SOURCE = (
    *("lib/PySide6/", "lib/shiboken6/", "lib/psycopg/", "lib/psycopg_binary/"),
    "app/deputydesk/models/migrations/",
)
UNCHECKED = (1).to_bytes(4, "little")
"""A module is as its source was, whatever the time of the source says: the tree was unpacked."""
DESCRIBED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def compile_tree(tree: Path) -> int:
    """Compile everything; returns how many modules there were."""
    sources = sorted((tree / "app").rglob("*.py")) + sorted((tree / "lib").rglob("*.py"))
    for source in sources:
        name = source.relative_to(tree).as_posix()
        if name.startswith(WITH_SOURCE):
            to = source.parent / "__pycache__" / f"{source.stem}.cpython-311.pyc"
            to.parent.mkdir(exist_ok=True)
            to.write_bytes(_compiled(source, name, is_whole=True))
        else:
            source.with_suffix(".pyc").write_bytes(_compiled(source, name, is_whole=False))
            source.unlink()
    return len(sources)


def _compiled(source: Path, name: str, *, is_whole: bool) -> bytes:
    text = source.read_bytes()
    module = ast.parse(text, name)  # the name holds no folder of the machine that builds
    if not is_whole:
        _forget_descriptions(module)
    optimize = 2 if name.startswith("lib/") and not is_whole else 0
    code = compile(module, name, "exec", dont_inherit=True, optimize=optimize)
    return MAGIC_NUMBER + UNCHECKED + source_hash(text) + marshal.dumps(code)


def _forget_descriptions(module: ast.Module) -> None:
    for node in ast.walk(module):
        if isinstance(node, DESCRIBED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass(lineno=1, col_offset=0)]


if __name__ == "__main__":
    compile_tree(Path(sys.argv[1]))
