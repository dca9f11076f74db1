"""Tables of the index; they stay home and hold nothing that cannot be made anew.

Beside them stands `search_fts`: a contentless FTS5 table of the tokens on SQLite, a column of
tokens with a GIN index on PostgreSQL. The migration makes it; SQLAlchemy does not know it.
"""

from sqlalchemy import BigInteger, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import Base


class SearchDoc(Base):
    """What is searched of one record, as it is compared.

    The number holds the kind, the day and the order of entering (`numbering`), so that the newest
    of a kind are the highest numbers and an index gives them first.
    """

    __tablename__ = "search_doc"
    __table_args__ = (UniqueConstraint("pk", "tab"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    tab: Mapped[str] = mapped_column(String(64))
    pk: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]


class SearchForm(Base):
    """In which form the index was made; another form means that it must be made anew."""

    __tablename__ = "search_form"

    form: Mapped[str] = mapped_column(String(64), primary_key=True)
