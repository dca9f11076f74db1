"""Forms of one record: judged from outside with nothing, usual and the worst, and read back."""

from functools import partial

import pytest

from deputydesk.errors import UserError
from deputydesk.reports import (
    face_reply_record,
    legislation_summary,
    meeting_record,
    opinion_slip,
    petition_form,
    promise_receipt,
    suggestion_paper,
)
from tests.reports import record_samples, samples
from tests.reports.judge import faults, text_of

CASES = {
    "blank meeting": partial(meeting_record.write, []),
    "meeting": partial(meeting_record.write, [record_samples.meeting()] * 2),
    "worst meeting": partial(meeting_record.write, [record_samples.worst_meeting()]),
    "blank face reply": partial(face_reply_record.write, []),
    "face reply": partial(face_reply_record.write, [record_samples.face_reply()]),
    "worst face reply": partial(face_reply_record.write, [record_samples.worst_face_reply()]),
    "blank promise": partial(promise_receipt.write, []),
    "promise": partial(promise_receipt.write, [record_samples.promise()]),
    "worst promise": partial(promise_receipt.write, [record_samples.worst_promise()]),
    "blank opinion": partial(opinion_slip.write, []),
    "opinion": partial(opinion_slip.write, [record_samples.opinion()]),
    "worst opinion": partial(opinion_slip.write, [record_samples.worst_opinion()]),
    "blank petition": partial(petition_form.write, []),
    "petition": partial(petition_form.write, [record_samples.petition()]),
    "worst petition": partial(petition_form.write, [record_samples.worst_petition()]),
    "blank summary": partial(legislation_summary.write, []),
    "summary": partial(legislation_summary.write, [record_samples.summary()]),
    "worst summary": partial(legislation_summary.write, [record_samples.worst_summary()]),
    "blank suggestion": partial(suggestion_paper.write, []),
    "suggestion": partial(suggestion_paper.write, [record_samples.suggestion()]),
    "worst suggestion": partial(suggestion_paper.write, [record_samples.worst_suggestion()]),
}

PAGES = {"summary": 4, "blank opinion": 2, "opinion": 2, "blank suggestion": 3, "suggestion": 2}
"""Of those that need more than one."""


def printed(name, to, office=samples.OFFICE):
    CASES[name](to, office=office, printed_on=samples.DAY)
    return to


@pytest.mark.parametrize("name", CASES)
def test_a_form_is_well_printed_and_the_same_again(name, tmp_path):
    first = printed(name, tmp_path / "first.pdf")
    again = printed(name, tmp_path / "again.pdf")

    assert faults(first) == []
    assert first.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("worst")])
def test_eight_thousand_characters_come_to_the_last(name, tmp_path):
    said = "".join("".join(text_of(printed(name, tmp_path / "form.pdf"))).split())

    assert said.count("养") >= samples.HUGE.count("养")
    assert said.count("咨") >= samples.HUGE.count("咨")


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith("worst")])
def test_a_usual_form_stands_on_as_many_pages_as_it_should(name, tmp_path):
    pages = text_of(printed(name, tmp_path / "form.pdf"))

    assert all(f"共 {PAGES.get(name, 1)} 页" in page for page in pages)


@pytest.mark.parametrize("name", CASES)
def test_a_character_that_no_font_has_is_refused(name, tmp_path):
    strange = samples.OFFICE.__class__("五当召镇", "五当召镇", "五当召镇\U0001f642")

    with pytest.raises(UserError, match=r"U\+1F642"):
        printed(name, tmp_path / "form.pdf", strange)

    assert list(tmp_path.iterdir()) == []
