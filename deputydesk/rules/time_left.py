"""How long work will still take, as far as can honestly be said."""

from collections import deque

GROUND = 2.0
"""Seconds of work before which nothing is guessed."""
SEEN = 20.0
"""Seconds looked back on: work that begins slowly, or slows down, is judged by its last steps."""
MINUTE = 60
FINE, COARSE = 5, 10
"""Seconds are said in fives up to the first, and in tens beyond: more would be a pretence."""
SOON = 30


class TimeLeft:
    """Watches work and says what is left of it."""

    def __init__(self) -> None:
        """Nothing was done yet."""
        self._seen: deque[tuple[float, int]] = deque()
        self._began: float | None = None

    def note(self, now: float, done: int) -> None:
        """So much is done at a moment, in seconds of any clock that goes on evenly."""
        if self._began is None:
            self._began = now
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()  # another part of the work began to count anew
            self._began = now
        self._seen.append((now, done))
        while len(self._seen) > 1 and self._seen[1][0] < now - SEEN:
            self._seen.popleft()

    def words(self, total: int) -> str:
        """还需约 2 分钟; empty while there is no ground for a guess."""
        if self._began is None or not self._seen:
            return ""
        (first, before), (now, done) = self._seen[0], self._seen[-1]
        if now - self._began < GROUND or done <= before or not done < total:
            return ""
        return f"还需约 {_said((now - first) / (done - before) * (total - done))}"


def _said(seconds: float) -> str:
    """Rounded up: who waits would rather be surprised by an early end."""
    step = FINE if seconds <= SOON else COARSE
    rounded = max(step, -(-int(seconds + 0.999) // step) * step)
    if rounded < MINUTE:
        return f"{rounded} 秒"
    return f"{-(-rounded // MINUTE)} 分钟"
