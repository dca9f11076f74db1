"""What a process can say of itself; imports nothing, since it runs within what is measured."""

import sys
import time

_STATUS = "/proc/self/status"


def tell(name: str, began: float) -> None:
    """Print what it took to come here: seconds since `began`, CPU seconds, MB at the peak."""
    say(name, time.perf_counter() - began, time.process_time(), peak())


def say(name: str, *numbers: float) -> None:
    """Print numbers under a name, for `_measure.child` to read."""
    sys.stdout.write(" ".join([name, *(f"{number:.6f}" for number in numbers)]) + "\n")
    sys.stdout.flush()


def peak() -> float:
    """The most memory this process has had, in MB; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0.0
    with open(_STATUS, "rb") as status:  # noqa: PTH123 - pathlib would be measured too
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(b"VmHWM"))
