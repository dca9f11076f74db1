"""The power goes at random moments: what was acknowledged is there, and nothing is half done."""

import os
import random
import select
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from deputydesk.models import Opinion, Visit
from deputydesk.office import Office, Right, Tx, operation
from tests.journal import samples

ROUNDS = 20

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="this system cannot fork: kill -9 was NOT tested"
)


@operation(Right.REGISTER, "登记接待")
def register(tx: Tx, *, number: int) -> str:
    """Several rows of several tables in two feeds, and an edit: all of it or nothing."""
    visit = samples.add(tx, Visit, topic=f"第{number}次", received=0)
    for _ in range(3):
        samples.add(tx, Opinion, visit_id=visit, matter="饮水")
    tx.session.flush()
    samples.edit(tx, Visit, visit, received=3)
    return visit


def write_for_ever(path: Path, told: int) -> None:
    """The child's whole life: register, say which, register the next."""
    office = Office.open(path, clock=samples.clock, user=samples.ZHANG)
    number = 0
    while True:
        number += 1
        visit = office.do(register, number=number)
        os.write(told, f"{visit}\n".encode())


def start_child(path: Path) -> tuple[int, int]:
    """Fork: a start of Python would take longer than the round."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_for_ever(path, told)
        finally:
            os._exit(1)
    os.close(told)
    return child, heard


def kill_after(child: int, heard: int, seconds: float) -> list[str]:
    """What the child had acknowledged when it was killed."""
    assert select.select([heard], [], [], 30)[0], "the child writes nothing"
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = b""
    while part := os.read(heard, 65536):
        said += part
    os.close(heard)
    return said.decode().split()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_what_was_acknowledged_survives_kill_minus_nine(empty_file, tmp_path):
    path = Path(shutil.copy(empty_file, tmp_path / "office.db"))
    journal = path.with_name(path.name + "-journal")
    moments = random.Random(2026)
    acknowledged: set[str] = set()
    hot = 0

    for _ in range(ROUNDS):
        said = kill_after(*start_child(path), moments.uniform(0, 0.15))
        acknowledged |= set(said)
        hot += journal.exists()
        with samples.opened(path) as office:
            found = office.ask(samples.everything)
            assert acknowledged <= set(found["visit"])
            assert {row["received"] for row in found["visit"].values()} == {3}
            assert len(found["opinion"]) == 3 * len(found["visit"])
            assert office.check() == []
            assert office.rebuild() == len(found["visit"]) * 4

    assert len(acknowledged) >= ROUNDS
    sys.stdout.write(f"{ROUNDS} kills, {hot} in mid-write, {len(acknowledged)} acknowledged\n")
