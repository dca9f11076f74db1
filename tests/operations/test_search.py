from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deputydesk.models import Activity, Leave, Petition, Regulation
from deputydesk.models.choices import Channel
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import evaluations, opinions, search, suggestions, visits
from tests import make
from tests.journal import samples

RARE = "𬱖𫖮"
LONG = "嘉木样·洛桑久美·图丹却吉尼玛"


@pytest.fixture
def full(office):
    """An office with one record of each kind that search knows."""
    home = make.home(office)
    deputy = make.deputy(office, name=LONG, home_id=home)
    make.deputy(office, name=RARE)
    make.unit(office, name="区水务局")
    office.do(
        visits.register, held_on=date(2026, 11, 2), home_id=home, deputy_ids=(deputy,), topic="医保"
    )
    office.do(
        opinions.hear,
        channel=Channel.HOME,
        matter="路灯不亮",
        heard_on=date(2026, 11, 2),
        mandate_id=deputy,
        voter_name="郝平",
        voter_phone="13804720156",
    )
    office.do(suggestions.enter, headline="关于修建100%硬化路的建议", lead_id=deputy)
    office.do(evaluations.prepare, name="年终测评", held_on=date(2026, 11, 2), deputy_ids=(deputy,))
    return office


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        (RARE, "代表", RARE),
        (RARE[1], "代表", RARE),
        (LONG, "代表", LONG),
        ("洛桑久美图丹", "代表", LONG),
        ("jmylsjmtdqjnm", "代表", LONG),
        ("水务", "承办单位", "区水务局"),
        ("路灯", "选民意见", "路灯不亮"),
        ("郝平", "选民意见", "路灯不亮"),
        ("0156", "选民意见", "路灯不亮"),
        ("１３８０", "选民意见", "路灯不亮"),
        ("硬化路", "代表建议", "关于修建100%硬化路的建议"),
        ("100%", "代表建议", "关于修建100%硬化路的建议"),
        ("医保", "进家登记", "2026-11-02 接待选民"),
        ("五当召 之家", "代表之家", "五当召镇人大代表之家"),
        ("年终", "述职测评", "年终测评"),
    ],
)
def test_records_are_found_by_name_initials_number_and_text(full, text, kind, title):
    hits = full.ask(search.find, text)

    assert (kind, title) in [(hit.kind, hit.title) for hit in hits]


def test_every_word_must_occur(full):
    assert full.ask(search.find, "硬化路 茶叶") == []
    assert full.ask(search.find, "_") == []
    assert full.ask(search.find, "   ") == []


def test_no_more_is_listed_than_a_person_looks_through(office):
    for number in range(search.LIMIT + 5):
        make.unit(office, name=f"第{number}水务局")

    assert len(office.ask(search.find, "水务")) == search.LIMIT


@settings(max_examples=60)
@given(text=st.text(max_size=12))
def test_nothing_that_can_be_typed_breaks_the_search(text, empty_file, tmp_path_factory):
    office = make.copied_office(empty_file, tmp_path_factory.mktemp("search"))

    assert office.ask(search.find, text) == []
    office.close()


@operation(Right.REGISTER, "登记样例")
def keep_some(tx: Tx) -> str:
    tx.session.add(Regulation(name="代表履职守则", document_no="人大〔2026〕3号"))
    tx.session.add(Activity(name="视察饮水工程", held_on=date(2026, 3, 5), organiser="主席团"))
    petition = Petition(matter="宅基地", reported_on=date(2026, 4, 1), detail="一户多宅")
    tx.session.add(petition)
    return petition.id


def test_what_is_kept_in_registers_is_found_by_any_of_its_texts(office):
    petition = office.do(keep_some)

    assert [(h.kind, h.title, h.detail) for h in office.ask(search.find, "饮水 主席团")] == [
        ("代表活动", "视察饮水工程", "2026-03-05")
    ]
    assert [(h.kind, h.title, h.detail) for h in office.ask(search.find, "〔2026〕3号")] == [
        ("制度", "代表履职守则", "")
    ]
    assert [(h.table, h.id) for h in office.ask(search.find, "多宅")] == [("petition", petition)]


@operation(Right.REGISTER, "登记许多样例")
def keep_many(tx: Tx) -> None:
    for number in range(70):
        tx.session.add(Activity(name=f"视察第{number}处", held_on=date(2026, 3, 5)))


def test_registers_give_no_more_than_a_person_looks_through(office):
    office.do(keep_many)

    assert len(office.ask(search.find, "视察")) == search.LIMIT


def test_a_record_without_a_name_is_called_by_whom_it_is_about(office):
    deputy = make.deputy(office, name="王伟")
    office.do(samples.add, Leave, mandate_id=deputy, reason="住院")

    [leave] = [hit for hit in office.ask(search.find, "住院") if hit.table == "leave"]

    assert leave.title == "王伟"
