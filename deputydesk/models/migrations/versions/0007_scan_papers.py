"""Papers to tick: runs as printed, pages as read, what people decided."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step forward; there is no way back but the backup."""
    op.create_table(
        "scan_batch",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("taken_on", sa.Date(), server_default=sa.text("'1900-01-01'"), nullable=False),
        sa.Column("taken_by", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("files", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("digest", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("pages", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("reader", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("scan_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_batch_run_id"), ["run_id"], unique=False)

    op.create_table(
        "scan_decision",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("page_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("row", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("answer", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("decided_by", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("look", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("scan_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_decision_page_id"), ["page_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_decision_run_id"), ["run_id"], unique=False)

    op.create_table(
        "scan_look",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("page_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("seen_by", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("scan_look", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_look_page_id"), ["page_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_look_run_id"), ["run_id"], unique=False)

    op.create_table(
        "scan_page",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("batch_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("number", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("original", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'read'"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("scan_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_page_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_page_run_id"), ["run_id"], unique=False)

    op.create_table(
        "scan_reading",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("page_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("reader", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("said", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("scan_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_reading_page_id"), ["page_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_reading_run_id"), ["run_id"], unique=False)

    op.create_table(
        "scan_run",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("code", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("form", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("record_kind", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("record_id", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("secret", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("layout", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("blank", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("plan", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("details", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("printed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("printed_on", sa.Date(), server_default=sa.text("'1900-01-01'"), nullable=False),
        sa.Column("two_people", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("members", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("present", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("invalid", sa.Integer(), nullable=True),
        sa.Column("explanation", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("counter", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("scrutineer", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("sample", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("apart", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.String(), server_default=sa.text("'open'"), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column("booked_by", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("thinned_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("scan_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_run_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_run_record_id"), ["record_id"], unique=False)
