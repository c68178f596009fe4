"""An emulated GitHub, held to GitHub's own description of its REST interface."""

from rig.github.contract import Contract, ContractMissingError, load_contract
from rig.github.emulator import Emulator
from rig.github.exchange import Entry, Violation
from rig.github.faults import Fault
from rig.github.records import Issue, Status
from rig.github.server import Server, serving
from rig.github.state import Repository, World

__all__ = [
    "Contract",
    "ContractMissingError",
    "Emulator",
    "Entry",
    "Fault",
    "Issue",
    "Repository",
    "Server",
    "Status",
    "Violation",
    "World",
    "load_contract",
    "serving",
]
