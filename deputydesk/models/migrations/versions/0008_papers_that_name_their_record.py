"""Papers that name their record: what a follow-up visit found, sheet numbers, what is handwritten."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward; there is no way back but the backup."""
    for name, blank in (
        ("visit_told", "''"),
        ("visit_attitude", "'none'"),
        ("visit_result", "'none'"),
        ("visit_follow", "''"),
    ):
        op.add_column(
            "petition", sa.Column(name, sa.String(), server_default=sa.text(blank), nullable=False)
        )
    op.add_column(
        "scan_page", sa.Column("sheet", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("scan_run", sa.Column("came_on", sa.Date(), nullable=True))
    op.add_column(
        "scan_run", sa.Column("written", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
