"""What the office keeps beside its casework: regulations, publicity, polls, practices, support."""

from deputydesk.ui.registers.chronicle import (
    ONLINE_POLLS,
    PARTY_SUPPORT,
    PRACTICES,
    PUBLICITY,
    REGULATIONS,
)
from deputydesk.ui.registers_page import RegistersPage


class ChroniclePage(RegistersPage):
    """Regulations, publicity, polls, model practices, party support."""

    title = "制度和资料"
    registers = (REGULATIONS, PUBLICITY, PRACTICES, ONLINE_POLLS, PARTY_SUPPORT)
