"""Assemblies of streets: their meetings and members."""

from deputydesk.ui.registers.assemblies import ASSEMBLIES
from deputydesk.ui.registers.assembly_members import ASSEMBLY_MEMBERS
from deputydesk.ui.registers_page import RegistersPage


class AssembliesPage(RegistersPage):
    """What a street has in place of a congress."""

    title = "街道议事"
    registers = (ASSEMBLIES, ASSEMBLY_MEMBERS)
