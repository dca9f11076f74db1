"""Notes from phones: registered once, whatever is handed over again; nothing is overwritten."""

from dataclasses import replace
from datetime import date

import pytest

from deputydesk.errors import UserError
from deputydesk.models.choices import Channel, EndReason, Level, LinkMethod, VisitKind
from deputydesk.operations import deputies, opinions, pocket_notes, receptions, visits
from deputydesk.operations.pocket_notes import NoteState
from deputydesk.rules.pocket_notes import Bundle, Note
from tests import make

DAY = date(2026, 11, 20)


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, name="王伟", home_id=home)


@pytest.fixture
def note(deputy, home):
    return Note(
        id="01a21ed257b671029a0891ed887c514d",
        deputy_id=deputy,
        heard_on=DAY,
        home_id=home,
        channel="home",
        matter="路灯不亮",
        detail="东头三盏。",
        voter_name="郝平",
        voter_phone="13804720156",
    )


def looked_at(office, *notes):
    bundle = Bundle("T1", tuple(notes))
    return office.ask(pocket_notes.preview, bundle, today=make.TODAY)


def state(office, note):
    [row] = looked_at(office, note)
    return row.state, row.about


def take(office, *notes, accepted=()):
    return office.do(pocket_notes.take, notes=notes, accepted=accepted)


def heard(office):
    return office.ask(opinions.rows, today=make.TODAY, contacts=True)


def test_a_note_becomes_a_visit_and_an_opinion_with_its_number(office, note, deputy):
    [row] = looked_at(office, note)
    assert (row.state, row.deputy, row.home) == (NoteState.NEW, "王伟", "五当召镇人大代表之家")

    outcome = take(office, note)

    [opinion], [visit] = heard(office), office.ask(visits.rows)
    assert (outcome.added, outcome.same) == (1, 0)
    assert opinion.id == f"T1-{note.id}"
    assert (opinion.matter, opinion.voter.name, opinion.channel) == (
        "路灯不亮",
        "郝平",
        Channel.HOME,
    )
    assert (visit.deputies, visit.received, visit.held_on) == (("王伟",), 1, DAY)
    assert office.undo().text == "收代表随手记（新登记1条）"
    assert (heard(office), office.ask(visits.rows)) == ([], [])


def test_taken_in_twice_nothing_changes(office, note):
    take(office, note)
    before = office.check(), heard(office), office.ask(visits.rows)

    assert state(office, note)[0] == NoteState.KNOWN
    outcome = take(office, note)

    assert (outcome.added, outcome.same) == (0, 1)
    assert (office.check(), heard(office), office.ask(visits.rows)) == before


def test_notes_of_one_day_at_one_home_are_one_visit_also_later(office, note):
    other = replace(note, id="1" * 32, matter="饮水")
    later = replace(note, id="2" * 32, matter="医保")

    take(office, note, other)
    take(office, later)

    [visit] = office.ask(visits.rows)
    assert (visit.received, visit.opinions) == (3, 3)


def test_a_visit_that_the_clerk_has_entered_is_not_counted_twice(office, note, deputy, home):
    make.visit(office, home, deputy, held_on=DAY, received=6)

    take(office, note)

    [visit] = office.ask(visits.rows)
    assert (visit.received, visit.opinions) == (6, 1)


def test_a_household_visit_is_a_link_with_voters(office, note, home):
    walk = replace(note, channel="household", home_id="")
    call = replace(note, id="3" * 32, channel="phone")

    take(office, walk, call)

    by_method = {row.method: row for row in office.ask(visits.rows)}
    assert set(by_method) == {LinkMethod.HOUSEHOLD, LinkMethod.PHONE}
    assert all(row.kind == VisitKind.LINK_VOTERS for row in by_method.values())
    assert by_method[LinkMethod.PHONE].place == "五当召镇人大代表之家"


def test_what_was_changed_on_the_phone_is_shown_and_only_taken_if_wanted(office, note, home):
    take(office, note)
    other = make.home(office, name="企业人大代表之家")
    changed = replace(
        note,
        matter="路灯不亮，线杆也歪了，多年没有人修，老人晚上不敢出门",
        home_id=other,
        channel="reception",
        voter_name="",
    )

    kind, about = state(office, changed)
    assert kind == NoteState.CHANGED
    assert "反映事项：“路灯不亮” → “路灯不亮，线杆也歪了，多年没有人修，老人晚上不敢…”" in about
    assert "代表之家：“五当召镇人大代表之家” → “企业人大代表之家”" in about
    assert "渠道：“代表进家接待” → “代表接待岗”" in about
    assert "选民姓名：“郝平” → （空）" in about

    assert take(office, changed).same == 1
    assert heard(office)[0].matter == "路灯不亮"
    assert take(office, changed, accepted=(note.id,)).changed == 1
    assert heard(office)[0].matter == changed.matter
    assert state(office, changed)[0] == NoteState.KNOWN
    assert state(office, note)[0] == NoteState.KNOWN, "an older copy is no change"


def test_what_the_office_corrected_stays_corrected(office, note):
    take(office, note)
    office.do(opinions.edit, opinion_id=f"T1-{note.id}", matter="路灯损坏", voter_name="郝萍")

    assert state(office, note)[0] == NoteState.KNOWN
    take(office, note, accepted=(note.id,))

    assert heard(office)[0].matter == "路灯损坏"


def test_what_was_removed_comes_back_only_if_wanted(office, note):
    take(office, note)
    office.undo()

    kind, about = state(office, note)
    assert (kind, "仍然登记" in about) == (NoteState.REMOVED, True)
    take(office, note)
    assert heard(office) == []

    assert take(office, note, accepted=(note.id,)).added == 1
    assert heard(office)[0].matter == "路灯不亮"
    assert office.check() == []


def test_what_cannot_be_registered_says_why_and_the_rest_is_taken(office, note, deputy):
    gone, suspended = make.deputy(office, name="甲"), make.deputy(office, name="乙")
    new = office.do(deputies.add, name="丙", level=Level.TOWN, started_on=date(2026, 11, 21))
    office.do(
        deputies.end_mandate, mandate_id=gone, ended_on=date(2026, 5, 1), reason=EndReason.MOVED
    )
    office.do(deputies.set_suspended, mandate_id=suspended, suspended=True)
    bad = {
        "名册里没有这名代表": {"deputy_id": "T1-x"},
        "渠道不对": {"channel": "letter"},
        "日期晚于今天": {"heard_on": date(2026, 11, 24)},
        "已不在任": {"deputy_id": gone},
        "暂停执行职务": {"deputy_id": suspended},
        "还没有当选": {"deputy_id": new},
        "没有写明在哪个代表之家": {"home_id": ""},
    }
    notes = [replace(note, id=f"{n:032x}", **changed) for n, changed in enumerate(bad.values(), 1)]

    for row, sentence in zip(looked_at(office, *notes), bad, strict=True):
        assert (row.state, sentence in row.about) == (NoteState.UNFIT, True), row

    outcome = take(office, *notes, note)
    assert (outcome.added, outcome.unfit) == (1, 7)
    assert len(heard(office)) == 1


def test_a_known_note_that_has_become_unfit_changes_nothing(office, note, deputy):
    take(office, note)
    office.do(deputies.set_suspended, mandate_id=deputy, suspended=True)

    assert state(office, replace(note, matter="改了"))[0] == NoteState.UNFIT


def test_another_offices_notes_are_refused(office, note):
    with pytest.raises(UserError, match="其他单位（代码 T2）的代表随手记"):
        office.ask(pocket_notes.preview, Bundle("T2", (note,)), today=make.TODAY)


def test_what_the_operation_refuses_names_the_note(office, note):
    with pytest.raises(UserError, match="“ ”：请填写反映事项"):
        take(office, replace(note, matter=" "))

    assert office.ask(visits.rows) == []


def test_a_reception_registered_from_a_phone_is_edited_like_any_other(office, note):
    take(office, note)
    [visit] = office.ask(visits.rows)

    [said] = office.ask(receptions.heard, visit.id)

    assert (said.matter, said.voter_phone) == ("路灯不亮", "13804720156")
