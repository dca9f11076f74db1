"""The index finds what a comparison of the texts finds, whatever was done to the records."""

from datetime import date

import openpyxl
import pytest
from sqlalchemy import text

from deputydesk.exchange import sheets
from deputydesk.journal.values import models
from deputydesk.models import Mandate, Opinion, Person, Unit, Visit, VisitDeputy
from deputydesk.operations import visits
from deputydesk.search import index, query, spec
from tests import make
from tests.journal import samples
from tests.search.world import World, compared, indexed

SEEDS = range(2)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_index_gives_what_like_gives_after_any_changes(empty_file, tmp_path, seed):
    office = make.copied_office(empty_file, tmp_path)
    world = World(office, seed)
    world.add(250)
    for _ in range(5):
        for _ in range(15):
            world.change()
        assert office.check() == []
        for words in world.queries(30):
            assert office.ask(indexed, words) == office.ask(compared, words), words
            counted = sum(office.ask(query.counts, words).values())
            assert counted == len(office.ask(indexed, words))
    office.rebuild()
    assert office.check() == []
    for words in world.queries(60):
        assert office.ask(indexed, words) == office.ask(compared, words), words
    office.close()


def test_no_kind_of_record_is_forgotten():
    parts = {part.model for parts in spec.PARTS.values() for part in parts}
    parts |= {part.model for part in (*spec.EVERYWHERE, spec.ATTENDED)}
    found, hidden = {*spec.KINDS}, spec.NOT_SEARCHED | spec.WITH_OTHERS

    assert found | parts | hidden == {*models().values()}
    assert found & hidden == parts & hidden == set()
    assert len(found) == len(spec.KINDS)


def ids(office, model, said, limit=None):
    return [one.id for one in office.ask(query.newest, query.words(said), model, limit)]


def test_a_renamed_deputy_and_unit_are_found_by_the_new_name_wherever_they_are_named(office):
    home = make.home(office)
    wang, unit = make.deputy(office, name="王伟"), make.unit(office, name="水务局")
    visit = office.do(
        visits.register, held_on=date(2026, 11, 2), home_id=home, deputy_ids=(wang,), topic="医保"
    )
    opinion = office.do(
        samples.add, Opinion, matter="路灯", mandate_id=wang, unit_id=unit, visit_id=visit
    )
    person = office.ask(lambda session: session.get_one(Mandate, wang).person_id)
    office.do(samples.edit, Person, person, name="单志刚")
    office.do(samples.edit, Unit, unit, name="农牧局")

    assert ids(office, Visit, "dzg") == [visit]
    assert ids(office, Visit, "路灯 单志刚") == [visit]
    assert ids(office, Opinion, "农牧 单志") == [opinion]
    assert ids(office, Visit, "王伟") == ids(office, Opinion, "水务") == []
    office.undo()
    office.undo()
    assert (ids(office, Visit, "王伟"), ids(office, Opinion, "水务")) == ([visit], [opinion])
    assert office.check() == []


def test_a_part_is_found_with_what_it_belongs_to_now(office):
    first, second = samples.visit(office, "道路"), samples.visit(office, "饮水")
    wang = make.deputy(office, name="王伟")
    part = office.do(samples.add, VisitDeputy, visit_id=first, mandate_id=wang)
    office.do(samples.edit, VisitDeputy, part, visit_id=second)

    assert ids(office, Visit, "王伟") == [second]
    office.do(samples.remove, VisitDeputy, part)
    assert ids(office, Visit, "王伟") == []
    office.undo()
    assert ids(office, Visit, "王伟") == [second]


def test_the_newest_day_stands_first_and_a_day_that_changes_is_moved(office):
    days = [date(2026, 3, 5), date(2026, 5, 6), date(2026, 4, 5)]
    march, may, april = (office.do(samples.add, Visit, topic="道路", held_on=day) for day in days)
    assert ids(office, Visit, "道路") == [may, april, march]

    office.do(samples.edit, Visit, march, held_on=date(2026, 6, 1))

    assert ids(office, Visit, "道路", 2) == [march, may]
    assert ids(office, Visit, "2026-06") == [march]
    assert ids(office, Visit, "") == []
    assert office.check() == []


def test_a_record_is_added_in_the_step_that_changes_an_earlier_one_of_its_day(office):
    first, second = ({"matter": words} for words in ("饮水", "道路"))
    office.do(samples.batch, {"T1-1": (Opinion, first), "T1-2": (Opinion, second)}, {}, {})

    office.do(
        samples.batch,
        {"T1-3": (Opinion, {"matter": "路灯"})},
        {"T1-1": (Opinion, {"matter": "饮水管道"})},
        {},
    )

    found = [ids(office, Opinion, said) for said in ("饮水管道", "道路", "路灯")]
    assert found == [["T1-1"], ["T1-2"], ["T1-3"]]


def test_what_is_asked_without_a_word_is_nothing(office):
    samples.visit(office)

    assert office.ask(query.counts, ()) == {}
    assert office.ask(lambda session: list(session.scalars(_where(session)))) == []


def _where(session):
    from sqlalchemy import select

    return select(Visit.id).where(query.condition(session, Visit, ()))


@pytest.mark.parametrize(
    ("meddling", "said"),
    [
        ("update search_doc set text = '改了' where tab = 'visit'", "有一条记录与搜索索引不符"),
        ("delete from search_doc where tab = 'visit'", "有一条记录搜索不到"),
        ("insert into search_doc values (2, 'visit', 'T1-9', '多')", "已经没有的“进家登记”"),
        ("insert into search_doc values (2, 'weather', 'T1-9', '多')", "来历不明"),
        ("insert into search_fts (rowid, tokens) values (5, '多')", "词条与内容不符"),
        ("update search_form set form = ''", "不是本版本编制的"),
    ],
)
def test_an_index_that_was_meddled_with_is_found_and_made_anew(office, meddling, said):
    samples.visit(office)
    with office.data.engine.begin() as behind:
        behind.execute(text(meddling))

    assert said in "".join(fault.message for fault in office.check())
    assert office.ask(index.is_behind) == (
        "insert into search_fts" not in meddling and "update search_doc" not in meddling
    )
    office.renew_search()
    assert office.check() == []
    assert not office.ask(index.is_behind)


def test_an_index_that_can_be_read_no_more_is_a_fault_in_words(office):
    samples.visit(office)
    with office.data.engine.begin() as behind:
        behind.execute(text("drop table search_fts"))

    assert any("词条" in fault.message for fault in office.check())


def test_what_a_sheet_changes_and_adds_is_found(office, tmp_path):
    make.unit(office, name="区水务局")
    path = tmp_path / "单位.xlsx"
    sheets.export(office, "unit", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    place = next(cell.column for cell in sheet[1] if cell.value == "单位名称")
    sheet.cell(2, place, "区水利局")
    sheet.cell(3, place, "区林草局")
    book.save(path)

    sheets.take_in(office, "unit", path)

    found = [len(office.ask(indexed, (word,))) for word in ("水务局", "水利局", "林草局")]
    assert found == [0, 1, 1]
    assert office.check() == []
