"""Lines of the exchange broken one at a time: each must make some test fail, or it proves nothing.

It takes minutes and so needs `--long`; that the lines still stand there is always looked at.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Breakage:
    """A line, what it is broken to, and a test that must notice."""

    what: str
    file: str
    line: str
    broken: str
    test: str


LINES = (
    Breakage(
        "a delete wins over an edit that it has not seen",
        "journal/fold.py",
        "return not standing <= {seen for dot in life for seen in log[dot].base}",
        "return False",
        "exchange/test_attacks.py::test_deleted_here_and_changed_there_the_record_stays_and_is_shown",
    ),
    Breakage(
        "equal values are a conflict",
        "journal/fold.py",
        "if len({text_of(value) for _, value in said}) > 1:",
        "if len(said) > 1:",
        "journal/test_fold.py::test_concurrent_edits_to_the_same_value_are_no_conflict",
    ),
    Breakage(
        "the short way of the fold looks at no order",
        "journal/fold.py",
        'if change.kind != "U" or change.values is None or not seen.issuperset(change.base):',
        'if change.kind != "U" or change.values is None:',
        "journal/test_fold.py",
    ),
    Breakage(
        "a stretch needs no signature",
        "journal/intake.py",
        "if not self.trust.is_signed(segment.author, segment.signature, signed):",
        "if not signed:",
        "exchange/test_attacks_order.py::test_a_signature_over_something_else_proves_nothing",
    ),
    Breakage(
        "everybody may write everything",
        "journal/intake.py",
        "if not self.trust.may_write(segment.author, segment.scope):",
        "if not segment.author:",
        "exchange/test_attacks.py::test_a_township_cannot_write_what_is_not_its_own",
    ),
    Breakage(
        "a record of another office may stand in one's own feed",
        "journal/lines.py",
        "if scope_of(pk) != segment.scope:",
        "if not scope_of(pk):",
        "exchange/test_attacks.py::test_a_township_cannot_write_what_is_not_its_own",
    ),
    Breakage(
        "a gap is not noticed",
        "journal/intake.py",
        "if segment.first > known + 1:",
        "if segment.first > known + 9:",
        "exchange/test_attacks.py"
        "::test_a_lost_stick_leaves_a_gap_that_is_told_and_the_next_whole_bundle_heals_it",
    ),
    Breakage(
        "a fork is not noticed",
        "journal/intake.py",
        "if is_known and hash_at(self.session, segment.feed, segment.last) != segment.end:",
        "if is_known and not segment.end:",
        "exchange/test_attacks.py::test_a_cloned_pc_is_told_as_a_fork_and_its_changes_are_kept_aside",
    ),
    Breakage(
        "the counter does not go on after what came in",
        "journal/intake.py",
        "self.session.execute(update(SYNC_SELF).values(lam=self.lam))",
        "self.session.execute(update(SYNC_SELF).values(lam=self._start))",
        "exchange/test_attacks.py"
        "::test_the_same_bundle_five_times_and_an_old_one_after_a_new_one_bring_nothing_twice",
    ),
    Breakage(
        "the counter can be brought to its end",
        "journal/intake.py",
        "most = min(HIGHEST_LAM, self._start + LEAP)",
        "most = HIGHEST_LAM",
        "exchange/test_attacks_lines.py"
        "::test_a_counter_far_ahead_of_all_that_was_written_is_kept_aside",
    ),
    Breakage(
        "who carries may leave out",
        "journal/intake.py",
        "if key not in expunged",
        "if not key",
        "exchange/test_attacks_lines.py"
        "::test_what_somebody_wrote_cannot_be_left_out_by_who_carries_it",
    ),
    Breakage(
        "restored data writes on under its old name",
        "journal/identity.py",
        "session.execute(update(SYNC_SELF).values(device=device))",
        "session.execute(update(SYNC_SELF).values(device=SYNC_SELF.c.device))",
        "exchange/test_device.py",
    ),
    Breakage(
        "a bundle may bear anybody's signature",
        "exchange/receiving.py",
        "if manifest.suite != suite or not SUITES[suite].verify(sign, signature, told):",
        "if manifest.suite != suite:",
        "exchange/test_attacks.py::test_a_bundle_signed_by_another_office_is_refused",
    ),
    Breakage(
        "a bundle for somebody else is taken",
        "exchange/receiving.py",
        "if manifest.to != trusted.office:",
        "if not manifest.to:",
        "exchange/test_attacks.py::test_a_bundle_for_another_office_is_refused",
    ),
    Breakage(
        "what is expunged stays in the log",
        "journal/erasing.py",
        "if not line.body.startswith('\"'):",
        "if not line.body:",
        "exchange/test_attacks_order.py"
        "::test_an_edit_that_comes_after_the_expunging_brings_no_value_back",
    ),
    Breakage(
        "what other PCs could not keep may be typed",
        "journal/log.py",
        'fitting.prove(entry.tab, entry.values, row["body"])',
        "pass",
        "exchange/test_attacks_lines.py"
        "::test_what_other_pcs_could_not_keep_is_refused_where_it_is_typed",
    ),
    Breakage(
        "an open form overwrites what came in meanwhile",
        "journal/capture.py",
        "known = self.seen.get((tab, pk), heads)",
        "known = heads",
        "exchange/test_attacks_order.py"
        "::test_a_form_that_was_open_while_a_stick_came_in_overwrites_nothing_unseen",
    ),
    Breakage(
        "a half-written bundle stays on the stick",
        "exchange/bundle_file.py",
        "part.unlink(missing_ok=True)",
        "part.exists()",
        "exchange/test_attacks_order.py"
        "::test_a_stick_that_is_full_or_pulled_out_keeps_its_older_bundles_and_nothing_half_written",
    ),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "breakage" in metafunc.fixturenames:
        metafunc.parametrize("breakage", LINES, ids=lambda breakage: breakage.what)


def test_each_line_stands_once_where_it_is_broken(breakage: Breakage):
    assert source(breakage).read_text(encoding="utf-8").count(breakage.line) == 1


def test_each_broken_line_makes_its_test_fail(breakage: Breakage, tmp_path, pytestconfig):
    if not pytestconfig.getoption("--long"):
        pytest.skip("takes minutes: --long")
    for name in ("deputydesk", "tests"):
        shutil.copytree(REPO / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    (tmp_path / "resources").symlink_to(REPO / "resources")
    broken = tmp_path / source(breakage).relative_to(REPO)
    text = broken.read_text(encoding="utf-8").replace(breakage.line, breakage.broken)
    broken.write_text(text, encoding="utf-8")

    pytest_only = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")
    done = subprocess.run(
        [*pytest_only, f"tests/{breakage.test}"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
    assert "SyntaxError" not in done.stdout
    assert "NameError" not in done.stdout


def source(breakage: Breakage) -> Path:
    return REPO / "deputydesk" / breakage.file
