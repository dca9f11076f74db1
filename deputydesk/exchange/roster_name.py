"""Takes a name out of its cell, and what clerks write beside it: 张  三（女，蒙古族）."""

import re
from dataclasses import dataclass, field

from deputydesk.exchange.grid import Cell, shown
from deputydesk.exchange.roster_status import status_in
from deputydesk.exchange.roster_values import NOTHING, Reading, ethnic_of, party_of
from deputydesk.rules.names import clean_name

_BRACKETS = re.compile(r"[(（\[【〔<《]([^)）\]】〕>》]*)(?:[)）\]】〕>》]|$)")
_NUMBER = re.compile(r"^\s*\d+\s*[.、．)）]\s*")
_MARKS = "*＊★☆△▲※◆◇■□#＃√①②③④⑤⑥⑦⑧⑨⑩¹²³"
_TOKENS = re.compile(r"[,，、;；/\s]+")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A name and what stood beside it."""

    name: str
    facts: dict[str, str] = field(default_factory=dict[str, str])
    """Sex, ethnic group, party."""
    status: Reading = NOTHING
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> frozenset[str]:
        """Which fields the cell told."""
        return frozenset(self.facts)


def read_name(cell: Cell) -> Named:
    """Part the cell into name, facts and remarks."""
    text = _NUMBER.sub("", shown(cell))
    tokens = [token for inside in _BRACKETS.findall(text) for token in _TOKENS.split(inside)]
    text, beside = _words_beside(_BRACKETS.sub(" ", text).strip())
    name = text.strip(_MARKS + " '`‘’")
    mark = "".join(character for character in text if character in _MARKS and character not in name)
    notes = [f"姓名带“{mark}”标记"] if mark else []
    facts: dict[str, str] = {}
    status = NOTHING
    for token in (*tokens, *beside):
        known = _facts(token)
        ended = status_in(token)
        facts |= known
        if ended != NOTHING:
            status = ended
        if token and not known:
            notes.append(f"姓名旁注：{token}")
    return Named(clean_name(name), facts, status, tuple(notes))


def _words_beside(text: str) -> tuple[str, list[str]]:
    """Split 王秀英 女 蒙古族 into the name and the words after it."""
    words = text.split()
    beside: list[str] = []
    while len(words) > 1 and len("".join(words[:-1])) >= _SHORTEST and _stands_alone(words[-1]):
        beside.insert(0, words.pop())
    return " ".join(words), beside


def _stands_alone(word: str) -> bool:
    return word in {"男", "女"} or (word.endswith("族") and ethnic_of(word) is not None)


def _facts(token: str) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = token.removesuffix("性") if token in {"男性", "女性"} else token
    if rest[:1] in {"男", "女"}:
        found["sex"], rest = rest[0], rest[1:]
    ethnic, party = ethnic_of(rest), party_of(rest)
    if ethnic:
        found["ethnic"] = ethnic
    elif party:
        found["party"] = party
    elif rest:
        return {}
    return found
