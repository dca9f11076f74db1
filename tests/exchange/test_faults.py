"""Sticks are made and read while the power goes, disks are full or bad, or they are pulled out."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import backup, payload, proving, receiving, sending
from deputydesk.exchange.bundle_file import Refused
from deputydesk.office import Office
from deputydesk.operations import units
from tests.disks import mount, unmount
from tests.exchange import carriers
from tests.journal import samples
from tests.test_kill import kill_after

Tell = Callable[[str], None]

pytestmark = pytest.mark.timeout(7200)  # forty rounds, on a PC that may be busy

can_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="this system cannot fork: kill -9 was NOT tested"
)
forking = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture
def rounds(pytestconfig) -> int:
    return 40 if pytestconfig.getoption("--long") else 3


@pytest.fixture
def stick(tmp_path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def pair(tmp_path) -> tuple[Path, Path]:
    """The data files of a township and of its district, which know each other."""
    t1, d = (carriers.created(tmp_path / code, code) for code in ("T1", "D"))
    carriers.introduce(t1, d)
    paths = t1.data.path, d.data.path
    t1.close()
    d.close()
    assert paths[0]
    assert paths[1]
    return paths[0], paths[1]


@contextlib.contextmanager
def opened(*paths: Path) -> Generator[list[Office]]:
    with contextlib.ExitStack() as close:
        found: list[Office] = []
        for path in paths:
            office = Office.open(path, clock=carriers.clock(), user=samples.ZHANG)
            close.callback(office.close)
            found.append(office)
        yield found


def names(office: Office) -> set[str]:
    return {row.name for row in office.ask(units.rows)}


def child(work: Callable[[Tell], None]) -> tuple[int, int]:
    """Fork, and have the child work and tell; returns it, and where it is heard."""
    heard, told = os.pipe()
    number = os.fork()
    if number == 0:

        def tell(text: str) -> None:
            os.write(told, f"{text}\n".encode())

        try:
            os.close(heard)  # so that it ends when nobody hears it any more
            work(tell)
        finally:
            os._exit(1)
    os.close(told)
    return number, heard


def carry_for_ever(pair: tuple[Path, Path], stick: Path, first: int, tell: Tell) -> None:
    """A child's whole life: write, back up, send, take in, and say what was done."""
    with opened(*pair) as (t1, d):
        for number in range(first, first + 10_000):
            t1.do(units.add, name=f"单位{number}")
            tell(f"row:单位{number}")
            tell(f"backup:{backup.back_up(t1)}")
            path = sending.send(t1, "D", stick).path
            tell(f"sent:{path}")
            receiving.receive(d, path)
            tell(f"taken:单位{number}")


def said(words: list[str], kind: str) -> list[str]:
    return [word.partition(":")[2] for word in words if word.startswith(kind + ":")]


@can_fork
@forking
def test_kill_minus_nine_while_sticks_are_carried_loses_nothing_and_leaves_nothing_torn(
    pair, stick, rounds
):
    moments = random.Random(2026)
    rows: set[str] = set()
    taken: set[str] = set()

    for number in range(rounds):

        def work(tell: Tell, first: int = number * 10_000) -> None:
            carry_for_ever(pair, stick, first, tell)

        words = kill_after(*child(work), moments.uniform(0, 1.5))
        rows |= set(said(words, "row"))
        taken |= set(said(words, "taken"))
        with opened(*pair) as (t1, d):
            assert rows <= names(t1)
            assert taken <= names(d) <= names(t1)
            assert t1.check() == d.check() == []
            for path in stick.glob("*.ddb"):
                assert proving.prove(t1, path).to == "D"
            for path in said(words, "sent")[-1:]:
                assert Path(path).exists()
            for row in backup.rows(t1)[:2]:
                assert backup.rehearse(t1, row).faults == ()

    assert len(rows) >= rounds
    with opened(*pair) as (t1, d):
        receiving.receive(d, sending.send(t1, "D", stick).path)
        assert names(d) == names(t1)
    assert len(taken) > 0 or rounds < 10


def test_what_a_killed_program_left_unsealed_is_removed_by_the_next(pair, stick):
    left = pair[0].parent / "exchange-killed"
    fresh = pair[0].parent / "exchange-another"
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "payload").write_text("葛某某", encoding="utf-8")
    long_ago = time.time() - 7200
    os.utime(left, (long_ago, long_ago))

    with opened(pair[0]) as (t1,):
        sending.send(t1, "D", stick)

    assert not left.exists()
    assert fresh.exists()


def test_a_working_folder_that_does_not_go_now_is_left_to_the_next(pair, monkeypatch):
    def refused(*_args: object, **_named: object) -> None:
        raise IsADirectoryError(21, "Is a directory")

    with opened(pair[0]) as (t1,):
        with monkeypatch.context() as bad, sending.working_folder(t1) as inside:
            (inside / "payload").write_text("葛某某", encoding="utf-8")
            bad.setattr(os, "unlink", refused)
        assert inside.exists()
        long_ago = time.time() - 7200
        os.utime(inside, (long_ago, long_ago))

        with sending.working_folder(t1):
            assert not inside.exists()


def test_a_disk_that_does_not_give_back_what_was_unsealed_is_told(pair, stick, monkeypatch):
    def refused(*_args: object, **_named: object) -> None:
        raise OSError(5, "Input/output error")

    with opened(*pair) as (t1, d):
        t1.do(units.add, name="水务局")
        path = sending.send(t1, "D", stick).path
        with monkeypatch.context() as bad:
            bad.setattr(payload.zstandard, "ZstdDecompressor", refused)
            with pytest.raises(UserError, match="读不出来，没有收入任何内容。"):
                receiving.receive(d, path)
        assert names(d) == set()


# ---------------------------------------------------------------- full disks
@pytest.fixture
def full_stick(tmp_path) -> Iterator[Path]:
    """A stick with a bundle on it and a few kilobytes left."""
    folder = tmp_path / "full"
    folder.mkdir()
    mount(folder, "size=256k")
    yield folder
    unmount(folder)


def fill(folder: Path) -> None:
    with contextlib.suppress(OSError), (folder / "film").open("wb", buffering=0) as film:
        while True:
            film.write(bytes(4096))


def test_a_full_stick_is_said_and_the_bundles_on_it_are_as_they_were(pair, full_stick):
    with opened(*pair) as (t1, d):
        t1.do(units.add, name="水务局")
        old = sending.send(t1, "D", full_stick).path
        before = old.read_bytes()
        fill(full_stick)
        t1.do(units.add, name="城建局")

        with pytest.raises(UserError, match="已满"):
            sending.send(t1, "D", full_stick)

        assert sorted(path.name for path in full_stick.iterdir()) == [old.name, "film"]
        assert old.read_bytes() == before
        (full_stick / "film").unlink()
        receiving.receive(d, sending.send(t1, "D", full_stick).path)
        assert names(d) == {"水务局", "城建局"}


def test_a_full_disk_of_the_pc_is_said_and_nothing_is_taken_in(pair, stick, tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mount(folder, "size=8m")
    try:
        small = Path(shutil.copy(pair[1], folder / "office.db"))
        with opened(pair[0], small) as (t1, d):
            for number in range(100):
                t1.do(units.add, name=f"单位{number}{os.urandom(200).hex()}")
            path = sending.send(t1, "D", stick).path
            fill(folder)

            with pytest.raises(UserError, match=r"已满|空间不够"):
                receiving.receive(d, path)

            (folder / "film").unlink()
            assert names(d) == set()
            assert d.check() == []
            receiving.receive(d, path)
            assert names(d) == names(t1)
    finally:
        unmount(folder)


# ---------------------------------------------------------------- bad disks
UNDER_FAULTS = """
import os, sys
from pathlib import Path
from deputydesk.errors import UserError
from deputydesk.exchange import receiving, sending
from deputydesk.operations import units
from tests.exchange.test_faults import opened
t1, d, stick = map(Path, sys.argv[1:4])
def say(text):
    left = f"{text}\\n".encode()
    while left:  # the pipe fails now and then as well
        try:
            left = left[os.write(1, left):]
        except OSError:
            continue
def carry(one, other, name):
    one.do(units.add, name=name)
    say("row:" + name)
    path = sending.send(one, "D", stick).path
    say(f"sent:{path}")
    receiving.receive(other, path)
    say("taken:" + name)
with opened(t1, d) as (one, other):
    carry(one, other, "first")
say(f"ready:{os.getpid()}")
sys.stdin.readline()
for round in range(int(sys.argv[4])):
    try:
        with opened(t1, d) as (one, other):
            for number in range(10):
                carry(one, other, f"{round}-{number}")
    except UserError as error:
        say("fault:" + str(error))
say("end:")
"""
"""All is imported before the disk goes bad: it is not Python's own reading that is tested."""
CALLS = ("rw/pwrite", "rw/write", "rw/read", "rw/pread", "sync/fsync")


def test_a_disk_that_fails_now_and_then_is_said_in_a_sentence_and_loses_nothing(
    pair, stick, rounds
):
    if not shutil.which("fiu-run"):
        pytest.skip("fiu-run (Debian: fiu-utils) is not installed: a bad disk was NOT tested")
    rules = [f"enable_random name=posix/io/{call},probability=0.005" for call in CALLS]
    told = [str(path) for path in (*pair, stick)]
    command = ["fiu-run", "-x", sys.executable, "-c", UNDER_FAULTS, *told, str(rounds * 4)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as child:
        assert child.stdout
        before: list[str] = []
        for line in child.stdout:
            before.append(line.strip())
            if line.startswith("ready:"):
                break
        [process] = said(before, "ready")
        for rule in rules:
            _run("fiu-ctrl", "-c", rule, process)
        output, errors = child.communicate("go\n", timeout=300 * rounds)  # a PC may be busy

    words = [*before, *output.splitlines()]
    faults = said(words, "fault")
    assert said(words, "end") == [""], errors[-2000:]
    assert all("。" in fault for fault in faults)
    assert not any("已损坏，没有改动它" in fault for fault in faults)  # the data is well
    assert len(faults) > 0
    with opened(*pair) as (t1, d):
        assert set(said(words, "row")) <= names(t1)
        assert set(said(words, "taken")) <= names(d)
        assert t1.check() == d.check() == []
        for path in stick.glob("*.ddb"):
            assert proving.prove(t1, path).to == "D"
    sys.stdout.write(f"{len(faults)} faults of {rounds * 4} rounds: {sorted(set(faults))}\n")


# ---------------------------------------------------------------- a stick that is pulled out
class Stick:
    """A stick with exFAT on a loop device; its driver is killed when it is pulled out."""

    def __init__(self, folder: Path) -> None:
        missing = [
            name
            for name in ("losetup", "mkfs.exfat", "mount.exfat-fuse", "fsck.exfat")
            if not shutil.which(name)
        ]
        if missing or not Path("/dev/fuse").exists() or os.geteuid() != 0:
            pytest.skip(f"no FUSE, not root, or without {missing}: a pulled stick was NOT tested")
        self._mounted = folder / "mounted"
        self._mounted.mkdir()
        self.folder = self._mounted / "sticks"  # not there while the stick is not
        image = folder / "image"
        with image.open("wb") as file:
            file.truncate(96 << 20)
        _run("mkfs.exfat", str(image))
        self._device = _run("losetup", "-f", "--show", str(image)).strip()
        self._driver: subprocess.Popen[bytes] | None = None

    def put_in(self) -> None:
        command = ["mount.exfat-fuse", "-d", self._device, str(self._mounted)]
        quiet = subprocess.DEVNULL
        self._driver = subprocess.Popen(command, stdout=quiet, stderr=quiet)
        until = time.monotonic() + 30
        while not os.path.ismount(self._mounted):
            assert time.monotonic() < until, "the stick does not come"
        self.folder.mkdir(exist_ok=True)

    def pull_out(self) -> None:
        assert self._driver
        self._driver.send_signal(signal.SIGKILL)
        self._driver.wait()
        unmount(self._mounted)
        subprocess.run(["fsck.exfat", "-y", self._device], capture_output=True, check=False)

    def gone(self) -> None:
        if os.path.ismount(self._mounted):
            self.pull_out()
        _run("losetup", "-d", self._device)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def pulled(tmp_path) -> Iterator[Stick]:
    stick = Stick(tmp_path)
    yield stick
    stick.gone()


def send_for_ever(path: Path, stick: Path, first: int, tell: Tell) -> None:
    with opened(path) as (t1,):
        for number in range(first, first + 10_000):
            t1.do(units.add, name=f"单位{number}")
            try:
                tell(f"sent:{sending.send(t1, 'D', stick).path.name}")
            except UserError as error:
                tell(f"fault:{error}")
                return


@can_fork
@forking
def test_a_stick_pulled_out_while_it_is_written_has_whole_bundles_or_none(pair, pulled, rounds):
    moments = random.Random(2026)

    for number in range(rounds):
        pulled.put_in()

        def work(tell: Tell, first: int = number * 10_000) -> None:
            send_for_ever(pair[0], pulled.folder, first, tell)

        writer, heard = child(work)
        first = os.read(heard, 65536).decode()
        time.sleep(moments.uniform(0, 1.0))
        pulled.pull_out()
        os.waitpid(writer, 0)
        words = (first + _rest(heard)).split("\n")
        pulled.put_in()
        with opened(*pair) as (t1, d):
            for name in said(words, "sent")[-sending.KEPT + 1 :]:
                assert proving.prove(t1, pulled.folder / name).to == "D"
            for path in pulled.folder.glob("*.ddb"):
                with contextlib.suppress(Refused):
                    receiving.receive(d, path)
            assert t1.check() == d.check() == []
        assert all("。" in fault for fault in said(words, "fault"))
        pulled.pull_out()


def _rest(heard: int) -> str:
    found = b""
    while part := os.read(heard, 65536):
        found += part
    os.close(heard)
    return found.decode()
