"""Who looks at a doubtful row, and what counts of what they and the reader say."""

from collections.abc import Mapping

FIRST, SECOND, THIRD, CORRECTION = 1, 2, 3, 4
"""The person who counts, the one who watches, both together where they do not agree; afterwards."""


def what_people_say(looks: Mapping[int, str], *, two_people: bool) -> str:
    """What people decided on a row; empty while they have not, or do not agree.

    Args:
        looks: by look, what was decided.
        two_people: whether two have to say the same.
    """
    for last in (CORRECTION, THIRD):
        if last in looks:
            return looks[last]
    first, second = looks.get(FIRST, ""), looks.get(SECOND, "")
    if not two_people:
        return first or second
    return first if first == second else ""


def what_counts(read: str, looks: Mapping[int, str], *, two_people: bool) -> str:
    """What counts of a row: what people say goes before what was read."""
    return what_people_say(looks, two_people=two_people) if looks else read
