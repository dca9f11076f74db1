"""How the tables came to be what they are, one step a file."""

from pathlib import Path

MIGRATIONS = Path(__file__).resolve().parent

HEAD = "0009"
"""The newest step; a test holds it against the files."""


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """Whether the models describe a table that the database has; the tokens of the search no."""
    return kind != "table" or not (name or "").startswith("search_fts")
