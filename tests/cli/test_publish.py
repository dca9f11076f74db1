import json

import pytest

from deputydesk.cli import main
from tests import make


@pytest.fixture
def desk(office, capsys):
    make.home(office)
    make.deputy(office)
    where = str(office.data.path)
    office.close()

    def run(*words, status=0):
        assert main([*words, "--office", where, "--json"], clock=make.at()) == status
        return json.loads(capsys.readouterr().out)

    return run


def test_without_a_folder_it_only_checks(desk):
    said = desk("publish")

    assert said["counts"]["published"] == 1
    assert {line["kind"] for line in said["lines"]} == {"published", "note"}


def test_it_writes_once_the_check_was_confirmed(desk, tmp_path):
    to = tmp_path / "网页"

    refused = desk("publish", "--to", str(to), status=1)
    assert "请先看过检查结果再发布" in refused["error"]
    assert not to.exists()

    said = desk("publish", "--to", str(to), "--yes", "--weixin", "--since", "2026-01-01")
    assert len(said["files"]) == len(list(to.iterdir())) == 3

    again = desk("publish", "--to", str(to), "--yes", "--home", "五当召镇人大代表之家")
    assert len(again["removed"]) == 1


def test_a_home_that_is_not_there_is_a_sentence(desk):
    assert desk("publish", "--home", "别家", status=1)["error"] == "没有“别家”这个代表之家。"
