"""What lies sealed beside encrypted data is looked through when somebody is erased, as in clear."""

import json

import pytest

from deputydesk.database import data_keys
from deputydesk.errors import NeedsPassword
from deputydesk.exchange import cut_off, erasing
from deputydesk.models.choices import Channel
from deputydesk.office import Office
from deputydesk.operations import erasing as operations
from deputydesk.operations import opinions
from deputydesk.security import veil
from deputydesk.security.veil import Veil
from tests import clear_text, locked, make

NAME, PHONE = "葛某某某", "13804720000"
VIEWS = {
    "意见列表": {
        "layout": {"order": ["事项"]},
        "views": [
            {"name": "葛的", "words": NAME, "filters": []},
            {"name": "电话", "words": "", "filters": [{"column": "电话", "text": PHONE}]},
            {"name": "道路", "words": "道路", "filters": []},
        ],
    },
    "代表列表": {"layout": None},
}


def beside(office):
    return office.data.path.parent


def sealing(office):
    return Veil.of(office.data.key)


def keep(office, name, told):
    """Write a file as the window does."""
    text = json.dumps(told, ensure_ascii=False)
    (beside(office) / name).parent.mkdir(exist_ok=True)
    (beside(office) / name).write_text(sealing(office).sealed(text), encoding="utf-8")


def kept(office, name):
    return json.loads(sealing(office).unsealed((beside(office) / name).read_text("utf-8")))


@pytest.fixture
def voter(either_office):
    return heard(either_office)


def heard(office):
    """Somebody who was heard, of whom drafts and views of lists speak."""
    make.home(office)
    office.do(
        opinions.hear,
        channel=Channel.PHONE,
        matter="水压不足",
        voter_name=NAME,
        voter_phone=PHONE,
    )
    keep(office, "drafts/opinion-new.json", {"values": {"name": NAME}})
    keep(office, "drafts/visit-new.json", {"values": {"topic": "道路"}})
    keep(office, veil.LISTS, VIEWS)
    return office.ask(operations.voters, NAME)[0].id


def gone(office):
    assert [file.name for file in (beside(office) / "drafts").iterdir()] == ["visit-new.json"]
    lists = kept(office, veil.LISTS)
    assert [view["name"] for view in lists["意见列表"]["views"]] == ["道路"]
    assert lists["意见列表"]["layout"] == {"order": ["事项"]}
    assert lists["代表列表"] == {"layout": None}
    assert not (beside(office) / veil.ERASING).exists()
    assert clear_text.saying(beside(office), NAME, PHONE) == []


def test_drafts_and_views_that_name_somebody_go_with_them(either_office, voter):
    erasing.erase(either_office, "voter", voter, beside(either_office))

    gone(either_office)


def test_views_that_name_nobody_are_not_written_anew(either_office, voter):
    keep(either_office, veil.LISTS, {"代表列表": {"views": [{"name": "道路"}]}})
    before = (beside(either_office) / veil.LISTS).read_bytes()

    erasing.erase(either_office, "voter", voter, beside(either_office))

    assert (beside(either_office) / veil.LISTS).read_bytes() == before


@pytest.mark.parametrize("told", [[1], {"意见列表": 1}, {"意见列表": {"views": 1}}])
def test_a_broken_file_of_views_stops_nothing(either_office, voter, told):
    keep(either_office, veil.LISTS, told)

    erasing.erase(either_office, "voter", voter, beside(either_office))

    assert kept(either_office, veil.LISTS) == told


class Killed(BaseException):
    """The power goes."""


def test_an_erasing_that_was_cut_off_says_no_name_and_goes_on_after_the_password(
    locked_office, monkeypatch
):
    office, voter = locked_office, heard(locked_office)

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_cleaned", killed)
        with pytest.raises(Killed):
            erasing.erase(office, "voter", voter, beside(office))
    assert [set(one.words) for one in cut_off.noted(office)] == [{NAME, PHONE}]
    assert clear_text.saying(beside(office), NAME, PHONE) == []
    path = office.data.path
    office.close()
    data_keys.forget()
    with pytest.raises(NeedsPassword):
        Office.open(path, clock=make.at(), user=make.CLERK)
    data_keys.unlock(path, locked.PASSWORD)

    again = Office.open(path, clock=make.at(), user=make.CLERK)
    erasing.finish(again)

    gone(again)
    again.close()
