"""What happened to a record is told in names and sentences, and can be put back."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.journal import past
from deputydesk.journal.values import models
from deputydesk.models import Mandate, Opinion, Person, Suggestion, Visit
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.models.choices import Channel, HomeLevel, Level
from deputydesk.office import Right, User
from deputydesk.operations import (
    deputies,
    opinions,
    places,
    put_back,
    receptions,
    record_history,
    suggestions,
    trainings,
    visits,
)
from deputydesk.operations.participants import Attendee
from deputydesk.operations.written_checks import RULES
from tests import make
from tests.operations.case import Case

DAY = make.TODAY - timedelta(days=3)


@pytest.fixture
def visited(office):
    """A reception with one deputy; another deputy and another home are there as well."""
    home, other = make.home(office), make.home(office, name="东胜村代表之家")
    first, second = make.deputy(office), make.deputy(office, name="李娜")
    visit = make.visit(office, home, first, held_on=DAY)
    return office, visit, home, other, first, second


def told(office, model, record_id):
    """Of each change: what was done, which field, from what to what."""
    story = office.ask(record_history.story, model.__tablename__, record_id)
    born = {c.deed for c in story.changes if c.is_birth}
    changed = [c for c in story.changes if c.deed not in born]
    return [(c.action, c.what, c.before, c.after) for c in changed]


def change(office, model, record_id, what):
    """The newest change of a field."""
    story = office.ask(record_history.story, model.__tablename__, record_id)
    return next(c for c in story.changes if c.what == what)


def edited(office, visit, home, *deputy_ids, **values):
    office.do(
        visits.edit, visit_id=visit, held_on=DAY, home_id=home, deputy_ids=deputy_ids, **values
    )


def back(office, one):
    office.do(
        put_back.field,
        table=one.table,
        record_id=one.record_id,
        name=one.field,
        until=one.lam - 1,
    )


def test_a_change_is_told_with_names_of_what_is_referred_to_and_with_what_was_done(visited):
    office, visit, _, other, first, second = visited

    edited(office, visit, other, first, second, received=12)

    action = "修改进家接待（11月20日 东胜村代表之家）"
    assert told(office, Visit, visit)[:3] == [
        (action, "代表之家", "五当召镇人大代表之家", "东胜村代表之家"),
        (action, "接待人次", "0", "12"),
        (action, "参加代表", "（新增）", "李娜"),
    ]


def test_a_history_says_who_and_when_and_is_grouped_by_what_was_done(visited):
    office, visit, home, _, _, second = visited
    edited(office, visit, home, second, topic="供水")

    story = office.ask(record_history.story, "visit", visit)

    assert story.kind == "进家登记"
    assert story.name == "2026-11-20 供水"
    newest = [c for c in story.changes if c.deed == story.changes[0].deed]
    assert {(c.user, c.at[:10]) for c in newest} == {("张丽", "2026-11-23")}
    assert [(c.what, c.before, c.after, c.now) for c in newest] == [
        ("主题", "（空）", "供水", "供水"),
        ("参加代表", "（新增）", "李娜", ""),
        ("参加代表", "王伟", "（删除）", ""),
    ]


def test_undoing_and_doing_again_stand_in_the_history_by_their_names(visited):
    office, visit, home, _, first, _ = visited
    edited(office, visit, home, first, topic="供水")
    office.undo()
    office.redo()

    actions = [action for action, *_ in told(office, Visit, visit)]

    title = "修改进家接待（11月20日 五当召镇人大代表之家）"
    assert actions == [f"重做：{title}", f"撤销：{title}", title]


def test_a_deleted_record_that_was_brought_back_says_both(visited):
    office, visit, *_ = visited
    office.do(receptions.remove, visit_ids=(visit,))
    gone = office.ask(record_history.story, "visit", visit)
    office.undo()

    said = told(office, Visit, visit)

    assert (gone.changes[0].what, gone.changes[0].after) == ("本条进家登记", "（删除）")
    assert [line for line in said if line[1] == "本条进家登记"] == [
        (said[0][0], "本条进家登记", "（恢复）", "2026-11-20 五当召镇人大代表之家"),
        (said[2][0], "本条进家登记", "2026-11-20 五当召镇人大代表之家", "（删除）"),
    ]


def test_what_people_see_of_a_deputy_stands_in_the_history_of_the_seat_too(office):
    mandate = make.deputy(office)
    home = make.home(office)
    office.do(deputies.edit, mandate_id=mandate, name="王玮", level=Level.TOWN, home_id=home)

    assert ("修改代表信息（王玮）", "姓名", "王伟", "王玮") in told(office, Mandate, mandate)
    assert ("修改代表信息（王玮）", "所在代表之家", "（空）", "五当召镇人大代表之家") in told(
        office, Mandate, mandate
    )


def test_choices_flags_days_and_amounts_are_told_in_words(demo_office):
    for model in models().values():
        table = model.__tablename__
        found = demo_office.ask(_first, model)
        if found:
            for one in demo_office.ask(record_history.story, table, found).changes:
                assert one.what
                assert one.before, one
                assert one.after, one
                assert f"{table}-" not in one.after


def _first(session, model):
    return session.query(model.id).limit(1).scalar()


def test_a_value_is_put_back_and_that_is_undone(visited):
    office, visit, home, other, first, _ = visited
    edited(office, visit, other, first, topic="供水")

    back(office, change(office, Visit, visit, "代表之家"))

    row = office.ask(visits.rows, visit_id=visit)[0]
    assert (row.home_id, row.topic) == (home, "供水")
    assert told(office, Visit, visit)[0] == (
        "恢复原来的值（进家登记 2026-11-20 供水：代表之家）",
        "代表之家",
        "东胜村代表之家",
        "五当召镇人大代表之家",
    )
    office.undo()
    assert office.ask(visits.rows, visit_id=visit)[0].home_id == other
    assert office.check() == []


def test_putting_back_what_stands_there_already_is_refused(visited):
    office, visit, home, _, first, _ = visited
    edited(office, visit, home, first, topic="供水")
    one = change(office, Visit, visit, "主题")
    back(office, one)

    with pytest.raises(UserError, match="现在就是这个值"):
        back(office, one)


def test_an_earlier_value_meets_the_checks_of_the_form(office):
    home = make.home(office)
    deputy = make.deputy(office)
    visit = make.visit(office, home, deputy, held_on=DAY)
    opinion = office.do(opinions.hear, channel=Channel.HOME, matter="路灯", visit_id=visit)
    office.do(opinions.edit, opinion_id=opinion, matter="路灯不亮", heard_on=DAY)
    one = change(office, Opinion, opinion, "反映事项")

    back(office, one)

    [row] = office.ask(opinions.rows, today=make.TODAY, ids=(opinion,))
    assert row.matter == "路灯"
    born = next(
        c
        for c in office.ask(record_history.story, "opinion", opinion).changes
        if c.is_birth and c.what == "反映事项"
    )
    with pytest.raises(FieldError, match="不能是空的"):
        back(office, born)


def test_a_record_is_put_back_whole_with_those_who_took_part(visited):
    office, visit, home, other, _, second = visited
    until = change(office, Visit, visit, "参加代表").until
    edited(office, visit, other, second, topic="供水", received=7)

    office.do(put_back.whole, table="visit", record_id=visit, until=until)

    row = office.ask(visits.rows, visit_id=visit)[0]
    assert (row.home_id, row.topic, row.received, row.deputies) == (home, "", 0, ("王伟",))
    office.undo()
    row = office.ask(visits.rows, visit_id=visit)[0]
    assert (row.home_id, row.topic, row.deputies) == (other, "供水", ("李娜",))
    assert office.check() == []


def test_a_record_that_is_as_it_was_is_not_put_back(visited):
    office, visit, *_ = visited
    until = change(office, Visit, visit, "参加代表").until

    with pytest.raises(UserError, match="现在和当时一样"):
        office.do(put_back.whole, table="visit", record_id=visit, until=until)


def test_what_a_deputy_did_at_a_training_goes_back_with_it(office):
    deputy = make.deputy(office)
    values = {
        "topic": "预算审查",
        "held_on": DAY,
        "level": next(iter(TrainingLevel)),
        "form": next(iter(TrainingForm)),
    }
    training = office.do(trainings.save, attendees=(Attendee(deputy),), **values)
    until = office.ask(record_history.story, "training", training).changes[0].until
    office.do(
        trainings.save,
        record_id=training,
        attendees=(Attendee(deputy, half_days=2),),
        **(values | {"topic": "决算审查"}),
    )

    office.do(put_back.whole, table="training", record_id=training, until=until)

    [row] = office.ask(trainings.rows)
    assert row.topic == "预算审查"
    assert [a.half_days for a in row.attendees] == [0]


@pytest.fixture
def submitted(office):
    """A suggestion that went from the draft to being submitted."""
    deputy = make.deputy(office)
    suggestion = office.do(suggestions.create, headline="修路", lead_id=deputy)
    office.do(suggestions.submit, suggestion_id=suggestion, submitted_on=DAY)
    return office, suggestion


def test_a_state_is_not_set_by_hand(submitted):
    office, suggestion = submitted
    one = change(office, Suggestion, suggestion, "状态")

    with pytest.raises(FieldError, match="由办理步骤填写"):
        back(office, one)


def test_a_day_that_a_step_wrote_is_not_put_back_alone(submitted):
    office, suggestion = submitted
    one = change(office, Suggestion, suggestion, "提出日期")

    with pytest.raises(FieldError, match="由办理步骤填写"):
        back(office, one)


def test_a_record_is_not_put_back_over_a_step_of_its_life(submitted):
    office, suggestion = submitted
    story = office.ask(record_history.story, "suggestion", suggestion)

    with pytest.raises(UserError, match="当时的状态是“草稿”，现在是“已提交”"):
        office.do(
            put_back.whole,
            table="suggestion",
            record_id=suggestion,
            until=story.changes[-1].until,
        )


def test_a_headline_is_put_back_through_the_checks_of_its_form(submitted):
    office, suggestion = submitted
    office.do(suggestions.edit, suggestion_id=suggestion, headline="修桥")

    back(office, change(office, Suggestion, suggestion, "标题"))

    [row] = office.ask(suggestions.rows, today=make.TODAY, ids=(suggestion,))
    assert row.headline == "修路"


def test_who_may_not_do_it_may_not_put_it_back(submitted):
    office, suggestion = submitted
    office.do(suggestions.edit, suggestion_id=suggestion, headline="修桥")
    one = change(office, Suggestion, suggestion, "标题")
    office.user = User("李强", frozenset({Right.HANDLE}))

    with pytest.raises(NotAllowed):
        back(office, one)


def test_a_kind_of_which_the_form_needs_more_rights_needs_them_here(office):
    home = make.home(office)
    office.do(
        places.edit_home,
        home_id=home,
        name="代表之家二",
        level=HomeLevel.TOWN,
    )
    one = next(
        c for c in office.ask(record_history.story, "home", home).changes if c.what == "名称"
    )
    office.user = User("李强", frozenset({Right.REGISTER}))

    with pytest.raises(NotAllowed, match="修改代表之家"):
        back(office, one)


def test_a_rule_in_force_is_not_rewritten(demo_office):
    kind = next(kind for kind in RULES if demo_office.ask(_first, kind))
    found = demo_office.ask(_first, kind)
    born = demo_office.ask(record_history.story, kind.__tablename__, found).changes[0]

    with pytest.raises(UserError, match="已经生效"):
        back(demo_office, born)


def test_what_is_named_must_be_there(office):
    mandate = make.deputy(office)
    home, other = make.home(office), make.home(office, name="东胜村代表之家")
    for place in (home, other):
        office.do(deputies.edit, mandate_id=mandate, name="王伟", level=Level.TOWN, home_id=place)
    one = change(office, Mandate, mandate, "所在代表之家")
    office.do(places.remove_homes, ids=(home,))

    with pytest.raises(FieldError, match="代表之家“五当召镇人大代表之家”已被删除"):
        back(office, one)


def test_a_person_is_put_back_from_the_history_of_the_seat(office):
    mandate = make.deputy(office)
    office.do(deputies.edit, mandate_id=mandate, name="王玮", level=Level.TOWN)
    one = change(office, Mandate, mandate, "姓名")

    back(office, one)

    assert one.table == Person.__tablename__
    assert office.ask(deputies.one, mandate).name == "王伟"


@pytest.fixture
def statements(office):
    """What is asked of the database, as it is asked."""
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(office.data.engine, "before_cursor_execute", note)
    yield asked
    event.remove(office.data.engine, "before_cursor_execute", note)


def test_parts_are_looked_for_once_a_generation_however_many_there_are(office, statements):
    case = Case.assigned(office)
    statements.clear()

    parts = office.ask(record_history.parts_in, Suggestion, case.id)

    assert {table for table, _ in parts} >= {"assignment"}
    assert len(statements) <= 4  # the suggestion's, the assignments', their extensions', files


@pytest.mark.parametrize("few", [0, 24])
def test_an_id_within_a_longer_one_or_in_another_field_is_not_taken_for_it(
    office, few, monkeypatch
):
    monkeypatch.setattr(past, "FEW", few)
    case = Case.entered(office, cosigners=1)
    short = case.id[: len(case.id) - 1]
    unit = make.unit(office, name=case.id)  # its name says the id of the suggestion

    named = office.ask(past.naming, {("cosigner", "suggestion_id"): {short}})
    assert named == set()

    elsewhere = {("unit", "short_name"): {case.id}, ("cosigner", "suggestion_id"): {case.id}}
    assert {tab for tab, _ in office.ask(past.naming, elsewhere)} == {"cosigner"}
    assert office.ask(past.naming, {("unit", "name"): {case.id}}) == {("unit", unit)}
    assert office.ask(past.naming, {("unit", "name"): set()}) == set()
