"""How much a deputy did agrees with the lists of what the deputy did."""

from deputydesk.operations import deputy_totals, duty, opinions, suggestions, visits
from tests import make


def test_every_number_is_that_of_its_list(duty_office, who):
    ask = duty_office.ask
    for deputy in (who.wang, who.gao):
        totals = ask(deputy_totals.totals, deputy, 2026)

        held = ask(visits.rows, mandate_id=deputy)
        made = ask(suggestions.rows, today=make.TODAY, mandate_id=deputy)
        heard = ask(opinions.rows, today=make.TODAY, mandate_id=deputy)
        assert totals.visits == len(held)
        assert totals.visits_this_year == sum(v.held_on.year == 2026 for v in held)
        assert totals.led == sum(s.lead_id == deputy for s in made)
        assert totals.suggestions == len(made)
        assert (totals.opinions, totals.settled) == (len(heard), sum(o.settled for o in heard))
        assert totals.duty == len(ask(duty.rows, mandate_ids=[deputy])) > 0


def test_who_did_nothing_has_nothing(office):
    totals = office.ask(deputy_totals.totals, make.deputy(office), 2026)

    assert (totals.visits, totals.suggestions, totals.opinions, totals.duty) == (0, 0, 0, 0)
