"""The index of the search; it is filled when the tables are as this version wants them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "search_doc",
        sa.Column("id", number, nullable=False),
        sa.Column("tab", sa.String(length=64), nullable=False),
        sa.Column("pk", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pk", "tab"),
    )
    op.create_table(
        "search_form",
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("form"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_table(
            "search_fts",
            sa.Column("id", sa.BigInteger(), nullable=False),
            sa.Column("tokens", sa.ARRAY(sa.Text()), nullable=False),
            sa.PrimaryKeyConstraint("id"),
        )
        op.create_index("ix_search_fts", "search_fts", ["tokens"], postgresql_using="gin")
    else:
        op.execute(
            "create virtual table search_fts"
            " using fts5(tokens, tokenize='ascii', content='', prefix='1')"
        )
