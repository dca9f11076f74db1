"""Makes stroke_order.txt and initials.txt from public tables; the program itself never runs this.

    python resources/names/build.py ORDER_JS UNIHAN_FOLDER [--to FOLDER]

ORDER_JS       cnchar.order.min.js of the npm package cnchar-order (`npm pack cnchar-order`)
UNIHAN_FOLDER  /usr/share/unicode of the Debian package unicode-data (Unihan_*.txt.bz2)

Order: GF 3003-1999, fewer strokes first, then stroke by stroke 横 竖 撇 点 折. The table of 8,105
general characters (kTGH) stands in that order within each of its three levels, so a stroke
sequence that contradicts it is wrong and is not used; a character without a usable sequence
takes its neighbour's.
"""

import argparse
import bz2
import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from pathlib import Path

# Letters of cnchar-order: 横 j, 提 i | 竖 f, 竖钩 g | 撇 s | 点 k, 捺 l, 点2 d | the rest bend.
STROKES = str.maketrans("jifgskldabcehmnopqrtuvwxyz", "11223444" + "5" * 18)
LEVELS = (range(1, 3501), range(3501, 6501), range(6501, 8106))
READINGS = ("kTGHZ2013", "kXHC1983", "kHanyuPinlu", "kMandarin")
# Readings that names and places use and the table of general characters leaves out.
MISSING_READINGS = {"么": "y", "厘": "x"}

Key = tuple[int, str]


def unihan(folder: Path, file: str, field: str) -> dict[str, str]:
    """One field of a Unihan file, by character."""
    found: dict[str, str] = {}
    with bz2.open(folder / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            point, _, rest = line.rstrip("\n").partition("\t")
            name, _, value = rest.partition("\t")
            if name == field and point.startswith("U+"):
                found[chr(int(point.removeprefix("U+"), 16))] = value
    return found


def stroke_keys(script: Path, counts: Mapping[str, int]) -> dict[str, Key]:
    """(count, strokes as digits 1-5) of the characters whose sequence has the right length."""
    table = re.search(r"JSON\.parse\('(.*?)'\)", script.read_text(encoding="utf-8"))
    assert table, "cnchar-order has changed its form"
    sequences: dict[str, str] = json.loads(table.group(1))
    return {
        character: (len(letters), letters.translate(STROKES))
        for character, letters in sequences.items()
        if counts.get(character) == len(letters)
    }


def longest_rise(characters: list[str], keys: Mapping[str, Key]) -> set[str]:
    """The most characters that stand in non-decreasing order of their keys."""
    ends: list[int] = []
    lows: list[Key] = []
    before: dict[int, int | None] = {}
    for index, character in enumerate(characters):
        place = bisect_right(lows, keys[character])
        before[index] = ends[place - 1] if place else None
        ends[place : place + 1] = [index]
        lows[place : place + 1] = [keys[character]]
    kept: set[str] = set()
    index = ends[-1] if ends else None
    while index is not None:
        kept.add(characters[index])
        index = before[index]
    return kept


def level_keys(
    level: list[str], keys: Mapping[str, Key], counts: Mapping[str, int]
) -> dict[str, Key]:
    """A key for every character of a level, never against the official order of the level."""
    usable = longest_rise([c for c in level if c in keys], keys)
    ahead: dict[str, Key] = {}
    following: Key = (99, "")
    for character in reversed(level):
        following = keys[character] if character in usable else following
        ahead[character] = following
    found: dict[str, Key] = {}
    last: Key = (0, "")
    for character in level:
        count = counts[character]
        if character in usable:
            last = keys[character]
        elif last[0] < count < ahead[character][0]:
            last = (count, "")
        elif last[0] < count == ahead[character][0]:
            last = ahead[character]
        found[character] = last
    return found


def stroke_order(script: Path, folder: Path) -> str:
    """All characters in official order, a line for each number of strokes."""
    totals = unihan(folder, "IRGSources", "kTotalStrokes")
    counts = {character: int(total.split()[0]) for character, total in totals.items()}
    general = unihan(folder, "OtherMappings", "kTGH")
    numbers = {character: int(value.removeprefix("2013:")) for character, value in general.items()}
    keys = stroke_keys(script, counts)
    official: dict[str, Key] = {}
    for numbered in LEVELS:
        level = sorted((c for c, n in numbers.items() if n in numbered), key=numbers.__getitem__)
        official |= level_keys(level, keys, counts)

    def place(character: str) -> tuple[Key, int, int]:
        if character in official:
            return official[character], 0, numbers[character]
        return keys.get(character, (counts[character], "9")), 1, ord(character)

    lines: dict[int, list[str]] = {}
    for character in sorted(counts, key=place):
        lines.setdefault(place(character)[0][0], []).append(character)
    return "".join("".join(line) + "\n" for line in lines.values())


def letters(readings: Iterable[str]) -> list[str]:
    """The first letters of pinyin readings, without tone marks, each once."""
    return list(dict.fromkeys(unicodedata.normalize("NFD", r)[0] for r in readings))


def initials(folder: Path) -> str:
    """A line for each set of initials: the letters, usual reading first, and their characters."""
    fields = [unihan(folder, "Readings", field) for field in READINGS]
    usual = fields[-1]
    groups: dict[str, list[str]] = {}
    for character in sorted({character for field in fields for character in field}):
        value = next(field[character] for field in fields if character in field)
        readings = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", value))
        found = letters([*readings, *MISSING_READINGS.get(character, "")])
        first = letters([usual[character].split()[0]]) if character in usual else []
        key = "".join(dict.fromkeys([*(f for f in first if f in found), *found]))
        groups.setdefault(key, []).append(character)
    return "".join(f"{key} {''.join(groups[key])}\n" for key in sorted(groups))


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("order_js", type=Path)
    parser.add_argument("unihan_folder", type=Path)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    order = stroke_order(options.order_js, options.unihan_folder)
    (options.to / "stroke_order.txt").write_text(order, encoding="utf-8", newline="\n")
    table = initials(options.unihan_folder)
    (options.to / "initials.txt").write_text(table, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
