"""What of the packages is not needed on an office's PC, and is left out."""

import shutil
import zipfile
from fnmatch import fnmatch
from pathlib import Path

from installer import checking, pe

QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg")
"""What the program imports of PySide6; `tests/installer` holds it against the source."""
QT_PLUGINS = (
    *("platforms/qwindows.dll", "platforms/qoffscreen.dll", "styles/*.dll"),
    *("iconengines/qsvgicon.dll", "imageformats/qjpeg.dll", "imageformats/qgif.dll"),
    *("imageformats/qico.dll", "imageformats/qsvg.dll", "imageformats/qwebp.dll"),
)
QT_WORDS = ("qtbase_zh_CN.qm",)
QT_FILES = ("*.py", "pyside6.abi3.dll", "msvcp140*.dll", "vcruntime140*.dll")
"""At the top of PySide6, beside the modules; what these import comes along by itself."""

LEFT_OUT = (
    *("bin", "share", "*.dist-info", "pypdfium2_cli", "pypdfium2_cfg"),
    *("*/tests", "*/testing", "*/test", "*.pyi", "*.pyx", "*.pxd", "*.pxi", "*.h", "*.hpp"),
    *("*.c", "*.cpp", "*.lib", "*.typed", "*.rst", "*.md"),
    *("lxml/includes", "lxml/isoschematron", "lxml/html", "lxml/objectify.*.pyd"),
    *("sqlalchemy/ext/mypy", "pycparser", "cffi", "lxml/doctestcompare.py", "charset_normalizer"),
    *("zstandard/_cffi.*.pyd", "PIL/_imagingft.*.pyd", "PIL/_imagingcms.*.pyd"),
    *("sqlalchemy/dialects/mysql", "sqlalchemy/dialects/oracle", "sqlalchemy/dialects/mssql"),
    *("numpy/random", "numpy/fft", "numpy/polynomial", "numpy/f2py", "numpy/distutils"),
    *("numpy/linalg/lapack_lite.*.pyd", "PIL/_imagingtk.*.pyd", "*.cpython-310.pyc"),
    *("numpy/ma/testutils.py", "docx/templates/default-docx-template"),
    *("numpy/_core/_simd.*.pyd", "numpy/_core/*_tests.*.pyd", "reportlab/fonts"),
    *("vcamp140.dll", "vccorlib140.dll", "concrt140.dll", "reportlab/graphics"),
    *("PIL/_avif.*.pyd", "tzdata/zoneinfo/[!ACEGPU]*", "tzdata/zoneinfo/A[!s]*"),
    *("tzdata/zoneinfo/C*", "tzdata/zoneinfo/E[!t]*", "tzdata/zoneinfo/P[!R]*"),
)
"""Below `lib`; a pattern without a slash fits a name anywhere."""
KEPT = ("pypdfium2_cfg",)
"""Of these, what is needed after all."""

RUNTIME_LEFT_OUT = (
    *("python.exe", "pythonw.exe", "python.cat", "_msi.pyd", "winsound.pyd"),
    *("_ssl.pyd", "_hashlib.pyd", "libssl-3.dll", "libcrypto-3.dll"),
)
"""Starters, signatures, and OpenSSL: the program speaks to no network, PostgreSQL's driver and
`cryptography` bring their own, and Python has digests without it."""
LIBRARY = "python311.zip"
LIBRARY_LEFT_OUT = (
    *("distutils/*", "lib2to3/*", "msilib/*", "pydoc_data/*", "wsgiref/*", "curses/*"),
    *("mailbox.pyc", "imaplib.pyc", "nntplib.pyc", "poplib.pyc", "smtpd.pyc", "telnetlib.pyc"),
    *("aifc.pyc", "sunau.pyc", "wave.pyc", "sndhdr.pyc", "xdrlib.pyc", "asyncore.pyc"),
    *("asynchat.pyc", "cgi.pyc", "cgitb.pyc", "modulefinder.pyc", "zipapp.pyc", "tabnanny.pyc"),
    *("_pyio.pyc", "pickletools.pyc", "xmlrpc/*", "turtle.pyc", "chunk.pyc", "uu.pyc"),
    *("mailcap.pyc", "imghdr.pyc", "pipes.pyc", "pty.pyc", "crypt.pyc", "pyclbr.pyc"),
    *("trace.pyc", "profile.pyc", "cProfile.pyc", "pstats.pyc", "optparse.pyc", "symtable.pyc"),
    *("dbm/*", "shelve.pyc", "filecmp.pyc", "fileinput.pyc", "compileall.pyc"),
    *("_pydecimal.pyc", "asyncio/unix_events.pyc"),
)
"""Of Python's own library: what builds, measures, mails, plays sounds, is for others' systems."""
RUNTIME = ("msvcp140*.dll", "vcruntime140*.dll", "vcomp140.dll")
"""Microsoft's libraries of C++, brought by Qt's wheel; many an office's PC has none."""


def trim(tree: Path) -> None:
    """Take out of a tree what an office's PC does not need."""
    lib = tree / "lib"
    _trim_qt(lib / "PySide6")
    for path in sorted(lib.rglob("*")):
        name = path.relative_to(lib).as_posix()
        if path.exists() and _is_left_out(name, path.name):
            _remove(path)
    _trim_closure(tree)
    _trim_runtime(tree)
    _complete(tree)
    for name in RUNTIME_LEFT_OUT:
        (tree / "runtime" / name).unlink()
    _trim_library(tree / "runtime" / LIBRARY)
    for path in sorted(tree.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _is_left_out(name: str, last: str) -> bool:
    if name in KEPT:
        return False
    return any(fnmatch(name if "/" in pattern else last, pattern) for pattern in LEFT_OUT)


def _trim_qt(qt: Path) -> None:
    """Leave the modules that are imported; libraries are looked at afterwards."""
    for path in list(qt.iterdir()):
        is_module = path.suffix == ".pyd" and path.name.split(".")[0] in QT_MODULES
        is_library = path.suffix == ".dll" and path.name.startswith("Qt6")
        kept = is_module or is_library or any(fnmatch(path.name, one) for one in QT_FILES)
        if path.name not in {"plugins", "translations", "support"} and not kept:
            _remove(path)
    for path in (qt / "plugins").rglob("*.dll"):
        name = path.relative_to(qt / "plugins").as_posix()
        if not any(fnmatch(name, pattern) for pattern in QT_PLUGINS):
            path.unlink()
    for path in (qt / "translations").iterdir():
        if path.name not in QT_WORDS:
            _remove(path)


def _trim_closure(tree: Path) -> None:
    """Of Qt's libraries leave those that something asks for, and what they ask for."""
    found = pe.program_files(tree)
    places = {path.name.lower(): path for path in found if path.parent.name == "PySide6"}
    loose = {name for name, path in places.items() if path.name.startswith("Qt6")}
    needed: set[str] = set()
    waiting = [path for path in found if path.name.lower() not in loose]
    while waiting:
        for name in found[waiting.pop()] & loose - needed:
            needed.add(name)
            waiting.append(places[name])
    for name in loose - needed:
        places[name].unlink()


def _trim_runtime(tree: Path) -> None:
    """Leave Microsoft's libraries only with who asks for them; Qt's two packages go together."""
    found = pe.program_files(tree / "lib")
    asked: dict[str, set[str]] = {}
    for path, names in found.items():
        asked.setdefault(_owner(path, tree), set()).update(names)
    for path in found:
        is_runtime = any(fnmatch(path.name.lower(), one) for one in RUNTIME)
        if is_runtime and path.name.lower() not in asked[_owner(path, tree)]:
            path.unlink()


def _owner(path: Path, tree: Path) -> str:
    name = path.relative_to(tree / "lib").parts[0].removesuffix(".libs")
    return "PySide6" if name == "shiboken6" else name


def _trim_library(library: Path) -> None:
    """Write Python's own library anew, without packing.

    What is packed already makes the set-up program larger, and each start would unpack it.
    """
    with zipfile.ZipFile(library) as packed:
        modules = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(library, "w", zipfile.ZIP_STORED) as plain:
        for name, code in sorted(modules.items()):
            if not any(fnmatch(name, pattern) for pattern in LIBRARY_LEFT_OUT):
                entry = zipfile.ZipInfo(name)
                entry.create_system = 0
                plain.writestr(entry, code)


def _complete(tree: Path) -> None:
    """Put Microsoft's libraries beside who asks for them and counts on the PC to have them."""
    for of, name in checking.missing(tree):
        if any(fnmatch(name, one) for one in RUNTIME):
            shutil.copyfile(tree / "lib" / "PySide6" / name, (tree / of).with_name(name))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
