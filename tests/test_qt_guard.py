"""Guards against the PySide6 that loses a reference of None (docs/adr/0001)."""

import subprocess
import sys

CALLS = """
from PySide6.QtCore import QObject

thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
print("survived")
"""


def test_twenty_thousand_calls_that_return_nothing_leave_python_alive() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALLS], check=False, capture_output=True, text=True, timeout=60
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "survived\n", "")
