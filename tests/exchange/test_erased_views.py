"""Saved views that look for somebody who was erased are gone, whatever the name is made of."""

import json

import pytest

from deputydesk.exchange import erased_views
from deputydesk.security.veil import LISTS, OPEN

KEPT = {"name": "道路", "words": "道路", "year": 2026, "filters": []}


@pytest.mark.parametrize("name", ["葛某某某", 'J. "Joe" \\ Li'])
@pytest.mark.parametrize(
    "saying",
    [
        lambda name: {"name": f"{name}的意见"},
        lambda name: {"name": "一", "words": name},
        lambda name: {"name": "一", "filters": [{"column": "选民", "text": name}]},
        lambda name: {"name": "一", "also": {name: "town"}},
    ],
)
def test_a_view_that_says_the_name_goes_and_others_stay(tmp_path, name, saying):
    lists = {"意见列表": {"views": [saying(name), KEPT], "layout": {"order": ["事项"]}}}
    (tmp_path / LISTS).write_text(json.dumps(lists), "utf-8")

    erased_views.remove(tmp_path, OPEN, [name])

    told = json.loads((tmp_path / LISTS).read_text("utf-8"))
    assert told == {"意见列表": {"views": [KEPT], "layout": {"order": ["事项"]}}}


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"意见列表": 3}'])
def test_a_damaged_file_stays_as_it_is(tmp_path, text):
    (tmp_path / LISTS).write_text(text, "utf-8")

    erased_views.remove(tmp_path, OPEN, ["葛某某某"])

    assert (tmp_path / LISTS).read_text("utf-8") == text
