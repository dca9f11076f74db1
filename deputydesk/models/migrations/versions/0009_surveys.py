"""Surveys of the office's own making; how long pictures of pages are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward; there is no way back but the backup."""
    op.create_table(
        "scan_retention",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("months", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("decided_on", sa.Date(), server_default=sa.text("'1900-01-01'"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("headline", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("held_on", sa.Date(), server_default=sa.text("'1900-01-01'"), nullable=False),
        sa.Column("audience", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("intro", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("named", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("questions", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("valid", sa.Integer(), nullable=True),
        sa.Column("invalid", sa.Integer(), nullable=True),
        sa.Column("counts", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("counter", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("scrutineer", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_held_on"), ["held_on"], unique=False)
