from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models import ElectoralDistrict
from deputydesk.models.choices import EndReason, Level
from deputydesk.office import Right, operation
from deputydesk.operations import (
    by_elections,
    deputies,
    electoral_districts,
    todo,
    vacancies,
)
from deputydesk.rules.vacancy_flow import VacancyState as S
from tests import make

ENDED = date(2026, 3, 2)


@operation(Right.SETUP, "名额样例")
def give_seats(tx, *, district_id, seats):
    tx.session.get(ElectoralDistrict, district_id).seats = seats


def seat(office, *, level=Level.TOWN, name="王伟"):
    district = office.do(electoral_districts.save, name="第3选区", level=level)
    home = make.home(office)
    mandate = office.do(
        deputies.add,
        name=name,
        level=level,
        town="五当召镇",
        electoral_district_id=district,
        home_id=home,
        started_on=date(2022, 1, 5),
    )
    return district, mandate


def ended(office, mandate, reason=EndReason.MOVED):
    return office.do(vacancies.end, mandate_id=mandate, ended_on=ENDED, reason=reason)


def called(office, *, level=Level.TOWN):
    _, mandate = seat(office, level=level)
    vacancy = ended(office, mandate)
    office.do(vacancies.review, vacancy_id=vacancy, reviewed_on=date(2026, 3, 5))
    office.do(vacancies.confirm, vacancy_id=vacancy, confirmed_on=date(2026, 3, 10))
    office.do(
        vacancies.announce,
        vacancy_id=vacancy,
        announcement_no="公告〔2026〕1号",
        announced_on=date(2026, 3, 11),
    )
    office.do(by_elections.call, vacancy_id=vacancy, candidates=("高 娃",), voters=900)
    return vacancy


def vote(office, vacancy, **counts):
    office.do(
        by_elections.elect,
        **{
            "vacancy_id": vacancy,
            "voters": 900,
            "issued": 700,
            "returned": 690,
            "valid": 680,
            "winner": "高娃",
            "winner_votes": 600,
            "election_on": date(2026, 4, 20),
        }
        | counts,
    )


def row_of(office):
    [row] = office.ask(vacancies.rows)
    return row


def test_a_seat_is_filled_from_the_end_of_a_mandate_to_the_new_deputy(office):
    vacancy = called(office)
    vote(office, vacancy)
    office.do(by_elections.examine, vacancy_id=vacancy, examined_on=date(2026, 4, 22))
    mandate = office.do(
        by_elections.fill,
        vacancy_id=vacancy,
        elected_announcement_no="公告〔2026〕2号",
        elected_announced_on=date(2026, 4, 25),
    )

    row = row_of(office)
    assert (row.state, row.is_filled, row.elected_id) == (S.FILLED, True, mandate)
    assert (row.name, row.district, row.reason) == ("王伟", "第3选区", "迁出或调离")
    assert row.end_reason is EndReason.MOVED
    new = office.ask(deputies.one, mandate)
    assert (new.name, new.level, new.started_on) == ("高娃", Level.TOWN, date(2026, 4, 25))
    assert (new.town, new.district, new.home) == ("五当召镇", "第3选区", "五当召镇人大代表之家")
    assert office.undo().about == "王伟 → 高娃"
    assert office.ask(vacancies.rows, year=2025) == []


def test_each_step_waits_on_todays_list(office):
    _, mandate = seat(office)
    ended(office, mandate)

    [line] = [t for t in office.ask(todo.todos, make.TODAY) if t.table == "vacancy"]
    assert line.text == "代表资格审查：第3选区（原代表王伟）"


def test_the_winner_may_sit_at_another_level_already(office):
    vacancy = called(office)
    other = office.do(deputies.add, name="高娃", level=Level.DISTRICT)
    wrong = office.do(deputies.add, name="丁一", level=Level.DISTRICT)
    person = office.ask(deputies.one, other).person_id
    vote(office, vacancy)
    office.do(by_elections.examine, vacancy_id=vacancy, examined_on=date(2026, 4, 22))
    with pytest.raises(FieldError, match="当选的是高娃，不是丁一"):
        office.do(
            by_elections.fill,
            vacancy_id=vacancy,
            elected_announcement_no="2号",
            person_id=office.ask(deputies.one, wrong).person_id,
        )

    made = office.do(
        by_elections.fill, vacancy_id=vacancy, elected_announcement_no="2号", person_id=person
    )

    assert office.ask(deputies.one, made).person_id == person


@pytest.mark.parametrize(
    ("counts", "field", "sentence"),
    [
        ({"voters": 0}, "voters", "请填写选民数"),
        ({"issued": 901}, "issued", "发出票数不能多于选民数（900）"),
        ({"returned": 701}, "returned", "选举法第四十四条"),
        ({"valid": 691}, "valid", "有效票数不能多于收回票数（690）"),
        ({"winner_votes": 681}, "winner_votes", "得票不能多于有效票数（680）"),
        ({"winner_votes": -1}, "issued", "票数不能小于0"),
        (
            {"issued": 450, "returned": 450, "valid": 440, "winner_votes": 400},
            "returned",
            "没有超过全体选民900人的半数，选举无效（选举法第四十五条）",
        ),
        ({"winner_votes": 345}, "winner_votes", "没有超过参加投票的690人的半数，不能当选"),
        ({"winner": " "}, "winner", "请填写当选人"),
        ({"election_on": date(2026, 3, 1)}, "election_on", "补选日期不能早于终止公告日期"),
    ],
)
def test_a_count_that_cannot_be_or_elects_nobody_is_refused(office, counts, field, sentence):
    vacancy = called(office)

    with pytest.raises(FieldError, match=sentence) as error:
        vote(office, vacancy, **counts)

    assert error.value.field == field
    assert row_of(office).state is S.CALLED
    assert row_of(office).winner == ""


def test_an_election_without_a_winner_is_held_again(office):
    vacancy = called(office)
    office.do(by_elections.call, vacancy_id=vacancy, candidates=("高娃", "丁一"), note="第二次投票")

    vote(office, vacancy, winner="丁一")

    assert (row_of(office).candidates, row_of(office).note) == (("高娃", "丁一"), "第二次投票")


def test_a_deputy_of_a_higher_congress_needs_more_than_half_of_the_lower_one(office):
    vacancy = called(office, level=Level.CITY)
    with pytest.raises(FieldError, match="没有超过全体代表136人的半数"):
        vote(office, vacancy, voters=136, issued=100, returned=100, valid=100, winner_votes=68)

    vote(office, vacancy, voters=136, issued=100, returned=100, valid=100, winner_votes=69)

    assert row_of(office).state is S.ELECTED


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"candidates": ()}, "candidates"),
        ({"candidates": ("高娃", "高 娃")}, "candidates"),
        ({"candidates": ("高娃",), "voters": 0}, "voters"),
    ],
)
def test_candidates_are_named_once(office, given, field):
    vacancy = called(office)

    with pytest.raises(FieldError) as error:
        office.do(by_elections.call, vacancy_id=vacancy, **given)

    assert error.value.field == field


def test_a_mandate_ends_once_and_the_end_of_a_term_leaves_no_vacancy(office):
    _, mandate = seat(office)
    ended(office, mandate)
    with pytest.raises(UserError, match="王伟的缺额已经登记"):
        office.do(vacancies.save, mandate_id=mandate, arose_on=ENDED, end_reason=EndReason.MOVED)
    other = make.deputy(office, name="高娃")

    assert ended(office, other, EndReason.TERM) == ""
    assert len(office.ask(vacancies.rows)) == 1
    assert office.ask(vacancies.unopened) == []


def test_a_vacancy_is_opened_for_a_mandate_that_ended_elsewhere(office):
    _, mandate = seat(office)
    office.do(deputies.end_mandate, mandate_id=mandate, ended_on=ENDED, reason=EndReason.RESIGNED)
    texts = [t.text for t in office.ask(todo.todos, make.TODAY) if t.table == "vacancy"]
    assert texts == ["1名代表的资格已终止，还没有登记缺额"]

    made = office.do(
        vacancies.save, mandate_id=mandate, arose_on=make.TODAY, end_reason=EndReason.MOVED
    )
    office.do(
        vacancies.save,
        record_id=made,
        mandate_id=mandate,
        arose_on=ENDED,
        end_reason=EndReason.MOVED,
        note="本人书面辞职",
    )

    row = row_of(office)
    assert (row.arose_on, row.reason, row.note) == (ENDED, "辞职", "本人书面辞职")
    with pytest.raises(UserError, match="不能改成别的代表"):
        office.do(
            vacancies.save,
            record_id=made,
            mandate_id=make.deputy(office, name="别人"),
            arose_on=ENDED,
            end_reason=EndReason.MOVED,
        )


def test_registering_a_vacancy_ends_the_mandate_that_runs(office):
    _, mandate = seat(office)

    office.do(vacancies.save, mandate_id=mandate, arose_on=ENDED, end_reason=EndReason.ABSENT)

    assert office.ask(deputies.one, mandate).ended_on == ENDED
    assert row_of(office).reason == "两次未经批准缺席会议"


def test_seats_of_a_constituency_are_filled_or_vacant(office):
    district, mandate = seat(office)
    assert office.ask(vacancies.seats)[0].vacant == 0
    ended(office, mandate)
    assert office.ask(vacancies.seats)[0].vacant == 1

    office.do(give_seats, district_id=district, seats=3)
    office.do(deputies.add, name="高娃", level=Level.TOWN, electoral_district_id=district)
    office.do(electoral_districts.save, name="第4选区", level=Level.TOWN)

    first, second = office.ask(vacancies.seats)
    assert (first.seats, first.filled, first.vacant, first.deputies) == (3, 1, 2, ("高娃",))
    assert (second.district, second.seats, second.vacant) == ("第4选区", None, 0)


def test_a_vacancy_entered_by_mistake_is_removed_and_comes_back(office):
    _, mandate = seat(office)
    vacancy = ended(office, mandate)

    office.do(vacancies.remove, ids=(vacancy,))
    assert office.ask(vacancies.rows) == []

    office.undo()
    assert row_of(office).id == vacancy
