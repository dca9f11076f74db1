"""A program of today that becomes a newer one: a further migration step appears."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from deputydesk.models import migrations

STEP = '''"""weather."""

import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visit", sa.Column("weather", sa.Text(), server_default="晴", nullable=False))
    {more}
'''


class OlderProgram:
    """Adds a step after the last one, for the length of a test."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._patch = patch

    def becomes_newer(self, more: str = "") -> None:
        """From now on the program knows one step more; `more` is done in it as well."""
        steps = self._folder / "migrations"
        shutil.copytree(migrations.MIGRATIONS, steps)
        following = f"{int(migrations.HEAD) + 1:04d}"
        step = STEP.format(next=following, head=migrations.HEAD, more=more)
        (steps / "versions" / f"{following}_weather.py").write_text(step, encoding="utf-8")
        self._patch.setattr(migrations, "MIGRATIONS", steps)
        self._patch.setattr(migrations, "HEAD", following)

    @staticmethod
    def new_column(session: Session) -> list[str]:
        return list(session.scalars(text("select weather from visit")))


@pytest.fixture
def older_program(tmp_path, monkeypatch) -> OlderProgram:
    return OlderProgram(tmp_path, monkeypatch)
