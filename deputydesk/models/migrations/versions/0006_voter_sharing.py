"""Whether voters' own data goes up, and who gets a list beside what is sealed: as before, nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voter_sharing",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("goes_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("basis", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("decided_on", sa.Date(), server_default=sa.text("'1900-01-01'"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.add_column(
        "sync_office",
        sa.Column("listed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
