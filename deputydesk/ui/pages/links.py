"""双联系: members contact deputies, deputies contact voters; who has not."""

from deputydesk.ui.registers.links import LINK_DEPUTIES, LINK_MEMBERS, LINK_METHODS
from deputydesk.ui.registers_page import RegistersPage


class LinksPage(RegistersPage):
    """Both directions of contact, and the methods used."""

    title = "双联系"
    papers = ("link_card",)
    registers = (LINK_MEMBERS, LINK_DEPUTIES, LINK_METHODS)
