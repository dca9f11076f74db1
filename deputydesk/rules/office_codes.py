"""Codes of offices: they stand in ids, in names of feeds and in names of files."""

import re

COMMON = "common"
"""Scope of what the office above gives to all below: lists, rules, holidays."""

LOCAL = ".local"
"""Ends the scope of what never leaves the office."""
VOTERS = ".voters"
"""Ends the scope of voters' own data that the office above is given, since the head said so."""

_CODE = re.compile(r"[0-9A-Za-z]{1,12}")
_TAKEN = re.compile(r"common|local|voters|con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)
"""Words of ours, and names that no file may have on Windows."""


def is_code(text: str) -> bool:
    """Whether an office can be called so."""
    return bool(_CODE.fullmatch(text)) and not _TAKEN.fullmatch(text)
