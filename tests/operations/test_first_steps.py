"""What a new office has done of what comes first."""

from deputydesk.models.choices import OfficeKind
from deputydesk.operations import first_steps, offices
from tests import make


def test_each_step_is_done_when_its_record_is_there(empty_file, tmp_path):
    office = make.copied_office(empty_file, tmp_path / "new")
    office.do(offices.set_profile, kind=OfficeKind.TOWN, name="五当召镇", district="石拐区")
    before = office.ask(first_steps.done)
    make.profile(office)
    profile = office.ask(first_steps.done)
    make.visit(office, home_id=make.home(office), deputy_id=make.deputy(office))
    after = office.ask(first_steps.done)
    office.close()

    assert before == frozenset()
    assert profile == {"profile"}
    assert after == {"profile", "home", "roster", "visit"}
