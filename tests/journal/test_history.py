"""What people read in the log, and forms that were open while others worked."""

from datetime import date

from deputydesk.journal import history, past
from deputydesk.models import Visit
from deputydesk.models.choices import LinkMethod
from tests.journal import samples


def test_history_of_a_record_says_who_changed_what_from_what_to_what(office):
    visit = samples.visit(office, "甲")
    office.user = samples.LI
    office.do(samples.edit, Visit, visit, topic="乙", method=LinkMethod.PHONE)
    office.do(samples.remove, Visit, visit)
    office.undo()

    rows = office.ask(history.of_record, "visit", visit)

    assert [(row.user, row.kind, row.label, row.before, row.after) for row in rows] == [
        ("张丽", "新建", "日期", "1900-01-01", "2026-11-20"),
        ("张丽", "新建", "主题", "", "甲"),
        ("李强", "修改", "联系方式", "", "phone"),
        ("李强", "修改", "主题", "甲", "乙"),
        ("李强", "删除", "", None, None),
        ("李强", "恢复", "", None, None),
    ]
    assert rows[0].at == "2026-11-23T09:00:00"


def test_two_forms_that_change_different_fields_both_count(office):
    visit = samples.visit(office, "甲")
    seen = office.ask(history.seen, ("visit", visit))
    office.do(samples.edit, Visit, visit, place="村委会")

    office.do_seen(seen, samples.edit, Visit, visit, topic="乙", place="")

    row = office.ask(samples.everything)["visit"][visit]
    assert (row["topic"], row["place"]) == ("乙", "村委会")
    assert office.ask(history.conflicts) == []
    assert office.check() == []


def test_an_outdated_form_that_changed_nothing_changes_nothing(office):
    visit = samples.visit(office, "甲")
    seen = office.ask(history.seen, ("visit", visit))
    office.do(samples.edit, Visit, visit, topic="乙")

    office.do_seen(seen, samples.edit, Visit, visit, topic="甲")

    assert office.ask(samples.topics) == ["乙"]
    assert office.check() == []


def test_two_forms_that_change_one_field_make_a_conflict_until_someone_settles_it(office):
    visit = samples.visit(office, "甲")
    seen = office.ask(history.seen, ("visit", visit))
    office.do(samples.edit, Visit, visit, topic="乙")

    office.do_seen(seen, samples.edit, Visit, visit, topic="丙")

    assert office.ask(samples.topics) == ["丙"]
    assert office.ask(history.conflicts) == [("visit", visit, "topic")]
    assert office.ask(history.values_in_conflict, "visit", visit) == {"topic": ["乙", "丙"]}
    assert office.check() == []

    office.do(samples.edit, Visit, visit, topic="乙和丙")

    assert office.ask(history.conflicts) == []
    assert office.check() == []


def test_two_forms_that_say_the_same_make_no_conflict(office):
    visit = samples.visit(office, "甲")
    seen = office.ask(history.seen, ("visit", visit))
    office.do(samples.edit, Visit, visit, topic="乙")

    office.do_seen(seen, samples.edit, Visit, visit, topic="乙")

    assert office.ask(history.conflicts) == []


def test_a_delete_that_did_not_see_an_edit_leaves_the_row_on_show(office):
    visit = samples.visit(office, "甲")
    seen = office.ask(history.seen, ("visit", visit))
    office.do(samples.edit, Visit, visit, topic="乙")

    office.do_seen(seen, samples.remove, Visit, visit)

    assert office.ask(samples.topics) == ["乙"]
    assert office.check() == []


def test_a_restored_record_has_one_birth_again(office):
    visit = samples.visit(office, "甲")
    office.do(samples.remove, Visit, visit)
    office.undo()

    (heads,) = office.ask(history.seen, ("visit", visit)).values()
    assert len(heads.life) == 1


def test_a_deleted_record_shows_no_conflict(office):
    visit = samples.visit(office, "甲")
    seen = office.ask(history.seen, ("visit", visit))
    office.do(samples.edit, Visit, visit, topic="乙")
    office.do_seen(seen, samples.edit, Visit, visit, topic="丙")

    office.do(samples.remove, Visit, visit)
    gone = office.ask(history.conflicts)
    office.undo()

    assert gone == []
    assert office.ask(history.conflicts) == [("visit", visit, "topic")]
    assert office.check() == []


def test_seen_of_a_record_that_is_not_there_is_nothing(office):
    assert office.ask(history.seen, ("visit", "T1-x")) == {}


def test_a_date_is_kept_as_a_day(office):
    visit = samples.visit(office)
    office.do(samples.edit, Visit, visit, held_on=date(2026, 11, 21))

    office.undo()

    assert office.ask(samples.everything)["visit"][visit]["held_on"] == "2026-11-20"


def test_what_was_erased_for_ever_is_not_among_what_can_come_back(office):
    visit = samples.visit(office)
    office.do(samples.remove, Visit, visit)
    assert [line.key for line in office.ask(past.gone)] == [("visit", visit)]
    with office.data.engine.begin() as behind:
        behind.exec_driver_sql("update sync_change set kind = 'X' where kind = 'D'")

    assert office.ask(past.gone) == []
