"""What a password must be, and how long the next try waits after wrong ones."""

from itertools import pairwise

SHORTEST = 8
"""Characters of a password."""
FREE = 3
"""Wrong passwords in a row after which one need not wait yet."""
LONGEST_WAIT = 60
"""Seconds: nobody loses a day's work, and who guesses gets nowhere."""


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong passwords in a row: 5, 10, 20, 40, then always 60."""
    if failures < FREE:
        return 0
    return min(5 << min(failures - FREE, 10), LONGEST_WAIT)


def weakness(password: str, name: str) -> str:
    """Why a password is none, as a sentence; empty if it can be taken."""
    if len(password) < SHORTEST:
        return f"密码至少{SHORTEST}位。"
    if name and password.lower() == name.lower():
        return "密码不能与姓名相同。"
    steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    if steps in ({0}, {1}, {-1}):
        return "这个密码太容易猜到。"
    return ""
