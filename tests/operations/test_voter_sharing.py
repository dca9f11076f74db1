"""Whether voters' own data goes up: nobody but the head says so, and it holds from then on."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.exchange import sheets
from deputydesk.models import Voter, VoterSharing
from deputydesk.models.base import scope_of
from deputydesk.models.choices import Channel
from deputydesk.office import Right
from deputydesk.operations import opinions, petitions, voter_sharing

BASIS = "区人大〔2026〕3号，登记时口头告知"


def heard(office, name: str, *, confidential: bool = False) -> str:
    return office.do(
        opinions.hear,
        channel=Channel.PHONE,
        matter="水压不足",
        voter_name=name,
        voter_phone="13804720000",
        confidential=confidential,
    )


def scopes(office) -> dict[str, str]:
    """Where each voter is written down, by name."""
    return office.ask(lambda s: {v.name: scope_of(v.id) for v in s.scalars(select(Voter))})


def test_voters_stay_home_until_somebody_decides_otherwise(office):
    heard(office, "早先")
    assert not office.ask(voter_sharing.sharing).goes_up
    office.do(voter_sharing.decide, goes_up=True, basis=BASIS)
    heard(office, "之后")
    office.do(voter_sharing.decide, goes_up=False)
    heard(office, "再后")

    code = office.code
    assert scopes(office) == {
        "早先": f"{code}.local",
        "之后": f"{code}.voters",
        "再后": f"{code}.local",
    }
    assert office.check() == []


def test_what_was_decided_is_shown_and_can_be_taken_back(office):
    office.do(voter_sharing.decide, goes_up=True, basis=f" {BASIS} ")

    now = office.ask(voter_sharing.sharing)
    assert (now.goes_up, now.basis, now.decided_on) == (True, BASIS, office.clock().date())
    assert office.undo().text == "设定选民资料上报（报上级）"
    assert not office.ask(voter_sharing.sharing).goes_up


def test_without_a_basis_nothing_goes_up(office):
    with pytest.raises(FieldError, match="依据"):
        office.do(voter_sharing.decide, goes_up=True, basis="  ")

    assert office.ask(voter_sharing.sharing) == voter_sharing.SharingRow()


def test_only_a_head_decides_also_by_a_sheet(office, tmp_path):
    office.do(voter_sharing.decide, goes_up=False)
    sheet = tmp_path / "sheet.xlsx"
    sheets.export(office, "voter_sharing", sheet)
    office.user = replace(office.user, rights=frozenset(Right) - {Right.MANAGE})

    with pytest.raises(NotAllowed, match="设定选民资料上报"):
        office.do(voter_sharing.decide, goes_up=True, basis=BASIS)
    with pytest.raises(NotAllowed, match="设定选民资料上报"):
        sheets.take_in(office, "voter_sharing", sheet)


def test_who_asks_for_confidence_and_who_complains_stay_home(office):
    office.do(voter_sharing.decide, goes_up=True, basis=BASIS)

    heard(office, "保密人", confidential=True)
    office.do(
        petitions.save,
        reported_on=office.clock().date(),
        matter="补偿款",
        people=1,
        voter_name="信访人",
    )

    assert scopes(office) == dict.fromkeys(("保密人", "信访人"), f"{office.code}.local")


def test_who_asks_for_confidence_later_comes_home_for_good(office):
    office.do(voter_sharing.decide, goes_up=True, basis=BASIS)
    opinion = heard(office, "后来人")

    office.do(opinions.edit, opinion_id=opinion, confidential=True)

    assert scopes(office) == {"后来人": f"{office.code}.local"}
    assert (
        office.ask(opinions.rows, today=office.clock().date(), contacts=True)[0].voter.phone
        == "13804720000"
    )
    with pytest.raises(UserError, match="彻底删除"):
        office.undo()  # what went up was erased
    assert scopes(office) == {"后来人": f"{office.code}.local"}
    assert office.check() == []


def test_two_pcs_that_decide_differently_share_nothing(office):
    def both(tx):
        tx.session.add(VoterSharing(goes_up=True, basis=BASIS, decided_on=tx.today))
        tx.session.add(VoterSharing(goes_up=False, decided_on=tx.today))

    office.do(replace(voter_sharing.decide, run=both))

    assert not office.ask(voter_sharing.sharing).goes_up
    office.do(voter_sharing.decide, goes_up=True, basis=BASIS)
    assert office.ask(voter_sharing.sharing).goes_up


def test_what_another_office_decided_says_nothing_here(office):
    def others(tx):
        tx.session.add(VoterSharing(id="Q9.local-1", goes_up=True, basis=BASIS))

    office.do(replace(voter_sharing.decide, run=others))

    assert not office.ask(voter_sharing.sharing).goes_up
