"""The limits of reading."""

from __future__ import annotations

from roadgate.load.limits import DEFAULT, Limits, limits_of
from roadgate.model.kinds import Config, default_config


def test_limits_can_be_lowered_and_not_raised() -> None:
    """A configuration moves a limit down only."""
    assert limits_of(default_config()) == DEFAULT
    config = Config.model_validate(
        {
            "apiVersion": "roadgate/v1",
            "kind": "Config",
            "spec": {"limits": {"fileBytes": 10, "nesting": 999, "documents": 5}},
        }
    )
    assert limits_of(config) == Limits(file_bytes=10, documents=5)
