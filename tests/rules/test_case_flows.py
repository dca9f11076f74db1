"""The ways of conversions, petitions and vacancies: every state is reached, every step used."""

import pytest

from deputydesk.rules.conversion_flow import CONVERSION, ConversionState, ConversionStep
from deputydesk.rules.petition_flow import PETITION, PetitionState, PetitionStep
from deputydesk.rules.vacancy_flow import VACANCY, VacancyState, VacancyStep

FLOWS = (
    (CONVERSION, ConversionState, ConversionStep),
    (PETITION, PetitionState, PetitionStep),
    (VACANCY, VacancyState, VacancyStep),
)


@pytest.mark.parametrize(("flow", "states", "steps"), FLOWS)
def test_every_state_can_be_reached_and_every_step_is_used(flow, states, steps):
    reached = {next(iter(states))}
    while new := {flow.next(s, t.id) for s in reached for t in flow.allowed(s)} - reached:
        reached |= new

    assert reached == set(states)
    assert set(flow.steps) == set(steps)
