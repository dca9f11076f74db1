"""The trial of the Windows program fails for its own faults only, and never hangs."""

import http.server
import os
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from pathlib import Path

import pytest

from installer import build_windows, packages, trial

REPO = Path(__file__).resolve().parents[2]


def tried(script: Path, code: str) -> subprocess.CompletedProcess[str]:
    """What a process of its own does that tries a script; it ends whatever it started."""
    program = f"from installer import trial\nscript = {str(script)!r}\n{textwrap.dedent(code)}"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


@pytest.fixture
def script(tmp_path):
    """Writes a script of the shell; it finds its own folder in $here."""

    def write(*lines: str) -> Path:
        file = tmp_path / "script.sh"
        file.write_text("\n".join(("#!/bin/bash", f"here={tmp_path}", *lines)), encoding="utf-8")
        file.chmod(0o755)
        return file

    return write


def is_gone(file: Path) -> bool:
    """Whether the process whose number is in a file has ended."""
    return not Path("/proc", file.read_text().strip()).exists()


def test_what_a_trial_leaves_behind_is_ended_and_not_waited_for(script, tmp_path):
    left = script("setsid sleep 600 & echo $! >$here/left", "exit 3")

    told = tried(left, "print(trial.run_limited([script], 60))")

    assert told.stdout == "3\n"  # the sleeper holds this pipe, too
    assert is_gone(tmp_path / "left")


def test_a_trial_that_takes_too_long_may_tidy_up_and_is_ended(script, tmp_path):
    late = script(
        "trap 'echo tidied >$here/tidied' EXIT",
        "setsid sleep 600 & echo $! >$here/left",
        "timeout 600 sleep 600",
    )
    began = time.monotonic()

    told = tried(late, "print(trial.run_limited([script], 1))")

    assert told.stdout == f"{trial.LATE}\n"
    assert (tmp_path / "tidied").exists()
    assert is_gone(tmp_path / "left")
    assert time.monotonic() - began < trial.ENDING


def test_a_trial_that_will_not_end_is_ended_all_the_same(script, tmp_path):
    stubborn = script("trap '' TERM", "echo $$ >$here/left", "while true; do sleep 1; done")

    told = tried(stubborn, "trial.ENDING = 1\nprint(trial.run_limited([script], 1))")

    assert told.stdout.endswith(f"{trial.LATE}\n")
    assert "does not end by itself" in told.stdout
    assert is_gone(tmp_path / "left")


@pytest.mark.parametrize(
    ("codes", "result", "said"),
    [
        ((0,), 0, ""),
        ((1, 0), 0, "ONCE MORE"),
        ((124, 0), 0, "took too long"),
        ((1, 124), 124, "took too long"),
        ((124, 1), 1, "ended with 1"),
        ((77,), 0, "SKIPPED: THE WINDOWS PROGRAM WAS NOT TRIED"),
        ((1, 77), 0, "SKIPPED: THE WINDOWS PROGRAM WAS NOT TRIED"),
    ],
)
def test_a_trial_that_fails_is_made_once_more(script, tmp_path, codes, result, said):
    file = script(f"codes=({' '.join(map(str, codes))})", "echo >>$here/runs")
    with file.open("a", encoding="utf-8") as more:
        more.write("\nexit ${codes[$(wc -l <$here/runs) - 1]}\n")

    told = tried(file, "trial.CROWDED = 1000\nprint(trial._tried([script]))")

    assert told.stdout.splitlines()[-1] == str(result)
    assert said in told.stdout
    assert len((tmp_path / "runs").read_text().splitlines()) == len(codes)


def test_a_trial_that_is_late_where_others_need_the_machine_is_no_fault(script, tmp_path):
    file = script("echo >>$here/runs", "exit 124")

    told = tried(file, "trial.CROWDED = -1\nprint(trial._tried([script]))")

    assert told.stdout.splitlines()[-1] == "0"
    assert "other work leaves it no time" in told.stdout
    assert "SKIPPED: THE WINDOWS PROGRAM WAS NOT TRIED" in told.stdout
    assert len((tmp_path / "runs").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("code", "result", "said"),
    [(77, 0, "SKIPPED: THE WINDOWS PROGRAM WAS NOT TRIED"), (1, 1, "THE BUILD OF THE WINDOWS")],
)
def test_a_build_that_this_machine_cannot_do_is_skipped_and_one_that_fails_is_not(
    monkeypatch, tmp_path, capsys, code, result, said
):
    monkeypatch.setattr(trial, "OUT", tmp_path / "out")
    monkeypatch.setattr(trial, "ROOM", 0)
    monkeypatch.setattr(trial, "run_limited", lambda *_: code)

    assert trial.main() == result
    assert said in capsys.readouterr().out


def test_a_disk_without_room_for_the_trial_is_told_and_is_no_fault(monkeypatch, capsys):
    monkeypatch.setattr(trial, "ROOM", 1e18)

    assert trial.main() == 0
    assert "NOT TRIED: there are not 1000000000 GB free" in capsys.readouterr().out


def test_on_another_python_the_build_says_which_one_it_needs(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))

    with pytest.raises(SystemExit) as ended:
        build_windows._demand_tools()

    assert ended.value.code == build_windows.SKIPPED
    assert "compiled for Python 3.11" in capsys.readouterr().err


def test_without_its_tools_the_build_names_them(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 11, 9))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SystemExit) as ended:
        build_windows._demand_tools()

    assert ended.value.code == build_windows.SKIPPED
    assert "WAS NOT BUILT: makensis" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("answer", "said"), [("wine-10.0", "here is wine-10.0"), (None, "wine64 is not installed")]
)
def test_under_another_wine_than_the_one_it_is_made_for_nothing_is_tried(tmp_path, answer, said):
    if answer:
        for name in ("wine64", "wineserver", "Xvfb", "x86_64-w64-mingw32-gcc"):
            (tmp_path / name).write_text(f"#!/bin/sh\necho {answer}\n")
            (tmp_path / name).chmod(0o755)
    prefix = (REPO / "installer" / "wine" / "prefix.sh").read_text(encoding="utf-8")
    prefix = prefix.replace("/usr/lib/wine", str(tmp_path))

    told = subprocess.run(
        ["/bin/bash", "-c", prefix],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == build_windows.SKIPPED
    assert said in told.stderr


class Refusing(http.server.BaseHTTPRequestHandler):
    """A way to the packages that is closed."""

    def do_GET(self):
        """Refuse."""
        self.send_error(503)


@pytest.fixture
def pip_asks(monkeypatch):
    """Lets pip ask somewhere of ours only."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_RETRIES", "0")
    return monkeypatch.setenv


def test_packages_that_cannot_be_reached_are_no_fault(pip_asks, tmp_path, capsys, monkeypatch):
    server = http.server.HTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pip_asks("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/all")
    monkeypatch.setattr(sys, "argv", ["build", "--only-tree", "--out", str(tmp_path / "out")])
    monkeypatch.setattr(build_windows, "WORK", tmp_path / "work")
    monkeypatch.setattr(build_windows, "_demand_tools", lambda: None)

    with pytest.raises(SystemExit) as ended:
        build_windows.main()

    server.shutdown()
    server.server_close()
    assert ended.value.code == build_windows.SKIPPED
    assert "No matching distribution found" in capsys.readouterr().err


def test_pip_that_does_not_come_to_an_end_is_no_fault(monkeypatch, tmp_path):
    monkeypatch.setattr(packages, "PATIENCE", 0.01)

    with pytest.raises(packages.UnreachableError, match="not ready"):
        packages.install(tmp_path / "lib", tmp_path)


def test_a_package_that_is_not_the_pinned_one_is_a_fault(pip_asks, tmp_path, monkeypatch):
    wheel = tmp_path / "segno-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr(
            "segno-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: segno\nVersion: 1.0\n"
        )
        packed.writestr("segno-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        packed.writestr("segno-1.0.dist-info/RECORD", "")
    pip_asks("PIP_NO_INDEX", "1")
    pip_asks("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setattr(packages, "pins", lambda: {"segno": f"segno==1.0 --hash=sha256:{'0' * 64}"})

    with pytest.raises(SystemExit, match="is not the one that is pinned"):
        packages.install(tmp_path / "lib", tmp_path)
