"""How the tables came to be what they are, one step a file."""

from pathlib import Path

MIGRATIONS = Path(__file__).resolve().parent

HEAD = "0002"
"""The newest step; a test holds it against the files."""
