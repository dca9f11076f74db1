import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import FieldError
from deputydesk.rules.by_election import Ballots, check


@st.composite
def counted(draw):
    voters = draw(st.integers(1, 2000))
    issued = draw(st.integers(0, voters))
    returned = draw(st.integers(0, issued))
    valid = draw(st.integers(0, returned))
    return Ballots(voters, issued, returned, valid, draw(st.integers(0, valid)))


@given(counted(), st.booleans())
def test_somebody_is_elected_exactly_by_the_majorities_of_the_law(ballots, direct):
    if direct:
        elected = (
            ballots.returned > ballots.voters / 2 and ballots.winner_votes > ballots.returned / 2
        )
    else:
        elected = ballots.winner_votes > ballots.voters / 2

    if elected:
        check(ballots, direct=direct)
    else:
        with pytest.raises(FieldError, match="选举法第四十五条"):
            check(ballots, direct=direct)
