"""JSON of the log is read as it was written, and a day is a day."""

import json

import pytest

from deputydesk.journal import fitting
from deputydesk.journal.fitting import Misfit
from deputydesk.journal.values import reader, text_of

VALUE = [{"说": "“𬱖”\n\\", "数": [1, -2, 0.5], "空": None, "是": True}, "salt"]


def test_what_is_written_is_read_again():
    assert reader(json.JSONDecoder())(text_of(VALUE)) == VALUE
    assert text_of(VALUE) == json.dumps(
        VALUE, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


@pytest.mark.parametrize("text", ["", "x", "[1] ", " [1]", "[1][2]", "[1,"])
def test_what_is_no_text_of_ours_is_refused(text):
    with pytest.raises(ValueError, match="JSON|Expecting"):
        reader(json.JSONDecoder())(text)


@pytest.mark.parametrize("day", ["2026-13-01", "2026-1-1", "2026年1月1", 20260101, "2026-11-20 "])
def test_what_is_no_day_stands_in_no_column_of_days(day):
    with pytest.raises(Misfit, match="held_on"):
        fitting.prove("visit", {"held_on": day}, text_of([{"held_on": day}, "salt"]))


@pytest.mark.parametrize("said", [1, "true", None])
def test_a_column_of_yes_and_no_takes_nothing_else(said):
    with pytest.raises(Misfit, match="confidential"):
        fitting.prove("opinion", {"confidential": said}, text_of([{"confidential": said}, "salt"]))
    fitting.prove("opinion", {"confidential": True}, text_of([{"confidential": True}, "salt"]))
