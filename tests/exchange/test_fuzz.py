"""Thousands of bundles that are none: what nobody signed never gets in; all that is said is why."""

import os
import sys

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import attachments, receiving, sending
from deputydesk.journal import check
from deputydesk.journal.intake import Intake, Outcome
from deputydesk.models import Unit
from deputydesk.operations import units
from tests.exchange import fuzzing
from tests.exchange.looking import state
from tests.journal import samples

SLICES = 4
MOST_MEMORY = 300 << 20
"""Bytes that the whole of it may take beyond what it took before."""


@pytest.fixture
def material(offices, stick):
    """Two bundles of a township that its district has not got yet."""
    t1, _, d = offices
    photo = stick / "photo.txt"
    photo.write_text("照片" * 300)
    t1.do(samples.batch, {f"T1-000{n}": (Unit, {"name": f"单位{n}"}) for n in range(4)}, {}, {})
    attachments.attach(t1, Unit, "T1-0001", [photo])
    t1.do(samples.batch, {}, {"T1-0001": (Unit, {"name": "水利局", "phone": "1"})}, {})
    first = sending.send(t1, "D", stick).path
    t1.do(samples.batch, {}, {"T1-0002": (Unit, {"phone": "2"})}, {"T1-0003": Unit})
    t1.do(units.add, name="城建局")
    second = sending.send(t1, "D", stick).path
    return fuzzing.material(t1, d, [second, first])


def numbers(config, part):
    """The mutants of a slice: few each time, a hundred thousand when there is time."""
    count = (
        100_000 if config.getoption("--long") else int(os.environ.get("DEPUTYDESK_FUZZ", "1500"))
    )
    start = int(os.environ.get("DEPUTYDESK_FUZZ_START", "0"))
    return range(start + part * count // SLICES, start + (part + 1) * count // SLICES)


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("part", range(SLICES))
def test_no_mutant_brings_what_nobody_signed_or_anything_but_a_sentence(
    offices, stick, material, part, pytestconfig
):
    d = offices[2]
    path = stick / "mutant.ddb"
    path.write_bytes(material.bundles[0])
    real = {(one.segment.feed, one.segment.end) for one in receiving.preview(d, path).taken}
    path.write_bytes(material.bundles[1])
    real |= {(one.segment.feed, one.segment.end) for one in receiving.preview(d, path).taken}
    before, memory = state(d), peak()

    for number in numbers(pytestconfig, part):
        path.write_bytes(fuzzing.mutant(number, material))
        try:
            seen = preview(d, path)
        except UserError:
            continue
        except BaseException as error:
            error.add_note(f"mutant {number}")
            raise
        if not fuzzing.is_signed_content(number):
            taken = {(t.segment.feed, t.segment.end) for t in seen if t.outcome is Outcome.NEW}
            assert taken <= real, number

    assert state(d) == before
    assert d.check() == []
    assert peak() - memory < MOST_MEMORY


def preview(office, path):
    """What a bundle would bring; what it would bring would be whole."""
    with pytest.MonkeyPatch.context() as patch:
        finish = Intake.finish

        def finished(self):
            finish(self)
            assert [*check.check(self.session)] == []

        patch.setattr(Intake, "finish", finished)
        return receiving.preview(office, path).taken


def peak():
    """The most memory that this process ever had, where the system tells."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_the_same_number_makes_the_same_mutant(material):
    kept = {number: fuzzing.mutant(number, material) for number in (0, 1)}

    assert kept == {number: fuzzing.mutant(number, material) for number in (0, 1)}
