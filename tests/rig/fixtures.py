"""Fixtures that stand up the rig. ``conftest.py`` takes them in by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rig.github import Contract, ContractMissingError, Emulator, load_contract, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def github_contract() -> Contract:
    """GitHub's OpenAPI description; without it tests fail, they are not skipped."""
    try:
        return load_contract()
    except ContractMissingError as error:
        pytest.fail(str(error))


@pytest.fixture
def github(github_contract: Contract) -> Iterator[Emulator]:
    """An emulated GitHub on a port of its own, ``github.url``; it must end without violations."""
    emulator = Emulator(contract=github_contract)
    with serving(emulator):
        yield emulator
    assert [str(one) for one in emulator.violations] == []
