"""The next migration, written from the models; `dev.py migration` runs it.

python -m tests.models.next_migration NAME
"""

import sys

from deputydesk.database import write_migration
from deputydesk.models.migrations import HEAD, MIGRATIONS


def write(name: str) -> str:
    """Write the next step and say that it is the newest; returns its number."""
    following = f"{int(HEAD) + 1:04}"
    write_migration(name)
    package = MIGRATIONS / "__init__.py"
    source = package.read_text(encoding="utf-8")
    package.write_text(source.replace(f'"{HEAD}"', f'"{following}"'), encoding="utf-8")
    return following


if __name__ == "__main__":
    number = write(sys.argv[1])
    sys.stdout.write(f"Written: migration {number}. Read it before you keep it.\n")
