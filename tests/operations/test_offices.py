import pytest

from deputydesk.errors import FieldError
from deputydesk.journal import undo
from deputydesk.models.choices import OfficeKind
from deputydesk.operations import offices
from tests import make


def test_an_office_has_no_profile_before_the_first_questions(tmp_path):
    office = make.empty_office(tmp_path)

    assert office.ask(offices.profile) is None
    office.close()


def test_the_kind_decides_the_organ(office):
    kinds = {
        OfficeKind.TOWN: ("五当召镇人大主席团", "石拐区五当召镇人民代表大会主席团"),
        OfficeKind.STREET: ("石拐街道人大工委", "石拐区人大常委会石拐街道工作委员会"),
        OfficeKind.DISTRICT: ("石拐区人大常委会", "石拐区人民代表大会常务委员会"),
    }
    names = {
        OfficeKind.TOWN: "五当召镇",
        OfficeKind.STREET: "石拐街道",
        OfficeKind.DISTRICT: "石拐区",
    }

    for kind, (short, full) in kinds.items():
        make.profile(office, kind=kind, name=names[kind])

        organ = office.ask(offices.profile).organ
        assert (organ.short, organ.full) == (short, full)


def test_a_street_never_has_a_presidium_or_a_congress_of_its_own(office):
    make.profile(office, kind=OfficeKind.STREET, name="石拐街道")

    organ = office.ask(offices.profile).organ

    assert "主席团" not in organ.short + organ.full + organ.assigner
    assert organ.own_level == "district"
    assert not organ.has_congress


def test_name_and_district_must_be_filled_in(office):
    with pytest.raises(FieldError, match="请填写单位名称") as error:
        office.do(offices.set_profile, kind=OfficeKind.TOWN, name=" ", district="石拐区")
    assert error.value.field == "name"

    with pytest.raises(FieldError, match="请填写所属旗县区"):
        office.do(offices.set_profile, kind=OfficeKind.TOWN, name="五当召镇")


def test_how_an_office_was_called_first_is_not_undone_but_a_later_name_is(tmp_path):
    office = make.empty_office(tmp_path)
    office.do(offices.found, kind=OfficeKind.TOWN, name="五当召镇", district="石拐区")
    at_first = office.ask(undo.undoable, office.user.name)
    office.do(offices.set_profile, kind=OfficeKind.TOWN, name="五当召", district="石拐区")

    office.undo()

    assert at_first is None
    assert office.ask(offices.profile).name == "五当召镇"
    office.close()


def test_an_office_without_a_code_gets_one_of_its_own():
    codes = {offices.random_code() for _ in range(50)}

    assert len(codes) == 50
    assert all(len(code) == 10 and code.isalnum() for code in codes)
