"""What the index is asked on a server, which is not at hand where this runs."""

from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy.dialects import postgresql

from deputydesk.search import store


def test_on_a_server_tokens_lead_to_documents_and_their_text_decides():
    server = cast("Any", SimpleNamespace(dialect=postgresql.dialect()))

    number, holds = store.holding(server, ["水管"], 1, 9)

    said = str(holds.compile(dialect=server.dialect))
    assert str(number) == "search_doc.id"
    assert "search_fts.tokens @> CAST(ARRAY[" in said
    assert "strpos(search_doc.text, " in said
