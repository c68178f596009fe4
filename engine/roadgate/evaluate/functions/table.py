"""Every function that policies may call besides CEL's own and its strings extension."""

from __future__ import annotations

from roadgate.evaluate.functions.dates import DATE_FUNCTIONS
from roadgate.evaluate.functions.lists import LIST_FUNCTIONS
from roadgate.evaluate.functions.lookups import LOOKUP_FUNCTIONS
from roadgate.evaluate.functions.personal import PERSONAL_FUNCTIONS

DIALECT = 1
"""The version of the language; a change that gives an old expression another value raises it."""
HOST_FUNCTIONS = (*DATE_FUNCTIONS, *LIST_FUNCTIONS, *LOOKUP_FUNCTIONS, *PERSONAL_FUNCTIONS)
"""In the order of the reference."""

_OF_CEL = (
    "all exists exists_one filter map has size contains startsWith endsWith matches charAt format "
    "indexOf join lastIndexOf lowerAscii quote replace reverse split substring trim upperAscii "
    "bool double dyn int string type"
)
FUNCTION_NAMES = frozenset((*_OF_CEL.split(), *(each.name for each in HOST_FUNCTIONS)))
"""Everything that can be called."""


def read_by(words: frozenset[str]) -> frozenset[str]:
    """The fields that the functions among ``words`` look at, whether or not they are named."""
    return frozenset().union(*(each.reads for each in HOST_FUNCTIONS if each.name in words))
