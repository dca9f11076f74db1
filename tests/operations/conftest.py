import pytest

from tests import make
from tests.operations import duty_case


@pytest.fixture(scope="session")
def year_of_duty(empty_file, tmp_path_factory):
    """A data file with the year of duty of five deputies, and who they are."""
    made = make.copied_office(empty_file, tmp_path_factory.mktemp("duty"))
    make.profile(made)
    who = duty_case.five(made)
    made.close()
    return made.data.path, who


@pytest.fixture
def duty_office(year_of_duty, tmp_path):
    """An office in which five deputies did a year's duty, on a copy."""
    opened = make.copied_office(year_of_duty[0], tmp_path / "duty")
    yield opened
    opened.close()


@pytest.fixture
def who(year_of_duty):
    """The five deputies of `duty_office`."""
    return year_of_duty[1]
