"""The power goes while a file is moved to a newer form: it is the old one whole, or the new one."""

import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import alembic.command
import alembic.config
import pytest

from deputydesk.database import upgrading
from deputydesk.models import Visit, migrations
from deputydesk.office import Office, Right, Tx, operation
from tests.journal import samples
from tests.older import OlderProgram, older_program

__all__ = ["older_program"]

assert alembic.config, (
    "imported before anything is killed: it is not Python's reading that is tried"
)
assert alembic.command, "as above"
VISITS = 400
RANDOM = 4

pytestmark = [
    pytest.mark.skipif(
        not hasattr(os, "fork"), reason="this system cannot fork: kill -9 was NOT tested"
    ),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


@operation(Right.REGISTER, "登记")
def register(tx: Tx) -> None:
    for number in range(VISITS):
        samples.add(tx, Visit, topic=f"第{number}次", received=number)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the form of today, with records."""
    path = tmp_path_factory.mktemp("filled") / "office.db"
    office = samples.create(path)
    office.do(register)
    office.close()
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "office.db"))


def upgrade(path: Path) -> None:
    Office.open(path, clock=samples.clock, user=samples.ZHANG).close()


def killed_at(path: Path, prepare: Callable[[], None], seconds: float = 60) -> bool:
    """Upgrade in a child that is killed; whether it was, or came to its end before."""
    child = os.fork()
    if child == 0:
        try:
            prepare()
            upgrade(path)
            os._exit(0)
        finally:
            os._exit(1)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.WIFSIGNALED(status)
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def after(name: str, *, first: bool = False) -> None:
    """Have this process killed when a step of the upgrade is done, or just before it is begun."""
    step = getattr(upgrading, name)

    def then_die(*given: object, **more: object) -> None:
        if not first:
            step(*given, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(upgrading, name, then_die)


def rewrite(path: Path) -> None:
    """Have this process killed in the middle of a large change, as an upgrade may be."""
    there = sqlite3.connect(path, isolation_level=None)
    there.execute("pragma cache_size=2")
    there.execute("begin")
    there.execute("update sync_change set usr = hex(randomblob(3000))")
    os.kill(os.getpid(), signal.SIGKILL)


def version(path: Path) -> str:
    """The form of a file that is whole."""
    with closing(sqlite3.connect(path)) as there:
        assert there.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert there.execute("select count(*) from visit").fetchone() == (VISITS,)
        (found,) = there.execute("select version_num from alembic_version").fetchone()
    return str(found)


def whole_and_upgraded(path: Path) -> None:
    """The next start brings it to the new form, whatever the killed one left."""
    with samples.opened(path) as office:
        assert len(office.ask(OlderProgram.new_column)) == VISITS
        assert office.check() == []
    assert not path.with_name("office.db.upgrade").exists()


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("keep_copy", False),
        ("copy_to", False),
        ("upgrade", False),
        ("_upgrade_and_fill", False),
        ("refuse_damaged", False),
        ("sync_folder", True),
    ],
)
def test_killed_at_any_step_the_file_is_the_old_one_or_the_new_one(
    path, older_program, name, first
):
    old = migrations.HEAD
    older_program.becomes_newer()

    assert killed_at(path, lambda: after(name, first=first))

    assert version(path) == (migrations.HEAD if name == "sync_folder" else old)
    whole_and_upgraded(path)
    kept = (path.parent / "backups").glob("*-upgrade.db")
    assert {version(copy) for copy in kept} == {old}


def test_killed_at_random_moments_the_file_is_the_old_one_or_the_new_one(
    path, filled, older_program
):
    old, moments = migrations.HEAD, random.Random(2026)
    older_program.becomes_newer()
    begun = time.monotonic()
    assert not killed_at(path, lambda: None)
    lasts = time.monotonic() - begun

    killed = 0
    for _ in range(RANDOM):
        shutil.copy(filled, path)
        killed += killed_at(path, lambda: None, moments.uniform(0, lasts))
        assert version(path) in {old, migrations.HEAD}
        whole_and_upgraded(path)

    sys.stdout.write(f"{killed} of {RANDOM} killed before the end\n")


def test_what_a_killed_upgrade_left_is_not_rolled_back_into_another_file(
    path, tmp_path, older_program
):
    other = Path(shutil.copy(path, tmp_path / "other.db"))
    with samples.opened(other) as office:
        office.do(register)
    older_program.becomes_newer()
    assert killed_at(path, lambda: after("copy_to"))
    left = path.with_name("office.db.upgrade-journal")
    assert killed_at(path, lambda: rewrite(path.with_name("office.db.upgrade")))
    assert left.read_bytes()[:1] != b"\0"  # SQLite would roll it back
    other.replace(path)  # as a person does who puts a copy of their own back

    with samples.opened(path) as upgraded:
        assert len(upgraded.ask(OlderProgram.new_column)) == 2 * VISITS
        assert upgraded.check() == []
    assert not left.exists()
