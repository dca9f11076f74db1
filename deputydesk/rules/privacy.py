"""What in a free text must not stand on a public page: numbers of persons, names of voters."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from deputydesk.rules.choices import Choice


class Trace(Choice):
    """What gives a person away."""

    MOBILE = "mobile", "像手机号的数字"
    ID_NUMBER = "id_number", "像身份证号的数字"
    CARD = "card", "像银行卡号的数字"
    KNOWN_NUMBER = "known_number", "未同意公开的电话或证件号"
    NAME = "name", "与选民同名的姓名"


@dataclass(frozen=True)
class Sensitive:
    """A place in a text that gives a person away; the excerpt is itself masked."""

    trace: Trace
    excerpt: str

    @property
    def text(self) -> str:
        """As a sentence names it: 像手机号的数字（138****5678）."""
        return f"{self.trace.label}（{self.excerpt}）"


_RUN = re.compile(r"\d(?:[ \-]?[\dXx])*")
_MORE = r"[ \-]?\d"  # people write numbers in groups
_LOOKS: tuple[tuple[Trace, re.Pattern[str]], ...] = tuple(
    (trace, re.compile(rf"(?<!\d)(?:{number})(?!\d)"))
    for trace, number in (
        (Trace.ID_NUMBER, r"[1-9]\d{5} ?(?:18|19|20)\d{6} ?\d{3}[\dXx]"),
        (Trace.ID_NUMBER, r"[1-9]\d{14}"),
        (
            Trace.CARD,
            r"[1-9]\d{15,18}(?![\dXx])|[1-9]\d{3}(?:[ \-]\d{4}){3}(?:[ \-]\d{1,3})?(?![\dXx])",
        ),
        (Trace.MOBILE, rf"(?:86[ \-]?)?1[3-9](?:{_MORE}){{9}}"),
    )
)
_SHORTEST_KNOWN = 7  # digits: a shorter number is a year, a sum, a room
_SHORTEST_NAME = 2


def masked(number: str) -> str:
    """The number as it may be shown to say which is meant: 138****5678."""
    return f"{number[:3]}****{number[-4:]}" if len(number) > _SHORTEST_KNOWN else "****"


def bare(number: str) -> str:
    """A phone or identity number without blanks, dashes and width, for comparing."""
    return re.sub(r"[^0-9X]", "", unicodedata.normalize("NFKC", number).upper())


@dataclass(frozen=True)
class Watch:
    """What is looked for besides what numbers look like.

    Args:
        names: names of voters.
        numbers: phones and identity numbers that nobody agreed to publish, bare.
        public_names: names that may stand there, such as those of deputies.
        public_numbers: numbers that may stand there, bare: a phone published by consent.
    """

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    public_names: frozenset[str] = frozenset()
    public_numbers: frozenset[str] = frozenset()

    def find(self, texts: Iterable[str]) -> list[Sensitive]:
        """Everything in these texts that gives a person away, each once."""
        found: dict[Sensitive, None] = {}
        for text in texts:
            if text:
                plain = unicodedata.normalize("NFKC", text)
                found |= dict.fromkeys([*self._numbers_in(plain), *self._names_in(plain)])
        return list(found)

    def _numbers_in(self, text: str) -> list[Sensitive]:
        """Numbers by what they look like, and those that are known to be somebody's."""
        found = [Sensitive(Trace.KNOWN_NUMBER, masked(n)) for n in self._known_in(text)]
        said = {one.excerpt for one in found}
        for trace, pattern in _LOOKS:
            for match in pattern.findall(text):
                number = bare(match)
                if number not in self.public_numbers and masked(number) not in said:
                    said.add(masked(number))
                    found.append(Sensitive(trace, masked(number)))
        return found

    def _known_in(self, text: str) -> list[str]:
        lengths = {len(number) for number in self.numbers if len(number) >= _SHORTEST_KNOWN}
        runs = [bare(run) for run in _RUN.findall(text)]
        pieces = {
            run[at : at + length]
            for run in runs
            for length in lengths
            for at in range(len(run) - length + 1)
        }
        return sorted((pieces & self.numbers) - self.public_numbers)

    def _names_in(self, text: str) -> list[Sensitive]:
        """Voters' names that are no part of a name that may stand there."""
        wanted = [name for name in self.names if len(name) >= _SHORTEST_NAME and name in text]
        if not wanted:
            return []
        for name in sorted(self.public_names, key=len, reverse=True):
            text = text.replace(name, "\n")
        return [Sensitive(Trace.NAME, name) for name in sorted(wanted) if name in text]
