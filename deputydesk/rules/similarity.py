"""How alike two texts are, by the pairs of neighbouring characters that they share."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from deputydesk.rules.names import search_text

ALIKE = 0.5
"""From here on two short texts most likely speak of the same matter."""
Weights = Mapping[str, float]
"""How much a pair of characters says, from `weights`; one that is not named says most."""
NO_WEIGHTS: Weights = {}


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters, digits and hanzi; of one character, the character.

    Punctuation and blanks part nothing: 自来水，浑浊 has 水浑 as well.
    """
    said = "".join(character for character in search_text(text) if character.isalnum())
    return frozenset(said[n : n + 2] for n in range(max(1, len(said) - 1)) if said)


def weights(texts: Iterable[str]) -> dict[str, float]:
    """What pairs say among these texts: 关于 and 建议 stand in all of them, and say little."""
    found = [pairs(text) for text in texts]
    often = Counter(pair for of_text in found for pair in of_text)
    most = math.log(1 + len(found)) or 1.0
    return {pair: math.log((1 + len(found)) / count) / most for pair, count in often.items()}


def score(one: str, other: str, by: Weights = NO_WEIGHTS) -> float:
    """How alike they are: 1 if they share all pairs of characters, 0 if none.

    Args:
        one: a text.
        other: another; the order does not matter.
        by: what pairs say; without it all say the same.
    """
    mine, theirs = pairs(one), pairs(other)
    all_of_both = _sum(mine, by) + _sum(theirs, by)
    return min(1.0, 2 * _sum(mine & theirs, by) / all_of_both) if all_of_both else 0.0


def holds(whole: str, part: str, by: Weights = NO_WEIGHTS) -> float:
    """How much of the part occurs in the whole: 路灯 is all in 村东头路灯不亮."""
    wanted = pairs(part)
    all_of_it = _sum(wanted, by)
    return min(1.0, _sum(wanted & pairs(whole), by) / all_of_it) if all_of_it else 0.0


def _sum(of: frozenset[str], by: Weights) -> float:
    return sum(by.get(pair, 1.0) for pair in sorted(of))  # in one order: sums of parts differ
