"""Matters that are followed until they are settled: pressed suggestions, petitions, seats."""

from deputydesk.ui.registers.conversions import CONVERSIONS
from deputydesk.ui.registers.oversights import OVERSIGHT_VISITS, OVERSIGHTS
from deputydesk.ui.registers.petitions import PETITIONS
from deputydesk.ui.registers.vacancies import SEATS, VACANCIES
from deputydesk.ui.registers_page import RegistersPage


class CasesPage(RegistersPage):
    """Oversight by leaders, procuratorial matters, petitions, vacant seats."""

    title = "督办和代办"
    registers = (OVERSIGHTS, OVERSIGHT_VISITS, CONVERSIONS, PETITIONS, VACANCIES, SEATS)
