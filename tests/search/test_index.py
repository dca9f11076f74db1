"""The index finds what a comparison of the texts finds, whatever was done to the records."""

import pytest

from tests import make
from tests.search.world import World, compared, indexed


@pytest.mark.parametrize("seed", range(2))
def test_the_index_gives_what_like_gives_after_any_changes(empty_file, tmp_path, seed):
    office = make.copied_office(empty_file, tmp_path)
    world = World(office, seed)
    world.add(300)
    for _ in range(8):
        for _ in range(10):
            world.change()
        assert office.check() == []
        for words in world.queries(30):
            assert office.ask(indexed, words) == office.ask(compared, words), words
    office.rebuild()
    assert office.check() == []
    for words in world.queries(100):
        assert office.ask(indexed, words) == office.ask(compared, words), words
    office.close()
