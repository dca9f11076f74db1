"""Three offices that know each other, and a stick between them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deputydesk.office import Office, User
from tests.exchange import carriers

CODES = ("T1", "T2", "D")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for a stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture(scope="session")
def introduced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a township, another one, their district."""
    folder = tmp_path_factory.mktemp("introduced")
    made = [carriers.created(folder / code, code) for code in CODES]
    for child in made[:2]:
        carriers.introduce(child, made[2])
    for office in made:
        office.close()
    return folder


@pytest.fixture
def offices(introduced: Path, tmp_path: Path) -> Iterator[list[Office]]:
    """A township, another one, their district."""
    for code in CODES:
        shutil.copytree(introduced / code, tmp_path / code)
    made = [
        Office.open(tmp_path / code / "office.db", clock=carriers.clock(), user=User(code))
        for code in CODES
    ]
    yield made
    for office in made:
        office.close()
