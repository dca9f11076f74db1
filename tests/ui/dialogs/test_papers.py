"""The papers of a suggestion: listed, numbered once, looked at."""

import pytest

from deputydesk.models.choices import TalkForm
from deputydesk.operations import document_numbers, talks
from deputydesk.ui.dialogs import papers
from deputydesk.ui.dialogs.papers import PapersDialog, number_dialog
from tests.operations.case import SIGNED, Case


@pytest.fixture
def shown(desk, parent, monkeypatch):
    asked = []
    monkeypatch.setattr(papers, "preview_form", lambda *a: asked.append((a[2], a[3].record_id)))

    def opened(case):
        made = PapersDialog(parent, desk, case.detail)
        made.open()
        return made, asked

    return opened


def test_each_unit_has_its_letter_and_enter_previews_it(office, shown):
    window, asked = shown(Case.assigned(office))

    rows = window.table.selected() or [window.table.current()]
    window.print.click()

    assert rows[0].title == "交办函（转办函）和签收回执"
    assert asked == [("assign_notice", rows[0].record_id)]


def test_a_letter_gets_its_number_once(office, desk, shown):
    window, _ = shown(Case.assigned(office))
    row = window.table.current()

    dialog = number_dialog(window, desk, row, "断头路")
    dialog.form.set_values({"prefix": "五人大函"})
    dialog.save()

    (given,) = office.ask(document_numbers.rows)
    assert (given.record_id, given.number, given.recipient) == (row.record_id, 1, row.to)
    window.table.select(row.id)
    assert window.table.current().number == given.code
    window.give_number()
    assert len(office.ask(document_numbers.rows)) == 1


def test_the_answer_and_the_question_to_the_deputy_are_papers_too(office, desk):
    case = Case.answered(office)

    titles = [row.title for row in papers.papers(desk, case.detail)]

    assert "答复函" in titles


def test_a_talk_an_answer_and_a_promise_have_their_records(office, desk):
    case = Case.handled(office)
    office.do(talks.log, suggestion_id=case.id, form=TalkForm.VISIT, held_on=SIGNED)
    office.do(talks.log, suggestion_id=case.id, form=TalkForm.NONE, held_on=SIGNED)
    case.answer(case.main, "B")

    found = {row.form: row.to for row in papers.papers(desk, case.detail)}

    for form in ("meeting_record", "face_reply_record", "promise_receipt"):
        assert found[form] == "区交通运输局"
    assert found["suggestion_paper"] == "赵春梅"
    assert "供手写" not in found.values()


def test_while_a_unit_works_on_it_records_to_write_by_hand_are_offered(office, shown):
    case = Case.handled(office)

    window, asked = shown(case)
    window.table.select(f"face_reply_record {case.id}")
    window.print.click()

    assert window.table.current().to == "供手写"
    assert asked == [("face_reply_record", case.id)]
