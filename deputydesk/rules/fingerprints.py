"""The numbers by which two people see that a card is the one its office made."""

import hashlib

GROUPS, DIGITS = 8, 5
"""So many groups of so many digits: 130 bits, and a telephone call of a minute."""


def fingerprint(*parts: str) -> str:
    """Eight groups of five digits, with a space between."""
    number = int(hashlib.sha256("\n".join(parts).encode()).hexdigest(), 16)
    digits = f"{number % 10 ** (GROUPS * DIGITS):0{GROUPS * DIGITS}}"
    return " ".join(digits[n : n + DIGITS] for n in range(0, len(digits), DIGITS))


def digits_in(typed: str) -> str:
    """The digits of what somebody typed or read out, also full-width ones."""
    return "".join(str(int(letter)) for letter in typed if letter.isdecimal())
