"""A bundle ten times as large takes no more memory: it is written and read piece by piece."""

import tracemalloc
from collections.abc import Callable

import pytest

from deputydesk.exchange import receiving, sending
from tests.exchange import carriers
from tests.exchange.carriers import forged, line, stretch

FEW, MANY = 1500, 6000


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr("deputydesk.journal.intake.AT_ONCE", 250)


def peak_of(work: Callable[[], object]) -> int:
    """Bytes that Python had at once while it worked, beyond what it had before."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_what_a_stick_brings_or_takes_along(offices, stick, tmp_path):
    t1, t2, d = offices
    receiving.receive(d, sending.send(t2, "D", stick).path)  # what is made once and kept is made
    read, written = list[int](), list[int]()
    for code, count in (("few", FEW), ("many", MANY)):
        made = stretch(t1, f"{code}.T1", [line(n, f"T1-{code}{n}") for n in range(1, count + 1)])
        path = forged(t1, d, stick / f"{code}.ddb", [made])
        folder = tmp_path / code
        folder.mkdir()

        read.append(peak_of(lambda path=path: receiving.receive(d, path)))
        written.append(peak_of(lambda folder=folder: sending.send(d, "D", folder)))

    assert read[1] < 1.5 * read[0]
    assert written[1] < 1.5 * written[0]
    assert len(d.ask(carriers.partners.rows)) == 2
