"""What the office keeps beside its casework: rules, numbers, printouts, publicity, practices."""

from deputydesk.ui.registers.chronicle import (
    ONLINE_POLLS,
    PARTY_SUPPORT,
    PRACTICES,
    PUBLICITY,
    REGULATIONS,
)
from deputydesk.ui.registers.document_numbers import DOCUMENT_NUMBERS
from deputydesk.ui.registers.printouts import PRINTOUTS
from deputydesk.ui.registers_page import RegistersPage


class ChroniclePage(RegistersPage):
    """Regulations, numbers, printouts, publicity, polls, model practices, party support."""

    title = "制度和资料"
    registers = (
        REGULATIONS,
        DOCUMENT_NUMBERS,
        PRINTOUTS,
        PUBLICITY,
        PRACTICES,
        ONLINE_POLLS,
        PARTY_SUPPORT,
    )
