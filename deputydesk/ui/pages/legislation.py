"""Opinions on draft laws, and who helps to collect them."""

from deputydesk.ui.registers.legislation import LEG_OPINIONS, LEG_PEOPLE, LEG_ROUNDS
from deputydesk.ui.registers_page import RegistersPage


class LegislationPage(RegistersPage):
    """Rounds, opinions by article, liaisons and advisers."""

    title = "立法联系"
    registers = (LEG_ROUNDS, LEG_OPINIONS, LEG_PEOPLE)
