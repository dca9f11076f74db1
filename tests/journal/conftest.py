"""An office for each test: a copy of one that was made once."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from deputydesk.office import Office
from tests.journal import samples


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "office.db"
    samples.create(path).close()
    return path


@pytest.fixture
def office(tmp_path, empty_office) -> Iterator[Office]:
    path = shutil.copy(empty_office, tmp_path / "office.db")
    with samples.opened(Path(path)) as opened:
        yield opened


@pytest.fixture(scope="session")
def examples() -> int:
    """How many random pieces of work a test does; each step writes to a disk."""
    return 25


@pytest.fixture(scope="session")
def make_office(tmp_path_factory, empty_office) -> Callable[[], AbstractContextManager[Office]]:
    """For hypothesis: a fresh office for each example."""

    def make() -> AbstractContextManager[Office]:
        path = tmp_path_factory.mktemp("office") / "office.db"
        return samples.opened(Path(shutil.copy(empty_office, path)))

    return make
