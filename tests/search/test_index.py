"""The index finds what a comparison of the texts finds, whatever was done to the records."""

import pytest

from deputydesk.journal.values import models
from deputydesk.search import spec
from tests import make
from tests.operations import every_case, every_duty
from tests.search.world import World, compared, indexed


@pytest.mark.parametrize("seed", range(3))
def test_the_index_gives_what_like_gives_after_any_changes(empty_file, tmp_path, seed):
    office = make.copied_office(empty_file, tmp_path)
    world = World(office, seed)
    world.add(400)
    for _ in range(12):
        for _ in range(10):
            world.change()
        assert office.check() == []
        for words in world.queries(40):
            assert office.ask(indexed, words) == office.ask(compared, words), words
    office.rebuild()
    assert office.check() == []
    for words in world.queries(100):
        assert office.ask(indexed, words) == office.ask(compared, words), words
    office.close()
