"""An office without the program gets a list in the bundle that Excel opens, and nothing private."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from deputydesk.errors import Cancelled, FieldError, UserError
from deputydesk.exchange import bundle_file, cards, joining, open_list, receiving, sending, xlsx
from deputydesk.exchange.bundle_file import Refused
from deputydesk.models.choices import Channel
from deputydesk.operations import opinions, partners, petitions, suggestions, voter_sharing
from deputydesk.operations.partners import Role
from tests import make
from tests.exchange import carriers

DAY = carriers.NOW.date()
WORDS = "three-horses"


@pytest.fixture
def town(tmp_path):
    """A township whose district has no program."""
    made = carriers.created(tmp_path / "t", "T1")
    made.do(partners.enrol_without, code=" SGQ ", name="石拐区", role=Role.PARENT)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def book_in(bundle):
    with zipfile.ZipFile(bundle) as archive:
        return load_workbook(io.BytesIO(archive.read("明细.xlsx")))


def letter_in(bundle) -> str:
    with zipfile.ZipFile(bundle) as archive:
        return archive.read("说明.txt").decode()


def texts(book) -> str:
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )


def test_the_district_reads_all_that_was_reported_in_excel(town, stick):
    lead = make.deputy(town, name="王伟")
    town.do(suggestions.enter, headline="=1+1 修桥", lead_id=lead, submitted_on=DAY)

    sent = sending.send(town, "SGQ", stick)

    book = book_in(sent.path)
    sheet = book["代表建议"]
    headings = [cell.value for cell in sheet[1]]
    line = dict(zip(headings, sheet[2], strict=True))
    assert line["标题"].value == "=1+1 修桥"
    assert line["标题"].data_type == "s"
    assert line["领衔代表"].value == "王伟"
    assert book.sheetnames[0] == "说明"
    assert "给：石拐区（SGQ）" in texts(book)
    said = letter_in(sent.path)
    for words in ("石拐区（SGQ）", "明细.xlsx", ".zip", "没有加密"):
        assert words in said


def test_the_list_is_signed_like_everything_in_the_bundle(town, stick):
    sent = sending.send(town, "SGQ", stick)

    with bundle_file.read(sent.path, lambda *_: None) as bundle:
        assert "明细.xlsx" in bundle.manifest.members


def test_what_is_private_stands_in_no_list(town, stick):
    town.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    lead = make.deputy(town, name="王伟")
    hear = {"channel": Channel.PHONE, "mandate_id": lead, "voter_phone": "13804720000"}
    town.do(opinions.hear, matter="水压不足", voter_name="葛某", **hear)
    town.do(opinions.hear, matter="邻里纠纷", voter_name="郝某", confidential=True, **hear)
    town.do(petitions.save, reported_on=DAY, matter="补偿款", people=1, voter_name="信某")

    told = texts(book_in(sending.send(town, "SGQ", stick).path))

    assert "水压不足" in told
    for private in ("葛某", "13804720000", "郝某", "邻里纠纷", "补偿款", "信某", "身份证号\n"):
        assert private not in told


def test_nothing_of_what_is_confidential_stands_in_other_sheets_either(town, stick):
    lead, signed = make.deputy(town, name="王伟"), make.deputy(town, name="孙密密")
    secret = {"confidential": True, "lead_id": lead, "submitted_on": DAY}
    town.do(suggestions.enter, headline="举报某矿污染", cosigner_ids=(signed,), **secret)
    town.do(suggestions.enter, headline="修桥", lead_id=lead, submitted_on=DAY)

    told = texts(book_in(sending.send(town, "SGQ", stick).path))

    assert "修桥" in told
    assert "举报某矿污染" not in told
    assert "附议人" not in book_in(next(stick.glob("*.ddb"))).sheetnames


def test_only_records_that_go_to_that_office_are_listed(town, stick, tmp_path):
    other = carriers.created(tmp_path / "o", "T2")
    carriers.enrol(town, carriers.card(other), Role.CHILD)
    town.do(partners.set_listed, code="T2", listed=True)
    make.unit(town, name="镇水管站")

    told = texts(book_in(sending.send(town, "T2", stick).path))

    assert "镇水管站" not in told
    other.close()


def test_a_long_kind_goes_on_in_another_sheet(town, stick, monkeypatch):
    monkeypatch.setattr(open_list, "MOST_LINES", 2)
    for n in range(5):
        make.unit(town, name=f"第{n}站")

    book = book_in(sending.send(town, "SGQ", stick).path)

    found = [name for name in book.sheetnames if name.startswith("承办单位")]
    assert found == ["承办单位", "承办单位2", "承办单位3"]
    assert [book[name].max_row for name in found] == [3, 3, 2]


def test_who_has_the_program_gets_no_list_until_it_is_asked_for(town, stick, tmp_path):
    below = carriers.created(tmp_path / "b", "T3")
    carriers.introduce(below, town)

    def members() -> list[str]:
        with zipfile.ZipFile(sending.send(town, "T3", stick).path) as archive:
            return archive.namelist()

    assert "明细.xlsx" not in members()
    town.do(partners.set_listed, code="T3", listed=True)
    assert "明细.xlsx" in members()
    receiving.receive(below, sending.send(town, "T3", stick).path)
    town.do(partners.set_listed, code="T3", listed=False)
    assert "明细.xlsx" not in members()
    below.close()


def test_nothing_comes_from_who_has_no_card_and_the_card_ends_that(town, stick, tmp_path):
    district = carriers.created(tmp_path / "d", "SGQ")
    carriers.enrol(district, carriers.card(town), Role.CHILD)
    sent = sending.send(district, "T1", stick).path
    with pytest.raises(Refused):
        receiving.receive(town, sent)

    cards.enrol(town, carriers.card(district), Role.PARENT)

    row = town.ask(partners.partner, "SGQ")
    assert (row.listed, row.old) == (False, ())
    receiving.receive(town, sent)
    district.close()


def test_a_second_pc_writes_the_list_too(town, stick, tmp_path):
    path = joining.write(town, stick, WORDS)
    (tmp_path / "second").mkdir()
    second = joining.join(
        tmp_path / "second" / "office.db",
        joining.read(path, WORDS),
        clock=carriers.clock(),
        user=town.user,
    )

    assert second.ask(partners.partner, "SGQ").listed
    second.close()


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [("石拐", "石拐区", "代码由"), ("SGQ", "别的区", "已经登记过"), ("X9", " ", "名称")],
)
def test_an_office_without_a_card_needs_a_name_and_a_code_of_its_own(town, code, name, sentence):
    with pytest.raises(FieldError, match=sentence):
        town.do(partners.enrol_without, code=code, name=name, role=Role.CHILD)

    with pytest.raises(UserError, match="没有登记"):
        town.do(partners.set_listed, code="X9", listed=True)


def test_a_list_given_up_in_the_middle_leaves_nothing(town, tmp_path):
    class Stop:
        def step(self, *_told: object) -> None:
            raise Cancelled

    make.unit(town)
    to = tmp_path / "list.xlsx"

    with pytest.raises(Cancelled):
        town.ask(open_list.write, lambda _scope: True, ("给谁",), to, Stop())

    assert not to.exists()


def test_lines_are_read_as_they_are_written(tmp_path):
    read: list[int] = []

    def lines():
        for n in range(3):
            read.append(n)
            yield (n, date(2026, 11, 23), "=1")

    xlsx.write_all(tmp_path / "a.xlsx", [xlsx.Sheet("表", ("号", "日", "字"), lines())])

    assert read == [0, 1, 2]
    sheet = load_workbook(tmp_path / "a.xlsx")["表"]
    assert [cell.data_type for cell in sheet[2]] == ["n", "d", "s"]
