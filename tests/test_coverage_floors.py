"""What `dev.py test` says of lines that tests do not reach."""

import json

import pytest

from tests import coverage_floors


@pytest.fixture
def report(tmp_path):
    """Two files, as coverage reports them; one is on Windows, the other lacks a line in four."""

    def of(covered: int, missing: list[int]) -> dict[str, object]:
        summary = {"num_statements": covered + len(missing), "covered_lines": covered}
        return {"summary": summary, "missing_lines": missing}

    files = {"deputydesk\\rules\\dates.py": of(5, []), "deputydesk/ui/page.py": of(3, [7])}
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps({"files": files}), encoding="utf-8")
    return path


def test_places_that_reach_their_floors_are_enough(report, capsys):
    assert coverage_floors.check(report, {"deputydesk/rules/": 100, "deputydesk/ui/": 75})

    assert capsys.readouterr().out.split("\n")[:2] == [
        f"ok   {'deputydesk/rules/':28} 5/5 lines, floor 100 %",
        f"ok   {'deputydesk/ui/':28} 3/4 lines, floor 75 %",
    ]


def test_a_place_below_its_floor_is_named_with_the_lines_missed(report, capsys):
    assert not coverage_floors.check(report, {"deputydesk/ui/": 76, "deputydesk/rules/": 100})

    said = capsys.readouterr().out
    assert "LOW  deputydesk/ui/" in said
    assert "deputydesk/ui/page.py: 7\n" in said


def test_a_floor_of_a_place_that_is_no_more_is_not_reached(report):
    assert not coverage_floors.check(report, {"deputydesk/gone.py": 0})


def test_every_floor_is_of_a_place_that_is_there():
    places = coverage_floors.floors()

    assert [place for place in places if not (coverage_floors.REPO / place).exists()] == []
    assert places
