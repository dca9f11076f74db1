"""What every test run has in common: a home of its own, one time zone, no screen."""

import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings

from tests.statements import compile_once

_HOME = tempfile.TemporaryDirectory(prefix="deputydesk-tests-", ignore_cleanup_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a run may be asked for beyond the usual."""
    parser.addoption("--long", action="store_true", help="what takes minutes, too")
    parser.addoption("--monkey", default="", metavar="SEED:ACTIONS", help="one run of the monkey")


def pytest_configure() -> None:
    """Let no test meet the developer's own files, clock zone or screen."""
    home = Path(_HOME.name)
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.update(
        HOME=str(home),
        USERPROFILE=str(home),
        APPDATA=str(home / "AppData" / "Roaming"),
        LOCALAPPDATA=str(home / "AppData" / "Local"),
        XDG_CACHE_HOME=str(home / ".cache"),
        XDG_CONFIG_HOME=str(home / ".config"),
        XDG_DATA_HOME=str(home / ".local" / "share"),
        XDG_RUNTIME_DIR=str(runtime),
        XDG_STATE_HOME=str(home / ".local" / "state"),
        TZ="CST-8",  # China's time, in the form that needs no zone files
    )
    os.environ.pop("DEPUTYDESK_DATA", None)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if hasattr(time, "tzset"):
        time.tzset()
    compile_once()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the home."""
    del config
    _HOME.cleanup()


# Two busy cores: how long an example takes says nothing. A server repeats the same examples.
settings.register_profile(
    "deputydesk",
    deadline=None,
    print_blob=True,
    derandomize=bool(os.environ.get("CI")),
)
settings.register_profile("thorough", settings.get_profile("deputydesk"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "deputydesk"))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data file with all tables and nothing in them."""
    from tests import make

    folder = tmp_path_factory.mktemp("empty")
    make.empty_office(folder).close()
    return folder / "office.db"


@pytest.fixture
def office(office_in_clear):
    """An office whose profile is filled in, in a real file, at a fixed time."""
    return office_in_clear


@pytest.fixture(scope="session")
def encrypted_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `empty_file`, encrypted with `locked.PASSWORD`; its key lies beside it."""
    from tests import locked

    return locked.created(tmp_path_factory.mktemp("encrypted"))


@pytest.fixture
def locked_office(encrypted_file: Path, tmp_path: Path):
    """As `office`, whose data is encrypted; its password was given."""
    from tests import locked, make

    opened = locked.opened(encrypted_file, tmp_path / "office")
    make.profile(opened)
    yield opened
    opened.close()


@pytest.fixture(params=["open", "encrypted"])
def either_office(request: pytest.FixtureRequest):
    """As `office`: once as it is, and once encrypted."""
    is_open = request.param == "open"
    return request.getfixturevalue("office_in_clear" if is_open else "locked_office")


@pytest.fixture
def office_in_clear(empty_file: Path, tmp_path: Path):
    """What `office` is, unless a file of tests has it stand for either."""
    from tests import make

    opened = make.copied_office(empty_file, tmp_path / "office")
    make.profile(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo office's data file; copy it before changing anything."""
    from deputydesk.exchange import demo
    from tests import make

    path = tmp_path_factory.mktemp("demo") / "office.db"
    with demo.created(path, make.at()):
        pass
    return path


@pytest.fixture
def demo_office(demo_file: Path, tmp_path: Path):
    """The demo office on its own day, open on a copy."""
    from deputydesk.exchange import demo_day
    from tests import make

    opened = make.copied_office(demo_file, tmp_path / "demo")
    opened.clock = demo_day.clock_for(demo_file.parent, make.at())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def year_of_duty(empty_file, tmp_path_factory):
    """A data file with the year of duty of five deputies, and who they are."""
    from tests import make
    from tests.operations import duty_case

    made = make.copied_office(empty_file, tmp_path_factory.mktemp("duty"))
    make.profile(made)
    who = duty_case.five(made)
    made.close()
    return made.data.path, who


@pytest.fixture
def duty_office(year_of_duty, tmp_path):
    """An office in which five deputies did a year's duty, on a copy."""
    from tests import make

    opened = make.copied_office(year_of_duty[0], tmp_path / "duty")
    yield opened
    opened.close()


@pytest.fixture
def who(year_of_duty):
    """The five deputies of `duty_office`."""
    return year_of_duty[1]
